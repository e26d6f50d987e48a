"""Each agent's days: counted in the transaction that moves a standing, proved by a fold.

Kept by agent, office at capture and work date. `contribution`, `months` and `jht` count
accepted records only; whole rupiah. Where a supervisor moved the credit, both records count
as what was decided, so the verdicts of an agent always add up to what was received.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from schemas.words import Verdict
from server.rules.record import Record
from server.store.engine import INSERTS
from server.store.tables import ledger, performance

KEY = ("agent_id", "office_id", "work_date")
COUNTERS = (
    "received",
    "accepted",
    "duplicate",
    "in_review",
    "rejected",
    "superseded",
    "contribution",
    "months",
    "jht",
)
_OF_AGENT = (
    sa.select(
        performance.c.work_date,
        *(sa.func.sum(performance.c[name]).label(name) for name in COUNTERS),
    )
    .where(
        performance.c.agent_id == sa.bindparam("agent"),
        performance.c.work_date.between(sa.bindparam("first"), sa.bindparam("last")),
    )
    .group_by(performance.c.work_date)
    .order_by(performance.c.work_date)
)


def _adding(insert: Any) -> Any:
    return insert.on_conflict_do_update(
        index_elements=list(KEY),
        set_={name: performance.c[name] + insert.excluded[name] for name in COUNTERS},
    )


_ADD = {name: _adding(insert(performance)) for name, insert in INSERTS.items()}
Day = tuple[str, str, date]
Days = defaultdict[Day, Counter[str]]


def no_days() -> Days:
    """Return differences that change nothing yet."""
    return defaultdict(Counter)


def add(days: Days, record: Record, sign: int) -> None:
    """Add a record's share to its day (sign 1), or take it away (sign -1)."""
    day = days[record.agent_id, record.office_id, record.work_date]
    day["received"] += sign
    day[record.counted.value] += sign
    if record.counted == Verdict.ACCEPTED:
        day["contribution"] += sign * record.contribution
        day["months"] += sign * record.months
        day["jht"] += sign * record.jht


def apply(tx: sa.Connection, days: Mapping[Day, Mapping[str, int]]) -> None:
    """Add the differences to the days, in sorted order."""
    rows = [
        dict(zip(KEY, key, strict=True)) | {name: counts[name] for name in COUNTERS}
        for key, counts in sorted(days.items())
        if any(counts.values())
    ]
    if not rows:
        return
    tx.execute(_ADD[tx.dialect.name], rows)


def fold(tx: sa.Connection) -> dict[Day, dict[str, int]]:
    """Return every day as the ledger alone tells it."""
    counted = sa.func.coalesce(ledger.c.counts_as, ledger.c.verdict)
    accepted = counted == Verdict.ACCEPTED.value

    def where(condition: Any, value: Any = 1) -> Any:
        return sa.func.coalesce(sa.func.sum(sa.case((condition, value), else_=0)), 0)

    verdicts = [where(counted == name).label(name) for name in COUNTERS[1:6]]
    sums = [where(accepted, ledger.c[name]).label(name) for name in COUNTERS[6:]]
    keys = [ledger.c[name] for name in KEY]
    query = sa.select(*keys, sa.func.count().label("received"), *verdicts, *sums).group_by(*keys)
    return _days(tx.execute(query))


def kept(tx: sa.Connection) -> dict[Day, dict[str, int]]:
    """Return every day as it is kept, without those that count nothing."""
    days = _days(tx.execute(sa.select(performance)))
    return {key: counts for key, counts in days.items() if any(counts.values())}


def _days(rows: Iterable[Any]) -> dict[Day, dict[str, int]]:
    return {
        (row.agent_id, row.office_id, row.work_date): {
            name: int(row._mapping[name]) for name in COUNTERS
        }
        for row in rows
    }


def rebuild(tx: sa.Connection) -> int:
    """Make every day again out of the ledger; return how many there are.

    Whoever counts meanwhile waits, so that nothing is counted twice or not at all.
    """
    if tx.dialect.name == "postgresql":
        tx.exec_driver_sql("LOCK TABLE performance IN EXCLUSIVE MODE")
    days = fold(tx)
    tx.execute(sa.delete(performance))
    rows = [dict(zip(KEY, key, strict=True)) | counts for key, counts in days.items()]
    if rows:
        tx.execute(sa.insert(performance), rows)
    return len(rows)


def of_agent(tx: sa.Connection, agent_id: str, first: date, last: date) -> list[Any]:
    """Return an agent's days from `first` to `last`, offices added up, in order."""
    asked = {"agent": agent_id, "first": first, "last": last}
    return list(tx.execute(_OF_AGENT, asked).all())
