"""What the keeper does for promises: reminders ahead, due when the time has come, supervisors when it has passed.

One call, numbered: 1. promises whose reminder is near get it, once, at their owner (or the desk). 2. promises whose
time has come become `due`. 3. overdue ones reach the supervisors, once. Each promise is its own transaction with a
compare-and-set on its version: two keepers cannot do it twice, a crash in between leaves it for the next call.
Not guaranteed: the exact second; the keeper runs every few seconds.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from calmdesk.actions.live import announce, tell
from calmdesk.actions.services import Services
from calmdesk.desk.errors import Conflict, NotFound
from calmdesk.desk.events import Event, PromiseMoved, SupervisorAlerted
from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import Audience, UnitOfWork
from calmdesk.desk.promise import Promise, PromiseTransition
from calmdesk.desk.vocabulary import PromiseState

#: How long before its time a promise is brought to its owner's mind.
AHEAD = timedelta(minutes=15)


def watch_promises(services: Services) -> int:
    """Does what is due now; how many promises were touched."""
    now = services.clock()
    with services.readers() as work:
        waiting = work.promises.needing_attention(now, now + AHEAD)
    touched = 0
    for promise in waiting:
        try:
            touched += _attend(promise.id, now, services)
        except (Conflict, NotFound):
            continue  # another keeper was faster, or the case was erased: both are fine
    return touched


def _attend(promise_id: str, now: datetime, services: Services) -> bool:
    system = Viewer.system()
    with services.units() as work:
        promise = work.promises.get(promise_id, system, for_update=True)
        if not promise.open or promise.due is None:
            return False
        before = work.conversations.get(promise.conversation_id, system, for_update=True)
        events: list[Event] = []
        changed = promise
        if promise.reminded_at is None and promise.due <= now + AHEAD:
            changed = replace(changed, reminded_at=now, version=changed.version + 1)
            work.promises.save(changed)
            _remind(work, changed, now)
        if changed.state is PromiseState.MADE and promise.due <= now:
            due = changed.moved(PromiseState.DUE)
            work.promises.save(due, PromiseTransition(due.id, now, changed.state, PromiseState.DUE, "system"))
            changed = due
            events.append(
                PromiseMoved(at=now, by="system", promise_id=due.id, to=PromiseState.DUE, due=due.due)
            )
        if changed.overdue(now) and changed.escalated_at is None:
            changed = replace(changed, escalated_at=now, version=changed.version + 1)
            work.promises.save(changed)
            events.append(
                SupervisorAlerted(at=now, by="system", reason="overdue", message_id=promise.message_id)
            )
        if changed is promise:
            return False
        if events:
            after = work.conversations.append(before, events)
            announce(work, before, after, events)
        work.commit()
    return True


def _remind(work: UnitOfWork, promise: Promise, now: datetime) -> None:
    conversation = work.conversations.get(promise.conversation_id, Viewer.system())
    reminder = PromiseMoved(at=now, by="system", promise_id=promise.id, to=promise.state, due=promise.due)
    owner = promise.owner_id or conversation.owner
    to_person = owner not in (None, "bot")
    tell(
        work, conversation, reminder, kind="reminder", key=f"reminder:{promise.id}",
        audience=Audience.PERSON if to_person else Audience.DESK, person_id=owner if to_person else None,
        payload={"promise_id": promise.id},
    )  # fmt: skip
