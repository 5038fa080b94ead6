"""A promise: found in the words, written with the message, brought to mind, settled with a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from calmdesk.actions.change_owner import ChangeOwner, change_owner
from calmdesk.actions.move_promise import MovePromise, move_promise
from calmdesk.actions.watch_promises import watch_promises
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.errors import BadInput, NotAllowed, NotFound
from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import OutboxRow, PromiseFilter, Topic
from calmdesk.desk.promise import ARROWS, LedgerPolicy, NoSuchArrow, Promise
from calmdesk.desk.vocabulary import PromiseKind, PromiseState
from tests.cast import Cast

AHEAD, GRACE = LedgerPolicy().ahead, LedgerPolicy().grace
FIVE = datetime(2026, 6, 3, 16, 0, tzinfo=UTC)  # 5 pm in London in June


@pytest.fixture
def promised(cast: Cast) -> Promise:
    """Bob's promise to call Dana by five."""
    conversation = cast.conversation(text="Call me about order 55120, please.")
    posted = cast.answers(cast.bob, conversation, "I'll call you by 5 pm today.")
    return the(cast, posted.promise_ids[0])


def the(cast: Cast, promise_id: str) -> Promise:
    with cast.parts.services.readers() as work:
        return work.promises.get(promise_id, Viewer.system())


def told(cast: Cast, kind: str) -> list[OutboxRow]:
    with cast.parts.services.readers() as work:
        return [row for row in work.outbox.after(0, topic=Topic.LIVE) if row.kind == kind]


def conversation_of(cast: Cast, promise: Promise) -> Conversation:
    with cast.parts.services.readers() as work:
        return work.conversations.get(promise.conversation_id, Viewer.system())


def test_the_words_become_a_row_with_the_message(cast: Cast, promised: Promise) -> None:
    assert promised.kind is PromiseKind.CALLBACK
    assert promised.due == FIVE
    assert promised.owner_id == cast.bob.id
    assert promised.state is PromiseState.MADE
    assert "call you by 5 pm" in promised.quote
    assert [p.id for p in conversation_of(cast, promised).promises] == [promised.id]


def test_a_message_without_a_promise_makes_no_row(cast: Cast) -> None:
    conversation = cast.conversation(text="Call me, please.")
    posted = cast.answers(
        cast.bob, conversation, "I can call you this afternoon if you like. Would that help?"
    )
    assert posted.promise_ids == ()


def test_a_customers_words_are_never_the_desks_promise(cast: Cast) -> None:
    conversation = cast.conversation(text="I'll call you by 5 pm today and then I'll come over.")
    assert conversation.promises == ()


def test_the_reminder_comes_ahead_once_and_to_the_owner(cast: Cast, promised: Promise) -> None:
    cast.clock.now = FIVE - AHEAD - timedelta(seconds=1)
    assert watch_promises(cast.parts.services) == 0
    cast.clock.now = FIVE - AHEAD
    assert watch_promises(cast.parts.services) == 1
    assert watch_promises(cast.parts.services) == 0
    assert [row.person_id for row in told(cast, "reminder")] == [cast.bob.id]
    assert the(cast, promised.id).state is PromiseState.MADE


def test_at_its_time_it_is_due_and_the_supervisors_hear_when_it_has_passed(
    cast: Cast, promised: Promise
) -> None:
    cast.clock.now = FIVE
    watch_promises(cast.parts.services)
    assert the(cast, promised.id).state is PromiseState.DUE
    assert told(cast, "alert") == []
    cast.clock.now = FIVE + GRACE - timedelta(seconds=1)
    assert watch_promises(cast.parts.services) == 0
    cast.clock.forward(seconds=1)
    watch_promises(cast.parts.services)
    watch_promises(cast.parts.services)
    assert [row.payload["reason"] for row in told(cast, "alert")] == ["overdue"]
    assert "overdue" in conversation_of(cast, promised).alerts


def test_a_desk_that_slept_through_catches_up_and_tells_each_thing_once(
    cast: Cast, promised: Promise
) -> None:
    cast.clock.now = FIVE + timedelta(days=3)
    watch_promises(cast.parts.services)
    watch_promises(cast.parts.services)
    assert [row.payload["stage"] for row in told(cast, "reminder")] == ["ahead", "due"]
    assert len(told(cast, "alert")) == 1
    assert the(cast, promised.id).state is PromiseState.DUE


