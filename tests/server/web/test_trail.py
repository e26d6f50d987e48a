"""Jejak: a page that tells in plain sentences, finds, leads on, and is harmless to take along."""

import csv
import json
from html import unescape
from io import StringIO

import pytest

from server import accounts, audit, trail
from server.audit import Action
from server.rules.roles import Role
from server.store import offices
from tests.offices import Desk
from tests.server.test_audit import damage
from tests.server.test_trail import ADMIN, note
from tests.server.web.visitor import PASSWORD, Visitor, user

EVIL = '=HYPERLINK("x")<script>alert(1)</script>'
CASE = "019ab3f2-1111-7000-8000-00001b2c3d4e"


def rows(visitor: Visitor, **query: str) -> list[dict[str, str]]:
    """Return the lines of the sheet."""
    answer = visitor.get("/audit.csv", query_string=query)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="jejak.csv"'
    content = answer.get_data()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_it_tells_what_was_done_the_newest_first(desk: Desk, admin: Visitor) -> None:
    note(desk.office, Action.DECIDED, about_id=CASE, choice="same", kind="near_match", moved=2)
    note(desk.office, Action.REVEALED, about="record", about_id=CASE)
    read = admin.read("/audit")
    assert "Ibu Rahma memutuskan kasus …1b2c3d4e: orang yang sama" in read
    assert "jenis: mirip · data yang berpindah: 2" in read
    assert "20 Nov 2026 10.00 WITA" in read
    assert read.index("membuka NIK pada data") < read.index("memutuskan kasus")
    assert read.index("memutuskan kasus") < read.index("Admin Satu masuk")
    admin.send("/language", {"lang": "en"})
    assert "Ibu Rahma decided case …1b2c3d4e: the same person" in admin.read("/audit")


def test_its_end_is_there_to_be_noted(desk: Desk, admin: Visitor) -> None:
    page = trail.page_of(desk.office, ADMIN, trail.Wanted())
    read = admin.read("/audit")
    assert f"Baris terakhir {page.head}" in read
    assert f"Segel {page.seal}" in read


