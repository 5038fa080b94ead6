"""Somebody says something: the heart of the desk.

1. The viewer's door is asked. 2. A known key gives the message that it already made. 3. The message is read,
seeing only the past. 4. Timeline, promises and outward acts are written in ONE transaction: a message that makes a
promise cannot be sent without its row. Not guaranteed: that the customer's device has shown it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from calmdesk.actions.live import announce
from calmdesk.actions.services import Services, office_of
from calmdesk.actions.words import clean_key, clean_text
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.errors import Conflict, ConversationIsClosed, NotAllowed
from calmdesk.desk.events import (
    ConversationReopened,
    Event,
    MessagePosted,
    OwnerChanged,
    PromiseMade,
    SupervisorAlerted,
)
from calmdesk.desk.people import Act, Viewer, ViewerKind, may
from calmdesk.desk.ports import OutboxRow, Topic, UnitOfWork
from calmdesk.desk.promise import LedgerPolicy, Promise, PromiseTransition, wake_of
from calmdesk.desk.reading import FoundPromise, Reading
from calmdesk.desk.vocabulary import AbuseKind, PromiseState, Role, Rung, Status


class StaleDraft(Conflict):
    """A colleague has answered since you began to write. Nothing was sent; read their answer, then send again."""

    code = "stale_draft"


@dataclass(frozen=True, slots=True)
class PostMessage:
    """Wanted: a message in a conversation, as the viewer.

    `key` makes a repeated request harmless. `seen_seq` is the newest entry the writer had seen (None: don't ask).
    `as_bot` is for the desk's own lines; `when_closed` lets one into a
    closed conversation without opening it. `opening_id` names the coach's opening that the draft began with.
    """

    viewer: Viewer
    conversation_id: str
    text: str
    key: str | None = None
    seen_seq: int | None = None
    as_bot: bool = False
    opening_id: str | None = None
    author_id: str | None = None
    when_closed: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of it: the message's event, the new state, and whether it had been posted before."""

    conversation: Conversation
    message: MessagePosted
    promise_ids: tuple[str, ...]
    repeated: bool = False


def post_message(wanted: PostMessage, services: Services) -> Posted:
    """Posts a message.

    Raises NotFound, NotAllowed, BadInput, TooLarge, ConversationIsClosed (staff only: a customer's message reopens
    the conversation), StaleDraft, StorageAway.
    """
    role = _role(wanted)
    text = clean_text(wanted.text)
    key = clean_key(wanted.key)
    with services.units() as work:
        before = work.conversations.get(wanted.conversation_id, wanted.viewer, for_update=True)
        if key is not None and (known := work.conversations.message_by_key(before.id, key)) is not None:
            return _repeated(before, known.event)
        open_to = role is Role.CUSTOMER or (role is Role.BOT and wanted.when_closed)
        if before.status is Status.CLOSED and not open_to:
            raise ConversationIsClosed
        if role is Role.AGENT:
            _refuse_stale(work, before, wanted)
        now = services.clock()
        desk = work.people.desk(before.desk_id)
        reading = services.reader.read(
            text, role=role, channel=before.channel, so_far=before, now=now, office=office_of(desk)
        )
        author_id, author_name = _author(work, wanted, before, desk.name, role)
        message = MessagePosted(
            at=now, by=author_id, message_id=services.new_id(), role=role, author_name=author_name, text=text,
            reading=reading, opening_id=wanted.opening_id,
        )  # fmt: skip
        promises = _promises(services, before, message, LedgerPolicy.of(desk.settings))
        events = _events(before, message, promises, role, author_id, author_name)
        after = work.conversations.append(before, events, client_key=key)
        for promise in promises:
            work.promises.add(promise, PromiseTransition(promise.id, now, None, PromiseState.MADE, author_id))
        announce(work, before, after, events)
        _send_out(work, after, message, role, before.seq)
        work.commit()
    return Posted(after, message, tuple(p.id for p in promises))


def _role(wanted: PostMessage) -> Role:
    if wanted.viewer.kind is ViewerKind.VISITOR:
        return Role.CUSTOMER
    if wanted.as_bot:
        if wanted.viewer.kind is not ViewerKind.SYSTEM:
            raise NotAllowed
        return Role.BOT
    if wanted.viewer.kind is ViewerKind.SYSTEM and wanted.author_id is None:
        return Role.CUSTOMER
    if not may(wanted.viewer, Act.WRITE_AS_AGENT):
        raise NotAllowed
    return Role.AGENT


def _author(
    work: UnitOfWork, wanted: PostMessage, before: Conversation, desk_name: str, role: Role
) -> tuple[str, str]:
    if role is Role.CUSTOMER:
        return "customer", before.customer_name
    if role is Role.BOT:
        return "bot", desk_name
    person = work.people.person(wanted.author_id or wanted.viewer.person_id or "", wanted.viewer)
    return person.id, person.name


def _repeated(before: Conversation, event: Event) -> Posted:
    if not isinstance(event, MessagePosted):
        raise Conflict
    return Posted(before, event, (), repeated=True)


def _refuse_stale(work: UnitOfWork, before: Conversation, wanted: PostMessage) -> None:
    if wanted.seen_seq is None or wanted.seen_seq >= before.seq - 1:
        return
    newer = work.conversations.timeline(before.id, wanted.viewer, after_seq=wanted.seen_seq)
    for entry in newer:
        event = entry.event
        if (
            isinstance(event, MessagePosted)
            and event.role is Role.AGENT
            and event.by != wanted.viewer.person_id
        ):
            raise StaleDraft(seq=entry.seq)


def _promises(
    services: Services, before: Conversation, message: MessagePosted, policy: LedgerPolicy
) -> list[Promise]:
    made = [_promise(services.new_id(), before, message, found) for found in message.reading.promises]
    return [replace(promise, wake_at=wake_of(promise, policy)) for promise in made]


def _promise(promise_id: str, before: Conversation, message: MessagePosted, found: FoundPromise) -> Promise:
    return Promise(
        id=promise_id, desk_id=before.desk_id, conversation_id=before.id, message_id=message.message_id,
        owner_id=message.by if message.role is Role.AGENT else before.owner, kind=found.kind, quote=found.quote,
        due=found.due, state=PromiseState.MADE, made_at=message.at,
    )  # fmt: skip


def _events(
    before: Conversation, message: MessagePosted, promises: Sequence[Promise], role: Role, by: str, name: str
) -> list[Event]:
    events: list[Event] = []
    if role is Role.CUSTOMER and before.status is Status.CLOSED:
        events.append(ConversationReopened(at=message.at, by=by))
    if role is Role.AGENT and before.owner in (None, "bot"):
        # Whoever answers first has it: two people must not answer the same angry customer unknowingly.
        events.append(OwnerChanged(at=message.at, by=by, owner=by, owner_name=name))
    events.append(message)
    events.extend(
        PromiseMade(
            at=message.at, by=by, promise_id=p.id, message_id=message.message_id, promise=p.kind, quote=p.quote,
            due=p.due, owner=p.owner_id,
        )
        for p in promises
    )  # fmt: skip
    if role is Role.CUSTOMER:
        events.extend(_alerts(before, message))
    return events


def _alerts(before: Conversation, message: MessagePosted) -> list[Event]:
    """What a supervisor must hear at once: threats, self-harm, hate, and a ladder that has reached its end."""
    reason = _alarming(message.reading)
    after = before.ladder.after_customer(message.reading.abuse, apologises=message.reading.apologises)
    if reason is None and after.rung is Rung.DISENGAGE:
        reason = "disengage"
    if reason is None:
        return []
    return [SupervisorAlerted(at=message.at, by="system", reason=reason, message_id=message.message_id)]


def _alarming(reading: Reading) -> str | None:
    return {
        AbuseKind.THREAT: "threat",
        AbuseKind.SELF_HARM: "self_harm",
        AbuseKind.HATE: "hate",
    }.get(reading.abuse.kind)


def _send_out(work: UnitOfWork, after: Conversation, message: MessagePosted, role: Role, seq: int) -> None:
    """Hands the desk's words to the customer's channel; the chat reads them from the live stream itself."""
    if role is Role.CUSTOMER:
        return
    work.outbox.add(
        OutboxRow(
            topic=Topic.CHANNEL, kind=after.channel.value, desk_id=after.desk_id, at=message.at,
            key=f"message:{message.message_id}", conversation_id=after.id,
            payload={"message_id": message.message_id, "seq": seq},
        )
    )  # fmt: skip
