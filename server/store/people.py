"""What may stand in clear of a person, and the keyed traces by which alike ones are found."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from server.store import bulk
from server.store.tables import people, traces

_VALUES: sa.BindParameter[Any] = sa.bindparam("values", expanding=True)
_SHARING = sa.select(traces).where(traces.c.key.in_(_VALUES))
_BY_ID = sa.select(people).where(people.c.record_id.in_(_VALUES))
_AT_ONCE = 2000
_NAMES = tuple(column.name for column in people.c)


def sharing(tx: sa.Connection, keys: Iterable[bytes]) -> list[tuple[bytes, str]]:
    """Return (trace, record_id) of every record, of whatever standing, with such a trace."""
    return [(row.key, row.record_id) for row in _in_parts(tx, _SHARING, keys)]


def of(tx: sa.Connection, record_ids: Iterable[str]) -> dict[str, Any]:
    """Return what stands in clear of these records' people, by record_id."""
    return {row.record_id: row for row in _in_parts(tx, _BY_ID, record_ids)}


def _in_parts(tx: sa.Connection, query: Any, values: Iterable[Any]) -> Iterable[Any]:
    ordered = sorted(values)
    for start in range(0, len(ordered), _AT_ONCE):
        yield from tx.execute(query, {"values": ordered[start : start + _AT_ONCE]})


def put(tx: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write people: record_id, nik_hash, name, folded_name, birth_date, sex, kelurahan, mother."""
    if rows:
        bulk.insert(tx, people, [[row[name] for name in _NAMES] for row in rows])


def put_traces(tx: sa.Connection, rows: Sequence[tuple[bytes, str]]) -> None:
    """Write (trace, record_id) pairs."""
    if rows:
        bulk.insert(tx, traces, [list(row) for row in rows])
