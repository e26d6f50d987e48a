"""The same envelope again, and many at once: in any batch, over any laptop, in array order."""

from typing import Any

import pytest

from server.store import numbers
from sync.digest import canonical
from tests.builders import content
from tests.offices import Desk
from tests.server.looks import (
    days,
    faults,
    holder_of,
    kept_bytes,
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
            assert numbers.reused_seqs(tx, laptop.device_id) == [2]
            assert numbers.missing_seqs(tx, laptop.device_id) == [(3, 4)]
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
