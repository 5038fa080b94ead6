"""Tables, repositories, outbox and migrations on SQLite and PostgreSQL: `desk.ports`, kept on disk."""

from .migrate import NewerDatabase
from .storage import Health, Storage, open_storage

__all__ = ["Health", "NewerDatabase", "Storage", "open_storage"]
