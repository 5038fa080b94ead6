"""From clauses to commitments: what is barred, what belongs together, which time belongs to which verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import ModuleType

from calmdesk.desk.vocabulary import PromiseKind

from .clauses import Clause, Sort
from .when import TIMED, Mention, Unit

RETURNS = frozenset(PromiseKind) - {PromiseKind.OTHER}
DATED_UNITS = TIMED - {Unit.ELAPSED, Unit.WORK_TIME, Unit.CLOCK, Unit.MINUTE, Unit.PART}


@dataclass(slots=True)
class Commitment:
    """A commitment while it is being put together: its clauses, its time, and how it was said."""

    clauses: list[Clause]
    mentions: list[Mention] = field(default_factory=list)
    event: bool = False
    firm: bool = False
    kind: PromiseKind = PromiseKind.OTHER
    outcome: bool = True
    fronted: bool = False

    @property
    def timed(self) -> bool:
        """Whether a time was named."""
        return any(m.unit in TIMED or (m.unit is Unit.SAME and m.n) for m in self.mentions)

    def has(self, unit: Unit) -> bool:
        """Whether a mention of that unit is among its words."""
        return any(m.unit is unit for m in self.mentions)


def _own_again(clause: Clause, grammar: ModuleType) -> bool:
    """ "I can't say when, but I'll let you know": after "but" the writer speaks for themselves."""
    if clause.lead not in ("but", "yet", "но", "зато", "а") or clause.verdict.sort is not Sort.COMMIT:
        return False
    return bool(grammar.first_person(clause.bare))


def barred_clauses(clauses: Sequence[Clause], grammar: ModuleType) -> list[bool]:
    """Which clauses hang on a condition, a step of the customer's or another's word."""
    barred = [False] * len(clauses)
    ends = _stretches(clauses)
    for i, clause in enumerate(clauses):
        sort = clause.verdict.sort
        if barred[i]:
            continue
        start, stop = i, i
        if sort in (Sort.CONDITION, Sort.CUSTOMER):
            start, stop = _reach_back(clauses, i), ends[i]
            if start < i and clause.verdict.sort is Sort.CONDITION and not clause.lead:
                stop = i + 1
        elif sort is Sort.REPORT:
            stop = next((j for j in range(i + 1, ends[i]) if _own_again(clauses[j], grammar)), ends[i])
        elif sort is Sort.ORDER and i + 1 < len(clauses) and _follows_order(clauses[i + 1]):
            stop = ends[i]
        for j in range(start, stop):
            barred[j] = True
    return barred


ADDED = frozenset(["and", "а", "и", "но", "but"])
_MERELY = ("sooner", "earlier", "faster", "раньше", "быстрее", "скорее", "quicker")


def _follows_order(after: Clause) -> bool:
    """ "Send me the number and I'll call you": the call hangs on the number."""
    return after.lead in ("and", "и", "then", "то", "тогда", "&") or (
        not after.lead and after.mark in ("-", "—", ",")
    )


def _reach_back(clauses: Sequence[Clause], i: int) -> int:
    """Where the stretch begins that a condition at i governs: the commitment before it, not those before that."""
    if ";" in clauses[i].mark or i == 0:
        return i
    before = clauses[i - 1]
    if before.lead in ADDED and not before.text.strip(" ,").partition(" ")[2]:
        return i  # ", and if not …" leaves what was promised before it alone
    j = i - 1
    while j > 0 and ";" not in clauses[j].mark:
        clause = clauses[j]
        if any(word in clause.text for word in _MERELY):
            return i
        if clause.verdict.sort in (Sort.COMMIT, Sort.DATED) and not clause.verdict.goes_on:
            return j if not clause.verdict.carried else 0
        if clause.verdict.sort in (Sort.OTHER, Sort.ORDER, Sort.REPORT):
            return i
        j -= 1
    return j


def _stretches(clauses: Sequence[Clause]) -> list[int]:
    """For each clause, where its stretch of the sentence ends: at the next semicolon."""
    ends = [len(clauses)] * len(clauses)
    for i in range(len(clauses) - 2, -1, -1):
        ends[i] = i + 1 if ";" in clauses[i + 1].mark else ends[i + 1]
    return ends


def gather(clauses: Sequence[Clause], barred: Sequence[bool], grammar: ModuleType) -> Iterator[Commitment]:
    """Clauses put together into commitments: an act, its times, its conditions."""
    current: Commitment | None = None
    waiting: list[Clause] = []
    event = False
    for i, clause in enumerate(clauses):
        sort = clause.verdict.sort
        if ";" in clause.mark:
            waiting = []
        if barred[i] or sort in (Sort.OTHER, Sort.ORDER, Sort.REPORT, Sort.CONDITION, Sort.CUSTOMER):
            if current:
                yield current
            current, waiting, event = None, [], False
        elif sort is Sort.EVENT:
            if current:
                current.event = True
            event, waiting = not current, []
        elif sort is Sort.FRAGMENT and not _stands_alone(clause, current):
            if current and not waiting and (second := _elliptic(clause, current, grammar)):
                yield current
                current = second
            elif current and not waiting and not _looks_ahead(clause, current, clauses[i + 1 : i + 2]):
                _attach(current, clause)
            else:
                waiting.append(clause)
        elif sort is not Sort.ASIDE:
            if current and clause.verdict.goes_on and not waiting and not _both_timed(current, clause):
                _grow(current, clause)
                continue
            if current:
                yield current
            current, waiting, event = _begin(clause, waiting, event), [], False
    if current:
        yield current


def _elliptic(clause: Clause, current: Commitment, grammar: ModuleType) -> Commitment | None:
    """ "I'll send the bill tomorrow, the report on Friday": another thing at another time under one verb."""
    if not (current.timed and any(m.unit in TIMED for m in clause.mentions)) or clause.verdict.goes_on:
        return None
    kind: PromiseKind | None = grammar.noun_kind(clause.bare)
    return Commitment(clauses=[clause], mentions=list(clause.mentions), kind=kind) if kind else None


def _stands_alone(clause: Clause, current: Commitment | None) -> bool:
    """Whether a clause without a verb promises by itself: "$129, back in your wallet by noon"."""
    if not clause.verdict.kind:
        return False
    if current is None or any(m.unit is Unit.SAME for m in clause.mentions):
        return True
    return current.timed and any(m.unit in TIMED for m in clause.mentions) and not clause.verdict.goes_on


def _looks_ahead(clause: Clause, current: Commitment, after: Sequence[Clause]) -> bool:
    """Whether words without a verb belong to the clause after them: ", and before Friday, you'll get …"."""
    direct = (
        bool(after) and after[0].verdict.sort in (Sort.COMMIT, Sort.DATED) and not after[0].verdict.goes_on
    )
    if clause.lead in ADDED and direct and not after[0].mark and not after[0].lead:
        return True
    if direct and has_date(clause.mentions) and has_date(current.mentions):
        return True
    if not clause.mentions:
        return bool(
            clause.lead in ADDED
            and after
            and after[0].verdict.sort in (Sort.COMMIT, Sort.DATED)
            and current.timed
        )
    if clause.lead in (*ADDED, "so") and current.timed:
        return True
    return (
        current.timed
        and bool(after)
        and after[0].verdict.sort is Sort.COMMIT
        and not after[0].mark
        and not after[0].lead
    )


def has_date(mentions: Sequence[Mention]) -> bool:
    """Whether any of the times names a day or an instant."""
    return any(m.unit in DATED_UNITS for m in mentions)


def _both_timed(current: Commitment, clause: Clause) -> bool:
    return (
        current.timed
        and current.outcome
        and any(m.unit in TIMED for m in clause.mentions)
        and clause.verdict.outcome
    )


def _begin(clause: Clause, waiting: list[Clause], event: bool) -> Commitment:
    verdict = clause.verdict
    if clause.lead in ("but", "but so", "но", "зато") and not verdict.carried:
        waiting = []
    front = waiting if verdict.carried else [c for c in waiting if c.mentions]
    mentions = [m for c in (*front, clause) for m in c.mentions]
    return Commitment(
        clauses=[*front, clause],
        mentions=mentions,
        event=event,
        firm=verdict.sort is Sort.COMMIT,
        kind=verdict.kind or PromiseKind.OTHER,
        outcome=verdict.outcome,
        fronted=bool(front) or bool(clause.mentions and clause.mentions[0].start <= clause.start + 6),
    )


_STAYS = frozenset({PromiseKind.VISIT, PromiseKind.REPLACEMENT, PromiseKind.ESCALATION})


def _grow(current: Commitment, clause: Clause) -> None:
    """Take in a clause that goes on with the same subject; the last outcome names the promise, with exceptions."""
    verdict = clause.verdict
    current.clauses.append(clause)
    current.mentions += clause.mentions
    if not (verdict.outcome and verdict.kind):
        return
    keep = current.outcome and current.kind in _STAYS and verdict.kind is not PromiseKind.CALLBACK
    weak = verdict.kind is PromiseKind.OTHER and current.outcome
    weak |= verdict.kind is PromiseKind.DELIVERY and current.kind in (
        PromiseKind.DOCUMENT,
        PromiseKind.REFUND,
    )
    if not keep and not weak:
        current.kind = verdict.kind
    current.outcome = True


def _attach(current: Commitment, clause: Clause) -> None:
    if clause.verdict.kind is PromiseKind.DELIVERY and current.kind is PromiseKind.FIX:
        current.kind = PromiseKind.DELIVERY
    if clause.mentions:
        current.clauses.append(clause)
        current.mentions += clause.mentions
