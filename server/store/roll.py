"""The roll of present members and the withdrawals of consent, by keyed hash of the NIK."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.store import bulk
from server.store.engine import insert_for
from server.store.tables import roll, withdrawals

_MEMBERS = sa.select(roll).where(roll.c.nik_hash.in_(bulk.VALUES))
_WITHDRAWN = sa.select(withdrawals).where(withdrawals.c.nik_hash.in_(bulk.VALUES))


def members(tx: sa.Connection, niks: Iterable[bytes]) -> dict[bytes, Any]:
    """Return the roll's rows of these NIKs, by nik_hash."""
    return {row.nik_hash: row for row in bulk.rows(tx, _MEMBERS, niks)}


def withdrawn(tx: sa.Connection, niks: Iterable[bytes]) -> dict[bytes, datetime]:
    """Return since when consent is withdrawn for these NIKs, by nik_hash."""
    return {row.nik_hash: row.withdrawn_at for row in bulk.rows(tx, _WITHDRAWN, niks)}


def withdraw(tx: sa.Connection, nik_hash: bytes, at: datetime) -> datetime:
    """Note that consent is withdrawn for a NIK; the later moment stands, and is returned."""
    statement = insert_for(tx, withdrawals).values(nik_hash=nik_hash, withdrawn_at=at)
    latest = sa.case(
        (
            statement.excluded.withdrawn_at > withdrawals.c.withdrawn_at,
            statement.excluded.withdrawn_at,
        ),
        else_=withdrawals.c.withdrawn_at,
    )
    statement = statement.on_conflict_do_update(
        index_elements=["nik_hash"], set_={"withdrawn_at": latest}
    )
    stands: datetime = tx.execute(statement.returning(withdrawals.c.withdrawn_at)).scalar_one()
    return stands


def put(tx: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add members, or bring known ones up to date; a NIK's first import date stays."""
    if not rows:
        return
    statement = insert_for(tx, roll)
    changed = ("folded_name", "birth_date", "since")
    statement = statement.on_conflict_do_update(
        index_elements=["nik_hash"],
        set_={name: statement.excluded[name] for name in changed},
    )
    tx.execute(statement, list(rows))


def count(tx: sa.Connection) -> int:
    """Return how many members the roll has."""
    return tx.execute(sa.select(sa.func.count()).select_from(roll)).scalar_one()
