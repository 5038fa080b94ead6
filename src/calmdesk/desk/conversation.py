"""A conversation: nothing but the fold of its timeline, and of bounded size.

`fold(events)` and `conversation.apply(event)` give the same state; storage keeps the newest state as a snapshot, so
that the n-th message costs what the first one costs. What is kept is what reading, coach and inbox need: the last
`WINDOW` turns, the heat, the ladder, open promises, facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from .events import (
    ConversationClosed,
    ConversationOpened,
    ConversationReopened,
    Event,
    MessagePosted,
    OwnerChanged,
    PromiseMade,
    PromiseMoved,
    RecordSigned,
    SupervisorAlerted,
    SurveyAnswered,
    SurveyAsked,
)
from .heat import HeatPoint, HeatTrack, band_of
from .ladder import Ladder
from .promise import OPEN_STATES
from .reading import Abuse, Fact, Heat
from .vocabulary import (
    Channel,
    HeatBand,
    Issue,
    Lang,
    Leverage,
    LintRule,
    Move,
    PromiseKind,
    PromiseState,
    Role,
    Status,
)

#: How many turns the state remembers.
WINDOW = 40
#: How many characters of a turn it remembers.
TEXT_KEPT = 600
#: How many facts and heat points it remembers.
FACTS_KEPT = 24
POINTS_KEPT = 60


@dataclass(frozen=True, slots=True)
class Turn:
    """What the state remembers of one message: its reading in short, and the beginning of its words."""

    index: int
    message_id: str
    role: Role
    at: datetime
    text: str
    heat: Heat
    abuse: Abuse
    leverage: tuple[Leverage, ...]
    issue: Issue
    moves: tuple[Move, ...]
    lint: tuple[LintRule, ...]
    promised: bool
    asks: bool
    thanks: bool
    apologises: bool
    accepts: bool
    declines: bool

    @property
    def by_customer(self) -> bool:
        """Whether the customer said it."""
        return self.role is Role.CUSTOMER


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact that was said, and in which message."""

    kind: str
    value: str
    message_id: str
    role: Role


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """What the state remembers of a promise while something is owed."""

    id: str
    kind: PromiseKind
    quote: str
    due: datetime | None
    state: PromiseState
    made_turn: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """The state of one conversation after `seq` events. `turns` are the newest `WINDOW` of `turn_count`."""

    id: str = ""
    desk_id: str = ""
    customer_id: str = ""
    customer_name: str = ""
    channel: Channel = Channel.CHAT
    lang: Lang = Lang.EN
    subject: str = ""
    status: Status = Status.OPEN
    owner: str | None = None
    owner_name: str = ""
    opened_at: datetime | None = None
    seq: int = 0
    turn_count: int = 0
    turns: tuple[Turn, ...] = ()
    heat: HeatTrack = HeatTrack()
    curve: tuple[HeatPoint, ...] = ()
    ladder: Ladder = Ladder()
    issue: Issue = Issue.NONE
    leverage: tuple[Leverage, ...] = ()
    facts: tuple[KnownFact, ...] = ()
    promises: tuple[OpenPromise, ...] = ()
    broken_promises: int = 0
    hand_offs: int = 0
    waiting_since: datetime | None = None
    alerts: tuple[str, ...] = ()
    record_signed: bool = False
    survey_asked: bool = False
    survey_score: int | None = None

    @property
    def band(self) -> HeatBand:
        """The heat of the conversation now, as a word."""
        return band_of(self.heat.level)

    @property
    def last_customer_turn(self) -> Turn | None:
        """The newest thing the customer said, within the window."""
        return next((t for t in reversed(self.turns) if t.by_customer), None)

    @property
    def last_turn(self) -> Turn | None:
        """The newest message, whoever said it."""
        return self.turns[-1] if self.turns else None

    @property
    def next_due(self) -> datetime | None:
        """When the next open promise falls due."""
        return min((p.due for p in self.promises if p.due is not None), default=None)

    def apply(self, event: Event) -> Conversation:
        """The state after one more event. Pure: the same state and event give the same result."""
        return replace(_step(self, event), seq=self.seq + 1)


def fold(events: Iterable[Event]) -> Conversation:
    """The conversation that a timeline amounts to; an empty timeline gives the empty conversation."""
    state = Conversation()
    for event in events:
        state = state.apply(event)
    return state


