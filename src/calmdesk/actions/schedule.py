"""Acts for later: "remind me", a message at a set time, a check-in after the close; asked for, listed, taken back.

A row of the outbox with a time is all there is, so it survives whatever the desk survives. The keeper carries it out
(`carry_out`) by the ordinary verbs with a key made of the row, so that doing it twice shows once. What cannot be done
as it was meant (its writer left, the case was closed) becomes a reminder for people, never silence.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from calmdesk.actions.ledger_words import check_in_text
from calmdesk.actions.post_message import PostMessage, post_message
from calmdesk.actions.services import Services
from calmdesk.actions.words import clean_key, clean_text
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.errors import BadInput, Conflict, NotAllowed, NotFound
from calmdesk.desk.events import MessagePosted
from calmdesk.desk.people import Act, Viewer, may
from calmdesk.desk.ports import Audience, OutboxRow, Topic, UnitOfWork
from calmdesk.desk.schedule import Scheduled, ScheduleKind, scheduled_of
from calmdesk.desk.vocabulary import Role, Status

#: How far ahead something may be scheduled.
FARTHEST = timedelta(days=731)
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Schedule:
    """Wanted: a reminder (`text` is its note, may be empty) or a message, at that time.

    `key` makes a repeated request harmless. `unless_answered`: a message is not sent when the customer has written
    in the meantime; its writer is reminded instead.
    """

    viewer: Viewer
    conversation_id: str
    kind: ScheduleKind
    at: datetime
    text: str = ""
    key: str | None = None
    unless_answered: bool = False


def schedule(wanted: Schedule, services: Services) -> Scheduled:
    """Writes it down. Raises NotFound, NotAllowed, BadInput (a past or too distant time, no words), TooLarge."""
    if not may(wanted.viewer, Act.WRITE_AS_AGENT) or wanted.viewer.person_id is None:
        raise NotAllowed
    if wanted.kind is ScheduleKind.CHECK_IN:
        raise BadInput("A check-in follows from the desk's settings. Nothing was scheduled.", what="kind")
    text = wanted.text
    if wanted.kind is ScheduleKind.MESSAGE:
        text = clean_text(text)
    elif text.strip():
        text = clean_text(text, longest=LONGEST_NOTE, what="note")
    now = services.clock()
    if wanted.at.utcoffset() is None or not now < wanted.at <= now + FARTHEST:
        raise BadInput("A time in the future is needed. Nothing was scheduled.", what="due")
    key = clean_key(wanted.key) or services.new_id()
    with services.units() as work:
        conversation = work.conversations.get(wanted.conversation_id, wanted.viewer)
        planned = Scheduled(
            0, wanted.kind, conversation.desk_id, conversation.id, wanted.at, wanted.viewer.person_id, text.strip(),
            wanted.unless_answered, conversation.seq,
        )  # fmt: skip
        row_key = f"schedule:{conversation.id}:{wanted.viewer.person_id}:{key}"
        add_row(work, planned, row_key, now)
        work.commit()
    with services.readers() as work:
        rows = work.outbox.waiting(Topic.SCHEDULE, wanted.viewer, conversation_id=wanted.conversation_id)
    known = next((row for row in rows if row.key == row_key), None)
    if known is None:
        raise Conflict("This was scheduled before and is done or taken back. Nothing was changed.")
    return scheduled_of(known)


def add_row(work: UnitOfWork, planned: Scheduled, key: str, now: datetime) -> None:
    """Puts an act for later into a transaction."""
    work.outbox.add(
        OutboxRow(
            topic=Topic.SCHEDULE, kind=planned.kind.value, desk_id=planned.desk_id, key=key, at=now,
            conversation_id=planned.conversation_id, payload=planned.payload(), not_before=planned.at,
        )
    )  # fmt: skip


def scheduled(viewer: Viewer, services: Services, conversation_id: str | None = None) -> list[Scheduled]:
    """What waits for its time, soonest first: of one conversation or of the desk. Raises NotAllowed."""
    if not may(viewer, Act.WRITE_AS_AGENT):
        raise NotAllowed
    with services.readers() as work:
        rows = work.outbox.waiting(Topic.SCHEDULE, viewer, conversation_id=conversation_id)
    return [scheduled_of(row) for row in rows]


def cancel_scheduled(viewer: Viewer, row_id: int, services: Services) -> None:
    """Takes something back. Raises NotAllowed, NotFound; Conflict when it is being carried out at this moment."""
    if not may(viewer, Act.WRITE_AS_AGENT):
        raise NotAllowed
    with services.units() as work:
        if not any(row.id == row_id for row in work.outbox.waiting(Topic.SCHEDULE, viewer, limit=10_000)):
            raise NotFound
        if not work.outbox.cancel(row_id, viewer, services.clock()):
            raise Conflict("It is being carried out at this moment. Nothing was changed.")
        work.commit()


def carry_out(row: OutboxRow, services: Services) -> None:
    """Does what a row asks for; doing it again changes nothing. Raises what the verbs raise, to be tried again."""
    planned = scheduled_of(row)
    with services.readers() as work:
        conversation = work.conversations.get(planned.conversation_id, Viewer.system())
        person = _active(work, planned)
        answered = _answered(work, planned)
    key = _key(row)
    match planned.kind:
        case ScheduleKind.REMIND:
            _remind(planned, conversation, person, "note", key, services)
        case ScheduleKind.CHECK_IN:
            _check_in(planned, conversation, key, services)
        case ScheduleKind.MESSAGE:
            why = _why_not(planned, conversation, person, answered)
            if why is not None and not _sent(conversation.id, key, services):
                _remind(planned, conversation, person, why, key, services)
                return
            viewer = Viewer.system(planned.desk_id)
            post_message(
                PostMessage(viewer, conversation.id, planned.text, key=key, author_id=planned.by), services
            )


def _key(row: OutboxRow) -> str:
    return "later-" + hashlib.sha256(row.key.encode()).hexdigest()[:40]


def _active(work: UnitOfWork, planned: Scheduled) -> str | None:
    try:
        person = work.people.person(planned.by, Viewer.system(planned.desk_id))
    except NotFound:
        return None
    return person.id if person.active else None


def _answered(work: UnitOfWork, planned: Scheduled) -> bool:
    newer = work.conversations.timeline(
        planned.conversation_id, Viewer.system(), after_seq=planned.seen_seq - 1, limit=500
    )
    return any(isinstance(e.event, MessagePosted) and e.event.role is Role.CUSTOMER for e in newer)


def _why_not(
    planned: Scheduled, conversation: Conversation, person: str | None, answered: bool
) -> str | None:
    if person is None:
        return "writer_left"
    if conversation.status is Status.CLOSED:
        return "closed"
    return "answered" if planned.unless_answered and answered else None


def _sent(conversation_id: str, key: str, services: Services) -> bool:
    with services.readers() as work:
        return work.conversations.message_by_key(conversation_id, key) is not None


def _check_in(planned: Scheduled, conversation: Conversation, key: str, services: Services) -> None:
    """Asks only where the case is still closed and calm enough: an open one has somebody's attention anyway."""
    if (
        conversation.status is not Status.CLOSED
        or conversation.ladder.safety
        or conversation.ladder.self_harm
    ):
        return
    text = check_in_text(conversation, services.content)
    viewer = Viewer.system(planned.desk_id)
    post_message(PostMessage(viewer, conversation.id, text, key=key, as_bot=True, when_closed=True), services)


def _remind(
    planned: Scheduled,
    conversation: Conversation,
    person: str | None,
    stage: str,
    key: str,
    services: Services,
) -> None:
    with services.units() as work:
        work.outbox.add(
            OutboxRow(
                topic=Topic.LIVE, kind="reminder", desk_id=conversation.desk_id, key=f"remind:{key}",
                at=services.clock(), conversation_id=conversation.id,
                audience=Audience.DESK if person is None else Audience.PERSON, person_id=person,
                payload={"stage": stage, "note": planned.text[:LONGEST_NOTE], "kind": planned.kind.value},
            )
        )  # fmt: skip
        work.commit()
