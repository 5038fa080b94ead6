"""Times that one commitment lends another, and two outcomes under one verb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from calmdesk.desk.vocabulary import PromiseKind

from .commitments import ADDED, DATED_UNITS, Commitment
from .when import TIMED, Part, Unit

_SENT_KINDS = frozenset(
    {PromiseKind.DELIVERY, PromiseKind.REFUND, PromiseKind.REPLACEMENT, PromiseKind.DOCUMENT}
)
_PRONOUN = re.compile(r"\W*(?:and |и |а )?(?:it|they|it'll|they'll|он|она|оно|они)(?![а-яa-z])")
# To file a refund is a step; the money's arrival is what the customer can check.
_PROCESSING = re.compile(
    r"\b(?:process|submit|issue|initiat|rais|start|approv|authoris|authoriz|releas)\w*\b|(?<![а-я])(?:оформ|подготов|"
    r"созда|инициир|запущ|одобр|подпиш)\w*"
)
_APART = frozenset(
    {
        PromiseKind.REFUND,
        PromiseKind.CALLBACK,
        PromiseKind.DOCUMENT,
        PromiseKind.REPLACEMENT,
        PromiseKind.UPDATE,
    }
)


def split_outcomes(made: Sequence[Commitment]) -> Iterator[Commitment]:
    """ "We'll refund the fee and send a new card by Friday" is two promises under one time."""
    for commitment in made:
        parts = [c for c in commitment.clauses if c.verdict.kind and c.verdict.outcome]
        kinds = [c.verdict.kind for c in parts]
        if (
            len(parts) == 2
            and kinds[0] != kinds[1]
            and all(kind in _APART for kind in kinds)
            and PromiseKind.REFUND in kinds
        ):
            for part in parts:
                assert part.verdict.kind is not None
                yield replace(commitment, clauses=[part], kind=part.verdict.kind)
        else:
            yield commitment


def share_times(made: list[Commitment], earlier: list[Commitment]) -> None:
    """Times that reach over to a neighbour: "then", "the same day", one time for two outcomes."""
    for i, commitment in enumerate(made):
        known = made[i - 1] if i else (earlier[-1] if earlier else None)
        _refer_back(commitment, known)
        if i:
            _take_from_front(commitment, made[i - 1])
    for first, second in pairwise(made):
        if first.kind is second.kind and first.timed and second.timed and _same_thing(first, second):
            first.outcome, first.mentions = False, []
    for first, second in reversed(list(pairwise(made))):
        _give_back(first, second)


def _take_from_front(commitment: Commitment, before: Commitment) -> None:
    """ "Tomorrow I'll ring you and we'll refund the fee"; "on Monday …, and she'll phone you first thing"."""
    open_ended = not commitment.timed and not commitment.has(Unit.VAGUE) and not commitment.event
    both = commitment.firm and commitment.outcome and before.timed and before.fronted and before.outcome
    apart = commitment.kind in _APART and before.kind in _APART
    if open_ended and both and apart and commitment.clauses[0].lead in ("and", "и"):
        commitment.mentions += before.mentions
    dated = any(m.unit in DATED_UNITS | {Unit.ELAPSED, Unit.WORK_TIME} for m in commitment.mentions)
    if not dated and any(m.part is Part.FIRST_THING for m in commitment.mentions):
        commitment.mentions += [m for m in before.mentions if m.unit in DATED_UNITS]


def _same_thing(first: Commitment, second: Commitment) -> bool:
    """Whether the second of two commitments of one kind is where the first one ends."""
    if first.kind is PromiseKind.REFUND and _PROCESSING.search(first.clauses[-1].text):
        return True
    return first.kind in _SENT_KINDS and bool(_PRONOUN.match(second.clauses[-1].text))


def _give_back(first: Commitment, second: Commitment) -> None:
    """A time at the end holds for what was joined to it by "and"."""
    lead = second.clauses[0]
    if not first.outcome and second.outcome and first.timed and not second.timed and lead.lead in ADDED:
        # "by five I'll have asked the depot and I'll text you": the asking is a step
        second.mentions, second.clauses = first.mentions + second.mentions, first.clauses + second.clauses
        first.mentions = []
        return
    if not (second.timed and not first.timed and first.outcome and not second.fronted and not first.event):
        return
    if lead.lead not in ("and", "и", "а", "&"):
        return
    if _PRONOUN.match(lead.text):
        second.kind, first.outcome, first.firm = first.kind, False, False
    elif (
        first.kind in _APART
        and second.kind in _APART
        and first.kind != second.kind
        and not first.has(Unit.VAGUE)
    ):
        first.mentions += second.mentions


_BACK = re.compile(r"\b(?:back|call|ring|phone|text|on it)\b")


def _refer_back(commitment: Commitment, known: Commitment | None) -> None:
    same = next((m for m in commitment.mentions if m.unit is Unit.SAME), None)
    if same is None or any(
        m.unit in DATED_UNITS | {Unit.ELAPSED, Unit.WORK_TIME} for m in commitment.mentions
    ):
        return
    if (known is None or not known.timed) and 5 <= same.n <= 90 and _BACK.search(commitment.clauses[-1].text):
        # "back to you in 15": minutes
        commitment.mentions = [replace(same, unit=Unit.ELAPSED)]
        return
    if known is None or not known.timed:
        commitment.mentions = [m for m in commitment.mentions if not (m.unit is Unit.SAME and m.n)]
        return
    if same.n:
        lengths = [
            m
            for m in known.mentions
            if m.unit in (Unit.WORK_DAYS, Unit.DAYS, Unit.ELAPSED, Unit.WORK_TIME, Unit.MONTHS)
        ]
        if lengths:
            one = lengths[-1]
            scale = {Unit.ELAPSED: 60, Unit.WORK_TIME: 60}.get(
                one.unit, 7 if one.unit is Unit.DAYS and one.n == 7 else 1
            )
            commitment.mentions = [replace(one, n=same.n * scale)]
        return
    days = [m for m in known.mentions if m.unit in DATED_UNITS]
    commitment.mentions += days or [m for m in known.mentions if m.unit in TIMED]
