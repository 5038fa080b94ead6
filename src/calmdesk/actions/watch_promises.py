"""What the keeper does for promises: a reminder ahead, the team at the time, the supervisors after a grace.

1. Promises whose next link of the chain is due are found by one index range and, in one transaction for a batch,
locked: other workers take others. 2. Each gets what is due now: its owner (the team, if they left) is reminded; it
becomes `due` and the team hears; after the grace the supervisors hear. 3. The instant of the next link is written with
it. Each outward row has a key of its own and is written in the same transaction as the promise's new version, so that
a crash anywhere leaves both or neither. A promise that cannot be worked on does not hold up the others: it is put off,
and the supervisors are told.

Not guaranteed: the exact second; the keeper looks about twice a second.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from calmdesk.actions.live import announce, tell
from calmdesk.actions.services import Services
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.errors import Conflict, NotFound, StorageAway
from calmdesk.desk.events import Event, PromiseMoved, SupervisorAlerted
from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import Audience, OutboxRow, Topic, UnitOfWork
from calmdesk.desk.promise import LedgerPolicy, Promise, PromiseTransition, remind_at, wake_of
from calmdesk.desk.vocabulary import PromiseState

#: How many promises one transaction works on, and how many transactions one call makes at most.
BATCH = 50
BATCHES = 40
#: For how long a promise that cannot be worked on is put off.
PUT_OFF = timedelta(minutes=10)

log = logging.getLogger(__name__)


def watch_promises(services: Services) -> int:
    """Does what is due now; how many promises were touched. Raises StorageAway."""
    touched = 0
    for _ in range(BATCHES):
        now = services.clock()
        # Asked without the writer's lock: mostly there is nothing to do.
        with services.readers() as work:
            waiting = work.promises.needing_attention(now, limit=BATCH)
        if not waiting:
            break
        done = _attend_all(now, services, waiting)
        touched += done
        if len(waiting) < BATCH or not done:
            break
    return touched


def _attend_all(now: datetime, services: Services, waiting: list[Promise]) -> int:
    try:
        return _attend_batch(now, services)
    except StorageAway:
        raise
    except Exception as fault:
        log.warning("keeper: a batch of promises failed (%s), going one by one", type(fault).__name__)
    done = 0
    for promise in waiting:
        try:
            done += _attend_batch(now, services, only=promise.id)
        except StorageAway:
            raise
        except (Conflict, NotFound):
            continue  # another keeper was faster, or the case was erased: both are fine
        except Exception as fault:
            log.exception("keeper: promise %s cannot be worked on (%s)", promise.id, type(fault).__name__)
            done += _put_off(promise, now, services)
    return done


def _attend_batch(now: datetime, services: Services, only: str | None = None) -> int:
    with services.units() as work:
        if only is None:
            claimed = work.promises.needing_attention(now, limit=BATCH, claim=True)
        else:
            claimed = [work.promises.get(only, Viewer.system(), for_update=True)]
        by_conversation: dict[str, list[Promise]] = {}
        for promise in claimed:
            by_conversation.setdefault(promise.conversation_id, []).append(promise)
        round_of = _Round(work, now)
        # In the order of their ids, as every worker locks them: none waits for one that waits for it.
        touched = sum(round_of.attend(name, by_conversation[name]) for name in sorted(by_conversation))
        work.commit()
    return touched


@dataclass(slots=True)
class _Round:
    """One transaction's work; what it looked up about desks and people is kept for its length."""

    work: UnitOfWork
    now: datetime
    _policies: dict[str, LedgerPolicy] = field(default_factory=dict)
    _active: dict[str, bool] = field(default_factory=dict)

    def attend(self, conversation_id: str, promises: list[Promise]) -> int:
        """Works on the promises of one conversation; how many there were."""
        before = self.work.conversations.get(conversation_id, Viewer.system(), for_update=True)
        events: list[Event] = []
        for promise in promises:
            events += self._chain(promise, before)
        if events:
            after = self.work.conversations.append(before, events)
            announce(self.work, before, after, events)
        return len(promises)

    def _chain(self, promise: Promise, conversation: Conversation) -> list[Event]:
        """Does what is due of a promise's chain and writes it; the events that go into the timeline."""
        policy = self._policy(promise.desk_id)
        now, due, changed = self.now, promise.due, promise
        events: list[Event] = []
        transition: PromiseTransition | None = None
        if promise.open and due is not None:
            if changed.reminded_at is None and remind_at(promise, due, policy) <= now:
                changed = replace(changed, reminded_at=now)
                self._remind(changed, conversation, "ahead", self._owner(changed, conversation))
            if changed.state is PromiseState.MADE and due <= now:
                transition = PromiseTransition(promise.id, now, changed.state, PromiseState.DUE, "system")
                changed = replace(changed, state=PromiseState.DUE)
                events.append(
                    PromiseMoved(at=now, by="system", promise_id=promise.id, to=PromiseState.DUE, due=due)
                )
            if changed.told_at is None and due <= now and changed.state is not PromiseState.BROKEN:
                changed = replace(changed, told_at=now)
                self._remind(changed, conversation, "due", None)
            missed = changed.state is PromiseState.BROKEN or due + policy.grace <= now
            if changed.escalated_at is None and missed:
                changed = replace(changed, escalated_at=now)
                events.append(
                    SupervisorAlerted(at=now, by="system", reason="overdue", message_id=promise.message_id)
                )
        changed = replace(changed, wake_at=wake_of(changed, policy), version=promise.version + 1)
        self.work.promises.save(changed, transition)
        return events

    def _remind(
        self, promise: Promise, conversation: Conversation, stage: str, person_id: str | None
    ) -> None:
        cause = PromiseMoved(
            at=self.now, by="system", promise_id=promise.id, to=promise.state, due=promise.due
        )
        tell(
            self.work, conversation, cause, kind="reminder", key=f"reminder:{promise.id}:{stage}",
            audience=Audience.DESK if person_id is None else Audience.PERSON, person_id=person_id,
            payload={"promise_id": promise.id, "stage": stage},
        )  # fmt: skip

    def _owner(self, promise: Promise, conversation: Conversation) -> str | None:
        """Whom the reminder reaches: the promise's owner, else the conversation's; None is the team."""
        return next(
            (
                one
                for one in (promise.owner_id, conversation.owner)
                if one is not None and self._at_work(one, promise)
            ),
            None,
        )

    def _at_work(self, person_id: str, promise: Promise) -> bool:
        if person_id not in self._active:
            try:
                person = self.work.people.person(person_id, Viewer.system(promise.desk_id))
                self._active[person_id] = person.active
            except NotFound:
                self._active[person_id] = False  # the bot, or somebody who is gone
        return self._active[person_id]

    def _policy(self, desk_id: str) -> LedgerPolicy:
        if desk_id not in self._policies:
            self._policies[desk_id] = LedgerPolicy.of(self.work.people.desk(desk_id).settings)
        return self._policies[desk_id]


def _put_off(promise: Promise, now: datetime, services: Services) -> int:
    """Takes a promise that cannot be worked on out of the way for a while, and says so to the supervisors."""
    with services.units() as work:
        work.promises.save(replace(promise, wake_at=now + PUT_OFF, version=promise.version + 1))
        work.outbox.add(
            OutboxRow(
                topic=Topic.LIVE, kind="alert", desk_id=promise.desk_id, at=now, key=f"stuck:{promise.id}",
                conversation_id=promise.conversation_id, audience=Audience.SUPERVISORS,
                payload={"reason": "stuck", "promise_id": promise.id},
            )
        )  # fmt: skip
        work.commit()
    return 1
