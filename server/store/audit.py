"""The trail: who did what, added to and never changed, each line sealed with the one before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from server.store import bulk
from server.store.case_tables import cases
from server.store.desk_tables import audit, audit_head, users
from server.store.engine import by_value, insert_for
from server.store.tables import agents, devices, ledger, offices

BEGINNING: Final = bytes(32)
"""What stands before the first line."""
_AT_ONCE: Final = 1_000
_NAMES: Final[Mapping[str, Any]] = {
    "agent": (agents.c.agent_id, agents.c.name),
    "case": (cases.c.case_id, sa.null()),
    "device": (devices.c.device_id, devices.c.name),
    "join_code": (agents.c.agent_id, agents.c.name),
    "link": (users.c.user_id, users.c.name),
    "office": (offices.c.office_id, offices.c.name),
    "record": (ledger.c.record_id, sa.null()),
    "user": (users.c.user_id, users.c.name),
}
"""By what each noun is known, and what it is called; what is None has no name."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which lines are looked for; what is empty lets all pass.

    `offices` and `own` are of who looks: lines of these offices and what `own` did, all where
    `offices` is None. `since` counts, `until` does not. `text` is in the detail, whatever
    the case of its ASCII letters.
    """

    offices: frozenset[str] | None = None
    own: str = ""
    by: str = ""
    action: str = ""
    about: str = ""
    about_id: str = ""
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


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
    """Yield every line by its number, the lowest first, a part at a time."""
    query = sa.select(audit).order_by(audit.c.number).limit(_AT_ONCE)
    rows = tx.execute(query).all()
    while rows:
        yield from rows
        rows = tx.execute(query.where(audit.c.number > rows[-1].number)).all()


def span(tx: sa.Connection, since: datetime | None, until: datetime | None) -> tuple[int, int]:
    """Return the lowest and highest number of what was done in a span; (0, -1) for nothing.

    Clocks were set back at times, so lines of other days may stand in between.
    """
    low, high = sa.func.min(audit.c.number), sa.func.max(audit.c.number)
    # Counted too, or PostgreSQL would look for each end along the numbers, day after day.
    query = sa.select(low, high, sa.func.count()).where(*_in_span(since, until))
    first, last, count = tx.execute(query).one()
    return (first, last) if count else (0, -1)


def page(tx: sa.Connection, sought: Sought, low: int, high: int, limit: int) -> Sequence[Any]:
    """Return the lines that are sought from a number to another, the newest first.

    What a supervisor may see is looked for office by office, each along its own index,
    unless something else that is sought has an index.
    """
    by_value(tx)
    wanted = [audit.c.number.between(low, high), *_wanted(sought)]
    newest = audit.c.number.desc()
    ways = [
        sa.select(audit.c.number).where(way, *wanted).order_by(newest).limit(limit)
        for way in _ways(sought)
    ]
    found = {number for way in ways for number in tx.execute(way).scalars()}
    numbers = sorted(found, reverse=True)[:limit]
    return tx.execute(sa.select(audit).where(audit.c.number.in_(numbers)).order_by(newest)).all()


def _ways(sought: Sought) -> list[sa.ColumnElement[bool]]:
    if sought.offices is None:
        return [sa.true()]
    own = [audit.c.office_id == office_id for office_id in sorted(sought.offices)]
    ways = [audit.c.by == sought.own, *own]
    is_narrow = sought.by or sought.action or sought.about
    return [sa.or_(*ways)] if is_narrow else ways


def _wanted(sought: Sought) -> list[sa.ColumnElement[bool]]:
    equal = {
        audit.c.by: sought.by,
        audit.c.action: sought.action,
        audit.c.about: sought.about,
        audit.c.about_id: sought.about_id,
    }
    wanted = [column == value for column, value in equal.items() if value]
    if sought.text:
        wanted.append(audit.c.detail.icontains(sought.text, autoescape=True))
    return [*wanted, *_in_span(sought.since, sought.until)]


def _in_span(since: datetime | None, until: datetime | None) -> list[sa.ColumnElement[bool]]:
    after = [] if since is None else [audit.c.at >= since]
    return after if until is None else [*after, audit.c.at < until]


def names(tx: sa.Connection, about: str, ids: Iterable[str]) -> dict[str, str]:
    """Return what things are called by their ids, those that are there; "" has no name."""
    if about not in _NAMES:
        return {}
    key, name = _NAMES[about]
    rows = bulk.rows(
        tx, sa.select(key.label("id"), name.label("name")).where(key.in_(bulk.VALUES)), ids
    )
    return {row.id: row.name or "" for row in rows}
