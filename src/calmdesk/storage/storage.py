"""The database as the rest of Calmdesk knows it: transactions, migration, health."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from calmdesk.desk.errors import StorageAway
from calmdesk.desk.ports import UnitsOfWork

from . import migrate
from .engines import PATIENCE, Engines, engines_of
from .unit import Unit


@dataclass(frozen=True, slots=True)
class Health:
    """How the database is: its kind, the version of its tables and the one the code wants."""

    backend: str
    version: str | None
    newest: str

    @property
    def current(self) -> bool:
        """Whether the tables are those that the code knows."""
        return self.version == self.newest


class Storage:
    """A database. Safe to share between threads; each unit of work belongs to one thread at a time."""

    def __init__(self, engines: Engines, *, patience: float = PATIENCE) -> None:
        self.engines = engines
        self._patience = patience
        self._turnstile = threading.Lock() if engines.on_sqlite else None

    def units(self) -> UnitsOfWork:
        """What begins a transaction that may write."""
        return lambda: Unit(self.engines.writer, self._turnstile, patience=self._patience)

    def readers(self) -> UnitsOfWork:
        """What begins a transaction that only reads: it sees one moment and never waits for a writer."""
        return lambda: Unit(self.engines.reader, patience=self._patience)

    def migrate(self, backup_dir: Path | None, now: datetime | None = None) -> Path | None:
        """Brings the tables to the newest version; gives the back-up copy made before (SQLite), if any.

        Raises NewerDatabase, StorageAway (also when no copy could be made: nothing is changed then).
        """
        file = self.engines.file
        try:
            if file is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageAway(f"The folder {file.parent if file else ''} cannot be made: {error}.") from error
        return migrate.migrate(self.engines.url, backup_dir, now)

    def check(self) -> Health:
        """Whether the database answers and can be written to. Raises StorageAway, saying what is wrong.

        It writes (the version over itself) and commits: only that shows a full disk.
        """
        file = self.engines.file
        if file is not None and not file.exists():
            # SQLite would go on in a file that nobody can find any more, or begin an empty one.
            raise StorageAway(f"The database file {file} is gone. Bring it back or restore the newest copy.")
        with self.engines.writer.connect() as connection, connection.begin():
            version = migrate.version_of(connection)
            if version is not None:
                connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
        return Health(self.engines.url.get_backend_name(), version, migrate.newest_version())

    def close(self) -> None:
        """Gives every connection back."""
        self.engines.close()


def open_storage(url: str, *, patience: float = PATIENCE) -> Storage:
    """The database at that address: `sqlite:////folder/desk.db` or `postgresql://…`. Nothing is connected yet.

    `patience` is how many seconds anybody waits for a lock or a connection. Raises ValueError for an address
    that it cannot use.
    """
    return Storage(engines_of(url, patience=patience), patience=patience)