def _step(state: Conversation, event: Event) -> Conversation:
    match event:
        case ConversationOpened():
            return replace(
                state, id=event.conversation_id, desk_id=event.desk_id, customer_id=event.customer_id,
                customer_name=event.customer_name, channel=event.channel, lang=event.lang,
                subject=event.subject, opened_at=event.at,
            )  # fmt: skip
        case MessagePosted():
            return _message(state, event)
        case OwnerChanged():
            handed = state.owner not in (None, event.owner)
            return replace(
                state, owner=event.owner, owner_name=event.owner_name, hand_offs=state.hand_offs + handed
            )
        case PromiseMade():
            made = OpenPromise(
                event.promise_id,
                event.promise,
                event.quote,
                event.due,
                PromiseState.MADE,
                state.turn_count - 1,
            )
            return replace(state, promises=(*state.promises, made))
        case PromiseMoved():
            return _promise_moved(state, event)
        case SupervisorAlerted():
            return replace(state, alerts=tuple(dict.fromkeys((*state.alerts, event.reason))))
        case ConversationClosed():
            return replace(state, status=Status.CLOSED, waiting_since=None)
        case ConversationReopened():
            return replace(state, status=Status.OPEN, record_signed=False)
        case RecordSigned():
            return replace(state, record_signed=True)
        case SurveyAsked():
            return replace(state, survey_asked=True)
        case SurveyAnswered():
            return replace(state, survey_score=event.score)
        case _:
            return state


def _promise_moved(state: Conversation, event: PromiseMoved) -> Conversation:
    kept = tuple(
        replace(p, state=event.to) if p.id == event.promise_id else p
        for p in state.promises
        if p.id != event.promise_id or event.to in OPEN_STATES
    )
    broken = state.broken_promises + (event.to is PromiseState.BROKEN)
    return replace(state, promises=kept, broken_promises=broken)


def _message(state: Conversation, event: MessagePosted) -> Conversation:
    reading = event.reading
    turn = Turn(
        index=state.turn_count, message_id=event.message_id, role=event.role, at=event.at,
        text=event.text[:TEXT_KEPT], heat=reading.heat, abuse=reading.abuse, leverage=reading.leverage,
        issue=reading.issue, moves=reading.moves, lint=tuple(dict.fromkeys(f.rule for f in reading.lint)),
        promised=bool(reading.promises), asks=reading.asks, thanks=reading.thanks,
        apologises=reading.apologises, accepts=reading.accepts, declines=reading.declines,
    )  # fmt: skip
    state = replace(
        state,
        turns=(*state.turns, turn)[-WINDOW:],
        turn_count=state.turn_count + 1,
        facts=_with_facts(state.facts, reading.facts, event),
    )
    if event.role is Role.CUSTOMER:
        return _customer_message(state, turn, reading.lang)
    return replace(
        state,
        waiting_since=None,
        ladder=state.ladder.after_agent(boundary=Move.BOUNDARY in reading.moves),
    )


def _customer_message(state: Conversation, turn: Turn, lang: Lang) -> Conversation:
    heat = state.heat.observe(turn.heat.score, turn.at)
    point = HeatPoint(turn.index, turn.at, turn.heat.score, heat.level)
    return replace(
        state,
        # A short "ok" does not change the language a customer writes in.
        lang=lang if len(turn.text) > 12 or turn.index == 0 else state.lang,
        heat=heat,
        curve=(*state.curve, point)[-POINTS_KEPT:],
        ladder=state.ladder.after_customer(turn.abuse, apologises=turn.apologises),
        issue=turn.issue if turn.issue not in (Issue.NONE, Issue.QUESTION) else _or(state.issue, turn.issue),
        leverage=tuple(dict.fromkeys((*state.leverage, *turn.leverage))),
        waiting_since=state.waiting_since or turn.at,
        status=Status.OPEN,
    )


def _or(old: Issue, new: Issue) -> Issue:
    return new if old is Issue.NONE else old


def _with_facts(
    known: tuple[KnownFact, ...], found: tuple[Fact, ...], event: MessagePosted
) -> tuple[KnownFact, ...]:
    fresh = [KnownFact(f.kind, f.value, event.message_id, event.role) for f in found]
    have = {(f.kind, f.value) for f in known}
    return (*known, *(f for f in fresh if (f.kind, f.value) not in have))[-FACTS_KEPT:]
