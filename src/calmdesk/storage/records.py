"""STAR records and surveys in the database (`desk.ports.Records`)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update

from calmdesk.desk.errors import Conflict, NotFound
from calmdesk.desk.people import Viewer
from calmdesk.desk.record import Record, Survey

from . import codec
from .door import visible_to
from .tables import conversations, records, surveys
from .work import Work


class StoredRecords:
    """See `desk.ports.Records`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of(self, conversation_id: str, viewer: Viewer) -> Record | None:
        """The newest record of a conversation. Raises NotFound for a conversation out of sight, and for every
        visitor: a record is the desk's own."""
        self._must_see(conversation_id, visible_to(viewer, conversations.c.desk_id, None))
        row = self._work.run(
            select(records)
            .where(records.c.conversation_id == conversation_id)
            .order_by(records.c.drafted_at.desc(), records.c.id.desc())
            .limit(1)
        ).one_or_none()
        return None if row is None else _record(row)

    def save(self, record: Record) -> None:
        """Writes a record by compare-and-set on `version - 1` (version 0: a new one). Raises Conflict."""
        values = _record_columns(record)
        if record.version == 0:
            self._work.run(insert(records), values)
            return
        changed = self._work.run(
            update(records)
            .where(records.c.id == record.id, records.c.version == record.version - 1)
            .values(**values)
        )
        if changed.rowcount != 1:
            raise Conflict

    def survey_of(self, conversation_id: str, viewer: Viewer) -> Survey | None:
        """The newest survey of a conversation. Raises NotFound for a conversation out of sight."""
        self._must_see(
            conversation_id, visible_to(viewer, conversations.c.desk_id, conversations.c.customer_id)
        )
        row = self._work.run(
            select(surveys)
            .where(surveys.c.conversation_id == conversation_id)
            .order_by(surveys.c.asked_at.desc(), surveys.c.id.desc())
            .limit(1)
        ).one_or_none()
        if row is None:
            return None
        return Survey(
            id=row.id, desk_id=row.desk_id, conversation_id=row.conversation_id, asked_at=row.asked_at,
            answered_at=row.answered_at, score=row.score, comment=row.comment,
        )  # fmt: skip

    def save_survey(self, survey: Survey) -> None:
        """Writes a survey, new or changed."""
        values = {
            "id": survey.id, "desk_id": survey.desk_id, "conversation_id": survey.conversation_id,
            "asked_at": survey.asked_at, "answered_at": survey.answered_at, "score": survey.score,
            "comment": survey.comment,
        }  # fmt: skip
        self._work.upsert(surveys, values, "id")

    def _must_see(self, conversation_id: str, visible: ColumnElement[bool]) -> None:
        seen = select(conversations.c.id).where(conversations.c.id == conversation_id, visible)
        if self._work.run(seen).one_or_none() is None:
            raise NotFound


def _record_columns(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "desk_id": record.desk_id,
        "conversation_id": record.conversation_id,
        "lines": codec.encode_lines(record.lines),
        "drafted_at": record.drafted_at,
        "verified": record.verified,
        "signed_by": record.signed_by,
        "signed_at": record.signed_at,
        "version": record.version,
    }


def _record(row: Row[Any]) -> Record:
    return Record(
        id=row.id, desk_id=row.desk_id, conversation_id=row.conversation_id,
        lines=codec.decode_lines(row.lines), drafted_at=row.drafted_at, verified=row.verified,
        signed_by=row.signed_by, signed_at=row.signed_at, version=row.version,
    )  # fmt: skip
