"""Lists as branches keep them, written as real files: CSV in its forms, and XLSX."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from schemas.occupations import occupation
from schemas.regions import region
from tests.builders import content

HEADINGS = (
    "NO",
    "NIK",
    "NAMA LENGKAP",
    "TTL",
    "JENIS KELAMIN",
    "NO HP",
    "NAMA USAHA",
    "KATEGORI USAHA",
    "ALAMAT",
    "KELURAHAN",
    "KECAMATAN",
    "RT",
    "RW",
    "LORONG",
    "NAMA IBU",
    "PENGHASILAN",
    "PROGRAM",
    "BULAN",
    "BULAN MULAI",
    "PERSETUJUAN",
)
Row = dict[str, Any]


def row(n: int, /, **cells: Any) -> Row:
    """Return person `n` as a complete row; spaces of a heading are underscores in `cells`."""
    told = content(n)
    home = region(told["kelurahan"])
    job = occupation(told["occupation"])
    assert home is not None
    assert job is not None
    year, month, day = told["birth_date"].split("-")
    members: Row = {
        "NO": str(n),
        "NIK": told["nik"],
        "NAMA LENGKAP": told["full_name"],
        "TTL": f"{told['birth_place']}, {day}-{month}-{year}",
        "JENIS KELAMIN": "L" if told["sex"] == "M" else "P",
        "NO HP": "0" + told["phone"].removeprefix("+62"),
        "NAMA USAHA": told["workplace"],
        "KATEGORI USAHA": job.name_id,
        "ALAMAT": told["street"],
        "KELURAHAN": home.kelurahan,
        "KECAMATAN": home.kecamatan,
        "RT": "4",
        "RW": "2",
        "LORONG": "Lorong 4",
        "NAMA IBU": told["mother_name"],
        "PENGHASILAN": "Rp 2.500.000",
        "PROGRAM": "2",
        "BULAN": "1",
        "BULAN MULAI": "12-2026",
        "PERSETUJUAN": "2026-11-20 dibacakan",
    }
    return {**members, **{name.replace("_", " "): cell for name, cell in cells.items()}}


def write_csv(
    path: Path,
    rows: Sequence[Mapping[str, Any]],
    *,
    headings: Sequence[str] = HEADINGS,
    separator: str = ",",
    encoding: str = "utf-8",
    above: str = "",
) -> Path:
    """Write a CSV; `above` stands before the headings."""
    text = io.StringIO(newline="")
    text.write(above)
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(headings)
    writer.writerows([one.get(heading, "") for heading in headings] for one in rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(
    path: Path,
    rows: Sequence[Mapping[str, Any]],
    *,
    headings: Sequence[str] = HEADINGS,
    above: int = 0,
) -> Path:
    """Write a workbook; numbers and dates stay such, `above` rows stand before the headings."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.add_worksheet("Petunjuk").write(0, 0, "Isi lembar berikut")
        sheet = book.add_worksheet("Daftar")
        if above:
            sheet.write(0, 0, "DAFTAR CALON PESERTA")
        sheet.write_row(above, 0, headings)
        for number, one in enumerate(rows, start=above + 1):
            sheet.write_row(number, 0, [one.get(heading, "") for heading in headings])
    return path
