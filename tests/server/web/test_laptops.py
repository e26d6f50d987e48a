"""The pages about laptops: who needs somebody, what happens to one, who must be told."""

import json
import re
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa

from server import administer, revoking
from server.rules.roles import Role
from server.store import audit, devices
from server.store.tables import devices as table
from tests.builders import content
from tests.offices import START, Desk, Laptop
from tests.server.web.visitor import Visitor, text_of, user

NASTY = "<script>alert(1)</script>=1+1'\"--"


def path(laptop: Laptop, more: str = "") -> str:
    return f"/laptops/{laptop.device_id}{more}"


def lines(page: str) -> list[str]:
    """Return what a person reads in each row of a list."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [text_of(row) for row in body.split("</tr>")[:-1]]


def noted(desk: Desk, *actions: str) -> list[tuple[str, str, str | None, dict[str, Any]]]:
    with desk.office.store.read() as tx:
        return [
            (one.by, one.action, one.office_id, json.loads(one.detail))
            for one in audit.lines(tx)
            if one.action in actions and one.about in ("device", "join_code")
        ]


def office_of(laptop: Laptop) -> str:
    found: str = laptop.joined["agent"]["office"]["office_id"]
    return found


def elsewhere(desk: Desk) -> Laptop:
    """Join a laptop of another office's agent."""
    administer.add_office(desk.office, "Gowa")
    administer.add_agent(desk.office, "Daeng Rani", "Gowa", "G1")
    return desk.join("G1")


class TestList:
    def test_tells_of_each_what_it_last_reported(self, desk: Desk, chief: Visitor) -> None:
        laptop = desk.join()
        beat = {"waiting": 7, "drafts": 3, "last_seq": 9, "client": "0.0.9"}
        beat |= {"oldest_waiting_at": "2026-11-18T02:00:00Z"}
        laptop.exchange(laptop.envelope(), sent_at="2026-11-23T01:59:50Z", heartbeat=beat)
        (line,) = lines(chief.see("/laptops"))
        told = ["Agen 1 A1 · Laptop uji · Makassar", "20 Nov 2026 10.00 WITA", "18 Nov 2026"]
        told += ["3 hari terlalu maju", "0.0.9 lebih lama daripada 0.1.0", "7", "3", "8"]
        assert all(part in line for part in told), line
        assert "Minta agen membetulkan jam laptop." in line

    def test_those_that_need_somebody_stand_first(self, desk: Desk, admin: Visitor) -> None:
        fine, late, stuck, gone, lost, ahead = (desk.join() for _ in range(6))
        stuck.exchange(heartbeat={"waiting": 2, "last_seq": 2})
        late.exchange()
        desk.now.forward(days=4)
        fine.exchange()
        ahead.exchange(sent_at="2026-11-25T02:00:00Z")
        for one, at in ((gone, None), (lost, desk.now())):
            revoking.revoke(desk.office, one.device_id, by="x", lost_at=at, reason="r")
        admin.sign_in("Admin Satu")
        order = [lost, stuck, late, ahead, fine, gone]
        found = re.findall(r'<th scope="row"><a href="/laptops/([^"]+)"', admin.see("/laptops"))
        assert found == [one.device_id for one in order]

    def test_is_of_a_state_an_office_or_who_is_searched(self, desk: Desk, admin: Visitor) -> None:
        desk.join()
        other = elsewhere(desk)
        revoking.revoke(desk.office, other.device_id, by="x", lost_at=None, reason="r")
        for asked in ("state=revoked", f"office={office_of(other)}", "q=daeng", "q=g1"):
            (line,) = lines(admin.see(f"/laptops?{asked}"))
            assert "Daeng Rani" in line, asked
        assert "Tidak ada laptop yang cocok" in admin.read("/laptops?q=nobody&state=silent")
        assert admin.get("/laptops?state=nonsense").status_code == 404
        assert admin.get("/laptops?page=99999&q=%00").status_code == 200

    def test_is_of_the_own_offices_alone(self, desk: Desk, chief: Visitor, viewer: Visitor) -> None:
        own, other = desk.join(), elsewhere(desk)
        assert len(lines(chief.see("/laptops"))) == 1
        assert "Tidak ada laptop" in chief.read(f"/laptops?office={office_of(other)}")
        assert chief.get(path(other)).status_code == 404
        assert chief.send(path(other, "/retire")).status_code == 404
        assert chief.get(path(other, "/lost")).status_code == 404
        assert viewer.get(path(own)).status_code == 403
        nowhere = user(desk, Role.SUPERVISOR, "Gowa", name="Pak Gowa")
        assert "Daeng Rani" in nowhere.see("/laptops")

    def test_has_fifty_to_a_page(self, desk: Desk, admin: Visitor) -> None:
        laptop = desk.join()
        with desk.office.store.write() as tx:
            row = dict(devices.by_id(tx, laptop.device_id)._mapping)
            for extra in ("agent_name", "agent_code"):
                del row[extra]
            rows = [row | {"device_id": f"d{n:03}", "token_hash": f"t{n}"} for n in range(60)]
            tx.execute(sa.insert(table), rows)
        assert len(lines(admin.see("/laptops"))) == 50
        assert len(lines(admin.see("/laptops?page=2"))) == 11
        assert "51–61 dari 61" in admin.read("/laptops?page=2")

    def test_says_that_there_is_none_yet(self, admin: Visitor) -> None:
        assert "Belum ada laptop." in admin.read("/laptops")