def test_a_clock_that_jumps_back_does_nothing_early(cast: Cast, promised: Promise) -> None:
    cast.clock.forward(days=-30)
    assert watch_promises(cast.parts.services) == 0
    assert the(cast, promised.id).state is PromiseState.MADE


@pytest.mark.parametrize(
    ("to", "note"),
    [
        (PromiseState.KEPT, ""),
        (PromiseState.BROKEN, "the line was dead"),
        (PromiseState.RELEASED, "she called us"),
    ],
)
def test_it_is_settled_with_a_row_of_history(
    cast: Cast, promised: Promise, to: PromiseState, note: str
) -> None:
    move_promise(MovePromise(Viewer.staff(cast.bob), promised.id, to, note), cast.parts.services)
    with cast.parts.services.readers() as work:
        history = work.promises.history(promised.id, Viewer.staff(cast.bob))
    assert history[0].after is PromiseState.MADE
    assert history[-1].after is to
    assert history[-1].by == cast.bob.id
    assert history[-1].note == note
    assert the(cast, promised.id).state is to
    assert conversation_of(cast, promised).broken_promises == (to is PromiseState.BROKEN)


def test_a_new_time_makes_a_successor(cast: Cast, promised: Promise) -> None:
    later = FIVE + timedelta(days=1)
    wanted = MovePromise(
        Viewer.staff(cast.bob), promised.id, PromiseState.RENEGOTIATED, "she asked for tomorrow", later
    )
    successor = move_promise(wanted, cast.parts.services)
    assert successor.id != promised.id
    assert (successor.due, successor.state) == (later, PromiseState.MADE)
    assert the(cast, promised.id).state is PromiseState.RENEGOTIATED
    assert [p.id for p in conversation_of(cast, promised).promises] == [successor.id]


@pytest.mark.parametrize("due", [None, FIVE - timedelta(days=1)])
def test_a_new_time_must_lie_ahead(cast: Cast, promised: Promise, due: datetime | None) -> None:
    wanted = MovePromise(Viewer.staff(cast.bob), promised.id, PromiseState.RENEGOTIATED, "because", due)
    with pytest.raises(BadInput):
        move_promise(wanted, cast.parts.services)
    assert the(cast, promised.id) == promised


def test_all_but_kept_need_a_reason(cast: Cast, promised: Promise) -> None:
    with pytest.raises(BadInput):
        move_promise(
            MovePromise(Viewer.staff(cast.bob), promised.id, PromiseState.RELEASED, " "), cast.parts.services
        )


def test_what_is_settled_stays_settled(cast: Cast, promised: Promise) -> None:
    keep = MovePromise(Viewer.staff(cast.bob), promised.id, PromiseState.KEPT)
    move_promise(keep, cast.parts.services)
    with pytest.raises(NoSuchArrow):
        move_promise(keep, cast.parts.services)


def test_strangers_and_customers_cannot_settle_it(cast: Cast, promised: Promise) -> None:
    with pytest.raises(NotFound):
        move_promise(
            MovePromise(Viewer.staff(cast.charlie), promised.id, PromiseState.KEPT), cast.parts.services
        )
    with pytest.raises(NotAllowed):
        move_promise(
            MovePromise(Viewer.visitor(cast.dana), promised.id, PromiseState.KEPT), cast.parts.services
        )


def test_it_survives_the_close_and_the_customers_thanks(cast: Cast, promised: Promise) -> None:
    from calmdesk.actions.close_conversation import CloseConversation, close_conversation

    state = conversation_of(cast, promised)
    cast.says(cast.dana, state, "ok thanks")
    close_conversation(CloseConversation(Viewer.staff(cast.bob), state.id), cast.parts.services)
    assert the(cast, promised.id).state is PromiseState.MADE
    cast.clock.now = FIVE
    assert watch_promises(cast.parts.services) == 1


def test_handing_over_keeps_it_on_the_list(cast: Cast, promised: Promise) -> None:
    change_owner(
        ChangeOwner(Viewer.staff(cast.bob), promised.conversation_id, cast.alice.id), cast.parts.services
    )
    with cast.parts.services.readers() as work:
        listed = work.promises.listing(Viewer.staff(cast.alice), PromiseFilter())
    assert [p.id for p in listed] == [promised.id]


def test_the_arrows_end_where_nothing_is_owed() -> None:
    assert {state for state, arrows in ARROWS.items() if not arrows} == {
        PromiseState.KEPT, PromiseState.RENEGOTIATED, PromiseState.RELEASED,
    }  # fmt: skip
