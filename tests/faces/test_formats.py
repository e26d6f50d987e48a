"""Numbers, days and moments the Indonesian way, in both languages."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from faces import formats

MOMENT = datetime(2026, 11, 19, 16, 5, tzinfo=UTC)
MAKASSAR = "Asia/Makassar"
MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1_000, "1.000"),
        (1_234_567, "1.234.567"),
        (-1_500, "-1.500"),
        (10**30, "1" + ".000" * 10),
    ],
)
def test_numbers(value: int, text: str) -> None:
    assert formats.number(value) == text
    assert formats.rupiah(value) == f"Rp\u00a0{text}"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_days_and_months_by_their_names(lang: str) -> None:
    for place, name in enumerate(MONTHS[lang].split(), 1):
        assert formats.month_name(f"2026-{place:02}", lang) == f"{name} 2026"
        assert formats.day(date(2026, place, 5), lang) == f"5 {name} 2026"
        assert formats.short_day(date(2026, place, 20), lang) == f"20 {name[:3]} 2026"


def test_indonesian_comes_first() -> None:
    assert formats.month_name("2026-08") == "Agustus 2026"
    assert formats.day("2026-08-01") == "1 Agustus 2026"
    assert formats.short_day("2026-05-31") == "31 Mei 2026"


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        (MAKASSAR, "20 Nov 2026 00.05 WITA"),
        ("Asia/Jakarta", "19 Nov 2026 23.05 WIB"),
        ("Asia/Jayapura", "20 Nov 2026 01.05 WIT"),
        ("Europe/Amsterdam", "19 Nov 2026 17.05 Europe/Amsterdam"),
    ],
)
def test_moments(zone: str, text: str) -> None:
    for value in (MOMENT, "2026-11-19T16:05:00.000Z", "2026-11-20T00:05:00+08:00"):
        assert formats.moment(value, zone) == text
        assert formats.clock_time(value, zone) == text.split()[3]


def test_a_moment_in_english() -> None:
    assert formats.moment("2026-08-01T01:02:00Z", MAKASSAR, "en") == "1 Aug 2026 09.02 WITA"


def test_no_moment_is_a_dash() -> None:
    assert formats.moment(None, MAKASSAR) == "–"
    assert formats.clock_time(None, MAKASSAR) == "–"


@pytest.mark.parametrize(
    ("make", "wrong"),
    [
        (formats.day, "20-11-2026"),
        (formats.short_day, ""),
        (formats.month_name, "2026-13"),
        (formats.month_name, "November"),
        (lambda value: formats.moment(value, MAKASSAR), "2026-11-20"),
        (lambda value: formats.moment(value, MAKASSAR), "2026-11-20T09:02:00"),
        (lambda value: formats.clock_time(value, MAKASSAR), datetime(2026, 11, 20)),
    ],
)
def test_what_is_none_is_refused(make: Callable[[Any], str], wrong: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        make(wrong)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2026-11-01", "2026-11-30", "November 2026"),
        ("2024-02-01", "2024-02-29", "Februari 2024"),
        ("2026-11-20", "2026-11-20", "20 November 2026"),
        ("2026-11-01", "2026-11-20", "1 Nov 2026 – 20 Nov 2026"),
        ("2026-11-01", "2026-12-31", "1 Nov 2026 – 31 Des 2026"),
        ("2025-11-01", "2026-11-30", "1 Nov 2025 – 30 Nov 2026"),
        ("0001-01-01", "0001-01-31", "Januari 1"),
    ],
)
def test_spans_of_days(first: str, last: str, text: str) -> None:
    assert formats.span(date.fromisoformat(first), date.fromisoformat(last)) == text


def test_no_cell_is_a_formula() -> None:
    for text in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"):
        assert formats.harmless(text) == f"'{text}"
    for text in ("", "a=1", "Ikan", " =1", "1", "a; b", "a, -1"):
        assert formats.harmless(text) == text


def test_no_cell_is_a_formula_where_a_semicolon_begins_another() -> None:
    for text, told in (
        ("Naba;=1+1", "Naba;'=1+1"),
        ('Naba; "=1+1;@a', "Naba; \"'=1+1;'@a"),
        ("Naba\n=1", "Naba\n'=1"),
        ("＝1+1", "'＝1+1"),
    ):
        assert formats.harmless(text) == told
