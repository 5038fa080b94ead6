"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """To this version."""
    _people()
    _conversations()
    _promises()
    _outbox()
    _records()


def _people() -> None:
    op.create_table(
        "desks",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(32), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("holidays", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desks")),
    )
    op.create_table(
        "invites",
        sa.Column("token_hash", ID, nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invites")),
    )
    op.create_table(
        "customers",
        sa.Column("id", ID, nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desks.id"], name=op.f("fk_customers_desk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
    )
    op.create_index(op.f("ix_customers_desk_id"), "customers", ["desk_id"], unique=False)
    op.create_table(
        "people",
        sa.Column("id", ID, nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("lang", sa.String(32), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("masks", sa.Boolean(), nullable=False),
        sa.Column("session_epoch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desks.id"], name=op.f("fk_people_desk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("email_key", name=op.f("uq_people_email_key")),
    )
    op.create_index(op.f("ix_people_desk_id"), "people", ["desk_id"], unique=False)


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", ID, nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("customer_name", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("lang", sa.String(32), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("owner", ID, nullable=True),
        sa.Column("owner_name", sa.Text(), nullable=False),
        sa.Column("band", sa.String(32), nullable=False),
        sa.Column("heat", sa.Float(), nullable=False),
        sa.Column("rung", sa.String(32), nullable=True),
        sa.Column("safety", sa.Boolean(), nullable=False),
        sa.Column("issue", sa.String(length=32), nullable=False),
        sa.Column("last_words", sa.Text(), nullable=False),
        sa.Column("last_by_customer", sa.Boolean(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("queue", sa.Integer(), nullable=False),
        sa.Column("waits_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("coolness", sa.Float(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("shape", sa.String(length=32), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_conversations_customer_id")),
        sa.ForeignKeyConstraint(["desk_id"], ["desks.id"], name=op.f("fk_conversations_desk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint("id", "desk_id", name=op.f("uq_conversations_id_desk_id")),
    )
    op.create_index("ix_conversations_customer", "conversations", ["customer_id", "last_at"], unique=False)
    op.create_index(
        "ix_conversations_hottest",
        "conversations",
        ["desk_id", "queue", "waits_from", "coolness", "id"],
        unique=False,
    )
    op.create_index(
        "ix_conversations_waiting",
        "conversations",
        ["desk_id", "status", "waits_from", "queue", "id"],
        unique=False,
    )
    op.create_index(
        "ix_conversations_newest", "conversations", ["desk_id", "status", "last_at"], unique=False
    )
    op.create_index("ix_conversations_newest_of_all", "conversations", ["desk_id", "last_at"], unique=False)
    op.create_table(
        "entries",
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("message_id", ID, nullable=True),
        sa.Column("client_key", ID, nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_entries_conversation_id")
        ),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name=op.f("pk_entries")),
    )
    op.create_index(
        "uq_entries_client_key",
        "entries",
        ["conversation_id", "client_key"],
        unique=True,
        sqlite_where=sa.text("client_key IS NOT NULL"),
        postgresql_where=sa.text("client_key IS NOT NULL"),
    )
    op.create_index(
        "uq_entries_message",
        "entries",
        ["conversation_id", "message_id"],
        unique=True,
        sqlite_where=sa.text("message_id IS NOT NULL"),
        postgresql_where=sa.text("message_id IS NOT NULL"),
    )


def _promises() -> None:
    op.create_table(
        "promises",
        sa.Column("id", ID, nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("owner_id", ID, nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("attention_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sort_due", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id", "desk_id"],
            ["conversations.id", "conversations.desk_id"],
            name=op.f("fk_promises_conversation_id_desk_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    op.create_index(op.f("ix_promises_attention_due"), "promises", ["attention_due"], unique=False)
    op.create_index("ix_promises_conversation", "promises", ["conversation_id", "sort_due"], unique=False)
    op.create_index("ix_promises_desk_state", "promises", ["desk_id", "state", "sort_due"], unique=False)
    op.create_index("ix_promises_owner_state", "promises", ["owner_id", "state", "sort_due"], unique=False)
    op.create_table(
        "promise_transitions",
        sa.Column("promise_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_before", sa.String(32), nullable=True),
        sa.Column("state_after", sa.String(32), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("proof_message_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promises.id"], name=op.f("fk_promise_transitions_promise_id")
        ),
        sa.PrimaryKeyConstraint("promise_id", "version", name=op.f("pk_promise_transitions")),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("topic", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("key", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conversation_id", ID, nullable=True),
        sa.Column("audience", sa.String(32), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_by", ID, nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("poisoned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbox_poisoned",
        "outbox",
        ["desk_id", "id"],
        unique=False,
        sqlite_where=sa.text("poisoned_at IS NOT NULL"),
        postgresql_where=sa.text("poisoned_at IS NOT NULL"),
    )
    op.create_index("ix_outbox_ready", "outbox", ["topic", "ready_at"], unique=False)
    op.create_index("ix_outbox_topic", "outbox", ["topic", "id"], unique=False)


def _records() -> None:
    op.create_table(
        "records",
        sa.Column("id", ID, nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("signed_by", ID, nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id", "desk_id"],
            ["conversations.id", "conversations.desk_id"],
            name=op.f("fk_records_conversation_id_desk_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
    )
    op.create_index("ix_records_newest", "records", ["conversation_id", "drafted_at"], unique=False)
    op.create_table(
        "surveys",
        sa.Column("id", ID, nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id", "desk_id"],
            ["conversations.id", "conversations.desk_id"],
            name=op.f("fk_surveys_conversation_id_desk_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
    )
    op.create_index("ix_surveys_newest", "surveys", ["conversation_id", "asked_at"], unique=False)
