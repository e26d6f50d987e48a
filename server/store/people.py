"""What may stand in clear of a person, and the keyed traces by which alike ones are found."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from server.store import bulk, ledger
from server.store.tables import ledger as records
from server.store.tables import people, traces

_TRACED = (
    sa.select(traces.c.key, records.c.record_id, records.c.sealed)
    .join(records, records.c.seq == traces.c.seq)
    .where(traces.c.key.in_(bulk.VALUES))
)
_SHARING = _TRACED.where(traces.c.is_new.in_((sa.false(), sa.true())))
_SHARING_NEW = _TRACED.where(traces.c.is_new == sa.true())
_NEW = sa.select(sa.false(), traces.c.key, traces.c.seq).where(traces.c.is_new == sa.true())
_NAMES = sa.select(people.c.record_id, people.c.name).where(people.c.record_id.in_(bulk.VALUES))
_SORT_IN = sqlite.insert(traces).from_select(list(traces.c), _NEW).on_conflict_do_nothing()
SORT_IN_EVERY = 8192
"""After so many records SQLite sorts its new traces in among the others."""


class Outline(NamedTuple):
    """What may stand in clear of a person: a row of `people`, in the order of its columns."""

    record_id: str
    nik_hash: bytes
    name: str
    folded_name: str
    birth_date: date
    sex: str
    kelurahan: str

    def __repr__(self) -> str:
        return f"<Outline {self.record_id}>"


def sharing(tx: sa.Connection, keys: Iterable[int]) -> list[Any]:
    """Return every record, of whatever standing, with such a trace: key, record_id, sealed."""
    return bulk.rows(tx, _SHARING, sorted(keys))


def sharing_since(tx: sa.Connection, keys: Iterable[int], since: int) -> list[Any]:
    """Return at least those whose traces were written when `since` was the greatest seq, or later.

    On SQLite they are among the new ones, unless these were sorted in meanwhile.
    """
    same = since // SORT_IN_EVERY == ledger.greatest_seq(tx) // SORT_IN_EVERY
    query = _SHARING_NEW if same and _keeps_apart(tx) else _SHARING
    return bulk.rows(tx, query, sorted(keys))


def put(tx: sa.Connection, outlines: Iterable[Outline]) -> None:
    """Write people."""
    bulk.insert(tx, people, outlines)


def put_late(
    tx: sa.Connection, outlines: Iterable[Outline], keys: Sequence[tuple[int, int]]
) -> None:
    """Write people and (trace, seq) pairs of records that were recorded before.

    What is there already stays.
    """
    bulk.insert_new(tx, people, outlines)
    bulk.insert_new(tx, traces, _traces(tx, keys))


def put_traces(tx: sa.Connection, rows: Sequence[tuple[int, int]]) -> None:
    """Write pairs of a trace and the serial number of its record.

    Traces are as good as random, so that in a large table each changes a page of its own,
    and SQLite writes whole pages. There they are kept apart while they are new, where a few
    pages hold them all, and sorted in among the others now and then.
    """
    bulk.insert(tx, traces, _traces(tx, rows))
    seqs = [seq for _, seq in rows] or [1]
    if _keeps_apart(tx) and (min(seqs) - 1) // SORT_IN_EVERY != max(seqs) // SORT_IN_EVERY:
        tx.execute(_SORT_IN)
        tx.execute(sa.delete(traces).where(traces.c.is_new == sa.true()))


def _keeps_apart(tx: sa.Connection) -> bool:
    return tx.dialect.name == "sqlite"


def _traces(tx: sa.Connection, keys: Iterable[tuple[int, int]]) -> list[tuple[bool, int, int]]:
    return [(_keeps_apart(tx), key, seq) for key, seq in sorted(keys)]


def names(tx: sa.Connection, record_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of these records' people, by record_id; those refused have none here."""
    return {row.record_id: row.name for row in bulk.rows(tx, _NAMES, record_ids)}
