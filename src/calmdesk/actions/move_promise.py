"""A promise is kept, broken, renegotiated or released, with a note of why; or it goes into other hands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from calmdesk.actions.live import announce, tell
from calmdesk.actions.services import Services
from calmdesk.actions.words import clean_text
from calmdesk.desk.errors import BadInput, NotAllowed, NotFound
from calmdesk.desk.events import Event, PromiseMade, PromiseMoved
from calmdesk.desk.people import Act, Viewer, may
from calmdesk.desk.ports import Audience, Promises, UnitOfWork
from calmdesk.desk.promise import LedgerPolicy, NoSuchArrow, Promise, PromiseTransition, wake_of
from calmdesk.desk.vocabulary import PromiseState


@dataclass(frozen=True, slots=True)
class MovePromise:
    """Wanted: the promise in state `to`. A renegotiated one needs a new `due`; all but kept need a note.

    `proof` names what kept it: the id of a message of the conversation, or `note:<number>` for a noted call.
    """

    viewer: Viewer
    promise_id: str
    to: PromiseState
    note: str = ""
    due: datetime | None = None
    proof: str | None = None


@dataclass(frozen=True, slots=True)
class HandPromise:
    """Wanted: the promise owed by `owner` (a person's id), or by the whole team (None)."""

    viewer: Viewer
    promise_id: str
    owner: str | None
    note: str = ""


_BY_HAND = {PromiseState.KEPT, PromiseState.BROKEN, PromiseState.RENEGOTIATED, PromiseState.RELEASED}


def move_promise(wanted: MovePromise, services: Services) -> Promise:
    """Moves a promise; gives it back, or its successor when it was renegotiated.

    Raises NotFound (also for a proof that is not in the conversation), NotAllowed, BadInput (no note, no or past due),
    NoSuchArrow, Conflict.
    """
    note = _checked(wanted, services.clock())
    with services.units() as work:
        now = services.clock()
        old = work.promises.get(wanted.promise_id, wanted.viewer, for_update=True)
        before = work.conversations.get(old.conversation_id, wanted.viewer, for_update=True)
        policy = LedgerPolicy.of(work.people.desk(old.desk_id).settings)
        by = wanted.viewer.person_id or "system"
        if wanted.proof:
            _find(work, old, wanted)
        if wanted.to is PromiseState.BROKEN and old.state is PromiseState.MADE:
            # Owning up early is honest: it passes through `due` so that the history shows every step.
            old = _due_first(work.promises, old, now, by)
        moved = old.moved(wanted.to)
        moved = replace(moved, wake_at=wake_of(moved, policy))
        step = PromiseTransition(old.id, now, old.state, wanted.to, by, note, wanted.proof or None)
        work.promises.save(moved, step)
        events: list[Event] = [
            PromiseMoved(at=now, by=by, promise_id=old.id, to=wanted.to, note=note, due=wanted.due)
        ]
        result = moved
        if wanted.to is PromiseState.RENEGOTIATED:
            result = _successor(services.new_id(), old, now, wanted.due, policy)
            work.promises.add(result, PromiseTransition(result.id, now, None, PromiseState.MADE, by, note))
            events.append(
                PromiseMade(
                    at=now, by=by, promise_id=result.id, message_id=result.message_id, promise=result.kind,
                    quote=result.quote, due=result.due, owner=result.owner_id,
                )
            )  # fmt: skip
        after = work.conversations.append(before, events)
        announce(work, before, after, events)
        work.commit()
    return result


def hand_promise(wanted: HandPromise, services: Services) -> Promise:
    """Gives an open promise to somebody else or to the team; they are told. The state stays, the history says so.

    Raises NotFound (also for a new owner of another desk), NotAllowed, BadInput (somebody who left), NoSuchArrow
    (settled already), Conflict.
    """
    if not may(wanted.viewer, Act.WRITE_AS_AGENT):
        raise NotAllowed
    note = clean_text(wanted.note, longest=2000, what="note") if wanted.note.strip() else ""
    with services.units() as work:
        now = services.clock()
        old = work.promises.get(wanted.promise_id, wanted.viewer, for_update=True)
        if not old.open:
            raise NoSuchArrow(state=old.state.value, to=old.state.value)
        if old.owner_id == wanted.owner:
            return old
        if wanted.owner is not None and not work.people.person(wanted.owner, wanted.viewer).active:
            raise BadInput("That colleague does not work here any more. Nothing was changed.", what="owner")
        conversation = work.conversations.get(old.conversation_id, wanted.viewer)
        by = wanted.viewer.person_id or "system"
        handed = replace(old, owner_id=wanted.owner, version=old.version + 1)
        work.promises.save(handed, PromiseTransition(old.id, now, old.state, old.state, by, note))
        cause = PromiseMoved(at=now, by=by, promise_id=old.id, to=old.state, due=old.due)
        tell(
            work, conversation, cause, kind="reminder", key=f"handed:{old.id}:{handed.version}",
            audience=Audience.DESK if wanted.owner is None else Audience.PERSON, person_id=wanted.owner,
            payload={"promise_id": old.id, "stage": "handed"},
        )  # fmt: skip
        work.commit()
    return handed


def _checked(wanted: MovePromise, now: datetime) -> str:
    if not may(wanted.viewer, Act.WRITE_AS_AGENT) or wanted.to not in _BY_HAND:
        raise NotAllowed
    note = clean_text(wanted.note, longest=2000, what="note") if wanted.note.strip() else ""
    if wanted.to is not PromiseState.KEPT and not note:
        raise BadInput(
            "Say in a few words why, for whoever reads this later. Nothing was changed.", what="note"
        )
    if wanted.to is PromiseState.RENEGOTIATED and (wanted.due is None or wanted.due <= now):
        raise BadInput("A new time in the future is needed. Nothing was changed.", what="due")
    return note


def _find(work: UnitOfWork, promise: Promise, wanted: MovePromise) -> None:
    """Raises NotFound for a proof that is not in the promise's conversation."""
    kind, _, number = (wanted.proof or "").partition(":")
    if kind == "note" and number.isdigit():
        work.conversations.entry(promise.conversation_id, int(number), wanted.viewer)
        return
    entries = work.conversations.timeline(promise.conversation_id, wanted.viewer, limit=2000)
    if all(getattr(entry.event, "message_id", None) != wanted.proof for entry in entries):
        raise NotFound


def _successor(
    promise_id: str, old: Promise, now: datetime, due: datetime | None, policy: LedgerPolicy
) -> Promise:
    fresh = replace(
        old, id=promise_id, due=due, state=PromiseState.MADE, made_at=now, version=0,
        reminded_at=None, told_at=None, escalated_at=None,
    )  # fmt: skip
    return replace(fresh, wake_at=wake_of(fresh, policy))


def _due_first(ledger: Promises, old: Promise, now: datetime, by: str) -> Promise:
    due = old.moved(PromiseState.DUE)
    ledger.save(due, PromiseTransition(old.id, now, old.state, PromiseState.DUE, by))
    return due
