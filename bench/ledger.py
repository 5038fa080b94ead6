"""The ledger under load: a million promises, a hundred thousand of them open, on SQLite and on PostgreSQL.

Printed: what the keeper's question (`needing_attention`) costs with few and with many kept promises, and how late
reminders are when 200 fall due every second, with the keeper's own pause between rounds. CALMDESK_BENCH_PROMISES sets
how many there are; the tests' embedded PostgreSQL is used (without fsync), where it is installed.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text
from tests.ledger.worlds import START, World

from bench.figures import percentile
from calmdesk.actions.watch_promises import watch_promises
from calmdesk.desk.vocabulary import PromiseKind, PromiseState
from calmdesk.storage import Storage, open_storage
from calmdesk.storage.lines import NEVER
from calmdesk.storage.tables import promises
from calmdesk.worker.keeper import PAUSE

MANY = int(os.environ.get("CALMDESK_BENCH_PROMISES", "1000000"))
OPEN_SHARE = 10
ASKED = 200
PER_SECOND = 200
SECONDS = 10


def main() -> None:
    """Prints the figures of each database."""
    for name, opened in (("SQLite", _sqlite), ("PostgreSQL", _postgres)):
        with opened() as storage:
            _question(name, storage)
        with opened() as storage:
            _lateness(name, storage)


@contextmanager
def _sqlite() -> Iterator[Storage]:
    with tempfile.TemporaryDirectory() as folder:
        storage = open_storage(f"sqlite:///{Path(folder) / 'desk.db'}")
        storage.migrate(None)
        yield storage
        storage.close()


@contextmanager
def _postgres() -> Iterator[Storage]:
    from tests.storage.postgres import Postgres

    server = Postgres()
    storage = open_storage(server.url(server.new_database()))
    storage.migrate(None)
    yield storage
    storage.close()
    server.remove()


def _question(name: str, storage: Storage) -> None:
    world = World(storage)
    world.settle(10, each=10, length=timedelta(days=1))
    now = START + timedelta(days=400)
    opened = MANY // OPEN_SHARE
    _crowd(storage, "o", opened, lambda n: _open(n, now))
    few = _cost(storage, now)
    _crowd(storage, "k", MANY - opened, lambda n: _kept(n))
    with storage.engines.writer.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()
    many = _cost(storage, now)
    print(
        f"{name}: {opened:,} open, 0 kept: median {few[0]:.2f} ms, p99 {few[1]:.2f} ms, CPU {few[2]:.2f} ms"
    )
    print(
        f"{name}: {opened:,} open, {MANY - opened:,} kept: "
        f"median {many[0]:.2f} ms, p99 {many[1]:.2f} ms, CPU {many[2]:.2f} ms"
    )


def _open(number: int, now: datetime) -> dict[str, Any]:
    due = now + timedelta(minutes=number - 500)
    return {"state": PromiseState.MADE, "due": due, "sort_due": due, "wake_at": due - timedelta(minutes=15)}


def _kept(number: int) -> dict[str, Any]:
    due = START + timedelta(seconds=number)
    return {"state": PromiseState.KEPT, "due": due, "sort_due": due or NEVER, "wake_at": None}


def _crowd(storage: Storage, prefix: str, many: int, columns: Callable[[int], dict[str, Any]]) -> None:
    same = {
        "desk_id": "d", "conversation_id": "c000000", "message_id": "m", "owner_id": "bob",
        "kind": PromiseKind.CALLBACK, "quote": "I'll call you", "made_at": START, "version": 0,
    }  # fmt: skip
    for first in range(0, many, 20_000):
        rows = [
            {**same, "id": f"{prefix}{n:07}", **columns(n)} for n in range(first, min(many, first + 20_000))
        ]
        with storage.engines.writer.connect() as connection:
            connection.execute(insert(promises), rows)
            connection.commit()


def _cost(storage: Storage, now: datetime) -> tuple[float, float, float]:
    times, worked = [], time.process_time()
    for _ in range(ASKED):
        began = time.perf_counter()
        with storage.readers()() as work:
            found = work.promises.needing_attention(now)
        times.append(1000 * (time.perf_counter() - began))
        if len(found) != 100:
            raise RuntimeError("the question did not find what is due")
    return percentile(times, 0.5), percentile(times, 0.99), 1000 * (time.process_time() - worked) / ASKED


def _lateness(name: str, storage: Storage) -> None:
    many = PER_SECOND * SECONDS
    world = World(storage)
    world.settle(many, each=4, length=timedelta(days=1))
    # All fall due one after the other, 200 a second, beginning shortly from now; they have been announced already.
    begin = datetime.now(UTC) + timedelta(seconds=12)
    with storage.engines.writer.connect() as connection:
        for number in range(many):
            due = begin + timedelta(seconds=number / PER_SECOND)
            connection.execute(
                promises.update().where(promises.c.id == f"p{number:06}")
                .values(due=due, wake_at=due, sort_due=due, reminded_at=START)
            )  # fmt: skip
        connection.commit()
    late_setup = (datetime.now(UTC) - begin).total_seconds()
    world.clock = lambda: datetime.now(UTC)  # type: ignore[method-assign]
    stop = threading.Event()

    def keep() -> None:
        while not stop.wait(PAUSE):
            watch_promises(world.services())

    keeper = threading.Thread(target=keep)
    keeper.start()
    time.sleep(max(0.0, (begin - datetime.now(UTC)).total_seconds()) + SECONDS + 6)
    stop.set()
    keeper.join()
    with storage.engines.reader.connect() as connection:
        rows = connection.execute(
            select(promises.c.due, promises.c.told_at).where(promises.c.told_at.is_not(None))
        ).all()
    late = [1000 * (row.told_at - row.due).total_seconds() for row in rows]
    print(
        f"{name}: {len(late)} of {many} told at {PER_SECOND} dues a second: "
        f"median {percentile(late, 0.5):.0f} ms late, "
        f"p99 {percentile(late, 0.99):.0f} ms (set-up ended {late_setup:.1f} s after the first due)"
    )


if __name__ == "__main__":
    main()
