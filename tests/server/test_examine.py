"""What is found out about a capture before the books are opened: flags, times, money."""

from typing import Any

import pytest
import sqlalchemy as sa

from server.store.tables import ledger
from tests.builders import BOOT_ID, OMIT, content
from tests.offices import Desk, Laptop
from tests.server.looks import days, open_cases, record
from tests.server.rolls import enlist

YEAR = 365 * 86_400


def ack_of(laptop: Laptop, capture: dict[str, Any], **clocks: Any) -> dict[str, Any]:
    """Exchange one capture, with what the laptop says of its clocks, and return its ack."""
    (ack,) = laptop.exchange(capture, **clocks)["acks"]
    found: dict[str, Any] = ack
    return found


def flags(laptop: Laptop, capture: dict[str, Any], **clocks: Any) -> set[str]:
    """Return the flags of one capture's ack."""
    return set(ack_of(laptop, capture, **clocks).get("flags", ()))


class TestMoney:
    def test_another_amount_than_is_due_is_accepted_and_told(self, desk: Desk) -> None:
        laptop = desk.join()
        ack = ack_of(laptop, laptop.envelope(content(contribution=10_000)))
        assert (ack["verdict"], ack["flags"], ack["due"]) == (
            "accepted",
            ["contribution_differs"],
            16_400,
        )

    def test_the_right_amount_is_not_told_again(self, desk: Desk) -> None:
        laptop = desk.join()
        assert "due" not in ack_of(laptop, laptop.envelope())

    def test_what_counts_is_what_is_due(self, desk: Desk) -> None:
        laptop = desk.join()
        laptop.exchange(laptop.envelope(content(contribution=10_000)))
        assert days(desk, "contribution") == {"2026-11-20": 16_400}

    def test_an_unknown_tariff_is_judged_by_the_one_in_force(self, desk: Desk) -> None:
        laptop = desk.join()
        told = content(tariff_version="2031-01-01.7", contribution=16_400)
        assert "flags" not in ack_of(laptop, laptop.envelope(told))

    def test_due_comes_again_with_the_standing(self, desk: Desk) -> None:
        laptop = desk.join()
        capture = laptop.envelope(content(contribution=10_000))
        assert ack_of(laptop, capture) == ack_of(laptop, capture)


class TestTooFast:
    @pytest.mark.parametrize(("elapsed", "flagged"), [(29, True), (30, False), (OMIT, False)])
    def test_a_form_of_less_than_half_a_minute(
        self, desk: Desk, elapsed: Any, flagged: bool
    ) -> None:
        laptop = desk.join()
        assert ("too_fast" in flags(laptop, laptop.envelope(elapsed_s=elapsed))) is flagged


