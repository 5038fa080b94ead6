"""The real storages of tests/storage, for the ledger's tests of endurance."""

from __future__ import annotations

from tests.storage.conftest import (  # noqa: F401 - fixtures
    on_postgres,
    on_sqlite,
    postgres,
    postgres_shared,
    postgres_template,
    sqlite_template,
)
