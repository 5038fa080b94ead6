"""Outward acts in the database (`desk.ports.Outbox`).

    ready → leased → finished | ready again (failed, or the lease ran out) | poisoned

`ready_at` carries the state: the instant from which a row may be claimed, empty when there is nothing to do.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, or_, select, text, update

from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import OutboxRow, Topic

from . import codec
from .door import visible_to
from .lines import LONG_AGO
from .tables import outbox
from .work import Work

#: Names the lock that keeps the ids of live rows in the order in which they become visible (PostgreSQL).
_ORDER_LOCK = 0x_CA1D_E5C0
_ROW = tuple(
    outbox.c[name]
    for name in (
        "id", "topic", "kind", "desk_id", "key", "at", "conversation_id", "audience", "person_id", "payload",
        "attempts", "error", "not_before",
    )
)  # fmt: skip


class StoredOutbox:
    """See `desk.ports.Outbox`."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._waiting: dict[str, OutboxRow] = {}

    def add(self, row: OutboxRow) -> None:
        """Writes a row. A row whose key is known already is dropped in silence.

        The rows of a transaction are written together at its end (`flush`), or before the outbox is asked.
        """
        self._waiting.setdefault(row.key, row)

    def flush(self) -> None:
        """Writes what was added.

        On PostgreSQL a number drawn first can become visible last, and a reader that follows the ids would step
        over it for ever. So a transaction that adds live rows takes a lock before it draws their numbers and
        keeps it until it has committed; `after` therefore never misses a row. The price is that such
        transactions commit one after the other, as they do on SQLite anyway.
        """
        rows, self._waiting = list(self._waiting.values()), {}
        if not rows:
            return
        if self._work.on_postgres and any(row.topic is Topic.LIVE for row in rows):
            self._work.run(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ORDER_LOCK})
        self._work.insert_all_new(outbox, [_columns(row) for row in rows], "key")

    def after(self, last_id: int, *, topic: Topic = Topic.LIVE, limit: int = 500) -> list[OutboxRow]:
        """Rows of a topic with a higher id, in order. Of live rows none appears later below an id once seen;
        for other topics that holds on SQLite alone (they are claimed, not followed)."""
        self.flush()
        rows = self._work.run(
            select(*_ROW)
            .where(outbox.c.topic == topic, outbox.c.id > last_id)
            .order_by(outbox.c.id)
            .limit(limit)
        )
        return [_row(row) for row in rows]

    def bounds(self, topic: Topic = Topic.LIVE) -> tuple[int, int]:
        """The lowest and highest id kept for a topic (0, 0 when there are none)."""
        self.flush()
        # Two questions, each answered by one end of the index.
        lowest = select(func.min(outbox.c.id)).where(outbox.c.topic == topic).scalar_subquery()
        highest = select(func.max(outbox.c.id)).where(outbox.c.topic == topic).scalar_subquery()
        ends = self._work.run(select(lowest.label("lowest"), highest.label("highest"))).one()
        return ends.lowest or 0, ends.highest or 0

    def claim(
        self, topic: Topic, now: datetime, worker: str, *, lease: float, limit: int = 20
    ) -> list[OutboxRow]:
        """Rows to carry out, leased to `worker` for `lease` seconds; an expired lease comes back.

        `attempts` counts the claims, this one included. Live rows are followed with `after`, never claimed.
        A worker that dies keeps its rows until the lease runs out; one that is merely slow may find at `finish`
        that somebody else has carried the row out too: what it does must bear that (the row's key helps).
        """
        self.flush()
        ready = (
            select(outbox.c.id)
            .where(outbox.c.topic == topic, outbox.c.ready_at <= now)
            .order_by(outbox.c.ready_at, outbox.c.id)
            .limit(limit)
        )
        if self._work.on_postgres:
            ready = ready.with_for_update(skip_locked=True)
        rows = self._work.run(
            update(outbox)
            .where(outbox.c.id.in_(ready.scalar_subquery()), outbox.c.ready_at <= now)
            .values(
                leased_by=worker,
                ready_at=now + timedelta(seconds=lease),
                attempts=outbox.c.attempts + 1,
            )
            .returning(*_ROW)
        ).all()
        return sorted((_row(row) for row in rows), key=lambda row: row.id)

    def finish(self, row_id: int, now: datetime, worker: str) -> bool:
        """Marks a leased row as done; False if the lease was lost meanwhile."""
        done = self._work.run(
            update(outbox)
            .where(_leased(row_id, worker))
            .values(finished_at=now, ready_at=None, leased_by=None, error="")
        )
        return done.rowcount == 1

    def fail(self, row_id: int, now: datetime, worker: str, error: str, *, retry_at: datetime | None) -> None:
        """Gives a row back for `retry_at`, or sets it aside for good (None): it is then poisoned and shown.

        Whoever has lost the lease changes nothing.
        """
        self._work.run(
            update(outbox)
            .where(_leased(row_id, worker))
            .values(
                ready_at=retry_at,
                leased_by=None,
                poisoned_at=now if retry_at is None else None,
                error=error[:2000],
            )
        )

    def waiting(
        self, topic: Topic, viewer: Viewer, *, conversation_id: str | None = None, limit: int = 200
    ) -> list[OutboxRow]:
        """Rows of a topic that the viewer may see and that wait for their time, soonest first."""
        self.flush()
        found = select(*_ROW).where(
            visible_to(viewer, outbox.c.desk_id, None), outbox.c.topic == topic, outbox.c.not_before.is_not(None),
            outbox.c.finished_at.is_(None), outbox.c.poisoned_at.is_(None),
        )  # fmt: skip
        if conversation_id is not None:
            found = found.where(outbox.c.conversation_id == conversation_id)
        rows = self._work.run(found.order_by(outbox.c.not_before, outbox.c.id).limit(limit))
        return [_row(row) for row in rows]

    def cancel(self, row_id: int, viewer: Viewer, now: datetime) -> bool:
        """Takes back a row that waits; False when it is being carried out, done, or out of sight.

        A row whose last worker died is `leased` until somebody claims it again; it may be half done, so it is
        left to be finished.
        """
        self.flush()
        taken = self._work.run(
            update(outbox)
            .where(
                outbox.c.id == row_id, visible_to(viewer, outbox.c.desk_id, None), outbox.c.leased_by.is_(None),
                outbox.c.ready_at.is_not(None),
            )
            .values(finished_at=now, ready_at=None, error="cancelled")
        )  # fmt: skip
        return taken.rowcount == 1

    def poisoned(self, viewer: Viewer) -> list[OutboxRow]:
        """Rows of the viewer's desk that were set aside."""
        self.flush()
        rows = self._work.run(
            select(*_ROW)
            .where(outbox.c.poisoned_at.is_not(None), visible_to(viewer, outbox.c.desk_id, None))
            .order_by(outbox.c.id)
        )
        return [_row(row) for row in rows]

    def prune(self, before: datetime) -> int:
        """Forgets live rows and finished rows older than that; how many."""
        self.flush()
        old = or_(
            and_(outbox.c.topic == Topic.LIVE, outbox.c.at < before),
            outbox.c.finished_at < before,
        )
        return self._work.run(delete(outbox).where(old)).rowcount


def _leased(row_id: int, worker: str) -> ColumnElement[bool]:
    return and_(outbox.c.id == row_id, outbox.c.leased_by == worker)


def _columns(row: OutboxRow) -> dict[str, Any]:
    return {
        "topic": row.topic,
        "kind": row.kind,
        "desk_id": row.desk_id,
        "key": row.key,
        "at": row.at,
        "conversation_id": row.conversation_id,
        "audience": row.audience,
        "person_id": row.person_id,
        "payload": codec.encode_mapping(row.payload),
        "attempts": 0,
        # Not `at`: a clock that was set back since must not hold a fresh row up.
        "ready_at": None if row.topic is Topic.LIVE else row.not_before or LONG_AGO,
        "not_before": row.not_before,
        "error": "",
    }


def _row(row: Row[Any]) -> OutboxRow:
    return OutboxRow(
        topic=row.topic, kind=row.kind, desk_id=row.desk_id, key=row.key, at=row.at,
        conversation_id=row.conversation_id, audience=row.audience, person_id=row.person_id,
        payload=codec.decode_mapping(row.payload), id=row.id, attempts=row.attempts, error=row.error,
        not_before=row.not_before,
    )  # fmt: skip
