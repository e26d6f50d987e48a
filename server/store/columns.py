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
        """Return the moment in UTC."""
        return _in_utc(value)

    def bind_processor(self, dialect: Dialect) -> Any:
        """Write for SQLite the text without an offset that SQLAlchemy would, but quicker."""
        return _text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the moment, aware, in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        """Read SQLite's text without an offset as SQLAlchemy would, but quicker."""
        if dialect.name == "sqlite":
            return _moment
        return super().result_processor(dialect, coltype)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


def _in_utc(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a naive datetime has no place in the store")
    return value if value.tzinfo is UTC else value.astimezone(UTC)


def _text(value: datetime | None) -> str | None:
    moment = _in_utc(value)
    return None if moment is None else moment.isoformat(" ", "microseconds")[:-6]


def record_id(name: str, *args: Any, **options: Any) -> sa.Column[str]:
    """Return a column for a UUID kept as its lower-case hyphenated text."""
    return sa.Column(name, sa.String(36), *args, **options)


def keyed_hash(name: str, *args: Any, **options: Any) -> sa.Column[bytes]:
    """Return a column for a keyed hash of 16 bytes."""
    return sa.Column(name, sa.LargeBinary(16), *args, **options)


def counter(name: str) -> sa.Column[int]:
    """Return a column that counts from zero."""
    return sa.Column(name, sa.BigInteger, nullable=False, server_default="0")
