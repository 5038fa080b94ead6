"""Column types that mean the same on SQLite and PostgreSQL, and refuse what they cannot keep."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

E = TypeVar("E", bound=StrEnum)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC. A naive one is refused: nobody knows any more what it meant."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC. Raises ValueError for a naive instant."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("an instant without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite keeps no zone; what was written is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Choice(TypeDecorator[E], Generic[E]):
    """A member of a closed set, kept as its value; anything else is refused in both directions."""

    impl = String(32)
    cache_ok = True

    def __init__(self, members: type[E]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """The value of the member. Raises ValueError for what is not in the set."""
        return None if value is None else self.members(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """The member. Raises ValueError when the row holds what the code does not know."""
        return None if value is None else self.members(value)


class Words(TypeDecorator[str]):
    """Text that people wrote. A NUL, which PostgreSQL cannot keep, becomes U+FFFD on both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Without NULs."""
        return value if value is None or "\0" not in value else value.replace("\0", "\ufffd")


class Id(Words):
    """An id or key; compared byte by byte on both databases, so that ties sort the same."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """PostgreSQL would otherwise compare by the rules of some language."""
        return Text(collation="C" if dialect.name == "postgresql" else None)


def Serial() -> TypeEngine[int]:  # noqa: N802
    """A rising number given by the database (SQLite gives one to a column of type INTEGER alone)."""
    return BigInteger().with_variant(Integer(), "sqlite")
