"""What things cost: counted in statements and in steps of SQLite's machine, not in seconds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, text

from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import InboxFilter, InboxOrder, OutboxRow, PromiseFilter, Topic, UnitOfWork
from calmdesk.desk.promise import Promise, PromiseTransition
from calmdesk.desk.vocabulary import PromiseKind, PromiseState, Status
from calmdesk.storage import Storage
from calmdesk.storage.tables import conversations, promises
from tests.fakes import CLOCK, Cast, agent_says, begin, customer_says

CAST = Cast()
SYSTEM = Viewer.system()
ALICE = CAST.viewers["alice"]


@contextmanager
def statements(storage: Storage) -> Iterator[list[str]]:
    """Collects the statements that run meanwhile, BEGIN left out."""
    ran: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            ran.append(statement)

    # On PostgreSQL both are the same engine.
    engines = [storage.engines.writer, *([storage.engines.reader] if storage.engines.on_sqlite else [])]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield ran
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def steps(storage: Storage, *, reader: bool) -> Iterator[list[int]]:
    """Counts, in tens, the steps that SQLite's machine makes meanwhile."""
    count = [0]

    def tick() -> int:
        count[0] += 1
        return 0

    engine = storage.engines.reader if reader else storage.engines.writer
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    raw.set_progress_handler(tick, 10)
    yield count
    raw.set_progress_handler(None, 0)


def _post(storage: Storage, number: int) -> None:
    message = (
        customer_says(f"where is it? {'again ' * 80}", f"m{number}", minute=number, heat=(number % 10) / 10)
        if number % 3
        else agent_says(CAST.bob, "I am looking into it " * 20, f"m{number}", minute=number)
    )
    with storage.units()() as work:
        state = work.conversations.get("k", SYSTEM, for_update=True)
        assert work.conversations.message_by_key("k", f"key{number}") is None
        work.conversations.append(state, [message], client_key=f"key{number}")
        work.outbox.add(OutboxRow(Topic.LIVE, "message", "shop", f"live:{number}", CLOCK))
        work.outbox.add(OutboxRow(Topic.LIVE, "line", "shop", f"line:{number}", CLOCK))
        work.commit()


def test_a_post_takes_five_statements(real: Storage) -> None:
    begin(real.units(), CAST.dana, "k")
    with statements(real) as ran:
        _post(real, 1)
    # State, key, state again, entry, outbox; on PostgreSQL the lock that keeps the outbox in order, too.
    assert len([one for one in ran if "advisory" not in one]) == 5, ran


READS: dict[str, tuple[Callable[[UnitOfWork], object], int]] = {
    "conversation": (lambda work: work.conversations.get("k", ALICE), 1),
    "timeline": (lambda work: work.conversations.timeline("k", ALICE), 1),
    "inbox": (lambda work: work.conversations.inbox(ALICE, InboxFilter(text="x")), 1),
    "line": (lambda work: work.conversations.line("k", ALICE), 1),
    "promises": (lambda work: work.promises.listing(ALICE, PromiseFilter()), 1),
    "keeper": (lambda work: work.promises.needing_attention(CLOCK), 1),
    "live rows": (lambda work: work.outbox.after(0), 1),
    "bounds": (lambda work: work.outbox.bounds(), 1),
    "staff": (lambda work: work.people.staff(ALICE), 1),
    "record": (lambda work: work.records.of("k", ALICE), 2),
}


@pytest.mark.parametrize("read", READS)
def test_a_read_takes_so_many_statements(real: Storage, read: str) -> None:
    begin(real.units(), CAST.dana, "k")
    ask, expected = READS[read]
    with statements(real) as ran, real.readers()() as work:
        ask(work)
    assert len(ran) == expected, ran


def test_the_five_hundredth_message_costs_what_the_hundredth_did(on_sqlite: Storage) -> None:
    CAST.settle(on_sqlite.units())
    begin(on_sqlite.units(), CAST.dana, "k")
    sizes: dict[int, tuple[int, int]] = {}
    for number in range(1, 501):
        if number not in (100, 500):
            _post(on_sqlite, number)
            continue
        with steps(on_sqlite, reader=False) as count:
            _post(on_sqlite, number)
        with on_sqlite.engines.reader.connect() as connection:
            length = connection.execute(text("SELECT length(state) FROM conversations")).scalar_one()
        sizes[number] = (count[0], length)
    assert sizes[500][0] <= sizes[100][0] * 1.1 + 2
    assert sizes[500][1] <= sizes[100][1] * 1.1
    # Reading the newest entries does not depend on how many there are before them, either.
    with steps(on_sqlite, reader=True) as newest, on_sqlite.readers()() as work:
        assert len(work.conversations.timeline("k", ALICE, limit=20)) == 20
    with steps(on_sqlite, reader=True) as oldest, on_sqlite.readers()() as work:
        assert len(work.conversations.timeline("k", ALICE, before_seq=20)) == 20
    assert newest[0] <= oldest[0] * 1.1 + 2


