"""Ladder and alarms, hand-overs, whispers, the close, the record, the question afterwards."""

from __future__ import annotations

import pytest

from calmdesk.actions.change_owner import ChangeOwner, WriteNote, change_owner, write_note
from calmdesk.actions.close_conversation import (
    AnswerSurvey,
    CloseConversation,
    DraftRecord,
    SaveRecord,
    answer_survey,
    close_conversation,
    draft_record,
    save_record,
)
from calmdesk.actions.post_message import PostMessage, post_message
from calmdesk.desk.errors import BadInput, Conflict, NotAllowed, NotFound
from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import Audience, Topic
from calmdesk.desk.record import Part
from calmdesk.desk.vocabulary import Lang, Role, Rung, Status
from tests.cast import Cast


def rows(cast: Cast, kind: str) -> list[tuple[Audience, object]]:
    with cast.parts.services.readers() as work:
        return [
            (r.audience, r.payload.get("reason"))
            for r in work.outbox.after(0, topic=Topic.LIVE)
            if r.kind == kind
        ]


def test_each_insult_climbs_a_rung_and_a_calm_turn_only_rests(cast: Cast) -> None:
    conversation = cast.conversation(text="Where is my order? You are an idiot.")
    seen = [conversation.ladder.rung]
    for text in ("You are a stupid idiot!", "My order number is 55120.", "You are a moron!"):
        seen.append(cast.says(cast.dana, conversation, text).conversation.ladder.rung)
    assert seen == [Rung.IGNORE, Rung.REDIRECT, None, Rung.WARN]


def test_an_apology_ends_the_ladder(cast: Cast) -> None:
    conversation = cast.conversation(text="You are an idiot.")
    state = cast.says(cast.dana, conversation, "I'm sorry, I shouldn't have said that.").conversation
    assert state.ladder.rung is None
    assert state.ladder.climbed == 0


def test_a_threat_reaches_the_supervisors_in_the_same_transaction(cast: Cast) -> None:
    state = cast.conversation(text="I know where you work and I will break your neck.")
    assert state.ladder.safety
    assert state.ladder.rung is None
    assert rows(cast, "alert") == [(Audience.SUPERVISORS, "threat")]


def test_whoever_answers_first_has_it(cast: Cast) -> None:
    conversation = cast.conversation(text="Hello, where is my order?")
    assert conversation.owner is None
    state = cast.answers(cast.bob, conversation, "Let me look at your order right now.").conversation
    assert (state.owner, state.owner_name) == (cast.bob.id, "Bob")
    state = cast.answers(cast.alice, conversation, "I have found it.").conversation
    assert state.owner == cast.bob.id


def test_nobody_hands_over_to_another_desk(cast: Cast) -> None:
    conversation = cast.conversation(text="Hello?")
    with pytest.raises(NotFound):
        change_owner(
            ChangeOwner(Viewer.staff(cast.bob), conversation.id, cast.charlie.id), cast.parts.services
        )
    with pytest.raises(NotAllowed):
        change_owner(ChangeOwner(Viewer.visitor(cast.dana), conversation.id, None), cast.parts.services)


def test_a_whisper_reaches_one_person(cast: Cast) -> None:
    conversation = cast.conversation(text="Hello?")
    write_note(
        WriteNote(Viewer.staff(cast.alice), conversation.id, "Offer the courier.", cast.bob.id),
        cast.parts.services,
    )
    assert rows(cast, "whisper") == [(Audience.PERSON, None)]


def test_only_the_desk_itself_speaks_as_the_bot(cast: Cast) -> None:
    conversation = cast.conversation(text="Hello?")
    with pytest.raises(NotAllowed):
        post_message(
            PostMessage(Viewer.staff(cast.bob), conversation.id, "Beep", as_bot=True), cast.parts.services
        )
    posted = post_message(
        PostMessage(Viewer.system(cast.desk.id), conversation.id, "Good day, one moment.", as_bot=True),
        cast.parts.services,
    )
    assert posted.message.role is Role.BOT


