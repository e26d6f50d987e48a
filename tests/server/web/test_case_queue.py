"""The queue of cases: what waits, in which order, and who may see it."""

import re

import pytest

from server import administer, case_queue
from server.case_queue import Wanted
from server.rules.roles import Role
from tests.builders import content
from tests.offices import Desk, Laptop
from tests.server.supervisor import STRANGER, WORKER, Supervisor, sent, under
from tests.server.web.cases import decide, doubtful, form_of, noted
from tests.server.web.visitor import Visitor, user


class TestTheQueue:
    def test_it_counts_and_filters(
        self, desk: Desk, chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
    ) -> None:
        doubtful("nik_conflict", one, two)
        sent(two, {**WORKER, "nik": WORKER["nik"][:-1] + "7"})
        read = chief.read("/cases")
        assert "Semua 2 NIK bentrok 1 Mirip 1 NIK diganti 0" in read
        assert read.index("NIK bentrok Aminah") < read.index("Mirip Idris")
        assert "Aminah" not in chief.read("/cases?kind=near_match")
        assert "Aminah" in chief.read("/cases?agent=A2")
        nobody = chief.read("/cases?agent=A9")
        assert "Tidak ada kasus untuk saringan ini." in nobody
        decide(chief, supervisor.case("near_match"), "different-other")
        assert "orang berbeda Ibu Rahma" in chief.read("/cases?state=decided")
        assert "Mirip 0" in chief.read("/cases")

    def test_fifty_stand_on_a_page_and_the_next_comes_by_itself(
        self, desk: Desk, chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
    ) -> None:
        sent(one, WORKER)
        # Every 34th of those made up is called as the worker is.
        strangers = [under(content(n), WORKER) for n in range(2, 56) if n % 34 != 1]
        two.exchange(*(two.envelope(stranger) for stranger in strangers))
        ids = [row.case_id for row in supervisor.cases()]
        first = chief.see("/cases")
        assert re.findall(r"/cases/([0-9a-f-]{36})", first) == ids[:50]
        assert "1–50 dari 53" in first
        assert re.findall(r"/cases/([0-9a-f-]{36})", chief.see("/cases?page=2")) == ids[50:]
        assert chief.read("/cases?page=999999") == chief.read("/cases?page=2")
        page = chief.see(f"/cases/{ids[1]}?agent=A2")
        assert f'href="/cases/{ids[0]}?agent=A2" data-key="k p"' in page
        assert f'href="/cases/{ids[2]}?agent=A2" data-key="j n"' in page
        form = form_of(page, "decide")
        answer = chief.hx(f"/cases/{ids[1]}/decide?agent=A2", {**form, "choice": "different-other"})
        assert answer.headers["HX-Redirect"] == f"/cases/{ids[2]}?agent=A2&done={ids[1]}"
        banner = chief.see(answer.headers["HX-Redirect"])
        assert f'action="/cases/{ids[1]}/undo?agent=A2"' in banner
        form = form_of(chief.see(f"/cases/{ids[-1]}"), "decide")
        answer = chief.send(f"/cases/{ids[-1]}/decide", {**form, "choice": "different-other"})
        assert answer.headers["Location"] == f"/cases/{ids[-2]}?done={ids[-1]}"

    @pytest.mark.parametrize(
        "query",
        ["page=-1", "page=%F0", "page=99999999999", "agent=%00", "office=%00", "office=x", "done=x",
         "done=%00", "state=%ED%A0%80", "agent=%27%3B--", "agent=%3Cscript%3E"],
    )  # fmt: skip
    def test_whatever_stands_in_an_address_the_page_stands(
        self, admin: Visitor, query: str
    ) -> None:
        assert "<script>" not in admin.see(f"/cases?{query}")

    def test_there_is_no_other_kind(self, admin: Visitor) -> None:
        assert admin.get("/cases?kind=nonsense").status_code == 404

    def test_what_people_typed_is_only_text(
        self, chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
    ) -> None:
        evil = '<script>alert(1)</script> "x" \'='
        sent(one, {**WORKER, "full_name": evil, "street": evil, "note": evil})
        sent(two, {**STRANGER, "full_name": "=1+1" + evil[:40], "mother_name": evil})
        for path in ("/cases", f"/cases/{supervisor.case('nik_conflict')}"):
            page = chief.see(path)
            assert "<script>" not in page
            assert "style=" not in page
            assert not re.search(r"\son[a-z]+=", page)

    def test_every_page_speaks_english(
        self, chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
    ) -> None:
        doubtful("near_match", one, two)
        chief.send("/language", {"lang": "en", "at": "/cases"})
        assert "All 1 NIK conflict 0 Alike 1" in chief.read("/cases")
        read = chief.read(f"/cases/{supervisor.case('near_match')}")
        assert "Same person: record A (Agen 2) stands" in read
        assert "The names are equal." in read