def _crowd(storage: Storage, many: int) -> None:
    """Copies conversation `k` so many times: some wait, most were answered, some are closed."""
    with storage.engines.writer.begin() as connection:
        row = connection.execute(conversations.select().where(conversations.c.id == "k")).mappings().one()
        never = CLOCK + timedelta(days=365_000)
        connection.execute(
            insert(conversations),
            [
                {
                    **row,
                    "id": f"copy{n}",
                    "queue": (7, 4, 5, 6, 8)[n % 5],
                    "status": Status.CLOSED if n % 5 == 4 else Status.OPEN,
                    "waits_from": never if n % 3 else CLOCK + timedelta(seconds=n),
                    "coolness": (n % 97) / 97,
                    "last_at": CLOCK + timedelta(seconds=n),
                }
                for n in range(many)
            ],
        )


@pytest.mark.parametrize("order", InboxOrder)
def test_the_first_lines_of_the_inbox_cost_the_same_however_many_there_are(
    on_sqlite: Storage, order: InboxOrder
) -> None:
    CAST.settle(on_sqlite.units())
    begin(on_sqlite.units(), CAST.dana, "k")
    _crowd(on_sqlite, 100)

    def cost() -> int:
        with steps(on_sqlite, reader=True) as count, on_sqlite.readers()() as work:
            assert len(work.conversations.inbox(ALICE, InboxFilter(order=order), limit=40)) == 40
        return count[0]

    few = cost()
    with on_sqlite.engines.writer.begin() as connection:
        connection.execute(conversations.delete().where(conversations.c.id != "k"))
    _crowd(on_sqlite, 4000)
    assert cost() <= few * 1.3 + 5


def test_the_keepers_question_does_not_grow_with_promises_that_were_kept(on_sqlite: Storage) -> None:
    CAST.settle(on_sqlite.units())
    begin(on_sqlite.units(), CAST.dana, "k")
    made = Promise(
        "p", "shop", "k", "m", "bob", PromiseKind.UPDATE, "soon", CLOCK, PromiseState.MADE, CLOCK
    )  # fmt: skip
    with on_sqlite.units()() as work:
        work.promises.add(made, PromiseTransition("p", CLOCK, None, PromiseState.MADE, "bob"))
        settled = replace(made, id="kept", state=PromiseState.KEPT)
        work.promises.add(settled, PromiseTransition("kept", CLOCK, None, PromiseState.KEPT, "bob"))
        work.commit()

    def cost() -> int:
        with steps(on_sqlite, reader=True) as count, on_sqlite.readers()() as work:
            assert [one.id for one in work.promises.needing_attention(CLOCK)] == ["p"]
            assert [
                one.id for one in work.promises.listing(ALICE, PromiseFilter(states=(PromiseState.MADE,)))
            ] == ["p"]
        return count[0]

    before = cost()
    with on_sqlite.engines.writer.begin() as connection:
        row = connection.execute(promises.select().where(promises.c.id == "kept")).mappings().one()
        connection.execute(insert(promises), [{**row, "id": f"kept{n}"} for n in range(3000)])
    assert cost() <= before + 2


def test_a_claim_does_not_grow_with_rows_that_were_sent(on_sqlite: Storage) -> None:
    def fill(start: int, many: int) -> None:
        with on_sqlite.units()() as work:
            for n in range(start, start + many):
                work.outbox.add(OutboxRow(Topic.MAIL, "mail", "shop", f"mail{n}", CLOCK))
            work.commit()
        with on_sqlite.units()() as work:
            for row in work.outbox.claim(Topic.MAIL, CLOCK, "w", lease=60, limit=many):
                work.outbox.finish(row.id, CLOCK, "w")
            work.commit()

    def cost() -> int:
        with steps(on_sqlite, reader=False) as count, on_sqlite.units()() as work:
            assert work.outbox.claim(Topic.MAIL, CLOCK, "w", lease=60) == []
        return count[0]

    fill(0, 5)
    before = cost()
    fill(5, 1000)
    assert cost() <= before + 2
