"""`advise --jsonl`: a conversation in, the advice after every turn out. The advice sees only the turns before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from calmdesk.desk.conversation import Conversation
from calmdesk.desk.events import ConversationOpened, MessagePosted
from calmdesk.desk.reading import Reading
from calmdesk.desk.vocabulary import Channel, Lang, Role

from .coach import Coach
from .signals import lang_of

#: Other names that transcripts have for a channel.
CHANNEL_NAMES = {
    "in_person": Channel.COUNTER,
    "counter": Channel.COUNTER,
    "mail": Channel.EMAIL,
    "call": Channel.PHONE,
}
LARGEST_TURNS = 2_000
LARGEST_TEXT = 100_000
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Reads(Protocol):
    """Reads a turn with what was said before it, and nothing after; `Reader.read` is one."""

    def __call__(
        self, text: str, /, *, role: Role, channel: Channel, so_far: Conversation, now: datetime
    ) -> Reading:
        """The reading of one turn."""
        ...


class BadRow(ValueError):
    """A row that can't be read; `code` is stable."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class TurnIn:
    """One turn of a transcript."""

    role: Role
    text: str
    at: datetime


def advise_line(row: object, coach: Coach, read: Reads) -> dict[str, Any]:
    """The answer to one row: `{"id", "after": […]}` or `{"id", "error": {"code", "message"}}`."""
    ident = row.get("id") if isinstance(row, Mapping) else None
    try:
        turns, lang, channel = _row(row)
    except BadRow as fault:
        return {"id": ident, "error": {"code": fault.code, "message": str(fault)}}
    return {"id": ident, "after": advise_turns(turns, coach, read, lang=lang, channel=channel)}


def advise_turns(
    turns: list[TurnIn], coach: Coach, read: Reads, *, lang: Lang, channel: Channel
) -> list[dict[str, Any]]:
    """One row after every turn: what is due next or, after an agent's turn, still owed."""
    rows: list[dict[str, Any]] = []
    if not turns:
        return rows
    state = Conversation().apply(
        ConversationOpened(
            at=turns[0].at, by="customer", conversation_id="transcript", desk_id="", customer_id="",
            channel=channel, lang=lang,
        )
    )  # fmt: skip
    for number, turn in enumerate(turns):
        reading = read(turn.text, role=turn.role, channel=channel, so_far=state, now=turn.at)
        state = state.apply(
            MessagePosted(
                at=turn.at, by=turn.role.value, message_id=f"m{number}", role=turn.role, author_name="",
                text=turn.text, reading=reading,
            )
        )  # fmt: skip
        advice = coach.advise(state, lang=lang, now=turn.at)
        rows.append(
            {
                "turn": number,
                "next": [step.value for step in advice.next],
                "ladder": advice.ladder.value if advice.ladder else None,
                "heat": {"band": advice.heat.band.value, "score": advice.heat.score},
                "risk": advice.risk,
                "because": advice.because,
            }
        )
    return rows


def _row(row: object) -> tuple[list[TurnIn], Lang, Channel]:
    if not isinstance(row, Mapping):
        raise BadRow("not_an_object", "a line must be a JSON object")
    raw = row.get("turns")
    if not isinstance(raw, list):
        raise BadRow("turns", "`turns` must be a list of {role, text, at}")
    if len(raw) > LARGEST_TURNS:
        raise BadRow("too_long", f"more than {LARGEST_TURNS} turns")
    turns: list[TurnIn] = []
    for number, item in enumerate(raw):
        turns.append(_turn(item, number, turns[-1].at if turns else None))
    return turns, _lang(row.get("lang"), turns), _channel(row.get("channel"))


def _turn(item: object, number: int, before: datetime | None) -> TurnIn:
    if not isinstance(item, Mapping):
        raise BadRow("turn", f"turn {number} must be an object")
    role, text = item.get("role"), item.get("text")
    if not isinstance(role, str) or role not in {r.value for r in Role}:
        raise BadRow("role", f"turn {number}: `role` must be customer, agent or bot")
    if not isinstance(text, str):
        raise BadRow("text", f"turn {number}: `text` must be a string")
    if len(text) > LARGEST_TEXT:
        raise BadRow("too_long", f"turn {number}: more than {LARGEST_TEXT} characters")
    return TurnIn(Role(role), text, _instant(item.get("at"), number, before))


def _instant(value: object, number: int, before: datetime | None) -> datetime:
    """The turn's time; a minute after the one before where none is given, UTC where it has no zone."""
    if value is None:
        return _EPOCH if before is None else before + timedelta(minutes=1)
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None:
        raise BadRow("at", f"turn {number}: `at` must be an ISO-8601 instant")
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _lang(value: object, turns: list[TurnIn]) -> Lang:
    if value is None:
        return lang_of(" ".join(turn.text for turn in turns[:1]), Lang.EN)
    if not isinstance(value, str) or value not in {lang.value for lang in Lang}:
        raise BadRow("lang", f"`lang` must be one of {', '.join(Lang)}")
    return Lang(value)


def _channel(value: object) -> Channel:
    """The channel; chat where it is unknown, since only the hints depend on it."""
    if value is None:
        return Channel.CHAT
    if not isinstance(value, str):
        raise BadRow("channel", "`channel` must be a string")
    named = CHANNEL_NAMES.get(value)
    return named or (Channel(value) if value in {c.value for c in Channel} else Channel.CHAT)
