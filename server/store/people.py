"""What may stand in clear of a person, and the keyed traces by which alike ones are found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from server.rules.person import Person, person
from server.store import bulk
from server.store.tables import holders, people, traces

_SHARING = (
    sa.select(traces.c.key, people.c.record_id, people.c.name, people.c.birth_date, people.c.sex)
    .join_from(traces, people, people.c.record_id == traces.c.record_id)
    .join(
        holders,
        sa.and_(holders.c.nik_hash == people.c.nik_hash, holders.c.record_id == people.c.record_id),
    )
    .where(traces.c.key.in_(sa.bindparam("values", expanding=True)))
)
_KEYS_A_QUERY = 2000
_NAMES = tuple(column.name for column in people.c)


def sharing(tx: sa.Connection, keys: Iterable[bytes]) -> Iterator[tuple[bytes, str, Person]]:
    """Give (trace, record_id, outline) of every present holder that shares one of the traces.

    An outline is a person without what is sealed: name, birth date and sex alone.
    """
    ordered = sorted(keys)
    for start in range(0, len(ordered), _KEYS_A_QUERY):
        values = ordered[start : start + _KEYS_A_QUERY]
        for row in tx.execute(_SHARING, {"values": values}):
            born = row.birth_date.isoformat()
            outline = person({"full_name": row.name, "birth_date": born, "sex": row.sex})
            yield row.key, row.record_id, outline


def put(tx: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write people: record_id, nik_hash, name, folded_name, birth_date, sex, kelurahan, mother."""
    if rows:
        bulk.insert(tx, people, [[row[name] for name in _NAMES] for row in rows])


def put_traces(tx: sa.Connection, rows: Sequence[tuple[bytes, str]]) -> None:
    """Write (trace, record_id) pairs."""
    if rows:
        bulk.insert(tx, traces, [list(row) for row in rows])
