"""Runs SupportCheck against a tool and sums it up: a share for every function, the mean and the worst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.supportcheck.cases import Case, fulfils, needs
from bench.supportcheck.tools import Tool

MEAN_WANTED = 0.97
WORST_WANTED = 0.90


@dataclass(frozen=True, slots=True)
class Result:
    """One tool on one language. `share`: function → the share of its cases that came out as expected."""

    tool: str
    lang: str
    share: dict[str, float]
    failed: tuple[tuple[Case, str], ...] = ()

    @property
    def mean(self) -> float:
        """The mean over functions, each counting the same."""
        return sum(self.share.values()) / len(self.share)

    @property
    def worst(self) -> tuple[str, float]:
        """The weakest function."""
        return min(self.share.items(), key=lambda pair: (pair[1], pair[0]))

    @property
    def below(self) -> int:
        """How many functions lie below what is wanted of the worst."""
        return sum(share < WORST_WANTED for share in self.share.values())


def run(tool: Tool, cases: Sequence[Case]) -> Result | None:
    """The result of a tool, or None when it knows none of the cases' functions or not their language.

    A function counts when the tool fills every part of the answer that any of its cases looks at.
    """
    lang = cases[0].lang
    cannot = {case.function for case in cases if needs(case) - tool.tells}
    asked = [case for case in cases if case.function not in cannot]
    if lang not in tool.langs or not asked:
        return None
    answers = tool.read([case.line for case in asked])
    hits: dict[str, list[bool]] = {}
    failed = []
    for case, answer in zip(asked, answers, strict=True):
        right = fulfils(answer, case)
        hits.setdefault(case.function, []).append(right)
        if not right:
            failed.append((case, shown(answer)))
    share = {name: sum(found) / len(found) for name, found in hits.items()}
    return Result(tool.name, lang, share, tuple(failed))


def shown(answer: dict[str, object] | object) -> str:
    """The answer in a few words, for a list of failures."""
    if not isinstance(answer, dict) or "error" in answer:
        return "error"
    words = []
    if "heat" in answer:
        words.append(answer["heat"]["band"])
    if "abuse" in answer:
        words.append(f"{answer['abuse']['kind']} at {answer['abuse'].get('target', '?')}")
    words += [str(answer[part]) for part in ("leverage", "issue", "moves") if answer.get(part)]
    words += [found["rule"] for found in answer.get("lint", ())]
    return ", ".join(words)
