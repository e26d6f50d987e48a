"""Numbers, moments and months the Indonesian way."""

from datetime import UTC, datetime

import pytest

from server.web import formats


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (999, "999"), (1_000, "1.000"), (1_234_567, "1.234.567"), (-1_500, "-1.500")],
)
def test_numbers(value: int, text: str) -> None:
    assert formats.number(value) == text
    assert formats.rupiah(value) == f"Rp\u00a0{text}"


def test_months() -> None:
    names = [formats.month_name(f"2026-{month:02}") for month in range(1, 13)]
    assert names[0] == "Januari 2026"
    assert names[7] == "Agustus 2026"
    assert names[11] == "Desember 2026"
    assert len(set(names)) == 12


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Makassar", "20 Nov 2026 00.05 WITA"),
        ("Asia/Jakarta", "19 Nov 2026 23.05 WIB"),
        ("Asia/Jayapura", "20 Nov 2026 01.05 WIT"),
        ("Europe/Amsterdam", "19 Nov 2026 17.05 Europe/Amsterdam"),
    ],
)
def test_moments(zone: str, text: str) -> None:
    assert formats.moment(datetime(2026, 11, 19, 16, 5, tzinfo=UTC), zone) == text


def test_no_moment_is_a_dash() -> None:
    assert formats.moment(None, "Asia/Makassar") == "–"
