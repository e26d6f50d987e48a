"""Kasus: every kind is decided and undone through the pages, and both agents hear of it."""

from typing import Any

import pytest

from server import audit
from tests.offices import Desk, Laptop
from tests.server.supervisor import STRANGER, WORKER, Supervisor, heard, sent
from tests.server.web.cases import choices_of, decide, doubtful, noted
from tests.server.web.visitor import Visitor, text_of

DECISIONS = [
    ("nik_conflict", "same-other", [], [("duplicate", "enrolled")]),
    ("nik_conflict", "same-record", [("duplicate", "enrolled")], [("accepted", "reinstated")]),
    ("nik_conflict", "different-other", [], [("rejected", "not_theirs")]),
    (
        "nik_conflict",
        "different-record",
        [("rejected", "not_theirs")],
        [("accepted", "reinstated")],
    ),
    ("near_match", "same-other", [], [("duplicate", "enrolled")]),
    ("near_match", "different-other", [], [("accepted", "new")]),
    ("nik_changed", "yes-other", [("accepted", "corrected"), ("superseded", "corrected")], []),
    ("nik_changed", "no-other", [("rejected", "refused")], []),
    ("person_changed", "yes-other", [("accepted", "corrected"), ("superseded", "corrected")], []),
    ("person_changed", "no-other", [("rejected", "refused")], []),
    ("credit_dispute", "stays-other", [], [("duplicate", "enrolled")]),
    (
        "credit_dispute",
        "moves-other",
        [("accepted", "new")],
        [("duplicate", "enrolled")],
    ),
]


@pytest.mark.parametrize(("kind", "choice", "ones", "twos"), DECISIONS)
def test_it_is_decided_and_undone_and_both_agents_hear(
    desk: Desk, chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop,
    kind: str, choice: str, ones: Any, twos: Any,
) -> None:  # fmt: skip
    envelopes = doubtful(kind, one, two)
    heard(one), heard(two)
    case_id, stood = supervisor.case(kind), supervisor.told(*envelopes)
    counted = supervisor.counted(one), supervisor.counted(two)
    answer = decide(chief, case_id, choice)
    assert answer.headers["HX-Redirect"] == f"/cases?done={case_id}"
    assert (sorted(heard(one)), heard(two)) == (ones, twos)
    supervisor.insist_sound()
    banner = chief.read(f"/cases?done={case_id}")
    assert "Dicatat:" in banner
    assert "Batalkan" in banner
    answer = chief.hx(f"/cases/{case_id}/undo")
    assert answer.headers["HX-Redirect"] == f"/cases/{case_id}?done={case_id}"
    assert supervisor.told(*envelopes) == stood
    assert (supervisor.counted(one), supervisor.counted(two)) == counted
    assert supervisor.case(kind) == case_id
    assert (len(heard(one)) > 0, len(heard(two)) > 0) == (bool(ones), bool(twos))
    deeds = [deed for deed, about, _ in noted(desk) if about == "case" and deed != "saw"]
    assert deeds == ["decided", "undid"]
    supervisor.insist_sound()


@pytest.mark.parametrize(
    ("kind", "choices"),
    [
        ("nik_conflict", ["same-other", "same-record", "different-other", "different-record"]),
        ("near_match", ["same-other", "same-record", "different-other"]),
        ("nik_changed", ["yes-other", "no-other"]),
        ("person_changed", ["yes-other", "no-other"]),
        ("credit_dispute", ["stays-other", "moves-other"]),
    ],
)
def test_a_page_offers_what_may_be_said_of_its_kind(
    chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop, kind: str, choices: list[str]
) -> None:
    doubtful(kind, one, two)
    page = chief.see(f"/cases/{supervisor.case(kind)}")
    assert choices_of(page) == choices


def test_a_page_says_what_would_move(
    chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
) -> None:
    doubtful("nik_conflict", one, two)
    read = chief.read(f"/cases/{supervisor.case('nik_conflict')}")
    moves = (
        "Data B, Idris Hidayat Wahid (Agen 1) menjadi ganda."
        " Data A, Aminah Effendi Usman (Agen 2) menjadi diterima."
        " Agen 1: diterima −1, ganda +1. Agen 2: diperiksa −1, diterima +1."
    )
    assert moves in read
    assert supervisor.told(doubtful_holder(supervisor)) == ["accepted/new"]


def doubtful_holder(supervisor: Supervisor) -> dict[str, Any]:
    return {"record_id": supervisor.holder(WORKER)}


