"""Who holds a NIK: at most one record, by the table's key, whatever the races."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from server.store.engine import insert_for, rows_of
from server.store.tables import holders

_BY_NIK = (
    sa.select(holders.c.nik_hash, holders.c.record_id)
    .where(holders.c.nik_hash.in_(sa.bindparam("values", expanding=True)))
    .order_by(holders.c.nik_hash)
    .with_for_update()
)


def claim(
    tx: sa.Connection, wanted: Mapping[bytes, tuple[str, bytes]]
) -> tuple[dict[bytes, str], set[bytes]]:
    """Claim free NIKs and lock those that are held, in sorted order.

    `wanted`: nik_hash → (record_id, known digest). Returns who holds each NIK now, and
    which of them were claimed by this call. The constraint decides: a rival's claim makes
    this wait until the rival has committed or rolled back.
    """
    ordered = sorted(wanted)
    rows = [
        {"nik_hash": nik, "record_id": wanted[nik][0], "known": wanted[nik][1]} for nik in ordered
    ]
    statement = insert_for(tx, holders).on_conflict_do_nothing().returning(holders.c.nik_hash)
    claimed = set(tx.execute(statement, rows).scalars()) if rows else set()
    held = {nik: wanted[nik][0] for nik in claimed}
    others = [nik for nik in ordered if nik not in claimed]
    held.update({row.nik_hash: row.record_id for row in rows_of(tx, _BY_NIK, others)})
    return held, claimed


def of(tx: sa.Connection, niks: Iterable[bytes]) -> dict[bytes, str]:
    """Return and lock who holds each of these NIKs, by nik_hash."""
    return {row.nik_hash: row.record_id for row in rows_of(tx, _BY_NIK, sorted(niks))}


def hand(tx: sa.Connection, places: Mapping[bytes, str]) -> None:
    """Let other records hold NIKs that are held already: nik_hash → record_id."""
    if places:
        statement = (
            sa.update(holders)
            .where(holders.c.nik_hash == sa.bindparam("nik"))
            .values(record_id=sa.bindparam("holder"))
        )
        rows = [{"nik": nik, "holder": record_id} for nik, record_id in sorted(places.items())]
        tx.execute(statement, rows)


def let_go(tx: sa.Connection, niks: Iterable[bytes]) -> None:
    """Free NIKs."""
    statement = sa.delete(holders).where(holders.c.nik_hash == sa.bindparam("nik"))
    rows = [{"nik": nik} for nik in sorted(niks)]
    if rows:
        tx.execute(statement, rows)
