"""The ledger: every record as it came, and its standing. The truth of the office."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter, itemgetter
from typing import Any

import sqlalchemy as sa

from schemas.envelope import Ack
from schemas.words import Reason, Verdict
from server.rules.record import Record
from server.store import bulk
from server.store.tables import holders, ledger, seqs

_COLUMNS = (
    ledger.c.record_id,
    ledger.c.seq,
    ledger.c.digest,
    ledger.c.agent_id,
    ledger.c.office_id,
    ledger.c.device_id,
    ledger.c.device_seq,
    ledger.c.received_at,
    ledger.c.captured_at,
    ledger.c.certainty,
    ledger.c.work_date,
    ledger.c.received_date,
    ledger.c.kelurahan,
    ledger.c.verdict,
    ledger.c.reason,
    ledger.c.root_id,
    ledger.c.flags,
    ledger.c.errors,
    ledger.c.due,
    ledger.c.corrects,
    ledger.c.corrected_by,
    ledger.c.duplicate_of,
    ledger.c.nik_hash,
    ledger.c.contribution,
    ledger.c.jht,
    ledger.c.months,
    ledger.c.counts_as,
)
_BY_ID = sa.select(*_COLUMNS).where(ledger.c.record_id.in_(bulk.VALUES))
_HOLDING = (
    sa.select(*_COLUMNS)
    .join(holders, holders.c.record_id == ledger.c.record_id)
    .where(holders.c.nik_hash.in_(bulk.VALUES))
)
_NOT_HOLDING = sa.select(*_COLUMNS).where(
    ledger.c.nik_hash.in_(bulk.VALUES),
    sa.text("verdict <> 'accepted'"),  # as the index has it
)
_NAMING = sa.select(*_COLUMNS).where(ledger.c.duplicate_of.in_(bulk.VALUES))
_OF_DEVICE = ledger.c.device_id == sa.bindparam("device")
_CAPTURE_BEFORE = (
    sa.select(ledger.c.captured_at)
    .where(
        _OF_DEVICE,
        ledger.c.device_seq < sa.bindparam("number"),
        ledger.c.captured_at.is_not(None),
    )
    .order_by(ledger.c.device_seq.desc())
    .limit(1)
)
_LAST_SEQ = (
    sa.select(ledger.c.device_seq)
    .where(
        _OF_DEVICE,
        ledger.c.agent_id == sa.bindparam("agent"),
        ledger.c.device_seq.is_not(None),
    )
    .order_by(ledger.c.device_seq.desc())
    .limit(1)
)
_GREATEST = sa.select(sa.func.max(ledger.c.seq))
_FIGURES = ("errors", "nik_hash", "due", "contribution", "jht", "months", "kelurahan")
_PAIRS = sa.select(ledger.c.record_id, ledger.c.digest).where(ledger.c.record_id.in_(bulk.VALUES))
_SEALED = sa.select(ledger.c.record_id, ledger.c.sealed).where(ledger.c.record_id.in_(bulk.VALUES))
_MOVE = (
    sa.update(ledger)
    .where(ledger.c.record_id == sa.bindparam("id"))
    .values(
        verdict=sa.bindparam("new_verdict"),
        reason=sa.bindparam("new_reason"),
        flags=sa.bindparam("new_flags"),
        corrected_by=sa.bindparam("new_corrected_by"),
        duplicate_of=sa.bindparam("new_duplicate_of"),
        counts_as=sa.bindparam("new_counts_as"),
    )
)


def as_record(row: Any) -> Record:
    """Return a row of the ledger as a record."""
    values = row._asdict()
    return Record(
        **{
            **values,
            "verdict": Verdict(values["verdict"]),
            "reason": Reason(values["reason"]),
            "flags": tuple(values["flags"].split()),
            "errors": tuple(json.loads(values["errors"] or "[]")),
            "counts_as": Verdict(values["counts_as"]) if values["counts_as"] else None,
        }
    )


def records(tx: sa.Connection, record_ids: Iterable[str]) -> dict[str, Record]:
    """Return the records of these ids, by id."""
    return {row.record_id: as_record(row) for row in bulk.rows(tx, _BY_ID, record_ids)}


def of_niks(tx: sa.Connection, niks: Iterable[bytes]) -> dict[str, Record]:
    """Return every record that is filed under one of these NIKs, by id."""
    asked = list(niks)
    rows = bulk.rows(tx, _HOLDING, asked) + bulk.rows(tx, _NOT_HOLDING, asked)
    return {row.record_id: as_record(row) for row in rows}


def pairs(tx: sa.Connection, record_ids: Iterable[str]) -> set[tuple[str, str]]:
    """Return the (record_id, digest) that are recorded among these ids."""
    return {(row.record_id, row.digest) for row in bulk.rows(tx, _PAIRS, record_ids)}


def chains(tx: sa.Connection, record_ids: Iterable[str]) -> dict[str, Record]:
    """Return these records with every record of their chains that leads to their ends."""
    found: dict[str, Record] = {}
    wanted = set(record_ids)
    while wanted:
        new = records(tx, wanted)
        found.update(new)
        links = {
            link
            for record in new.values()
            for link in (record.root_id, record.corrected_by, record.corrects)
            if link is not None
        }
        wanted = links - found.keys() - wanted
    return found


def sealed(tx: sa.Connection, record_ids: Iterable[str]) -> dict[str, bytes]:
    """Return the sealed canonical bytes of these records' envelopes, by id."""
    return {row.record_id: row.sealed for row in bulk.rows(tx, _SEALED, record_ids)}


