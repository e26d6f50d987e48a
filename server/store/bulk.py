"""Insert many rows at the driver's speed, with the types of the table all the same.

SQLAlchemy builds each row's parameters by itself, which for the wide ledger costs more
than the database does. Here a statement and its few converting columns are prepared once
for a table and dialect.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

Convert = Callable[[Any], Any]


def insert(tx: sa.Connection, table: sa.Table, rows: Sequence[list[Any]]) -> None:
    """Insert rows, each a list of all the table's columns in their order.

    Converts the values in place; raises what an INSERT raises.
    """
    if not rows:
        return
    statement, converting = _prepared(table, tx.dialect)
    for place, convert in converting:
        for row in rows:
            row[place] = convert(row[place])
    tx.exec_driver_sql(statement, [tuple(row) for row in rows])


@lru_cache(maxsize=64)
def _prepared(table: sa.Table, dialect: Dialect) -> tuple[str, list[tuple[int, Convert]]]:
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    names = ", ".join(dialect.identifier_preparer.format_column(column) for column in table.columns)
    name = dialect.identifier_preparer.format_table(table)
    marks = ", ".join([mark] * len(table.columns))
    converting = [
        (place, convert)
        for place, column in enumerate(table.columns)
        if (convert := _convert(column, dialect)) is not None
    ]
    return f"INSERT INTO {name} ({names}) VALUES ({marks})", converting  # noqa: S608


def _convert(column: sa.Column[Any], dialect: Dialect) -> Convert | None:
    # Bytes go as they are: both drivers take them, and wrapping them is all it would do.
    if isinstance(column.type, sa.LargeBinary):
        return None
    convert: Convert | None = column.type.dialect_impl(dialect).bind_processor(dialect)
    return convert
