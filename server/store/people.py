"""What may stand in clear of a person, and the keyed traces by which alike ones are found."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from server.store import bulk
from server.store.engine import insert_for
from server.store.tables import ledger, people, traces

_SHARING = (
    sa.select(traces.c.key, ledger.c.record_id)
    .join(ledger, ledger.c.seq == traces.c.seq)
    .where(traces.c.key.in_(bulk.VALUES))
)
_NAMES = tuple(column.name for column in people.c)


def sharing(tx: sa.Connection, keys: Iterable[int]) -> list[tuple[int, str]]:
    """Return (trace, record_id) of every record, of whatever standing, with such a trace."""
    return [(row.key, row.record_id) for row in bulk.rows(tx, _SHARING, sorted(keys))]


def put(tx: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write people: record_id, nik_hash, name, folded_name, birth_date, sex, kelurahan."""
    bulk.insert(tx, people, ([row[name] for name in _NAMES] for row in rows))


def put_late(
    tx: sa.Connection, rows: Sequence[Mapping[str, Any]], keys: Sequence[tuple[int, int]]
) -> None:
    """Write people and (trace, seq) pairs of records that were recorded before.

    What is there already stays.
    """
    pairs = [{"key": key, "seq": seq} for key, seq in keys]
    for table, values in ((people, rows), (traces, pairs)):
        if values:
            tx.execute(insert_for(tx, table).on_conflict_do_nothing(), list(values))


def put_traces(tx: sa.Connection, rows: Sequence[tuple[int, int]]) -> None:
    """Write pairs of a trace and the serial number of its record."""
    bulk.insert(tx, traces, sorted(rows))
