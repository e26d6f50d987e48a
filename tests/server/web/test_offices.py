"""Agen dan kantor: the lists, and what is made, named, moved and ended there."""

import re
from typing import Any

import pytest

from server import administer, agents
from server.store import audit
from tests.offices import Desk
from tests.server.looks import faults
from tests.server.web.visitor import Visitor, text_of

LIST = "/offices"


@pytest.fixture
def tallo(desk: Desk) -> str:
    """Another office."""
    return administer.add_office(desk.office, "Tallo")


def path_of(desk: Desk, code: str) -> str:
    """Return an agent's address here."""
    return f"/offices/agents/{agents.agent_coded(desk.office, code).agent_id}"


def done(visitor: Visitor, path: str, form: dict[str, Any], to: str = LIST) -> str:
    """Send a form as htmx does, insist that it went well, and read where it leads."""
    answer = visitor.hx(path, form)
    assert answer.status_code == 200, answer.text
    assert answer.headers["HX-Redirect"].startswith(to), answer.text
    return visitor.read(answer.headers["HX-Redirect"])


def shown_code(page: str) -> str:
    """Return the join code that a dialog shows."""
    found = re.search(r'id="once" readonly value="([0-9A-Z]{4}-[0-9A-Z]{4})"', page)
    assert found is not None, page
    return found[1]


def test_an_office_and_an_agent_are_made_and_a_laptop_joins(desk: Desk, admin: Visitor) -> None:
    assert "Kantor dibuat." in done(admin, LIST, {"office_name": " Tallo  Barat "})
    (office_id,) = {one.office_id for one in agents.all_offices(desk.office)} - {
        agents.office_named(desk.office, "Makassar").office_id
    }
    form = {"agent_name": "Daeng Sutte", "code": "T-1", "office": office_id}
    assert "Agen dibuat." in done(admin, "/offices/agents", form)
    page = admin.hx(f"{path_of(desk, 'T-1')}/code").text
    read = text_of(page)
    assert "Kode laptop untuk Daeng Sutte" in read
    assert "http://127.0.0.1:8080" in read
    assert "27 Nov 2026 10.00 WITA" in read
    assert '<svg role="img"' in page
    assert "style=" not in page
    code = shown_code(page)
    assert code not in admin.see(path_of(desk, "T-1"))
    request = {"code": code, "device_id": "019a9c00-0000-7000-8000-00000000ffff"}
    joining = request | {"name": "Laptop", "platform": "x", "client": "1"}
    answer = desk.client().post("/api/v1/devices", json=joining)
    assert answer.json["agent"]["office"]["name"] == "Tallo Barat"
    assert "Daeng Sutte T-1 Tallo Barat 1 –" in admin.read(LIST)
    with desk.office.store.read() as tx:
        noted = [(line.by, line.action, line.about) for line in audit.lines(tx)]
    assert noted[-3:] == [
        ("Admin Satu", "made", "office"),
        ("Admin Satu", "made", "agent"),
        ("Admin Satu", "made", "join_code"),
    ]


def test_names_are_changed(desk: Desk, admin: Visitor, tallo: str) -> None:
    desk.agent()
    assert "Nama kantor tersimpan." in done(admin, f"/offices/{tallo}", {"office_name": "Tallo 2"})
    path = path_of(desk, "A1")
    read = done(admin, f"{path}/name", {"agent_name": "Daeng Naba"}, path)
    assert "Nama agen tersimpan." in read
    assert "Daeng Naba" in read
    assert "Tallo 2 0" in admin.read(LIST)


def test_a_move_with_a_date_is_shown_and_taken_back(desk: Desk, admin: Visitor, tallo: str) -> None:
    laptop = desk.join()
    laptop.exchange(laptop.envelope())
    path = path_of(desk, "A1")
    read = done(admin, f"{path}/move", {"office": tallo, "since": "2026-11-01"}, path)
    assert "mulai 1 November 2026 tersimpan. Pendaftaran yang ikut berpindah: 1." in read
    assert "Kantor hari ini Tallo Mulai 1 Nov 2026 Tallo" in read
    makassar = agents.office_named(desk.office, "Makassar").office_id
    read = done(admin, f"{path}/move", {"office": makassar, "since": "2026-11-01"}, path)
    assert "Kantor hari ini Makassar" in read
    assert "1 Nov 2026" not in read
    assert faults(desk) == []


