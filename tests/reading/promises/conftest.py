"""One office and one moment for the tables, and a way to read a sentence at them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from calmdesk.desk.hours import OfficeHours
from calmdesk.desk.reading import FoundPromise
from calmdesk.reading.promises import find_promises

Read = Callable[..., list[tuple[str, str]]]

OFFICE = OfficeHours.parse(
    "Mon-Fri 09:00-18:00, Sat 10:00-14:00", "Europe/London", ["2026-04-03", "2026-04-06", "2026-05-04"]
)
WEDNESDAY = "2026-03-04T11:20"


def read(
    text: str, lang: str, now: str = WEDNESDAY, office: OfficeHours = OFFICE
) -> tuple[FoundPromise, ...]:
    """The promises in a text said at a wall time of the office."""
    moment = datetime.fromisoformat(now)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=office.zone)
    return find_promises(text, now=moment, office=office, lang=lang)


def brief(text: str, lang: str, now: str = WEDNESDAY, office: OfficeHours = OFFICE) -> list[tuple[str, str]]:
    """(kind, due) of each promise; the due as a wall time in the office's zone, or "open"."""
    found = read(text, lang, now, office)
    return [(p.kind.value, p.due.strftime("%Y-%m-%d %H:%M") if p.due else "open") for p in found]


@pytest.fixture
def promises() -> Read:
    return brief
