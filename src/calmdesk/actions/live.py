"""The outbox rows that tell open pages what changed; written with their cause."""

from __future__ import annotations

from collections.abc import Sequence

from calmdesk.desk.conversation import Conversation
from calmdesk.desk.events import Event, PromiseMade, PromiseMoved, SupervisorAlerted
from calmdesk.desk.ports import Audience, OutboxRow, Topic, UnitOfWork


def announce(work: UnitOfWork, before: Conversation, after: Conversation, events: Sequence[Event]) -> None:
    """Writes one live row for each event that took the conversation from `before` to `after`.

    Public events go to the customer too, alerts to the supervisors as well. The key holds the timeline's number,
    so that a retried transaction cannot tell a page twice.
    """
    for offset, event in enumerate(events):
        seq = before.seq + offset
        work.outbox.add(
            OutboxRow(
                topic=Topic.LIVE,
                kind="entry",
                desk_id=after.desk_id,
                key=f"entry:{after.id}:{seq}",
                at=event.at,
                conversation_id=after.id,
                audience=Audience.CUSTOMER if event.public else Audience.DESK,
                payload={"seq": seq, "event": event.kind},
            )
        )
        if isinstance(event, PromiseMade | PromiseMoved):
            tell(work, after, event, kind="promise", key=f"promise:{event.promise_id}:{seq}",
                 audience=Audience.DESK, payload={"promise_id": event.promise_id})  # fmt: skip
        if isinstance(event, SupervisorAlerted):
            tell(work, after, event, kind="alert", key=f"alert:{after.id}:{seq}",
                 audience=Audience.SUPERVISORS, payload={"reason": event.reason})  # fmt: skip


def tell(
    work: UnitOfWork, conversation: Conversation, event: Event, *, kind: str, key: str, audience: Audience,
    payload: dict[str, object], person_id: str | None = None,
) -> None:  # fmt: skip
    """Writes one live row about a conversation."""
    work.outbox.add(
        OutboxRow(
            topic=Topic.LIVE, kind=kind, desk_id=conversation.desk_id, key=key, at=event.at,
            conversation_id=conversation.id, audience=audience, person_id=person_id, payload=payload,
        )
    )  # fmt: skip
