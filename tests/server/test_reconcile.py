"""Settling: each verdict and reason of the protocol, by real exchanges, on both databases."""

import gc
from typing import Any

import pytest

from server.rules.standing import Books
from sync.digest import canonical
from tests.builders import OMIT, content, envelope
from tests.offices import Desk
from tests.server.looks import (
    aside,
    holder_of,
    kept_bytes,
    open_cases,
    record,
    withdraw,
)
from tests.server.rolls import enlist

ALWAYS = {"record_id", "digest", "verdict", "reason"}
STANDING = ALWAYS | {"seq", "received_at"}


def stranger(members: dict[str, Any]) -> dict[str, Any]:
    """Return somebody else altogether, under the NIK of these members."""
    return content(nik=members["nik"], nik_reason="as_on_card")


class TestAccepted:
    def test_new(self, desk: Desk) -> None:
        laptop = desk.join()
        capture = laptop.envelope()
        (ack,) = laptop.exchange(capture)["acks"]
        assert ack == {
            "record_id": capture["record_id"],
            "digest": capture["digest"],
            "verdict": "accepted",
            "reason": "new",
            "seq": 1,
            "received_at": "2026-11-20T02:00:00.000Z",
        }
        assert holder_of(desk, capture["content"]["nik"]) == capture["record_id"]

    def test_a_look_alike_under_another_nik_is_accepted_and_asked_about(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        one_off = content(**{**first["content"], "nik": first["content"]["nik"][:-1] + "9"})
        alike = laptop.envelope(one_off)
        laptop.exchange(first)
        (ack,) = laptop.exchange(alike)["acks"]
        assert (ack["verdict"], ack["reason"]) == ("accepted", "new")
        assert "near_match" in ack["flags"]
        assert open_cases(desk) == [("near_match", alike["record_id"], first["record_id"])]


def books_in_memory() -> int:
    """Count the books that are still there."""
    return sum(isinstance(one, Books) for one in gc.get_objects())


def test_a_batch_leaves_memory_without_the_collector(desk: Desk) -> None:
    laptop = desk.join()
    laptop.exchange(laptop.envelope())
    gc.collect()
    before = books_in_memory()
    gc.disable()
    try:
        laptop.exchange(laptop.envelope())
        assert books_in_memory() == before
    finally:
        gc.enable()


class TestDuplicate:
    def test_enrolled_names_the_holder_at_the_office_and_not_in_the_answer(
        self, desk: Desk
    ) -> None:
        one, other = desk.join(), desk.join()
        held = one.envelope()
        again = other.envelope(held["content"])
        one.exchange(held)
        (ack,) = other.exchange(again)["acks"]
        assert (ack["verdict"], ack["reason"]) == ("duplicate", "enrolled")
        assert held["record_id"] not in str(ack)
        kept = record(desk, again)
        assert kept is not None
        assert kept.duplicate_of == held["record_id"]

    def test_member(self, desk: Desk) -> None:
        laptop = desk.join()
        worker = content()
        enlist(desk, worker, since="2020-01-31")
        assert laptop.send(laptop.envelope(worker)) == [("duplicate", "member")]
        assert holder_of(desk, worker["nik"]) is None


class TestInReview:
    def test_nik_conflict_with_the_holder(self, desk: Desk) -> None:
        laptop = desk.join()
        held = laptop.envelope()
        other = laptop.envelope(stranger(held["content"]))
        assert laptop.send(held, other) == [("accepted", "new"), ("in_review", "nik_conflict")]
        assert open_cases(desk) == [("nik_conflict", other["record_id"], held["record_id"])]

    def test_nik_conflict_with_the_roll(self, desk: Desk) -> None:
        laptop = desk.join()
        worker = content()
        enlist(desk, worker, since="2020-01-31")
        other = laptop.envelope(stranger(worker))
        assert laptop.send(other) == [("in_review", "nik_conflict")]
        assert open_cases(desk) == [("nik_conflict", other["record_id"], None)]

    def test_nik_changed_and_person_changed_leave_the_end(self, desk: Desk) -> None:
        laptop = desk.join()
        end = laptop.envelope()
        elsewhere = {**end["content"], "nik": content()["nik"], "nik_reason": "as_on_card"}
        moved = laptop.envelope(elsewhere, corrects=end["record_id"])
        renamed = laptop.envelope(stranger(end["content"]), corrects=end["record_id"])
        assert laptop.send(end, moved, renamed) == [
            ("accepted", "new"),
            ("in_review", "nik_changed"),
            ("in_review", "person_changed"),
        ]
        assert holder_of(desk, end["content"]["nik"]) == end["record_id"]
        assert holder_of(desk, elsewhere["nik"]) is None
        assert open_cases(desk) == [
            ("nik_changed", moved["record_id"], end["record_id"]),
            ("person_changed", renamed["record_id"], end["record_id"]),
        ]


class TestRejected:
    def test_invalid_has_all_errors_in_table_order(self, desk: Desk) -> None:
        laptop = desk.join()
        broken = laptop.envelope(content(sex="X", nik="7371", note="x" * 501))
        (ack,) = laptop.exchange(broken)["acks"]
        assert (ack["verdict"], ack["reason"]) == ("rejected", "invalid")
        assert [(error["field"], error["code"]) for error in ack["errors"]] == [
            ("nik", "nik_length"),
            ("sex", "choice"),
            ("note", "too_long"),
        ]

    def test_at_most_thirty_errors_without_a_word_of_the_content(self, desk: Desk) -> None:
        laptop = desk.join()
        wrong = {name: ["rahasia"] for name in content()}
        (ack,) = laptop.exchange(laptop.envelope({**wrong, "schema": 1}))["acks"]
        assert len(ack["errors"]) == 30
        assert "rahasia" not in str(ack)

    def test_what_is_wrong_with_the_envelope_itself(self, desk: Desk) -> None:
        laptop = desk.join()
        wrong = {
            "device_id": "x",
            "device_seq": 0,
            "captured_at": "yesterday",
            "elapsed_s": -1,
            "boot_id": "",
            "uptime_s": "1",
            "clock_offset_s": True,
            "last_answer_at": 7,
            "corrects": "nobody",
            "content": [],
            "kind": None,
        }
        (ack,) = laptop.exchange(envelope(**wrong))["acks"]
        assert (ack["verdict"], ack["reason"]) == ("rejected", "invalid")
        assert [error["code"] for error in ack["errors"]] == [f"envelope.{name}" for name in wrong]

    @pytest.mark.parametrize("odd", ["\0" * 36, "\ud800" * 36, "x" * 36], ids=ascii)
    def test_text_that_no_database_keeps_is_refused_like_any(self, desk: Desk, odd: str) -> None:
        laptop = desk.join()
        sent = [
            laptop.envelope(device_id=odd),
            laptop.envelope(corrects=odd),
            laptop.envelope(boot_id=odd[:1] + "\0"),
            laptop.envelope(captured_at=odd),
            laptop.envelope(content(nik=odd)),
            laptop.envelope(content(full_name=odd + "\ud800")),
        ]
        assert laptop.send(*sent) == [("rejected", "invalid")] * 6
        assert aside(desk) == []

    def test_nul_in_a_text_is_taken_out_and_a_lone_surrogate_refused(self, desk: Desk) -> None:
        laptop = desk.join()
        with_nul, half = content(note="satu\0dua"), content(note="setengah \ud83d")
        sent = laptop.envelope(with_nul), laptop.envelope(half)
        acks = laptop.exchange(*sent)["acks"]
        assert [ack["verdict"] for ack in acks] == ["accepted", "rejected"]
        assert acks[1]["errors"][0] == {"field": "envelope", "code": "not_canonical"}
        for one in sent:
            form = canonical({name: value for name, value in one.items() if name != "digest"})
            assert kept_bytes(desk, one) == form

    def test_not_canonical_and_too_large_are_invalid(self, desk: Desk) -> None:
        laptop = desk.join()
        sent = laptop.envelope(content(accuracy_m=1.5)), laptop.envelope(content(pad="x" * 65_536))
        acks = laptop.exchange(*sent)["acks"]
        assert [ack["reason"] for ack in acks] == ["invalid", "invalid"]
        assert [ack["errors"][0]["code"] for ack in acks] == ["not_canonical", "too_large"]

    @pytest.mark.parametrize(
        ("members", "codes"),
        [
            ({"birth_date": "2009-11-21"}, {"age_min"}),
            ({"birth_date": "1961-11-20"}, {"age_max"}),
            ({"birth_date": "1961-11-25", "first_month": "2026-12"}, {"age_max_first_month"}),
            ({"payer": "budget"}, {"payer_budget"}),
            ({"employer": True}, {"jht_needed"}),
            ({"monthly_income": 999_999}, {"income_min"}),
        ],
        ids=lambda value: str(*value) if isinstance(value, set) else "",
    )
    def test_ineligible(self, desk: Desk, members: dict[str, Any], codes: set[str]) -> None:
        laptop = desk.join()
        worker = content(nik_reason="as_on_card", **members)
        (ack,) = laptop.exchange(laptop.envelope(worker))["acks"]
        assert (ack["verdict"], ack["reason"]) == ("rejected", "ineligible")
        assert {error["code"] for error in ack["errors"]} == codes

    def test_ineligible_and_invalid_at_once_is_invalid(self, desk: Desk) -> None:
        laptop = desk.join()
        both = laptop.envelope(content(payer="budget", sex="X"))
        assert laptop.send(both) == [("rejected", "invalid")]

    def test_withdrawn_until_a_later_consent(self, desk: Desk) -> None:
        laptop = desk.join()
        worker = content()
        withdraw(desk, worker["nik"])
        assert laptop.send(laptop.envelope(worker)) == [("rejected", "withdrawn")]
        desk.now.forward(hours=2)
        later = {**worker, "consent_at": "2026-11-20T11:30:00+08:00"}
        capture = laptop.envelope(later, captured_at="2026-11-20T11:40:00+08:00")
        assert laptop.send(capture) == [("accepted", "new")]

    def test_a_corrected_record_may_have_come_without_any_content(self, desk: Desk) -> None:
        laptop = desk.join()
        for odd in (OMIT, None, 5, [], "text"):
            empty = laptop.envelope(content=odd)
            assert laptop.send(empty) == [("rejected", "invalid")]
            assert laptop.send(laptop.envelope(corrects=empty["record_id"])) == [
                ("accepted", "new")
            ]