def solved(cast: Cast) -> str:
    conversation = cast.conversation(text="My kettle 55120 arrived broken. I'm really angry about it.")
    cast.answers(
        cast.bob, conversation, "A broken kettle is a poor present, I'm sorry. I've sent you a new one today."
    )
    cast.says(cast.dana, conversation, "Great, thank you, that works for me.")
    return conversation.id


def test_the_record_cites_the_messages_it_rests_on(cast: Cast) -> None:
    record = draft_record(DraftRecord(Viewer.staff(cast.bob), solved(cast), Lang.EN), cast.parts.services)
    with cast.parts.services.readers() as work:
        entries = work.conversations.timeline(record.conversation_id, Viewer.staff(cast.bob))
    ids = {getattr(entry.event, "message_id", None) for entry in entries}
    assert {line.part for line in record.lines} == set(Part)
    for line in record.lines:
        assert set(line.cites) <= ids
    assert any(line.cites for line in record.lines if line.part is Part.SITUATION)
    assert not record.signed_by


def test_a_record_is_edited_signed_and_not_overwritten_by_an_old_page(cast: Cast) -> None:
    conversation_id = solved(cast)
    bob = Viewer.staff(cast.bob)
    draft = draft_record(DraftRecord(bob, conversation_id, Lang.EN), cast.parts.services)
    saved = save_record(SaveRecord(bob, conversation_id, draft.lines, draft.version), cast.parts.services)
    with pytest.raises(Conflict):
        save_record(SaveRecord(bob, conversation_id, draft.lines, draft.version), cast.parts.services)
    signed = save_record(
        SaveRecord(bob, conversation_id, draft.lines, saved.version, sign=True, verified=True),
        cast.parts.services,
    )
    assert signed.signed_by == cast.bob.id
    assert draft_record(DraftRecord(bob, conversation_id, Lang.EN), cast.parts.services) == signed


def test_a_record_with_an_empty_part_is_not_signed(cast: Cast) -> None:
    conversation_id = solved(cast)
    bob = Viewer.staff(cast.bob)
    draft = draft_record(DraftRecord(bob, conversation_id, Lang.EN), cast.parts.services)
    some = tuple(line for line in draft.lines if line.part is not Part.RESULT)
    with pytest.raises(BadInput):
        save_record(SaveRecord(bob, conversation_id, some, draft.version, sign=True), cast.parts.services)


def test_the_close_asks_and_the_answer_is_on_the_conversation(cast: Cast) -> None:
    conversation_id = solved(cast)
    state = close_conversation(
        CloseConversation(Viewer.staff(cast.bob), conversation_id), cast.parts.services
    )
    assert state.status is Status.CLOSED
    assert state.survey_asked
    answer_survey(AnswerSurvey(Viewer.visitor(cast.dana), conversation_id, 5, "Quick!"), cast.parts.services)
    assert cast.state(state).survey_score == 5


def test_only_the_customer_answers_and_only_one_to_five(cast: Cast) -> None:
    conversation_id = solved(cast)
    close_conversation(CloseConversation(Viewer.staff(cast.bob), conversation_id), cast.parts.services)
    with pytest.raises(NotAllowed):
        answer_survey(AnswerSurvey(Viewer.staff(cast.bob), conversation_id, 5), cast.parts.services)
    with pytest.raises(NotFound):
        answer_survey(AnswerSurvey(Viewer.visitor(cast.erin), conversation_id, 5), cast.parts.services)
    for score in (0, 6, -1):
        with pytest.raises(BadInput):
            answer_survey(
                AnswerSurvey(Viewer.visitor(cast.dana), conversation_id, score), cast.parts.services
            )


def test_whoever_threatened_is_not_asked(cast: Cast) -> None:
    conversation = cast.conversation(text="I know where you work and I will break your neck.")
    state = close_conversation(
        CloseConversation(Viewer.staff(cast.alice), conversation.id), cast.parts.services
    )
    assert not state.survey_asked


def test_closing_twice_is_told(cast: Cast) -> None:
    conversation_id = solved(cast)
    wanted = CloseConversation(Viewer.staff(cast.bob), conversation_id)
    close_conversation(wanted, cast.parts.services)
    with pytest.raises(Conflict):
        close_conversation(wanted, cast.parts.services)
