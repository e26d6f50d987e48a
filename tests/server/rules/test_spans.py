"""Spans: read strictly, parted into whole quarters, months and days, with a target."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.spans import (
    SpanUnreadable,
    month_of,
    month_span,
    months_in,
    parts_of,
    quarter_of,
    span_of,
    target_of,
    year_of,
)

NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)


class TestReading:
    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
            ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
            ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
            ("2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
            ("2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
            ("2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
            ("2026-11-20..2026-11-20", date(2026, 11, 20), date(2026, 11, 20)),
            ("2026-11-01..2026-11-20", date(2026, 11, 1), date(2026, 11, 20)),
            ("2016-11-21..2026-11-20", date(2016, 11, 21), date(2026, 11, 20)),
            ("2016-02-29..2026-02-28", date(2016, 2, 29), date(2026, 2, 28)),
        ],
    )
    def test_a_month_a_week_or_any_days(self, text: str, first: date, last: date) -> None:
        assert span_of(text) == (first, last)

    @pytest.mark.parametrize(
        "text",
        [
            *("", "2026", "2026-13", "2026-00", "0000-01", "26-1", "x", "2026-1"),
            *("２０２６-11", "2026-11\n", "2026-W00", "2025-W53", "2026-W54", "2026-W1"),
            *("0000-W01", "9999-W52", "2026-W47-1", "2026-w47"),
            *("2026-11-20", "2026-11-20..", "2026-11-31..2026-12-01", "2026-11-20..2026-11-19"),
            *("2026-11-01...2026-11-20", "2026-11-01..2026-11-20\n", "20261101..20261120"),
            *("2026-11-01T00..2026-11-02", "\x00", "2026-11..2026-12"),
        ],
    )
    def test_what_is_none(self, text: str) -> None:
        with pytest.raises(SpanUnreadable) as found:
            span_of(text)
        assert found.value.code == "span_unreadable"

    @pytest.mark.parametrize("text", ["2016-11-20..2026-11-20", "0001-01-01..9999-12-31"])
    def test_more_than_ten_years(self, text: str) -> None:
        with pytest.raises(SpanUnreadable) as found:
            span_of(text)
        assert found.value.code == "span_too_long"

    @pytest.mark.parametrize(
        "text", ["2026-W47", "2026-11-01..2026-11-20", "2026-13", "２０２６-11"]
    )
    def test_a_month_alone(self, text: str) -> None:
        assert month_span("2026-11") == NOVEMBER
        with pytest.raises(SpanUnreadable):
            month_span(text)


def told(first: date, last: date) -> list[str]:
    """Return the parts of a span as people would write them."""
    signs = {1: "+", -1: "-"}
    return [
        f"{signs[one.sign]}{one.period or (one.last - one.first).days + 1}"
        for one in parts_of(first, last)
    ]


class TestParts:
    @pytest.mark.parametrize(
        ("first", "last", "parts"),
        [
            (date(2026, 11, 1), date(2026, 11, 30), ["+2026-11"]),
            (date(2026, 10, 1), date(2026, 12, 31), ["+2026-Q4"]),
            (date(2025, 1, 1), date(2026, 12, 31), ["+2025", "+2026"]),
            (date(2026, 11, 16), date(2026, 11, 22), ["+7"]),
            (date(2026, 11, 2), date(2026, 11, 30), ["+2026-11", "-1"]),
            (date(2026, 11, 5), date(2026, 11, 28), ["+2026-11", "-4", "-2"]),
            (date(2026, 9, 28), date(2026, 11, 3), ["+3", "+2026-10", "+3"]),
            (date(2026, 2, 1), date(2026, 12, 31), ["+2026", "-2026-01"]),
            (date(2026, 1, 1), date(2026, 11, 20), ["+2026", "-10", "-2026-12"]),
            (date(2026, 1, 2), date(2026, 12, 30), ["+2026", "-1", "-1"]),
            (date(9999, 10, 1), date(9999, 12, 31), ["+9999-Q4"]),
            (date(1, 1, 1), date(1, 1, 2), ["+2"]),
        ],
    )
    def test_the_least_to_read(self, first: date, last: date, parts: list[str]) -> None:
        assert told(first, last) == parts

    @given(st.dates(date(2020, 1, 1), date(2027, 1, 1)), st.integers(0, 3653))
    def test_any_span_is_covered_once_by_little(self, first: date, length: int) -> None:
        last = first + timedelta(days=length)
        parts, covered = parts_of(first, last), Counter[date]()
        for part in parts:
            days = (part.last - part.first).days + 1
            covered.update({part.first + timedelta(days=n): part.sign for n in range(days)})
            if part.period is not None:
                named = (month_of, quarter_of, year_of)
                for day in (part.first, part.last):
                    assert part.period in [name(day) for name in named]
        wanted = {first + timedelta(days=n): 1 for n in range(length + 1)}
        assert {day: count for day, count in covered.items() if count} == wanted
        assert sum(part.cost for part in parts) <= 2 * 35 + 5 * (length // 365)
        assert sum(part.cost for part in parts if part.period is None) <= 2 * 31


class TestTarget:
    def test_of_whole_months_it_is_their_sum(self) -> None:
        assert target_of(*NOVEMBER, {"2026-11": 25}) == 25
        assert (
            target_of(date(2026, 11, 1), date(2026, 12, 31), {"2026-11": 25, "2026-12": 40}) == 65
        )

    def test_of_days_it_is_their_share(self) -> None:
        assert target_of(date(2026, 11, 1), date(2026, 11, 15), {"2026-11": 25}) == 13
        assert target_of(date(2026, 11, 1), date(2026, 11, 14), {"2026-11": 25}) == 12
        months = {"2026-11": 30, "2026-12": 62}
        assert target_of(date(2026, 11, 30), date(2026, 12, 6), months) == 1 + 6 * 2

    def test_where_there_is_none(self) -> None:
        assert target_of(*NOVEMBER, {"2026-11": 0}) == 0

    def test_months_in_a_span(self) -> None:
        assert months_in(date(2026, 11, 30), date(2027, 1, 1)) == ["2026-11", "2026-12", "2027-01"]
        assert months_in(date(9999, 12, 31), date(9999, 12, 31)) == ["9999-12"]
