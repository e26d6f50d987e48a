"""A decision that comes late, that does not fit, that is taken back; odd NIKs, and members."""

import re

import pytest

from tests.builders import content
from tests.offices import Desk, Laptop
from tests.server.races import race
from tests.server.rolls import enlist
from tests.server.supervisor import STRANGER, WORKER, Supervisor, corrected, heard, sent, under
from tests.server.web.cases import ODD, choices_of, decide, doubtful, form_of, noted
from tests.server.web.visitor import PASSWORD, Visitor, text_of


class TestSomebodyWasQuicker:
    @pytest.fixture
    def case_id(self, supervisor: Supervisor, one: Laptop, two: Laptop) -> str:
        doubtful("nik_conflict", one, two)
        return supervisor.case("nik_conflict")

    def test_their_decision_is_shown_and_what_was_typed_stays(
        self, chief: Visitor, admin: Visitor, case_id: str
    ) -> None:
        form = form_of(chief.see(f"/cases/{case_id}"), "decide")
        decide(admin, case_id, "same-other")
        late = {**form, "choice": "different-other", "note": "tulisan tangan saya"}
        answer = chief.hx(f"/cases/{case_id}/decide", late)
        assert answer.status_code == 409
        read = text_of(answer.text)
        assert "[case_decided]" in read
        assert "Keputusan: orang yang sama Admin Satu" in read
        assert "tulisan tangan saya" in read

    def test_a_case_that_moved_is_not_decided_blindly(
        self, chief: Visitor, supervisor: Supervisor, two: Laptop, case_id: str
    ) -> None:
        form = form_of(chief.see(f"/cases/{case_id}"), "decide")
        first = {"record_id": form["seen_record"]}
        corrected(two, first, {**STRANGER, "note": "rumah biru"})
        answer = chief.hx(
            f"/cases/{case_id}/decide", {**form, "choice": "same-other", "note": "ya"}
        )
        assert answer.status_code == 409
        assert "[case_moved]" in answer.text
        assert "rumah biru" in answer.text
        assert 'value="same-other" required autocomplete="off"' in answer.text
        assert re.search(r'value="same-other"[^>]* checked', answer.text)
        assert ">ya</textarea>" in answer.text
        assert supervisor.case("nik_conflict") == case_id

    def test_two_decide_at_once_and_one_is_told(
        self, desk: Desk, chief: Visitor, admin: Visitor, supervisor: Supervisor, case_id: str
    ) -> None:
        forms = [form_of(who.see(f"/cases/{case_id}"), "decide") for who in (chief, admin)]
        tokens = chief.token(), admin.token()
        runners = [
            lambda who=who, form=form, token=token, choice=choice: (
                who.client.post(
                    f"/cases/{case_id}/decide",
                    data={**form, "choice": choice, "csrf_token": token},
                ).status_code
            )
            for who, form, token, choice in zip(
                (chief, admin), forms, tokens, ("same-record", "different-record"), strict=True
            )
        ]
        assert sorted(race(desk.office.store, *runners)) == [303, 409]
        supervisor.insist_sound()
        assert [deed for deed, _, _ in noted(desk) if deed == "decided"] == ["decided"]

    def test_a_session_that_ended_in_the_middle_loses_nothing(
        self, desk: Desk, chief: Visitor, supervisor: Supervisor, case_id: str
    ) -> None:
        form = {**form_of(chief.see(f"/cases/{case_id}"), "decide"), "choice": "same-other"}
        token = chief.token()
        desk.now.forward(minutes=31)
        sending = {"data": {**form, "csrf_token": token}, "headers": {"HX-Request": "true"}}
        answer = chief.client.post(f"/cases/{case_id}/decide", **sending)
        assert (answer.status_code, answer.headers["HX-Retarget"]) == (401, "#dialog")
        assert supervisor.case("nik_conflict") == case_id
        again = {"name": "Ibu Rahma", "password": PASSWORD}
        assert "Anda sudah masuk lagi" in chief.hx("/sign-in", again).text
        answer = chief.client.post(f"/cases/{case_id}/decide", **sending)
        assert "HX-Redirect" in answer.headers
        supervisor.insist_sound()

    def test_nothing_chosen_is_told(
        self, chief: Visitor, supervisor: Supervisor, case_id: str
    ) -> None:
        answer = chief.hx(f"/cases/{case_id}/decide", {"note": "belum"})
        assert answer.status_code == 422
        assert "Pilih keputusan" in answer.text
        assert ">belum</textarea>" in answer.text
        assert supervisor.case("nik_conflict") == case_id

    def test_what_does_not_fit_is_told(self, chief: Visitor, case_id: str) -> None:
        form = form_of(chief.see(f"/cases/{case_id}"), "decide")
        for choice in ("moves-other", "same-nowhere", "%00", "same"):
            answer = chief.hx(f"/cases/{case_id}/decide", {**form, "choice": choice})
            assert (answer.status_code, "[decision_unfit]" in answer.text) == (409, True)


