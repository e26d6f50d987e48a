"""Sums over any span, out of days, months and quarters: the same as out of the days alone."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.words import Verdict
from server.rules.record import Record
from server.rules.spans import Asked
from server.store import leaderboard, performance
from server.store.engine import Store
from server.store.tables import COUNTERS
from tests.contracts.rows import ONE, TWO, record

MARISO, BONTORANNU, TALLO = "73.71.01.1006", "73.71.01.1001", "73.71.07.1008"
BEGIN = date(2025, 11, 17)


def days_of(records: Iterable[Record]) -> performance.Days:
    """Return the differences that new records make."""
    found = performance.no_days()
    for one in records:
        performance.add(found, one, 1)
    return found


def some_records() -> list[Record]:
    """Return records of two agents at two offices, over more than a year."""
    found = []
    for number in range(400):
        worked = BEGIN + timedelta(days=number)
        found.append(
            record(
                f"r{number}",
                agent_id=(ONE, TWO)[number % 2],
                office_id=("office", "office-2")[number // 200],
                work_date=worked,
                received_date=worked + timedelta(days=number % 9),
                kelurahan=(MARISO, BONTORANNU, TALLO, "")[number % 4],
                verdict=(Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.DUPLICATE)[number % 3],
                contribution=16_400 + number,
                months=1,
                jht=number,
            )
        )
    return found


RECORDS = some_records()


@pytest.fixture
def counted(store: Store) -> Store:
    """A database that has counted these records."""
    with store.write() as tx:
        performance.apply(tx, days_of(RECORDS))
    return store


def is_asked(one: Record, asked: Asked) -> bool:
    """Tell whether a record counts for what is asked."""
    day = one.work_date if asked.basis == "work" else one.received_date
    return (
        asked.first <= day <= asked.last
        and (asked.offices is None or one.office_id in asked.offices)
        and (asked.kelurahan is None or one.kelurahan == asked.kelurahan)
        and (asked.kecamatan is None or one.kelurahan.startswith(f"{asked.kecamatan}."))
    )


def expected(asked: Asked) -> dict[tuple[str, ...], Counter[str]]:
    """Return the sums, record by record."""
    found: dict[tuple[str, ...], Counter[str]] = {}
    for one in RECORDS:
        if is_asked(one, asked):
            key = (one.agent_id,) if asked.offices is None else (one.agent_id, one.office_id)
            (counts,) = days_of([one]).values()
            named = dict(zip(COUNTERS, counts, strict=True))
            found.setdefault(key, Counter()).update(named)
    return found


def told(store: Store, asked: Asked) -> dict[tuple[str, ...], dict[str, int]]:
    """Return the sums as the database tells them."""
    with store.read() as tx:
        sums = leaderboard.sums(tx, asked)
    assert all((office is None) == (asked.offices is None) for _, office in sums)
    return {
        tuple(part for part in key if part is not None): dict(zip(COUNTERS, counts, strict=True))
        for key, counts in sums.items()
    }


OFFICES: list[frozenset[str] | None] = [
    None,
    frozenset(),
    frozenset({"office"}),
    frozenset({"office", "office-2"}),
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.builds(
        Asked,
        st.integers(-40, 430).map(lambda n: BEGIN + timedelta(days=n)),
        st.just(date.max),
        st.sampled_from(["work", "received"]),
        st.sampled_from(OFFICES),
        st.sampled_from([None, None, "73.71.01", "73.71.99"]),
        st.sampled_from([None, None, MARISO, TALLO]),
    ),
    st.integers(0, 480),
)
def test_any_span_adds_up_to_its_records(counted: Store, asked: Asked, length: int) -> None:
    asked = Asked(
        asked.first,
        asked.first + timedelta(days=length),
        asked.basis,
        asked.offices,
        asked.kecamatan,
        asked.kelurahan,
    )
    wanted = {key: +counts for key, counts in expected(asked).items()}
    found = told(counted, asked)
    assert {key: +Counter(counts) for key, counts in found.items()} == wanted
    assert all(type(count) is int for counts in found.values() for count in counts.values())


def test_the_accepted_of_an_office_s_working_agents(counted: Store) -> None:
    def of(office: str, month: str) -> Any:
        with counted.read() as tx:
            return sorted(leaderboard.accepted_of_office(tx, office, month).values())

    first, last = date(2025, 12, 1), date(2025, 12, 31)
    sums = expected(Asked(first, last, offices=frozenset({"office"})))
    assert of("office", "2025-12") == sorted(counts["accepted"] for counts in sums.values())
    assert of("office-2", "2025-12") == []


def test_the_accepted_of_agents_day_by_day(counted: Store) -> None:
    first, last = date(2026, 5, 28), date(2026, 6, 10)
    with counted.read() as tx:
        both = leaderboard.accepted_by_day(tx, [ONE, TWO], first, last)
        mine = leaderboard.accepted_by_day(tx, [ONE], first, last, frozenset({"office-2"}))
        none = leaderboard.accepted_by_day(tx, [], first, last)
    days = {(r.agent_id, r.work_date): r for r in RECORDS if first <= r.work_date <= last}
    wanted = {key: int(one.verdict == Verdict.ACCEPTED) for key, one in days.items()}
    assert {(row.agent_id, row.work_date): row.accepted for row in both} == wanted
    assert {row.work_date for row in mine} == {
        one.work_date
        for (agent_id, _), one in days.items()
        if agent_id == ONE and one.office_id == "office-2"
    }
    assert list(none) == []
