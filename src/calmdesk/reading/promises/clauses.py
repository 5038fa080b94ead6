"""What a language's grammar says about each clause, and how a sentence is cut into them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from calmdesk.desk.vocabulary import PromiseKind

from .when import Mention


class Sort(StrEnum):
    """What a clause does."""

    COMMIT = "commit"  # the company will do something: a promise, dated or not
    DATED = "dated"  # a commitment if it has a time: "the engineer comes tomorrow"
    FRAGMENT = "fragment"  # no verb of its own
    EVENT = "event"  # "once the part clears customs"
    CONDITION = "condition"  # "if you like"
    CUSTOMER = "customer"  # a step of the customer's: "when you have chosen"
    ORDER = "order"  # "send me the number"
    REPORT = "report"  # another's word, a guess, a rule: what follows it is none of ours either
    ASIDE = "aside"  # subordinate: which, because, what
    OTHER = "other"  # said, done, denied, described


@dataclass(frozen=True, slots=True)
class Verdict:
    """A grammar's reading of one clause.

    `carried` when its subject stands before a comma, in a clause without a verb ("a letter, on paper, reaches you").
    `kind` is what is promised; `outcome` is false for a mere step on the way ("I'll check with my manager");
    `goes_on` when the clause shares the subject of the one before ("… and call you").
    """

    sort: Sort
    kind: PromiseKind | None = None
    outcome: bool = False
    goes_on: bool = False
    carried: bool = False


@dataclass(slots=True)
class Clause:
    """A stretch of a sentence between commas and conjunctions; `bare` is its text with the times blotted out."""

    start: int
    end: int
    lead: str
    mark: str
    text: str
    bare: str
    mentions: list[Mention] = field(default_factory=list)
    verdict: Verdict = Verdict(Sort.OTHER)


def cut(
    plain_text: str, start: int, end: int, seams: re.Pattern[str], mentions: Sequence[Mention]
) -> Iterator[Clause]:
    """The clauses of plain_text[start:end]; never cut inside a time expression.

    `seams` matches a boundary: group `mark` for punctuation, group `lead` for a conjunction (kept in the clause).
    """
    begin, lead, mark = start, "", ""
    for seam in seams.finditer(plain_text, start, end):
        near = _near(mentions, seam.start())
        if any(m.start <= seam.start() < m.end for m in near) or _before_time(plain_text, seam, near):
            continue
        at = seam.start() if seam["lead"] else seam.end()
        if plain_text[begin : seam.start()].strip(" ,"):
            yield _clause(plain_text, begin, seam.start(), lead, mark, mentions)
            mark = ""
        begin, lead, mark = at, seam["lead"] or "", mark + (seam["mark"] or "").strip()
    if plain_text[begin:end].strip(" ,"):
        yield _clause(plain_text, begin, end, lead, mark, mentions)


def _place(mention: Mention) -> int:
    return mention.start


def _near(mentions: Sequence[Mention], at: int) -> Sequence[Mention]:
    """The few mentions around a place; two may start together, and none is longer than its words."""
    i = bisect_left(mentions, at, key=_place)
    return mentions[max(0, i - 3) : i + 3]


def _clause(text: str, start: int, end: int, lead: str, mark: str, mentions: Sequence[Mention]) -> Clause:
    first = bisect_left(mentions, start, key=_place)
    own = list(mentions[first : bisect_left(mentions, end, lo=first, key=_place)])
    bare = text[start:end]
    for m in own:
        bare = bare[: m.start - start] + " " * (min(m.end, end) - m.start) + bare[m.end - start :]
    return Clause(start, end, " ".join(lead.split()), mark, text[start:end], bare, own)


def _before_time(text: str, seam: re.Match[str], mentions: Sequence[Mention]) -> bool:
    """ "before lunch", "что через неделю": the word belongs to the time after it."""
    if seam["lead"] not in ("before", "after", "until", "till", "что", "как"):
        return False
    return (
        any(0 < m.start - seam.end() <= 12 and len(text[seam.end() : m.start].split()) <= 1 for m in mentions)
        and seam["lead"] != "как"
    )
