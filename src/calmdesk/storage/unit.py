"""One transaction (`desk.ports.UnitOfWork`)."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import TimeoutError as PoolTimeout

from calmdesk.desk.errors import StorageAway
from calmdesk.desk.ports import Conversations, Outbox, People, Promises, Records

from .conversations import StoredConversations
from .faults import LOCKED
from .outbox import StoredOutbox
from .people import StoredPeople
from .promises import StoredPromises
from .records import StoredRecords
from .work import Work


class Unit:
    """`with unit() as work: …; work.commit()`. Leaving without commit rolls back; after it the unit is over.

    `turnstile` queues the writers of this process on SQLite: waiting for a lock wakes at once, while SQLite
    itself would sleep and ask again. Other processes are kept out by SQLite's own lock.
    """

    conversations: Conversations
    promises: Promises
    people: People
    outbox: Outbox
    records: Records

    def __init__(
        self, engine: Engine, turnstile: threading.Lock | None = None, *, patience: float = 5.0
    ) -> None:
        self._engine = engine
        self._turnstile = turnstile
        self._patience = patience
        self._connection: Connection | None = None
        self._work: Work | None = None
        self._stored_outbox: StoredOutbox | None = None

    def __enter__(self) -> Self:
        """Begins the transaction. Raises StorageAway."""
        if self._work is not None:
            raise RuntimeError("a unit of work is used once")
        if self._turnstile is not None and not self._turnstile.acquire(timeout=self._patience):
            self._turnstile = None
            raise StorageAway(LOCKED)
        try:
            self._connection = self._engine.connect()
            self._connection.begin()
        except BaseException as error:
            self._leave()
            if isinstance(error, PoolTimeout):
                raise StorageAway(LOCKED) from error
            raise
        work = self._work = Work(self._connection)
        self._stored_outbox = StoredOutbox(work)
        self.conversations = StoredConversations(work)
        self.promises = StoredPromises(work)
        self.people = StoredPeople(work)
        self.outbox = self._stored_outbox
        self.records = StoredRecords(work)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Rolls back what was not committed."""
        self._leave()

    def commit(self) -> None:
        """Makes everything since the start permanent, all of it or nothing. Raises StorageAway."""
        if self._work is None or self._connection is None or self._stored_outbox is None:
            raise RuntimeError("this unit of work has not begun")
        self._stored_outbox.flush()
        self._work.ready_to_commit()
        self._work.end()
        transaction = self._connection.get_transaction()
        if transaction is not None:
            transaction.commit()

    def _leave(self) -> None:
        if self._work is not None:
            self._work.end()
        try:
            if self._connection is not None:
                self._connection.close()
        finally:
            self._connection = None
            if self._turnstile is not None:
                self._turnstile.release()
                self._turnstile = None
