"""Sheets that people take along, as CSV and as a workbook: no text in them is ever a formula."""

import csv
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any, Final, NamedTuple

import xlsxwriter

from faces.formats import harmless

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | datetime | None


class Sheet(NamedTuple):
    """A table under some lines that say what it is.

    A moment in `rows` is naive, of the zone that its column's head names; a workbook's
    `title` has 31 characters at most.
    """

    title: str
    about: Sequence[Sequence[str]]
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    @property
    def lines(self) -> list[Sequence[Cell]]:
        """Return all lines from the top, with an empty one above the heads."""
        return [*self.about, (), self.heads, *self.rows]


def csv_of(sheet: Sheet) -> bytes:
    """Return a sheet as CSV in UTF-8, marked as such, so that Excel reads it as that.

    What a spreadsheet would take for a formula has an apostrophe before it.
    """
    file = StringIO()
    csv.writer(file).writerows([_plain(cell) for cell in line] for line in sheet.lines)
    return file.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str | int | None:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return harmless(cell) if isinstance(cell, str) else cell


def xlsx_of(sheet: Sheet) -> bytes:
    """Return a sheet as a workbook: numbers as numbers, moments as moments, texts as texts."""
    file = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd hh:mm",
    }
    with xlsxwriter.Workbook(file, options) as book:
        page = book.add_worksheet(sheet.title)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        counted = book.add_format({"num_format": "#,##0"})
        head = len(sheet.about) + 1
        page.freeze_panes(head + 1, 0)
        page.set_landscape()
        page.set_column(0, len(sheet.heads) - 1, 16)
        for number, line in enumerate(sheet.lines):
            for column, cell in enumerate(line):
                shown = counted if isinstance(cell, int) else None
                _write(page, number, column, cell, bold if number == head else shown)
    return file.getvalue()


def _write(page: Any, row: int, column: int, cell: Cell, shown: Any) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell, shown)
    elif isinstance(cell, datetime):
        page.write_datetime(row, column, cell, shown)
    elif cell is not None:
        page.write_number(row, column, cell, shown)
