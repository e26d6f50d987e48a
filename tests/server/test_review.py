"""A supervisor decides on doubtful people, row by row of PROTOCOL.md, on both databases."""

from typing import Any

import pytest

from server import review
from server.store import ledger
from tests.builders import content
from tests.offices import Desk, Laptop
from tests.server.supervisor import (
    ELSEWHERE,
    STRANGER,
    WHO,
    WORKER,
    Supervisor,
    corrected,
    heard,
    refused,
    sent,
    under,
)


class TestNikConflict:
    @pytest.fixture
    def held(self, one: Laptop) -> dict[str, Any]:
        return sent(one, WORKER)

    @pytest.fixture
    def doubted(self, held: dict[str, Any], two: Laptop) -> dict[str, Any]:
        return sent(two, STRANGER)

    def test_same_makes_it_a_duplicate(
        self, supervisor: Supervisor, held: Any, doubted: Any, one: Laptop, two: Laptop
    ) -> None:
        outcome = supervisor.decide(supervisor.case("nik_conflict"), "same")
        assert supervisor.told(held, doubted) == ["accepted/new", "duplicate/enrolled"]
        assert supervisor.record(doubted).duplicate_of == held["record_id"]
        (moved,) = outcome.moved
        assert (moved.record_id, moved.before, moved.after) == (
            doubted["record_id"],
            ("in_review", "nik_conflict"),
            ("duplicate", "enrolled"),
        )
        assert (heard(one), heard(two)) == ([], [("duplicate", "enrolled")])
        assert supervisor.cases() == []

    def test_same_swapped_makes_the_holder_a_duplicate(
        self, supervisor: Supervisor, held: Any, doubted: Any, one: Laptop, two: Laptop
    ) -> None:
        supervisor.decide(supervisor.case("nik_conflict"), "same", holder="record")
        assert supervisor.told(held, doubted) == ["duplicate/enrolled", "accepted/reinstated"]
        assert supervisor.record(held).duplicate_of == doubted["record_id"]
        assert supervisor.holder(WORKER) == doubted["record_id"]
        assert (heard(one), heard(two)) == (
            [("duplicate", "enrolled")],
            [("accepted", "reinstated")],
        )
        assert supervisor.counted(one).get("accepted", 0) == 0
        assert supervisor.counted(two)["accepted"] == 1

    def test_same_swapped_takes_the_holder_s_duplicates_along(
        self, supervisor: Supervisor, desk: Desk, held: Any, doubted: Any
    ) -> None:
        third = sent(desk.join(), WORKER)
        supervisor.decide(supervisor.case("nik_conflict"), "same", holder="record")
        assert supervisor.told(third) == ["duplicate/enrolled"]
        assert supervisor.record(third).duplicate_of == doubted["record_id"]

    def test_different_refuses_the_one_that_came_later(
        self, supervisor: Supervisor, held: Any, doubted: Any, two: Laptop
    ) -> None:
        supervisor.decide(supervisor.case("nik_conflict"), "different")
        assert supervisor.told(held, doubted) == ["accepted/new", "rejected/not_theirs"]
        assert heard(two) == [("rejected", "not_theirs")]

    def test_different_refuses_the_holder_where_the_nik_is_the_other_s(
        self, supervisor: Supervisor, held: Any, doubted: Any, one: Laptop
    ) -> None:
        supervisor.decide(supervisor.case("nik_conflict"), "different", holder="record")
        assert supervisor.told(held, doubted) == ["rejected/not_theirs", "accepted/reinstated"]
        assert supervisor.holder(WORKER) == doubted["record_id"]
        assert heard(one) == [("rejected", "not_theirs")]

    def test_what_named_a_refused_holder_is_judged_against_the_new_one(
        self, supervisor: Supervisor, desk: Desk, held: Any, doubted: Any
    ) -> None:
        third = sent(desk.join(), WORKER)
        outcome = supervisor.decide(supervisor.case("nik_conflict"), "different", holder="record")
        assert supervisor.told(third) == ["in_review/nik_conflict"]
        (case,) = supervisor.cases("nik_conflict")
        assert (case.record_id, case.other_id) == (third["record_id"], doubted["record_id"])
        assert outcome.opened == (case.case_id,)

    def test_a_second_doubt_is_about_whoever_holds_the_nik_by_then(
        self, supervisor: Supervisor, desk: Desk, held: Any, doubted: Any
    ) -> None:
        third = sent(desk.join(), under(content(3), WORKER))
        first_case, _ = supervisor.cases("nik_conflict")
        supervisor.decide(first_case.case_id, "different", holder="record")
        (left,) = supervisor.cases("nik_conflict")
        assert (left.record_id, left.other_id) == (third["record_id"], doubted["record_id"])
        supervisor.decide(left.case_id, "same")
        assert supervisor.record(third).duplicate_of == doubted["record_id"]

    def test_a_correction_of_what_was_merged_follows_the_merge(
        self, supervisor: Supervisor, held: Any, doubted: Any, two: Laptop
    ) -> None:
        supervisor.decide(supervisor.case("nik_conflict"), "same")
        fixed = corrected(two, doubted, {**STRANGER, "note": "rumah biru"})
        assert supervisor.told(doubted, fixed) == ["superseded/corrected", "duplicate/enrolled"]
        assert supervisor.record(fixed).duplicate_of == held["record_id"]
        assert supervisor.cases() == []
        supervisor.insist_sound()

    def test_a_correction_of_what_is_not_theirs_is_judged_as_new(
        self, supervisor: Supervisor, held: Any, doubted: Any, two: Laptop
    ) -> None:
        supervisor.decide(supervisor.case("nik_conflict"), "different")
        fixed = corrected(two, doubted, content(2))
        assert supervisor.told(doubted, fixed) == ["superseded/corrected", "accepted/new"]
        supervisor.insist_sound()


