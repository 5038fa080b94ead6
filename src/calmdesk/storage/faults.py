"""Faults of the database, told in the desk's words: what happened, what is safe, what to do.

Only faults of the surroundings become `StorageAway`. A statement that the database does not understand is a bug
and stays what it is.
"""

from __future__ import annotations

import sqlite3

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from calmdesk.desk.errors import Conflict, DeskError, StorageAway

DISK_FULL = (
    "The disk of the database is full. What was saved is safe; this was not saved. "
    "Free some space, then try again."
)
LOCKED = (
    "The database was busy for too long. What was saved is safe; this was not saved. Try again in a moment."
)
READ_ONLY = (
    "The database cannot be written to: its file or folder is read-only. What was saved is safe; this was not. "
    "Check the permissions of the data folder."
)
DAMAGED = (
    "The database file is damaged or is no database. Nothing was changed. Restore the newest back-up copy."
)

# Primary result codes, https://www.sqlite.org/rescode.html; extended ones carry the primary in the low byte.
_SQLITE_AWAY: dict[int, str | None] = {
    sqlite3.SQLITE_FULL: DISK_FULL,
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_IOERR: None,
    sqlite3.SQLITE_CANTOPEN: None,
    sqlite3.SQLITE_NOMEM: None,
    sqlite3.SQLITE_PROTOCOL: None,
    sqlite3.SQLITE_PERM: READ_ONLY,
}
_UNIQUE = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)


def told(error: BaseException) -> DeskError | None:
    """The desk's error for a driver's, or None where the driver's says all that can be said (a bug)."""
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    # Asked by name: whoever uses SQLite does not load the other driver.
    return _of_postgres(error) if type(error).__module__.startswith("psycopg") else None


def _of_sqlite(error: sqlite3.Error) -> DeskError | None:
    code: int = getattr(error, "sqlite_errorcode", 0)
    if code in _UNIQUE:
        return Conflict()
    if code & 0xFF in _SQLITE_AWAY:
        return StorageAway(_SQLITE_AWAY[code & 0xFF])
    return None


def _of_postgres(error: BaseException) -> DeskError | None:
    import psycopg

    if isinstance(error, psycopg.errors.UniqueViolation):
        return Conflict()
    if isinstance(error, psycopg.errors.DiskFull):
        return StorageAway(DISK_FULL)
    if isinstance(
        error,
        psycopg.errors.LockNotAvailable
        | psycopg.errors.QueryCanceled
        | psycopg.errors.DeadlockDetected
        | psycopg.errors.SerializationFailure,
    ):
        return StorageAway(LOCKED)
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return StorageAway()
    return None


def tell_faults(engine: Engine) -> None:
    """From now on the engine raises the desk's errors in place of its driver's, where `told` has one."""

    @event.listens_for(engine, "handle_error")
    def _handle(context: ExceptionContext) -> DeskError | None:
        # A dead connection found before its use is replaced in silence; only then is the database away or not.
        return None if context.is_pre_ping else told(context.original_exception)
