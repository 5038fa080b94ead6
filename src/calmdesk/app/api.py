"""The engine as three functions, for scripts and notebooks. The first call loads content and model, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from calmdesk.app.build import build_engine
from calmdesk.app.settings import load_settings
from calmdesk.coach import Coach
from calmdesk.coach.advice import Advice, DraftAdvice
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.events import ConversationOpened, MessagePosted
from calmdesk.desk.hours import OfficeHours
from calmdesk.desk.reading import Reading
from calmdesk.desk.vocabulary import Channel, Lang, Role
from calmdesk.reading import Reader

#: Turns without times are taken to be a minute apart, from here.
START = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
OFFICE = ("Mon-Fri 09:00-18:00", "UTC")


@lru_cache(maxsize=1)
def _engine() -> tuple[Reader, Coach]:
    engine = build_engine(load_settings())
    return engine.reader, engine.coach


def read(
    text: str,
    *,
    role: str = "customer",
    lang: str | None = None,
    now: datetime | None = None,
    office: OfficeHours | None = None,
) -> Reading:
    """What one message says.

    `role` is "customer", "agent" or "bot"; `lang` "en", "ru" or None (recognised). Promises get their due time from
    `now` (aware) and `office`. Raises ValueError for an unknown role or language; never for any text.
    """
    reader, _ = _engine()
    hours = office or (OfficeHours.parse(*OFFICE) if now else None)
    return reader.read(text, role=Role(role), lang=Lang(lang) if lang else None, now=now, office=hours)


def lint(draft: str, *, lang: str | None = None, now: datetime | None = None) -> DraftAdvice:
    """What makes things worse in a draft, better wordings, promises in it and what is missing. Raises ValueError."""
    _, coach = _engine()
    reading = read(draft, role="agent", lang=lang, now=now)
    return coach.check_draft(draft, reading, None, lang=reading.lang)


def advise(turns: Iterable[tuple[str, str]], *, channel: str = "chat", lang: str = "en") -> list[Advice]:
    """What is due next after each turn of a conversation.

    `turns` are (role, text) pairs, oldest first; `lang` is the language of the advice. One Advice for each turn, each
    seeing only what came before. Raises ValueError for an unknown role, channel or language.
    """
    reader, coach = _engine()
    state = Conversation().apply(
        ConversationOpened(
            at=START, by="customer", conversation_id="api", desk_id="api", customer_id="api",
            channel=Channel(channel), lang=Lang(lang),
        )
    )  # fmt: skip
    said: list[Advice] = []
    for number, (role, text) in enumerate(turns):
        at = START + timedelta(minutes=number)
        reading = reader.read(text, role=Role(role), channel=state.channel, so_far=state)
        state = state.apply(
            MessagePosted(
                at=at,
                by=role,
                message_id=str(number),
                role=Role(role),
                author_name="",
                text=text,
                reading=reading,
            )
        )
        said.append(coach.advise(state, lang=Lang(lang), now=at))
    return said