class TestNearMatch:
    @pytest.fixture
    def first(self, one: Laptop) -> dict[str, Any]:
        return sent(one, WORKER)

    @pytest.fixture
    def alike(self, first: dict[str, Any], two: Laptop) -> dict[str, Any]:
        return sent(two, ELSEWHERE)

    def test_same_keeps_the_first_and_lets_the_other_nik_go(
        self, supervisor: Supervisor, first: Any, alike: Any
    ) -> None:
        assert supervisor.record(alike).flags == ("near_match",)
        supervisor.decide(supervisor.case("near_match"), "same")
        assert supervisor.told(first, alike) == ["accepted/new", "duplicate/enrolled"]
        assert supervisor.record(alike).duplicate_of == first["record_id"]
        assert supervisor.record(alike).flags == ()
        assert supervisor.holder(ELSEWHERE) is None

    def test_same_may_keep_the_second(
        self, supervisor: Supervisor, desk: Desk, first: Any, alike: Any
    ) -> None:
        third = sent(desk.join(), WORKER)
        supervisor.decide(supervisor.case("near_match"), "same", holder="record")
        assert supervisor.told(first, alike) == ["duplicate/enrolled", "accepted/new"]
        assert supervisor.record(third).duplicate_of == alike["record_id"]
        assert supervisor.holder(WORKER) is None

    def test_different_keeps_both_and_is_not_asked_again(
        self, supervisor: Supervisor, first: Any, alike: Any, one: Laptop, two: Laptop
    ) -> None:
        supervisor.decide(supervisor.case("near_match"), "different")
        assert supervisor.told(first, alike) == ["accepted/new", "accepted/new"]
        assert supervisor.record(alike).flags == ()
        fixed = corrected(two, alike, {**ELSEWHERE, "note": "x"})
        again = corrected(one, first, {**WORKER, "note": "x"})
        assert supervisor.told(fixed, again) == ["accepted/corrected"] * 2
        assert supervisor.cases() == []

    def test_a_correction_of_the_merged_one_follows_across_niks(
        self, supervisor: Supervisor, first: Any, alike: Any, one: Laptop, two: Laptop
    ) -> None:
        supervisor.decide(supervisor.case("near_match"), "same")
        kept = corrected(one, first, {**WORKER, "note": "x"})
        fixed = corrected(two, alike, {**ELSEWHERE, "note": "x"})
        assert supervisor.told(kept, fixed) == ["accepted/corrected", "duplicate/enrolled"]
        assert supervisor.record(fixed).duplicate_of == kept["record_id"]
        assert supervisor.holder(ELSEWHERE) is None
        supervisor.insist_sound()

    def test_what_was_merged_stands_up_for_itself_when_the_holder_is_refused(
        self, supervisor: Supervisor, desk: Desk, first: Any, alike: Any
    ) -> None:
        supervisor.decide(supervisor.case("near_match"), "same")
        stranger = sent(desk.join(), STRANGER)
        supervisor.decide(supervisor.case("nik_conflict"), "different", holder="record")
        assert supervisor.told(first, alike, stranger) == [
            "rejected/not_theirs",
            "accepted/reinstated",
            "accepted/reinstated",
        ]
        assert supervisor.holder(ELSEWHERE) == alike["record_id"]


