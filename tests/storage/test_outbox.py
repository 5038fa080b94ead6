"""The outbox: each row is carried out at least once, whoever dies meanwhile, and never by two at a time."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import Audience, OutboxRow, Topic
from calmdesk.storage import Storage
from tests.fakes import CLOCK, Cast, FakeStorage

Store = Storage | FakeStorage
SYSTEM = Viewer.system()
ALICE = Cast().viewers["alice"]
MINUTE = timedelta(minutes=1)


def _row(key: str, topic: Topic = Topic.MAIL) -> OutboxRow:
    return OutboxRow(
        topic=topic, kind="message.posted", desk_id="shop", key=key, at=CLOCK, conversation_id="k",
        audience=Audience.CUSTOMER, payload={"seq": 3, "words": "привет\0", "deep": {"a": [1, None]}},
    )  # fmt: skip


def _add(store: Store, *rows: OutboxRow) -> None:
    with store.units()() as work:
        for row in rows:
            work.outbox.add(row)
        work.commit()


def _claim(store: Store, worker: str, minute: float = 0, limit: int = 20) -> list[OutboxRow]:
    with store.units()() as work:
        rows = work.outbox.claim(Topic.MAIL, CLOCK + minute * MINUTE, worker, lease=60, limit=limit)
        work.commit()
    return rows


def test_live_rows_are_followed_by_their_rising_ids(store: Store) -> None:
    _add(store, _row("a", Topic.LIVE), _row("mail"), _row("b", Topic.LIVE))
    _add(store, _row("c", Topic.LIVE))
    with store.readers()() as work:
        rows = work.outbox.after(0)
        assert [row.key for row in rows] == ["a", "b", "c"]
        assert replace(rows[0], id=0) == _row("a", Topic.LIVE)
        assert [row.key for row in work.outbox.after(rows[0].id)] == ["b", "c"]
        assert [row.key for row in work.outbox.after(0, limit=1)] == ["a"]
        assert work.outbox.bounds() == (rows[0].id, rows[2].id)
        assert work.outbox.bounds(Topic.WEBHOOK) == (0, 0)
        assert [row.key for row in work.outbox.after(0, topic=Topic.MAIL)] == ["mail"]


def test_a_known_key_is_dropped(store: Store) -> None:
    _add(store, _row("a", Topic.LIVE), _row("a", Topic.LIVE))
    _add(store, replace(_row("a", Topic.LIVE), kind="other"), _row("b", Topic.LIVE))
    with store.readers()() as work:
        assert [(row.key, row.kind) for row in work.outbox.after(0)] == [
            ("a", "message.posted"),
            ("b", "message.posted"),
        ]


def test_what_is_rolled_back_is_not_sent(store: Store) -> None:
    with store.units()() as work:
        work.outbox.add(_row("a", Topic.LIVE))
        assert [row.key for row in work.outbox.after(0)] == ["a"]
    with store.readers()() as work:
        assert work.outbox.after(0) == []


def test_an_id_is_never_given_twice(store: Store) -> None:
    _add(store, _row("a", Topic.LIVE))
    with store.units()() as work:
        (first,) = work.outbox.after(0)
        assert work.outbox.prune(CLOCK + MINUTE) == 1
        work.commit()
    _add(store, _row("b", Topic.LIVE))
    with store.readers()() as work:
        (second,) = work.outbox.after(0)
    assert second.id > first.id


def test_a_leased_row_is_not_claimed_again_until_the_lease_is_over(store: Store) -> None:
    _add(store, _row("a"))
    (mine,) = _claim(store, "one")
    assert (mine.key, mine.attempts) == ("a", 1)
    assert _claim(store, "two", minute=0.9) == []
    (again,) = _claim(store, "two", minute=1)
    assert (again.id, again.attempts) == (mine.id, 2)
    with store.units()() as work:
        assert not work.outbox.finish(mine.id, CLOCK + MINUTE, "one")
        work.outbox.fail(mine.id, CLOCK + MINUTE, "one", "too late to say so", retry_at=None)
        assert work.outbox.finish(mine.id, CLOCK + MINUTE, "two")
        assert not work.outbox.finish(mine.id, CLOCK + MINUTE, "two")
        work.commit()
    assert _claim(store, "three", minute=99) == []
    with store.readers()() as work:
        assert work.outbox.poisoned(ALICE) == []


def test_oldest_first_and_no_more_than_asked_for(store: Store) -> None:
    _add(store, *[_row(f"{n}") for n in range(5)])
    assert [row.key for row in _claim(store, "one", limit=2)] == ["0", "1"]
    assert [row.key for row in _claim(store, "two", limit=9)] == ["2", "3", "4"]


def test_a_failed_row_comes_back_at_its_time(store: Store) -> None:
    _add(store, _row("a"))
    (row,) = _claim(store, "one")
    with store.units()() as work:
        work.outbox.fail(row.id, CLOCK, "one", "mailbox full", retry_at=CLOCK + 5 * MINUTE)
        work.commit()
    assert _claim(store, "one", minute=4.9) == []
    (again,) = _claim(store, "one", minute=5)
    assert (again.attempts, again.error) == (2, "mailbox full")


def test_a_poisoned_row_is_set_aside_and_shown(store: Store) -> None:
    _add(store, _row("a"), _row("b"))
    row = _claim(store, "one", limit=1)[0]
    with store.units()() as work:
        work.outbox.fail(row.id, CLOCK, "one", "no such address", retry_at=None)
        work.commit()
    assert [one.key for one in _claim(store, "one", minute=999)] == ["b"]
    with store.readers()() as work:
        (shown,) = work.outbox.poisoned(ALICE)
    assert (shown.key, shown.error) == ("a", "no such address")


def test_a_fresh_row_does_not_wait_for_a_clock_that_was_set_back(store: Store) -> None:
    _add(store, _row("a"))
    assert len(_claim(store, "one", minute=-600)) == 1


def test_prune_forgets_what_is_over_and_nothing_else(store: Store) -> None:
    late = replace(_row("late", Topic.LIVE), at=CLOCK + 9 * MINUTE)
    _add(store, _row("early", Topic.LIVE), late, _row("done"), _row("open"), _row("bad"))
    for row in _claim(store, "one"):
        with store.units()() as work:
            if row.key == "done":
                work.outbox.finish(row.id, CLOCK, "one")
            elif row.key == "bad":
                work.outbox.fail(row.id, CLOCK, "one", "no", retry_at=None)
            work.commit()
    with store.units()() as work:
        assert work.outbox.prune(CLOCK + MINUTE) == 2
        work.commit()
    with store.readers()() as work:
        assert [row.key for row in work.outbox.after(0)] == ["late"]
        assert [row.key for row in work.outbox.after(0, topic=Topic.MAIL)] == ["open", "bad"]


def test_two_workers_at_once_share_the_rows_and_each_is_done_once(store: Store) -> None:
    _add(store, *[_row(f"{n:03}") for n in range(60)])
    done: list[tuple[str, str]] = []
    failures: list[BaseException] = []

    def toil(worker: str) -> None:
        try:
            while rows := _claim(store, worker, limit=3):
                for row in rows:
                    done.append((row.key, worker))
                    with store.units()() as work:
                        assert work.outbox.finish(row.id, CLOCK, worker)
                        work.commit()
        except BaseException as error:
            failures.append(error)

    workers = [threading.Thread(target=toil, args=(name,)) for name in ("one", "two")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failures == []
    assert sorted(key for key, _ in done) == [f"{n:03}" for n in range(60)]


@pytest.mark.postgres
def test_two_workers_do_not_wait_for_each_other(on_postgres: Storage) -> None:
    _add(on_postgres, _row("a"), _row("b"))
    with on_postgres.units()() as one, on_postgres.units()() as two:
        assert [row.key for row in one.outbox.claim(Topic.MAIL, CLOCK, "one", lease=60, limit=1)] == ["a"]
        assert [row.key for row in two.outbox.claim(Topic.MAIL, CLOCK, "two", lease=60, limit=1)] == ["b"]


def test_a_reader_that_follows_the_ids_misses_none(real: Storage) -> None:
    """Many write at once while one follows: on PostgreSQL a number drawn early may become visible late."""
    writers, each = 6, 25
    seen: list[str] = []
    over = threading.Event()
    failures: list[BaseException] = []

    def write(name: int) -> None:
        try:
            for n in range(each):
                _add(real, _row(f"{name}-{n}", Topic.LIVE))
        except BaseException as error:
            failures.append(error)

    def follow() -> None:
        last = 0
        while True:
            ended = over.is_set()
            with real.readers()() as work:
                rows = work.outbox.after(last)
            seen.extend(row.key for row in rows)
            last = rows[-1].id if rows else last
            if ended and not rows:
                return

    follower = threading.Thread(target=follow)
    threads = [threading.Thread(target=write, args=(name,)) for name in range(writers)]
    for thread in (follower, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    over.set()
    follower.join()
    assert failures == []
    assert sorted(seen) == sorted(f"{name}-{n}" for name in range(writers) for n in range(each))
