"""The database away, full, locked or damaged: a clear answer, nothing half done, and it works again after."""

from __future__ import annotations

import sqlite3
import threading
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from calmdesk.desk.conversation import Conversation
from calmdesk.desk.errors import StorageAway
from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import InboxFilter, OutboxRow, Topic
from calmdesk.storage import Storage, open_storage
from calmdesk.storage.faults import DAMAGED, DISK_FULL, LOCKED
from tests.fakes import CLOCK, Cast, FakeStorage, begin, customer_says, opened

from .postgres import Postgres

Store = Storage | FakeStorage
CAST = Cast()
SYSTEM = Viewer.system()


def _post(store: Store, number: int, text: str = "hello") -> None:
    with store.units()() as work:
        state = work.conversations.get("k", SYSTEM, for_update=True)
        work.conversations.append(state, [customer_says(text, f"m{number}")])
        work.outbox.add(OutboxRow(Topic.LIVE, "message", "shop", f"m{number}", CLOCK))
        work.commit()


def _posted(store: Store) -> list[str]:
    """The messages that are there, each of which must have its outbox row."""
    with store.readers()() as work:
        state = work.conversations.get("k", SYSTEM)
        ids = [turn.message_id for turn in state.turns]
        assert [row.key for row in work.outbox.after(0)] == ids
        assert len(work.conversations.timeline("k", SYSTEM)) == state.seq == len(ids) + 1
    return ids


def test_leaving_without_commit_leaves_nothing(store: Store) -> None:
    begin(store.units(), CAST.dana, "k")
    with store.units()() as work:
        state = work.conversations.get("k", SYSTEM)
        work.conversations.append(state, [customer_says("no", "m1")])
        work.outbox.add(OutboxRow(Topic.LIVE, "message", "shop", "m1", CLOCK))
    assert _posted(store) == []


