"""A promise is kept, broken, renegotiated or released, with a note of why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from calmdesk.actions.live import announce
from calmdesk.actions.services import Services
from calmdesk.actions.words import clean_text
from calmdesk.desk.errors import BadInput, NotAllowed
from calmdesk.desk.events import Event, PromiseMade, PromiseMoved
from calmdesk.desk.people import Act, Viewer, may
from calmdesk.desk.ports import Promises
from calmdesk.desk.promise import Promise, PromiseTransition
from calmdesk.desk.vocabulary import PromiseState


@dataclass(frozen=True, slots=True)
class MovePromise:
    """Wanted: the promise in state `to`. A renegotiated one needs a new `due`; all but kept need a note."""

    viewer: Viewer
    promise_id: str
    to: PromiseState
    note: str = ""
    due: datetime | None = None


_BY_HAND = {PromiseState.KEPT, PromiseState.BROKEN, PromiseState.RENEGOTIATED, PromiseState.RELEASED}


def move_promise(wanted: MovePromise, services: Services) -> Promise:
    """Moves a promise; gives it back, or its successor when it was renegotiated.

    Raises NotFound, NotAllowed, BadInput (no note, no or past due), NoSuchArrow, Conflict.
    """
    if not may(wanted.viewer, Act.WRITE_AS_AGENT) or wanted.to not in _BY_HAND:
        raise NotAllowed
    note = clean_text(wanted.note, longest=2000, what="note") if wanted.note.strip() else ""
    if wanted.to is not PromiseState.KEPT and not note:
        raise BadInput(
            "Say in a few words why, for whoever reads this later. Nothing was changed.", what="note"
        )
    now = services.clock()
    if wanted.to is PromiseState.RENEGOTIATED and (wanted.due is None or wanted.due <= now):
        raise BadInput("A new time in the future is needed. Nothing was changed.", what="due")
    with services.units() as work:
        old = work.promises.get(wanted.promise_id, wanted.viewer, for_update=True)
        before = work.conversations.get(old.conversation_id, wanted.viewer, for_update=True)
        by = wanted.viewer.person_id or "system"
        if wanted.to is PromiseState.BROKEN and old.state is PromiseState.MADE:
            # Owning up early is honest: it passes through `due` so that the history shows every step.
            old = _due_first(work.promises, old, now, by)
        moved = old.moved(wanted.to)
        work.promises.save(moved, PromiseTransition(old.id, now, old.state, wanted.to, by, note))
        events: list[Event] = [
            PromiseMoved(at=now, by=by, promise_id=old.id, to=wanted.to, note=note, due=wanted.due)
        ]
        result = moved
        if wanted.to is PromiseState.RENEGOTIATED:
            result = replace(
                old, id=services.new_id(), due=wanted.due, state=PromiseState.MADE, made_at=now, version=0,
                reminded_at=None, escalated_at=None,
            )  # fmt: skip
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


def _due_first(ledger: Promises, old: Promise, now: datetime, by: str) -> Promise:
    due = old.moved(PromiseState.DUE)
    ledger.save(due, PromiseTransition(old.id, now, old.state, PromiseState.DUE, by))
    return due
