"""A storage in memory with the contract of the real ones (tests/storage runs the same suite over all three)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from calmdesk.desk.conversation import Conversation
from calmdesk.desk.errors import Conflict, DeskError, NotFound, StorageAway
from calmdesk.desk.events import ConversationOpened, Event, MessagePosted
from calmdesk.desk.people import Customer, Person, Viewer, ViewerKind
from calmdesk.desk.ports import (
    Conversations,
    Desk,
    Entry,
    InboxFilter,
    InboxLine,
    InboxOrder,
    Outbox,
    OutboxRow,
    People,
    PromiseFilter,
    Promises,
    Records,
    Topic,
    UnitsOfWork,
)
from calmdesk.desk.promise import Promise, PromiseTransition
from calmdesk.desk.record import Record, Survey
from calmdesk.desk.vocabulary import PersonRole, PromiseState
from calmdesk.storage.lines import LONG_AGO, NEVER, folded, line_of, queue_of, searchable, waits_from


@dataclass(frozen=True)
class Invite:
    desk_id: str
    role: PersonRole
    email: str
    expires: datetime
    used: bool = False


@dataclass(frozen=True)
class Shipping:
    """An outbox row and where it stands; see `ready_at` in calmdesk.storage.outbox."""

    row: OutboxRow
    ready_at: datetime | None
    leased_by: str | None = None
    finished_at: datetime | None = None
    poisoned: bool = False


@dataclass
class Data:
    desks: dict[str, Desk] = field(default_factory=dict)
    people: dict[str, tuple[Person, str]] = field(default_factory=dict)
    customers: dict[str, Customer] = field(default_factory=dict)
    invites: dict[str, Invite] = field(default_factory=dict)
    states: dict[str, Conversation] = field(default_factory=dict)
    entries: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    keys: dict[tuple[str, str], Entry] = field(default_factory=dict)
    promises: dict[str, Promise] = field(default_factory=dict)
    transitions: dict[str, tuple[PromiseTransition, ...]] = field(default_factory=dict)
    outbox: dict[int, Shipping] = field(default_factory=dict)
    last_id: int = 0
    records: dict[str, Record] = field(default_factory=dict)
    surveys: dict[str, Survey] = field(default_factory=dict)

    def copied(self) -> Data:
        return Data(**{f.name: copy(getattr(self, f.name)) for f in fields(self)})


class FakeStorage:
    """Units on one shared memory; one writer at a time, readers see the last commit.

    Set `away` to make every unit raise StorageAway, at its start and at its commit.
    """

    def __init__(self) -> None:
        self.data = Data()
        self.turnstile = threading.Lock()
        self.away = False

    def units(self) -> UnitsOfWork:
        """What begins a transaction that may write."""
        return lambda: FakeUnitOfWork(self, writes=True)

    def readers(self) -> UnitsOfWork:
        """What begins a transaction that only reads."""
        return lambda: FakeUnitOfWork(self, writes=False)


class FakeUnitOfWork:
    """See `desk.ports.UnitOfWork`."""

    conversations: Conversations
    promises: Promises
    people: People
    outbox: Outbox
    records: Records

    def __init__(self, storage: FakeStorage, *, writes: bool) -> None:
        self._storage = storage
        self._writes = writes
        self._over = False
        self._fault: DeskError | None = None

    def __enter__(self) -> Self:
        if self._storage.away:
            raise StorageAway
        if self._writes and not self._storage.turnstile.acquire(timeout=5):
            raise StorageAway
        self._data = self._storage.data.copied()
        self.conversations = FakeConversations(self._use)
        self.promises = FakePromises(self._use)
        self.people = FakePeople(self._use)
        self.outbox = FakeOutbox(self._use)
        self.records = FakeRecords(self._use)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over = True
        if self._writes:
            self._storage.turnstile.release()

    def commit(self) -> None:
        """Everything since the start, or what went wrong before."""
        self._use()
        if self._storage.away:
            raise StorageAway
        self._over = True
        if self._writes:
            self._storage.data = self._data

    def _use(self, fault: DeskError | None = None) -> Data:
        """The data of this transaction; with a fault it is raised, now and from now on."""
        if self._over:
            raise RuntimeError("this unit of work has ended; begin a new one")
        self._fault = self._fault or fault
        if self._fault is not None:
            raise self._fault
        return self._data


class _Part:
    def __init__(self, use: Callable[..., Data]) -> None:
        self._use = use

    def _sees(self, viewer: Viewer, conversation_id: str) -> bool:
        state = self._use().states.get(conversation_id)
        return state is not None and viewer.sees(desk_id=state.desk_id, customer_id=state.customer_id)

    def _must_see(self, viewer: Viewer, conversation_id: str) -> Conversation:
        if not self._sees(viewer, conversation_id):
            raise NotFound
        return self._use().states[conversation_id]


class FakeConversations(_Part):
    """See `desk.ports.Conversations`."""

    def get(self, conversation_id: str, viewer: Viewer, *, for_update: bool = False) -> Conversation:
        return self._must_see(viewer, conversation_id)

    def append(
        self, before: Conversation, events: Sequence[Event], *, client_key: str | None = None
    ) -> Conversation:
        data, state = self._use(), before
        if not events:
            return before
        for event in events:
            state = state.apply(event)
        if before.seq == 0:
            if not isinstance(events[0], ConversationOpened):
                raise ValueError("a conversation begins with ConversationOpened")
            if state.id in data.states:
                self._use(Conflict())
        elif before.id not in data.states or data.states[before.id].seq != before.seq:
            raise Conflict
        fresh = tuple(Entry(state.id, before.seq + n, event) for n, event in enumerate(events))
        known = data.entries.get(state.id, ())
        ids = {e.event.message_id for e in known if isinstance(e.event, MessagePosted)}
        messages = [e for e in fresh if isinstance(e.event, MessagePosted)]
        if any(e.event.message_id in ids for e in messages if isinstance(e.event, MessagePosted)):
            self._use(Conflict())
        if client_key is not None and messages:
            if (state.id, client_key) in data.keys:
                self._use(Conflict())
            data.keys[(state.id, client_key)] = messages[0]
        data.entries[state.id] = known + fresh
        data.states[state.id] = state
        return state

    def message_by_key(self, conversation_id: str, client_key: str) -> Entry | None:
        return self._use().keys.get((conversation_id, client_key))

    def timeline(
        self,
        conversation_id: str,
        viewer: Viewer,
        *,
        after_seq: int = -1,
        before_seq: int | None = None,
        limit: int = 200,
    ) -> list[Entry]:
        self._must_see(viewer, conversation_id)
        found = [
            entry
            for entry in self._use().entries[conversation_id]
            if entry.seq > after_seq
            and (before_seq is None or entry.seq < before_seq)
            and (entry.event.public or viewer.kind is not ViewerKind.VISITOR)
        ]
        return found[-limit:]

    def entry(self, conversation_id: str, seq: int, viewer: Viewer) -> Entry:
        found = self.timeline(conversation_id, viewer, after_seq=seq - 1, before_seq=seq + 1)
        if not found:
            raise NotFound
        return found[0]

    def inbox(self, viewer: Viewer, which: InboxFilter, *, limit: int = 100) -> list[InboxLine]:
        words = folded(" ".join(which.text.split()))
        found = [
            line_of(state)
            for state in self._use().states.values()
            if self._sees(viewer, state.id)
            and which.status in (None, state.status)
            and (which.owner is None or which.owner == (state.owner or "none"))
            and which.channel in (None, state.channel)
            and (not which.hot or state.band.hot)
            and words in searchable(line_of(state), state.subject)
        ]
        found.sort(key=lambda line: line.conversation_id)
        match which.order:
            case InboxOrder.HOTTEST:
                found.sort(key=lambda line: (queue_of(line), waits_from(line), -line.heat))
            case InboxOrder.WAITING:
                found.sort(key=lambda line: (waits_from(line), queue_of(line)))
            case InboxOrder.NEWEST:
                found.sort(key=lambda line: line.last_at, reverse=True)
        return found[:limit]

    def line(self, conversation_id: str, viewer: Viewer) -> InboxLine:
        return line_of(self._must_see(viewer, conversation_id))

    def of_customer(self, customer_id: str, viewer: Viewer, *, limit: int = 20) -> list[InboxLine]:
        everything = InboxFilter(status=None, order=InboxOrder.NEWEST)
        theirs = {s.id for s in self._use().states.values() if s.customer_id == customer_id}
        lines = self.inbox(viewer, everything, limit=len(self._use().states))
        return [line for line in lines if line.conversation_id in theirs][:limit]


class FakePromises(_Part):
    """See `desk.ports.Promises`."""

    def add(self, promise: Promise, transition: PromiseTransition) -> None:
        data = self._use()
        if promise.id in data.promises:
            self._use(Conflict())
        data.promises[promise.id] = promise
        data.transitions[promise.id] = (transition,)

    def get(self, promise_id: str, viewer: Viewer, *, for_update: bool = False) -> Promise:
        promise = self._use().promises.get(promise_id)
        if promise is None or not self._sees(viewer, promise.conversation_id):
            raise NotFound
        return promise

    def save(self, promise: Promise, transition: PromiseTransition | None = None) -> None:
        data = self._use()
        if promise.id not in data.promises or data.promises[promise.id].version != promise.version - 1:
            raise Conflict
        data.promises[promise.id] = promise
        if transition is not None:
            data.transitions[promise.id] += (transition,)

    def listing(self, viewer: Viewer, which: PromiseFilter, *, limit: int = 200) -> list[Promise]:
        found = [
            p
            for p in self._use().promises.values()
            if self._sees(viewer, p.conversation_id)
            and which.owner in (None, p.owner_id)
            and (not which.states or p.state in which.states)
            and which.conversation_id in (None, p.conversation_id)
            and (which.overdue_at is None or p.overdue(which.overdue_at))
        ]
        return _soonest(found)[:limit]

    def history(self, promise_id: str, viewer: Viewer) -> list[PromiseTransition]:
        if viewer.kind is ViewerKind.VISITOR:
            raise NotFound
        self.get(promise_id, viewer)
        return list(self._use().transitions[promise_id])

    def kept(self, viewer: Viewer, since: datetime, *, owner: str | None = None) -> tuple[int, int, int, int]:
        seen = [
            p
            for p in self._use().promises.values()
            if p.due is not None and p.due >= since and self._sees(viewer, p.conversation_id)
            and owner in (None, p.owner_id)
        ]  # fmt: skip
        on_time = sum(p.state is PromiseState.KEPT and p.escalated_at is None for p in seen)
        late = (PromiseState.KEPT, PromiseState.MADE, PromiseState.DUE)
        missed = sum(
            p.state is PromiseState.BROKEN or (p.state in late and p.escalated_at is not None) for p in seen
        )
        released = sum(p.state is PromiseState.RELEASED for p in seen)
        return on_time, on_time + missed, released, sum(p.state is PromiseState.RENEGOTIATED for p in seen)

    def needing_attention(self, now: datetime, *, limit: int = 100, claim: bool = False) -> list[Promise]:
        woken = [(p.next_wake, p.id, p) for p in self._use().promises.values() if p.next_wake is not None]
        return [p for wake, _, p in sorted(woken, key=lambda one: one[:2]) if wake <= now][:limit]


def _soonest(found: Iterable[Promise]) -> list[Promise]:
    return sorted(found, key=lambda p: (p.due or NEVER, p.id))


class FakePeople(_Part):
    """See `desk.ports.People`."""

    def desk(self, desk_id: str) -> Desk:
        if desk_id not in self._use().desks:
            raise NotFound
        return self._use().desks[desk_id]

    def desks(self) -> list[Desk]:
        return sorted(self._use().desks.values(), key=lambda d: (d.name.casefold(), d.id))

    def add_desk(self, desk: Desk) -> None:
        if desk.id in self._use().desks:
            self._use(Conflict())
        self._use().desks[desk.id] = desk

    def save_desk(self, desk: Desk) -> None:
        self.desk(desk.id)
        self._use().desks[desk.id] = desk

    def person(self, person_id: str, viewer: Viewer) -> Person:
        person, _ = self._use().people.get(person_id, (None, ""))
        if person is None or not viewer.sees(desk_id=person.desk_id, customer_id=None):
            raise NotFound
        return person

    def sign_in(self, email: str) -> tuple[Person, str] | None:
        return next((pair for pair in self._use().people.values() if _same(pair[0].email, email)), None)

    def staff(self, viewer: Viewer) -> list[Person]:
        found = [
            p for p, _ in self._use().people.values() if viewer.sees(desk_id=p.desk_id, customer_id=None)
        ]
        return sorted(found, key=lambda p: (p.name.casefold(), p.id))

    def add_person(self, person: Person, password_hash: str) -> None:
        if self.sign_in(person.email) is not None:
            raise Conflict
        if person.id in self._use().people:
            self._use(Conflict())
        self._use().people[person.id] = (person, password_hash)

    def save_person(self, person: Person, password_hash: str | None = None) -> None:
        if person.id not in self._use().people:
            raise NotFound
        taken = self.sign_in(person.email)
        if taken is not None and taken[0].id != person.id:
            self._use(Conflict())
        _, old = self._use().people[person.id]
        self._use().people[person.id] = (person, old if password_hash is None else password_hash)

    def customer(self, customer_id: str, viewer: Viewer) -> Customer:
        found = self._use().customers.get(customer_id)
        if found is None or not viewer.sees(desk_id=found.desk_id, customer_id=found.id):
            raise NotFound
        return found

    def add_customer(self, customer: Customer) -> None:
        if customer.id in self._use().customers:
            self._use(Conflict())
        self._use().customers[customer.id] = customer

    def save_customer(self, customer: Customer) -> None:
        if customer.id not in self._use().customers:
            raise NotFound
        self._use().customers[customer.id] = customer

    def add_invite(
        self, token_hash: str, desk_id: str, role: PersonRole, email: str, expires: datetime
    ) -> None:
        self._use().invites[token_hash] = Invite(desk_id, role, email, expires)

    def take_invite(self, token_hash: str, now: datetime) -> tuple[str, PersonRole, str] | None:
        found = self.peek_invite(token_hash, now)
        if found is not None:
            self._use().invites[token_hash] = replace(self._use().invites[token_hash], used=True)
        return found

    def peek_invite(self, token_hash: str, now: datetime) -> tuple[str, PersonRole, str] | None:
        invite = self._use().invites.get(token_hash)
        if invite is None or invite.used or invite.expires <= now:
            return None
        return invite.desk_id, invite.role, invite.email


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


class FakeOutbox(_Part):
    """See `desk.ports.Outbox`."""

    def add(self, row: OutboxRow) -> None:
        data = self._use()
        if any(s.row.key == row.key for s in data.outbox.values()):
            return
        data.last_id += 1
        ready_at = None if row.topic is Topic.LIVE else row.not_before or LONG_AGO
        data.outbox[data.last_id] = Shipping(replace(row, id=data.last_id, attempts=0, error=""), ready_at)

    def after(self, last_id: int, *, topic: Topic = Topic.LIVE, limit: int = 500) -> list[OutboxRow]:
        return [s.row for i, s in self._use().outbox.items() if i > last_id and s.row.topic is topic][:limit]

    def bounds(self, topic: Topic = Topic.LIVE) -> tuple[int, int]:
        ids = [i for i, s in self._use().outbox.items() if s.row.topic is topic]
        return (min(ids), max(ids)) if ids else (0, 0)

    def claim(
        self, topic: Topic, now: datetime, worker: str, *, lease: float, limit: int = 20
    ) -> list[OutboxRow]:
        box = self._use().outbox
        ready = [
            (s.ready_at, i)
            for i, s in box.items()
            if s.row.topic is topic and s.ready_at is not None and s.ready_at <= now
        ]
        ids = sorted(i for _, i in sorted(ready)[:limit])
        for i in ids:
            row = replace(box[i].row, attempts=box[i].row.attempts + 1)
            box[i] = replace(box[i], row=row, leased_by=worker, ready_at=now + timedelta(seconds=lease))
        return [box[i].row for i in ids]

    def finish(self, row_id: int, now: datetime, worker: str) -> bool:
        box = self._use().outbox
        if row_id not in box or box[row_id].leased_by != worker:
            return False
        row = replace(box[row_id].row, error="")
        box[row_id] = Shipping(row, None, finished_at=now)
        return True

    def fail(self, row_id: int, now: datetime, worker: str, error: str, *, retry_at: datetime | None) -> None:
        box = self._use().outbox
        if row_id in box and box[row_id].leased_by == worker:
            row = replace(box[row_id].row, error=error[:2000])
            box[row_id] = Shipping(row, retry_at, poisoned=retry_at is None)

    def waiting(
        self, topic: Topic, viewer: Viewer, *, conversation_id: str | None = None, limit: int = 200
    ) -> list[OutboxRow]:
        found = [
            s.row
            for s in self._use().outbox.values()
            if s.row.topic is topic
            and s.row.not_before is not None
            and s.finished_at is None
            and not s.poisoned
            and viewer.sees(desk_id=s.row.desk_id, customer_id=None)
            and conversation_id in (None, s.row.conversation_id)
        ]
        return sorted(found, key=lambda row: (row.not_before or NEVER, row.id))[:limit]

    def cancel(self, row_id: int, viewer: Viewer, now: datetime) -> bool:
        box = self._use().outbox
        kept = box.get(row_id)
        if kept is None or not viewer.sees(desk_id=kept.row.desk_id, customer_id=None):
            return False
        if kept.ready_at is None or kept.leased_by is not None:
            return False
        box[row_id] = Shipping(replace(kept.row, error="cancelled"), None, finished_at=now)
        return True

    def poisoned(self, viewer: Viewer) -> list[OutboxRow]:
        return [
            s.row
            for s in self._use().outbox.values()
            if s.poisoned and viewer.sees(desk_id=s.row.desk_id, customer_id=None)
        ]

    def prune(self, before: datetime) -> int:
        box = self._use().outbox
        old = [
            i
            for i, s in box.items()
            if (s.row.topic is Topic.LIVE and s.row.at < before)
            or (s.finished_at is not None and s.finished_at < before)
        ]
        for i in old:
            del box[i]
        return len(old)


class FakeRecords(_Part):
    """See `desk.ports.Records`."""

    def of(self, conversation_id: str, viewer: Viewer) -> Record | None:
        if viewer.kind is ViewerKind.VISITOR:
            raise NotFound
        self._must_see(viewer, conversation_id)
        theirs = [r for r in self._use().records.values() if r.conversation_id == conversation_id]
        return max(theirs, key=lambda r: (r.drafted_at, r.id), default=None)

    def save(self, record: Record) -> None:
        records = self._use().records
        if record.version == 0:
            if record.id in records:
                self._use(Conflict())
        elif record.id not in records or records[record.id].version != record.version - 1:
            raise Conflict
        records[record.id] = record

    def survey_of(self, conversation_id: str, viewer: Viewer) -> Survey | None:
        self._must_see(viewer, conversation_id)
        theirs = [s for s in self._use().surveys.values() if s.conversation_id == conversation_id]
        return max(theirs, key=lambda s: (s.asked_at, s.id), default=None)

    def save_survey(self, survey: Survey) -> None:
        self._use().surveys[survey.id] = survey
