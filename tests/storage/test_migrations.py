"""One chain for both databases: it ends at the tables of the code, loses nothing, and can be gone back on."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, inspect, text

from calmdesk.desk.errors import StorageAway
from calmdesk.desk.people import Viewer
from calmdesk.storage import NewerDatabase, Storage, migrate, new_migration, open_storage, tables
from calmdesk.storage.tables import VERSION, metadata
from calmdesk.storage.types import Words
from tests.fakes import CLOCK, Cast, begin, customer_says

from .conftest import BOTH
from .postgres import Postgres

CAST = Cast()
SYSTEM = Viewer.system()
HEAD = VERSION

#: A step that rebuilds a table full of foreign keys, as any later one might.
NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("conversations", recreate="{recreate}") as table:
        table.add_column(sa.Column("colour", sa.Text(), nullable=False, server_default="grey"))
    {then}
"""


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Storage]:
    """Opens a database in which there is nothing, each time the same one."""
    if request.param == "sqlite":
        return lambda: open_storage(f"sqlite:///{tmp_path}/new/desk.db")
    server: Postgres = request.getfixturevalue("postgres")
    name = server.new_database()
    return lambda: open_storage(server.url(name))


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """Puts one more step at the end of the chain."""

    def put(then: str = "pass", recreate: str = "auto") -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(migrate.FOLDER, folder, dirs_exist_ok=True)
        (folder / "versions" / "9999_next.py").write_text(
            NEXT.format(head=HEAD, then=then, recreate=recreate), encoding="utf-8"
        )
        monkeypatch.setattr(migrate, "FOLDER", folder)
        monkeypatch.setattr(migrate, "VERSION", "9999")

    return put


def _fill(storage: Storage) -> None:
    CAST.settle(storage.units())
    state = begin(storage.units(), CAST.dana, "k")
    with storage.units()() as work:
        work.conversations.append(state, [customer_says("do not lose this", "m")])
        work.commit()


def _words(storage: Storage) -> str:
    with storage.readers()() as work:
        turn = work.conversations.get("k", SYSTEM).last_turn
    return turn.text if turn else ""


def test_the_version_of_the_code_is_the_chains_only_end() -> None:
    assert ScriptDirectory.from_config(migrate.alembic_config()).get_heads() == [VERSION]


def test_a_start_with_nothing_to_migrate_loads_no_machinery(on_sqlite: Storage) -> None:
    script = (
        "import sys; from calmdesk.storage import open_storage; storage = open_storage(sys.argv[1]);"
        "storage.migrate(None); assert storage.check().current; storage.close();"
        "assert not {'alembic', 'psycopg'} & set(sys.modules)"
    )
    subprocess.run(
        [sys.executable, "-W", "error", "-c", script, f"sqlite:///{on_sqlite.engines.file}"], check=True
    )


def test_the_chain_ends_at_the_tables_of_the_code(changeable: Storage) -> None:
    with changeable.engines.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        names = {index["name"] for index in inspect(connection).get_indexes("conversations")}
    assert {index.name for index in metadata.tables["conversations"].indexes} <= names


def test_an_empty_database_gets_its_tables_and_no_copy(empty: Callable[[], Storage], tmp_path: Path) -> None:
    storage = empty()
    assert storage.migrate(tmp_path / "copies") is None
    assert not (tmp_path / "copies").exists()
    assert storage.check().current
    _fill(storage)
    assert storage.migrate(tmp_path / "copies") is None
    assert _words(storage) == "do not lose this"
    storage.close()


