"""The tools SupportCheck can be run against. One method is all a tool needs: lines in, answers out."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Sequence
from typing import Protocol

from bench.supportcheck.cases import Answer

#: What a tool that speaks the whole contract can tell.
EVERYTHING = frozenset(
    {"heat", "abuse", "abuse.kind", "abuse.target", "leverage", "issue", "lint", "moves"},
)


class Tool(Protocol):
    """Reads messages. `tells` names the parts of the answer it fills, `langs` the languages it knows."""

    name: str
    tells: frozenset[str]
    langs: frozenset[str]

    def read(self, lines: Sequence[dict[str, str]]) -> list[Answer]:
        """An answer for every line, in their order."""
        ...


class Command:
    """Any program that speaks `calmdesk read --jsonl`: one JSON object a line in, one a line out."""

    def __init__(self, command: str) -> None:
        self.name = command
        self.tells = EVERYTHING
        self.langs = frozenset({"en", "ru"})

    def read(self, lines: Sequence[dict[str, str]]) -> list[Answer]:
        """Runs the program once over all lines; a line without an answer counts as an error.

        Raises RuntimeError when the program does not start or answers no JSON.
        """
        given = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        try:
            done = subprocess.run(  # the command is the caller's own
                shlex.split(self.name),
                input=given,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
            )
            found = {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise RuntimeError(f"{self.name} does not speak the contract: {fault!r}") from fault
        if lines and not found:
            raise RuntimeError(f"{self.name} does not speak the contract: {done.stderr.strip()[-200:]}")
        missing = {"error": {"code": "missing", "message": "no answer"}}
        return [found.get(line["id"], missing) for line in lines]
