"""Writes the next migration: `python -m calmdesk.storage.new_migration "What it changes"`.

Compares tables.py with the tables that the chain makes and writes a file with the difference into `migrations/`. Read
it, mend what a comparison cannot know (a renamed column looks like a dropped and a new one), then set `VERSION` in
tables.py to its number.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from . import migrate
from .engines import migration_engine, url_of


def write(message: str) -> Path:
    """The path of the new file. Its number is the one after the chain's newest."""
    from alembic import command

    number = f"{int(migrate.newest_version()) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        url = url_of(f"sqlite:///{folder}/empty.db")
        migrate.migrate(url, None)
        engine = migration_engine(url)
        with engine.connect() as connection, connection.begin():
            script = command.revision(
                migrate.alembic_config(connection), message=message, autogenerate=True, rev_id=number
            )
        engine.dispose()
    # A list comes only from multi-database set-ups, which this chain is not.
    written = script[0] if isinstance(script, list) else script
    if written is None:
        raise RuntimeError("no migration was written")
    return Path(written.path)


if __name__ == "__main__":
    sys.stdout.write(f"{write(' '.join(sys.argv[1:]) or 'A change')}\n")
