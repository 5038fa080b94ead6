"""What can happen in a conversation. The timeline is a list of these; the conversation is their fold.

Each event is immutable and carries the aware instant `at` and `by`: a person's id, "customer", "bot" or "system".
`kind` names it in storage. Readings are part of the event: replaying an old timeline does not need the model that
read it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from .reading import Reading
from .vocabulary import Channel, Lang, PromiseKind, PromiseState, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. `public` says whether the customer may see it."""

    kind: ClassVar[str] = "event"
    public: ClassVar[bool] = False
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationOpened(Event):
    """A customer began to talk to the desk."""

    kind: ClassVar[str] = "opened"
    conversation_id: str
    desk_id: str
    customer_id: str
    channel: Channel
    lang: Lang
    customer_name: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePosted(Event):
    """Somebody said something to the other side."""

    kind: ClassVar[str] = "message"
    public: ClassVar[bool] = True
    message_id: str
    role: Role
    author_name: str
    text: str
    reading: Reading
    opening_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(Event):
    """A note for colleagues; `to` names one of them when it is a whisper."""

    kind: ClassVar[str] = "note"
    author_name: str
    text: str
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerChanged(Event):
    """The conversation went into other hands. `owner` is a person's id, "bot", or None for nobody."""

    kind: ClassVar[str] = "owner"
    owner: str | None
    owner_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMade(Event):
    """A message committed the desk to something."""

    kind: ClassVar[str] = "promise_made"
    promise_id: str
    message_id: str
    promise: PromiseKind
    quote: str
    due: datetime | None
    owner: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMoved(Event):
    """A promise changed its state; `due` is the new time of a renegotiated one's successor."""

    kind: ClassVar[str] = "promise_moved"
    promise_id: str
    to: PromiseState
    note: str = ""
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisorAlerted(Event):
    """The supervisors were told at once; `reason` is `threat`, `self_harm`, `overdue`, `disengage` or `hate`."""

    kind: ClassVar[str] = "alert"
    reason: str
    message_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationClosed(Event):
    """The work is done for now."""

    kind: ClassVar[str] = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationReopened(Event):
    """There is work again."""

    kind: ClassVar[str] = "reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSigned(Event):
    """The STAR record was signed off."""

    kind: ClassVar[str] = "record_signed"
    record_id: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAsked(Event):
    """The customer was asked how it went."""

    kind: ClassVar[str] = "survey_asked"
    public: ClassVar[bool] = True
    survey_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswered(Event):
    """The customer said how it went: `score` 1..5."""

    kind: ClassVar[str] = "survey_answered"
    survey_id: str
    score: int
    comment: str = ""
    chosen: tuple[str, ...] = field(default=())


#: Every event, by the name it has in storage.
EVENTS: dict[str, type[Event]] = {
    cls.kind: cls
    for cls in (
        ConversationOpened, MessagePosted, NoteWritten, OwnerChanged, PromiseMade, PromiseMoved,
        SupervisorAlerted, ConversationClosed, ConversationReopened, RecordSigned, SurveyAsked, SurveyAnswered,
    )
}  # fmt: skip
