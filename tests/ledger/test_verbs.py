"""Reminders to whoever is there, hand-overs, proofs, drafts, and acts for later, on a whole desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from calmdesk.actions.change_owner import WriteNote, write_note
from calmdesk.actions.close_conversation import CloseConversation, close_conversation
from calmdesk.actions.ledger_words import Draft, Proof, draft_for, proof_for
from calmdesk.actions.move_promise import HandPromise, MovePromise, hand_promise, move_promise
from calmdesk.actions.schedule import Schedule, cancel_scheduled, carry_out, schedule, scheduled
from calmdesk.actions.services import office_of
from calmdesk.actions.watch_promises import watch_promises
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.errors import BadInput, NotAllowed, NotFound
from calmdesk.desk.events import MessagePosted
from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import OutboxRow, Topic
from calmdesk.desk.promise import LedgerPolicy, Promise
from calmdesk.desk.schedule import ScheduleKind
from calmdesk.desk.vocabulary import PromiseState, Role
from calmdesk.worker.keeper import Keeper
from tests.cast import Cast

FIVE = datetime(2026, 6, 3, 16, 0, tzinfo=UTC)


def made(cast: Cast, words: str = "I'll call you by 5 pm today.") -> Promise:
    conversation = cast.conversation(text="Where is my order 55120? Call me, please.")
    posted = cast.answers(cast.bob, conversation, words)
    with cast.parts.services.readers() as work:
        return work.promises.get(posted.promise_ids[0], Viewer.system())


def told(cast: Cast, kind: str = "reminder") -> list[OutboxRow]:
    with cast.parts.services.readers() as work:
        return [row for row in work.outbox.after(0, topic=Topic.LIVE) if row.kind == kind]


def said(cast: Cast, conversation_id: str) -> list[MessagePosted]:
    with cast.parts.services.readers() as work:
        entries = work.conversations.timeline(conversation_id, Viewer.system())
    return [entry.event for entry in entries if isinstance(entry.event, MessagePosted)]


def proposed(cast: Cast, promise: Promise) -> tuple[Draft | None, Proof | None]:
    services = cast.parts.services
    with services.readers() as work:
        promise = work.promises.get(promise.id, Viewer.system())
        conversation = work.conversations.get(promise.conversation_id, Viewer.system())
        entries = work.conversations.timeline(conversation.id, Viewer.system(), limit=500)
        desk = work.people.desk(promise.desk_id)
    draft = draft_for(
        promise, conversation, entries, content=services.content, office=office_of(desk), policy=LedgerPolicy(),
        now=cast.clock(),
    )  # fmt: skip
    return draft, proof_for(promise, entries, services.content)


def test_somebody_who_left_is_not_reminded_but_the_team_is(cast: Cast) -> None:
    made(cast)
    with cast.parts.services.units() as work:
        work.people.save_person(replace(cast.bob, active=False))
        work.commit()
    cast.clock.now = FIVE - timedelta(minutes=15)
    watch_promises(cast.parts.services)
    assert [(row.audience.value, row.person_id) for row in told(cast)] == [("desk", None)]


def test_handed_to_a_colleague_and_to_the_team(cast: Cast) -> None:
    promise = made(cast)
    bob = Viewer.staff(cast.bob)
    assert (
        hand_promise(HandPromise(bob, promise.id, cast.alice.id), cast.parts.services).owner_id
        == cast.alice.id
    )
    assert hand_promise(HandPromise(bob, promise.id, None), cast.parts.services).owner_id is None
    assert [row.person_id for row in told(cast)] == [cast.alice.id, None]
    with cast.parts.services.readers() as work:
        assert len(work.promises.history(promise.id, bob)) == 3
    with pytest.raises(NotFound):
        hand_promise(HandPromise(bob, promise.id, cast.charlie.id), cast.parts.services)
    with pytest.raises(NotAllowed):
        hand_promise(HandPromise(Viewer.visitor(cast.dana), promise.id, None), cast.parts.services)


def test_a_noted_call_is_proposed_and_confirmed(cast: Cast) -> None:
    promise = made(cast)
    assert proposed(cast, promise)[1] is None
    bob = Viewer.staff(cast.bob)
    write_note(
        WriteNote(bob, promise.conversation_id, "Called her at four, all is clear."), cast.parts.services
    )
    proof = proposed(cast, promise)[1]
    assert proof is not None
    assert proof.noted
    kept = move_promise(MovePromise(bob, promise.id, PromiseState.KEPT, proof=proof.ref), cast.parts.services)
    assert kept.state is PromiseState.KEPT
    with cast.parts.services.readers() as work:
        assert work.promises.history(promise.id, bob)[-1].proof_message_id == proof.ref
    with pytest.raises(NotFound):
        move_promise(
            MovePromise(bob, made(cast).id, PromiseState.KEPT, proof="elsewhere"), cast.parts.services
        )


def test_the_customers_words_and_the_promise_itself_prove_nothing(cast: Cast) -> None:
    promise = made(cast)
    with cast.parts.services.readers() as work:
        conversation = work.conversations.get(promise.conversation_id, Viewer.system())
    cast.says(cast.dana, conversation, "You called me, thanks for the call!")
    assert proposed(cast, promise)[1] is None


def test_a_missed_one_is_owned_up_to_with_a_time_that_is_read_back(cast: Cast) -> None:
    promise = made(cast)
    cast.clock.now = FIVE + timedelta(minutes=5)
    draft, _ = proposed(cast, promise)
    assert draft is not None
    assert draft.why == "missed"
    assert "17:00 today" in draft.text
    with cast.parts.services.readers() as work:
        conversation = work.conversations.get(promise.conversation_id, Viewer.system())
    posted = cast.answers(cast.bob, conversation, draft.text)
    assert [p.due for p in posted.message.reading.promises] == [draft.when]
    assert posted.message.reading.lint == ()


def test_news_without_news_never_says_the_same_twice(cast: Cast) -> None:
    promise = made(cast, "I'll get back to you by 3 pm today.")
    sentences: set[str] = set()
    for _ in range(8):
        with cast.parts.services.readers() as work:
            promise = work.promises.get(promise.id, Viewer.system())
            conversation = work.conversations.get(promise.conversation_id, Viewer.system())
        assert promise.due is not None
        cast.clock.now = promise.due - timedelta(minutes=20)
        draft, _ = proposed(cast, promise)
        assert draft is not None
        assert draft.why == "news"
        assert "55120" in draft.text
        start = draft.text.split("55120")[0]
        assert start not in sentences
        sentences.add(start)
        posted = cast.answers(cast.bob, conversation, draft.text)
        with cast.parts.services.readers() as work:
            promise = work.promises.get(posted.promise_ids[0], Viewer.system())
        assert promise.due == draft.when
    assert proposed(cast, promise)[0] is None  # it is hours away again


def keeper(cast: Cast) -> Keeper:
    return Keeper(cast.parts.services, "one")


def planned(cast: Cast, conversation: Conversation, kind: ScheduleKind, **more: object) -> int:
    wanted = Schedule(
        Viewer.staff(cast.bob), conversation.id, kind, cast.clock() + timedelta(hours=2), **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return schedule(wanted, cast.parts.services).id


def test_a_message_goes_out_at_its_time_and_once(cast: Cast) -> None:
    conversation = cast.conversation(text="Hello?")
    planned(cast, conversation, ScheduleKind.MESSAGE, text="Good morning! Here I am.", key="same-key-1")
    planned(cast, conversation, ScheduleKind.MESSAGE, text="Good morning! Here I am.", key="same-key-1")
    cast.clock.forward(minutes=119)
    keeper(cast).round()
    assert len(said(cast, conversation.id)) == 1
    cast.clock.forward(minutes=1)
    with cast.parts.services.units() as work:
        (row,) = work.outbox.claim(Topic.SCHEDULE, cast.clock(), "dead", lease=60)
        work.commit()
    carry_out(row, cast.parts.services)  # this worker dies before it can say so
    cast.clock.forward(minutes=2)
    keeper(cast).round()
    keeper(cast).round()
    messages = said(cast, conversation.id)
    assert [(m.role, m.text) for m in messages[1:]] == [(Role.AGENT, "Good morning! Here I am.")]
    assert messages[1].by == cast.bob.id
    assert scheduled(Viewer.staff(cast.bob), cast.parts.services) == []


def test_a_reminder_survives_the_customers_answer_and_the_close(cast: Cast) -> None:
    conversation = cast.conversation(text="Call me in two hours.")
    planned(cast, conversation, ScheduleKind.REMIND, text="Call Dana")
    cast.says(cast.dana, conversation, "thanks")
    close_conversation(CloseConversation(Viewer.staff(cast.bob), conversation.id), cast.parts.services)
    cast.clock.forward(hours=2)
    keeper(cast).round()
    keeper(cast).round()
    assert [(row.person_id, row.payload["note"]) for row in told(cast)] == [(cast.bob.id, "Call Dana")]


@pytest.mark.parametrize("why", ["closed", "answered"])
def test_a_message_that_does_not_fit_any_more_becomes_a_reminder(cast: Cast, why: str) -> None:
    conversation = cast.conversation(text="Hello?")
    planned(cast, conversation, ScheduleKind.MESSAGE, text="Any news from you?", unless_answered=True)
    if why == "closed":
        close_conversation(CloseConversation(Viewer.staff(cast.bob), conversation.id), cast.parts.services)
    else:
        cast.says(cast.dana, conversation, "It works now.")
    cast.clock.forward(hours=2)
    keeper(cast).round()
    assert [row.payload["stage"] for row in told(cast)] == [why]
    assert all(message.role is Role.CUSTOMER for message in said(cast, conversation.id))


def test_what_is_planned_can_be_taken_back_by_the_desk_alone(cast: Cast) -> None:
    conversation = cast.conversation(text="Hello?")
    number = planned(cast, conversation, ScheduleKind.REMIND)
    with pytest.raises(NotFound):
        cancel_scheduled(Viewer.staff(cast.charlie), number, cast.parts.services)
    with pytest.raises(NotAllowed):
        cancel_scheduled(Viewer.visitor(cast.dana), number, cast.parts.services)
    cancel_scheduled(Viewer.staff(cast.alice), number, cast.parts.services)
    cast.clock.forward(hours=3)
    keeper(cast).round()
    assert told(cast) == []
    with pytest.raises(NotFound):
        cancel_scheduled(Viewer.staff(cast.alice), number, cast.parts.services)


@pytest.mark.parametrize("hours", [-1, 0, 24 * 800])
def test_only_the_nearer_future_can_be_planned(cast: Cast, hours: int) -> None:
    conversation = cast.conversation(text="Hello?")
    at = cast.clock() + timedelta(hours=hours)
    with pytest.raises(BadInput):
        schedule(
            Schedule(Viewer.staff(cast.bob), conversation.id, ScheduleKind.REMIND, at), cast.parts.services
        )


def test_the_check_in_is_off_until_the_desk_wants_it(cast: Cast) -> None:
    first = cast.conversation(text="It is broken.")
    close_conversation(CloseConversation(Viewer.staff(cast.bob), first.id), cast.parts.services)
    assert scheduled(Viewer.staff(cast.bob), cast.parts.services) == []
    with cast.parts.services.units() as work:
        work.people.save_desk(replace(cast.desk, settings={"promises": {"check_in_days": 3}}))
        work.commit()
    second = cast.conversation(cast.erin, text="It is broken.")
    close_conversation(CloseConversation(Viewer.staff(cast.bob), second.id), cast.parts.services)
    (row,) = scheduled(Viewer.staff(cast.bob), cast.parts.services)
    # Three days after a Wednesday is a Saturday: it waits for Monday, nine o'clock in London.
    assert row.at == datetime(2026, 6, 8, 8, 1, tzinfo=UTC)
    cast.clock.now = row.at
    keeper(cast).round()
    keeper(cast).round()
    last = said(cast, second.id)[-1]
    assert last.role is Role.BOT
    assert "Erin" in last.text
    assert cast.state(second).status.value == "closed"
