"""Insert and find many rows at the driver's speed, with the types of the tables all the same.

SQLAlchemy prepares each row and each value of a list by itself, which costs more than the
database does. Here a statement and its few converting columns are prepared once for a dialect.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

Convert = Callable[[Any], Any]

VALUES: sa.BindParameter[Any] = sa.bindparam("values", expanding=True)
"""What a query for `rows` is asked with: `where(column.in_(VALUES))`, and nothing else."""

_AT_ONCE = 10_000  # SQLite takes 32,766 values in a statement, PostgreSQL 65,535


def insert(tx: sa.Connection, table: sa.Table, rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows, each of all the table's columns in their order; return how many.

    Raises what an INSERT raises.
    """
    return _insert(tx, _inserting(table, tx.dialect), rows)


def insert_new(tx: sa.Connection, table: sa.Table, rows: Iterable[Sequence[Any]]) -> int:
    """Insert those rows whose key is not there yet; return how many."""
    return _insert(tx, _inserting(table, tx.dialect, " ON CONFLICT DO NOTHING"), rows)


def add_up(tx: sa.Connection, table: sa.Table, rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows; where a row's key is there, add its other columns to those that are."""
    key = {column.name for column in table.primary_key}
    counters = [column.name for column in table.columns if column.name not in key]
    added = ", ".join(f"{name} = {table.name}.{name} + excluded.{name}" for name in counters)
    more = f" ON CONFLICT ({', '.join(sorted(key))}) DO UPDATE SET {added}"
    _insert(tx, _inserting(table, tx.dialect, more), rows)


def rows(tx: sa.Connection, query: sa.Select[Any], values: Iterable[Any]) -> list[Any]:
    """Return what a query finds for any number of VALUES; nothing where there are none."""
    finding, wanted = _finding(query, tx.dialect), list(values)
    found: list[Any] = []
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        marks = ", ".join([finding.mark] * len(part))
        text = f"{finding.before}{marks}{finding.after}"
        found += tx.exec_driver_sql(text, tuple(part)).fetchall()
    return [finding.row(*_converted(row, finding.converting)) for row in found]


class _Inserting(NamedTuple):
    statement: str
    converting: list[tuple[int, Convert]]


class _Finding(NamedTuple):
    before: str
    after: str
    mark: str
    row: Callable[..., Any]
    converting: list[tuple[int, Convert]]


def _insert(tx: sa.Connection, inserting: _Inserting, rows: Iterable[Sequence[Any]]) -> int:
    values = [_converted(row, inserting.converting) for row in rows]
    return tx.exec_driver_sql(inserting.statement, values).rowcount if values else 0


def _converted(row: Sequence[Any], converting: list[tuple[int, Convert]]) -> tuple[Any, ...]:
    if not converting:
        return tuple(row)
    values = list(row)
    for place, convert in converting:
        values[place] = convert(values[place])
    return tuple(values)


@lru_cache(maxsize=64)
def _inserting(table: sa.Table, dialect: Dialect, more: str = "") -> _Inserting:
    names = ", ".join(dialect.identifier_preparer.format_column(column) for column in table.columns)
    name = dialect.identifier_preparer.format_table(table)
    marks = ", ".join([_mark(dialect)] * len(table.columns))
    statement = f"INSERT INTO {name} ({names}) VALUES ({marks}){more}"  # noqa: S608
    return _Inserting(statement, _converting(table.columns, dialect, _on_the_way_in))


@lru_cache(maxsize=64)
def _finding(query: sa.Select[Any], dialect: Dialect) -> _Finding:
    text = str(query.compile(dialect=dialect))
    before, after = text.split("__[POSTCOMPILE_values]")
    columns = query.selected_columns
    names = [column.name for column in columns]
    row: Any = namedtuple("Row", names)  # type: ignore[misc]
    converting = _converting(columns, dialect, _on_the_way_out)
    return _Finding(before, after, _mark(dialect), row, converting)


def _mark(dialect: Dialect) -> str:
    return "?" if dialect.paramstyle == "qmark" else "%s"


def _converting(
    columns: Iterable[Any], dialect: Dialect, way: Callable[[Any, Dialect], Convert | None]
) -> list[tuple[int, Convert]]:
    converters = [way(column.type, dialect) for column in columns]
    return [(place, convert) for place, convert in enumerate(converters) if convert is not None]


def _on_the_way_in(kind: Any, dialect: Dialect) -> Convert | None:
    # Bytes and truth go as they are: both drivers take them.
    if isinstance(kind, sa.LargeBinary | sa.Boolean):
        return None
    convert: Convert | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return convert


def _on_the_way_out(kind: Any, dialect: Dialect) -> Convert | None:
    if isinstance(kind, sa.LargeBinary):
        return None
    convert: Convert | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return convert
