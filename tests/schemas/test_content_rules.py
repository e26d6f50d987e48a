"""Ages and months to the day, at one moment and at two, and what an office may set."""

from datetime import UTC, datetime

import pytest

from schemas.enrolment import Rules
from tests.builders import content
from tests.schemas.broken import NOON, born, found, judge

A_YEAR_ON = datetime(2027, 11, 20, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "month", "codes"),
    [
        ("2009-11-20", "2026-12", []),
        ("2009-11-21", "2026-12", ["age_min"]),
        ("1961-12-02", "2026-12", []),
        ("1961-12-01", "2026-12", ["age_max_first_month"]),
        ("1961-12-01", "2026-11", []),
        ("1961-11-21", "2026-11", []),
        ("1961-11-21", "2026-12", ["age_max_first_month"]),
        ("1961-11-20", "2026-11", ["age_max"]),
        ("1961-11-20", "2026-10", ["age_max"]),
        ("0001-01-01", "2026-12", ["age_max"]),
    ],
)
def test_ages_end_on_the_birthday(day: str, month: str, codes: list[str]) -> None:
    checked = judge(content(1, **born(day, first_month=month)))
    assert [error.code for error in checked.errors] == codes


def test_born_on_a_leap_day_is_a_year_older_on_the_first_of_march() -> None:
    man = content(1, **born("2008-02-29", first_month="2025-02"))
    assert found(judge(man, datetime(2025, 2, 28, 4, tzinfo=UTC))) == [("birth_date", "age_min")]
    assert not judge(man, datetime(2025, 3, 1, 4, tzinfo=UTC)).errors


@pytest.mark.parametrize(
    ("month", "sound"),
    [("2026-09", False), ("2026-10", True), ("2027-02", True), ("2027-03", False)],
)
def test_the_first_month_lies_from_one_before_to_three_after(month: str, sound: bool) -> None:
    checked = judge(content(1, first_month=month))
    assert (not checked.errors) is sound
    if not sound:
        assert checked.errors[0].params == {"min": "2026-10", "max": "2027-02"}


def test_days_are_those_of_the_offices_time_zone() -> None:
    man = content(1, **born("2009-11-20"))
    before_midnight = datetime(2026, 11, 19, 15, 59, tzinfo=UTC)
    after_midnight = datetime(2026, 11, 19, 16, 0, tzinfo=UTC)
    assert found(judge(man, before_midnight)) == [("birth_date", "age_min")]
    assert not judge(man, after_midnight).errors
    in_jakarta = Rules(timezone="Asia/Jakarta")
    assert found(judge(man, after_midnight, rules=in_jakarta)) == [("birth_date", "age_min")]


@pytest.mark.parametrize("moments", [(NOON, A_YEAR_ON), (A_YEAR_ON, NOON)])
def test_where_the_time_is_not_known_only_what_is_broken_at_both_blocks(
    moments: tuple[datetime, ...],
) -> None:
    a_year_too_young = judge(content(1, **born("2010-05-05")), *moments)
    assert found(a_year_too_young) == []
    assert a_year_too_young.age_unsure
    too_young_at_both = judge(content(1, **born("2012-05-05")), *moments)
    assert found(too_young_at_both) == [("birth_date", "age_min")]
    assert too_young_at_both.age_unsure  # the month is broken at one of them
    neither = judge(content(1, first_month="2028-12"), *moments)
    assert found(neither) == [("first_month", "month_window")]
    assert not neither.age_unsure


def test_a_rule_that_needs_no_clock_holds_whatever_the_clock_says() -> None:
    checked = judge(content(1, **born("1961-12-01")), NOON, A_YEAR_ON)
    assert found(checked) == [("birth_date", "age_max_first_month")]
    assert checked.age_unsure
    unborn = judge(content(1, **born("2026-12-05")), NOON, A_YEAR_ON)
    assert found(unborn) == [("birth_date", "age_min")]


@pytest.mark.parametrize("year", [1, 9999])
def test_a_clock_at_the_end_of_the_calendar_stops_nothing(year: int) -> None:
    last = datetime(year, 12 if year > 1 else 1, 31 if year > 1 else 1, 23, 59, tzinfo=UTC)
    for zone in ("Asia/Makassar", "America/New_York"):
        assert judge(content(1), last, NOON, rules=Rules(timezone=zone)).age_unsure


def test_settings_are_obeyed() -> None:
    rules = Rules(age_min=18, age_max=60, income_min=1_500_000, months=(1,))
    young = content(1, **born("2009-03-03"), monthly_income=1_499_999, months=3)
    assert [
        (error.field, error.code, error.params) for error in judge(young, rules=rules).errors
    ] == [
        ("birth_date", "age_min", {"min": 18}),
        ("monthly_income", "income_min", {"min": 1_500_000}),
        ("months", "choice", {"choices": [1]}),
    ]
    assert found(judge(content(1, **born("1966-11-20")), rules=rules)) == [
        ("birth_date", "age_max")
    ]
