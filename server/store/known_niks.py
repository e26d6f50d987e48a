"""Which NIKs are held or on the roll, as laptops ask for it: a base and what came since.

The whole is built anew at most nightly; between builds every newly held NIK is numbered
under the newest base's row, which is the last lock that a transaction takes.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.store.list_tables import known_additions, known_niks
from server.store.tables import holders, roll

_NEWEST = (
    sa.select(known_niks.c.base, known_niks.c.additions).order_by(known_niks.c.base.desc()).limit(1)
)


def newest(tx: sa.Connection) -> Any:
    """Return the newest base and how many additions it has, or None before the first build."""
    return tx.execute(_NEWEST).one_or_none()


def version(tx: sa.Connection) -> str | None:
    """Return the version text `base.additions`, or None before the first build."""
    row = newest(tx)
    return None if row is None else f"{row.base}.{row.additions}"


def add(tx: sa.Connection, digests: Sequence[bytes]) -> None:
    """Number newly held NIKs' 8-byte digests behind the newest base, if there is one."""
    row = newest(tx) if digests else None
    while row is not None:
        statement = (
            sa.update(known_niks)
            .where(known_niks.c.base == row.base)
            .values(additions=known_niks.c.additions + len(digests))
            .returning(known_niks.c.additions)
        )
        last = tx.execute(statement).scalar()
        if last is not None:
            _number(tx, row.base, last - len(digests), digests)
            return
        row = newest(tx)  # a build moved the base while this waited for its row


def _number(tx: sa.Connection, base: int, last: int, digests: Sequence[bytes]) -> None:
    rows = [
        {"base": base, "number": number, "digest": digest}
        for number, digest in enumerate(digests, start=last + 1)
    ]
    if rows:
        tx.execute(sa.insert(known_additions), rows)


def whole(tx: sa.Connection) -> bytes | None:
    """Return the newest filter's bytes."""
    query = sa.select(known_niks.c.filter).order_by(known_niks.c.base.desc()).limit(1)
    return tx.execute(query).scalar()


def additions(tx: sa.Connection, base: int, since: int) -> list[bytes]:
    """Return the digests added to a base behind the first `since` ones, in order."""
    query = (
        sa.select(known_additions.c.digest)
        .where(known_additions.c.base == base, known_additions.c.number > since)
        .order_by(known_additions.c.number)
    )
    return list(tx.execute(query).scalars())


def all_known(tx: sa.Connection) -> Iterator[bytes]:
    """Give the 16-byte digest of every NIK that is held or on the roll, each once."""
    query = sa.union(sa.select(holders.c.known), sa.select(roll.c.known))
    yield from tx.execute(query).scalars()


def replace_base(
    tx: sa.Connection, old: int | None, counted: int, filter_: bytes, at: datetime
) -> int:
    """Put a new base in the place of the old one; return its number.

    `counted` is how many additions the old base had when the filter was begun: those that
    came since are carried over, since the filter may lack them.
    """
    base = 1 if old is None else old + 1
    late: list[bytes] = []
    if old is not None:
        tx.execute(sa.delete(known_niks).where(known_niks.c.base == old))
        late = additions(tx, old, counted)
        tx.execute(sa.delete(known_additions))
    row = {"base": base, "additions": len(late), "filter": filter_, "built_at": at}
    tx.execute(sa.insert(known_niks), [row])
    _number(tx, base, 0, late)
    return base
