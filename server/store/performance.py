"""Each agent's days: counted in the transaction that moves a standing, proved by a fold.

Kept by work date, agent, office at capture, kelurahan and day of receipt, and once more by
months, quarters and years, so that long spans are read from few rows. `contribution`, `months` and
`jht` count accepted records only; whole rupiah. Where a supervisor moved the credit, both
records count as what was decided, so the verdicts of an agent always add up to what was
received.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import add as add_numbers
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from schemas.regions import kecamatan_code
from schemas.words import Verdict
from server.rules.record import Record
from server.rules.spans import Basis, month_of, quarter_of, year_of
from server.store import bulk
from server.store.tables import COUNTERS, ledger, performance, performance_periods

KEY = ("work_date", "agent_id", "office_id", "kelurahan", "received_date")
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

Day = tuple[date, str, str, str, date]
"""The key of a day: work date, agent, office, kelurahan, day of receipt."""
Days = defaultdict[Day, list[int]]
"""What is to be added to each day, in the order of COUNTERS."""
Period = tuple[str, str, str, str, str]
"""The key of a month, quarter or year: basis, period, office, agent, kecamatan."""


_PLACES: Final = {name: place for place, name in enumerate(COUNTERS)}


class Counts(NamedTuple):
    """What is counted of a day or a period, in the order of COUNTERS."""

    received: int
    accepted: int
    duplicate: int
    in_review: int
    rejected: int
    superseded: int
    contribution: int
    months: int
    jht: int


def no_days() -> Days:
    """Return differences that change nothing yet."""
    return _nothing()


def _nothing() -> defaultdict[Any, list[int]]:
    return defaultdict(lambda: [0] * len(COUNTERS))


def add(days: Days, record: Record, sign: int) -> None:
    """Add a record's share to its day (sign 1), or take it away (sign -1)."""
    day = days[
        record.work_date,
        record.agent_id,
        record.office_id,
        record.kelurahan,
        record.received_date,
    ]
    counted = record.counted
    day[0] += sign
    day[_PLACES[counted]] += sign
    if counted == Verdict.ACCEPTED:
        day[-3] += sign * record.contribution
        day[-2] += sign * record.months
        day[-1] += sign * record.jht


def apply(tx: sa.Connection, days: Mapping[Day, Sequence[int]]) -> None:
    """Add the differences to the days and to their months, quarters and years, in sorted order."""
    bulk.add_up(tx, performance, _rows(days))
    bulk.add_up(tx, performance_periods, _rows(periods_of(days)))


def _rows(counted: Mapping[Any, Sequence[int]]) -> Iterator[tuple[Any, ...]]:
    for key, counts in sorted(counted.items()):
        if any(counts):
            yield (*key, *counts)


def periods_of(days: Mapping[Day, Sequence[int]]) -> dict[Period, list[int]]:
    """Return the months, quarters and years that days add up to, by work date and by receipt."""
    places = _nothing()  # kelurahan added up first: a day may have many
    for (worked, agent_id, office_id, kelurahan, received), counts in days.items():
        _add_up(places[worked, received, office_id, agent_id, _kecamatan(kelurahan)], counts)
    found = _nothing()
    for (worked, received, *who), counts in places.items():
        for basis, day in ((Basis.WORK.value, worked), (Basis.RECEIVED.value, received)):
            for period in _periods(day):
                _add_up(found[basis, period, *who], counts)
    return found


def _add_up(total: list[int], counts: Sequence[int]) -> None:
    total[:] = map(add_numbers, total, counts)


_kecamatan = lru_cache(maxsize=1024)(kecamatan_code)


@lru_cache(maxsize=1024)
def _periods(day: date) -> tuple[str, ...]:
    return month_of(day), quarter_of(day), year_of(day)


def fold(tx: sa.Connection, agent_id: str | None = None) -> dict[Day, Counts]:
    """Return every day, or every one of an agent, as the ledger alone tells it."""
    counted = sa.func.coalesce(ledger.c.counts_as, ledger.c.verdict)
    accepted = counted == Verdict.ACCEPTED.value

    def where(condition: Any, value: Any = 1) -> Any:
        return sa.func.coalesce(sa.func.sum(sa.case((condition, value), else_=0)), 0)

    verdicts = [where(counted == name).label(name) for name in COUNTERS[1:6]]
    sums = [where(accepted, ledger.c[name]).label(name) for name in COUNTERS[6:]]
    keys = [ledger.c[name] for name in KEY]
    query = sa.select(*keys, sa.func.count().label("received"), *verdicts, *sums).group_by(*keys)
    return _by_key(tx, query if agent_id is None else query.where(ledger.c.agent_id == agent_id))


def kept(tx: sa.Connection) -> dict[Day, Counts]:
    """Return every day as it is kept, without those that count nothing."""
    return _counting(_by_key(tx, sa.select(performance)))


def kept_periods(tx: sa.Connection) -> dict[Period, Counts]:
    """Return every month, quarter and year as it is kept, without those that count nothing."""
    return _counting(_by_key(tx, sa.select(performance_periods)))


def _counting(rows: dict[Any, Counts]) -> dict[Any, Counts]:
    return {key: counts for key, counts in rows.items() if any(counts)}


def _by_key(tx: sa.Connection, query: sa.Select[Any]) -> dict[Any, Counts]:
    return {tuple(row[:5]): Counts(*map(int, row[5:])) for row in tx.execute(query)}


def rebuild(tx: sa.Connection) -> int:
    """Make every day and period again out of the ledger; return how many days there are.

    Whoever counts meanwhile waits, so that nothing is counted twice or not at all.
    """
    if tx.dialect.name == "postgresql":
        tx.exec_driver_sql("LOCK TABLE performance, performance_periods IN EXCLUSIVE MODE")
    days = fold(tx)
    tx.execute(sa.delete(performance))
    tx.execute(sa.delete(performance_periods))
    apply(tx, days)
    return len(days)


def recount(tx: sa.Connection, agent_id: str, before: Mapping[Day, Counts]) -> None:
    """Count an agent's records under their present keys; `before` is the fold of the former.

    The agent is locked. No line stays where nothing is counted any more.
    """
    days = no_days()
    for counted, sign in ((before, -1), (fold(tx, agent_id), 1)):
        for key, counts in counted.items():
            days[key] = [
                there + sign * count for there, count in zip(days[key], counts, strict=True)
            ]
    apply(tx, days)
    _drop_empty(tx, performance, days)
    _drop_empty(tx, performance_periods, periods_of(days))


def _drop_empty(tx: sa.Connection, table: sa.Table, keys: Iterable[tuple[Any, ...]]) -> None:
    names = [f"key_{column.name}" for column in table.primary_key]
    ours = [column == sa.bindparam(f"key_{column.name}") for column in table.primary_key]
    statement = sa.delete(table).where(*ours, table.c.received == 0)
    if rows := [dict(zip(names, key, strict=True)) for key in keys]:
        tx.execute(statement, rows)


def of_agent(tx: sa.Connection, agent_id: str, first: date, last: date) -> list[Any]:
    """Return an agent's days from `first` to `last`, offices added up, in order."""
    asked = {"agent": agent_id, "first": first, "last": last}
    return list(tx.execute(_OF_AGENT, asked).all())
