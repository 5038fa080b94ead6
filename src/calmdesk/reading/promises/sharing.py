"""Times that one commitment lends another, and two outcomes under one verb."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

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
        if (
            i
            and not commitment.timed
            and commitment.firm
            and commitment.outcome
            and made[i - 1].timed
            and made[i - 1].fronted
            and made[i - 1].outcome
        ) and (
            not commitment.has(Unit.VAGUE)
            and not commitment.event
            and commitment.clauses[0].lead in ("and", "и", "а также")
        ):
            if commitment.kind not in _APART or made[i - 1].kind not in _APART:
                continue
            commitment.mentions += made[i - 1].mentions
        part_only = commitment.timed and not any(
            m.unit in DATED_UNITS | {Unit.ELAPSED, Unit.WORK_TIME} for m in commitment.mentions
        )
        if (
            i
            and part_only
            and commitment.has(Unit.PART)
            and any(m.part is Part.FIRST_THING for m in commitment.mentions)
        ):
            commitment.mentions += [m for m in made[i - 1].mentions if m.unit in DATED_UNITS]
    for first, second in itertools.pairwise(made):
        if (
            first.kind is second.kind is PromiseKind.REFUND
            and first.timed
            and second.timed
            and _PROCESSING.search(first.clauses[-1].text)
        ) or (
            first.kind is second.kind
            and first.kind in _SENT_KINDS
            and first.timed
            and second.timed
            and _PRONOUN.match(second.clauses[-1].text)
        ):
            first.outcome, first.mentions = False, []
    for i in range(len(made) - 1, 0, -1):
        first, second = made[i - 1], made[i]
        if (
            not first.outcome
            and second.outcome
            and first.timed
            and second.clauses[0].lead in ADDED
            and not second.timed
        ):
            # "by five I'll have asked the depot and I'll text you": the asking is a step
            second.mentions, second.clauses = first.mentions + second.mentions, first.clauses + second.clauses
            first.mentions = []
            continue
        joined = second.clauses[0].lead in ("and", "и", "а", "&")
        if (
            second.timed
            and not first.timed
            and first.outcome
            and joined
            and not second.fronted
            and not first.event
        ):
            if second.clauses[0].text.split()[1:2] in (
                ["it"],
                ["they"],
                ["it's"],
                ["they're"],
                ["он"],
                ["она"],
                ["они"],
            ):
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