def test_a_move_to_come_stands_beside_the_agent(desk: Desk, admin: Visitor, tallo: str) -> None:
    desk.agent()
    path = path_of(desk, "A1")
    done(admin, f"{path}/move", {"office": tallo, "since": "2026-12-01"}, path)
    assert "Agen 1 A1 Makassar 0 – Mulai 1 Des 2026 di Tallo" in admin.read(LIST)


def test_an_end_is_told_and_taken_back(desk: Desk, admin: Visitor) -> None:
    desk.agent()
    path = path_of(desk, "A1")
    read = done(admin, f"{path}/end", {"since": "2026-11-20"}, path)
    assert "Tidak menjadi agen lagi mulai 20 November 2026." in read
    assert "Buat kode" not in read
    assert "[agent_ended]" in admin.hx(f"{path}/code").text
    page = admin.see(LIST)
    assert '<tr class="faint">' in page
    assert "Makassar 0" in text_of(page)
    assert "Buat kode" in done(admin, f"{path}/back", {}, path)


def test_what_cannot_be_is_told_and_changes_nothing(desk: Desk, admin: Visitor, tallo: str) -> None:
    desk.agent()
    path, before = path_of(desk, "A1"), agents.all_agents(desk.office)
    agent = {"agent_name": "Sutte", "code": "T-1", "office": tallo}
    for where, form, code in (
        (LIST, {"office_name": "Tallo"}, "office_taken"),
        (LIST, {"office_name": ""}, "name_wrong"),
        (f"/offices/{tallo}", {"office_name": "Makassar"}, "office_taken"),
        ("/offices/agents", agent | {"code": "A1"}, "agent_taken"),
        ("/offices/agents", agent | {"code": "x" * 33}, "code_wrong"),
        ("/offices/agents", agent | {"agent_name": "a\0b"}, "name_wrong"),
        ("/offices/agents", agent | {"office": "a\0b"}, "office_unknown"),
        (f"{path}/name", {"agent_name": " "}, "name_wrong"),
        (f"{path}/move", {"office": tallo, "since": "2026-02-30"}, "day_unreadable"),
        (f"{path}/move", {"office": tallo}, "day_unreadable"),
        (f"{path}/move", {"office": "0", "since": "2026-11-01"}, "office_unknown"),
        (f"{path}/end", {"since": "kemarin"}, "day_unreadable"),
    ):
        answer = admin.hx(where, form)
        assert f"[{code}]" in answer.text, (where, form, answer.text)
        assert answer.headers["HX-Retarget"] == "#banner"
    assert agents.all_agents(desk.office) == before
    assert len(agents.all_offices(desk.office)) == 2


def test_without_htmx_a_form_leads_on_all_the_same(desk: Desk, admin: Visitor) -> None:
    answer = admin.send(LIST, {"office_name": "Tallo"})
    assert (answer.status_code, answer.headers["Location"]) == (303, LIST)
    again = admin.send(LIST, {"office_name": "Tallo"})
    assert (again.status_code, "[office_taken]" in again.text) == (409, True)


