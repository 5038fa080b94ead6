"""What the actions need from the outside, as protocols: storage in one transaction, and a clock.

Every `get` goes through a Viewer and raises NotFound for what that viewer may not see. All instants are aware.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from .conversation import Conversation
from .events import Event
from .people import Customer, Person, Viewer
from .promise import Promise, PromiseTransition
from .record import Record, Survey
from .vocabulary import Channel, HeatBand, Lang, PersonRole, PromiseState, Rung, Status

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Desk:
    """A team that works together: its language, its clock, its hours. `settings` is the team's policy, as data."""

    id: str
    name: str
    lang: Lang
    zone: str = "UTC"
    hours: str = "Mon-Fri 09:00-18:00"
    holidays: tuple[str, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a timeline: the event and its number within the conversation (from 0)."""

    conversation_id: str
    seq: int
    event: Event


@dataclass(frozen=True, slots=True)
class InboxLine:
    """What the inbox shows of a conversation; read from columns, without loading the conversation."""

    conversation_id: str
    customer_name: str
    channel: Channel
    lang: Lang
    status: Status
    band: HeatBand
    heat: float
    last_words: str
    last_by_customer: bool
    last_at: datetime
    waiting_since: datetime | None
    next_due: datetime | None
    owner: str | None
    owner_name: str
    rung: Rung | None
    safety: bool
    issue: str
    seq: int


class InboxOrder(StrEnum):
    """How the inbox is sorted."""

    HOTTEST = "hottest"
    WAITING = "waiting"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """Which conversations the inbox lists. `owner` is a person's id, "bot", "none", or None for all."""

    status: Status | None = Status.OPEN
    owner: str | None = None
    channel: Channel | None = None
    hot: bool = False
    text: str = ""
    order: InboxOrder = InboxOrder.HOTTEST


@dataclass(frozen=True, slots=True)
class PromiseFilter:
    """Which promises are listed, soonest first. `owner` is a person's id or None for the whole desk."""

    owner: str | None = None
    states: tuple[PromiseState, ...] = ()
    conversation_id: str | None = None
    overdue_at: datetime | None = None


class Topic(StrEnum):
    """Where an outbox row goes."""

    LIVE = "live"
    MAIL = "mail"
    CHANNEL = "channel"
    WEBHOOK = "webhook"
    SCHEDULE = "schedule"


class Audience(StrEnum):
    """Who may learn of a live row."""

    DESK = "desk"
    CUSTOMER = "customer"
    SUPERVISORS = "supervisors"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """An outward act, written in the same transaction as its cause.

    `key` makes it happen at most once; `id` is given by storage, rises, and is the id of the live event.
    `not_before` holds it back until then. `audience` CUSTOMER means the desk and the customer of that conversation.
    `person_id` is for PERSON. `error` is why the last attempt failed.
    """

    topic: Topic
    kind: str
    desk_id: str
    key: str
    at: datetime
    conversation_id: str | None = None
    audience: Audience = Audience.DESK
    person_id: str | None = None
    payload: Mapping[str, object] = field(default_factory=dict)
    id: int = 0
    attempts: int = 0
    error: str = ""
    not_before: datetime | None = None


class Conversations(Protocol):
    """Conversations and their timelines."""

    def get(self, conversation_id: str, viewer: Viewer, *, for_update: bool = False) -> Conversation:
        """The newest state. Raises NotFound. With `for_update` no other transaction appends until this ends."""
        ...

    def append(
        self, before: Conversation, events: Sequence[Event], *, client_key: str | None = None
    ) -> Conversation:
        """Adds events after `before` and gives the new state. Raises Conflict if the timeline moved on.

        A first event ConversationOpened on an empty Conversation starts a new one. `client_key` is remembered
        with the first MessagePosted among the events.
        """
        ...

    def message_by_key(self, conversation_id: str, client_key: str) -> Entry | None:
        """The message that was posted with that key, if there is one."""
        ...

    def timeline(
        self,
        conversation_id: str,
        viewer: Viewer,
        *,
        after_seq: int = -1,
        before_seq: int | None = None,
        limit: int = 200,
    ) -> list[Entry]:
        """The newest `limit` entries in between, oldest first; a visitor gets public ones only. Raises NotFound."""
        ...  # fmt: skip

    def entry(self, conversation_id: str, seq: int, viewer: Viewer) -> Entry:
        """One entry. Raises NotFound."""
        ...

    def inbox(self, viewer: Viewer, which: InboxFilter, *, limit: int = 100) -> list[InboxLine]:
        """The lines that the viewer may see, in order."""
        ...

    def line(self, conversation_id: str, viewer: Viewer) -> InboxLine:
        """One line. Raises NotFound."""
        ...

    def of_customer(self, customer_id: str, viewer: Viewer, *, limit: int = 20) -> list[InboxLine]:
        """A customer's conversations, newest first."""
        ...


class Promises(Protocol):
    """The ledger."""

    def add(self, promise: Promise, transition: PromiseTransition) -> None:
        """Writes a new promise and its first row of history."""
        ...

    def get(self, promise_id: str, viewer: Viewer, *, for_update: bool = False) -> Promise:
        """One promise. Raises NotFound."""
        ...

    def save(self, promise: Promise, transition: PromiseTransition | None = None) -> None:
        """Writes a changed promise by compare-and-set on `version - 1`. Raises Conflict."""
        ...

    def listing(self, viewer: Viewer, which: PromiseFilter, *, limit: int = 200) -> list[Promise]:
        """Promises of conversations that the viewer may see; soonest due first, those without a time last."""
        ...

    def history(self, promise_id: str, viewer: Viewer) -> list[PromiseTransition]:
        """A promise's rows, oldest first. Raises NotFound."""
        ...

    def kept(self, viewer: Viewer, since: datetime, *, owner: str | None = None) -> tuple[int, int, int, int]:
        """Of the promises due since then whose time has been judged: (kept in time, kept in time or missed, released,
        moved to another time). Missed is broken, escalated while open, or kept only after the supervisors heard."""
        ...

    def needing_attention(self, now: datetime, *, limit: int = 100, claim: bool = False) -> list[Promise]:
        """Open promises of all desks that the keeper has something to do about (`Promise.next_wake`), in order.

        With `claim` they are locked until the transaction ends, and those locked by another worker left out.
        """
        ...


class People(Protocol):
    """Those who work at desks, those who write to them, and the desks."""

    def desk(self, desk_id: str) -> Desk:
        """A desk. Raises NotFound."""
        ...

    def desks(self) -> list[Desk]:
        """All desks, by name."""
        ...

    def add_desk(self, desk: Desk) -> None:
        """Writes a new desk."""
        ...

    def save_desk(self, desk: Desk) -> None:
        """Writes a changed desk."""
        ...

    def person(self, person_id: str, viewer: Viewer) -> Person:
        """Somebody of the viewer's desk. Raises NotFound."""
        ...

    def sign_in(self, email: str) -> tuple[Person, str] | None:
        """The person with that address (case ignored) and their password hash."""
        ...

    def staff(self, viewer: Viewer) -> list[Person]:
        """Everybody at the viewer's desk, by name."""
        ...

    def add_person(self, person: Person, password_hash: str) -> None:
        """Writes a new person. Raises Conflict when the address is taken."""
        ...

    def save_person(self, person: Person, password_hash: str | None = None) -> None:
        """Writes a changed person; the password only when given."""
        ...

    def customer(self, customer_id: str, viewer: Viewer) -> Customer:
        """A customer. Raises NotFound."""
        ...

    def add_customer(self, customer: Customer) -> None:
        """Writes a new customer."""
        ...

    def save_customer(self, customer: Customer) -> None:
        """Writes a changed customer."""
        ...

    def add_invite(
        self, token_hash: str, desk_id: str, role: PersonRole, email: str, expires: datetime
    ) -> None:
        """Writes a one-time invitation; only the hash of its token is kept."""
        ...

    def take_invite(self, token_hash: str, now: datetime) -> tuple[str, PersonRole, str] | None:
        """Uses an invitation up: (desk_id, role, email), or None if unknown, used or expired."""
        ...

    def peek_invite(self, token_hash: str, now: datetime) -> tuple[str, PersonRole, str] | None:
        """The same without using it up."""
        ...


class Outbox(Protocol):
    """Outward acts, written with their cause and carried out afterwards."""

    def add(self, row: OutboxRow) -> None:
        """Writes a row. A row whose key is known already is dropped in silence."""
        ...

    def after(self, last_id: int, *, topic: Topic = Topic.LIVE, limit: int = 500) -> list[OutboxRow]:
        """Rows of a topic with a higher id, in order."""
        ...

    def bounds(self, topic: Topic = Topic.LIVE) -> tuple[int, int]:
        """The lowest and highest id kept for a topic (0, 0 when there are none)."""
        ...

    def claim(
        self, topic: Topic, now: datetime, worker: str, *, lease: float, limit: int = 20
    ) -> list[OutboxRow]:
        """Rows to carry out, leased to `worker` for `lease` seconds; an expired lease comes back."""
        ...

    def finish(self, row_id: int, now: datetime, worker: str) -> bool:
        """Marks a leased row as done; False if the lease was lost meanwhile."""
        ...

    def fail(self, row_id: int, now: datetime, worker: str, error: str, *, retry_at: datetime | None) -> None:
        """Gives a row back for `retry_at`, or sets it aside for good (None): it is then poisoned and shown."""
        ...

    def waiting(
        self, topic: Topic, viewer: Viewer, *, conversation_id: str | None = None, limit: int = 200
    ) -> list[OutboxRow]:
        """Rows of a topic that the viewer may see and that are not done yet, those with a time soonest first."""
        ...

    def cancel(self, row_id: int, viewer: Viewer, now: datetime) -> bool:
        """Takes back a row that waits; False when it is being carried out, done, or out of sight."""
        ...

    def poisoned(self, viewer: Viewer) -> list[OutboxRow]:
        """Rows of the viewer's desk that were set aside."""
        ...

    def prune(self, before: datetime) -> int:
        """Forgets live rows and finished rows older than that; how many."""
        ...


class Records(Protocol):
    """STAR records and surveys."""

    def of(self, conversation_id: str, viewer: Viewer) -> Record | None:
        """The newest record of a conversation. Raises NotFound for a conversation out of sight."""
        ...

    def save(self, record: Record) -> None:
        """Writes a record by compare-and-set on `version - 1` (version 0: a new one). Raises Conflict."""
        ...

    def survey_of(self, conversation_id: str, viewer: Viewer) -> Survey | None:
        """The newest survey of a conversation."""
        ...

    def save_survey(self, survey: Survey) -> None:
        """Writes a survey, new or changed."""
        ...


class UnitOfWork(Protocol):
    """One transaction: `with unit_of_work() as work: …; work.commit()`. Leaving without commit rolls back."""

    conversations: Conversations
    promises: Promises
    people: People
    outbox: Outbox
    records: Records

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def commit(self) -> None:
        """Makes everything since the start permanent, all of it or nothing. Raises StorageAway."""
        ...


#: Starts a transaction: writing ones (the default) take the writer's lock at once on SQLite.
UnitsOfWork = Callable[[], UnitOfWork]
