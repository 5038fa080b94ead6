"""The STAR record drafted from the timeline: Situation, Task, Action, Result, every line citing its messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from calmdesk.content.method import RecordFile
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.events import (
    Event,
    MessagePosted,
    OwnerChanged,
    PromiseMade,
    PromiseMoved,
    SupervisorAlerted,
    SurveyAnswered,
)
from calmdesk.desk.promise import OPEN_STATES
from calmdesk.desk.record import Part, RecordLine
from calmdesk.desk.vocabulary import HeatBand, Issue, Lang, Leverage, LintRule, Move, PromiseState, Role

from .openings import due_words
from .signals import Signals

#: How long a quotation in a record may be.
_QUOTE = 160
#: Moves worth a line of their own, in the order in which one of several is named.
_TELLING = (
    Move.SOLVE, Move.OPTIONS, Move.ALTERNATIVE, Move.ESCALATE, Move.APOLOGISE, Move.OWN, Move.UPDATE,
    Move.NEXT_STEPS, Move.EXPLAIN, Move.ACKNOWLEDGE, Move.PARAPHRASE, Move.ASK_OPEN, Move.ASK_CLOSED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Teller:
    """One drafting: the timeline's messages and the words to tell them in."""

    conversation: Conversation
    messages: tuple[MessagePosted, ...]
    events: tuple[Event, ...]
    words: RecordFile
    lang: Lang

    @property
    def customer(self) -> tuple[MessagePosted, ...]:
        return tuple(m for m in self.messages if m.role is Role.CUSTOMER)

    @property
    def name(self) -> str:
        known = self.conversation.customer_name.strip()
        return known or ("Клиент" if self.lang is Lang.RU else "The customer")

    def line(self, part: Part, template: str, message: MessagePosted, **values: str) -> RecordLine:
        values.setdefault("quote", quoted(message.text))
        return RecordLine(part, template.format_map(values), (message.message_id,))


def quoted(text: str) -> str:
    """A message's own words, shortened at a word's end to fit into a line."""
    flat = " ".join(text.split())
    if len(flat) <= _QUOTE:
        return flat
    return flat[:_QUOTE].rsplit(" ", 1)[0] + "…"


def draft_star(
    conversation: Conversation, entries: Sequence[Event], words: RecordFile, signals: Signals, lang: Lang
) -> tuple[RecordLine, ...]:
    """The draft; empty where no customer has said anything. No line without a message it rests on."""
    messages = tuple(e for e in entries if isinstance(e, MessagePosted))
    teller = _Teller(conversation, messages, tuple(entries), words, lang)
    if not teller.customer:
        return ()
    return (*_situation(teller, signals), *_task(teller), *_action(teller), *_result(teller, signals))


def _situation(t: _Teller, signals: Signals) -> list[RecordLine]:
    telling = next(
        (m for m in t.customer if m.reading.issue not in (Issue.NONE, Issue.QUESTION)), t.customer[0]
    )
    issue = t.words.issues[telling.reading.issue]
    lines = [t.line(Part.SITUATION, t.words.situation, telling, who=t.name, issue=issue)]
    hottest = max(t.customer, key=lambda m: m.reading.heat.score)
    if hottest.reading.heat.band.hot and hottest is not telling:
        band = t.words.bands[hottest.reading.heat.band]
        lines.append(t.line(Part.SITUATION, t.words.heat_peak, hottest, band=band))
    for message in t.customer:
        if (
            "promise_missed" in signals.of_customer(message.text, message.reading.lang)
            and message is not telling
        ):
            lines.append(t.line(Part.SITUATION, t.words.earlier, message))
            break
    return lines


def _task(t: _Teller) -> list[RecordLine]:
    lines: list[RecordLine] = []
    seen: set[Leverage] = set()
    for message in t.customer:
        fresh = [x for x in message.reading.leverage if x not in seen]
        if fresh:
            seen.update(fresh)
            what = ", ".join(t.words.leverage[x] for x in fresh)
            lines.append(t.line(Part.TASK, t.words.task_ask, message, what=what))
    asked = next((m for m in t.customer if m.reading.asks), None)
    if asked is not None:
        lines.append(t.line(Part.TASK, t.words.task_question, asked))
    if not lines:
        issue = t.words.issues[t.conversation.issue]
        lines.append(t.line(Part.TASK, t.words.task_feeling, t.customer[0], issue=issue))
    return lines


