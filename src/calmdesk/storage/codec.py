"""Nouns to JSON and back. What comes back is validated strictly, never cast.

The JSON stands in text columns: the bytes are the same on both databases, and a NUL inside a message stays
what it was (`\\u0000`), which PostgreSQL's own JSON type would refuse.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from calmdesk.desk.conversation import Conversation
from calmdesk.desk.errors import BadInput
from calmdesk.desk.events import EVENTS, Event
from calmdesk.desk.record import RecordLine

T = TypeVar("T")

_SHAPE_LENGTH = 16


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _encode(kind: Any, value: object) -> str:
    try:
        return _adapter(kind).dump_json(value).decode("utf-8")
    except (PydanticSerializationError, UnicodeError) as error:
        # Half of a surrogate pair: no database and no browser could give it back.
        raise BadInput("The text holds characters that cannot be stored. Nothing was changed.") from error


def encode_event(event: Event) -> str:
    """The event as JSON, whole. Raises BadInput for text that is no Unicode."""
    kind: Any = EVENTS[event.kind]
    return _encode(kind, event)


def decode_event(kind: str, payload: str) -> Event:
    """The event of that kind. Raises KeyError or pydantic's ValidationError for a damaged row."""
    of_kind: Any = EVENTS[kind]
    event: Event = _adapter(of_kind).validate_json(payload, strict=True)
    return event


def encode_state(state: Conversation) -> str:
    """The snapshot of a conversation. Raises BadInput for text that is no Unicode."""
    return _encode(Conversation, state)


def decode_state(snapshot: str) -> Conversation:
    """A conversation from its snapshot. Raises pydantic's ValidationError for a damaged one."""
    state: Conversation = _adapter(Conversation).validate_json(snapshot, strict=True)
    return state


@cache
def state_shape() -> str:
    """A short name for the fields and types that a snapshot has today.

    A snapshot with another shape was written by another version and is folded anew from its timeline.
    """
    schema = json.dumps(_adapter(Conversation).json_schema(mode="serialization"), sort_keys=True)
    return hashlib.sha256(schema.encode()).hexdigest()[:_SHAPE_LENGTH]


def encode_lines(lines: tuple[RecordLine, ...]) -> str:
    """The lines of a record as JSON. Raises BadInput for text that is no Unicode."""
    return _encode(tuple[RecordLine, ...], lines)


def decode_lines(payload: str) -> tuple[RecordLine, ...]:
    """The lines of a record. Raises pydantic's ValidationError for a damaged row."""
    lines: tuple[RecordLine, ...] = _adapter(tuple[RecordLine, ...]).validate_json(payload, strict=True)
    return lines


def encode_mapping(values: Mapping[str, object]) -> str:
    """A bag of plain JSON values (settings, an outbox row's payload). Raises BadInput for anything else."""
    return _encode(dict[str, Any], dict(values))


def decode_mapping(payload: str) -> dict[str, object]:
    """A bag of plain JSON values. Raises pydantic's ValidationError for a damaged row."""
    values: dict[str, object] = _adapter(dict[str, Any]).validate_json(payload, strict=True)
    return values


def encode_strings(values: tuple[str, ...]) -> str:
    """A list of words as JSON. Raises BadInput for text that is no Unicode."""
    return _encode(tuple[str, ...], values)


def decode_strings(payload: str) -> tuple[str, ...]:
    """A list of words. Raises pydantic's ValidationError for a damaged row."""
    values: tuple[str, ...] = _adapter(tuple[str, ...]).validate_json(payload, strict=True)
    return values