class TestSupervisors:
    def test_see_their_own_office_and_make_codes_there(
        self, desk: Desk, chief: Visitor, tallo: str
    ) -> None:
        desk.agent()
        administer.add_agent(desk.office, "Lain", "Tallo", "B1")
        page = chief.see(LIST)
        assert "Agen 1" in page
        assert "Lain" not in page
        assert "Tallo" not in page
        assert "/offices/new" not in page
        own = chief.see(path_of(desk, "A1"))
        assert "/move" not in own
        assert "/end" not in own
        shown_code(chief.hx(f"{path_of(desk, 'A1')}/code").text)
        for path in ("", "/code"):
            answer = (
                chief.get(path_of(desk, "B1")) if not path else chief.hx(path_of(desk, "B1") + path)
            )
            assert (answer.status_code, "[page_unknown]" in answer.text) == (404, True)

    def test_lose_an_agent_who_moves_away_and_not_before(
        self, desk: Desk, admin: Visitor, chief: Visitor, tallo: str
    ) -> None:
        desk.agent()
        path = path_of(desk, "A1")
        done(admin, f"{path}/move", {"office": tallo, "since": "2026-11-21"}, path)
        assert chief.get(path).status_code == 200
        desk.now.forward(minutes=20)
        desk.now.forward(hours=14)
        chief.sign_in("Ibu Rahma")
        assert chief.get(path).status_code == 404
        assert "Agen 1" not in chief.see(LIST)

    def test_a_viewer_sees_none_of_it(self, desk: Desk, viewer: Visitor) -> None:
        assert viewer.get(LIST).status_code == 403
        assert 'href="/offices"' not in viewer.see("/leaderboard")


class TestList:
    def test_is_looked_through_by_name_code_and_office(
        self, desk: Desk, admin: Visitor, tallo: str
    ) -> None:
        for name, office, code in (
            ("Daeng Sutte", "Makassar", "M-1"),
            ("Daeng Naba", "Tallo", "T-1"),
        ):
            administer.add_agent(desk.office, name, office, code)
        found = {
            query: ["Sutte" in page, "Naba" in page]
            for query in ("", "?q=SUTTE", "?q=t-1", f"?office={tallo}", "?q=%00", "?office=0")
            for page in [admin.see(LIST + query)]
        }
        assert found == {
            "": [True, True],
            "?q=SUTTE": [True, False],
            "?q=t-1": [False, True],
            f"?office={tallo}": [False, True],
            "?q=%00": [False, False],
            "?office=0": [False, False],
        }
        assert "Tidak ada agen yang cocok" in admin.read(f"{LIST}?q=nobody")

    def test_has_a_hundred_to_a_page(self, desk: Desk, admin: Visitor) -> None:
        for number in range(101):
            administer.add_agent(desk.office, f"Agen {number:03}", "Makassar", f"M-{number}")
        first, last = admin.read(LIST), admin.read(f"{LIST}?page=2")
        assert "Halaman 1, 101 agen" in first
        assert ("Agen 099" in first, "Agen 100" in first) == (True, False)
        assert ("Agen 099" in last, "Agen 100" in last) == (False, True)
        for wrong in ("0", "-1", "99", "x", "9" * 30):
            assert "Halaman " in admin.read(f"{LIST}?page={wrong}")

    def test_of_nothing_says_what_to_do(self, desk: Desk, admin: Visitor) -> None:
        assert "Tidak ada agen yang cocok" in admin.read(LIST)

    def test_speaks_english(self, desk: Desk, admin: Visitor) -> None:
        desk.agent()
        admin.send("/language", {"lang": "en"})
        assert "Agents and offices" in admin.read(LIST)
        assert "Office today Makassar" in admin.read(path_of(desk, "A1"))


def test_what_people_typed_is_only_text(desk: Desk, admin: Visitor) -> None:
    evil = "<script>alert(1)</script> \"'&"
    office_id = administer.add_office(desk.office, evil)
    administer.add_agent(desk.office, evil, evil, evil[:32])
    path = path_of(desk, evil[:32])
    pages = [admin.see(one) for one in (LIST, path, f"/offices/{office_id}", "/offices/agents/new")]
    pages += [admin.see(LIST, query_string={"q": evil}), admin.hx(f"{path}/code").text]
    for page in pages:
        assert "<script>a" not in page
    for page in pages[:2]:
        assert evil in text_of(page)


@pytest.mark.parametrize("agent_id", ["0", "a%00b", "%ED%A0%80", "x" * 5_000])
def test_nobody_is_told_as_such(admin: Visitor, agent_id: str) -> None:
    assert admin.get(f"/offices/agents/{agent_id}").status_code == 404
    assert admin.get(f"/offices/{agent_id}").status_code == 404
    assert admin.hx(f"/offices/agents/{agent_id}/end", {"since": "2026-11-20"}).status_code == 404
