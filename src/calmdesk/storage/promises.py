"""The ledger of promises in the database (`desk.ports.Promises`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, insert, select, update

from calmdesk.desk.errors import Conflict, NotFound
from calmdesk.desk.people import Viewer, ViewerKind
from calmdesk.desk.ports import PromiseFilter
from calmdesk.desk.promise import OPEN_STATES, Promise, PromiseTransition
from calmdesk.desk.vocabulary import PromiseState

from .door import visible_to
from .lines import NEVER
from .tables import conversations, promise_transitions, promises
from .work import Work

_OPEN = tuple(state for state in PromiseState if state in OPEN_STATES)
_FIELDS = (
    "id", "desk_id", "conversation_id", "message_id", "owner_id", "kind", "quote", "due", "state", "made_at",
    "reminded_at", "escalated_at", "version", "told_at", "wake_at",
)  # fmt: skip
# Made once: building it anew for each promise cost more than running it.
_SAVE = update(promises).where(
    promises.c.id == bindparam("the_id"), promises.c.version == bindparam("version_before")
)
_PROMISE = tuple(promises.c[name] for name in _FIELDS)


class StoredPromises:
    """See `desk.ports.Promises`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, promise: Promise, transition: PromiseTransition) -> None:
        """Writes a new promise and its first row of history. Raises Conflict when the id is taken."""
        self._work.run(insert(promises), _columns(promise))
        self._write(transition, promise.version)

    def get(self, promise_id: str, viewer: Viewer, *, for_update: bool = False) -> Promise:
        """One promise. Raises NotFound."""
        found = _seen_by(viewer).where(promises.c.id == promise_id)
        if for_update and self._work.on_postgres:
            found = found.with_for_update(of=promises)
        row = self._work.run(found).one_or_none()
        if row is None:
            raise NotFound
        return _promise(row)

    def save(self, promise: Promise, transition: PromiseTransition | None = None) -> None:
        """Writes a changed promise by compare-and-set on `version - 1`. Raises Conflict."""
        changed = self._work.run(
            _SAVE, {**_columns(promise), "the_id": promise.id, "version_before": promise.version - 1}
        )
        if changed.rowcount != 1:
            raise Conflict
        if transition is not None:
            self._write(transition, promise.version)

    def listing(self, viewer: Viewer, which: PromiseFilter, *, limit: int = 200) -> list[Promise]:
        """Promises of conversations that the viewer may see; soonest due first, those without a time last."""
        found = _seen_by(viewer)
        if which.owner is not None:
            found = found.where(promises.c.owner_id == which.owner)
        if which.states:
            found = found.where(promises.c.state.in_(which.states))
        if which.conversation_id is not None:
            found = found.where(promises.c.conversation_id == which.conversation_id)
        if which.overdue_at is not None:
            found = found.where(promises.c.state.in_(_OPEN), promises.c.sort_due < which.overdue_at)
        rows = self._work.run(found.order_by(promises.c.sort_due, promises.c.id).limit(limit))
        return [_promise(row) for row in rows]

    def history(self, promise_id: str, viewer: Viewer) -> list[PromiseTransition]:
        """A promise's rows, oldest first. Raises NotFound, also for a visitor: notes are for colleagues."""
        if viewer.kind is ViewerKind.VISITOR:
            raise NotFound
        self.get(promise_id, viewer)
        rows = self._work.run(
            select(promise_transitions)
            .where(promise_transitions.c.promise_id == promise_id)
            .order_by(promise_transitions.c.version)
        )
        return [
            PromiseTransition(
                promise_id=row.promise_id, at=row.at, before=row.state_before, after=row.state_after,
                by=row.by_id, note=row.note, proof_message_id=row.proof_message_id,
            )
            for row in rows
        ]  # fmt: skip

    def kept(self, viewer: Viewer, since: datetime, *, owner: str | None = None) -> tuple[int, int, int, int]:
        """See the port; one pass over the desk's promises due since then, counted by the database."""
        c = promises.c
        found = select(c.state, c.escalated_at.is_not(None).label("late"), func.count().label("many")).where(
            visible_to(viewer, c.desk_id, None), c.due >= since
        )
        if owner is not None:
            found = found.where(c.owner_id == owner)
        counts = {
            (row.state, bool(row.late)): row.many
            for row in self._work.run(found.group_by(c.state, c.escalated_at.is_not(None)))
        }
        state = PromiseState
        kept = counts.get((state.KEPT, False), 0)
        missed = sum(counts.get((one, True), 0) for one in (state.KEPT, state.MADE, state.DUE))
        missed += sum(counts.get((state.BROKEN, late), 0) for late in (True, False))
        released, moved = (
            sum(counts.get((one, late), 0) for late in (True, False))
            for one in (state.RELEASED, state.RENEGOTIATED)
        )
        return kept, kept + missed, released, moved

    def needing_attention(self, now: datetime, *, limit: int = 100, claim: bool = False) -> list[Promise]:
        """Open promises of all desks that the keeper has something to do about, in order.

        One range of the index of `wake_at`, where settled promises do not stand. With `claim` they are locked
        until the transaction ends, and those locked by another worker left out (SQLite has one writer anyway).
        """
        c = promises.c
        found = select(*_PROMISE).where(c.wake_at <= now).order_by(c.wake_at, c.id).limit(limit)
        if claim and self._work.on_postgres:
            found = found.with_for_update(skip_locked=True)
        return [_promise(row) for row in self._work.run(found)]

    def _write(self, transition: PromiseTransition, version: int) -> None:
        self._work.run(
            insert(promise_transitions),
            {
                "promise_id": transition.promise_id,
                "version": version,
                "at": transition.at,
                "state_before": transition.before,
                "state_after": transition.after,
                "by_id": transition.by,
                "note": transition.note,
                "proof_message_id": transition.proof_message_id,
            },
        )


def _seen_by(viewer: Viewer) -> Select[Any]:
    found = select(*_PROMISE)
    if viewer.kind is not ViewerKind.VISITOR:
        return found.where(visible_to(viewer, promises.c.desk_id, None))
    # A foreign key keeps a promise at the desk of its conversation, so only a customer needs the join.
    joined = found.join(conversations, conversations.c.id == promises.c.conversation_id)
    return joined.where(visible_to(viewer, promises.c.desk_id, conversations.c.customer_id))


def _columns(promise: Promise) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(promise, name) for name in _FIELDS}
    return values | {"wake_at": promise.next_wake, "sort_due": promise.due or NEVER}


def _promise(row: Row[Any]) -> Promise:
    return Promise(**{name: getattr(row, name) for name in _FIELDS})
