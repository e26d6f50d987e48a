"""How a correction is judged, and which record it takes the place of (sync/PROTOCOL.md)."""

from datetime import date
from typing import Any

import pytest

from schemas.words import Reason, Verdict
from server.rules.record import Decision
from server.rules.standing import cyclic, decide
from tests.builders import content
from tests.server.rules.books import NOW, THEIRS, Shelf, entry, moment, nik_hash

WORKER = content(1)


STRANGER = {**content(2), "nik": WORKER["nik"]}


"""Somebody else altogether, under the worker's NIK."""


RENAMED = {**WORKER, "full_name": STRANGER["full_name"], "mother_name": STRANGER["mother_name"]}


ELSEWHERE = {**WORKER, "nik": content(3)["nik"]}


BROKEN: tuple[dict[str, Any], ...] = ({"field": "sex", "code": "choice"},)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def told(decision: Decision) -> tuple[str, str]:
    """Return what the laptop would read: verdict and reason."""
    return decision.verdict.value, decision.reason.value


class TestCorrections:
    """In the order of PROTOCOL.md, Corrections."""

    def test_of_itself_is_invalid(self, shelf: Shelf) -> None:
        decision = decide(entry("x", corrects="x", errors=BROKEN), shelf.books)
        assert told(decision) == ("rejected", "invalid")
        assert decision.errors == ({"field": "envelope.corrects", "code": "corrects_self"}, *BROKEN)

    def test_errors_stay_at_most_thirty(self, shelf: Shelf) -> None:
        many = tuple({"field": f"f{n}", "code": "type"} for n in range(30))
        assert len(decide(entry("x", corrects="x", errors=many), shelf.books).errors) == 30

    def test_in_a_ring_is_invalid(self) -> None:
        decision = cyclic(entry(corrects="other"))
        assert told(decision) == ("rejected", "invalid")
        assert decision.errors == ({"field": "envelope.corrects", "code": "corrects_cycle"},)

    def test_that_closes_a_ring_over_what_is_recorded_is_invalid(self, shelf: Shelf) -> None:
        shelf.put("a", corrects="b")  # waited for b in vain, and was judged as new
        shelf.put("c", corrects="a", root_id="a", verdict=Verdict.REJECTED, reason=Reason.INVALID)
        assert told(decide(entry("b", corrects="c"), shelf.books)) == ("rejected", "invalid")

    def test_of_the_unknown_waits_then_is_judged_as_new(self, shelf: Shelf) -> None:
        one = entry(corrects="nobody")
        assert told(decide(one, shelf.books)) == ("retry", "corrects_unknown")
        late = decide(one, shelf.books, wait_for_target=False)
        assert (told(late), late.root_id) == (("accepted", "new"), None)

    def test_of_the_unknown_waits_only_where_it_is_sound(self, shelf: Shelf) -> None:
        refused = decide(entry(corrects="nobody", errors=BROKEN), shelf.books)
        assert told(refused) == ("rejected", "invalid")

    def test_of_another_agent_s_record_is_of_the_unknown(self, shelf: Shelf) -> None:
        shelf.put("theirs", agent_id=THEIRS)
        one = entry(corrects="theirs")
        assert told(decide(one, shelf.books)) == ("retry", "corrects_unknown")
        late = decide(one, shelf.books, wait_for_target=False)
        assert (told(late), late.supersedes) == (("duplicate", "enrolled"), None)

    def test_of_a_withdrawn_end_is_withdrawn_even_where_invalid(self, shelf: Shelf) -> None:
        shelf.put("end", Verdict.REJECTED, Reason.WITHDRAWN)
        decision = decide(entry(corrects="end", errors=BROKEN), shelf.books)
        assert (told(decision), decision.supersedes) == (("rejected", "withdrawn"), None)

    def test_that_is_withdrawn_itself_leaves_the_end(self, shelf: Shelf) -> None:
        shelf.put("end")
        shelf.books.withdrawn[nik_hash(WORKER)] = NOW
        decision = decide(entry(corrects="end"), shelf.books)
        assert (told(decision), decision.supersedes) == (("rejected", "withdrawn"), None)

    @pytest.mark.parametrize("ineligible", [False, True])
    def test_that_is_refused_leaves_the_end(self, shelf: Shelf, ineligible: bool) -> None:
        shelf.put("end")
        one = entry(corrects="end", errors=BROKEN, ineligible=ineligible)
        decision = decide(one, shelf.books)
        assert told(decision) == ("rejected", "ineligible" if ineligible else "invalid")
        assert (decision.supersedes, decision.root_id) == (None, "end")

    def test_of_a_rejected_end_is_judged_like_a_new_record(self, shelf: Shelf) -> None:
        shelf.put("end", Verdict.REJECTED, Reason.INVALID, nik_hash=None)
        decision = decide(entry(corrects="end", members=ELSEWHERE), shelf.books)
        assert told(decision) == ("accepted", "new")
        assert (decision.supersedes, decision.root_id) == ("end", "end")

    def test_of_a_rejected_end_meets_a_holder_like_any(self, shelf: Shelf) -> None:
        shelf.put("holder", agent_id=THEIRS)
        shelf.put("end", Verdict.REJECTED, Reason.INVALID)
        decision = decide(entry(corrects="end"), shelf.books)
        assert (told(decision), decision.supersedes) == (("duplicate", "enrolled"), "end")

    @pytest.mark.parametrize(
        ("verdict", "reason"),
        [
            (Verdict.ACCEPTED, Reason.NEW),
            (Verdict.DUPLICATE, Reason.ENROLLED),
            (Verdict.IN_REVIEW, Reason.NIK_CONFLICT),
        ],
    )
    @pytest.mark.parametrize(
        ("members", "wanted"), [(ELSEWHERE, "nik_changed"), (RENAMED, "person_changed")]
    )
    def test_that_moves_nik_or_person_waits_and_the_end_stands(
        self, shelf: Shelf, verdict: Verdict, reason: Reason, members: Any, wanted: str
    ) -> None:
        shelf.put("end", verdict, reason)
        decision = decide(entry(corrects="end", members=members), shelf.books)
        assert told(decision) == ("in_review", wanted)
        assert decision.cases == ((wanted, "end"),)
        assert (decision.supersedes, decision.root_id) == (None, "end")

    def test_of_the_holder_takes_its_place(self, shelf: Shelf) -> None:
        shelf.put("end")
        decision = decide(entry(corrects="end"), shelf.books)
        assert told(decision) == ("accepted", "corrected")
        assert (decision.supersedes, decision.root_id) == ("end", "end")

    def test_of_the_holder_is_not_held_against_the_roll_again(self, shelf: Shelf) -> None:
        shelf.put("end")
        shelf.enlist(WORKER, since=date(2020, 1, 1), imported=moment(days=9))
        assert told(decide(entry(corrects="end"), shelf.books)) == ("accepted", "corrected")

    def test_of_a_duplicate_is_judged_afresh(self, shelf: Shelf) -> None:
        shelf.put("holder", agent_id=THEIRS)
        shelf.put("end", Verdict.DUPLICATE, Reason.ENROLLED)
        decision = decide(entry(corrects="end"), shelf.books)
        assert (told(decision), decision.supersedes) == (("duplicate", "enrolled"), "end")
        del shelf.books.holders[nik_hash(WORKER)]
        assert told(decide(entry(corrects="end"), shelf.books)) == ("accepted", "corrected")

    def test_of_a_conflict_stays_one_while_the_person_differs(self, shelf: Shelf) -> None:
        shelf.put("holder", agent_id=THEIRS)
        shelf.put("end", Verdict.IN_REVIEW, Reason.NIK_CONFLICT, STRANGER)
        decision = decide(entry(corrects="end", members=STRANGER), shelf.books)
        assert (told(decision), decision.supersedes) == (("in_review", "nik_conflict"), "end")

    def test_is_held_against_the_roll_as_of_the_first_record(self, shelf: Shelf) -> None:
        shelf.put("end", Verdict.DUPLICATE, Reason.ENROLLED, received_at=moment(days=30))
        shelf.enlist(WORKER, since=moment(days=3).date(), imported=NOW)
        assert told(decide(entry(corrects="end"), shelf.books)) == ("accepted", "corrected")

    def test_has_the_rank_in_time_of_the_first_record(self, shelf: Shelf) -> None:
        shelf.put("holder", agent_id=THEIRS, captured_at=moment(hours=5))
        shelf.put("end", Verdict.DUPLICATE, Reason.ENROLLED, captured_at=moment(hours=6))
        assert decide(entry(corrects="end"), shelf.books).flags == ("credit_dispute",)


