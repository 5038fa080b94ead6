"""Conversations and their timelines in the database (`desk.ports.Conversations`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, insert, select, update

from calmdesk.desk.conversation import Conversation, fold
from calmdesk.desk.errors import Conflict, NotFound
from calmdesk.desk.events import ConversationOpened, Event, MessagePosted
from calmdesk.desk.people import Viewer, ViewerKind
from calmdesk.desk.ports import Entry, InboxFilter, InboxLine, InboxOrder
from calmdesk.desk.vocabulary import HeatBand, Status

from . import codec
from .door import visible_to
from .lines import CLOSED_QUEUE, folded, line_of, queue_of, searchable, waits_from
from .tables import conversations, entries
from .work import Work

_HOT = tuple(band for band in HeatBand if band.hot)
_LINE = tuple(
    conversations.c[name]
    for name in (
        "id", "customer_name", "channel", "lang", "status", "band", "heat", "last_words", "last_by_customer",
        "last_at", "waiting_since", "next_due", "owner", "owner_name", "rung", "safety", "issue", "seq",
    )
)  # fmt: skip
# Built once: the columns to set come with the values, which is a good deal cheaper than naming them in it.
_CHANGE = update(conversations).where(
    conversations.c.id == bindparam("of"), conversations.c.seq == bindparam("after")
)
_ENTRY = (entries.c.conversation_id, entries.c.seq, entries.c.kind, entries.c.payload)


class StoredConversations:
    """See `desk.ports.Conversations`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, conversation_id: str, viewer: Viewer, *, for_update: bool = False) -> Conversation:
        """The newest state. Raises NotFound. With `for_update` no other transaction appends until this ends."""
        found = select(conversations.c.state, conversations.c.shape).where(
            conversations.c.id == conversation_id, _visible(viewer)
        )
        if for_update and self._work.on_postgres:
            found = found.with_for_update()
        row = self._work.run(found).one_or_none()
        if row is None:
            raise NotFound
        if row.shape != codec.state_shape():
            # Another version wrote the snapshot. The timeline is the truth; the next append writes a new one.
            return self.folded(conversation_id)
        return codec.decode_state(row.state)

    def folded(self, conversation_id: str) -> Conversation:
        """The state folded from the whole timeline; what the snapshot must equal."""
        rows = self._work.run(
            select(*_ENTRY).where(entries.c.conversation_id == conversation_id).order_by(entries.c.seq)
        )
        return fold(_entry(row).event for row in rows)

    def append(
        self, before: Conversation, events: Sequence[Event], *, client_key: str | None = None
    ) -> Conversation:
        """Adds events after `before` and gives the new state. Raises Conflict if the timeline moved on.

        1. The conversation's row is written on condition that its `seq` is still that of `before` (or inserted);
           one row must have changed, else somebody else was first.
        2. The events are inserted. A `client_key` that the conversation knows already raises Conflict, after
           which this transaction can only be rolled back.

        The cost depends on the number of events given and on the bounded state, not on the timeline's length.
        """
        if not events:
            return before
        state = before
        for event in events:
            state = state.apply(event)
        if before.seq == 0:
            if not isinstance(events[0], ConversationOpened):
                raise ValueError("a conversation begins with ConversationOpened")
            self._work.run(
                insert(conversations), _columns(state) | {"id": state.id, "desk_id": state.desk_id}
            )
        else:
            changed = self._work.run(_CHANGE, _columns(state) | {"of": before.id, "after": before.seq})
            if changed.rowcount != 1:
                raise Conflict
        self._work.run(insert(entries), _rows(state.id, before.seq, events, client_key))
        return state

    def message_by_key(self, conversation_id: str, client_key: str) -> Entry | None:
        """The message that was posted with that key, if there is one."""
        row = self._work.run(
            select(*_ENTRY).where(
                entries.c.conversation_id == conversation_id, entries.c.client_key == client_key
            )
        ).one_or_none()
        return None if row is None else _entry(row)

    def timeline(
        self,
        conversation_id: str,
        viewer: Viewer,
        *,
        after_seq: int = -1,
        before_seq: int | None = None,
        limit: int = 200,
    ) -> list[Entry]:
        """The newest `limit` entries in between, oldest first; a visitor gets public ones only. Raises NotFound."""
        between = self._readable(conversation_id, viewer).where(entries.c.seq > after_seq)
        if before_seq is not None:
            between = between.where(entries.c.seq < before_seq)
        rows = self._work.run(between.order_by(entries.c.seq.desc()).limit(limit)).all()
        if not rows:
            self._must_see(conversation_id, viewer)
        return [_entry(row) for row in reversed(rows)]

    def entry(self, conversation_id: str, seq: int, viewer: Viewer) -> Entry:
        """One entry. Raises NotFound."""
        row = self._work.run(
            self._readable(conversation_id, viewer).where(entries.c.seq == seq)
        ).one_or_none()
        if row is None:
            raise NotFound
        return _entry(row)

    def inbox(self, viewer: Viewer, which: InboxFilter, *, limit: int = 100) -> list[InboxLine]:
        """The lines that the viewer may see, in order."""
        rows = self._work.run(_ordered(_filtered(viewer, which), which.order).limit(limit))
        return [_line(row) for row in rows]

    def line(self, conversation_id: str, viewer: Viewer) -> InboxLine:
        """One line. Raises NotFound."""
        row = self._work.run(
            select(*_LINE).where(conversations.c.id == conversation_id, _visible(viewer))
        ).one_or_none()
        if row is None:
            raise NotFound
        return _line(row)

    def of_customer(self, customer_id: str, viewer: Viewer, *, limit: int = 20) -> list[InboxLine]:
        """A customer's conversations, newest first."""
        rows = self._work.run(
            select(*_LINE)
            .where(conversations.c.customer_id == customer_id, _visible(viewer))
            .order_by(conversations.c.last_at.desc(), conversations.c.id)
            .limit(limit)
        )
        return [_line(row) for row in rows]

    def _readable(self, conversation_id: str, viewer: Viewer) -> Select[Any]:
        found = (
            select(*_ENTRY)
            .join(conversations, conversations.c.id == entries.c.conversation_id)
            .where(entries.c.conversation_id == conversation_id, _visible(viewer))
        )
        if viewer.kind is ViewerKind.VISITOR:
            found = found.where(entries.c.public)
        return found

    def _must_see(self, conversation_id: str, viewer: Viewer) -> None:
        seen = select(conversations.c.id).where(conversations.c.id == conversation_id, _visible(viewer))
        if self._work.run(seen).one_or_none() is None:
            raise NotFound


