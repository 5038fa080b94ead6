"""SupportCheck's cases, and whether an answer is what a case expects."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LANGS = ("en", "ru")
OF_A_PERSON = frozenset({"insult", "threat", "hate", "sexual"})

#: An answer in the form of `calmdesk read --jsonl`. A tool may leave out what it cannot tell.
Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One text and what is expected of a reader, no more than its function tests."""

    id: str
    function: str
    role: str
    lang: str
    text: str
    expect: Mapping[str, Any]
    pair: str | None = None
    context: str | None = None

    @property
    def line(self) -> dict[str, str]:
        """What a tool is given."""
        row = {"id": self.id, "role": self.role, "lang": self.lang, "text": self.text}
        return row | {"context": self.context} if self.context else row


@dataclass(frozen=True, slots=True)
class Function:
    """What a group of cases tests."""

    name: str
    part: str
    what: str


def functions() -> dict[str, Function]:
    """All functions in their order."""
    rows = json.loads((HERE / "functions.json").read_text(encoding="utf-8"))
    return {row["name"]: Function(row["name"], row["part"], row["what"]) for row in rows}


def load(lang: str) -> list[Case]:
    """All cases of a language, customers first."""
    out = []
    for role in ("customer", "agent"):
        for line in (HERE / lang / f"{role}.jsonl").read_text(encoding="utf-8").splitlines():
            out.append(Case(**json.loads(line)))
    return out


def _rules(answer: Answer) -> set[str]:
    return {found["rule"] for found in answer["lint"]}


#: expectation → (the part of the answer it needs, whether the answer fulfils it).
TESTS: dict[str, tuple[str, Callable[[Answer, Any], bool]]] = {
    "heat_in": ("heat", lambda got, want: got["heat"]["band"] in want),
    "kind_in": ("abuse.kind", lambda got, want: got["abuse"]["kind"] in want),
    "abuse_of_person": ("abuse", lambda got, want: (got["abuse"]["kind"] in OF_A_PERSON) is want),
    "self_harm": ("abuse.kind", lambda got, want: (got["abuse"]["kind"] == "self_harm") is want),
    "target_in": ("abuse.target", lambda got, want: got["abuse"]["target"] in want),
    "target_not": ("abuse.target", lambda got, want: got["abuse"]["target"] not in want),
    "leverage_has": ("leverage", lambda got, want: want in got["leverage"]),
    "leverage_lacks": ("leverage", lambda got, want: not set(want) & set(got["leverage"])),
    "issue_in": ("issue", lambda got, want: got["issue"] in want),
    "lint_has": ("lint", lambda got, want: want in _rules(got)),
    "lint_lacks": ("lint", lambda got, want: not set(want) & _rules(got)),
    "lint_none": ("lint", lambda got, want: (not got["lint"]) is want),
    "moves_has": ("moves", lambda got, want: want in got["moves"]),
}


def needs(case: Case) -> set[str]:
    """The parts of an answer that the case looks at."""
    return {TESTS[name][0] for name in case.expect}


def fulfils(answer: Answer, case: Case) -> bool:
    """Whether the answer is all that the case expects. An error fulfils nothing, nor does a part left out."""
    if "error" in answer:
        return False
    try:
        return all(TESTS[name][1](answer, want) for name, want in case.expect.items())
    except (KeyError, TypeError):
        return False
