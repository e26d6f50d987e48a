"""Settling: each verdict and reason of the protocol, by real exchanges, on both databases."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from server.store import ledger
from server.store.tables import ledger as records
from sync.digest import canonical
from tests.builders import OMIT, content, envelope
from tests.offices import Desk, Laptop
from tests.server.looks import (
    aside,
    days,
    faults,
    holder_of,
    kept_bytes,
    open_cases,
    record,
    recorded,
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


class TestIdReused:
    """The first stands; what comes under its id is kept apart, and nothing of it is shown."""

    def test_with_another_digest(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        second = laptop.envelope(record_id=first["record_id"])
        laptop.exchange(first)
        (ack,) = laptop.exchange(second)["acks"]
        assert ack == {
            "record_id": first["record_id"],
            "digest": second["digest"],
            "verdict": "rejected",
            "reason": "id_reused",
        }
        kept = record(desk, first)
        assert kept is not None
        assert kept.digest == first["digest"]
        assert [(row.digest, row.reason) for row in aside(desk)] == [
            (second["digest"], "id_reused")
        ]

    def test_of_another_agent_even_with_the_same_bytes(self, desk: Desk) -> None:
        one, other = desk.join(), desk.join()
        capture = one.envelope()
        one.exchange(capture)
        (ack,) = other.exchange(capture)["acks"]
        assert set(ack) == ALWAYS
        assert (ack["verdict"], ack["reason"]) == ("rejected", "id_reused")
        assert "receipt" not in other.exchange(capture)

    def test_within_one_batch_the_first_stands(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        second = laptop.envelope(record_id=first["record_id"])
        assert laptop.send(first, second) == [("accepted", "new"), ("rejected", "id_reused")]

    def test_whatever_else_is_wrong_with_the_second(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        laptop.exchange(first)
        reused: dict[str, Any] = {"record_id": first["record_id"]}
        seconds = [
            laptop.envelope(kind="payment", **reused),
            {**laptop.envelope(**reused), "digest": "0" * 64},
            laptop.envelope(content(schema=2), **reused),
            laptop.envelope(content(sex="X"), **reused),
            laptop.envelope(corrects="019a9c00-0000-7000-8000-00000000ffff", **reused),
        ]
        assert laptop.send(*seconds) == [("rejected", "id_reused")] * 5


class TestRetry:
    """No standing yet: kept as it came, with the reason and how often it was seen."""

    def waiting(self, laptop: Laptop) -> dict[str, Any]:
        """Return one envelope for each reason of which the sender is the cause."""
        return {
            "digest_mismatch": {**laptop.envelope(), "digest": "0" * 64},
            "corrects_unknown": laptop.envelope(corrects="019a9c00-0000-7000-8000-00000000ffff"),
            "kind_unknown": laptop.envelope(kind="payment"),
            "schema_newer": laptop.envelope(content(schema=2)),
        }

    def test_has_no_standing_and_no_receipt(self, desk: Desk) -> None:
        laptop = desk.join()
        waiting = self.waiting(laptop)
        answer = laptop.exchange(*waiting.values())
        assert [(ack["verdict"], ack["reason"]) for ack in answer["acks"]] == [
            ("retry", reason) for reason in waiting
        ]
        assert [set(ack) for ack in answer["acks"]] == [ALWAYS] * 4
        assert "receipt" not in answer
        assert recorded(desk) == 0

    def test_is_kept_as_it_came_and_counted(self, desk: Desk) -> None:
        laptop = desk.join()
        waiting = self.waiting(laptop)
        laptop.exchange(*waiting.values())
        desk.now.forward(hours=1)
        laptop.exchange(*waiting.values())
        kept = {row.reason: row for row in aside(desk)}
        for reason, sent in waiting.items():
            form = canonical({name: value for name, value in sent.items() if name != "digest"})
            assert desk.office.keys.open(kept[reason].sealed) == form
            assert (kept[reason].digest, kept[reason].times_seen) == (sent["digest"], 2)
            assert kept[reason].last_seen_at - kept[reason].first_seen_at == timedelta(hours=1)

    def test_is_taken_out_when_a_verdict_falls(self, desk: Desk) -> None:
        laptop = desk.join()
        first, waiting = laptop.envelope(), self.waiting(laptop)
        late = laptop.envelope(first["content"], corrects=first["record_id"])
        damaged = {**first, "content": {}}
        laptop.exchange(late, damaged, *waiting.values())
        assert len(aside(desk)) == 6
        assert laptop.send(late, first) == [("accepted", "corrected"), ("accepted", "new")]
        assert {row.reason for row in aside(desk)} == waiting.keys()

    def test_an_envelope_damaged_on_the_way_is_known_by_what_it_claims(self, desk: Desk) -> None:
        laptop = desk.join()
        capture = laptop.envelope()
        laptop.exchange(capture)
        assert laptop.send({**capture, "content": {}}) == [("accepted", "new")]

    def test_a_digest_that_is_none_is_no_other_fault(self, desk: Desk) -> None:
        laptop = desk.join()
        capture = laptop.envelope()
        (ack,) = laptop.exchange({**capture, "digest": None})["acks"]
        assert (ack["reason"], ack["digest"]) == ("digest_mismatch", capture["digest"])

    def test_corrects_unknown_ends_after_seven_days(self, desk: Desk) -> None:
        laptop = desk.join()
        orphan = laptop.envelope(corrects="019a9c00-0000-7000-8000-00000000ffff")
        assert laptop.send(orphan) == [("retry", "corrects_unknown")]
        desk.now.forward(days=7, seconds=-1)
        assert laptop.send(orphan) == [("retry", "corrects_unknown")]
        desk.now.forward(seconds=1)
        assert laptop.send(orphan) == [("accepted", "new")]
        assert aside(desk) == []


class TestNotDecided:
    """Something unexpected: the one at fault is kept, the rest get their verdicts."""

    @pytest.fixture
    def spoiled(self, desk: Desk) -> tuple[Laptop, dict[str, Any]]:
        """A capture whose judging fails: its NIK's holder can no longer be opened."""
        laptop = desk.join()
        holder = laptop.envelope()
        laptop.exchange(holder)
        with desk.office.store.write() as tx:
            tx.execute(sa.update(records).values(sealed=b"spoiled"))
        return laptop, laptop.envelope(holder["content"])

    def test_the_others_are_judged(
        self, desk: Desk, spoiled: tuple[Laptop, dict[str, Any]]
    ) -> None:
        laptop, bad = spoiled
        one, other = laptop.envelope(), laptop.envelope()
        answer = laptop.exchange(one, bad, other)
        assert [(ack["verdict"], ack["reason"]) for ack in answer["acks"]] == [
            ("accepted", "new"),
            ("retry", "not_decided"),
            ("accepted", "new"),
        ]
        assert [(row.record_id, row.reason) for row in aside(desk)] == [
            (bad["record_id"], "not_decided")
        ]

    def test_nothing_of_it_is_left_behind(
        self, desk: Desk, spoiled: tuple[Laptop, dict[str, Any]]
    ) -> None:
        laptop, bad = spoiled
        laptop.exchange(laptop.envelope(), bad)
        assert record(desk, bad) is None
        assert {fault.split(":")[0] for fault in faults(desk)} <= {"contents"}


