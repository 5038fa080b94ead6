"""The live stream's hub: tails the outbox and hands each change to the open pages of this process.

1. A task reads live rows newer than the last one seen, woken by this process's own commits and at least every
`POLL` seconds for those of others. 2. It re-reads a trailing window and drops what it has handed out already,
because rows of parallel transactions may become visible out of order. 3. Each subscriber has a bounded queue; one
that is too slow gets a single `reload` in place of what it missed.
Not guaranteed: that a page which was away sees each change one by one; after a gap it reloads that part.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from calmdesk.desk.errors import StorageAway
from calmdesk.desk.ports import OutboxRow, UnitsOfWork

POLL = 0.5
#: How many rows behind the newest are read again.
TRAIL = 64
QUEUE = 500

log = logging.getLogger(__name__)


class Change:
    """One live row on its way to pages; what is rendered for it is made once and shared by all of them."""

    __slots__ = ("_made", "row")

    def __init__(self, row: OutboxRow) -> None:
        self.row = row
        self._made: dict[object, asyncio.Future[Any]] = {}

    async def once(self, key: object, make: Callable[[], Awaitable[Any]]) -> Any:
        """The result of `make`, awaited once for each key, however many pages ask at the same time."""
        made = self._made.get(key)
        if made is None:
            made = asyncio.ensure_future(make())
            self._made[key] = made
        return await asyncio.shield(made)


class Subscriber:
    """One open page: a bounded queue, and whether it has missed something."""

    __slots__ = ("_queue", "missed")

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Change] = asyncio.Queue(QUEUE)
        self.missed = False

    def offer(self, change: Change) -> None:
        """Hands a change over; a full queue is emptied and the page told to reload."""
        try:
            self._queue.put_nowait(change)
        except asyncio.QueueFull:
            while not self._queue.empty():
                self._queue.get_nowait()
            self.missed = True
            self._queue.put_nowait(change)

    async def next(self, timeout: float) -> Change | None:
        """The next change, or None after `timeout` seconds without one."""
        with suppress(TimeoutError):
            return await asyncio.wait_for(self._queue.get(), timeout)
        return None


class Hub:
    """Tails the outbox for all open pages of this process."""

    def __init__(self, readers: UnitsOfWork) -> None:
        self._readers = readers
        self._subscribers: set[Subscriber] = set()
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._last = 0
        self.closing = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Tails while the block runs."""
        self._loop = asyncio.get_running_loop()
        self._wake = asyncio.Event()
        self.closing = False
        await self._start_at_the_end()
        task = asyncio.create_task(self._tail())
        try:
            yield
        finally:
            self.closing = True
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def wake(self) -> None:
        """Says, from any thread, that there may be something new."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake.set)

    @asynccontextmanager
    async def subscribed(self) -> AsyncIterator[Subscriber]:
        """A subscriber for one page, for as long as the block runs."""
        subscriber = Subscriber()
        self._subscribers.add(subscriber)
        try:
            yield subscriber
        finally:
            self._subscribers.discard(subscriber)

    async def gap(self, last_id: int) -> bool:
        """Whether a page that has seen up to `last_id` may have missed something that is not in a queue."""
        return last_id != self._last

    @property
    def last(self) -> int:
        """The newest id handed out."""
        return self._last

    async def _start_at_the_end(self) -> None:
        with suppress(StorageAway):
            _, self._last = await asyncio.to_thread(self._bounds)

    def _bounds(self) -> tuple[int, int]:
        with self._readers() as work:
            return work.outbox.bounds()

    def _read(self, after: int) -> list[OutboxRow]:
        with self._readers() as work:
            return work.outbox.after(after)

    async def _tail(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), POLL)
            self._wake.clear()
            try:
                rows = await asyncio.to_thread(self._read, max(0, self._last - TRAIL))
            except StorageAway:
                log.warning("live stream: the database is away, trying again")
                await asyncio.sleep(POLL)
                continue
            self._hand_out(rows)

    def _hand_out(self, rows: list[OutboxRow]) -> None:
        for row in rows:
            if row.id in self._seen:
                continue
            self._seen[row.id] = None
            if row.id <= self._last - TRAIL:
                continue
            self._last = max(self._last, row.id)
            change = Change(row)
            for subscriber in tuple(self._subscribers):
                subscriber.offer(change)
        while len(self._seen) > 4 * TRAIL + 2000:
            self._seen.popitem(last=False)
