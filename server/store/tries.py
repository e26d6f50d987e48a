"""How often signing in failed, by a keyed hash of the name that was typed."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from server.store.desk_tables import wrong_tries
from server.store.engine import insert_for


def locked_until(tx: sa.Connection, name_trace: int, *, hold: bool) -> datetime | None:
    """Return until when a name is locked, or None; with `hold` lock the row meanwhile."""
    query = sa.select(wrong_tries.c.locked_until).where(wrong_tries.c.name_trace == name_trace)
    found: datetime | None = tx.execute(query.with_for_update() if hold else query).scalar()
    return found


def locks(tx: sa.Connection, name_traces: Iterable[int]) -> Mapping[int, datetime]:
    """Return until when each of these names is locked, or was, where it ever was."""
    query = sa.select(wrong_tries.c.name_trace, wrong_tries.c.locked_until).where(
        wrong_tries.c.name_trace.in_(list(name_traces)), wrong_tries.c.locked_until.is_not(None)
    )
    return {row.name_trace: row.locked_until for row in tx.execute(query)}


def fail(tx: sa.Connection, name_trace: int, now: datetime, older_than: datetime) -> int:
    """Count a wrong try; return how many there are by now. What is older is forgotten first."""
    key = wrong_tries.c.name_trace
    # What another transaction holds right now is left to it: to wait could be for each other.
    old = sa.select(key).where(wrong_tries.c.last_at < older_than)
    tx.execute(sa.delete(wrong_tries).where(key.in_(old.with_for_update(skip_locked=True))))
    first = {"name_trace": name_trace, "failures": 1, "last_at": now}
    again = {"failures": wrong_tries.c.failures + 1, "last_at": now}
    statement = insert_for(tx, wrong_tries).values(**first)
    statement = statement.on_conflict_do_update(index_elements=["name_trace"], set_=again)
    failures: int = tx.execute(statement.returning(wrong_tries.c.failures)).scalar_one()
    return failures


def lock(tx: sa.Connection, name_trace: int, until: datetime) -> None:
    """Lock a name."""
    statement = sa.update(wrong_tries).where(wrong_tries.c.name_trace == name_trace)
    tx.execute(statement.values(locked_until=until))


def forget(tx: sa.Connection, name_trace: int) -> None:
    """Forget a name's wrong tries, and unlock it."""
    tx.execute(sa.delete(wrong_tries).where(wrong_tries.c.name_trace == name_trace))
