"""A supervisor decides on changes and on credit, row by row of PROTOCOL.md, on both databases."""

from typing import Any

import pytest

from tests.builders import content
from tests.offices import Desk, Laptop
from tests.server.supervisor import (
    ELSEWHERE,
    STRANGER,
    WORKER,
    Supervisor,
    corrected,
    earlier_capture,
    sent,
    under,
)


class TestChanges:
    @pytest.fixture
    def first(self, one: Laptop) -> dict[str, Any]:
        return sent(one, WORKER)

    def test_yes_to_another_nik_moves_the_record(
        self, supervisor: Supervisor, first: Any, one: Laptop
    ) -> None:
        moved = corrected(one, first, ELSEWHERE)
        assert supervisor.holder(ELSEWHERE) is None
        supervisor.decide(supervisor.case("nik_changed"), "yes")
        assert supervisor.told(first, moved) == ["superseded/corrected", "accepted/corrected"]
        assert supervisor.record(first).corrected_by == moved["record_id"]
        assert supervisor.holder(ELSEWHERE) == moved["record_id"]
        assert supervisor.holder(WORKER) is None

    def test_no_refuses_it_and_the_end_stands(
        self, supervisor: Supervisor, first: Any, one: Laptop
    ) -> None:
        refused_one = corrected(one, first, ELSEWHERE)
        supervisor.decide(supervisor.case("nik_changed"), "no")
        assert supervisor.told(first, refused_one) == ["accepted/new", "rejected/refused"]
        again = corrected(one, refused_one, {**WORKER, "note": "x"})
        assert supervisor.told(again) == ["accepted/corrected"]

    def test_the_nik_that_is_let_go_is_handed_to_the_duplicate_of_lowest_seq(
        self, supervisor: Supervisor, desk: Desk, first: Any, one: Laptop
    ) -> None:
        second, third = sent(desk.join(), WORKER), sent(desk.join(), WORKER)
        corrected(one, first, ELSEWHERE)
        supervisor.decide(supervisor.case("nik_changed"), "yes")
        assert supervisor.told(second, third) == ["accepted/reinstated", "duplicate/enrolled"]
        assert supervisor.holder(WORKER) == second["record_id"]
        assert supervisor.record(third).duplicate_of == second["record_id"]
        assert len(supervisor.cases("near_match")) == 1

    def test_yes_where_the_nik_is_held_by_the_same_person_makes_a_duplicate(
        self, supervisor: Supervisor, first: Any, one: Laptop, two: Laptop
    ) -> None:
        moved = corrected(one, first, content(4))
        holder = sent(two, content(4))
        supervisor.decide(supervisor.case("nik_changed"), "yes")
        assert supervisor.told(first, moved, holder) == [
            "superseded/corrected",
            "duplicate/enrolled",
            "accepted/new",
        ]
        assert supervisor.record(moved).duplicate_of == holder["record_id"]

    def test_yes_where_the_nik_is_another_s_waits_as_a_conflict(
        self, supervisor: Supervisor, first: Any, one: Laptop, two: Laptop
    ) -> None:
        moved = corrected(one, first, under(WORKER, content(5)))
        holder = sent(two, content(5))
        supervisor.decide(supervisor.case("nik_changed"), "yes")
        assert supervisor.told(first, moved, holder) == [
            "superseded/corrected",
            "in_review/nik_conflict",
            "accepted/new",
        ]
        (case,) = supervisor.cases()
        assert (case.kind, case.record_id, case.other_id) == (
            "nik_conflict",
            moved["record_id"],
            holder["record_id"],
        )

    def test_another_person_is_taken_or_not(
        self, supervisor: Supervisor, first: Any, one: Laptop
    ) -> None:
        renamed = corrected(one, first, STRANGER)
        supervisor.decide(supervisor.case("person_changed"), "no")
        assert supervisor.told(first, renamed) == ["accepted/new", "rejected/refused"]
        renamed = corrected(one, first, STRANGER)
        supervisor.decide(supervisor.case("person_changed"), "yes")
        assert supervisor.told(first, renamed) == ["superseded/corrected", "accepted/corrected"]
        assert supervisor.holder(WORKER) == renamed["record_id"]

    def test_duplicates_of_a_changed_person_are_judged_again(
        self, supervisor: Supervisor, first: Any, one: Laptop, two: Laptop
    ) -> None:
        second = sent(two, WORKER)
        renamed = corrected(one, first, STRANGER)
        supervisor.decide(supervisor.case("person_changed"), "yes")
        assert supervisor.told(renamed, second) == ["accepted/corrected", "in_review/nik_conflict"]

    def test_what_was_merged_across_niks_goes_with_the_chain(
        self, supervisor: Supervisor, first: Any, one: Laptop, two: Laptop
    ) -> None:
        alike = sent(two, ELSEWHERE)
        supervisor.decide(supervisor.case("near_match"), "same")
        moved = corrected(one, first, under(WORKER, content(6)))
        supervisor.decide(supervisor.case("nik_changed"), "yes")
        assert supervisor.told(moved, alike) == ["accepted/corrected", "duplicate/enrolled"]
        assert supervisor.record(alike).duplicate_of == moved["record_id"]

    def test_of_two_changes_the_second_takes_the_place_of_the_first(
        self, supervisor: Supervisor, first: Any, one: Laptop
    ) -> None:
        nik, person = corrected(one, first, ELSEWHERE), corrected(one, first, STRANGER)
        supervisor.decide(supervisor.case("nik_changed"), "yes")
        supervisor.decide(supervisor.case("person_changed"), "yes")
        assert supervisor.told(first, nik, person) == [
            "superseded/corrected",
            "superseded/corrected",
            "accepted/corrected",
        ]
        assert supervisor.holder(WORKER) == person["record_id"]
        assert supervisor.holder(ELSEWHERE) is None