def test_before_the_first_migration_health_says_so(empty: Callable[[], Storage], tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    storage = empty()
    if storage.engines.file is not None:
        with pytest.raises(StorageAway, match="gone"):
            storage.check()
        storage.engines.file.touch()
    health = storage.check()
    assert (health.version, health.newest, health.current) == (None, HEAD, False)
    storage.close()


def test_a_step_keeps_what_was_there(
    changeable: Storage, tmp_path: Path, next_version: Callable[..., None]
) -> None:
    state = begin(changeable.units(), CAST.dana, "k")
    with changeable.units()() as work:
        work.conversations.append(state, [customer_says("do not lose this", "m")])
        work.commit()
    changeable.close()
    # On SQLite the table is copied, as most changes need; PostgreSQL changes it in place.
    next_version(recreate="always" if changeable.engines.on_sqlite else "auto")
    assert not changeable.check().current
    changeable.migrate(tmp_path / "copies")
    assert changeable.check().version == "9999"
    assert _words(changeable) == "do not lose this"
    with changeable.engines.reader.connect() as connection:
        assert connection.execute(text("SELECT colour FROM conversations")).scalar_one() == "grey"


def test_on_sqlite_a_complete_copy_is_made_before(
    on_sqlite: Storage, tmp_path: Path, next_version: Callable[..., None]
) -> None:
    _fill(on_sqlite)
    next_version()
    # The storage stays open: what was written last still stands in the write-ahead log alone.
    copy = on_sqlite.migrate(tmp_path / "copies", CLOCK)
    assert copy == tmp_path / "copies" / f"desk-{HEAD}-20260302T090000Z.db"
    assert [file.name for file in (tmp_path / "copies").iterdir()] == [copy.name]
    old = open_storage(f"sqlite:///{copy}")
    assert old.check().version == HEAD
    assert _words(old) == "do not lose this"
    old.close()


def test_without_a_copy_nothing_is_changed(
    on_sqlite: Storage, tmp_path: Path, next_version: Callable[..., None]
) -> None:
    (tmp_path / "copies").write_text("in the way", encoding="utf-8")
    next_version()
    with pytest.raises(StorageAway, match="No back-up copy"):
        on_sqlite.migrate(tmp_path / "copies")
    assert on_sqlite.check().version == HEAD


def test_a_step_that_fails_leaves_the_old_tables(
    changeable: Storage, tmp_path: Path, next_version: Callable[..., None]
) -> None:
    begin(changeable.units(), CAST.dana, "k")
    next_version(then="raise OSError('power cut')")
    with pytest.raises(OSError, match="power cut"):
        changeable.migrate(tmp_path / "copies")
    assert changeable.check().version == HEAD
    with changeable.engines.writer.connect() as connection:
        columns = {column["name"] for column in inspect(connection).get_columns("conversations")}
    assert "colour" not in columns
    with changeable.readers()() as work:
        assert work.conversations.get("k", SYSTEM).customer_id == "dana"


def test_a_step_that_would_orphan_rows_is_undone(
    on_sqlite: Storage, next_version: Callable[..., None]
) -> None:
    _fill(on_sqlite)
    next_version(then='op.execute("DELETE FROM customers")')
    with pytest.raises(RuntimeError, match="without what they refer to"):
        on_sqlite.migrate(None)
    assert on_sqlite.check().version == HEAD
    with on_sqlite.readers()() as work:
        assert work.people.customer("dana", SYSTEM) == CAST.dana


def test_a_database_of_a_newer_version_is_left_alone(changeable: Storage, tmp_path: Path) -> None:
    with changeable.engines.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from the future'"))
    with pytest.raises(NewerDatabase) as refused:
        changeable.migrate(tmp_path / "copies")
    assert refused.value.fields == {"version": "from the future"}
    assert not (tmp_path / "copies").exists()


def test_of_several_that_start_at_once_one_migrates(empty: Callable[[], Storage]) -> None:
    url = empty().engines.url.render_as_string(hide_password=False)
    script = "import sys; from calmdesk.storage import open_storage; open_storage(sys.argv[1]).migrate(None)"
    started = [
        subprocess.Popen([sys.executable, "-c", script, url], stderr=subprocess.PIPE) for _ in range(2)
    ]
    for process in started:
        _, error = process.communicate(timeout=60)
        assert process.returncode == 0, error.decode()
    storage = empty()
    assert storage.check().current
    storage.close()


def test_a_damaged_file_is_not_copied_over_a_good_one(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    file.write_bytes(b"this is no database" * 1000)
    with pytest.raises(StorageAway):
        migrate.back_up(file, tmp_path / "copies", "0001", CLOCK)
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_copy_is_named_in_utc(on_sqlite: Storage, tmp_path: Path) -> None:
    assert on_sqlite.engines.file is not None
    east = datetime.fromisoformat("2026-03-02T12:00:00+03:00")
    copy = migrate.back_up(on_sqlite.engines.file, tmp_path / "copies", "0001", east)
    assert copy.name == "desk-0001-20260302T090000Z.db"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)


def test_a_new_migration_holds_the_difference_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.FOLDER, folder)
    monkeypatch.setattr(migrate, "FOLDER", folder)
    number = f"{int(VERSION) + 1:04}"
    unchanged = new_migration.write("Nothing at all").read_text(encoding="utf-8")
    assert f'revision = "{number}"' in unchanged.replace("'", '"')
    assert "op." not in unchanged
    (folder / "versions" / f"{number}_nothing_at_all.py").unlink()
    mood = Column("mood", Words)
    tables.desks.append_column(mood)
    try:
        changed = new_migration.write("A mood for desks").read_text(encoding="utf-8")
    finally:
        tables.desks._columns.remove(mood)
    assert "add_column(sa.Column('mood', sa.Text(), nullable=True))" in changed
    assert f"{number}_a_mood_for_desks.py" in capfd.readouterr().out