def _visible(viewer: Viewer) -> ColumnElement[bool]:
    return visible_to(viewer, conversations.c.desk_id, conversations.c.customer_id)


def _filtered(viewer: Viewer, which: InboxFilter) -> Select[Any]:
    found = select(*_LINE).where(_visible(viewer))
    if which.status is not None and which.order is InboxOrder.HOTTEST:
        # `queue` says the same as `status` and is what this order's index begins with.
        closed = conversations.c.queue == CLOSED_QUEUE
        found = found.where(closed if which.status is Status.CLOSED else conversations.c.queue < CLOSED_QUEUE)
    elif which.status is not None:
        found = found.where(conversations.c.status == which.status)
    if which.owner == "none":
        found = found.where(conversations.c.owner.is_(None))
    elif which.owner is not None:
        found = found.where(conversations.c.owner == which.owner)
    if which.channel is not None:
        found = found.where(conversations.c.channel == which.channel)
    if which.hot:
        found = found.where(conversations.c.band.in_(_HOT))
    words = folded(" ".join(which.text.split()))
    if words:
        found = found.where(conversations.c.search.contains(words, autoescape=True))
    return found


def _ordered(found: Select[Any], order: InboxOrder) -> Select[Any]:
    c = conversations.c
    match order:
        case InboxOrder.HOTTEST:
            return found.order_by(c.queue, c.waits_from, c.coolness, c.id)
        case InboxOrder.WAITING:
            return found.order_by(c.waits_from, c.queue, c.id)
        case InboxOrder.NEWEST:
            return found.order_by(c.last_at.desc(), c.id)


def _columns(state: Conversation) -> dict[str, Any]:
    line = line_of(state)
    return {
        "customer_id": state.customer_id,
        "customer_name": line.customer_name,
        "channel": line.channel,
        "lang": line.lang,
        "status": line.status,
        "owner": line.owner,
        "owner_name": line.owner_name,
        "band": line.band,
        "heat": line.heat,
        "rung": line.rung,
        "safety": line.safety,
        "issue": line.issue,
        "last_words": line.last_words,
        "last_by_customer": line.last_by_customer,
        "last_at": line.last_at,
        "waiting_since": line.waiting_since,
        "next_due": line.next_due,
        "queue": queue_of(line),
        "waits_from": waits_from(line),
        "coolness": 1.0 - line.heat,
        "search": searchable(line, state.subject),
        "seq": state.seq,
        "shape": codec.state_shape(),
        "state": codec.encode_state(state),
    }


def _rows(
    conversation_id: str, first_seq: int, events: Sequence[Event], client_key: str | None
) -> list[dict[str, Any]]:
    rows = []
    for seq, event in enumerate(events, start=first_seq):
        message = isinstance(event, MessagePosted)
        rows.append(
            {
                "conversation_id": conversation_id,
                "seq": seq,
                "kind": event.kind,
                "public": event.public,
                "at": event.at,
                "by_id": event.by,
                "message_id": event.message_id if isinstance(event, MessagePosted) else None,
                "client_key": client_key if message else None,
                "payload": codec.encode_event(event),
            }
        )
        if message:
            client_key = None
    return rows


def _entry(row: Row[Any]) -> Entry:
    return Entry(row.conversation_id, row.seq, codec.decode_event(row.kind, row.payload))


def _line(row: Row[Any]) -> InboxLine:
    return InboxLine(
        conversation_id=row.id, customer_name=row.customer_name, channel=row.channel, lang=row.lang,
        status=row.status, band=row.band, heat=row.heat, last_words=row.last_words,
        last_by_customer=row.last_by_customer, last_at=row.last_at, waiting_since=row.waiting_since,
        next_due=row.next_due, owner=row.owner, owner_name=row.owner_name, rung=row.rung, safety=row.safety,
        issue=row.issue, seq=row.seq,
    )  # fmt: skip
