"""The trail: who did what, added to and never changed, each line sealed with the one before."""

from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa

from server.store.desk_tables import audit, audit_head
from server.store.engine import insert_for

BEGINNING: Final = bytes(32)
"""What stands before the first line."""
_AT_ONCE: Final = 1_000


def lock_head(tx: sa.Connection) -> tuple[int, bytes]:
    """Return the last line's number and seal; who asks next waits for this transaction."""
    first = {"one": 1, "number": 0, "seal": BEGINNING}
    tx.execute(insert_for(tx, audit_head).on_conflict_do_nothing(), [first])
    row = tx.execute(sa.select(audit_head).with_for_update()).one()
    return row.number, row.seal


def append(tx: sa.Connection, row: dict[str, Any]) -> None:
    """Write a line, which is the last from now on."""
    tx.execute(sa.insert(audit), [row])
    tx.execute(sa.update(audit_head).values(number=row["number"], seal=row["seal"]))


def head(tx: sa.Connection) -> tuple[int, bytes]:
    """Return the last line's number and seal."""
    row = tx.execute(sa.select(audit_head)).one_or_none()
    return (0, BEGINNING) if row is None else (row.number, row.seal)


def lines(tx: sa.Connection) -> Iterator[Any]:
    """Yield every line from the first on, a part at a time."""
    after = 0
    while True:
        query = sa.select(audit).where(audit.c.number > after).order_by(audit.c.number)
        rows = tx.execute(query.limit(_AT_ONCE)).all()
        yield from rows
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1].number
