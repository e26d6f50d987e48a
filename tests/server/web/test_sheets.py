"""Sheets: CSV and workbooks in which numbers are numbers, and no text is ever a formula."""

import csv
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from server.web.sheets import Cell, Sheet, csv_of, xlsx_of

EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://x","y")']


def sheet(*cells: Cell) -> Sheet:
    """Return a sheet with one row of these."""
    return Sheet("Lembar", [("Tentang", "uji")], [f"H{n}" for n in range(len(cells))], [cells])


def read_csv(content: bytes) -> list[list[str]]:
    """Return the lines of a CSV as a spreadsheet reads them."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes) -> list[list[Any]]:
    """Return the lines of a workbook."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_it_stands_under_what_it_is_about() -> None:
    lines = [["Tentang", "uji"], [], ["H0", "H1"], ["Naba", "7"]]
    assert read_csv(csv_of(sheet("Naba", 7))) == lines
    assert read_xlsx(xlsx_of(sheet("Naba", 7))) == [
        ["Tentang", "uji"],
        ["", ""],
        ["H0", "H1"],
        ["Naba", 7],
    ]


@pytest.mark.parametrize("text", EVIL)
def test_a_text_is_no_formula(text: str) -> None:
    assert read_csv(csv_of(sheet(text, 1)))[-1] == [f"'{text}", "1"]
    content = xlsx_of(sheet(text, 1))
    assert read_xlsx(content)[-1] == [text, 1]
    assert b"<f>" not in sheet_xml(content)
    assert b"hyperlink" not in sheet_xml(content)


def sheet_xml(content: bytes) -> bytes:
    """Return the only sheet's XML."""
    return ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_text_comes_through(text: str) -> None:
    (found,) = read_csv(csv_of(sheet(text, "x")))[-1][:1]
    assert found.removeprefix("'") == text.removeprefix("'")
    assert not found.startswith(("=", "+", "-", "@"))
    assert read_xlsx(xlsx_of(sheet(text, "x")))[-1] == [text, "x"]


def test_control_characters_break_no_workbook() -> None:
    assert read_xlsx(xlsx_of(sheet("a\x00b\x1fc", 1)))[-1][1] == 1


@given(st.integers(0, 10**15))
def test_a_number_is_a_number(number: int) -> None:
    assert read_xlsx(xlsx_of(sheet(number, "x")))[-1] == [number, "x"]
    assert read_csv(csv_of(sheet(number, "x")))[-1] == [str(number), "x"]


def test_a_moment_is_a_moment_and_nothing_is_empty() -> None:
    moment = datetime(2026, 11, 20, 10, 2)
    assert read_xlsx(xlsx_of(sheet(moment, None, 0)))[-1] == [moment, "", 0]
    assert read_csv(csv_of(sheet(moment, None, 0)))[-1] == ["2026-11-20 10:02", "", "0"]
