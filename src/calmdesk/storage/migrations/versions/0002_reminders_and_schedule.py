"""Promises know when the keeper looks next and when the team heard; outward acts may wait for a time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version. Every promise that still had something to come is looked at once, right away."""
    op.drop_index(op.f("ix_promises_attention_due"), table_name="promises")
    op.execute("ALTER TABLE promises RENAME COLUMN attention_due TO wake_at")
    op.add_column("promises", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE promises SET wake_at = made_at WHERE wake_at IS NOT NULL")
    # The team was told of those that fell due under the old rules.
    op.execute("UPDATE promises SET told_at = due WHERE state <> 'made'")
    op.create_index(
        "ix_promises_wake", "promises", ["wake_at", "id"], unique=False,
        sqlite_where=sa.text("wake_at IS NOT NULL"), postgresql_where=sa.text("wake_at IS NOT NULL"),
    )  # fmt: skip
    op.add_column("outbox", sa.Column("not_before", sa.DateTime(timezone=True), nullable=True))
    waiting = "not_before IS NOT NULL AND finished_at IS NULL"
    op.create_index(
        "ix_outbox_waiting", "outbox", ["desk_id", "not_before", "id"], unique=False,
        sqlite_where=sa.text(waiting), postgresql_where=sa.text(waiting),
    )  # fmt: skip
