"""A file to its header and rows: CSV as Excel and others write it, XLSX, XLS, ODS.

A cell stays what it is (a number, a date, text): what a number does to a NIK is to be
seen. Row numbers are the file's own, as people see them beside the row.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from agent_client.importer.cells import Cell, cell_text
from agent_client.importer.columns import columns_of, is_header
from agent_client.problems import AgentProblem

FILE_BYTES: Final = 32 * 1024 * 1024
UNPACKED_BYTES: Final = 512 * 1024 * 1024
_HEADER_WITHIN: Final = 30
_BOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row with its number in the file, as people see it beside the row."""

    number: int
    cells: Sequence[Cell] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ListTable:
    """A list: its headings as they stand there, the place of each known column, its rows."""

    headings: tuple[str, ...]
    columns: dict[str, int]
    rows: tuple[ListRow, ...]


def read_table(path: Path) -> ListTable:
    """Read a list.

    AgentProblem `file_missing`, `file_too_large`, `list_unreadable`, `list_no_header` (no
    row among the first 30 names NIK and NAMA).
    """
    raw = _bytes_of(path)
    sheets: Iterable[list[ListRow]] = (
        _sheets(raw, path) if raw.startswith(_BOOKS) else _csv_readings(raw, path)
    )
    for rows in sheets:
        table = _table(rows)
        if table is not None:
            return table
    raise AgentProblem("list_no_header", file=path.name)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > FILE_BYTES:
            raise AgentProblem("file_too_large", file=path.name)
        return path.read_bytes()
    except OSError as error:
        raise AgentProblem("file_missing", file=path.name) from error


def _table(rows: Sequence[ListRow]) -> ListTable | None:
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        if is_header(row.cells):
            body = tuple(one for one in rows[place + 1 :] if any(map(cell_text, one.cells)))
            headings = tuple(cell_text(cell) for cell in row.cells)
            return ListTable(headings, columns_of(row.cells), body)
    return None


def _sheets(raw: bytes, path: Path) -> Iterator[list[ListRow]]:
    """Every sheet of a workbook, in their order."""
    _refuse_bombs(raw, path)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        for name in book.sheet_names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield [ListRow(number, row) for number, row in enumerate(cells, start=1)]
    except CalamineError as error:
        raise AgentProblem("list_unreadable", file=path.name) from error


def _refuse_bombs(raw: bytes, path: Path) -> None:
    if not raw.startswith(_BOOKS[0]):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            size = sum(one.file_size for one in packed.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise AgentProblem("list_unreadable", file=path.name) from error
    if size > UNPACKED_BYTES:
        raise AgentProblem("file_too_large", file=path.name)


def _csv_readings(raw: bytes, path: Path) -> Iterator[list[ListRow]]:
    """A text file by each of the separators that are usual."""
    text = _decoded(raw).replace("\0", "")
    for separator in ";,\t|":
        yield _csv_rows(text, separator, path)


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Excel in the field writes the code page of Windows; five of its bytes mean nothing.
        return raw.decode("cp1252", "replace")


def _csv_rows(text: str, separator: str, path: Path) -> list[ListRow]:
    """The rows; a quotation mark that is never closed would swallow the rest: it is told."""
    try:
        return list(_numbered(text, separator, strict=True))
    except csv.Error as error:
        if "unexpected end" not in str(error):
            with suppress(csv.Error):
                return list(_numbered(text, separator, strict=False))
        raise AgentProblem("list_quotes", file=path.name) from error


def _numbered(text: str, separator: str, *, strict: bool) -> Iterator[ListRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    number = 1
    for cells in reader:
        yield ListRow(number, cells)
        number = reader.line_num + 1
