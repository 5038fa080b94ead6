"""A desk with a crowd of promises, workers that can be killed at any step, and the count of what went out."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from calmdesk.actions.services import Services
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.events import ConversationOpened, Event, PromiseMade, PromiseMoved, SupervisorAlerted
from calmdesk.desk.people import Customer, Person, Viewer
from calmdesk.desk.ports import Desk, UnitOfWork, UnitsOfWork
from calmdesk.desk.promise import LedgerPolicy, Promise, PromiseTransition, wake_of
from calmdesk.desk.vocabulary import Channel, Lang, PersonRole, PromiseKind, PromiseState
from calmdesk.storage import Storage

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
POLICY = LedgerPolicy()
SYSTEM = Viewer.system()


class Killed(BaseException):
    """The worker died here. No `except Exception` may survive it."""


@dataclass
class Killer:
    """Counts the steps of all transactions and kills the worker at the chosen ones."""

    at: frozenset[int] = frozenset()
    step: int = 0
    kills: int = 0

    def pass_by(self) -> None:
        """One more step; dies when it is chosen."""
        self.step += 1
        if self.step in self.at:
            self.kills += 1
            raise Killed


@dataclass
class Frail:
    """A transaction whose every write, and the moments before and after its commit, may be the worker's last."""

    unit: Any
    killer: Killer

    def __enter__(self) -> Any:
        self.unit.__enter__()
        self.commit_for_real = self.unit.commit
        for part, name in (("promises", "save"), ("conversations", "append"), ("outbox", "add")):
            store = getattr(self.unit, part)
            setattr(self.unit, part, _Watched(store, name, self.killer))
        self.unit.commit = self.commit
        return self.unit

    def __exit__(self, *of: Any) -> None:
        self.unit.__exit__(*of)

    def commit(self) -> None:
        self.killer.pass_by()
        self.commit_for_real()
        self.killer.pass_by()


class _Watched:
    def __init__(self, store: Any, name: str, killer: Killer) -> None:
        self._store, self._name, self._killer = store, name, killer

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if name != self._name:
            return found

        def watched(*given: Any, **named: Any) -> Any:
            self._killer.pass_by()
            done = found(*given, **named)
            self._killer.pass_by()
            return done

        return watched


@dataclass
class World:
    """A storage, a clock that tests move, and what was promised."""

    storage: Storage
    now: datetime = START
    dues: dict[str, datetime] = field(default_factory=dict)

    def clock(self) -> datetime:
        """The time that the workers are told."""
        return self.now

    def services(self, killer: Killer | None = None) -> Services:
        """What a worker works with."""
        units = self.storage.units()
        writing: UnitsOfWork = units
        if killer is not None:
            writing = cast(Callable[[], UnitOfWork], lambda: Frail(units(), killer))
        nothing = cast(Any, None)
        return Services(
            units=writing, readers=self.storage.readers(), engine=nothing, clock=self.clock,
            hasher=nothing,
        )  # fmt: skip

    def settle(
        self, many: int, each: int = 10, length: timedelta = timedelta(days=30), seed: int = 7
    ) -> None:
        """`many` promises of all ages and kinds within `length`, `each` in a conversation."""
        dice = random.Random(seed)
        with self.storage.units()() as work:
            work.people.add_desk(Desk("d", "Desk", Lang.EN, "Europe/London"))
            work.people.add_person(
                Person("bob", "d", "Bob", "bob@example.org", PersonRole.AGENT, Lang.EN), "x"
            )
            gone = Person("eve", "d", "Eve", "eve@example.org", PersonRole.AGENT, Lang.EN, active=False)
            work.people.add_person(gone, "x")
            work.people.add_customer(Customer("dana", "d", "Dana", "", Lang.EN, START))
            for first in range(0, many, each):
                self._conversation(work, f"c{first:06}", range(first, min(many, first + each)), length, dice)
            work.commit()

    def _conversation(
        self, work: UnitOfWork, name: str, numbers: range, length: timedelta, dice: random.Random
    ) -> None:
        opened: list[Event] = [
            ConversationOpened(
                at=START, by="customer", conversation_id=name, desk_id="d", customer_id="dana",
                channel=Channel.CHAT, lang=Lang.EN,
            )
        ]  # fmt: skip
        for number in numbers:
            promise = self._promise(name, number, length, dice)
            work_due = promise.due or START
            self.dues[promise.id] = work_due
            opened.append(
                PromiseMade(
                    at=START, by="bob", promise_id=promise.id, message_id="m", promise=promise.kind,
                    quote=promise.quote, due=promise.due, owner=promise.owner_id,
                )
            )  # fmt: skip
        work.conversations.append(Conversation(), opened)
        for event in opened[1:]:
            if isinstance(event, PromiseMade):
                promise = Promise(
                    event.promise_id, "d", name, "m", event.owner, event.promise, event.quote, event.due,
                    PromiseState.MADE, START,
                )  # fmt: skip
                promise = replace(promise, wake_at=wake_of(promise, POLICY))
                work.promises.add(
                    promise, PromiseTransition(promise.id, START, None, PromiseState.MADE, "bob")
                )

    def _promise(self, name: str, number: int, length: timedelta, dice: random.Random) -> Promise:
        due = START + timedelta(seconds=dice.randint(1, int(length.total_seconds())))
        owner = dice.choice(["bob", "eve", None])
        kind = dice.choice([PromiseKind.CALLBACK, PromiseKind.UPDATE, PromiseKind.REFUND])
        return Promise(
            f"p{number:06}", "d", name, "m", owner, kind, "I'll call you", due, PromiseState.MADE, START
        )  # fmt: skip

    def check(self) -> None:
        """Of all promises none was lost, none told twice, none early."""
        told: Counter[str] = Counter()
        with self.storage.readers()() as work:
            last = 0
            while rows := work.outbox.after(last, limit=5000):
                last = rows[-1].id
                for row in rows:
                    if row.kind == "reminder":
                        promise_id, stage = str(row.payload["promise_id"]), str(row.payload["stage"])
                        told[f"{stage}:{promise_id}"] += 1
                        early = POLICY.ahead if stage == "ahead" else timedelta()
                        assert row.at >= self.dues[promise_id] - early, (row, self.dues[promise_id])
            wanted = {f"{stage}:{name}" for name in self.dues for stage in ("ahead", "due")}
            assert set(told) == wanted
            assert set(told.values()) == {1}
            due, alerts = self._timelines(work)
        assert due == Counter(list(self.dues))
        assert alerts == len(self.dues)

    def _timelines(self, work: UnitOfWork) -> tuple[Counter[str], int]:
        due: Counter[str] = Counter()
        alerts = 0
        conversations = {work.promises.get(name, SYSTEM).conversation_id for name in list(self.dues)[:1]}
        conversations = {
            f"c{first:06}" for first in range(0, len(self.dues), self._each(work))
        } or conversations
        for name in conversations:
            for entry in work.conversations.timeline(name, SYSTEM, limit=1000):
                if isinstance(entry.event, PromiseMoved) and entry.event.to is PromiseState.DUE:
                    assert entry.event.at >= self.dues[entry.event.promise_id]
                    due[entry.event.promise_id] += 1
                if isinstance(entry.event, SupervisorAlerted):
                    alerts += 1
        return due, alerts

    def _each(self, work: UnitOfWork) -> int:
        first = list(work.conversations.timeline("c000000", SYSTEM, limit=1000))
        return sum(isinstance(e.event, PromiseMade) for e in first)