class TestWhoMaySee:
    @pytest.fixture
    def elsewhere(self, desk: Desk) -> Visitor:
        administer.add_office(desk.office, "Maros")
        administer.add_agent(desk.office, "Agen Maros", "Maros", "M1")
        return user(desk, Role.SUPERVISOR, "Maros", name="Pak Maros")

    def test_a_viewer_sees_none(
        self, viewer: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
    ) -> None:
        doubtful("near_match", one, two)
        case_id = supervisor.case("near_match")
        for path in ("/cases", f"/cases/{case_id}"):
            assert viewer.get(path).status_code == 403
        for deed in ("decide", "undo", "ask", "reveal"):
            assert (
                viewer.hx(f"/cases/{case_id}/{deed}", {"choice": "same-other"}).status_code == 403
            )
        assert supervisor.case("near_match") == case_id

    def test_another_office_s_case_is_not_there(
        self, elsewhere: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
    ) -> None:
        _, doubted = doubtful("near_match", one, two)
        case_id = supervisor.case("near_match")
        assert elsewhere.get(f"/cases/{case_id}").status_code == 404
        assert "Semua 0" in elsewhere.read("/cases")
        assert "Dicatat" not in elsewhere.read(f"/cases?done={case_id}")
        for deed in ("decide", "undo", "ask", "reveal"):
            assert elsewhere.hx(f"/cases/{case_id}/{deed}").status_code == 404
        assert elsewhere.hx(f"/records/{doubted['record_id']}/reveal").status_code == 404
        assert elsewhere.get(f"/cases/odd-nik/{doubted['record_id']}").status_code == 404

    def test_a_case_between_two_offices_is_both_s_and_noted_for_both(
        self, desk: Desk, elsewhere: Visitor, chief: Visitor, supervisor: Supervisor, one: Laptop
    ) -> None:
        sent(one, WORKER)
        sent(desk.join("M1"), STRANGER)
        case_id = supervisor.case("nik_conflict")
        for who in (elsewhere, chief):
            assert "Semua 1" in who.read("/cases")
            assert WORKER["mother_name"] in who.read(f"/cases/{case_id}")
        decide(elsewhere, case_id, "same-other")
        deeds = [(deed, by) for deed, _, by in noted(desk) if deed == "decided"]
        assert deeds == [("decided", "Pak Maros")] * 2

    def test_an_office_that_is_not_one_s_own_is_an_empty_filter(
        self, desk: Desk, elsewhere: Visitor, admin: Visitor, one: Laptop, two: Laptop
    ) -> None:
        doubtful("near_match", one, two)
        page = admin.see("/cases")
        own = dict(re.findall(r'<option value="([0-9a-f-]{36})">([^<]*)<', page))
        named = {name: office_id for office_id, name in own.items()}
        assert "Mirip 1" in admin.read(f"/cases?office={named['Makassar']}")
        assert "Mirip 0" in admin.read(f"/cases?office={named['Maros']}")
        assert "Mirip 0" in elsewhere.read(f"/cases?office={named['Makassar']}")
        queue = case_queue.queue_of(desk.office, frozenset(), Wanted())
        assert queue.total == 0