class TestOne:
    def test_tells_all_of_it(self, desk: Desk, chief: Visitor) -> None:
        laptop = desk.join()
        one, two = laptop.envelope(), laptop.envelope(device_seq=1)
        laptop.sent = 5
        laptop.exchange(one, two, heartbeat={"waiting": 1, "drafts": 4, "last_seq": 5})
        told = chief.read(path(laptop))
        assert "Belum sampai 4: 2–5" in told
        assert "Dipakai dua kali 1" in told
        assert "Data yang sudah sampai di kantor 2" in told
        assert "20 Nov 2026 10.00 WITA 2" in told
        assert one["content"]["full_name"] not in told

    def test_is_retired_and_kept_by_a_second_step(self, desk: Desk, chief: Visitor) -> None:
        laptop = desk.join()
        assert "aman dihapus" in chief.read(path(laptop, "/retire"))
        chief.send(path(laptop, "/retire"))
        assert "Diminta berhenti" in chief.read(path(laptop))
        assert "retire" in laptop.exchange()
        assert "dipakai terus" in chief.read(path(laptop, "/keep"))
        chief.send(path(laptop, "/keep"))
        assert "retire" not in laptop.exchange()
        office_id = office_of(laptop)
        assert noted(desk, "retired", "changed") == [
            ("Ibu Rahma", "retired", office_id, {"is_to_stop": True}),
            ("Ibu Rahma", "changed", office_id, {"is_to_stop": False}),
        ]

    def test_is_revoked_with_a_reason(self, desk: Desk, chief: Visitor) -> None:
        laptop = desk.join()
        assert "Tidak dapat dibatalkan" in chief.read(path(laptop, "/revoke"))
        answer = chief.hx(path(laptop, "/revoke"), {"kind": "other", "reason": "Layar rusak"})
        assert answer.headers["HX-Redirect"] == path(laptop)
        assert "Alasan Layar rusak" in chief.read(path(laptop))
        assert laptop.post("/api/v1/exchange", json=laptop.request()).status_code == 403
        detail = {"reason": "Layar rusak", "is_lost": False}
        assert noted(desk, "revoked") == [("Ibu Rahma", "revoked", office_of(laptop), detail)]
        answer = chief.hx(path(laptop, "/retire"))
        assert (answer.status_code, "sudah dicabut" in answer.text) == (409, True)
        assert chief.get(path(laptop, "/lost")).status_code == 404

    @pytest.mark.parametrize(
        "reason", ["", "   ", "x" * 201, "NIK 7371 0101 0101 0001", "telp 0811-2222-3333"]
    )
    def test_is_not_revoked_for_what_is_no_reason(
        self, desk: Desk, chief: Visitor, reason: str
    ) -> None:
        laptop = desk.join()
        answer = chief.hx(path(laptop, "/revoke"), {"reason": reason})
        assert (answer.status_code, "Alasan harus diisi" in answer.text) == (422, True)
        assert laptop.exchange()["acks"] == []

    @pytest.mark.parametrize("at", ["", "kemarin", "2026-11-21T10:00", "0001-01-01T00:00"])
    def test_is_not_lost_at_a_moment_that_cannot_be(
        self, desk: Desk, chief: Visitor, at: str
    ) -> None:
        laptop = desk.join()
        form = {"kind": "lost", "reason": "Dicuri", "lost_at": at}
        assert chief.hx(path(laptop, "/revoke"), form).status_code == 422
        assert laptop.exchange()["acks"] == []

    def test_whatever_it_calls_itself_is_text(self, desk: Desk, chief: Visitor) -> None:
        laptop = desk.join(name=NASTY[:60], platform=NASTY[:60], client=NASTY[:60])
        chief.send(path(laptop, "/revoke"), {"reason": NASTY})
        for page in ("/laptops", path(laptop), path(laptop, "/revoke")):
            assert "<script>alert" not in chief.see(page)
        assert NASTY in unescape(chief.see(path(laptop)))