def test_it_is_searched(desk: Desk, admin: Visitor) -> None:
    note(desk.office, about_id=CASE)
    note(desk.office, Action.EXPORTED, by="Pak Ali", about="leaderboard", form="xlsx")
    shown = {
        "by=Pak+Ali": "mengunduh papan",
        "action=exported": "mengunduh papan",
        f"about=case&id={CASE}": "melihat kasus",
        "q=XLSX": "mengunduh papan",
    }
    for query, found in shown.items():
        read = admin.read(f"/audit?{query}")
        assert found in read
        assert sum(text in read for text in set(shown.values())) == 1
        assert "Semua baris" in read
    assert "2026-11-20" in admin.see("/audit?from=2026-11-20&to=2026-11-20")
    assert "Tidak ada baris yang cocok" in admin.read("/audit?by=nobody")
    assert "Tidak ada baris yang cocok" in admin.read("/audit?from=2030-01-01")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("from=kemarin", "Tanggal ini tidak dapat dibaca"),
        ("to=2026-02-30", "Tanggal ini tidak dapat dibaca"),
        ("from=9999-12-31", "Tanggal ini tidak dapat dibaca"),
        ("from=2026-11-20&to=2026-11-19", "Hari terakhir lebih awal"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_lost(
    admin: Visitor, query: str, told: str
) -> None:
    page = admin.see(f"/audit?by=Admin&{query}")
    assert told in page
    assert 'value="Admin"' in page
    answer = admin.get(f"/audit.csv?{query}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/audit?{query}")


def test_odd_addresses_are_answered(admin: Visitor) -> None:
    for query in ("below=x", "below=-1", "below=0", "below=99999999999999999", "by=%00&q=%ED%A0"):
        assert admin.get(f"/audit?{query}").status_code == 200, query


def test_pages_lead_on_by_a_key(
    desk: Desk, admin: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "PAGE", 1)
    note(desk.office, about_id=CASE)
    first = unescape(admin.see("/audit?by=Ibu+Rahma"))
    assert "below=" not in first
    first = unescape(admin.see("/audit?from=2026-11-20"))
    (older,) = [part.split('"')[0] for part in first.split('href="') if "below=" in part[:60]]
    second = admin.see(older)
    assert "from=2026-11-20" in older
    assert 'data-key="n"' in second
    assert "Terbaru" in second
    assert "melihat kasus" not in second


def test_it_leads_to_what_is_there_and_may_be_seen(desk: Desk, admin: Visitor) -> None:
    user_id = accounts.add_user(
        desk.office, "Pak Ali", Role.VIEWER, (), by="uji", password=PASSWORD
    )
    note(desk.office, about="user", about_id="gone", office_id=_office_id(desk))
    note(desk.office, about="leaderboard", about_id=user_id)
    page = admin.see("/audit")
    assert f'<a href="/users/{user_id}">pengguna Pak Ali</a>' in page
    assert "pengguna gone" in page
    assert 'href="/users/gone"' not in page
    assert page.count(f'/{user_id}"') == 1
    chief = user(desk, Role.SUPERVISOR, name="Bu Sitti")
    note(desk.office, about="user", about_id=user_id, office_id=_office_id(desk))
    page = chief.see("/audit")
    assert "pengguna Pak Ali" in page
    assert 'href="/users/' not in page


def _office_id(desk: Desk) -> str:
    with desk.office.store.read() as tx:
        return next(iter(offices.names(tx)))


def test_a_supervisor_sees_the_own_offices_alone(desk: Desk, chief: Visitor) -> None:
    note(desk.office, by="Pak Ali", about="case", about_id="own", office_id=_office_id(desk))
    note(desk.office, by="Pak Ali", about="case", about_id="other", office_id="elsewhere")
    note(desk.office, by="Pak Ali", about="user", about_id="someone")
    read = chief.read("/audit")
    assert "kasus own" in read
    assert "Ibu Rahma masuk" in read
    assert "other" not in read
    assert "someone" not in read
    assert {row["by"] for row in rows(chief)} == {
        "Pak Ali",
        "Ibu Rahma",
        "lorong-server",
    }
    assert "elsewhere" not in json.dumps(rows(chief))


def test_a_viewer_sees_none_of_it(viewer: Visitor) -> None:
    for path in ("/audit", "/audit.csv"):
        assert viewer.get(path).status_code == 403


def test_what_people_typed_is_only_text(desk: Desk, admin: Visitor) -> None:
    note(desk.office, by=EVIL, about="user", about_id=EVIL, name=EVIL, reason=EVIL)
    answer = admin.get("/audit", query_string={"by": EVIL, "q": EVIL, "id": EVIL, "about": EVIL})
    assert "<script>" not in answer.text
    page = admin.see("/audit")
    assert "<script>" not in page
    assert EVIL in unescape(page)
    (line,) = rows(admin, about="user", id=EVIL)
    assert (line["by"], line["about_id"]) == (f"'{EVIL}", f"'{EVIL}")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line.values())


def test_the_sheet_has_all_lines_and_is_itself_noted(
    desk: Desk, admin: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "_AT_ONCE", 3)
    for _ in range(10):
        note(desk.office, about_id=CASE, office_id=_office_id(desk))
    lines = rows(admin, q="case-", **{"from": "2026-11-20"})
    assert lines == []
    lines = rows(admin)
    with desk.office.store.read() as tx:
        assert len(lines) == audit.audit.head(tx)[0]
    assert lines[0]["told"] == "Admin Satu mengunduh jejak"
    assert json.loads(lines[1]["detail"]) == {"sought": ["from", "q"]}
    assert (lines[2]["office"], lines[2]["at"]) == ("Makassar", "2026-11-20T10:00:00+08:00")


def test_a_damaged_line_is_shown_as_it_is(desk: Desk, admin: Visitor) -> None:
    note(desk.office, about_id=CASE)
    damage(desk.office, "UPDATE audit SET detail = 'no json' WHERE action = 'saw'")
    assert "no json" in admin.read("/audit")


def test_its_address_is_not_led_to_where_none_may_go(viewer: Visitor, desk: Desk) -> None:
    assert 'href="/audit"' not in viewer.see("/leaderboard")
    chief = user(desk, Role.SUPERVISOR, name="Pak Daeng")
    assert 'href="/audit" aria-current="page"' in chief.see("/audit")
