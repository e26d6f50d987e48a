import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from agent_client.importer.columns import columns_of
from agent_client.importer.table import read_table
from demo.forms import Moment, row, write_list, write_roll
from demo.people import Crowd

AT = Moment(datetime(2026, 11, 20, 16, 30, tzinfo=UTC))
PEOPLE = [Crowd(1, AT.today).worker() for _ in range(3)]


def test_the_day_is_that_of_makassar() -> None:
    assert (AT.today, AT.month) == (date(2026, 11, 21), "2026-11")


def test_an_age_is_reckoned_from_the_day() -> None:
    assert AT.born(16.5).year == 2010


@pytest.mark.parametrize("name", ["daftar.csv", "daftar.xlsx"])
def test_a_list_is_read_as_branches_write_it(tmp_path: Path, name: str) -> None:
    table = read_table(write_list(tmp_path / name, [row(one, AT) for one in PEOPLE]))
    place = columns_of(table.headings)["nik"]
    assert [one.cells[place] for one in table.rows] == [one.nik for one in PEOPLE]
    # Every heading but NO is known to laptops.
    assert len(table.columns) == len(table.headings) - 1


def test_the_roll_has_the_columns_that_the_office_wants(tmp_path: Path) -> None:
    path = write_roll(tmp_path / "peserta.csv", PEOPLE, AT)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["nik"] == PEOPLE[0].nik
    assert rows[0]["sejak"] == "2024-03-01"
