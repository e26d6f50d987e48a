"""Each decision can be undone, exactly, unless what came later rests on it; on both databases."""

import pytest
import sqlalchemy as sa

from server.store import decisions
from server.store.case_tables import decisions as history
from tests.builders import content
from tests.offices import Desk, Laptop
from tests.server.supervisor import (
    ELSEWHERE,
    STRANGER,
    WORKER,
    Supervisor,
    corrected,
    earlier_capture,
    heard,
    refused,
    sent,
    under,
)

RIVAL = under(content(3), WORKER)


@pytest.fixture
def crowd(desk: Desk, one: Laptop, two: Laptop) -> None:
    """One holder with a duplicate, two doubts of its NIK, a look-alike, two changes, a dispute."""
    first = sent(one, WORKER)
    earlier_capture(two, WORKER)
    sent(two, STRANGER)
    sent(desk.join(), RIVAL)
    sent(two, ELSEWHERE)
    corrected(one, first, content(4))
    corrected(one, first, STRANGER)


@pytest.mark.parametrize(
    ("kind", "choice", "holder"),
    [
        ("nik_conflict", "same", "other"),
        ("nik_conflict", "same", "record"),
        ("nik_conflict", "different", "other"),
        ("nik_conflict", "different", "record"),
        ("near_match", "same", "other"),
        ("near_match", "same", "record"),
        ("near_match", "different", "other"),
        ("nik_changed", "yes", "other"),
        ("nik_changed", "no", "other"),
        ("person_changed", "yes", "other"),
        ("person_changed", "no", "other"),
        ("credit_dispute", "stays", "other"),
        ("credit_dispute", "moves", "other"),
    ],
)
def test_everything_stands_as_before(
    supervisor: Supervisor, crowd: None, kind: str, choice: str, holder: str
) -> None:
    before = supervisor.snapshot()
    case_id = supervisor.cases(kind)[0].case_id
    decided = supervisor.decide(case_id, choice, holder=holder)
    after = supervisor.snapshot()
    assert after != before
    undone = supervisor.undo(case_id)
    assert supervisor.snapshot() == before
    assert [(m.record_id, m.before, m.after) for m in undone.moved] == [
        (m.record_id, m.after, m.before) for m in decided.moved
    ]
    again = supervisor.decide(case_id, choice, holder=holder)
    assert supervisor.snapshot()[:3] == after[:3]
    assert again.number > undone.number > decided.number


def test_decisions_are_undone_one_after_the_other(supervisor: Supervisor, crowd: None) -> None:
    before = supervisor.snapshot()
    choices = {"nik_conflict": "same", "near_match": "same", "credit_dispute": "moves"}
    decided = []
    for case in supervisor.cases():
        supervisor.decide(case.case_id, choices.get(case.kind, "yes"))
        decided.append(case.case_id)
    for case_id in reversed(decided):
        supervisor.undo(case_id)
    assert supervisor.snapshot() == before


def test_the_agents_hear_of_it(supervisor: Supervisor, one: Laptop, two: Laptop) -> None:
    sent(one, WORKER)
    sent(two, STRANGER)
    case_id = supervisor.case("nik_conflict")
    supervisor.decide(case_id, "different", holder="record")
    assert heard(one) == [("rejected", "not_theirs")]
    supervisor.undo(case_id)
    assert (heard(one), heard(two)) == ([("accepted", "new")], [("in_review", "nik_conflict")])


def test_it_is_blocked_where_another_took_the_nik(
    supervisor: Supervisor, desk: Desk, one: Laptop, two: Laptop
) -> None:
    sent(one, WORKER)
    sent(two, ELSEWHERE)
    case_id = supervisor.case("near_match")
    supervisor.decide(case_id, "same")
    sent(desk.join(), under(content(5), ELSEWHERE))
    before = supervisor.snapshot()
    with refused("undo_blocked"):
        supervisor.undo(case_id)
    assert supervisor.snapshot() == before


def test_it_is_blocked_where_a_record_was_corrected(
    supervisor: Supervisor, one: Laptop, two: Laptop
) -> None:
    sent(one, WORKER)
    doubted = sent(two, STRANGER)
    case_id = supervisor.case("nik_conflict")
    supervisor.decide(case_id, "different")
    corrected(two, doubted, content(2))
    with refused("undo_blocked"):
        supervisor.undo(case_id)


def test_it_is_blocked_where_a_later_decision_rests_on_it(
    supervisor: Supervisor, desk: Desk, one: Laptop, two: Laptop
) -> None:
    sent(one, WORKER)
    sent(two, STRANGER)
    third = sent(desk.join(), RIVAL)
    first, second = (case.case_id for case in supervisor.cases("nik_conflict"))
    supervisor.decide(first, "different", holder="record")
    supervisor.decide(second, "same")
    with refused("undo_blocked"):
        supervisor.undo(first)
    supervisor.undo(second)
    supervisor.undo(first)
    assert supervisor.told(third) == ["in_review/nik_conflict"]


def test_the_keeper_s_correction_does_not_block_it(
    supervisor: Supervisor, one: Laptop, two: Laptop
) -> None:
    first, alike = sent(one, WORKER), sent(two, ELSEWHERE)
    case_id = supervisor.case("near_match")
    supervisor.decide(case_id, "same")
    kept = corrected(one, first, {**WORKER, "note": "x"})
    supervisor.undo(case_id)
    assert supervisor.told(kept, alike) == ["accepted/corrected", "accepted/new"]
    (case,) = supervisor.cases()
    assert (case.record_id, case.other_id) == (alike["record_id"], kept["record_id"])


def test_what_was_judged_by_the_decision_is_judged_again(
    supervisor: Supervisor, desk: Desk, one: Laptop, two: Laptop
) -> None:
    first = sent(one, WORKER)
    sent(two, STRANGER)
    case_id = supervisor.case("nik_conflict")
    supervisor.decide(case_id, "different", holder="record")
    later = sent(desk.join(), STRANGER)
    assert supervisor.told(later) == ["duplicate/enrolled"]
    supervisor.undo(case_id)
    assert supervisor.told(first, later) == ["accepted/new", "in_review/nik_conflict"]
    assert [case.other_id for case in supervisor.cases()] == [first["record_id"]] * 2


def test_a_flag_that_came_since_stays(supervisor: Supervisor, one: Laptop, two: Laptop) -> None:
    sent(one, WORKER)
    alike = sent(two, ELSEWHERE)
    case_id = supervisor.case("near_match")
    supervisor.decide(case_id, "different")
    fixed = corrected(two, alike, {**ELSEWHERE, "contribution": 1})
    supervisor.undo(case_id)
    assert supervisor.record(fixed).flags == ("near_match", "contribution_differs")
    (case,) = supervisor.cases("near_match")
    assert case.record_id == fixed["record_id"]


def test_the_history_only_grows(supervisor: Supervisor, one: Laptop, two: Laptop) -> None:
    sent(one, WORKER)
    doubted = sent(two, STRANGER)
    case_id = supervisor.case("nik_conflict")
    supervisor.decide(case_id, "same")
    supervisor.undo(case_id)
    with supervisor.office.store.read() as tx:
        decided, undone = decisions.of_case(tx, case_id)
        count = tx.execute(sa.select(sa.func.count()).select_from(history)).scalar_one()
    assert (decided.action, decided.side, decided.by) == ("same", "other", "pengawas-1")
    assert (undone.action, undone.side, undone.at) == ("undo", None, supervisor.office.now())
    assert decided.before["records"] == undone.after["records"]
    assert decided.after["records"][doubted["record_id"]]["verdict"] == "duplicate"
    assert count == 2
