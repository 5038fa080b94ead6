"""The STAR record of a case and the question to the customer afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Part(StrEnum):
    """The four parts of a record."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One line of a record, with the ids of the messages it rests on (none only for what a person typed)."""

    part: Part
    text: str
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What happened in a case, told as Situation, Task, Action, Result.

    `verified` says that the customer confirmed the result; `signed_by` is empty while it is a draft.
    """

    id: str
    desk_id: str
    conversation_id: str
    lines: tuple[RecordLine, ...]
    drafted_at: datetime
    verified: bool = False
    signed_by: str = ""
    signed_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Survey:
    """The question to the customer. `score` 1..5 once answered."""

    id: str
    desk_id: str
    conversation_id: str
    asked_at: datetime
    answered_at: datetime | None = None
    score: int | None = None
    comment: str = ""
