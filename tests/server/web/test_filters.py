"""What the leaderboard is asked for: nothing that was typed is lost, and what is wrong is told."""

import re
from html import unescape
from typing import Any

import pytest

from server import administer
from tests.offices import Desk
from tests.server.web.visitor import Visitor, text_of

WRONG: list[tuple[dict[str, str], str]] = [
    ({"span": "2026-13"}, "Rentang ini tidak terbaca."),
    ({"span": "November"}, "Rentang ini tidak terbaca."),
    ({"span": "\0"}, "Rentang ini tidak terbaca."),
    ({"span": "2026-W54"}, "Rentang ini tidak terbaca."),
    ({"span": "1990-01-01..2026-11-20"}, "Rentang ini lebih dari sepuluh tahun."),
    ({"span": "days"}, "Isi tanggal ini."),
    ({"span": "days", "from": "2026-11-01"}, "Isi tanggal ini."),
    ({"span": "days", "from": "kemarin", "to": "2026-11-20"}, "“kemarin” bukan tanggal."),
    ({"span": "days", "from": "2026-02-30", "to": "2026-03-01"}, "“2026-02-30” bukan tanggal."),
    ({"span": "days", "from": "2026-11-20", "to": "2026-11-19"}, "lebih awal"),
    ({"span": "days", "from": "2016-11-20", "to": "2026-11-20"}, "lebih dari sepuluh tahun."),
    ({"office": "Nowhere"}, "Kantor ini tidak ada"),
    ({"office": "\0😀"}, "Kantor ini tidak ada"),
    ({"kecamatan": "99.99.99"}, "Kecamatan ini tidak ada."),
    ({"kelurahan": "73.71.07.9999"}, "Kelurahan ini tidak ada di kecamatan itu."),
    ({"kelurahan": "x"}, "Kelurahan ini tidak ada di kecamatan itu."),
    ({"kecamatan": "73.71.13", "kelurahan": "73.71.07.1001"}, "Kelurahan ini tidak ada di"),
    ({"by": "moon"}, "Pilihan ini tidak ada."),
    ({"by": "<script>alert(1)</script>"}, "Pilihan ini tidak ada."),
]
SPANS: list[tuple[dict[str, str], str]] = [
    ({}, "November 2026"),
    ({"span": ""}, "November 2026"),
    ({"span": "2026-08"}, "Agustus 2026"),
    ({"span": "2026-W47"}, "16 Nov 2026 – 22 Nov 2026"),
    ({"span": "2026-11-01..2026-11-20"}, "1 Nov 2026 – 20 Nov 2026"),
    ({"span": "days", "from": "2026-11-01", "to": "2026-11-30"}, "November 2026"),
    ({"span": "days", "from": "2016-11-21", "to": "2026-11-20"}, "21 Nov 2016 – 20 Nov 2026"),
    ({"span": "days", "from": "0001-01-01", "to": "0001-01-02"}, "1 Jan 1 – 2 Jan 1"),
    ({"span": "9999-12"}, "Desember 9999"),
]


def test_what_is_wrong_is_told_beside_its_field(admin: Visitor) -> None:
    for asked, told in WRONG:
        typed = {"q": "daeng", **asked}
        page = admin.see("/leaderboard", query_string=typed)
        errors = re.findall(r'<div id="(\w+)-error"[^>]*>([^<]+)</div>', page)
        assert {name for name, _ in errors} <= asked.keys() | {"from", "to"}, asked
        assert any(told in unescape(error) for _, error in errors), (asked, errors)
        assert "ada saringan yang salah" in page
        assert "<table" not in page
        assert "<script>" not in page
        for value in typed.values():
            assert f'value="{value}"' in unescape(page), value


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_sheet_of_wrong_filters_leads_to_the_page_that_tells(admin: Visitor, form: str) -> None:
    answer = admin.get(f"/leaderboard.{form}?span=2026-13&office=x")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/leaderboard?span=2026-13&office=x&by=work"


def test_spans(desk: Desk, admin: Visitor) -> None:
    desk.agent()
    for asked, told in SPANS:
        page = admin.see("/leaderboard", query_string=asked)
        assert f"Papan peringkat {told} per 10.00" in text_of(page), asked
        assert "Agen 1" in page


def test_the_address_holds_them_all(desk: Desk, admin: Visitor) -> None:
    desk.agent()
    office_id = administer.add_office(desk.office, "Tallo")
    asked = {
        "span": "days",
        "from": "2026-11-01",
        "to": "2026-11-20",
        "office": office_id,
        "kecamatan": "73.71.07",
        "kelurahan": "73.71.07.1001",
        "by": "received",
    }
    page = admin.see("/leaderboard", query_string={**asked, "q": "daeng"})
    assert chosen(page) == {name: asked[name] for name in SELECTS}
    for value in (asked["from"], asked["to"], "daeng"):
        assert f'value="{value}"' in page
    (again,) = re.findall(r'data-quiet hx-get="([^"]+)"', page)
    for value in (*asked.values(), "daeng"):
        assert value in again
    assert "daeng" not in next(
        link for link in re.findall(r'href="([^"]+)"', page) if "csv" in link
    )


SELECTS = ("span", "by", "office", "kecamatan", "kelurahan")


def chosen(page: str) -> dict[str, Any]:
    """Return what is chosen in each list of a page."""
    lists = re.findall(r'<select[^>]* name="(\w+)".*?</select>', page, flags=re.DOTALL)
    assert set(lists) == set(SELECTS)
    return {
        name: re.findall(
            rf'name="{name}".*?value="([^"]*)" selected.*?</select>', page, flags=re.DOTALL
        )[0]
        for name in SELECTS
    }
