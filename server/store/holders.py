"""Who holds a NIK: at most one record, by the table's key, whatever the races."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from server.store import bulk
from server.store.tables import holders

_HELD = sa.select(holders.c.nik_hash, holders.c.record_id).where(
    holders.c.nik_hash.in_(bulk.VALUES)
)
_BY_NIK = _HELD.order_by(holders.c.nik_hash).with_for_update()


def claim(
    tx: sa.Connection, wanted: Mapping[bytes, tuple[str, bytes]]
) -> tuple[dict[bytes, str], set[bytes]]:
    """Claim free NIKs and lock those that are held, in sorted order.

    `wanted`: nik_hash → (record_id, known digest). Returns who holds each NIK now, and
    which of them were claimed by this call. The constraint decides: a rival's claim makes
    this wait until the rival has committed or rolled back. A NIK that its holder let go
    while this waited for it is free, and claimed in another round.
    """
    held: dict[bytes, str] = {}
    claimed: set[bytes] = set()
    while missing := [nik for nik in sorted(wanted) if nik not in held]:
        mine = _insert(tx, {nik: wanted[nik] for nik in missing})
        claimed |= mine.keys()
        held |= mine
        held |= of(tx, [nik for nik in missing if nik not in mine])
    return held, claimed


def _insert(tx: sa.Connection, wanted: Mapping[bytes, tuple[str, bytes]]) -> dict[bytes, str]:
    """Insert what is free, in the order given; return what of it is ours now."""
    known = likely(tx, wanted)
    free = {nik: record_id for nik, (record_id, _) in wanted.items() if nik not in known}
    rows = [(nik, record_id, wanted[nik][1]) for nik, record_id in free.items()]
    if bulk.insert_new(tx, holders, rows) == len(free):
        return free
    # A rival was quicker; it holds them for records of its own, or its key breaks our ledger's.
    return {nik: holder for nik, holder in likely(tx, free).items() if holder == free[nik]}


def of(tx: sa.Connection, niks: Iterable[bytes]) -> dict[bytes, str]:
    """Return and lock who holds each of these NIKs, by nik_hash."""
    return {row.nik_hash: row.record_id for row in bulk.rows(tx, _BY_NIK, sorted(niks))}


def likely(tx: sa.Connection, niks: Iterable[bytes]) -> dict[bytes, str]:
    """Return who holds each of these NIKs just now, without locking: it may change."""
    return {row.nik_hash: row.record_id for row in bulk.rows(tx, _HELD, niks)}


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


def seat(tx: sa.Connection, places: Mapping[bytes, tuple[str, bytes]]) -> None:
    """Let records hold NIKs that were claimed without them: as in `claim`."""
    statement = sa.update(holders).where(holders.c.nik_hash == sa.bindparam("nik"))
    statement = statement.values(record_id=sa.bindparam("holder"), known=sa.bindparam("digest"))
    rows = [{"nik": nik, "holder": r, "digest": known} for nik, (r, known) in places.items()]
    if rows:
        tx.execute(statement, rows)


def let_go(tx: sa.Connection, niks: Iterable[bytes]) -> None:
    """Free NIKs."""
    statement = sa.delete(holders).where(holders.c.nik_hash == sa.bindparam("nik"))
    rows = [{"nik": nik} for nik in sorted(niks)]
    if rows:
        tx.execute(statement, rows)