class TestUndoing:
    def test_what_would_move_back_is_told_and_history_keeps_both(
        self, chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
    ) -> None:
        doubtful("near_match", one, two)
        case_id = supervisor.case("near_match")
        decide(chief, case_id, "same-other", note="Nomor HP sama <b>")
        page = chief.see(f"/cases/{case_id}")
        read = text_of(page)
        assert "Bila dibatalkan, semuanya kembali seperti sebelumnya:" in read
        assert "Agen 2: ganda −1, diterima +1." in read
        assert "Nomor HP sama <b>" in read
        assert "Nomor HP sama <b>" not in page
        chief.hx(f"/cases/{case_id}/undo")
        read = chief.read(f"/cases/{case_id}")
        assert "Kasus ini : orang yang sama Ibu Rahma" in read
        assert "Kasus ini : keputusan dibatalkan Ibu Rahma" in read

    def test_what_is_in_its_way_is_named(
        self, chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
    ) -> None:
        _, doubted = doubtful("nik_conflict", one, two)
        case_id = supervisor.case("nik_conflict")
        decide(chief, case_id, "different-other")
        corrected(two, doubted, content(2))
        page = chief.see(f"/cases/{case_id}")
        assert "Tidak dapat dibatalkan" in page
        assert "Data Aminah Effendi Usman (Agen 2) sekarang diterima." in text_of(page)
        answer = chief.hx(f"/cases/{case_id}/undo")
        assert (answer.status_code, "[undo_blocked]" in answer.text) == (409, True)
        supervisor.insist_sound()

    def test_a_holder_that_came_since_is_in_its_way(
        self, desk: Desk, chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
    ) -> None:
        doubtful("near_match", one, two)
        case_id = supervisor.case("near_match")
        decide(chief, case_id, "same-other")
        sent(desk.join(), under(content(7), {"nik": WORKER["nik"][:-1] + "7"}))
        read = chief.read(f"/cases/{case_id}")
        assert "Tidak dapat dibatalkan" in read
        assert "(Agen 3) sekarang diterima." in read

    def test_an_open_case_has_nothing_to_undo(
        self, chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
    ) -> None:
        doubtful("near_match", one, two)
        answer = chief.hx(f"/cases/{supervisor.case('near_match')}/undo")
        assert (answer.status_code, "[case_open]" in answer.text) == (409, True)


class TestAnOddNik:
    def test_it_is_listed_taken_and_given_back(
        self, desk: Desk, chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
    ) -> None:
        odd = sent(one, ODD)
        province = sent(two, {**content(3), "nik": "99" + content(3)["nik"][2:]})
        sent(two, content(5, nik="123"))
        listed = chief.see("/cases?kind=odd_nik")
        assert "NIK ganjil 2" in text_of(listed)
        assert ODD["nik"] not in listed
        page = chief.see(f"/cases/odd-nik/{odd['record_id']}?kind=odd_nik")
        assert "Tanggal di dalam NIK tidak ada di kalender." in page
        assert "Agen 1: ditolak −1, diterima +1." in text_of(page)
        shown = chief.hx(f"/records/{odd['record_id']}/reveal")
        assert shown.text.strip() == ODD["nik"]
        answer = chief.hx(f"/cases/odd-nik/{odd['record_id']}/take", {"note": "KTP dilihat"})
        next_one, done = answer.headers["HX-Redirect"].split("?kind=odd_nik&done=")
        assert next_one == f"/cases/odd-nik/{province['record_id']}"
        assert heard(one) == [("accepted", "reinstated")]
        assert supervisor.holder(ODD) == odd["record_id"]
        assert "NIK ganjil diterima" in chief.read("/cases?kind=odd_nik&state=decided")
        assert "KTP dilihat" in chief.read(f"/cases/{done}")
        back = chief.hx(f"/cases/{done}/undo?kind=odd_nik&state=decided")
        assert back.headers["HX-Redirect"].startswith(f"/cases/odd-nik/{odd['record_id']}?")
        assert heard(one) == [("rejected", "invalid")]
        assert "NIK ganjil 2" in chief.read("/cases?kind=odd_nik")
        assert chief.get(back.headers["HX-Redirect"]).status_code == 200
        deeds = [deed for deed, _, _ in noted(desk) if deed != "saw"]
        assert deeds == ["revealed", "took", "undid"]
        supervisor.insist_sound()

    def test_what_is_wrong_otherwise_is_not_to_be_taken(self, chief: Visitor, one: Laptop) -> None:
        wrong = sent(one, {**ODD, "sex": "X"})
        assert chief.get(f"/cases/odd-nik/{wrong['record_id']}").status_code == 409
        assert chief.hx(f"/cases/odd-nik/{wrong['record_id']}/take").status_code == 409


class TestTheOtherIsAMember:
    def test_the_roll_is_shown_beside_the_record(
        self, desk: Desk, chief: Visitor, supervisor: Supervisor, one: Laptop
    ) -> None:
        enlist(desk, {**WORKER, "full_name": "Hasnah Daeng Ngai"})
        doubted = sent(one, WORKER)
        case_id = supervisor.case("nik_conflict")
        page = chief.see(f"/cases/{case_id}")
        assert "Daftar peserta" in page
        assert "HASNAH" in text_of(page)
        assert choices_of(page) == ["same-other", "different-other"]
        assert decide(chief, case_id, "same-other").status_code == 200
        assert supervisor.told(doubted) == ["duplicate/member"]
        supervisor.insist_sound()


@pytest.mark.parametrize("side", ["somebody", "x" * 500, "RECORD"])
def test_nobody_is_asked_for_a_side_that_is_none(
    desk: Desk, chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop, side: str
) -> None:
    doubtful("nik_conflict", one, two)
    case_id = supervisor.case("nik_conflict")
    asked = {"side": side, "text_id": "Siapa?", "text_en": "Who?"}
    answer = chief.hx(f"/cases/{case_id}/ask", asked)
    assert (answer.status_code, "decision_unfit" in answer.text) == (409, True)
    assert [deed for deed, _, _ in noted(desk)] == ["saw"]
