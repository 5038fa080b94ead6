"""The ledger: each transition is a row, and only one of two who settle a promise at once succeeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from calmdesk.desk.errors import Conflict, NotFound
from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import PromiseFilter
from calmdesk.desk.promise import Promise, PromiseTransition
from calmdesk.desk.vocabulary import PromiseKind, PromiseState
from calmdesk.storage import Storage
from tests.fakes import CLOCK, Cast, FakeStorage, begin

Store = Storage | FakeStorage
CAST = Cast()
SYSTEM = Viewer.system()
ALICE = CAST.viewers["alice"]


def _promise(name: str, due: datetime | None, state: PromiseState = PromiseState.MADE) -> Promise:
    return Promise(
        id=name, desk_id="shop", conversation_id="k", message_id="m", owner_id="bob",
        kind=PromiseKind.CALLBACK, quote="I'll call you", due=due, state=state, made_at=CLOCK,
    )  # fmt: skip


def _step(name: str, before: PromiseState | None, after: PromiseState, note: str = "") -> PromiseTransition:
    return PromiseTransition(name, CLOCK, before, after, "bob", note, "proof")


def _ledger(store: Store, *promises: Promise) -> None:
    begin(store.units(), CAST.dana, "k")
    with store.units()() as work:
        for promise in promises:
            work.promises.add(promise, _step(promise.id, None, promise.state))
        work.commit()


def test_a_promise_and_its_history_come_back(store: Store) -> None:
    made = _promise("p", CLOCK + timedelta(hours=1))
    _ledger(store, made)
    due, kept = made.moved(PromiseState.DUE), made.moved(PromiseState.DUE).moved(PromiseState.KEPT)
    with store.units()() as work:
        work.promises.save(due, _step("p", PromiseState.MADE, PromiseState.DUE))
        work.promises.save(kept, _step("p", PromiseState.DUE, PromiseState.KEPT, "called at four"))
        work.commit()
    with store.readers()() as work:
        assert work.promises.get("p", ALICE) == kept
        history = work.promises.history("p", ALICE)
    assert [(step.before, step.after) for step in history] == [
        (None, PromiseState.MADE),
        (PromiseState.MADE, PromiseState.DUE),
        (PromiseState.DUE, PromiseState.KEPT),
    ]
    assert (history[-1].note, history[-1].proof_message_id, history[-1].at) == (
        "called at four",
        "proof",
        CLOCK,
    )


def test_of_two_who_settle_it_one_gets_a_conflict_and_leaves_no_row(store: Store) -> None:
    made = _promise("p", CLOCK)
    _ledger(store, made)
    with store.units()() as work:
        work.promises.save(made.moved(PromiseState.KEPT), _step("p", PromiseState.MADE, PromiseState.KEPT))
        work.commit()
    with store.units()() as work:
        with pytest.raises(Conflict):
            work.promises.save(
                made.moved(PromiseState.RELEASED), _step("p", PromiseState.MADE, PromiseState.RELEASED)
            )
        work.commit()
    with store.readers()() as work:
        assert work.promises.get("p", SYSTEM).state is PromiseState.KEPT
        assert len(work.promises.history("p", SYSTEM)) == 2


def test_a_reminder_is_no_transition(store: Store) -> None:
    made = _promise("p", CLOCK)
    _ledger(store, made)
    reminded = replace(made, reminded_at=CLOCK, version=1)
    with store.units()() as work:
        work.promises.save(reminded)
        work.commit()
    with store.readers()() as work:
        assert work.promises.get("p", SYSTEM, for_update=False) == reminded
        assert len(work.promises.history("p", SYSTEM)) == 1


def test_an_unknown_promise(store: Store) -> None:
    with store.units()() as work:
        with pytest.raises(NotFound):
            work.promises.get("nothing", SYSTEM)
        with pytest.raises(NotFound):
            work.promises.history("nothing", SYSTEM)
        with pytest.raises(Conflict):
            work.promises.save(replace(_promise("nothing", None), version=1))


def test_a_list_is_soonest_first_and_without_a_time_last(store: Store) -> None:
    _ledger(
        store,
        _promise("without", None),
        _promise("late", CLOCK + timedelta(days=2)),
        _promise("soon", CLOCK + timedelta(hours=1)),
        _promise("past", CLOCK - timedelta(hours=1), PromiseState.DUE),
        _promise("settled", CLOCK - timedelta(hours=2), PromiseState.KEPT),
        replace(_promise("alice's", CLOCK), owner_id="alice"),
    )

    def listed(limit: int = 200, **which: object) -> list[str]:
        with store.readers()() as work:
            found = work.promises.listing(ALICE, PromiseFilter(**which), limit=limit)  # type: ignore[arg-type]
        return [promise.id for promise in found]

    assert listed() == ["settled", "past", "alice's", "soon", "late", "without"]
    assert listed(limit=2) == ["settled", "past"]
    assert listed(owner="bob", states=(PromiseState.MADE,)) == ["soon", "late", "without"]
    assert listed(overdue_at=CLOCK) == ["past"]
    assert listed(overdue_at=CLOCK + timedelta(seconds=1)) == ["past", "alice's"]
    assert listed(conversation_id="elsewhere") == []
    assert len(listed(conversation_id="k")) == 6


HOUR = timedelta(hours=1)
ALL_TOLD = {"reminded_at": CLOCK, "told_at": CLOCK, "escalated_at": CLOCK}


@pytest.mark.parametrize(
    ("promise", "needed"),
    [
        (_promise("never looked at", CLOCK + HOUR), True),
        (replace(_promise("its time has come", CLOCK), wake_at=CLOCK), True),
        (replace(_promise("to be looked at later", CLOCK + HOUR), wake_at=CLOCK + HOUR), False),
        (_promise("without a time", None), False),
        (replace(_promise("past, the grace runs", CLOCK, PromiseState.DUE), wake_at=CLOCK + HOUR), False),
        (replace(_promise("all told", CLOCK - HOUR, PromiseState.DUE), **ALL_TOLD), False),
        (replace(_promise("broken, all told", CLOCK - HOUR, PromiseState.BROKEN), **ALL_TOLD), False),
        (_promise("broken, nobody told", CLOCK - HOUR, PromiseState.BROKEN), True),
        (replace(_promise("all told but still made", CLOCK - HOUR), **ALL_TOLD), True),
        (_promise("kept", CLOCK - HOUR, PromiseState.KEPT), False),
        (_promise("released", CLOCK - HOUR, PromiseState.RELEASED), False),
        (_promise("renegotiated", CLOCK - HOUR, PromiseState.RENEGOTIATED), False),
    ],
    ids=lambda value: value.id if isinstance(value, Promise) else "",
)
def test_what_the_keeper_has_to_act_on(store: Store, promise: Promise, needed: bool) -> None:
    _ledger(store, promise)
    with store.readers()() as work:
        found = work.promises.needing_attention(CLOCK)
    assert [one.id for one in found] == ([promise.id] if needed else [])


def test_the_keeper_gets_the_soonest_of_all_desks(store: Store) -> None:
    begin(store.units(), CAST.fyodor, "bank's")
    elsewhere = replace(
        _promise("bank", CLOCK), desk_id="bank", conversation_id="bank's", wake_at=CLOCK - HOUR
    )
    _ledger(store, _promise("b", CLOCK), _promise("a", CLOCK), elsewhere)
    with store.readers()() as work:
        found = work.promises.needing_attention(CLOCK, limit=2)
    assert [one.id for one in found] == ["bank", "a"]


def test_a_promise_cannot_stand_at_another_desk_than_its_conversation(real: Storage) -> None:
    begin(real.units(), CAST.dana, "k")
    stray = replace(_promise("p", CLOCK), desk_id="bank")
    with real.units()() as work, pytest.raises(IntegrityError):
        work.promises.add(stray, _step("p", None, PromiseState.MADE))
