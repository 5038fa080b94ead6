"""The tables. The timeline (`entries`) is the truth; `conversations` is its newest state and the inbox's columns.

No column is read lazily: repositories name what they select. Columns that hold words of people are `Words`.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from calmdesk.desk.ports import Audience, Topic
from calmdesk.desk.vocabulary import (
    Channel,
    HeatBand,
    Lang,
    PersonRole,
    PromiseKind,
    PromiseState,
    Rung,
    Status,
)

from .types import Choice, Id, Serial, UtcDateTime, Words

#: The newest migration's name (a test compares): known here, so that a start with nothing to migrate does not
#: have to load the machinery for it.
VERSION = "0002"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

desks = Table(
    "desks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Words, nullable=False),
    Column("lang", Choice(Lang), nullable=False),
    Column("zone", Words, nullable=False),
    Column("hours", Words, nullable=False),
    Column("holidays", Text, nullable=False),
    Column("settings", Text, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("desk_id", Id, ForeignKey("desks.id"), nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("email", Words, nullable=False),
    # The address as it is compared: one address signs in at one desk only.
    Column("email_key", Words, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("role", Choice(PersonRole), nullable=False),
    Column("lang", Choice(Lang), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("masks", Boolean, nullable=False),
    Column("session_epoch", Integer, nullable=False),
)

invites = Table(
    "invites",
    metadata,
    Column("token_hash", Id, primary_key=True),
    # No foreign key: the first administrator is invited before there is a desk.
    Column("desk_id", Id, nullable=False),
    Column("role", Choice(PersonRole), nullable=False),
    Column("email", Words, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

customers = Table(
    "customers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("desk_id", Id, ForeignKey("desks.id"), nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("email", Words, nullable=False),
    Column("lang", Choice(Lang), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("desk_id", Id, ForeignKey("desks.id"), nullable=False),
    Column("customer_id", Id, ForeignKey("customers.id"), nullable=False),
    Column("customer_name", Words, nullable=False),
    Column("channel", Choice(Channel), nullable=False),
    Column("lang", Choice(Lang), nullable=False),
    Column("status", Choice(Status), nullable=False),
    Column("owner", Id),
    Column("owner_name", Words, nullable=False),
    Column("band", Choice(HeatBand), nullable=False),
    Column("heat", Float, nullable=False),
    Column("rung", Choice(Rung)),
    Column("safety", Boolean, nullable=False),
    Column("issue", String(32), nullable=False),
    Column("last_words", Words, nullable=False),
    Column("last_by_customer", Boolean, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("waiting_since", UtcDateTime),
    Column("next_due", UtcDateTime),
    # What the inbox sorts by (lines.py): a small number is looked at first, a closed conversation last.
    Column("queue", Integer, nullable=False),
    Column("waits_from", UtcDateTime, nullable=False),
    # 1 - heat: all of the sort's columns rise, as an index does.
    Column("coolness", Float, nullable=False),
    # What the inbox searches: folded here, since neither database folds Cyrillic reliably.
    Column("search", Words, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("shape", String(32), nullable=False),
    # Last, because it is long: a list of lines never has to step over it.
    Column("state", Text, nullable=False),
    # The target of foreign keys that keep a promise or record at the desk of its conversation.
    UniqueConstraint("id", "desk_id"),
    # In the inbox's own orders, to the last column: its first lines are read, nothing is sorted.
    Index("ix_conversations_hottest", "desk_id", "queue", "waits_from", "coolness", "id"),
    Index("ix_conversations_waiting", "desk_id", "status", "waits_from", "queue", "id"),
    Index("ix_conversations_newest", "desk_id", "status", "last_at"),
    Index("ix_conversations_newest_of_all", "desk_id", "last_at"),
    Index("ix_conversations_customer", "customer_id", "last_at"),
)

entries = Table(
    "entries",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("public", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by_id", Id, nullable=False),
    Column("message_id", Id),
    Column("client_key", Id),
    Column("payload", Text, nullable=False),
    Index(
        "uq_entries_message",
        "conversation_id",
        "message_id",
        unique=True,
        sqlite_where=text("message_id IS NOT NULL"),
        postgresql_where=text("message_id IS NOT NULL"),
    ),
    Index(
        "uq_entries_client_key",
        "conversation_id",
        "client_key",
        unique=True,
        sqlite_where=text("client_key IS NOT NULL"),
        postgresql_where=text("client_key IS NOT NULL"),
    ),
)

promises = Table(
    "promises",
    metadata,
    Column("id", Id, primary_key=True),
    Column("desk_id", Id, nullable=False),
    Column("conversation_id", Id, nullable=False),
    Column("message_id", Id, nullable=False),
    Column("owner_id", Id),
    Column("kind", Choice(PromiseKind), nullable=False),
    Column("quote", Words, nullable=False),
    Column("due", UtcDateTime),
    Column("state", Choice(PromiseState), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("reminded_at", UtcDateTime),
    Column("escalated_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Column("told_at", UtcDateTime),
    # When the keeper has to do the next thing about it, else empty: the keeper's question then costs what is to
    # be done, however many promises are open or were ever kept.
    Column("wake_at", UtcDateTime),
    # `due`, or the far future without one: the list is read from the index in its order.
    Column("sort_due", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["conversation_id", "desk_id"], ["conversations.id", "conversations.desk_id"]),
    Index("ix_promises_conversation", "conversation_id", "sort_due"),
    Index("ix_promises_desk_state", "desk_id", "state", "sort_due"),
    Index("ix_promises_owner_state", "owner_id", "state", "sort_due"),
    Index(
        "ix_promises_wake",
        "wake_at",
        "id",
        sqlite_where=text("wake_at IS NOT NULL"),
        postgresql_where=text("wake_at IS NOT NULL"),
    ),
)

promise_transitions = Table(
    "promise_transitions",
    metadata,
    Column("promise_id", Id, ForeignKey("promises.id"), primary_key=True),
    # The version that the promise had after it.
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("state_before", Choice(PromiseState)),
    Column("state_after", Choice(PromiseState), nullable=False),
    Column("by_id", Id, nullable=False),
    Column("note", Words, nullable=False),
    Column("proof_message_id", Id),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Serial(), primary_key=True),
    Column("topic", Choice(Topic), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("desk_id", Id, nullable=False),
    Column("key", Id, nullable=False, unique=True),
    Column("at", UtcDateTime, nullable=False),
    Column("conversation_id", Id),
    Column("audience", Choice(Audience), nullable=False),
    Column("person_id", Id),
    Column("payload", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    # When it may be claimed: long ago for a fresh row, the end of the lease while leased, empty when there is
    # nothing (more) to do. One column, so that one index range answers a claim.
    Column("ready_at", UtcDateTime),
    # The time that was asked for, where one was: it stays when `ready_at` moves on.
    Column("not_before", UtcDateTime),
    Column("leased_by", Id),
    Column("finished_at", UtcDateTime),
    Column("poisoned_at", UtcDateTime),
    Column("error", Words, nullable=False),
    Index("ix_outbox_topic", "topic", "id"),
    Index("ix_outbox_ready", "topic", "ready_at"),
    Index(
        "ix_outbox_poisoned",
        "desk_id",
        "id",
        sqlite_where=text("poisoned_at IS NOT NULL"),
        postgresql_where=text("poisoned_at IS NOT NULL"),
    ),
    Index(
        "ix_outbox_waiting",
        "desk_id",
        "not_before",
        "id",
        sqlite_where=text("not_before IS NOT NULL AND finished_at IS NULL"),
        postgresql_where=text("not_before IS NOT NULL AND finished_at IS NULL"),
    ),
    sqlite_autoincrement=True,
)

records = Table(
    "records",
    metadata,
    Column("id", Id, primary_key=True),
    Column("desk_id", Id, nullable=False),
    Column("conversation_id", Id, nullable=False),
    Column("lines", Text, nullable=False),
    Column("drafted_at", UtcDateTime, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("signed_by", Id, nullable=False),
    Column("signed_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    ForeignKeyConstraint(["conversation_id", "desk_id"], ["conversations.id", "conversations.desk_id"]),
    Index("ix_records_newest", "conversation_id", "drafted_at"),
)

surveys = Table(
    "surveys",
    metadata,
    Column("id", Id, primary_key=True),
    Column("desk_id", Id, nullable=False),
    Column("conversation_id", Id, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("score", Integer),
    Column("comment", Words, nullable=False),
    ForeignKeyConstraint(["conversation_id", "desk_id"], ["conversations.id", "conversations.desk_id"]),
    Index("ix_surveys_newest", "conversation_id", "asked_at"),
)
