"""A worker as an agent hands him in: a content at the door, or a row of a branch's list."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import xlsxwriter

from demo.people import Worker
from schemas.seeds import seed

WITA: Final = ZoneInfo("Asia/Makassar")
Row = dict[str, Any]

_HEADINGS: Final = (
    "NO",
    "NIK",
    "NAMA LENGKAP",
    "NAMA PANGGILAN",
    "TTL",
    "JENIS KELAMIN",
    "NO HP",
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
    "VERSI PERSETUJUAN",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """When the demo runs: months, ages and consents are reckoned from here."""

    now: datetime

    @property
    def today(self) -> date:
        """The day in Makassar."""
        return self.now.astimezone(WITA).date()

    @property
    def month(self) -> str:
        """The present month, such as 2026-11."""
        return f"{self.today:%Y-%m}"

    def born(self, age: float) -> date:
        """Return the birth date of somebody of that age; half a year is far from any limit."""
        return self.today - timedelta(days=round(age * 365.25))


def content(one: Worker, at: Moment) -> dict[str, Any]:
    """Return a worker's content as an agent gives it to `lorong-agent capture`."""
    told = {
        "nik": one.nik,
        "full_name": one.name,
        "alias": one.alias,
        "birth_place": "Makassar",
        "birth_date": one.born.isoformat(),
        "sex": one.sex.value,
        "mother_name": one.mother,
        "phone": one.phone,
        "phone_owner": "self",
        "kelurahan": one.home.code,
        "lorong": f"Lorong {one.lorong}",
        "occupation": one.job.code,
        "sector": one.job.sector,
        "monthly_income": one.income,
        "programmes": list(one.programmes),
        "first_month": at.month,
        "months": one.months,
        "payer": "self",
        "consent_version": _consent_version(),
        "consent_at": (at.now.astimezone(WITA) - timedelta(minutes=5)).isoformat("T", "seconds"),
        "consent_method": "read_aloud",
    }
    return {name: value for name, value in told.items() if value is not None}


def row(one: Worker, at: Moment) -> Row:
    """Return a worker as a complete row of a branch's list."""
    return {
        "NIK": one.nik,
        "NAMA LENGKAP": one.name,
        "NAMA PANGGILAN": one.alias or "",
        "TTL": f"Makassar, {one.born:%d-%m-%Y}",
        "JENIS KELAMIN": "L" if one.sex == "M" else "P",
        "NO HP": "0" + one.phone.removeprefix("+62"),
        "KATEGORI USAHA": one.job.name_id,
        "ALAMAT": f"Lorong {one.lorong}",
        "KELURAHAN": one.home.kelurahan,
        "KECAMATAN": one.home.kecamatan,
        "RT": one.lorong % 8 + 1,
        "RW": one.lorong % 5 + 1,
        "LORONG": f"Lorong {one.lorong}",
        "NAMA IBU": one.mother,
        "PENGHASILAN": one.income,
        "PROGRAM": len(one.programmes),
        "BULAN": one.months,
        "BULAN MULAI": at.month,
        "PERSETUJUAN": f"{at.today} dibacakan",
        "VERSI PERSETUJUAN": _consent_version(),
    }


def write_list(path: Path, rows: Sequence[Row]) -> Path:
    """Write a list: a workbook where the name ends in .xlsx, else CSV as Excel writes it here."""
    numbered = [{"NO": number, **one} for number, one in enumerate(rows, start=1)]
    lines = [_HEADINGS, *([one[heading] for heading in _HEADINGS] for one in numbered)]
    if path.suffix == ".xlsx":
        # In memory: a demo that is stopped here must leave no temporary file.
        with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
            sheet = book.add_worksheet("Daftar")
            for place, line in enumerate(lines):
                sheet.write_row(place, 0, line)
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(lines)
    return path


def write_roll(path: Path, members: Sequence[Worker], at: Moment) -> Path:
    """Write the roll of present members, as `lorong-server import-roll` takes it."""
    since = f"{at.today.year - 2}-03-01"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("nik", "nama", "tanggal_lahir", "sejak"))
        writer.writerows((one.nik, one.name.upper(), one.born, since) for one in members)
    return path


def _consent_version() -> str:
    latest: Mapping[str, Any] = seed("consent").items[-1]
    return str(latest["version"])
