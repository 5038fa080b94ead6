"""The end of a case: the STAR record, its sign-off, closing, the question to the customer, reopening."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from calmdesk.actions.live import announce
from calmdesk.actions.schedule import add_row
from calmdesk.actions.services import Services, office_of
from calmdesk.actions.words import clean_text
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.errors import BadInput, Conflict, NotAllowed, NotFound
from calmdesk.desk.events import (
    ConversationClosed,
    ConversationReopened,
    Event,
    RecordSigned,
    SurveyAnswered,
    SurveyAsked,
)
from calmdesk.desk.people import Act, Viewer, ViewerKind, may
from calmdesk.desk.ports import UnitOfWork
from calmdesk.desk.promise import LedgerPolicy
from calmdesk.desk.record import Part, Record, RecordLine, Survey
from calmdesk.desk.schedule import Scheduled, ScheduleKind
from calmdesk.desk.vocabulary import Lang, Rung, Status


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """Wanted: the record as the timeline tells it now, in the agent's language."""

    viewer: Viewer
    conversation_id: str
    lang: Lang


@dataclass(frozen=True, slots=True)
class SaveRecord:
    """Wanted: these lines as the record; signed off when `sign`. `version` is the one that was edited."""

    viewer: Viewer
    conversation_id: str
    lines: tuple[RecordLine, ...]
    version: int
    sign: bool = False
    verified: bool = False


@dataclass(frozen=True, slots=True)
class CloseConversation:
    """Wanted: the conversation closed, the customer asked how it went (unless `ask` is False)."""

    viewer: Viewer
    conversation_id: str
    ask: bool = True


@dataclass(frozen=True, slots=True)
class AnswerSurvey:
    """Wanted: the customer's answer, `score` 1..5, a comment if they like."""

    viewer: Viewer
    conversation_id: str
    score: int
    comment: str = ""


def draft_record(wanted: DraftRecord, services: Services) -> Record:
    """The record of a conversation: the stored one, or a fresh draft from the timeline (not stored yet)."""
    _staff_only(wanted.viewer)
    with services.readers() as work:
        conversation = work.conversations.get(wanted.conversation_id, wanted.viewer)
        stored = work.records.of(conversation.id, wanted.viewer)
        if stored is not None and (stored.signed_by or stored.lines):
            return stored
        entries = work.conversations.timeline(conversation.id, wanted.viewer, limit=2000)
    lines = services.coach.draft_record(conversation, [e.event for e in entries], lang=wanted.lang)
    return Record(
        id="", desk_id=conversation.desk_id, conversation_id=conversation.id, lines=lines,
        drafted_at=services.clock(), version=-1,
    )  # fmt: skip


def save_record(wanted: SaveRecord, services: Services) -> Record:
    """Stores the edited record; with `sign` it is signed off. Raises BadInput when a part is empty, Conflict."""
    _staff_only(wanted.viewer)
    lines = tuple(
        replace(line, text=clean_text(line.text, longest=4000, what="line"))
        for line in wanted.lines
        if line.text.strip()
    )
    if wanted.sign and {line.part for line in lines} != set(Part):
        raise BadInput("A signed record needs a line in each part. Nothing was signed.", what="lines")
    with services.units() as work:
        before = work.conversations.get(wanted.conversation_id, wanted.viewer, for_update=True)
        old = work.records.of(before.id, wanted.viewer)
        if (old.version if old else -1) != wanted.version:
            raise Conflict
        now = services.clock()
        by = wanted.viewer.person_id or "system"
        record = Record(
            id=old.id if old else services.new_id(), desk_id=before.desk_id, conversation_id=before.id, lines=lines,
            drafted_at=old.drafted_at if old else now, verified=wanted.verified,
            signed_by=by if wanted.sign else "", signed_at=now if wanted.sign else None, version=wanted.version + 1,
        )  # fmt: skip
        work.records.save(record)
        if wanted.sign:
            _append(
                work, before, [RecordSigned(at=now, by=by, record_id=record.id, verified=wanted.verified)]
            )
        work.commit()
    return record