def greatest_seq(tx: sa.Connection) -> int:
    """Return the greatest serial number of a record; 0 where there is none."""
    return tx.execute(_GREATEST).scalar() or 0


def next_seqs(tx: sa.Connection, count: int) -> list[int]:
    """Hand out `count` serial numbers, ascending.

    The write transaction is SQLite's only one, so the greatest number decides there;
    PostgreSQL's sequence leaves gaps where a transaction is rolled back.
    """
    if tx.dialect.name == "sqlite":
        last = greatest_seq(tx)
        return list(range(last + 1, last + count + 1))
    series = sa.func.generate_series(1, sa.bindparam("count")).table_valued("n")
    return sorted(
        tx.execute(sa.select(seqs.next_value()).select_from(series), {"count": count}).scalars()
    )


def record(
    tx: sa.Connection, rows: Iterable[tuple[Record, bytes]], sent_by: str, offset_s: int | None
) -> None:
    """Write new records, each with its envelope's sealed bytes, as one device sent them."""
    bulk.insert(
        tx,
        ledger,
        [
            _in_order((*new, sealed, sent_by, offset_s, " ".join(new.flags), _errors_text(new)))
            for new, sealed in rows
        ],
    )


def move(tx: sa.Connection, moved: Sequence[Record]) -> None:
    """Write the standings of records that moved."""
    if moved:
        tx.execute(
            _MOVE,
            [
                {
                    "id": record.record_id,
                    "new_verdict": record.verdict.value,
                    "new_reason": record.reason.value,
                    "new_flags": " ".join(record.flags),
                    "new_corrected_by": record.corrected_by,
                    "new_duplicate_of": record.duplicate_of,
                    "new_counts_as": record.counts_as and record.counts_as.value,
                }
                for record in moved
            ],
        )


def refigure(tx: sa.Connection, changed: Sequence[Record]) -> None:
    """Write what is found out about records that are taken although they were refused.

    Their errors, NIK, kelurahan and amounts; their standings are written by `move`.
    """
    for record in changed:
        values = {name: getattr(record, name) for name in _FIGURES}
        values["errors"] = _errors_text(record)
        tx.execute(sa.update(ledger).where(ledger.c.record_id == record.record_id).values(**values))


def _errors_text(record: Record) -> str | None:
    return json.dumps(record.errors, ensure_ascii=False) if record.errors else None


_PLACES = {
    name: place
    for place, name in enumerate(
        (*Record._fields, "sealed", "sent_by", "offset_s", "flags", "errors")
    )
}
_in_order = itemgetter(*(_PLACES[column.name] for column in ledger.c))
"""Puts a record's values, and what only the ledger keeps, into the order of its columns."""


def duplicates_of(tx: sa.Connection, record_ids: Iterable[str]) -> list[Record]:
    """Return the duplicate/enrolled records that name one of these, lowest seq first."""
    found = [as_record(row) for row in bulk.rows(tx, _NAMING, record_ids)]
    named = [one for one in found if one.verdict == Verdict.DUPLICATE]
    return sorted(named, key=attrgetter("seq"))


def latest_capture_before(tx: sa.Connection, device_id: str, device_seq: int) -> datetime | None:
    """Return the known capture time of a device's nearest smaller number that has one.

    Known times ascend with the number, since each was held against the one before it.
    """
    return tx.execute(_CAPTURE_BEFORE, {"device": device_id, "number": device_seq}).scalar()


def last_seq(tx: sa.Connection, agent_id: str, device_id: str) -> int:
    """Return the greatest device_seq on an agent's records of a device; 0 where none.

    What another agent hands in under this device's name must not move its numbering.
    """
    return tx.execute(_LAST_SEQ, {"device": device_id, "agent": agent_id}).scalar() or 0


def ack(record: Record, digest: str) -> Ack:
    """Return the answer to one pair: its record's present standing."""
    return Ack(
        record_id=record.record_id,
        digest=digest,
        verdict=record.verdict,
        reason=record.reason,
        seq=record.seq,
        received_at=record.received_at,
        errors=record.errors,
        flags=record.flags,
        due=record.due,
        corrected_by=record.corrected_by,
    )
