"""Cells as branches write them; what is not plain stays unread, never guessed."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_client.importer import cells

ZONE = ZoneInfo("Asia/Makassar")
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("  Sitti  ", "Sitti"),
        ("'0812", "0812"),
        ("’7371", "7371"),
        (3.0, "3"),
        (2.5, "2.5"),
        (1.5e6, "1500000"),
        (date(1985, 8, 17), "1985-08-17"),
        (datetime(2026, 12, 1), "2026-12-01"),
        (datetime(2026, 11, 20, 9, 25), "2026-11-20 09:25"),
        (time(9, 25), "09:25:00"),
        (True, "True"),
    ],
)
def test_a_cell_is_the_text_that_a_person_reads(cell: cells.Cell, text: str) -> None:
    assert cells.cell_text(cell) == text


@pytest.mark.parametrize(
    "cell",
    [
        7371010101900001.0,
        7371010101900000.0,
        7371010101900001,
        "7.37101E+15",
        "7,37101E+15",
        "7.371E15",
        "7371010101900000",
        "7371010101900001.0",
        "'7.37101E+15",
    ],
)
def test_a_rounded_nik_is_recognised(cell: cells.Cell) -> None:
    assert cells.is_rounded(cell)


@pytest.mark.parametrize("cell", ["7371010101900001", "7371010101900010", "", None, 12.0, "7371 E"])
def test_any_other_is_not(cell: cells.Cell) -> None:
    assert not cells.is_rounded(cell)


@pytest.mark.parametrize(
    "text",
    [
        "Makassar, 17-08-1985",
        "Makassar 17/08/1985",
        "Makassar,17.8.1985",
        "Makassar, 17 Agustus 1985",
        "Makassar / 17 agt 1985",
        "Makassar, 17 AUGUST 1985",
        "Makassar, 17-Agu-85",
        "Makassar, 17 08 1985",
        "Makassar, 1985-08-17",
        "Makassar; 17-08-85",
    ],
)
def test_place_and_day_of_birth(text: str) -> None:
    assert cells.read_birth(text, TODAY) == ("Makassar", "1985-08-17")


@pytest.mark.parametrize(
    ("text", "place", "day"),
    [
        ("17-08-1985", None, "1985-08-17"),
        ("Ujung Pandang, 1-2-2005", "Ujung Pandang", "2005-02-01"),
        ("Pare-Pare, 1-2-05", "Pare-Pare", "2005-02-01"),
        ("Bau-Bau, 1-2-12", "Bau-Bau", "1912-02-01"),
    ],
)
def test_births_written_otherwise(text: str, place: str | None, day: str) -> None:
    assert cells.read_birth(text, TODAY) == (place, day)


@pytest.mark.parametrize(
    "text",
    ["Makassar", "Makassar, 1985", "31-02-1985", "08/17/1985", "Makassar, 17 Foo 1985", "", "7371"],
)
def test_no_day_of_birth_is_guessed(text: str) -> None:
    assert cells.read_birth(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("12-2026", "2026-12"),
        ("12/2026", "2026-12"),
        ("2026-12", "2026-12"),
        ("Desember 2026", "2026-12"),
        ("Des-26", "2026-12"),
        ("Dec 2026", "2026-12"),
        ("nopember 2026", "2026-11"),
        ("1-2027", "2027-01"),
        ("2026-12-01", "2026-12"),
        ("01-12-2026", "2026-12"),
        ("13-2026", None),
        ("Desember", None),
        ("12", None),
    ],
)
def test_first_month(text: str, month: str | None) -> None:
    assert cells.read_first_month(text) == month


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("1500000", 1_500_000),
        ("1.500.000", 1_500_000),
        ("1,500,000", 1_500_000),
        ("Rp 1.500.000", 1_500_000),
        ("Rp1.500.000,-", 1_500_000),
        ("Rp. 1.500.000,00", 1_500_000),
        ("1,500,000.00", 1_500_000),
        ("1,5 juta", 1_500_000),
        ("1.5jt", 1_500_000),
        ("2 jt", 2_000_000),
        ("900 rb", 900_000),
        ("1500 ribu", 1_500_000),
        ("1.500.000/bulan", 1_500_000),
        ("1.500.000,50", None),
        ("1.500,000", None),
        ("1.5000.000", None),
        ("sejuta", None),
        ("-5", None),
        ("1,2345678 jt", None),
        ("9" * 5000, None),
    ],
)
def test_rupiah(text: str, rupiah: int | None) -> None:
    assert cells.read_rupiah(text) == rupiah


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("081234567890", "+6281234567890"),
        ("0812-3456-7890", "+6281234567890"),
        ("(0812) 3456.7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        ("+60123456789", "+60123456789"),
        ("0411 123456", "+62411123456"),
        ("-", ""),
        ("Tidak ada", ""),
        ("0812/0813", None),
        ("8.12E+10", None),
        ("12345678", None),
        ("0812", None),
    ],
)
def test_phone(text: str, phone: str | None) -> None:
    assert cells.read_phone(text) == phone


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("L", "M"),
        ("Laki-laki", "M"),
        ("LAKI - LAKI", "M"),
        ("Pria", "M"),
        ("p", "F"),
        ("Perempuan", "F"),
        ("wanita", "F"),
        ("?", None),
    ],
)
def test_sex(text: str, sex: str | None) -> None:
    assert cells.read_sex(text) == sex


@pytest.mark.parametrize(
    ("text", "programmes"),
    [
        ("2", ["JKK", "JKM"]),
        ("3", ["JHT", "JKK", "JKM"]),
        ("3 Program", ["JHT", "JKK", "JKM"]),
        ("JKK+JKM", ["JKK", "JKM"]),
        ("jkm & jkk", ["JKK", "JKM"]),
        ("JKK, JKM dan JHT", ["JHT", "JKK", "JKM"]),
        ("JHT", ["JHT"]),
        ("4", None),
        ("JKK+JP", None),
        ("", None),
    ],
)
def test_programmes(text: str, programmes: list[str] | None) -> None:
    assert cells.read_programmes(text) == programmes


@pytest.mark.parametrize(
    ("text", "months"), [("3", 3), ("3 bulan", 3), ("12bln", 12), ("1 month", 1), ("tiga", None)]
)
def test_months(text: str, months: int | None) -> None:
    assert cells.read_months(text) == months


@pytest.mark.parametrize(
    ("text", "number"), [("4", "004"), ("RT 04", "004"), ("rw.012", "012"), ("4/5", None)]
)
def test_rt_and_rw(text: str, number: str | None) -> None:
    assert cells.read_three_digits(text) == number


@pytest.mark.parametrize(
    ("text", "moment", "method"),
    [
        ("2026-11-20 lisan", "2026-11-20T00:00:00+08:00", "read_aloud"),
        ("2026-11-20 dibacakan", "2026-11-20T00:00:00+08:00", "read_aloud"),
        ("19-11-2026, tanda tangan", "2026-11-19T00:00:00+08:00", "signed"),
        ("TTD 19 November 2026", "2026-11-19T00:00:00+08:00", "signed"),
        ("2026-11-20 baca", "2026-11-20T00:00:00+08:00", "read"),
        ("20/11/2026 09:25 dibaca", "2026-11-20T09:25:00+08:00", "read"),
        ("2026-11-20 jam 9.25 (lisan)", "2026-11-20T09:25:00+08:00", "read_aloud"),
    ],
)
def test_consent_has_its_day_and_method(text: str, moment: str, method: str) -> None:
    assert cells.read_consent(text, ZONE, TODAY) == (moment, method)


@pytest.mark.parametrize("text", ["ya", "setuju", "2026-11-20", "lisan", "kemarin lisan", "x"])
def test_consent_is_never_made_up(text: str) -> None:
    assert cells.read_consent(text, ZONE, TODAY) is None


CELL = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
)


@given(CELL)
def test_no_cell_breaks_a_reader(cell: cells.Cell) -> None:
    text = cells.cell_text(cell)
    cells.is_rounded(cell)
    cells.read_birth(text, TODAY)
    cells.read_consent(text, ZONE, TODAY)
    for read in (
        cells.read_first_month,
        cells.read_rupiah,
        cells.read_phone,
        cells.read_sex,
        cells.read_mother,
        cells.read_programmes,
        cells.read_months,
        cells.read_three_digits,
        cells.read_sector,
        cells.read_payer,
        cells.read_phone_owner,
    ):
        read(text)
