"""Bringing the tables to the newest version: one chain of migrations for both databases, run at start.

1. Where the tables are already the newest, nothing happens.
2. On SQLite a copy of the file is made first, through SQLite's own back-up, which also takes what still stands
   in the write-ahead log. Without a good copy nothing is changed.
3. All steps run in one transaction: after a fault the old tables are as they were. Of several processes that
   start at once, one migrates and the others wait.

What this does not do: go back to an older version. That is what the copy is for.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, inspect, text

from calmdesk.desk.errors import DeskError, StorageAway

from .engines import migration_engine
from .faults import told
from .tables import VERSION

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"
#: Names the lock under which one process migrates (PostgreSQL).
_MIGRATION_LOCK = 0x_CA1D_E5C1


class NewerDatabase(DeskError):
    """The database was written by a newer Calmdesk. Nothing was changed; install that version or a newer one."""

    code = "newer_database"
    status = 503


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's settings for the chain inside this package, to be run on that connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def newest_version() -> str:
    """The version that this code wants."""
    return VERSION


def version_of(connection: Connection) -> str | None:
    """The version that the database has; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()
    return version


def migrate(url: URL, backup_dir: Path | None, now: datetime | None = None) -> Path | None:
    """Runs what is missing; gives the back-up copy, if one was made. Raises NewerDatabase, StorageAway."""
    engine = migration_engine(url)
    try:
        with engine.connect() as connection:
            before = version_of(connection)
        if before == newest_version():
            return None
        _known(before)
        copy = None
        if before is not None and backup_dir is not None and url.get_backend_name() == "sqlite":
            copy = back_up(Path(url.database or ""), backup_dir, before, now or datetime.now(UTC))
        _upgrade(engine)
        return copy
    finally:
        engine.dispose()


def back_up(file: Path, folder: Path, version: str, now: datetime) -> Path:
    """A complete copy of a SQLite database, named after its version and the time. Raises StorageAway."""
    target = folder / f"{file.stem}-{version}-{now.astimezone(UTC):%Y%m%dT%H%M%S}Z.db"
    unfinished = target.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(unfinished)) as copy:
            source.backup(copy)
            (verdict,) = copy.execute("PRAGMA quick_check").fetchone()
        if verdict != "ok":
            raise StorageAway("The database file is damaged; it was not changed. Restore the newest back-up.")
        unfinished.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise told(error) or StorageAway(
            f"No back-up copy could be made in {folder}, so the database was not changed. "
            "Check the space and the permissions there, then start again."
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return target


def _known(version: str | None) -> None:
    if version is None:
        return
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    if version not in known:
        raise NewerDatabase(version=version)


def _upgrade(engine: Engine) -> None:
    from alembic import command

    with engine.connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        command.upgrade(alembic_config(connection), "head")
        if connection.dialect.name == "sqlite":
            # Foreign keys were off, so that tables could be rebuilt.
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"the migration would leave {len(broken)} rows without what they refer to")
