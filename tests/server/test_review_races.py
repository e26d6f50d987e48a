"""Supervisors and laptops at once: one outcome, and sound books, on both databases."""

from collections.abc import Callable
from typing import Any

import pytest

from server import odd_nik, review, withdrawal
from server.minutes import Outcome
from tests.builders import content
from tests.offices import START, Desk, Laptop
from tests.server.races import race
from tests.server.supervisor import (
    ELSEWHERE,
    STRANGER,
    WHO,
    WORKER,
    Supervisor,
    corrected,
    earlier_capture,
    sent,
    under,
)


def deciding(supervisor: Supervisor, case_id: str, choice: str, **more: Any) -> Callable[[], Any]:
    return lambda: review.decide(supervisor.office, case_id, choice, by=WHO, **more)


def correcting(laptop: Laptop, first: dict[str, Any], members: dict[str, Any]) -> Callable[[], Any]:
    capture = laptop.envelope(members, corrects=first["record_id"])
    return lambda: laptop.exchange(capture)["acks"][0]


def capturing(laptop: Laptop, members: dict[str, Any]) -> Callable[[], Any]:
    capture = laptop.envelope(members)
    return lambda: laptop.exchange(capture)["acks"][0]


@pytest.mark.parametrize(
    ("kind", "choices"),
    [
        ("nik_conflict", (("same", "record"), ("different", "record"))),
        ("near_match", (("same", "record"), ("same", "other"))),
        ("nik_changed", (("yes", "other"), ("no", "other"))),
        ("credit_dispute", (("stays", "other"), ("moves", "other"))),
    ],
)
def test_two_decide_one_case(
    supervisor: Supervisor, one: Laptop, two: Laptop, kind: str, choices: Any
) -> None:
    first = sent(one, WORKER)
    earlier_capture(two, WORKER)
    sent(two, STRANGER)
    sent(two, ELSEWHERE)
    corrected(one, first, content(4))
    case_id = supervisor.cases(kind)[0].case_id
    runners = [deciding(supervisor, case_id, choice, holder=holder) for choice, holder in choices]
    results = race(supervisor.office.store, *runners)
    assert [result for result in results if not isinstance(result, Outcome)] == ["case_decided"]
    supervisor.insist_sound()


def test_two_cases_about_one_nik_are_decided_at_once(
    supervisor: Supervisor, desk: Desk, one: Laptop, two: Laptop
) -> None:
    sent(one, WORKER)
    doubted = sent(two, STRANGER), sent(desk.join(), under(content(3), WORKER))
    cases = [case.case_id for case in supervisor.cases()]
    runners = [deciding(supervisor, case_id, "different", holder="record") for case_id in cases]
    results = race(supervisor.office.store, *runners)
    assert all(isinstance(result, Outcome) for result in results)
    assert sorted(supervisor.told(*doubted)) == ["accepted/reinstated", "rejected/not_theirs"]
    supervisor.insist_sound()


@pytest.mark.parametrize("members", [WORKER, ELSEWHERE, STRANGER], ids=["plain", "nik", "person"])
@pytest.mark.parametrize("holder", ["record", "other"])
def test_a_correction_of_the_holder_arrives_meanwhile(
    supervisor: Supervisor, one: Laptop, two: Laptop, members: dict[str, Any], holder: str
) -> None:
    first, doubted = sent(one, WORKER), sent(two, STRANGER)
    decide = deciding(supervisor, supervisor.case("nik_conflict"), "different", holder=holder)
    correct = correcting(one, first, {**members, "note": "x"})
    outcome, ack = race(supervisor.office.store, decide, correct)
    assert isinstance(outcome, Outcome)
    assert supervisor.record(doubted).verdict == ("accepted" if holder == "record" else "rejected")
    (again,) = one.exchange(first)["acks"]
    assert again["verdict"] in ("accepted", "rejected", "superseded")
    assert ack["verdict"] != "retry"
    supervisor.insist_sound()


def test_a_correction_of_what_is_being_merged_follows_or_comes_first(
    supervisor: Supervisor, one: Laptop, two: Laptop
) -> None:
    first, alike = sent(one, WORKER), sent(two, ELSEWHERE)
    decide = deciding(supervisor, supervisor.case("near_match"), "same")
    race(
        supervisor.office.store,
        decide,
        correcting(two, alike, {**ELSEWHERE, "note": "x"}),
        correcting(one, first, {**WORKER, "note": "x"}),
    )
    assert supervisor.told(first, alike) == ["superseded/corrected"] * 2
    assert supervisor.holder(ELSEWHERE) is None
    supervisor.insist_sound()


def test_the_corrections_of_both_sides_of_a_merge_meet(
    supervisor: Supervisor, one: Laptop, two: Laptop
) -> None:
    first, alike = sent(one, WORKER), sent(two, ELSEWHERE)
    supervisor.decide(supervisor.case("near_match"), "same")
    race(
        supervisor.office.store,
        correcting(two, alike, {**ELSEWHERE, "note": "x"}),
        correcting(one, first, {**WORKER, "note": "x"}),
    )
    assert supervisor.told(first, alike) == ["superseded/corrected"] * 2
    supervisor.insist_sound()


def test_an_undo_and_a_later_correction_meet(
    supervisor: Supervisor, one: Laptop, two: Laptop
) -> None:
    sent(one, WORKER)
    doubted = sent(two, STRANGER)
    case_id = supervisor.case("nik_conflict")
    supervisor.decide(case_id, "different")
    undone, ack = race(
        supervisor.office.store,
        lambda: review.undo(supervisor.office, case_id, by=WHO),
        correcting(two, doubted, {**STRANGER, "note": "x"}),
    )
    assert ack["verdict"] == "in_review"
    assert isinstance(undone, Outcome) or undone == "undo_blocked"
    supervisor.insist_sound()


def test_a_nik_is_let_go_while_others_capture_it(
    supervisor: Supervisor, desk: Desk, one: Laptop, two: Laptop
) -> None:
    first = sent(one, WORKER)
    corrected(one, first, ELSEWHERE)
    acks = race(
        supervisor.office.store,
        deciding(supervisor, supervisor.case("nik_changed"), "yes"),
        capturing(two, WORKER),
        capturing(desk.join(), WORKER),
    )[1:]
    assert {ack["verdict"] for ack in acks} <= {"accepted", "duplicate"}
    assert supervisor.holder(WORKER) is not None
    supervisor.insist_sound()


def test_consent_is_withdrawn_while_others_capture(
    supervisor: Supervisor, desk: Desk, one: Laptop, two: Laptop
) -> None:
    first = sent(one, WORKER)
    race(
        supervisor.office.store,
        lambda: withdrawal.withdraw(
            supervisor.office, by=WHO, at=START, record_id=first["record_id"]
        ),
        capturing(two, WORKER),
        correcting(one, first, {**WORKER, "note": "x"}),
    )
    assert supervisor.holder(WORKER) is None
    supervisor.insist_sound()


def test_two_odd_niks_are_taken_at_once(supervisor: Supervisor, one: Laptop, two: Laptop) -> None:
    odd = {**WORKER, "nik": "7371119913990001"}
    taken = [sent(one, odd), sent(two, odd)]
    race(
        supervisor.office.store,
        *(
            lambda record_id=envelope["record_id"]: odd_nik.take_odd_nik(
                supervisor.office, record_id, by=WHO
            )
            for envelope in taken
        ),
    )
    assert sorted(supervisor.told(*taken)) == ["accepted/reinstated", "duplicate/enrolled"]
    supervisor.insist_sound()
