"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment, kept in UTC.

    SQLite would drop the offset of `DateTime(timezone=True)` without a word, so a naive
    value is refused with ValueError on the way in, and UTC is put back on the way out.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC, naive for SQLite."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the store")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the moment, aware, in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def record_id(name: str, *args: Any, **options: Any) -> sa.Column[str]:
    """Return a column for a UUID kept as its lower-case hyphenated text."""
    return sa.Column(name, sa.String(36), *args, **options)


def keyed_hash(name: str, *args: Any, **options: Any) -> sa.Column[bytes]:
    """Return a column for a keyed hash of 16 bytes."""
    return sa.Column(name, sa.LargeBinary(16), *args, **options)


def counter(name: str) -> sa.Column[int]:
    """Return a column that counts from zero."""
    return sa.Column(name, sa.BigInteger, nullable=False, server_default="0")
