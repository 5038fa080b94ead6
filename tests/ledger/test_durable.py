"""Workers die, clocks jump, the database goes away: no promise is lost, told twice, or told early.

CALMDESK_LEDGER_MANY sets how many promises the replayed month has.
"""

from __future__ import annotations

import os
import random
import threading
from datetime import UTC, datetime, timedelta

import pytest

from calmdesk.actions.watch_promises import watch_promises
from calmdesk.desk.errors import StorageAway
from calmdesk.desk.ports import Topic
from calmdesk.desk.promise import LedgerPolicy, Promise, remind_at, wake_of
from calmdesk.desk.vocabulary import PromiseKind, PromiseState
from calmdesk.storage import Storage
from tests.ledger.worlds import POLICY, START, Killed, Killer, World

MANY = int(os.environ.get("CALMDESK_LEDGER_MANY", "10000"))
BOTH = ["on_sqlite", pytest.param("on_postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def storage(request: pytest.FixtureRequest) -> Storage:
    found: Storage = request.getfixturevalue(request.param)
    return found


def run_through(world: World, killer: Killer | None, step: timedelta, days: float) -> None:
    """The days go by; a worker that is killed is started again."""
    services = world.services(killer)
    end = START + timedelta(days=days)
    while world.now < end:
        world.now += step
        while True:
            try:
                if watch_promises(services) == 0:
                    break
            except Killed:
                continue


def test_killed_at_every_step(on_sqlite: Storage) -> None:
    world = World(on_sqlite)
    world.settle(4, each=2, length=timedelta(hours=3))
    # The steps are counted by killing at none of them on the way.
    killer = Killer(frozenset(range(1, 400)))
    run_through(world, killer, timedelta(minutes=10), 0.25)
    assert killer.kills == min(399, killer.step)
    assert killer.kills > 30
    world.now += timedelta(days=1)
    while watch_promises(world.services()):
        pass
    world.check()


def test_each_single_step_can_be_the_last(sqlite_template: object, tmp_path: object) -> None:
    import shutil
    from pathlib import Path

    from calmdesk.storage import open_storage

    step, reached = 0, True
    while reached:
        step += 1
        file = Path(str(tmp_path)) / f"desk{step}.db"
        shutil.copy(str(sqlite_template), file)
        store = open_storage(f"sqlite:///{file}")
        world = World(store)
        world.settle(2, each=2, length=timedelta(hours=1))
        killer = Killer(frozenset({step}))
        run_through(world, killer, timedelta(minutes=45), 0.2)
        reached = killer.kills == 1
        world.check()
        store.close()
    assert step > 12


def test_a_month_in_a_minute_with_500_deaths(on_sqlite: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    # Small batches: what a death undoes is done again, and that is what costs here.
    monkeypatch.setattr("calmdesk.actions.watch_promises.BATCH", 10)
    world = World(on_sqlite)
    world.settle(MANY)
    dice = random.Random(20260302)
    killer = Killer(frozenset(dice.sample(range(1, 6 * MANY), 500)))
    run_through(world, killer, timedelta(hours=12), 32)
    # What had not been reached by then would be no proof.
    assert killer.kills > 400
    world.check()


def test_three_workers_on_one_ledger(storage: Storage) -> None:
    world = World(storage)
    world.settle(300, each=3, length=timedelta(days=2))
    faults: list[BaseException] = []

    def work(seed: int) -> None:
        killer = Killer(frozenset(random.Random(seed).sample(range(1, 1500), 20)))
        services = world.services(killer)
        quiet = 0
        while quiet < 3:
            try:
                quiet = 0 if watch_promises(services) else quiet + 1
            except Killed:
                continue
            except StorageAway:
                continue
            except BaseException as fault:
                faults.append(fault)
                return

    for hours in (6, 24, 72):
        world.now = START + timedelta(hours=hours)
        workers = [threading.Thread(target=work, args=(seed,)) for seed in range(3)]
        for one in workers:
            one.start()
        for one in workers:
            one.join()
    assert faults == []
    while watch_promises(world.services()):
        pass
    world.check()


def test_a_clock_that_jumps_both_ways(on_sqlite: Storage) -> None:
    world = World(on_sqlite)
    world.settle(200, length=timedelta(days=4))
    services = world.services()
    dice = random.Random(3)
    for _ in range(120):
        world.now += timedelta(hours=dice.choice([-30, -2, -1, 1, 2, 5, 20]))
        watch_promises(services)
    world.now = START + timedelta(days=6)
    while watch_promises(services):
        pass
    world.check()


@pytest.mark.postgres
def test_a_database_that_goes_away_and_comes_back(on_postgres: Storage, postgres: object) -> None:
    world = World(on_postgres)
    world.settle(120, each=4, length=timedelta(days=1))
    services = world.services()
    world.now = START + timedelta(hours=8)
    watch_promises(services)
    world.now = START + timedelta(days=2)
    postgres.stop("immediate")  # type: ignore[attr-defined]
    try:
        for _ in range(2):
            with pytest.raises(StorageAway):
                watch_promises(services)
    finally:
        postgres.start()  # type: ignore[attr-defined]
    while True:
        try:
            if watch_promises(services) == 0:
                break
        except StorageAway:
            continue
    world.check()


def test_a_promise_that_cannot_be_worked_on_holds_up_no_other(
    on_sqlite: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    import calmdesk.actions.watch_promises as module

    world = World(on_sqlite)
    world.settle(30, each=3, length=timedelta(hours=1))
    real = module._Round._chain

    def chain(self: object, promise: Promise, conversation: object) -> object:
        if promise.id == "p000004":
            raise ValueError("broken row")
        return real(self, promise, conversation)  # type: ignore[arg-type]

    monkeypatch.setattr(module._Round, "_chain", chain)
    world.now = START + timedelta(hours=2)
    services = world.services()
    watch_promises(services)
    with on_sqlite.readers()() as work:
        rows = work.outbox.after(0, topic=Topic.LIVE, limit=5000)
        told = {row.payload["promise_id"] for row in rows if row.kind == "reminder"}
        assert told == set(world.dues) - {"p000004"}
        assert [row.payload["promise_id"] for row in rows if row.payload.get("reason") == "stuck"] == [
            "p000004"
        ]
        assert work.promises.needing_attention(world.now) == []
    monkeypatch.undo()
    world.now += timedelta(minutes=11)
    watch_promises(services)
    world.check()


@pytest.mark.parametrize("day", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
def test_a_clock_change_shifts_nothing(day: datetime) -> None:
    for hour in range(5):
        due = day + timedelta(hours=hour)
        made = due - timedelta(hours=6)
        promise = Promise("p", "d", "c", "m", None, PromiseKind.UPDATE, "q", due, PromiseState.MADE, made)
        assert wake_of(promise, POLICY) == due - timedelta(minutes=15)


def test_the_reminder_never_comes_before_half_of_the_time_is_gone() -> None:
    promise = Promise(
        "p",
        "d",
        "c",
        "m",
        None,
        PromiseKind.UPDATE,
        "q",
        START + timedelta(minutes=10),
        PromiseState.MADE,
        START,
    )
    assert remind_at(promise, START + timedelta(minutes=10), POLICY) == START + timedelta(minutes=5)


def test_a_desks_settings_move_the_chain_and_nonsense_does_not() -> None:
    policy = LedgerPolicy.of({"promises": {"ahead_minutes": 60, "grace_minutes": "soon", "check_in_days": 3}})
    assert policy.ahead == timedelta(hours=1)
    assert policy.grace == LedgerPolicy().grace
    assert policy.check_in == timedelta(days=3)
    assert LedgerPolicy.of({"promises": 5}) == LedgerPolicy() == LedgerPolicy.of({})