class TestChains:
    """`corrects` names any record of a chain, and is taken for the chain's present end."""

    @pytest.fixture
    def chain(self, shelf: Shelf) -> Shelf:
        gone = (Verdict.SUPERSEDED, Reason.CORRECTED)
        shelf.put("a", *gone, corrected_by="b")
        shelf.put("b", *gone, corrects="a", root_id="a", corrected_by="c")
        shelf.put("refused", Verdict.REJECTED, Reason.INVALID, corrects="b", root_id="a")
        shelf.put("c", corrects="refused", root_id="a")
        return shelf

    @pytest.mark.parametrize("named", ["a", "b", "c", "refused"])
    def test_any_record_stands_for_the_end(self, chain: Shelf, named: str) -> None:
        decision = decide(entry(corrects=named), chain.books)
        assert told(decision) == ("accepted", "corrected")
        assert (decision.supersedes, decision.root_id) == ("c", "a")

    def test_a_refused_correction_joins_what_came_later(self, shelf: Shelf) -> None:
        shelf.put("late", Verdict.REJECTED, Reason.INVALID, corrects="early")
        shelf.put("early")
        assert decide(entry(corrects="late"), shelf.books).supersedes == "early"

    def test_one_that_was_judged_as_new_stays_its_own_chain(self, shelf: Shelf) -> None:
        shelf.put("late", corrects="early")
        shelf.put("early", Verdict.DUPLICATE, Reason.ENROLLED, duplicate_of="late")
        shelf.books.holders[nik_hash(WORKER)] = "late"
        assert decide(entry(corrects="late"), shelf.books).supersedes == "late"

    def test_a_refused_record_never_leads_into_another_agent_s_chain(self, shelf: Shelf) -> None:
        shelf.put("theirs", agent_id=THEIRS)
        shelf.put("mine", Verdict.REJECTED, Reason.INVALID, corrects="theirs")
        decision = decide(entry(corrects="mine"), shelf.books)
        assert (told(decision), decision.supersedes) == (("duplicate", "enrolled"), "mine")

    @pytest.mark.parametrize(
        ("links", "end"),
        [
            ({"a": "a"}, "a"),
            ({"a": "b", "b": "a"}, "a"),
            ({"a": "b", "b": "c", "c": "b"}, "b"),
        ],
    )
    def test_a_ring_of_refused_records_is_not_walked_for_ever(
        self, shelf: Shelf, links: dict[str, str], end: str
    ) -> None:
        for record_id, corrects in links.items():
            shelf.put(record_id, Verdict.REJECTED, Reason.INVALID, corrects=corrects)
        decision = decide(entry(corrects="a"), shelf.books)
        assert (told(decision), decision.supersedes) == (("accepted", "new"), end)