class TestTimes:
    """Proven, likely, or only before the receipt."""

    def certainty(self, desk: Desk, capture: dict[str, Any]) -> tuple[str, str | None]:
        """Return how sure the office is of a record's time, and the time."""
        kept = record(desk, capture)
        assert kept is not None
        return kept.certainty, kept.captured_at.isoformat() if kept.captured_at else None

    def test_proven_by_one_running_system(self, desk: Desk) -> None:
        laptop = desk.join()
        capture = laptop.envelope(captured_at="2031-01-01T00:00:00Z", uptime_s=100)
        assert flags(laptop, capture, boot_id=BOOT_ID, uptime_s=3_700) == set()
        assert self.certainty(desk, capture) == ("proven", "2026-11-20T01:00:00+00:00")

    def test_likely_by_offsets_that_agree(self, desk: Desk) -> None:
        laptop = desk.join()
        capture = laptop.envelope()
        assert flags(laptop, capture) == set()
        assert self.certainty(desk, capture) == ("likely", "2026-11-20T01:30:00+00:00")

    def test_unknown_where_the_offsets_part(self, desk: Desk) -> None:
        laptop = desk.join()
        capture = laptop.envelope()
        assert flags(laptop, capture, sent_at="2026-11-20T01:57:59Z") == {"clock_drift"}
        assert self.certainty(desk, capture) == ("unknown", None)

    @pytest.mark.parametrize("members", [content(sex="X"), content(payer="budget")])
    def test_a_refused_record_is_flagged_too(self, desk: Desk, members: dict[str, Any]) -> None:
        laptop = desk.join()
        capture = laptop.envelope(members, clock_offset_s=YEAR)
        assert flags(laptop, capture) == {"clock_drift"}

    def test_a_clock_that_is_a_year_off_still_gets_every_record_judged(self, desk: Desk) -> None:
        laptop = desk.join()
        ahead = [
            laptop.envelope(captured_at="2027-11-20T09:30:00+08:00", clock_offset_s=offset)
            for offset in (-YEAR, OMIT, 0)
        ]
        acks = laptop.exchange(*ahead, sent_at="2027-11-20T02:00:00Z")["acks"]
        assert [ack["verdict"] for ack in acks] == ["accepted"] * 3
        unsure = ["age_unsure", "clock_drift"]
        assert [ack.get("flags", []) for ack in acks] == [[], unsure, unsure]

    def test_not_before_a_capture_of_a_smaller_number_in_the_batch(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope(captured_at="2026-11-20T09:30:00+08:00")
        second = laptop.envelope(captured_at="2026-11-20T09:29:00+08:00")
        laptop.exchange(second, first)
        assert self.certainty(desk, first)[0] == "likely"
        assert self.certainty(desk, second)[0] == "unknown"

    def test_not_before_a_capture_of_a_smaller_number_handed_in_before(self, desk: Desk) -> None:
        laptop = desk.join()
        laptop.exchange(laptop.envelope(captured_at="2026-11-20T09:30:00+08:00"))
        assert flags(laptop, laptop.envelope(captured_at="2026-11-20T09:29:00+08:00"))

    def test_a_greater_number_says_nothing(self, desk: Desk) -> None:
        laptop = desk.join()
        early = laptop.envelope(captured_at="2026-11-20T09:29:00+08:00")
        laptop.exchange(laptop.envelope(captured_at="2026-11-20T09:30:00+08:00"))
        assert flags(laptop, early) == set()

    def test_another_device_s_capture_is_never_proven_by_this_one_s_clock(self, desk: Desk) -> None:
        agent = desk.agent()
        lost, found = desk.join(agent), desk.join(agent)
        capture = lost.envelope(uptime_s=100)
        assert flags(found, capture, boot_id=BOOT_ID, uptime_s=3_700) == {"clock_drift"}
        assert self.certainty(desk, capture) == ("unknown", None)

    def test_the_day_is_the_capture_s_in_the_office_s_zone(self, desk: Desk) -> None:
        laptop = desk.join()
        late = "2026-11-19T23:59:59+08:00"
        laptop.exchange(laptop.envelope(captured_at=late, last_answer_at="2026-11-19T02:00:00Z"))
        laptop.exchange(laptop.envelope(captured_at=late, clock_offset_s=YEAR))
        assert days(desk, "accepted") == {"2026-11-19": 1, "2026-11-20": 1}


def test_the_evidence_is_kept_beside_the_record(desk: Desk) -> None:
    agent = desk.agent()
    one, other = desk.join(agent), desk.join(agent)
    capture = one.envelope(device_seq=41)
    other.exchange(capture, sent_at="2026-11-20T01:59:30Z")
    query = sa.select(ledger).where(ledger.c.record_id == capture["record_id"])
    with desk.office.store.read() as tx:
        kept = tx.execute(query).one()
    assert (kept.device_id, kept.device_seq) == (one.device_id, 41)
    assert (kept.sent_by, kept.offset_s) == (other.device_id, 30)
    assert (kept.received_at, kept.certainty) == (desk.now(), "unknown")


class TestAges:
    """By the proven or likely time; else only what both capture and receipt break blocks."""

    def at(self, captured: str, **more: Any) -> dict[str, Any]:
        """Return the evidence of a capture at a moment, likely unless said otherwise."""
        return {"captured_at": captured, "last_answer_at": OMIT, "boot_id": OMIT, **more}

    def test_by_the_capture_not_the_receipt(self, desk: Desk) -> None:
        laptop = desk.join()
        desk.now.forward(days=5)  # received on the 25th, 65 since the 23rd
        worker = content(birth_date="1961-11-23", first_month="2026-11", nik_reason="as_on_card")
        ack = ack_of(laptop, laptop.envelope(worker, **self.at("2026-11-22T09:00:00+08:00")))
        assert ack["verdict"] == "accepted"
        assert "flags" not in ack

    def test_unsure_where_one_moment_breaks_the_rule_and_one_does_not(self, desk: Desk) -> None:
        laptop = desk.join()
        desk.now.forward(days=5)
        worker = content(birth_date="1961-11-23", first_month="2026-11", nik_reason="as_on_card")
        drifted = self.at("2026-11-22T09:00:00+08:00", clock_offset_s=YEAR)
        ack = ack_of(laptop, laptop.envelope(worker, **drifted))
        assert (ack["verdict"], set(ack["flags"])) == ("accepted", {"age_unsure", "clock_drift"})

    def test_blocked_where_both_moments_break_it(self, desk: Desk) -> None:
        laptop = desk.join()
        worker = content(birth_date="1961-11-19", first_month="2026-11", nik_reason="as_on_card")
        drifted = self.at("2026-11-20T09:00:00+08:00", clock_offset_s=YEAR)
        ack = ack_of(laptop, laptop.envelope(worker, **drifted))
        assert (ack["verdict"], ack["reason"]) == ("rejected", "ineligible")

    def test_months_are_reckoned_alike(self, desk: Desk) -> None:
        laptop = desk.join()
        ahead = self.at("2027-11-20T09:00:00+08:00", clock_offset_s=0)
        capture = laptop.envelope(content(first_month="2026-12"), **ahead)
        assert flags(laptop, capture) == {"age_unsure", "clock_drift"}
        both = laptop.envelope(content(first_month="2027-06"), **ahead)
        assert ack_of(laptop, both)["reason"] == "invalid"


class TestDispute:
    def test_needs_a_proven_time(self, desk: Desk) -> None:
        one, other, third = desk.join(), desk.join(), desk.join()
        held = one.envelope()
        one.exchange(held)
        likely = other.envelope(held["content"], captured_at="2026-11-20T09:00:00+08:00")
        assert flags(other, likely) == set()
        proven = third.envelope(held["content"], uptime_s=100)
        running = {"boot_id": BOOT_ID, "uptime_s": 3_700}
        ack = ack_of(third, proven, **running)
        assert (ack["verdict"], ack["flags"]) == ("duplicate", ["credit_dispute"])
        assert open_cases(desk) == [("credit_dispute", proven["record_id"], held["record_id"])]


def test_member_since_is_told_by_the_feed_and_changes_nothing(desk: Desk) -> None:
    laptop = desk.join()
    capture = laptop.envelope()
    laptop.exchange(capture)
    desk.now.forward(days=14)
    enlist(desk, capture["content"], since="2026-12-01")
    (change,) = laptop.exchange()["changes"]
    assert (change["verdict"], change["flags"]) == ("accepted", ["member_since"])
    assert laptop.send(capture) == [("accepted", "new")]