def test_both_sides_stand_beside_each_other_and_differences_are_marked(
    chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
) -> None:
    sent(one, WORKER)
    sent(two, {**WORKER, "nik": WORKER["nik"][:-1] + "7", "full_name": "Idris Hideyat Wahid"})
    page = chief.see(f"/cases/{supervisor.case('near_match')}")
    assert '<span aria-hidden="true">Idris Hid<mark>e</mark>yat Wahid</span>' in page
    assert '<span class="visually-hidden">Idris Hideyat Wahid (berbeda)</span>' in page
    read = text_of(page)
    assert f"{WORKER['nik'][:4]}••••••••000 7" in read
    assert WORKER["nik"] not in page
    assert WORKER["phone"] not in page
    assert WORKER["mother_name"] in read
    assert "Nama hampir sama, beda satu-dua huruf." in read
    assert "Mungkin benar: jam laptop cocok" in read
    assert "4 menit 0 detik" in read


def test_a_proven_and_an_unsure_time_are_told_apart(
    chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
) -> None:
    doubtful("credit_dispute", one, two)
    assert "Terbukti: laptop tidak dimatikan" in chief.read(
        f"/cases/{supervisor.case('credit_dispute')}"
    )
    sent(two, STRANGER, captured_at="2020-01-01T09:00:00+08:00", elapsed_s=None, boot_id="x" * 8)
    read = chief.read(f"/cases/{supervisor.case('nik_conflict')}")
    assert "Tidak pasti, hanya sebelum diterima. Jam laptop sendiri menyebut 1 Jan 2020" in read


def test_a_nik_is_shown_at_a_click_which_is_noted(
    desk: Desk, chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
) -> None:
    sent(one, WORKER)
    sent(two, {**WORKER, "nik": WORKER["nik"][:-1] + "7"})
    case_id = supervisor.case("near_match")
    for side, last in (("record", "7"), ("other", WORKER["nik"][-1])):
        answer = chief.hx(f"/cases/{case_id}/reveal", {"side": side})
        assert answer.text.strip() == f"{WORKER['nik'][:-1]}<mark>{last}</mark>"
    assert chief.hx(f"/cases/{case_id}/reveal", {"side": "x"}).status_code == 404
    assert noted(desk) == [("revealed", "record", "Ibu Rahma")] * 2


def test_a_look_is_noted(
    desk: Desk, chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
) -> None:
    doubtful("near_match", one, two)
    chief.see(f"/cases/{supervisor.case('near_match')}")
    assert noted(desk) == [("saw", "case", "Ibu Rahma")]
    with desk.office.store.read() as tx:
        assert list(audit.broken(tx, desk.office.keys)) == []


class TestAsking:
    def test_the_question_reaches_the_laptop_and_the_case_stays(
        self, desk: Desk, chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
    ) -> None:
        _, doubted = doubtful("nik_conflict", one, two)
        heard(two)
        case_id = supervisor.case("nik_conflict")
        form = {"side": "record", "text_id": "Lihat KTP-nya lagi.", "text_en": "Look at the card."}
        answer = chief.hx(f"/cases/{case_id}/ask", form)
        assert answer.headers["HX-Redirect"] == f"/cases?done={case_id}"
        (notice,) = two.exchange()["changes"]
        assert (notice["kind"], notice["record_id"]) == ("notice", doubted["record_id"])
        assert (notice["text_id"], notice["text_en"]) == (form["text_id"], form["text_en"])
        read = chief.read(f"/cases/{case_id}")
        assert "agen ditanya Ibu Rahma Lihat KTP-nya lagi." in read
        assert [deed for deed, _, _ in noted(desk)] == ["asked", "saw"]

    def test_a_usual_question_is_at_hand_and_may_be_changed(
        self, chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
    ) -> None:
        doubtful("nik_conflict", one, two)
        case_id = supervisor.case("nik_conflict")
        assert "Periksa lagi NIK pekerja ini di KTP, angka demi angka" in chief.see(
            f"/cases/{case_id}"
        )
        other = chief.see(f"/cases/{case_id}/question?usual=person")
        assert "Temui lagi pekerja ini" in other
        assert "Meet this worker again" in other
        assert "></textarea>" in chief.see(f"/cases/{case_id}/question?usual=own")

    def test_without_words_nothing_is_asked_and_nothing_typed_is_lost(
        self, chief: Visitor, supervisor: Supervisor, one: Laptop, two: Laptop
    ) -> None:
        doubtful("nik_conflict", one, two)
        heard(two)
        form = {"text_id": "Hanya ini", "text_en": " \u200b "}
        answer = chief.hx(f"/cases/{supervisor.case('nik_conflict')}/ask", form)
        assert answer.status_code == 422
        assert "dalam kedua bahasa" in answer.text
        assert ">Hanya ini</textarea>" in answer.text
        assert two.exchange()["changes"] == []
