"""What every verb works with, handed in by `calmdesk.app.build`."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from calmdesk.desk.hours import OfficeHours
from calmdesk.desk.ports import Clock, Desk, UnitsOfWork

if TYPE_CHECKING:  # the engine loads after the desk has begun to answer
    from calmdesk.coach import Coach
    from calmdesk.content.loader import Content
    from calmdesk.reading import Reader


class Hasher(Protocol):
    """Hashes passwords; the real one is Argon2id."""

    def hash(self, password: str) -> str:
        """The hash to store."""
        ...

    def matches(self, stored: str, password: str) -> bool:
        """Whether the password belongs to the stored hash."""
        ...


def new_id() -> str:
    """A fresh random id, safe in a URL."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Engine:
    """What understands conversations: the content, what reads by it, what advises by it. It never changes."""

    content: Content
    reader: Reader
    coach: Coach


@dataclass(frozen=True, slots=True)
class Services:
    """Storage, engine, clock and the like. `units` write, `readers` only look.

    `engine` gives the engine, and waits for it where it is still being loaded.
    """

    units: UnitsOfWork
    readers: UnitsOfWork
    engine: Callable[[], Engine]
    clock: Clock
    hasher: Hasher
    new_id: Callable[[], str] = field(default=new_id)

    @property
    def reader(self) -> Reader:
        """What reads messages."""
        return self.engine().reader

    @property
    def coach(self) -> Coach:
        """What advises."""
        return self.engine().coach

    @property
    def content(self) -> Content:
        """The method, rules and words."""
        return self.engine().content


def office_of(desk: Desk) -> OfficeHours:
    """The working hours by which a desk's promises are dated."""
    return OfficeHours.parse(zone=desk.zone, hours=desk.hours, holidays=desk.holidays)
