"""The keeper carries rows out at least once, gives failures back with pauses, sets the hopeless aside."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from calmdesk.desk.errors import StorageAway
from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import OutboxRow, Topic
from calmdesk.worker.keeper import LEASE, TRIES, Keeper
from tests.cast import Cast


class Post:
    """A sender that notes what it carried and fails when told to."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.failing = False

    def __call__(self, row: OutboxRow) -> None:
        if self.failing:
            raise ConnectionError("no line")
        self.sent.append(row.key)


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def keeper(cast: Cast, post: Post) -> Keeper:
    return Keeper(cast.parts.services, "one", {Topic.MAIL: post})


def drop(cast: Cast, key: str) -> None:
    with cast.parts.services.units() as work:
        work.outbox.add(OutboxRow(Topic.MAIL, "letter", cast.desk.id, key, cast.clock()))
        work.commit()


def test_a_row_is_carried_out_once(cast: Cast, keeper: Keeper, post: Post) -> None:
    drop(cast, "a")
    keeper.round()
    keeper.round()
    assert post.sent == ["a"]


def test_a_failure_is_tried_again_later_and_in_the_end_set_aside(
    cast: Cast, keeper: Keeper, post: Post
) -> None:
    drop(cast, "a")
    post.failing = True
    for _ in range(TRIES + 3):
        keeper.round()
        cast.clock.forward(hours=1)
    post.failing = False
    keeper.round()
    assert post.sent == []
    with cast.parts.services.readers() as work:
        poisoned = work.outbox.poisoned(Viewer.staff(cast.bob))
        assert [(row.key, row.attempts) for row in poisoned] == [("a", TRIES)]
        assert work.outbox.poisoned(Viewer.staff(cast.charlie)) == []


def test_a_line_that_comes_back_delivers(cast: Cast, keeper: Keeper, post: Post) -> None:
    drop(cast, "a")
    post.failing = True
    keeper.round()
    post.failing = False
    keeper.round()
    assert post.sent == []  # its pause is not over
    cast.clock.forward(seconds=10)
    keeper.round()
    assert post.sent == ["a"]


def test_one_bad_row_does_not_stop_the_others(cast: Cast, post: Post) -> None:
    def picky(row: OutboxRow) -> None:
        if row.key == "bad":
            raise ValueError("cannot be sent")
        post(row)

    for key in ("a", "bad", "b"):
        drop(cast, key)
    Keeper(cast.parts.services, "one", {Topic.MAIL: picky}).round()
    assert post.sent == ["a", "b"]


def test_a_dead_workers_rows_come_back(cast: Cast, keeper: Keeper, post: Post) -> None:
    drop(cast, "a")
    with cast.parts.services.units() as work:
        assert len(work.outbox.claim(Topic.MAIL, cast.clock(), "dead", lease=LEASE)) == 1
        work.commit()
    keeper.round()
    assert post.sent == []
    cast.clock.now += timedelta(seconds=LEASE + 1)
    keeper.round()
    assert post.sent == ["a"]


def test_two_keepers_share_the_work(cast: Cast, post: Post) -> None:
    for number in range(30):
        drop(cast, f"row-{number}")
    keepers = [Keeper(cast.parts.services, name, {Topic.MAIL: post}) for name in ("one", "two", "three")]
    threads = [threading.Thread(target=lambda k=keeper: [k.round() for _ in range(4)]) for keeper in keepers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(post.sent) == sorted(f"row-{number}" for number in range(30))


def test_a_database_that_is_away_is_waited_for(
    cast: Cast, keeper: Keeper, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import calmdesk.worker.keeper as module

    monkeypatch.setattr(module, "PAUSE", 0.01)
    rounds: list[int] = []

    def round_once() -> int:
        rounds.append(1)
        if len(rounds) == 1:
            raise StorageAway
        if len(rounds) == 2:
            raise RuntimeError("a fault of ours")
        keeper.stop()
        return 0

    monkeypatch.setattr(Keeper, "round", lambda self: round_once())
    keeper.run()
    assert len(rounds) == 3
    assert "the database is away" in caplog.text
