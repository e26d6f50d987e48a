"""How a record is judged, rule by rule, without a database (sync/PROTOCOL.md, Verdicts)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from schemas.words import Reason, Verdict
from server.rules.clock import CaptureTime, Certainty
from server.rules.standing import Decision, Entry, cyclic, decide
from tests.builders import content
from tests.server.rules.books import MINE, NOW, THEIRS, Shelf, entry, moment, nik_hash

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


class TestOrder:
    """Content, eligibility, withdrawal, corrections, roll, holder: the first that speaks wins."""

    def test_what_is_free_is_accepted(self, shelf: Shelf) -> None:
        assert told(decide(entry(), shelf.books)) == ("accepted", "new")

    def test_invalid_comes_before_all_else(self, shelf: Shelf) -> None:
        shelf.put("holder")
        shelf.books.withdrawn[nik_hash(WORKER)] = NOW
        decision = decide(entry(errors=BROKEN), shelf.books)
        assert told(decision) == ("rejected", "invalid")
        assert decision.errors == BROKEN

    def test_ineligible_comes_before_withdrawn(self, shelf: Shelf) -> None:
        shelf.books.withdrawn[nik_hash(WORKER)] = NOW
        decision = decide(entry(errors=BROKEN, ineligible=True), shelf.books)
        assert told(decision) == ("rejected", "ineligible")
        assert decision.errors == BROKEN

    def test_withdrawn_comes_before_the_roll_and_the_holder(self, shelf: Shelf) -> None:
        shelf.put("holder")
        shelf.enlist(WORKER, since=date(2020, 1, 1), imported=moment(days=9))
        shelf.books.withdrawn[nik_hash(WORKER)] = NOW
        assert told(decide(entry(), shelf.books)) == ("rejected", "withdrawn")

    def test_withdrawn_comes_before_a_correction_of_what_is_unknown(self, shelf: Shelf) -> None:
        shelf.books.withdrawn[nik_hash(WORKER)] = NOW
        assert told(decide(entry(corrects="later"), shelf.books)) == ("rejected", "withdrawn")

    def test_the_roll_comes_before_the_holder(self, shelf: Shelf) -> None:
        shelf.put("holder")
        shelf.enlist(WORKER, since=date(2020, 1, 1), imported=moment(days=9))
        assert told(decide(entry(), shelf.books)) == ("duplicate", "member")


class TestHolder:
    def test_the_same_person_is_a_duplicate_of_the_holder(self, shelf: Shelf) -> None:
        shelf.put("holder", agent_id=THEIRS)
        decision = decide(entry(), shelf.books)
        assert told(decision) == ("duplicate", "enrolled")
        assert decision.duplicate_of == "holder"
        assert decision.cases == ()

    def test_another_person_under_the_nik_waits_for_a_supervisor(self, shelf: Shelf) -> None:
        shelf.put("holder")
        decision = decide(entry(members=STRANGER), shelf.books)
        assert told(decision) == ("in_review", "nik_conflict")
        assert decision.cases == (("nik_conflict", "holder"),)

    def test_a_look_alike_is_accepted_with_a_flag_and_a_case(self, shelf: Shelf) -> None:
        shelf.books.lookalikes = lambda _entry: ("alike", "more alike")
        decision = decide(entry(flags=("too_fast",)), shelf.books)
        assert told(decision) == ("accepted", "new")
        assert decision.flags == ("too_fast", "near_match")
        assert decision.cases == (("near_match", "alike"),)

    def test_flags_go_with_every_verdict(self, shelf: Shelf) -> None:
        shelf.put("holder")
        drifting: dict[str, Any] = {"flags": ("clock_drift",)}
        found = [
            decide(entry(**drifting), shelf.books),
            decide(entry(members=STRANGER, **drifting), shelf.books),
            decide(entry(errors=BROKEN, **drifting), shelf.books),
            decide(entry(members=ELSEWHERE, **drifting), shelf.books),
            decide(entry(members=ELSEWHERE, corrects="holder", **drifting), shelf.books),
            decide(entry("x", corrects="x", **drifting), shelf.books),
        ]
        assert [decision.flags for decision in found] == [("clock_drift",)] * 6
        assert len({decision.verdict for decision in found}) == 4


class TestWithdrawal:
    """A withdrawal holds for captures made before it; a later consent makes all as ever."""

    @pytest.mark.parametrize(
        ("consent", "captured", "refused"),
        [
            (moment(hours=5), moment(hours=4), True),
            (moment(hours=5), moment(hours=2), True),
            (moment(hours=2), moment(hours=1), False),
            (moment(hours=2), None, False),
            (moment(hours=2), moment(hours=4), True),
            (moment(hours=3), moment(hours=1), True),
            (None, moment(hours=1), True),
        ],
    )
    def test_holds_for_what_came_before_it(
        self, shelf: Shelf, consent: Any, captured: Any, refused: bool
    ) -> None:
        shelf.books.withdrawn[nik_hash(WORKER)] = moment(hours=3)
        certainty = Certainty.UNKNOWN if captured is None else Certainty.LIKELY
        one = entry(consent_at=consent, time=CaptureTime(captured, certainty))
        wanted = ("rejected", "withdrawn") if refused else ("accepted", "new")
        assert told(decide(one, shelf.books)) == wanted

    def test_concerns_its_own_nik_alone(self, shelf: Shelf) -> None:
        shelf.books.withdrawn[nik_hash(WORKER)] = NOW
        assert told(decide(entry(members=ELSEWHERE), shelf.books)) == ("accepted", "new")


class TestRoll:
    """A membership that began before the record was received covers the worker."""

    @pytest.mark.parametrize(
        ("since", "imported", "counts"),
        [
            (date(2026, 11, 19), NOW, True),
            (date(2026, 11, 20), NOW, False),
            (date(2026, 11, 21), moment(days=5), False),
            (None, moment(hours=1), True),
            (None, NOW + timedelta(seconds=1), False),
        ],
    )
    def test_only_what_began_before_counts(
        self, shelf: Shelf, since: Any, imported: Any, counts: bool
    ) -> None:
        shelf.enlist(WORKER, since=since, imported=imported)
        wanted = ("duplicate", "member") if counts else ("accepted", "new")
        assert told(decide(entry(), shelf.books)) == wanted

    def test_days_are_those_of_the_office(self, shelf: Shelf) -> None:
        shelf.enlist(WORKER, since=date(2026, 11, 20), imported=NOW)
        late = NOW.replace(hour=16, minute=30)  # the 21st in Makassar
        assert told(decide(entry(received_at=late), shelf.books)) == ("duplicate", "member")

    @pytest.mark.parametrize(
        "members",
        [
            {**WORKER, "full_name": STRANGER["full_name"]},
            {**WORKER, "birth_date": "1990-07-14", "nik_reason": "as_on_card"},
        ],
        ids=["another name", "another birth date"],
    )
    def test_name_and_birth_date_must_fit(self, shelf: Shelf, members: dict[str, Any]) -> None:
        shelf.enlist(WORKER, since=date(2020, 1, 1), imported=NOW)
        decision = decide(entry(members=members), shelf.books)
        assert told(decision) == ("in_review", "nik_conflict")
        assert decision.cases == (("nik_conflict", None),)


class TestDispute:
    """Only a proven time, and only another agent's, opens a dispute; the verdict stays."""

    @pytest.mark.parametrize(
        ("agent", "captured", "certainty", "disputed"),
        [
            (THEIRS, moment(hours=3), Certainty.PROVEN, True),
            (THEIRS, moment(hours=3), Certainty.LIKELY, False),
            (THEIRS, moment(hours=1), Certainty.PROVEN, False),
            (MINE, moment(hours=3), Certainty.PROVEN, False),
        ],
    )
    def test_is_opened_by_an_earlier_proven_time(
        self, shelf: Shelf, agent: str, captured: Any, certainty: Certainty, disputed: bool
    ) -> None:
        shelf.put("holder")
        one = entry(agent_id=agent, time=CaptureTime(captured, certainty))
        decision = decide(one, shelf.books)
        assert told(decision) == ("duplicate", "enrolled")
        assert ("credit_dispute" in decision.flags) is disputed
        assert decision.cases == ((("credit_dispute", "holder"),) if disputed else ())

    def test_the_rank_in_time_of_a_chain_is_its_first_record_s(self, shelf: Shelf) -> None:
        shelf.put("first", Verdict.SUPERSEDED, Reason.CORRECTED, corrected_by="second")
        shelf.put("second", root_id="first", captured_at=moment(minutes=5))
        one = entry(agent_id=THEIRS, time=CaptureTime(moment(hours=1), Certainty.PROVEN))
        assert decide(one, shelf.books).flags == ()


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


def test_nothing_of_an_entry_is_needed_but_what_it_is(shelf: Shelf) -> None:
    without: Entry = replace(entry(errors=BROKEN), nik_hash=None, person=None, consent_at=None)
    assert told(decide(without, shelf.books)) == ("rejected", "invalid")
