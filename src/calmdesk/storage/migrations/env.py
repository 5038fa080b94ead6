"""Runs the chain on the connection that `calmdesk.storage.migrate` hands in, inside its transaction."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from calmdesk.storage.tables import metadata
from calmdesk.storage.types import Choice, Id, UtcDateTime, Words


def plain(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """A migration names plain types: it must still mean the same when our own types have changed."""
    if kind == "type":
        for ours, name in (
            (Id, "ID"),
            (Words, "sa.Text()"),
            (Choice, "sa.String(32)"),
            (UtcDateTime, "sa.DateTime(timezone=True)"),
        ):
            if isinstance(item, ours):
                return name
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    # SQLite cannot change most things of a table: batch mode copies it.
    render_as_batch=True,
    transactional_ddl=True,
    compare_server_default=True,
    render_item=plain,
)
context.run_migrations()
