"""Engines for the two databases, and what each has to be told so that they behave alike.

SQLite: write-ahead log, so that readers never wait for the writer; a writer takes its lock at the start
(BEGIN IMMEDIATE), so that no transaction fails half-way because another one wrote first. `synchronous=FULL`:
each commit reaches the disk before the customer is told "sent". NORMAL would save one fsync a message and lose
the last seconds' messages and promises in a power cut; a support desk writes tens of times a second, not
thousands, and a promise must not be lost.

PostgreSQL: a statement, a lock and an idle transaction each have their time limit; a connection is tried before
its use, so the desk comes back by itself after the database was away.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from .faults import tell_faults

#: Seconds that anybody waits for a lock, for a free connection, or for PostgreSQL to answer a connection.
PATIENCE = 5.0
#: Seconds after which PostgreSQL gives a statement up.
STATEMENT_LIMIT = 15.0
#: Older ones lack RETURNING.
OLDEST_SQLITE = (3, 35)


@dataclass(frozen=True, slots=True)
class Engines:
    """One engine for those who write and one for those who only read (the same one on PostgreSQL)."""

    url: URL
    writer: Engine
    reader: Engine

    @property
    def on_sqlite(self) -> bool:
        """Whether the database is a file of ours."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """The database file on SQLite."""
        return Path(self.url.database) if self.on_sqlite and self.url.database else None

    def close(self) -> None:
        """Gives every idle connection back."""
        self.writer.dispose()
        self.reader.dispose()


def url_of(url: str) -> URL:
    """The address with its driver. Raises ValueError for what is neither a SQLite file nor PostgreSQL."""
    parsed = make_url(url)
    backend = "postgresql" if parsed.drivername == "postgres" else parsed.get_backend_name()
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise ValueError(f"the database must be sqlite:///… or postgresql://…, not {parsed.drivername}://…")
    if not parsed.database or parsed.database == ":memory:" or parsed.database.startswith("file:"):
        raise ValueError("SQLite needs a file: sqlite:////folder/desk.db")
    return parsed.set(drivername="sqlite+pysqlite")


def engines_of(url: str, *, patience: float = PATIENCE) -> Engines:
    """Engines for that address; nothing is connected yet. Raises ValueError for an address it cannot use."""
    parsed = url_of(url)
    if parsed.get_backend_name() == "sqlite":
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            raise ValueError(f"SQLite {sqlite3.sqlite_version} is too old; 3.35 or newer is needed")
        return Engines(
            parsed,
            writer=_sqlite(parsed, patience, writes=True),
            reader=_sqlite(parsed, patience, writes=False),
        )
    engine = _postgres(parsed, patience)
    return Engines(
        parsed,
        writer=engine,
        # A page reads one moment, as on SQLite, and cannot write by mistake.
        reader=engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True),
    )


def migration_engine(url: URL) -> Engine:
    """An engine for changing tables: its own connection, no time limits; on SQLite no foreign keys meanwhile."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, PATIENCE, writes=True, migrates=True)
    engine = create_engine(
        url, hide_parameters=True, poolclass=NullPool, connect_args={"connect_timeout": int(PATIENCE)}
    )
    tell_faults(engine)
    return engine


def _sqlite(url: URL, patience: float, *, writes: bool, migrates: bool = False) -> Engine:
    connect = {"check_same_thread": False, "timeout": patience}
    if migrates:
        engine = create_engine(url, hide_parameters=True, connect_args=connect, poolclass=NullPool)
    else:
        engine = create_engine(
            url,
            # What people wrote must not stand in a log because a statement failed.
            hide_parameters=True,
            connect_args=connect,
            poolclass=QueuePool,
            # There is one writer at a time (unit.py queues them); a second connection is for health checks.
            pool_size=1 if writes else 8,
            max_overflow=1 if writes else 24,
            pool_timeout=patience,
        )

    @event.listens_for(engine, "connect")
    def _connected(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # The driver would begin transactions by its own rules; `_begin` below begins them by ours.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"foreign_keys={'OFF' if migrates else 'ON'}",
            f"query_only={'OFF' if writes else 'ON'}",
            "cache_size=-16000",
            "temp_store=MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    tell_faults(engine)
    return engine


def _postgres(url: URL, patience: float) -> Engine:
    options = {
        "TimeZone": "UTC",
        "statement_timeout": f"{int(STATEMENT_LIMIT * 1000)}",
        "lock_timeout": f"{int(patience * 1000)}",
        "idle_in_transaction_session_timeout": "60000",
    }
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={
            "connect_timeout": max(2, int(patience)),
            "options": " ".join(f"-c {name}={value}" for name, value in options.items()),
        },
        pool_size=10,
        max_overflow=20,
        pool_timeout=patience,
        pool_pre_ping=True,
        pool_recycle=1800,
    )
    tell_faults(engine)
    return engine