def _action(t: _Teller) -> list[RecordLine]:
    lines: list[RecordLine] = []
    promises: dict[str, PromiseMade] = {}
    by_id = {m.message_id: m for m in t.messages}
    before: MessagePosted | None = None
    for event in t.events:
        if isinstance(event, MessagePosted):
            before = event
            lines.extend(_agent_line(t, event))
        elif isinstance(event, PromiseMade) and event.message_id in by_id:
            promises[event.promise_id] = event
            text = t.words.action_promise.format(due=_due(t, event.due), quote=quoted(event.quote))
            lines.append(RecordLine(Part.ACTION, text, (event.message_id,)))
        elif (
            isinstance(event, PromiseMoved)
            and event.promise_id in promises
            and event.to is not PromiseState.DUE
        ):
            made = promises[event.promise_id]
            state = t.words.promise_states[event.to.value]
            text = t.words.action_moved.format(state=state, quote=quoted(made.quote))
            lines.append(RecordLine(Part.ACTION, text, (made.message_id,)))
        elif isinstance(event, OwnerChanged) and event.owner_name and before is not None:
            lines.append(t.line(Part.ACTION, t.words.action_handed, before, who=event.owner_name))
        elif isinstance(event, SupervisorAlerted) and (event.message_id in by_id or before is not None):
            about = by_id.get(event.message_id or "", before)
            assert about is not None
            lines.append(t.line(Part.ACTION, t.words.action_alert, about))
    return lines


def _agent_line(t: _Teller, message: MessagePosted) -> list[RecordLine]:
    if message.role is Role.CUSTOMER:
        return []
    moves = message.reading.moves
    who = message.author_name or message.role.value
    if Move.BOUNDARY in moves:
        return [t.line(Part.ACTION, t.words.action_boundary, message, who=who)]
    named = [move for move in _TELLING if move in moves]
    if not named or LintRule.RETALIATING in {f.rule for f in message.reading.lint}:
        return []
    what = ", ".join(dict.fromkeys(t.words.moves[move] for move in named[:2]))
    return [t.line(Part.ACTION, t.words.action_move, message, who=who, what=what)]


def _due(t: _Teller, due: datetime | None) -> str:
    return t.words.promise_states["none"] if due is None else due_words(due, t.lang)


def _result(t: _Teller, signals: Signals) -> list[RecordLine]:
    confirming = _confirming(t.events, signals)
    lines: list[RecordLine] = []
    if confirming is not None:
        lines.append(t.line(Part.RESULT, t.words.result_confirmed, confirming))
    else:
        lines.append(t.line(Part.RESULT, t.words.result_unverified, t.customer[-1]))
    lines.extend(
        RecordLine(
            Part.RESULT,
            t.words.result_open.format(due=_due(t, made.due), quote=quoted(made.quote)),
            (made.message_id,),
        )
        for made in _still_owed(t.events)
    )
    scores = [e for e in t.events if isinstance(e, SurveyAnswered)]
    if scores:
        text = t.words.result_survey.format(score=scores[-1].score)
        lines.append(RecordLine(Part.RESULT, text, (t.messages[-1].message_id,)))
    return lines


def _still_owed(events: Sequence[Event]) -> list[PromiseMade]:
    made = {e.promise_id: e for e in events if isinstance(e, PromiseMade)}
    state = {e.promise_id: e.to for e in events if isinstance(e, PromiseMoved)}
    return [made[i] for i in made if state.get(i, PromiseState.MADE) in OPEN_STATES]


def _confirming(events: Sequence[Event], signals: Signals) -> MessagePosted | None:
    """The customer's message that confirms the result: the newest one, cool, in words that say so."""
    messages = [e for e in events if isinstance(e, MessagePosted)]
    answered = False
    found: MessagePosted | None = None
    for message in messages:
        if message.role is not Role.CUSTOMER:
            answered = True
            continue
        said = signals.of_customer(message.text, message.reading.lang)
        confirms = answered and "confirms" in said and "declines" not in said and "bitter" not in said
        if confirms and not message.reading.heat.band.hot:
            found = message
        elif message.reading.heat.band is not HeatBand.CALM or "declines" in said:
            # Displeased again: what was confirmed before no longer holds.
            found = None
    return found


def result_confirmed(entries: Sequence[Event], signals: Signals) -> bool:
    """Whether the customer confirmed the result in their own words, and nothing is still owed."""
    return _confirming(entries, signals) is not None and not _still_owed(entries)
