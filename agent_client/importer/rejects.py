"""The rows that were refused, as a CSV to mend and import again."""

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from agent_client.cipher import os_code
from agent_client.importer.cells import Cell, cell_text
from agent_client.problems import AgentProblem

REASON: Final = "ALASAN"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def rejects_path(source: Path) -> Path:
    """Return a free name beside a list: daftar-ditolak.csv, daftar-ditolak-2.csv …

    A file that is there may be half mended: it is never written over.
    """
    first = source.with_name(f"{source.stem}-ditolak.csv")
    number, path = 1, first
    while path.exists():
        number += 1
        path = first.with_stem(f"{first.stem}-{number}")
    return path


def write_rejects(
    path: Path, headings: Sequence[str], rows: Iterable[tuple[Sequence[Cell], str]]
) -> None:
    """Write rows with the reason of each, for its owner's eyes alone.

    Cells are text as Excel would not change or run: what begins like a formula has an
    apostrophe before it, which the importer takes off again. A column ALASAN of an
    earlier round is written anew. AgentProblem `disk_full`, `file_unwritable`.
    """
    keep = [place for place, heading in enumerate(headings) if heading.upper() != REASON]
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*(safe(headings[place]) for place in keep), REASON])
            for cells, reason in rows:
                texts = [cell_text(cells[place]) if place < len(cells) else "" for place in keep]
                writer.writerow([*map(safe, texts), safe(reason)])
    except OSError as error:
        code = "disk_full" if os_code(error) == "disk_full" else "file_unwritable"
        raise AgentProblem(code, path=str(path), file=path.name) from error


def safe(text: str) -> str:
    """Return text that a spreadsheet neither runs as a formula nor changes as a number.

    Of a NIK it would keep 15 digits, of a phone number not the zero in front.
    """
    is_code = text.isdigit() and (len(text) > 11 or (text.startswith("0") and text != "0"))
    return f"'{text}" if is_code or text.startswith(_FORMULA) else text