def close_conversation(wanted: CloseConversation, services: Services) -> Conversation:
    """Closes a conversation. Open promises stay alive. Raises NotFound, NotAllowed, Conflict (closed already)."""
    _staff_only(wanted.viewer)
    with services.units() as work:
        before = work.conversations.get(wanted.conversation_id, wanted.viewer, for_update=True)
        if before.status is Status.CLOSED:
            raise Conflict("This conversation is closed already. Nothing was changed.")
        now = services.clock()
        by = wanted.viewer.person_id or "system"
        events: list[Event] = [ConversationClosed(at=now, by=by)]
        if wanted.ask and _may_be_asked(before):
            survey = Survey(services.new_id(), before.desk_id, before.id, now)
            work.records.save_survey(survey)
            events.append(SurveyAsked(at=now, by="system", survey_id=survey.id))
        _plan_check_in(work, before, now)
        after = _append(work, before, events)
        work.commit()
    return after


def _plan_check_in(work: UnitOfWork, before: Conversation, now: datetime) -> None:
    """Where the desk's policy says so: the question some days later whether it still works, in working time."""
    desk = work.people.desk(before.desk_id)
    after = LedgerPolicy.of(desk.settings).check_in
    ladder = before.ladder
    if after is None or ladder.safety or ladder.self_harm or ladder.rung is Rung.DISENGAGE:
        return
    at = office_of(desk).add_working_time(now + after, timedelta(minutes=1))
    planned = Scheduled(
        0, ScheduleKind.CHECK_IN, before.desk_id, before.id, at, "system", seen_seq=before.seq
    )
    add_row(work, planned, f"check_in:{before.id}:{before.seq}", now)


def _may_be_asked(conversation: Conversation) -> bool:
    """Whoever was shown the door, threatened, or is in danger is not asked for a rating."""
    ladder = conversation.ladder
    ended_badly = ladder.safety or ladder.self_harm or ladder.rung is Rung.DISENGAGE
    return not ended_badly and not conversation.survey_asked


def reopen_conversation(viewer: Viewer, conversation_id: str, services: Services) -> Conversation:
    """Opens a closed conversation again; an open one stays as it is."""
    _staff_only(viewer)
    with services.units() as work:
        before = work.conversations.get(conversation_id, viewer, for_update=True)
        if before.status is Status.OPEN:
            return before
        event = ConversationReopened(at=services.clock(), by=viewer.person_id or "system")
        after = _append(work, before, [event])
        work.commit()
    return after


def answer_survey(wanted: AnswerSurvey, services: Services) -> Survey:
    """Stores the customer's answer; the newest one counts. Raises NotFound when none was asked, BadInput."""
    if wanted.viewer.kind is not ViewerKind.VISITOR:
        raise NotAllowed("Only the customer can answer this question.")
    if wanted.score not in range(1, 6):
        raise BadInput("Please choose one of the five answers. Nothing was saved.", what="score")
    comment = clean_text(wanted.comment, longest=2000, what="comment") if wanted.comment.strip() else ""
    with services.units() as work:
        before = work.conversations.get(wanted.conversation_id, wanted.viewer, for_update=True)
        survey = work.records.survey_of(before.id, wanted.viewer)
        if survey is None:
            raise NotFound
        now = services.clock()
        answered = replace(survey, answered_at=now, score=wanted.score, comment=comment)
        work.records.save_survey(answered)
        answer = SurveyAnswered(
            at=now, by="customer", survey_id=survey.id, score=wanted.score, comment=comment
        )
        _append(work, before, [answer])
        work.commit()
    return answered


def _append(work: UnitOfWork, before: Conversation, events: list[Event]) -> Conversation:
    after = work.conversations.append(before, events)
    announce(work, before, after, events)
    return after


def _staff_only(viewer: Viewer) -> None:
    if not may(viewer, Act.WRITE_AS_AGENT):
        raise NotAllowed