def test_an_error_inside_leaves_nothing(store: Store) -> None:
    begin(store.units(), CAST.dana, "k")

    def stumble() -> None:
        with store.units()() as work:
            state = work.conversations.get("k", SYSTEM)
            work.conversations.append(state, [customer_says("no", "m1")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble()
    assert _posted(store) == []
    _post(store, 1)
    assert _posted(store) == ["m1"]


def test_after_its_end_a_unit_is_of_no_use(store: Store) -> None:
    begin(store.units(), CAST.dana, "k")
    with store.units()() as work:
        work.commit()
        with pytest.raises(RuntimeError, match="ended"):
            work.conversations.get("k", SYSTEM)
        with pytest.raises(RuntimeError, match="ended"):
            work.commit()
    with pytest.raises(RuntimeError, match="ended"):
        work.people.desks()


def test_a_reader_sees_one_moment_and_waits_for_nobody(real: Storage) -> None:
    begin(real.units(), CAST.dana, "k")
    with real.readers()() as reader:
        assert reader.conversations.get("k", SYSTEM).seq == 1
        _post(real, 1)
        assert reader.conversations.get("k", SYSTEM).seq == 1
        with real.units()() as work:
            work.conversations.append(
                work.conversations.get("k", SYSTEM, for_update=True), [customer_says("open", "m2")]
            )
            with real.readers()() as another:
                assert another.conversations.get("k", SYSTEM).seq == 2


def test_a_reader_cannot_write(real: Storage) -> None:
    begin(real.units(), CAST.dana, "k")
    with real.readers()() as work, pytest.raises(Exception, match=r"(?i)read-?only"):
        work.people.save_desk(CAST.shop)


def test_writers_wait_for_each_other_and_none_is_lost(real: Storage) -> None:
    begin(real.units(), CAST.dana, "k")
    failures: list[BaseException] = []

    def post(worker: int) -> None:
        try:
            for n in range(10):
                _post(real, worker * 100 + n)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=post, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with real.readers()() as work:
        assert work.conversations.get("k", SYSTEM).seq == 41
        assert len(work.outbox.after(0)) == 40


@pytest.fixture
def hasty(on_sqlite: Storage) -> Iterator[Storage]:
    """The same SQLite database, for somebody who hardly waits."""
    CAST.settle(on_sqlite.units())
    begin(on_sqlite.units(), CAST.dana, "k")
    assert on_sqlite.engines.file is not None
    storage = open_storage(f"sqlite:///{on_sqlite.engines.file}", patience=0.1)
    yield storage
    storage.close()


def test_a_writer_that_waits_too_long_is_told_and_succeeds_later(hasty: Storage) -> None:
    assert hasty.engines.file is not None
    with closing(sqlite3.connect(hasty.engines.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageAway) as away:
            _post(hasty, 1)
        assert away.value.message == LOCKED
        assert _posted(hasty) == []
        other.execute("ROLLBACK")
    _post(hasty, 1)
    assert _posted(hasty) == ["m1"]


def test_a_writer_keeps_other_processes_out_from_its_start(hasty: Storage) -> None:
    assert hasty.engines.file is not None
    with closing(sqlite3.connect(hasty.engines.file, isolation_level=None, timeout=0)) as other:
        with hasty.units()(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        with hasty.readers()():
            other.execute("BEGIN IMMEDIATE")


def test_a_unit_inside_a_unit_is_told_and_does_not_hang(hasty: Storage) -> None:
    with hasty.units()() as outer:
        with pytest.raises(StorageAway, match="busy"):
            _post(hasty, 1)
        outer.people.save_desk(CAST.shop)
        outer.commit()
    _post(hasty, 1)
    assert _posted(hasty) == ["m1"]


def test_more_readers_than_connections_are_told(hasty: Storage) -> None:
    with ExitStack() as begun:
        for _ in range(32):
            begun.enter_context(hasty.readers()())
        with pytest.raises(StorageAway):
            begun.enter_context(hasty.readers()())
    assert _posted(hasty) == []


def test_a_full_disk_is_called_that_and_nothing_is_half_done(on_sqlite: Storage) -> None:
    limit = 0

    @event.listens_for(on_sqlite.engines.writer, "checkout")
    def _limited(connection: Any, *_: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {limit or 10**6}")
        assert pages

    CAST.settle(on_sqlite.units())
    begin(on_sqlite.units(), CAST.dana, "k")
    _post(on_sqlite, 0)
    with on_sqlite.engines.reader.connect() as connection:
        limit = connection.execute(text("PRAGMA page_count")).scalar_one() + 30
    done, told = 0, ""
    while not told and done < 500:
        done += 1
        try:
            _post(on_sqlite, done, text="word " * 400)
        except StorageAway as away:
            told = away.message
    assert told == DISK_FULL
    assert done > 1
    assert _posted(on_sqlite)[-1] == f"m{done - 1}"
    with on_sqlite.readers()() as work:
        assert len(work.conversations.inbox(SYSTEM, InboxFilter())) == 1
    limit = 0
    _post(on_sqlite, done)
    assert _posted(on_sqlite)[-1] == f"m{done}"


def test_a_fault_that_was_swallowed_cannot_be_committed(on_sqlite: Storage) -> None:
    CAST.settle(on_sqlite.units())
    state = begin(on_sqlite.units(), CAST.dana, "k")
    with on_sqlite.units()() as work:
        work.conversations.append(state, [customer_says("half", "m1")])
        work._connection.exec_driver_sql("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]
        with pytest.raises(StorageAway, match="full"):
            work.people.add_invite("hash", "shop", CAST.bob.role, "x" * 500_000, CLOCK)
        with pytest.raises(StorageAway, match="full"):
            work.commit()
    on_sqlite.close()
    assert _posted(on_sqlite) == []


def test_a_missing_folder_is_told_and_found_again(tmp_path: Path) -> None:
    storage = open_storage(f"sqlite:///{tmp_path}/not/there/desk.db")
    with pytest.raises(StorageAway):
        CAST.settle(storage.units())
    with pytest.raises(StorageAway, match="gone"):
        storage.check()
    storage.migrate(None)
    CAST.settle(storage.units())
    assert storage.check().current
    storage.close()


def test_what_is_no_database_is_called_that(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_bytes(b"a picture of a cat" * 500)
    storage = open_storage(f"sqlite:///{tmp_path}/desk.db")
    with pytest.raises(StorageAway) as away:
        storage.migrate(tmp_path)
    assert away.value.message == DAMAGED
    storage.close()


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("mysql://localhost/desk", "sqlite:///… or postgresql://…"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
    ],
)
def test_an_address_that_cannot_work_is_refused_at_once(url: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        open_storage(url)


def test_what_people_wrote_does_not_stand_in_an_error(real: Storage) -> None:
    words = "".join(("my ", "secret"))
    with real.units()() as work:
        try:
            work.promises._work.run(text("INSERT INTO nowhere VALUES (:words)"), {"words": words})  # type: ignore[attr-defined]
        except Exception:
            told = traceback.format_exc()
    assert "nowhere" in told
    assert words not in told


def test_a_bug_is_not_called_a_fault_of_the_database(real: Storage) -> None:
    with real.units()() as work:
        with pytest.raises(Exception, match="nowhere") as bug:
            work.promises._work.run(text("SELECT * FROM nowhere"))  # type: ignore[attr-defined]
        assert not isinstance(bug.value, StorageAway)


@pytest.mark.postgres
def test_postgres_goes_away_and_comes_back(postgres: Postgres, on_postgres: Storage) -> None:
    CAST.settle(on_postgres.units())
    begin(on_postgres.units(), CAST.dana, "k")
    _post(on_postgres, 1)
    unit = on_postgres.units()()
    with unit as work:
        state = work.conversations.get("k", SYSTEM, for_update=True)
        work.conversations.append(state, [customer_says("half", "m2")])
        postgres.stop()
        try:
            with pytest.raises(StorageAway):
                work.commit()
            with pytest.raises(StorageAway):
                _post(on_postgres, 2)
            with pytest.raises(StorageAway):
                on_postgres.check()
        finally:
            postgres.start()
    # The first attempt after that succeeds: no dead connection is handed out.
    assert _posted(on_postgres) == ["m1"]
    _post(on_postgres, 2)
    assert _posted(on_postgres) == ["m1", "m2"]
    assert on_postgres.check().current


@pytest.mark.postgres
def test_connections_that_died_while_idle_are_replaced_in_silence(
    postgres: Postgres, on_postgres: Storage
) -> None:
    CAST.settle(on_postgres.units())
    begin(on_postgres.units(), CAST.dana, "k")
    database = on_postgres.engines.url.database
    postgres.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")
    _post(on_postgres, 1)
    assert _posted(on_postgres) == ["m1"]


@pytest.mark.postgres
def test_on_postgres_a_lock_is_waited_for_and_then_given_up(on_postgres: Storage) -> None:
    CAST.settle(on_postgres.units())
    begin(on_postgres.units(), CAST.dana, "k")
    begin(on_postgres.units(), CAST.eve, "eve's")
    with on_postgres.units()() as work:
        work.conversations.get("k", SYSTEM, for_update=True)
        # Another conversation is not held up.
        with on_postgres.units()() as other:
            state = other.conversations.get("eve's", SYSTEM, for_update=True)
            other.conversations.append(state, [customer_says("hi", "m")])
            other.commit()
        with pytest.raises(StorageAway) as away:
            _post(on_postgres, 1)
        assert away.value.message == LOCKED
    _post(on_postgres, 1)
    assert _posted(on_postgres) == ["m1"]


def test_the_fake_can_be_away_too() -> None:
    store = FakeStorage()
    CAST.settle(store.units())
    with store.units()() as work:
        work.conversations.append(Conversation(), [opened(CAST.dana, "k")])
        store.away = True
        with pytest.raises(StorageAway):
            work.commit()
    store.away = False
    with store.readers()() as work:
        assert work.conversations.inbox(SYSTEM, InboxFilter(status=None)) == []