class TestUnreadable:
    def test_is_named_by_index_and_kept(self, desk: Desk) -> None:
        laptop = desk.join()
        odd: list[Any] = [
            None,
            7,
            "text",
            [],
            {"record_id": "X"},
            {"record_id": 5, "nik": "rahasia"},
        ]
        answer = laptop.exchange(laptop.envelope(), *odd, laptop.envelope())
        assert answer["unreadable"] == [1, 2, 3, 4, 5, 6]
        assert [ack["verdict"] for ack in answer["acks"]] == ["accepted", "accepted"]
        opened = {desk.office.keys.open(row.sealed) for row in aside(desk)}
        assert opened == {canonical(raw) for raw in odd}
        assert {row.reason for row in aside(desk)} == {"unreadable"}

    def test_is_kept_once_and_counted(self, desk: Desk) -> None:
        laptop = desk.join()
        laptop.exchange([], [])
        laptop.exchange([])
        (kept,) = aside(desk)
        assert (kept.record_id, kept.times_seen) == ("", 3)
        assert kept.digest == hashlib.sha256(b"[]").hexdigest()


class TestReplays:
    """The same envelope any number of times: recorded once, judged once, credited once."""

    def test_in_any_batch_and_over_any_device_of_the_agent(self, desk: Desk) -> None:
        agent = desk.agent()
        one, other = desk.join(agent), desk.join(agent)
        capture = one.envelope()
        (first,) = one.exchange(capture, capture)["acks"]
        desk.now.forward(days=2)
        (again,) = other.exchange(capture)["acks"]
        assert again == first
        assert one.exchange(other.envelope(), capture)["acks"][1] == first
        assert recorded(desk) == 2
        assert days(desk, "accepted") == {"2026-11-20": 1, "2026-11-22": 1}

    @pytest.mark.parametrize("verdict", ["duplicate", "in_review", "rejected", "ineligible"])
    def test_every_standing_comes_back_as_it_was(self, desk: Desk, verdict: str) -> None:
        laptop = desk.join()
        held = laptop.envelope()
        laptop.exchange(held)
        members = {
            "duplicate": held["content"],
            "in_review": stranger(held["content"]),
            "rejected": content(sex="X", months=5, contribution=1),
            "ineligible": content(payer="budget"),
        }[verdict]
        capture = laptop.envelope(members)
        (first,) = laptop.exchange(capture)["acks"]
        desk.now.forward(days=1)
        assert laptop.exchange(capture)["acks"] == [first]
        assert set(first) >= STANDING

    def test_answers_with_the_present_standing(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        laptop.exchange(first)
        fixed = laptop.envelope(first["content"], corrects=first["record_id"])
        laptop.exchange(fixed)
        (ack,) = laptop.exchange(first)["acks"]
        assert (ack["verdict"], ack["reason"]) == ("superseded", "corrected")
        assert ack["corrected_by"] == fixed["record_id"]

    def test_answers_with_the_standing_after_the_whole_batch(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        laptop.exchange(first)
        fixed = laptop.envelope(first["content"], corrects=first["record_id"])
        assert laptop.send(first, fixed) == [("superseded", "corrected"), ("accepted", "corrected")]

    def test_comes_before_every_other_check(self, desk: Desk) -> None:
        laptop = desk.join()
        capture = laptop.envelope()
        laptop.exchange(capture)
        withdraw(desk, capture["content"]["nik"])
        enlist(desk, capture["content"], since="2020-01-31")
        assert laptop.send(capture) == [("accepted", "new")]


class TestOneAfterTheOther:
    """As if judged one after the other in array order, a correction after what it corrects."""

    def test_the_first_of_two_holds_the_nik(self, desk: Desk) -> None:
        laptop = desk.join()
        one = laptop.envelope()
        other = laptop.envelope(one["content"])
        assert laptop.send(other, one) == [("accepted", "new"), ("duplicate", "enrolled")]
        assert holder_of(desk, one["content"]["nik"]) == other["record_id"]

    def test_a_refused_one_takes_nothing_from_the_next(self, desk: Desk) -> None:
        laptop = desk.join()
        worker = content()
        broken, sound = laptop.envelope({**worker, "sex": "X"}), laptop.envelope(worker)
        assert laptop.send(broken, sound) == [("rejected", "invalid"), ("accepted", "new")]

    def test_a_waiting_one_takes_nothing_from_the_next(self, desk: Desk) -> None:
        laptop = desk.join()
        worker = content()
        unknown = laptop.envelope(worker, corrects="019a9c00-0000-7000-8000-00000000ffff")
        later = laptop.envelope(worker)
        assert laptop.send(unknown, later) == [("retry", "corrects_unknown"), ("accepted", "new")]
        assert holder_of(desk, worker["nik"]) == later["record_id"]
        assert faults(desk) == []

    def test_a_correction_may_stand_before_what_it_corrects(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        fixed = laptop.envelope(first["content"], corrects=first["record_id"])
        again = laptop.envelope(first["content"], corrects=fixed["record_id"])
        answer = laptop.exchange(again, fixed, first)
        assert [(ack["verdict"], ack["reason"]) for ack in answer["acks"]] == [
            ("accepted", "corrected"),
            ("accepted", "corrected"),
            ("accepted", "new"),
        ]
        moved = {change["record_id"]: change["corrected_by"] for change in answer["changes"]}
        assert moved == {
            first["record_id"]: fixed["record_id"],
            fixed["record_id"]: again["record_id"],
        }

    def test_serial_numbers_follow_the_judging(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        fixed = laptop.envelope(first["content"], corrects=first["record_id"])
        acks = laptop.exchange(fixed, first, laptop.envelope())["acks"]
        assert [ack["seq"] for ack in acks] == [2, 1, 3]


class TestDeviceNumbers:
    """`(device_id, device_seq)` is evidence, never a key."""

    def test_a_pair_seen_on_two_records_is_listed_and_both_are_judged(self, desk: Desk) -> None:
        laptop = desk.join()
        sent = [laptop.envelope(device_seq=number) for number in (1, 2, 2, 5)]
        assert laptop.send(*sent) == [("accepted", "new")] * 4
        with desk.office.store.read() as tx:
            assert ledger.reused_seqs(tx, laptop.device_id) == [2]
            assert ledger.missing_seqs(tx, laptop.device_id, 6) == [3, 4, 6]
        assert faults(desk) == []

    def test_a_record_handed_in_over_another_laptop_counts_for_its_own(self, desk: Desk) -> None:
        agent = desk.agent()
        lost, found = desk.join(agent), desk.join(agent)
        capture = lost.envelope(device_seq=7)
        found.exchange(capture)
        kept = record(desk, capture)
        assert kept is not None
        assert (kept.device_id, kept.device_seq) == (lost.device_id, 7)
        assert lost.exchange()["last_seq"] == 7
        assert found.exchange()["last_seq"] == 0


def test_unknown_members_of_an_envelope_are_kept(desk: Desk) -> None:
    laptop = desk.join()
    capture = laptop.envelope(later={"b": [1, None], "a": "é"}, content=content(hint="x"))
    assert laptop.send(capture) == [("accepted", "new")]
    form = canonical({name: value for name, value in capture.items() if name != "digest"})
    assert kept_bytes(desk, capture) == form
