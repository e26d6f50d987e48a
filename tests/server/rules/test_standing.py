"""How a record is judged, rule by rule, without a database (sync/PROTOCOL.md, Verdicts)."""

from datetime import date, timedelta
from typing import Any

import pytest

from schemas.words import Reason, Verdict
from server.rules.clock import CaptureTime, Certainty
from server.rules.record import Decision, Entry
from server.rules.standing import decide
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
        shelf.books.lookalikes = lambda _entry, _books: ("alike", "more alike")
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


def test_nothing_of_an_entry_is_needed_but_what_it_is(shelf: Shelf) -> None:
    without: Entry = entry(errors=BROKEN)._replace(nik_hash=None, person=None, consent_at=None)
    assert told(decide(without, shelf.books)) == ("rejected", "invalid")
