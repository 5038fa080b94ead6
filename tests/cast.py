"""Named people on real storage, for tests that read like stories."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from calmdesk.actions.open_conversation import (
    OpenConversation,
    WelcomeCustomer,
    open_conversation,
    welcome_customer,
)
from calmdesk.actions.post_message import Posted, PostMessage, post_message
from calmdesk.actions.services import Engine
from calmdesk.app.build import Parts, build, build_engine
from calmdesk.app.settings import Settings
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.people import Customer, Person, Viewer
from calmdesk.desk.ports import Desk
from calmdesk.desk.vocabulary import Channel, Lang, PersonRole
from calmdesk.storage import open_storage

NOON = datetime(2026, 6, 3, 12, 0, tzinfo=UTC)
PASSWORD = "a long enough password"


@dataclass
class FixedClock:
    """A clock that tests move by hand."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **length: float) -> None:
        """Moves on (or back, with negative lengths)."""
        self.now += timedelta(**length)


@dataclass
class Cast:
    """Two desks and the people around them."""

    parts: Parts
    clock: FixedClock
    desk: Desk
    other_desk: Desk
    alice: Person
    bob: Person
    ann: Person
    charlie: Person
    dana: Customer
    erin: Customer
    keys: int = field(default=0)

    def says(
        self, customer: Customer, conversation: Conversation, text: str, key: str | None = None
    ) -> Posted:
        """A customer writes."""
        return post_message(
            PostMessage(Viewer.visitor(customer), conversation.id, text, key=key), self.parts.services
        )

    def answers(self, person: Person, conversation: Conversation, text: str, **more: object) -> Posted:
        """Somebody of the desk writes."""
        return post_message(
            PostMessage(Viewer.staff(person), conversation.id, text, **more),  # type: ignore[arg-type]
            self.parts.services,
        )

    def conversation(self, customer: Customer | None = None, text: str = "") -> Conversation:
        """A fresh conversation, with a first message when there is one."""
        who = customer or self.dana
        opened = open_conversation(
            OpenConversation(Viewer.visitor(who), who.id, Channel.CHAT, who.lang), self.parts.services
        )
        return self.says(who, opened, text).conversation if text else opened

    def state(self, conversation: Conversation) -> Conversation:
        """The newest state."""
        with self.parts.services.readers() as work:
            return work.conversations.get(conversation.id, Viewer.system())


class QuickHasher:
    """Argon2 is slow on purpose; tests that are not about passwords need not be."""

    def hash(self, password: str) -> str:
        """The password turned around, marked."""
        return "quick:" + password[::-1]

    def matches(self, stored: str, password: str) -> bool:
        """Whether it is the same."""
        return stored == self.hash(password)


@lru_cache(maxsize=1)
def rules_engine() -> Engine:
    """The engine with rules alone, made once: it never changes."""
    return build_engine(Settings(model=False))


@lru_cache(maxsize=1)
def _fresh_database() -> Path:
    """An empty database with all its tables, made once and copied for each test."""
    folder = Path(tempfile.mkdtemp(prefix="calmdesk-tests-"))
    storage = open_storage(f"sqlite:///{folder / 'calmdesk.sqlite'}")
    storage.migrate(None)
    storage.close()
    return folder / "calmdesk.sqlite"


def make_parts(folder: Path, clock: FixedClock, **settings: object) -> Parts:
    """The parts of a desk in a folder, with rules alone (the neural reader has tests of its own)."""
    given = Settings.model_validate({"data_dir": folder, "model": False, "keeper": False, **settings})
    if not given.database_url:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(_fresh_database(), folder / "calmdesk.sqlite")
    parts = build(given, clock=clock, engine=rules_engine)
    return replace(parts, services=replace(parts.services, hasher=QuickHasher()))


def make_cast(folder: Path, clock: FixedClock, **settings: object) -> Cast:
    """A desk with its people."""
    parts = make_parts(folder, clock, **settings)
    services = parts.services
    desk = Desk("desk-one", "Fernway", Lang.EN, "Europe/London", "Mon-Fri 09:00-18:00")
    other = Desk("desk-two", "Elsewhere", Lang.RU, "Europe/Moscow", "Mon-Fri 10:00-19:00")
    people = {
        name: Person(f"p-{name.lower()}", where.id, name, f"{name.lower()}@example.org", role, lang)
        for name, where, role, lang in (
            ("Alice", desk, PersonRole.SUPERVISOR, Lang.EN),
            ("Bob", desk, PersonRole.AGENT, Lang.EN),
            ("Ann", desk, PersonRole.ADMINISTRATOR, Lang.RU),
            ("Charlie", other, PersonRole.ADMINISTRATOR, Lang.EN),
        )
    }
    with services.units() as work:
        work.people.add_desk(desk)
        work.people.add_desk(other)
        for person in people.values():
            work.people.add_person(person, services.hasher.hash(PASSWORD))
        work.commit()
    dana = welcome_customer(WelcomeCustomer(desk.id, Lang.EN, "Dana", "dana@example.org"), services)
    erin = welcome_customer(WelcomeCustomer(desk.id, Lang.EN, "Erin"), services)
    return Cast(
        parts,
        clock,
        desk,
        other,
        people["Alice"],
        people["Bob"],
        people["Ann"],
        people["Charlie"],
        dana,
        erin,
    )
