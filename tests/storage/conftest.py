"""The three storages, each empty but for its tables and the cast."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from calmdesk.storage import Storage, open_storage
from calmdesk.storage.tables import metadata
from tests.fakes import Cast, FakeStorage

from .postgres import Postgres

#: Seconds that a test's storage waits for a lock: long enough under load, short enough to wait for.
PATIENCE = 2.0


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database that tests copy."""
    file = tmp_path_factory.mktemp("template") / "desk.db"
    storage = open_storage(f"sqlite:///{file}")
    storage.migrate(None)
    storage.close()
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL for the whole session."""
    server = Postgres()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    """A migrated database that tests copy."""
    name = postgres.new_database()
    storage = open_storage(postgres.url(name))
    storage.migrate(None)
    storage.close()
    return name


@pytest.fixture
def on_sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Storage]:
    """A migrated SQLite database."""
    file = tmp_path / "desk.db"
    shutil.copy(sqlite_template, file)
    storage = open_storage(f"sqlite:///{file}", patience=PATIENCE)
    yield storage
    storage.close()


@pytest.fixture(scope="session")
def postgres_shared(postgres: Postgres, postgres_template: str) -> str:
    """The database that tests use one after the other: making and deleting a hundred takes minutes."""
    return postgres.new_database(postgres_template)


@pytest.fixture
def on_postgres(postgres: Postgres, postgres_shared: str) -> Iterator[Storage]:
    """A migrated PostgreSQL database with nothing in it; its tables must stay as they are."""
    postgres.empty(postgres_shared, [table.name for table in metadata.sorted_tables])
    storage = open_storage(postgres.url(postgres_shared), patience=PATIENCE)
    yield storage
    storage.close()


@pytest.fixture
def own_postgres(postgres: Postgres, postgres_template: str) -> Iterator[Storage]:
    """A migrated PostgreSQL database whose tables a test may change."""
    storage = open_storage(postgres.url(postgres.new_database(postgres_template)), patience=PATIENCE)
    yield storage
    storage.close()


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def real(request: pytest.FixtureRequest) -> Storage:
    """Each real storage, with the cast in it."""
    storage: Storage = request.getfixturevalue(f"on_{request.param}")
    Cast().settle(storage.units())
    return storage


@pytest.fixture(params=BOTH)
def changeable(request: pytest.FixtureRequest) -> Storage:
    """Each real storage, with the cast in it; its tables may be changed."""
    name = "on_sqlite" if request.param == "sqlite" else "own_postgres"
    storage: Storage = request.getfixturevalue(name)
    Cast().settle(storage.units())
    return storage


@pytest.fixture(params=[*BOTH, "fake"])
def store(request: pytest.FixtureRequest) -> Storage | FakeStorage:
    """Each storage, with the cast in it."""
    storage = FakeStorage() if request.param == "fake" else request.getfixturevalue(f"on_{request.param}")
    assert isinstance(storage, Storage | FakeStorage)
    Cast().settle(storage.units())
    return storage
