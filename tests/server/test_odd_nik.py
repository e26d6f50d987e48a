"""A record that was refused for its odd NIK alone may be taken as it is, on both databases."""

from typing import Any

import pytest
import sqlalchemy as sa

from server import odd_nik
from server.minutes import Outcome
from server.store import performance
from server.store.tables import ledger
from tests.builders import content, person
from tests.offices import Desk, Laptop
from tests.server.supervisor import WHO, WORKER, Supervisor, corrected, heard, refused, sent

PREFIX = "7371119913"
ODD = {**WORKER, "nik": PREFIX + "990001"}
"""A NIK that names no day of the calendar."""


def take(supervisor: Supervisor, envelope: dict[str, Any]) -> Outcome:
    """Take an envelope's record, and insist that the books are sound afterwards."""
    outcome = odd_nik.take_odd_nik(supervisor.office, envelope["record_id"], by=WHO)
    supervisor.insist_sound()
    return outcome


def test_it_holds_its_nik_and_counts_in_full(supervisor: Supervisor, one: Laptop) -> None:
    odd = sent(one, ODD)
    assert supervisor.told(odd) == ["rejected/invalid"]
    outcome = take(supervisor, odd)
    assert [(m.before, m.after) for m in outcome.moved] == [
        (("rejected", "invalid"), ("accepted", "reinstated"))
    ]
    assert supervisor.holder(ODD) == odd["record_id"]
    assert supervisor.record(odd).errors == ()
    assert supervisor.counted(one)["contribution"] == odd["content"]["contribution"]
    assert heard(one) == [("accepted", "reinstated")]
    assert supervisor.cases() == []


def test_an_unknown_province_may_be_taken_too(supervisor: Supervisor, one: Laptop) -> None:
    odd = sent(one, {**WORKER, "nik": "99" + WORKER["nik"][2:]})
    take(supervisor, odd)
    assert supervisor.told(odd) == ["accepted/reinstated"]


def test_what_the_worker_was_told_is_checked_after_all(supervisor: Supervisor, one: Laptop) -> None:
    odd = sent(one, {**ODD, "contribution": 1})
    take(supervisor, odd)
    record = supervisor.record(odd)
    assert (record.flags, record.due) == (("contribution_differs",), WORKER["contribution"])


def test_it_counts_where_the_worker_lives_although_that_was_not_known(
    supervisor: Supervisor, one: Laptop
) -> None:
    odd = sent(one, ODD)
    with supervisor.office.store.write() as tx:  # as the ledger was before it told the kelurahan
        tx.execute(sa.update(ledger).values(kelurahan=""))
        performance.rebuild(tx)
    outcome = take(supervisor, odd)
    assert supervisor.record(odd).kelurahan == ODD["kelurahan"]
    supervisor.undo(outcome.case_id or "")
    assert supervisor.told(odd) == ["rejected/invalid"]


def test_it_meets_a_holder_as_any_record_does(
    supervisor: Supervisor, desk: Desk, one: Laptop, two: Laptop
) -> None:
    first, same = sent(one, ODD), sent(two, ODD)
    stranger = sent(desk.join(), {**content(2), "nik": ODD["nik"]})
    for envelope in (first, same, stranger):
        take(supervisor, envelope)
    assert supervisor.told(first, same, stranger) == [
        "accepted/reinstated",
        "duplicate/enrolled",
        "in_review/nik_conflict",
    ]


def test_a_look_alike_is_found_before_and_after(
    supervisor: Supervisor, desk: Desk, one: Laptop, two: Laptop
) -> None:
    sent(one, WORKER)
    odd = sent(two, ODD)
    take(supervisor, odd)
    assert supervisor.record(odd).flags == ("near_match",)
    (case,) = supervisor.cases()
    supervisor.decide(case.case_id, "same", holder="record")
    later = sent(desk.join(), {**WORKER, "nik": person(1)["nik"][:-1] + "8"})
    assert supervisor.record(later).flags == ("near_match",)


def test_it_takes_the_place_of_what_it_corrects(supervisor: Supervisor, one: Laptop) -> None:
    first = sent(one, WORKER)
    odd = corrected(one, first, ODD)
    assert supervisor.told(first, odd) == ["accepted/new", "rejected/invalid"]
    take(supervisor, odd)
    assert supervisor.told(first, odd) == ["superseded/corrected", "accepted/reinstated"]
    fixed = corrected(one, first, WORKER)
    assert supervisor.told(fixed) == ["in_review/nik_changed"]


def test_it_is_undone_as_it_was(supervisor: Supervisor, one: Laptop) -> None:
    first = sent(one, WORKER)
    odd = corrected(one, first, {**ODD, "contribution": 1})
    before = supervisor.snapshot()
    outcome = take(supervisor, odd)
    assert outcome.case_id is not None
    supervisor.undo(outcome.case_id)
    assert supervisor.snapshot() == before
    with refused("case_open"):
        supervisor.undo(outcome.case_id)
    take(supervisor, odd)
    assert supervisor.told(odd) == ["accepted/reinstated"]


@pytest.mark.parametrize(
    "members",
    [
        WORKER,
        {**WORKER, "nik": WORKER["nik"][:-4] + "0000"},
        {**ODD, "sex": "X"},
        {**ODD, "monthly_income": 5},
    ],
    ids=["sound", "another fault of the NIK", "another fault", "not eligible"],
)
def test_nothing_else_is_overlooked(
    supervisor: Supervisor, one: Laptop, members: dict[str, Any]
) -> None:
    other = sent(one, members)
    before = supervisor.snapshot()
    with refused("decision_unfit"):
        take(supervisor, other)
    assert supervisor.snapshot() == before


def test_no_such_record(supervisor: Supervisor) -> None:
    with refused("record_unknown"):
        odd_nik.take_odd_nik(supervisor.office, "nothing", by=WHO)
