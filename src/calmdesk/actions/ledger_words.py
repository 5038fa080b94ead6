"""What the desk proposes to write about a promise: news without news, an owning up, a check-in; and its proof.

Pure: everything comes from the conversation, the promise, the content and one `now`. A text is put together of two or
three sentences; one that was already said in the conversation is not taken again while a fresh one is left. Times lie
in the desk's working hours, a quarter of an hour exactly, so that they can be kept and are read back as promised.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from calmdesk.content.ledger import LedgerFile
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.events import MessagePosted, NoteWritten
from calmdesk.desk.hours import OfficeHours
from calmdesk.desk.ports import Entry
from calmdesk.desk.promise import LedgerPolicy, Promise
from calmdesk.desk.vocabulary import Lang, Move, PromiseKind, PromiseState, Role, Status

if TYPE_CHECKING:  # the engine loads after the desk has begun to answer
    from calmdesk.content.loader import Content

#: The kinds of promise for which news that there is no news keeps the word.
NEWS_KINDS = frozenset({PromiseKind.UPDATE, PromiseKind.CALLBACK})
#: How long before its time such a draft is offered, at most.
NEWS_AHEAD = timedelta(hours=1)
#: Working time until the new time of a missed promise.
MEND_WITHIN = timedelta(hours=2)
QUARTER = timedelta(minutes=15)
_WORD = re.compile(r"\w+")
_MOVES = {
    PromiseKind.UPDATE: (Move.UPDATE, Move.SOLVE),
    PromiseKind.FIX: (Move.SOLVE,),
    PromiseKind.ESCALATION: (Move.ESCALATE,),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed text: `why` is `missed` or `news`; `when` is the time it names."""

    promise_id: str
    why: str
    text: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """What likely kept a promise: a message's id or `note:<number>`, its words, and when it was written."""

    ref: str
    seq: int
    at: datetime
    quote: str
    noted: bool


def draft_for(
    promise: Promise, conversation: Conversation, entries: Sequence[Entry], *, content: Content,
    office: OfficeHours, policy: LedgerPolicy, now: datetime,
) -> Draft | None:  # fmt: skip
    """What to write about this promise now, or None: an apology once its time has passed, else news when it nears.

    News is for calls and reports only, while the case is open and nobody of the desk has written since the promise.
    `entries` is the conversation's timeline, for what was said already.
    """
    if not promise.open or promise.due is None:
        return None
    words = content.one(LedgerFile, conversation.lang)
    said = _said(entries)
    if promise.overdue(now) or promise.state is PromiseState.BROKEN:
        when = _round_up(office.add_working_time(now, MEND_WITHIN))
        parts = [[words.missed[promise.kind.value]], words.sorry, [words.next[promise.kind.value]]]
        text = _compose(parts, said, _slots(words, conversation, office, now, when, promise.due))
        return Draft(promise.id, "missed", text, when)
    near = promise.due - min(NEWS_AHEAD, (promise.due - promise.made_at) / 2) <= now
    if not near or promise.kind not in NEWS_KINDS or conversation.status is Status.CLOSED:
        return None
    if _news_since(promise, entries):
        return None
    when = _round_up(office.add_working_time(now, policy.news_every))
    text = _compose(
        [words.news, words.news_next], said, _slots(words, conversation, office, now, when, promise.due)
    )
    return Draft(promise.id, "news", text, when)


def proof_for(promise: Promise, entries: Iterable[Entry], content: Content) -> Proof | None:
    """The first message or note of the desk after the promise that speaks of the act as done, or None.

    Words by kind come from the content; what the reading saw the message do counts too. Only a proposal: a person
    confirms it.
    """
    patterns = [
        re.compile(pattern, re.IGNORECASE)
        for lang in Lang
        for pattern in content.one(LedgerFile, lang).kept.get(promise.kind.value, ())
    ]
    for entry in entries:
        event = entry.event
        if isinstance(event, MessagePosted) and event.role is not Role.CUSTOMER:
            if event.message_id == promise.message_id or event.at < promise.made_at:
                continue
            moves = _MOVES.get(promise.kind, ())
            if _speaks(event.text, patterns) or any(move in event.reading.moves for move in moves):
                return Proof(event.message_id, entry.seq, event.at, event.text[:200], noted=False)
        elif isinstance(event, NoteWritten) and event.at >= promise.made_at and _speaks(event.text, patterns):
            return Proof(f"note:{entry.seq}", entry.seq, event.at, event.text[:200], noted=True)
    return None


