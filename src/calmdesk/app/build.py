"""The only place that joins parts: settings → storage, engine, verbs, web application."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from calmdesk.actions.rephrase import Phraser, Use
from calmdesk.actions.services import Engine, Services
from calmdesk.app.settings import Settings, SettingsError
from calmdesk.desk.ports import Clock, Desk
from calmdesk.desk.vocabulary import Lang, Role
from calmdesk.reading import load_model
from calmdesk.storage import Storage, open_storage


class Argon2Hasher:
    """Passwords by Argon2id with the library's current defaults."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()

    def hash(self, password: str) -> str:
        """The hash to store."""
        return self._hasher.hash(password)

    def matches(self, stored: str, password: str) -> bool:
        """Whether the password belongs to the stored hash."""
        try:
            return self._hasher.verify(stored, password)
        except (Argon2Error, InvalidHashError):
            return False


def wall_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


if TYPE_CHECKING:
    from calmdesk.reading import Model
    from calmdesk.reading.view import ModelView


@dataclass(frozen=True, slots=True)
class Parts:
    """A desk's parts, joined."""

    settings: Settings
    storage: Storage
    services: Services
    secret: bytes


class ModelOnItsWay:
    """The neural reader while it loads beside everything else; the first message waits for it, if need be."""

    def __init__(self) -> None:
        self._loaded: Future[Model | None] = Future()
        Thread(target=self._load, daemon=True, name="model").start()

    def _load(self) -> None:
        try:
            self._loaded.set_result(load_model())
        except Exception as fault:  # whoever asks gets it: rules alone must not pass for the whole reader
            self._loaded.set_exception(fault)

    def view(self, text: str, *, role: Role, lang: Lang, context: str | None = None) -> ModelView:
        """What the model says; nothing where no weights are shipped. Raises WeightsFault when they are not whole."""
        from calmdesk.reading.view import ModelView

        model = self._loaded.result()
        return ModelView() if model is None else model.view(text, role=role, lang=lang, context=context)


def build_engine(settings: Settings) -> Engine:
    """The engine, without storage: for the command line and for scripts too. Raises ContentError."""
    from calmdesk.coach import Coach
    from calmdesk.content.loader import load_content
    from calmdesk.reading import Reader

    model = ModelOnItsWay() if settings.model else None
    content = load_content(settings.packs)
    return Engine(content, Reader(content, model), Coach(content))


class EngineOnItsWay:
    """The engine of a desk that answers before it is loaded: called, it gives the engine, and waits if need be.

    Signing in and the lists need no engine; whoever opens a conversation in the first second waits for it.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._engine: Engine | None = None

    def __call__(self) -> Engine:
        """The engine. Raises ContentError."""
        with self._lock:
            if self._engine is None:
                self._engine = build_engine(self._settings)
            return self._engine

    def begin(self) -> None:
        """Loads it in the background, if it is not there yet."""
        if self._engine is None:
            Thread(target=self, daemon=True, name="engine").start()


def build(
    settings: Settings, *, clock: Clock = wall_clock, engine: Callable[[], Engine] | None = None
) -> Parts:
    """Opens the database (migrating it, with a back-up first on SQLite) and joins it with the engine.

    `engine` is one that was built already: it never changes, so several desks of a process may share it. Without
    one it is loaded when it is first needed; a team's own packs are loaded at once, so that a fault in them is seen.
    Raises SettingsError, StorageAway, ContentError.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    storage = open_storage(settings.database)
    storage.migrate(backup_dir=settings.data_dir / "backups")
    engine = engine or EngineOnItsWay(settings)
    if settings.packs:
        engine()
    services = Services(
        units=storage.units(), readers=storage.readers(), engine=engine, clock=clock, hasher=Argon2Hasher(),
    )  # fmt: skip
    return Parts(settings, storage, services, secret_of(settings))


def build_phraser(settings: Settings) -> Phraser | None:
    """The language model, if an address and a model are set; None otherwise. Raises SettingsError. Sends nothing."""
    chosen = {Use.OPENINGS: settings.llm_model_openings, Use.REWRITES: settings.llm_model_rewrites}
    models = {use: name for use, name in chosen.items() if name}
    if not settings.llm_url or not models:
        return None
    from calmdesk.channels.llm import ChatClient, Endpoint, ModelAway

    try:
        client = ChatClient(Endpoint(settings.llm_url, settings.llm_key, settings.llm_timeout))
    except ValueError as fault:
        raise SettingsError(f"CALMDESK_LLM_URL cannot be used: {fault}. Nothing was started.") from None
    return Phraser(client, models, ModelAway)


def secret_of(settings: Settings) -> bytes:
    """The key for sessions and tokens: the setting, or one made once and kept in the data folder (mode 600)."""
    given = settings.secret.get_secret_value()
    if given:
        return given.encode()
    path: Path = settings.data_dir / "secret"
    if not path.exists():
        with suppress(FileExistsError):  # another process of this desk was faster: its key counts
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip().encode()


def first_desk(parts: Parts) -> Desk:
    """The first desk; made from the settings when there is none yet."""
    with parts.services.units() as work:
        desks = work.people.desks()
        if desks:
            return desks[0]
        settings = parts.settings
        desk = Desk(
            id=parts.services.new_id(), name=settings.desk_name, lang=Lang(settings.lang), zone=settings.zone,
            hours=settings.hours,
        )  # fmt: skip
        work.people.add_desk(desk)
        work.commit()
    return desk