class TestAsking:
    def test_the_agent_is_asked_and_the_case_stays(
        self, supervisor: Supervisor, one: Laptop, two: Laptop
    ) -> None:
        sent(one, WORKER)
        doubted = sent(two, STRANGER)
        case_id = supervisor.case("nik_conflict")
        outcome = review.ask(
            supervisor.office, case_id, "Mohon lihat KTP.", "Please see the card.", by=WHO
        )
        assert (outcome.moved, outcome.case_id) == ((), case_id)
        assert supervisor.case("nik_conflict") == case_id
        (notice,) = two.exchange()["changes"]
        assert notice.pop("notice_id")
        assert notice == {
            "kind": "notice",
            "record_id": doubted["record_id"],
            "text_id": "Mohon lihat KTP.",
            "text_en": "Please see the card.",
        }
        assert one.exchange()["changes"] == []
        supervisor.decide(case_id, "same")

    def test_the_other_side_may_be_asked_until_some_day(
        self, supervisor: Supervisor, one: Laptop, two: Laptop
    ) -> None:
        held = sent(one, WORKER)
        sent(two, STRANGER)
        case_id = supervisor.case("nik_conflict")
        until = supervisor.office.now()
        review.ask(supervisor.office, case_id, "a", "b", by=WHO, side="other", until=until)
        (notice,) = one.exchange()["changes"]
        assert (notice["record_id"], notice["until"]) == (
            held["record_id"],
            "2026-11-20T02:00:00.000Z",
        )


class TestRefusals:
    @pytest.fixture
    def case_id(self, supervisor: Supervisor, one: Laptop, two: Laptop) -> str:
        sent(one, WORKER)
        sent(two, STRANGER)
        return supervisor.case("nik_conflict")

    def test_no_such_case(self, supervisor: Supervisor) -> None:
        with refused("case_unknown"):
            supervisor.decide("nothing", "same")
        with refused("case_unknown"):
            supervisor.undo("nothing")

    def test_a_case_is_decided_once(self, supervisor: Supervisor, case_id: str) -> None:
        supervisor.decide(case_id, "same")
        with refused("case_decided"):
            supervisor.decide(case_id, "different")
        with refused("case_decided"):
            review.ask(supervisor.office, case_id, "a", "b", by=WHO)

    def test_a_case_is_decided_as_it_was_seen(
        self, supervisor: Supervisor, case_id: str, two: Laptop
    ) -> None:
        (case,) = supervisor.cases()
        seen = (case.record_id, case.other_id)
        corrected(two, {"record_id": case.record_id}, {**STRANGER, "note": "x"})
        with refused("case_moved"):
            supervisor.decide(case_id, "same", seen=seen)
        (case,) = supervisor.cases()
        supervisor.decide(case_id, "same", seen=(case.record_id, case.other_id))

    def test_an_open_case_is_not_undone(self, supervisor: Supervisor, case_id: str) -> None:
        with refused("case_open"):
            supervisor.undo(case_id)

    @pytest.mark.parametrize(
        ("choice", "holder"),
        [("yes", "other"), ("moves", "other"), ("bless", "other"), ("same", "me")],
    )
    def test_what_does_not_fit_changes_nothing(
        self, supervisor: Supervisor, case_id: str, choice: str, holder: str
    ) -> None:
        before = supervisor.snapshot()
        with refused("decision_unfit"):
            supervisor.decide(case_id, choice, holder=holder)
        assert supervisor.snapshot() == before

    def test_a_nik_that_a_third_holds_is_not_given_away(
        self, supervisor: Supervisor, case_id: str, desk: Desk, one: Laptop
    ) -> None:
        """The holder moves away, a third takes the NIK, then the first doubt is decided."""
        (case,) = supervisor.cases()
        with supervisor.office.store.read() as tx:
            held = ledger.records(tx, [case.other_id])[case.other_id]
        corrected(one, {"record_id": held.record_id}, ELSEWHERE)
        supervisor.decide(supervisor.case("nik_changed"), "yes")
        third = sent(desk.join(), under(content(3), WORKER))
        assert supervisor.told(third) == ["accepted/new"]
        before = supervisor.snapshot()
        with refused("nik_held"):
            supervisor.decide(case_id, "same", holder="record")
        assert supervisor.snapshot() == before
        supervisor.decide(case_id, "different")
        assert supervisor.record(third).verdict == "accepted"