def check_in_text(conversation: Conversation, content: Content) -> str:
    """The question some days after the close, in the customer's language."""
    words = content.one(LedgerFile, conversation.lang)
    text = words.check_in[conversation.seq % len(words.check_in)]
    filled = text.format(name=conversation.customer_name, about=_about(words, conversation))
    return filled.replace(" !", "!").replace(", !", "!").replace(",!", "!")


def _speaks(text: str, patterns: Iterable[re.Pattern[str]]) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _news_since(promise: Promise, entries: Sequence[Entry]) -> bool:
    return any(
        isinstance(entry.event, MessagePosted)
        and entry.event.role is not Role.CUSTOMER
        and entry.event.at > promise.made_at
        and entry.event.message_id != promise.message_id
        for entry in entries
    )


def _said(entries: Sequence[Entry]) -> str:
    """The desk's words so far, folded to their letters, so that a changed time or comma hides nothing."""
    texts = [
        e.event.text
        for e in entries
        if isinstance(e.event, MessagePosted) and e.event.role is not Role.CUSTOMER
    ]
    return "\n".join(_folded(text) for text in texts)


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _compose(parts: Sequence[Sequence[str]], said: str, slots: dict[str, str]) -> str:
    """The first combination whose sentences are fresh; else the one with the fewest that were said before.

    Combinations go diagonally, so that as long as there are fresh sentences in every list none comes back.
    """
    used = [[_used(sentence, said) for sentence in ways] for ways in parts]
    best = min(
        itertools.product(*(range(len(ways)) for ways in parts)),
        key=lambda pick: (
            _folded(" ".join(parts[at][way].format(**slots) for at, way in enumerate(pick))) in said,
            sum(used[at][way] for at, way in enumerate(pick)),
            pick,
        ),
    )
    return " ".join(parts[at][way].format(**slots) for at, way in enumerate(best))


def _used(sentence: str, said: str) -> int:
    """How often a sentence was said, whatever stood in its slots."""
    pieces = [re.escape(_folded(piece)) for piece in re.split(r"\{\w+\}", sentence) if _folded(piece)]
    return len(re.findall(r"\b" + r"\b.{0,60}?\b".join(pieces) + r"\b", said)) if pieces else 0


def _slots(
    words: LedgerFile,
    conversation: Conversation,
    office: OfficeHours,
    now: datetime,
    when: datetime,
    due: datetime,
) -> dict[str, str]:
    return {
        "about": _about(words, conversation),
        "when": _spoken(words, office, now, when),
        "due": _spoken(words, office, now, due),
        "name": conversation.customer_name,
    }


def _about(words: LedgerFile, conversation: Conversation) -> str:
    order = next((fact.value for fact in reversed(conversation.facts) if fact.kind == "order"), None)
    if order is not None:
        return words.order.format(order=order)
    return words.about.get(conversation.issue.value, words.about["none"])


def _spoken(words: LedgerFile, office: OfficeHours, now: datetime, at: datetime) -> str:
    local, today = office.local(at), office.local(now).date()
    pattern = {-1: words.yesterday, 0: words.today, 1: words.tomorrow}.get(
        (local.date() - today).days, words.on_day
    )
    return pattern.format(
        clock=f"{local:%H:%M}", weekday=words.weekdays[local.weekday()], day=local.day,
        month=words.months[local.month - 1],
    )  # fmt: skip


def _round_up(at: datetime) -> datetime:
    """The next full quarter of an hour."""
    stamp = at.astimezone(UTC)
    over = timedelta(minutes=stamp.minute % 15, seconds=stamp.second, microseconds=stamp.microsecond)
    return stamp if not over else stamp + QUARTER - over
