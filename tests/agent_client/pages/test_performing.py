"""My performance: the office's figures as of when, what waits apart, an estimate that says so."""

import pytest

from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.visitor import Program, Visitor


def test_before_the_office_told_anything_that_is_said(visitor: Visitor) -> None:
    page = visitor.see("/performance")
    assert "Kantor belum memberi angka" in page.said("main")
    assert not page.all("svg")
    assert not page.all("meter")


def test_the_offices_figures_stand_with_their_time(program: Program, visitor: Visitor) -> None:
    for n in (1, 2, 3):
        visitor.enrol(boxes(n))
    program.sync()
    page = visitor.see("/performance")
    assert "per 20 Nov 2026 10.00 WITA" in page.said("main")
    assert "3 dari target 25 (12%)" in page.said("main")
    assert len(page.all("svg")) == 1
    assert page.by_id("target").attrs["value"] == "3"
    assert "estimasi" in page.said("main")


def test_what_the_line_has_not_carried_stands_apart(program: Program, visitor: Visitor) -> None:
    visitor.enrol(boxes(1))
    program.sync()
    visitor.enrol(boxes(2))
    page = visitor.see("/performance")
    assert "1 dari target 25" in page.said("main")
    assert "1 pendaftaran bulan ini masih menunggu" in page.said("main")


def test_the_month_before_has_a_page_of_its_own(program: Program, visitor: Visitor) -> None:
    visitor.enrol(boxes(1))
    program.sync()
    program.laptop.desk.now.forward(days=15)
    program.sync()
    page = visitor.see("/performance?month=2026-11")
    (current,) = [one for one in page.all("a", aria_current="page") if "month" in one.attrs["href"]]
    assert current.said == "November 2026"
    assert "1 dari target 25" in page.said("main")
    assert "0 dari target 25" in visitor.see("/performance").said("main")


@pytest.mark.parametrize("month", ["", "x", "2020-01", "2026-13", "%00", "'"])
def test_an_unknown_month_is_this_one(visitor: Visitor, month: str) -> None:
    page = visitor.see(f"/performance?month={month}")
    (current,) = [one for one in page.all("a", aria_current="page") if "month" in one.attrs["href"]]
    assert current.said == "November 2026"


def test_it_can_be_read_in_english(program: Program, visitor: Visitor) -> None:
    visitor.enrol(boxes(1))
    program.sync()
    visitor.see("/queue")
    visitor.post("/language", {"lang": "en", "at": "/performance"})
    assert visitor.get("/performance").status_code == 200


def test_figures_of_an_odd_office_break_no_page(program: Program, visitor: Visitor) -> None:
    odd = '{"months": [{"month": "2026-11", "accepted": 3, "target": 0, "days": 7}], "as_of": 7}'
    with program.kept().vault.writing() as tx:
        tx.execute("update exchange set performance = ?", [odd])
    assert "3 diterima" in visitor.see("/performance").said("main")
