"""Spans: read strictly, parted into whole quarters, months and days, with a target."""

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


class TestParts:
    @pytest.mark.parametrize(
        ("first", "last", "periods", "days"),
        [
            (date(2026, 11, 1), date(2026, 11, 30), ["2026-11"], []),
            (date(2026, 11, 2), date(2026, 11, 30), [], [(date(2026, 11, 2), date(2026, 11, 30))]),
            (date(2026, 10, 1), date(2026, 12, 31), ["2026-Q4"], []),
            (date(2026, 11, 1), date(2027, 1, 31), ["2026-11", "2026-12", "2027-01"], []),
            (
                date(2025, 12, 31),
                date(2026, 5, 1),
                ["2026-Q1", "2026-04"],
                [(date(2025, 12, 31),) * 2, (date(2026, 5, 1),) * 2],
            ),
            (date(9999, 10, 1), date(9999, 12, 31), ["9999-Q4"], []),
        ],
    )
    def test_whole_ones_and_days_around_them(
        self, first: date, last: date, periods: list[str], days: list[tuple[date, date]]
    ) -> None:
        assert parts_of(first, last) == (periods, days)

    @given(st.dates(date(2020, 1, 1), date(2027, 1, 1)), st.integers(0, 3653))
    def test_any_span_is_covered_once_by_few(self, first: date, length: int) -> None:
        last = first + timedelta(days=length)
        periods, days = parts_of(first, last)
        covered = [b + timedelta(days=n) for b, e in days for n in range((e - b).days + 1)]
        around = (first - timedelta(days=99) + timedelta(days=n) for n in range(length + 199))
        covered += [
            day for day in around for name in (month_of(day), quarter_of(day)) if name in periods
        ]
        assert sorted(covered) == [first + timedelta(days=n) for n in range(length + 1)]
        assert len(periods) <= length / 90 + 4
        assert len(days) <= 2


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
