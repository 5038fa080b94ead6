"""From a text to its promises: which commitments count, when each is due, and the words that make it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from types import ModuleType

from calmdesk.desk.hours import OfficeHours
from calmdesk.desk.reading import FoundPromise
from calmdesk.desk.vocabulary import Lang, PromiseKind

from . import en, ru
from .clauses import Clause, Sort, cut
from .commitments import RETURNS, Commitment, barred_clauses, gather, has_date
from .sharing import share_times, split_outcomes
from .text import Sentence, plain, sentences, trim
from .when import TIMED, Mention, Unit, due_of

_GRAMMARS: dict[Lang, ModuleType] = {Lang.EN: en, Lang.RU: ru}
_TO_CUSTOMER = re.compile(
    r"\b(?:you|your|yours|u|ur|in touch|posted|in the loop|a call|a bell|a ring|back)\b|"
    r"(?<![а-я])(?:вам|вас|вами|ваш\w*|тебе|перезвон\w+|отзвон\w+|отпиш\w+|свяж\w+|набер\w+|вернемся|вернусь|в курсе|"
    r"сообщ\w+|напиш\w+|ответ(?:им|ит|ят|лю))(?![а-я])"
)
# How many clauses back a clause may lean on: no sentence that people write needs more, and time stays linear.
_MEMORY = 12
_LONG_PAST = timedelta(hours=12)


def find_promises(
    text: str, *, now: datetime, office: OfficeHours, lang: Lang | str
) -> tuple[FoundPromise, ...]:
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
        if _OR.search(shown, mentions[i - 1].end, max(mentions[i].start, mentions[i - 1].end)) and all(
            map(has_date, sides)
        ):
            dues = [due for side in sides if (due := due_of(side, office, now)) is not None]
            return max(dues, default=None)
    return due_of(mentions, office, now)


def vague_commitments(text: str, lang: Lang | str) -> tuple[tuple[int, int], ...]:
    """The spans of commitments to a later act that name no time: `text[start:end]` are the words."""
    commitments = _commitments(text, Lang(lang), False)
    return tuple(_span(text, c) for c in commitments if not c.timed and not c.has(Unit.SAME))


def _commitments(text: str, lang: Lang, month_first: bool) -> list[Commitment]:
    shown = plain(text)
    grammar = _GRAMMARS[lang]
    mentions = grammar.mentions(shown, month_first)
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
    if not (commitment.firm and not dated and commitment.kind in RETURNS):
        return False
    said = " ".join(clause.text for clause in commitment.clauses)
    return bool(_TO_CUSTOMER.search(said))


def _in_sentence(
    shown: str,
    sentence: Sentence,
    mentions: Sequence[Mention],
    grammar: ModuleType,
    earlier: list[Commitment],
) -> list[Commitment]:
    first = bisect_left(mentions, sentence.start, key=place)
    own = mentions[first : bisect_left(mentions, sentence.end, lo=first, key=place)]
    clauses = list(cut(shown, sentence.start, sentence.end, grammar.SEAMS, own))
    judge: Callable[[Clause, Sequence[Clause]], object] = grammar.judge
    for i, clause in enumerate(clauses):
        clause.verdict = judge(clause, clauses[max(0, i - _MEMORY) : i])  # type: ignore[assignment]
    if sentence.asks and not grammar.tag_question(shown[sentence.start : sentence.end]):
        clauses = _before_question(clauses)
    made = list(gather(clauses, barred_clauses(clauses, grammar), grammar))
    share_times(made, earlier)
    return [c for c in split_outcomes(made) if c.outcome or c.timed]


def place(mention: Mention) -> int:
    """Where a time stands, for sorting."""
    return mention.start


def _before_question(clauses: list[Clause]) -> list[Clause]:
    """A question takes its whole sentence, save what stands before a semicolon."""
    for i in range(len(clauses) - 1, 0, -1):
        if ";" in clauses[i].mark:
            return clauses[:i]
    return []


def _span(text: str, commitment: Commitment) -> tuple[int, int]:
    shown = [c for c in commitment.clauses if c.mentions or c.verdict.kind]
    start, end = min(c.start for c in shown), max(c.end for c in shown)
    lead = commitment.clauses[0]
    if lead.start == start and lead.lead in ("and", "but", "so", "then", "а", "и", "но", "&", "plus"):
        start += len(lead.lead)
    return trim(text, start, end)


_CORRECTION = re.compile(
    r"\b(?:no wait|wait no|scratch that|correction|make that|sorry, (?:no|that's))\b|(?<![а-я])(?:тьфу|вру|отставить|"
    r"точнее|вернее|то есть нет|ошиблась|ошибся)(?![а-я])"
)
_REPEATED = frozenset({PromiseKind.CALLBACK, PromiseKind.UPDATE, PromiseKind.REFUND})


def _once(found: Sequence[FoundPromise], shown: str) -> Iterator[FoundPromise]:
    """A promise said twice counts once; one that is taken back in the same breath does not count."""
    seen: set[tuple[PromiseKind, datetime | None]] = set()
    for i, promise in enumerate(found):
        after = found[i + 1] if i + 1 < len(found) else None
        if (
            after is not None
            and after.kind is promise.kind
            and _CORRECTION.search(shown[promise.end : after.start])
        ):
            continue
        key = (promise.kind, promise.due)
        if key in seen and promise.kind in _REPEATED:
            continue
        seen.add(key)
        yield promise