class TestLoss:
    @pytest.fixture
    def laptop(self, desk: Desk, chief: Visitor) -> Laptop:
        """A laptop that sent two captures, and was stolen two hours ago."""
        joined = desk.join()
        joined.exchange(joined.envelope(content(1)), joined.envelope(content(2, sex="X")))
        desk.now.forward(hours=2)
        chief.sign_in("Ibu Rahma")
        form = {"kind": "lost", "reason": "Dicuri di pasar", "lost_at": "2026-11-20T10:00"}
        answer = chief.hx(path(joined, "/revoke"), form)
        assert answer.headers["HX-Redirect"] == path(joined, "/lost")
        return joined

    def test_has_a_clock_and_names_who_must_be_told(self, chief: Visitor, laptop: Laptop) -> None:
        told = chief.read(path(laptop, "/lost"))
        assert "Tenggat surat: 23 Nov 2026 10.00 WITA, masih 70 jam 0 menit." in told
        one, other = content(1), content(2)
        assert one["full_name"] in told
        assert other["full_name"] in told
        assert "Diterima 1" in told
        assert "Ditolak 1" in told
        assert "argon2id" in told
        for secret in ("nik", "mother_name", "phone"):
            assert one[secret] not in told

    def test_tells_when_the_deadline_is_past(
        self, desk: Desk, chief: Visitor, laptop: Laptop
    ) -> None:
        desk.now.forward(days=3)
        chief.sign_in("Ibu Rahma")
        assert "lewat 2 jam 0 menit" in chief.read(path(laptop, "/lost"))

    def test_has_letters_in_indonesian(self, desk: Desk, chief: Visitor, laptop: Laptop) -> None:
        chief.send("/language", {"lang": "en", "at": "/"})
        each = chief.see(path(laptop, "/letters?to=each"))
        assert each.count('<article class="paper" lang="id">') == 2
        told = text_of(each)
        one = content(1)
        assert f"Yth. Bapak/Ibu {one['full_name']}" in told
        assert "Jl. Rappocini Raya, Lorong 4, 12, Depan musala" in told
        assert "Pasal 46" in told
        assert "Kehilangan diketahui pada 20 Nov 2026 10.00 WITA" in told
        assert "The letters are in Indonesian." in told
        for secret in ("nik", "mother_name", "phone"):
            assert one[secret] not in told
        for to in ("authority", "anybody"):
            told = chief.read(path(laptop, f"/letters?to={to}"))
            assert one["full_name"] not in told
            assert "Upaya penanganan dan pemulihan" in told
        assert chief.get(path(laptop, "/letters?to=x")).status_code == 404

    def test_who_looked_stands_in_the_trail(
        self, desk: Desk, chief: Visitor, laptop: Laptop
    ) -> None:
        chief.see(path(laptop, "/lost"))
        chief.see(path(laptop, "/letters?to=each"))
        office_id = office_of(laptop)
        assert noted(desk, "saw") == [
            ("Ibu Rahma", "saw", office_id, {"form": form, "count": 2})
            for form in ("people", "letters")
        ]

    def test_is_added_to_one_that_was_revoked(self, desk: Desk, chief: Visitor) -> None:
        laptop = desk.join()
        chief.send(path(laptop, "/revoke"), {"reason": "Rusak"})
        assert "Ternyata hilang" in chief.read(path(laptop))
        form = {"kind": "lost", "reason": "Hilang", "lost_at": "2026-11-20T09:00"}
        chief.send(path(laptop, "/revoke"), form)
        assert "20 Nov 2026 09.00 WITA" in chief.read(path(laptop, "/lost"))
        assert "Alasan Rusak" in chief.read(path(laptop))