class TestCredit:
    @pytest.fixture
    def held(self, one: Laptop) -> dict[str, Any]:
        return sent(one, WORKER)

    @pytest.fixture
    def earlier(self, held: dict[str, Any], two: Laptop) -> dict[str, Any]:
        return earlier_capture(two, WORKER)

    def test_it_stays(
        self, supervisor: Supervisor, held: Any, earlier: Any, one: Laptop, two: Laptop
    ) -> None:
        assert supervisor.record(earlier).flags == ("credit_dispute",)
        supervisor.decide(supervisor.case("credit_dispute"), "stays")
        assert supervisor.told(held, earlier) == ["accepted/new", "duplicate/enrolled"]
        assert supervisor.record(earlier).flags == ()
        assert supervisor.counted(one)["accepted"] == 1

    def test_it_moves_and_the_standings_stay(
        self, supervisor: Supervisor, held: Any, earlier: Any, one: Laptop, two: Laptop
    ) -> None:
        before = supervisor.counted(one)
        supervisor.decide(supervisor.case("credit_dispute"), "moves")
        assert supervisor.told(held, earlier) == ["accepted/new", "duplicate/enrolled"]
        assert supervisor.counted(one) == {"received": 1, "duplicate": 1}
        assert supervisor.counted(two) == before
        month = two.exchange()["performance"]["months"][0]
        assert (month["accepted"], month["duplicate"], month["rank"]) == (1, 0, 1)

    def test_it_is_the_chain_s_and_not_asked_again(
        self, supervisor: Supervisor, held: Any, earlier: Any, one: Laptop, two: Laptop
    ) -> None:
        supervisor.decide(supervisor.case("credit_dispute"), "moves")
        corrected(one, held, {**WORKER, "note": "x"})
        corrected(two, earlier, {**WORKER, "note": "x"})
        assert (supervisor.counted(one)["duplicate"], supervisor.counted(two)["accepted"]) == (1, 1)
        assert supervisor.cases() == []
        supervisor.insist_sound()

    def test_it_comes_back_when_the_nik_changes_hands(
        self, supervisor: Supervisor, held: Any, earlier: Any, one: Laptop, two: Laptop
    ) -> None:
        supervisor.decide(supervisor.case("credit_dispute"), "moves")
        moved = corrected(one, held, ELSEWHERE)
        supervisor.decide(supervisor.case("nik_changed"), "yes")
        assert supervisor.told(moved, earlier) == ["accepted/corrected", "accepted/reinstated"]
        assert supervisor.counted(one)["accepted"] == 1
        assert supervisor.counted(two)["accepted"] == 1
