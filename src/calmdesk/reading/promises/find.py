"""From clauses to promises: which commitments count, when each is due, and the words that make it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import ModuleType

from calmdesk.desk.hours import OfficeHours
from calmdesk.desk.reading import FoundPromise
from calmdesk.desk.vocabulary import Lang, PromiseKind

from . import grammar_en, grammar_ru, when_en, when_ru
from .clauses import Clause, Sort, cut
from .text import Sentence, plain, sentences, trim
from .when import TIMED, Mention, Part, Unit, due_of

_TAGGERS: dict[Lang, ModuleType] = {Lang.EN: when_en, Lang.RU: when_ru}
_GRAMMARS: dict[Lang, ModuleType] = {Lang.EN: grammar_en, Lang.RU: grammar_ru}
_RETURNS = frozenset(PromiseKind) - {PromiseKind.OTHER}
_DATED_UNITS = TIMED - {Unit.ELAPSED, Unit.WORK_TIME, Unit.CLOCK, Unit.MINUTE, Unit.PART}


_TO_CUSTOMER = re.compile(
    r"\b(?:you|your|yours|u|ur|in touch|posted|in the loop|a call|a bell|a ring|back)\b|"
    r"(?<![а-я])(?:вам|вас|вами|ваш\w*|тебе|перезвон\w+|отзвон\w+|отпиш\w+|свяж\w+|набер\w+|вернемся|вернусь|в курсе|сообщ\w+|напиш\w+|ответ(?:им|ит|ят|лю))(?![а-я])"
)


_SENT_KINDS = frozenset({PromiseKind.DELIVERY, PromiseKind.REFUND, PromiseKind.REPLACEMENT, PromiseKind.DOCUMENT})
_PRONOUN = re.compile(r"\W*(?:and |и |а )?(?:it|they|it'll|they'll|он|она|оно|они)(?![а-яa-z])")
# How many clauses back a clause may lean on: no sentence that people write needs more, and time stays linear.
_MEMORY = 12
_LONG_PAST = timedelta(hours=12)
# To file a refund is a step; the money's arrival is what the customer can check.
_PROCESSING = re.compile(
    r"\b(?:process|submit|issue|initiat|rais|start|approv|authoris|authoriz|releas)\w*\b|(?<![а-я])(?:оформ|подготов|созда|инициир|запущ|одобр|подпиш)\w*"
)


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


def find_promises(text: str, *, now: datetime, office: OfficeHours, lang: Lang | str) -> tuple[FoundPromise, ...]:
    """The promises in an agent's words, in the order of the text, each with its due instant or None.

    `now` must be aware; "today" is the office's today. Never raises on any text.
    """
    month_first = office.zone.key.startswith("America/")
    commitments = _commitments(text, Lang(lang), month_first)
    shown = plain(text)
    found: list[FoundPromise] = []
    for commitment in commitments:
        due = _due(commitment, shown, office, now) if commitment.timed else None
        if due is not None and due < now - _LONG_PAST:
            continue  # "9 June 1974": a date that is told, not promised
        if due is not None and commitment.has(Unit.PAST):
            due = None
        start, end = _span(text, commitment)
        if start < end:
            found.append(FoundPromise(commitment.kind, due, text[start:end], start, end))
    return tuple(_once(found, shown))


_OR = re.compile(r"(?<![а-яa-z])(?:or|или)(?![а-яa-z])")


def _due(commitment: Commitment, shown: str, office: OfficeHours, now: datetime) -> datetime | None:
    """The due instant; of two times joined by "or", the later one."""
    mentions = sorted(commitment.mentions, key=lambda m: m.start)
    for i in range(1, len(mentions)):
        sides = mentions[:i], mentions[i:]
        if _OR.search(shown, mentions[i - 1].end, max(mentions[i].start, mentions[i - 1].end)) and all(map(_has_date, sides)):
            dues = [due for side in sides if (due := due_of(side, office, now)) is not None]
            return max(dues, default=None)
    return due_of(mentions, office, now)


def vague_commitments(text: str, lang: Lang | str) -> tuple[tuple[int, int], ...]:
    """The spans of commitments to a later act that name no time: `text[start:end]` are the words."""
    commitments = _commitments(text, Lang(lang), False)
    return tuple(_span(text, c) for c in commitments if not c.timed and not c.has(Unit.SAME))


def _commitments(text: str, lang: Lang, month_first: bool) -> list[Commitment]:
    shown = plain(text)
    mentions = _TAGGERS[lang].mentions(shown, month_first)
    grammar = _GRAMMARS[lang]
    kept: list[Commitment] = []
    for sentence in sentences(shown, text):
        kept += _in_sentence(shown, sentence, mentions, grammar, kept)
    dated = any(c.timed or c.has(Unit.VAGUE) or c.event for c in kept)
    return [c for c in kept if _counts(c, dated)]


def _counts(commitment: Commitment, dated: bool) -> bool:
    if commitment.timed:
        acts = [c for c in commitment.clauses if c.verdict.sort in (Sort.COMMIT, Sort.DATED)]
        started = any(m.unit is Unit.NOW for c in acts for m in c.mentions)
        return not (started and not any(m.unit in TIMED for c in acts for m in c.mentions))
    if commitment.has(Unit.NOW) or commitment.has(Unit.PAST):
        return False
    if commitment.has(Unit.VAGUE) or commitment.event:
        return True
    if not (commitment.firm and not dated and commitment.kind in _RETURNS):
        return False
    said = " ".join(clause.text for clause in commitment.clauses)
    return bool(_TO_CUSTOMER.search(said))


def _in_sentence(
    shown: str, sentence: Sentence, mentions: Sequence[Mention], grammar: ModuleType, earlier: list[Commitment]
) -> list[Commitment]:
    first = bisect_left(mentions, sentence.start, key=_place)
    own = mentions[first : bisect_left(mentions, sentence.end, lo=first, key=_place)]
    clauses = list(cut(shown, sentence.start, sentence.end, grammar.SEAMS, own))
    judge: Callable[[Clause, Sequence[Clause]], object] = grammar.judge
    for i, clause in enumerate(clauses):
        clause.verdict = judge(clause, clauses[max(0, i - _MEMORY) : i])  # type: ignore[assignment]
    if sentence.asks and not grammar.tag_question(shown[sentence.start : sentence.end]):
        clauses = _before_question(clauses)
    made = list(_gather(clauses, _barred(clauses, grammar), grammar))
    _share_times(made, earlier)
    return [c for c in _split_outcomes(made) if c.outcome or c.timed]


def _place(mention: Mention) -> int:
    return mention.start


def _before_question(clauses: list[Clause]) -> list[Clause]:
    """A question takes its whole sentence, save what stands before a semicolon."""
    for i in range(len(clauses) - 1, 0, -1):
        if ";" in clauses[i].mark:
            return clauses[:i]
    return []


def _own_again(clause: Clause, grammar: ModuleType) -> bool:
    """ "I can't say when, but I'll let you know": after "but" the writer speaks for themselves."""
    if clause.lead not in ("but", "yet", "но", "зато", "а") or clause.verdict.sort is not Sort.COMMIT:
        return False
    return bool(grammar.first_person(clause.bare))


def _barred(clauses: Sequence[Clause], grammar: ModuleType) -> list[bool]:
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


_ADDED = frozenset(["and", "а", "и", "но", "but"])
_MERELY = ("sooner", "earlier", "faster", "раньше", "быстрее", "скорее", "quicker")


def _follows_order(after: Clause) -> bool:
    """ "Send me the number and I'll call you": the call hangs on the number."""
    return after.lead in ("and", "и", "then", "то", "тогда", "&") or (not after.lead and after.mark in ("-", "—", ","))


def _reach_back(clauses: Sequence[Clause], i: int) -> int:
    """Where the stretch begins that a condition at i governs: the commitment before it, not those before that."""
    if ";" in clauses[i].mark or i == 0:
        return i
    before = clauses[i - 1]
    if before.lead in _ADDED and not before.text.strip(" ,").partition(" ")[2]:
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


def _gather(clauses: Sequence[Clause], barred: Sequence[bool], grammar: ModuleType) -> Iterator[Commitment]:
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
    direct = bool(after) and after[0].verdict.sort in (Sort.COMMIT, Sort.DATED) and not after[0].verdict.goes_on
    if clause.lead in _ADDED and direct and not after[0].mark and not after[0].lead:
        return True
    if direct and _has_date(clause.mentions) and _has_date(current.mentions):
        return True
    if not clause.mentions:
        return bool(clause.lead in _ADDED and after and after[0].verdict.sort in (Sort.COMMIT, Sort.DATED) and current.timed)
    if clause.lead in (*_ADDED, "so") and current.timed:
        return True
    return current.timed and bool(after) and after[0].verdict.sort is Sort.COMMIT and not after[0].mark and not after[0].lead


def _has_date(mentions: Sequence[Mention]) -> bool:
    return any(m.unit in _DATED_UNITS for m in mentions)


def _both_timed(current: Commitment, clause: Clause) -> bool:
    return current.timed and current.outcome and any(m.unit in TIMED for m in clause.mentions) and clause.verdict.outcome


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
    weak |= verdict.kind is PromiseKind.DELIVERY and current.kind in (PromiseKind.DOCUMENT, PromiseKind.REFUND)
    if not keep and not weak:
        current.kind = verdict.kind
    current.outcome = True


def _attach(current: Commitment, clause: Clause) -> None:
    if clause.verdict.kind is PromiseKind.DELIVERY and current.kind is PromiseKind.FIX:
        current.kind = PromiseKind.DELIVERY
    if clause.mentions:
        current.clauses.append(clause)
        current.mentions += clause.mentions


_APART = frozenset({PromiseKind.REFUND, PromiseKind.CALLBACK, PromiseKind.DOCUMENT, PromiseKind.REPLACEMENT, PromiseKind.UPDATE})


def _split_outcomes(made: Sequence[Commitment]) -> Iterator[Commitment]:
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


def _share_times(made: list[Commitment], earlier: list[Commitment]) -> None:
    """Times that reach over to a neighbour: "then", "the same day", one time for two outcomes."""
    for i, commitment in enumerate(made):
        known = made[i - 1] if i else (earlier[-1] if earlier else None)
        _refer_back(commitment, known)
        if i and not commitment.timed and commitment.firm and commitment.outcome and made[i - 1].timed and made[i - 1].fronted and made[i - 1].outcome:
            if not commitment.has(Unit.VAGUE) and not commitment.event and commitment.clauses[0].lead in ("and", "и", "а также"):
                if commitment.kind not in _APART or made[i - 1].kind not in _APART:
                    continue
                commitment.mentions += made[i - 1].mentions
        part_only = commitment.timed and not any(m.unit in _DATED_UNITS | {Unit.ELAPSED, Unit.WORK_TIME} for m in commitment.mentions)
        if i and part_only and commitment.has(Unit.PART) and any(m.part is Part.FIRST_THING for m in commitment.mentions):
            commitment.mentions += [m for m in made[i - 1].mentions if m.unit in _DATED_UNITS]
    for first, second in zip(made, made[1:], strict=False):
        if (first.kind is second.kind is PromiseKind.REFUND and first.timed and second.timed and _PROCESSING.search(first.clauses[-1].text)) or (first.kind is second.kind and first.kind in _SENT_KINDS and first.timed and second.timed and _PRONOUN.match(second.clauses[-1].text)):
            first.outcome, first.mentions = False, []
    for i in range(len(made) - 1, 0, -1):
        first, second = made[i - 1], made[i]
        if not first.outcome and second.outcome and first.timed and second.clauses[0].lead in _ADDED and not second.timed:
            # "by five I'll have asked the depot and I'll text you": the asking is a step
            second.mentions, second.clauses = first.mentions + second.mentions, first.clauses + second.clauses
            first.mentions = []
            continue
        joined = second.clauses[0].lead in ("and", "и", "а", "&")
        if second.timed and not first.timed and first.outcome and joined and not second.fronted and not first.event:
            if second.clauses[0].text.split()[1:2] in (["it"], ["they"], ["it's"], ["they're"], ["он"], ["она"], ["они"]):
                second.kind, first.outcome, first.firm = first.kind, False, False
            elif first.kind in _APART and second.kind in _APART and first.kind != second.kind and not first.has(Unit.VAGUE):
                first.mentions += second.mentions


_BACK = re.compile(r"\b(?:back|call|ring|phone|text|on it)\b")


def _refer_back(commitment: Commitment, known: Commitment | None) -> None:
    same = next((m for m in commitment.mentions if m.unit is Unit.SAME), None)
    if same is None or any(m.unit in _DATED_UNITS | {Unit.ELAPSED, Unit.WORK_TIME} for m in commitment.mentions):
        return
    if (known is None or not known.timed) and 5 <= same.n <= 90 and _BACK.search(commitment.clauses[-1].text):
        # "back to you in 15": minutes
        commitment.mentions = [replace(same, unit=Unit.ELAPSED)]
        return
    if known is None or not known.timed:
        commitment.mentions = [m for m in commitment.mentions if not (m.unit is Unit.SAME and m.n)]
        return
    if same.n:
        lengths = [m for m in known.mentions if m.unit in (Unit.WORK_DAYS, Unit.DAYS, Unit.ELAPSED, Unit.WORK_TIME, Unit.MONTHS)]
        if lengths:
            one = lengths[-1]
            scale = {Unit.ELAPSED: 60, Unit.WORK_TIME: 60}.get(one.unit, 7 if one.unit is Unit.DAYS and one.n == 7 else 1)
            commitment.mentions = [replace(one, n=same.n * scale)]
        return
    days = [m for m in known.mentions if m.unit in _DATED_UNITS]
    commitment.mentions += days or [m for m in known.mentions if m.unit in TIMED]


def _span(text: str, commitment: Commitment) -> tuple[int, int]:
    shown = [c for c in commitment.clauses if c.mentions or c.verdict.kind]
    start, end = min(c.start for c in shown), max(c.end for c in shown)
    lead = commitment.clauses[0]
    if lead.start == start and lead.lead in ("and", "but", "so", "then", "а", "и", "но", "&", "plus"):
        start += len(lead.lead)
    return trim(text, start, end)


_CORRECTION = re.compile(
    r"\b(?:no wait|wait no|scratch that|correction|make that|sorry, (?:no|that's))\b|(?<![а-я])(?:тьфу|вру|отставить|точнее|вернее|то есть нет|ошиблась|ошибся)(?![а-я])"
)
_REPEATED = frozenset({PromiseKind.CALLBACK, PromiseKind.UPDATE, PromiseKind.REFUND})


def _once(found: Sequence[FoundPromise], shown: str) -> Iterator[FoundPromise]:
    """A promise said twice counts once; one that is taken back in the same breath does not count."""
    seen: set[tuple[PromiseKind, datetime | None]] = set()
    for i, promise in enumerate(found):
        after = found[i + 1] if i + 1 < len(found) else None
        if after is not None and after.kind is promise.kind and _CORRECTION.search(shown[promise.end : after.start]):
            continue
        key = (promise.kind, promise.due)
        if key in seen and promise.kind in _REPEATED:
            continue
        seen.add(key)
        yield promise