class TestJoinCodes:
    def made(self, visitor: Visitor, agent_code: str) -> str:
        answer = visitor.hx("/laptops/codes", {"agent_code": agent_code})
        assert answer.status_code == 200
        found = re.search(r'value="([0-9A-Z]{4}-[0-9A-Z]{4})"', answer.text)
        assert found is not None
        assert '<svg role="img"' in answer.text
        return found[1]

    def test_is_shown_once_and_joins(self, desk: Desk, chief: Visitor) -> None:
        agent = desk.agent()
        code = self.made(chief, agent)
        page = chief.see("/laptops/new")
        assert code not in page
        assert "Agen 1 A1" in text_of(page)
        ((by, _, office_id, detail),) = noted(desk, "made")[-1:]
        assert (by, code in json.dumps(detail)) == ("Ibu Rahma", False)
        assert office_id is not None
        desk.code = lambda _agent: code  # type: ignore[method-assign]
        desk.join(agent)
        assert "Tidak ada kode yang menunggu." in chief.read("/laptops/new")

    def test_is_void_by_a_button_and_joins_no_more(self, desk: Desk, chief: Visitor) -> None:
        agent = desk.agent()
        code = self.made(chief, agent)
        (button,) = re.findall(r'hx-post="(/laptops/codes/[^"]+)"', chief.see("/laptops/new"))
        assert chief.hx(button).headers["HX-Redirect"] == "/laptops/new"
        request = {"code": code, "device_id": "019a9c00-0000-7000-8000-0000000000aa"}
        request |= {"name": "x", "platform": "x", "client": "0.1.0"}
        answer = desk.client().post("/api/v1/devices", json=request)
        assert (answer.status_code, answer.json["code"]) == (403, "code_expired")
        assert chief.hx(button).status_code == 404
        assert [line[:2] for line in noted(desk, "ended")] == [("Ibu Rahma", "ended")]

    def test_is_of_the_own_offices_agents_alone(
        self, desk: Desk, admin: Visitor, chief: Visitor
    ) -> None:
        elsewhere(desk)
        assert chief.hx("/laptops/codes", {"agent_code": "G1"}).status_code == 404
        assert chief.hx("/laptops/codes", {"agent_code": "\0"}).status_code == 404
        self.made(admin, "G1")
        (button,) = re.findall(r'hx-post="(/laptops/codes/[^"]+)"', admin.see("/laptops/new"))
        assert chief.hx(button).status_code == 404
        assert "Daeng Rani" not in chief.see("/laptops/new")


class TestSetAside:
    def test_is_listed_and_judged_again(self, desk: Desk, chief: Visitor) -> None:
        laptop = desk.join()
        base = laptop.envelope()
        late = laptop.envelope(base["content"], corrects=base["record_id"])
        laptop.exchange(late)
        laptop.exchange(base)
        (line,) = lines(chief.see("/set-aside"))
        assert "Data yang diperbaikinya belum sampai di kantor." in line
        assert "1× 20 Nov 2026 10.00 WITA" in line
        assert "Disisihkan: 1" in chief.read("/laptops")
        agent_id = laptop.joined["agent"]["agent_id"]
        form = {"record": late["record_id"], "digest": late["digest"]}
        chief.send(f"/set-aside/{agent_id}/judge", form)
        told = chief.read("/set-aside")
        assert "Sudah dinilai: Diterima." in told
        assert "Tidak ada yang disisihkan." in told

    def test_what_stays_says_why(self, desk: Desk, chief: Visitor) -> None:
        laptop = desk.join()
        newer = laptop.envelope(content(schema=2))
        laptop.exchange(newer, {**laptop.envelope(), "digest": "0" * 64}, [])
        agent_id = laptop.joined["agent"]["agent_id"]
        form = {"record": newer["record_id"], "digest": newer["digest"]}
        chief.send(f"/set-aside/{agent_id}/judge", form)
        page = chief.see("/set-aside")
        assert "Masih belum dapat dinilai. Dibuat oleh program" in text_of(page)
        assert page.count("tidak akan dinilai") == 2
        assert newer["content"]["full_name"] not in page

    def test_is_of_the_own_offices_alone(self, desk: Desk, chief: Visitor) -> None:
        other = elsewhere(desk)
        newer = other.envelope(content(schema=2))
        other.exchange(newer)
        assert "Tidak ada yang disisihkan." in chief.read("/set-aside")
        agent_id = other.joined["agent"]["agent_id"]
        form = {"record": newer["record_id"], "digest": newer["digest"]}
        assert chief.send(f"/set-aside/{agent_id}/judge", form).status_code == 404


def test_all_is_english_by_the_switch(desk: Desk, chief: Visitor) -> None:
    laptop = desk.join()
    laptop.exchange(laptop.envelope(content(schema=2)))
    chief.send("/language", {"lang": "en", "at": "/"})
    assert "Those that need somebody stand first." in chief.read("/laptops")
    assert "Last report" in chief.read(path(laptop))
    assert "newer than the office's" in chief.read("/set-aside")
    assert desk.now() == START
