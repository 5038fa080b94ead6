"""Acts for later: a reminder, a message at a set time, the question some days after the close.

Each is one row of the outbox that may not be carried out before its time. Nothing that a customer writes takes one
back; a person of the desk can.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .ports import OutboxRow


class ScheduleKind(StrEnum):
    """What is to happen later."""

    REMIND = "remind"
    MESSAGE = "message"
    CHECK_IN = "check_in"


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One act for later: `at` its time, `by` who asked for it, `text` the note or the message."""

    id: int
    kind: ScheduleKind
    desk_id: str
    conversation_id: str
    at: datetime
    by: str
    text: str = ""
    unless_answered: bool = False
    seen_seq: int = 0

    def payload(self) -> dict[str, object]:
        """What its row holds."""
        return {
            "by": self.by,
            "text": self.text,
            "unless_answered": self.unless_answered,
            "seen_seq": self.seen_seq,
        }


def scheduled_of(row: OutboxRow) -> Scheduled:
    """The act that a row stands for. Raises ValueError for a row that is none."""
    seen = row.payload.get("seen_seq", 0)
    return Scheduled(
        id=row.id,
        kind=ScheduleKind(row.kind),
        desk_id=row.desk_id,
        conversation_id=row.conversation_id or "",
        at=row.not_before or row.at,
        by=str(row.payload.get("by", "")),
        text=str(row.payload.get("text", "")),
        unless_answered=row.payload.get("unless_answered") is True,
        seen_seq=seen if isinstance(seen, int) else 0,
    )
