"""What repositories run their statements on: one open transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

from calmdesk.desk.errors import BadInput, DeskError, StorageAway


class Work:
    """An open transaction.

    After a fault inside it nothing of it can be committed any more: whoever swallowed the error would otherwise
    commit one half.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._fault: BaseException | None = None
        self._ended = False

    @property
    def on_postgres(self) -> bool:
        """Whether rows can be locked one by one."""
        return self._connection.dialect.name == "postgresql"

    def run(
        self, statement: Executable, rows: Sequence[Mapping[str, Any]] | Mapping[str, Any] | None = None
    ) -> CursorResult[Any]:
        """Runs a statement. Raises StorageAway, Conflict (a unique value is taken) or BadInput."""
        self._check()
        try:
            return self._connection.execute(statement, rows)
        except UnicodeEncodeError as error:
            self._fault = error
            raise BadInput("The text holds characters that cannot be stored. Nothing was changed.") from error
        except BaseException as error:
            self._fault = error
            raise

    def insert_new(self, table: Table, values: Mapping[str, Any], key: str) -> bool:
        """Inserts a row unless its unique `key` is there already; whether it was new."""
        insert = (postgresql if self.on_postgres else sqlite).insert(table)
        statement = insert.on_conflict_do_nothing(index_elements=[key])
        return self.run(statement.execution_options(preserve_rowcount=True), values).rowcount == 1

    def insert_all_new(self, table: Table, rows: Sequence[Mapping[str, Any]], key: str) -> None:
        """Inserts the rows but those whose unique `key` is there already."""
        insert = (postgresql if self.on_postgres else sqlite).insert(table)
        self.run(insert.on_conflict_do_nothing(index_elements=[key]), rows)

    def upsert(self, table: Table, values: Mapping[str, Any], key: str) -> None:
        """Inserts a row, or writes its values over the one that has the same `key`."""
        insert = (postgresql if self.on_postgres else sqlite).insert(table).values(**values)
        self.run(
            insert.on_conflict_do_update(
                index_elements=[key], set_={name: insert.excluded[name] for name in values if name != key}
            )
        )

    def end(self) -> None:
        """From now on the transaction is over."""
        self._ended = True

    def _check(self) -> None:
        if self._ended:
            raise RuntimeError("this unit of work has ended; begin a new one")
        if self._fault is not None:
            if isinstance(self._fault, DeskError):
                raise type(self._fault)(self._fault.message, **self._fault.fields) from self._fault
            raise StorageAway from self._fault

    def ready_to_commit(self) -> None:
        """Raises what went wrong before, if anything did, or RuntimeError when it is over."""
        self._check()
