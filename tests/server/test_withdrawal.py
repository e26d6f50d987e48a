"""A worker withdraws consent, on both databases (DOMAIN.md section 8)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from server import withdrawal
from server.minutes import Outcome
from server.store.case_tables import cases
from server.store.desk_tables import audit
from tests.builders import content
from tests.offices import START, Desk, Laptop
from tests.server.supervisor import (
    ELSEWHERE,
    STRANGER,
    WHO,
    WORKER,
    Supervisor,
    corrected,
    refused,
    sent,
)

LATER = {**WORKER, "consent_at": "2026-11-25T09:00:00+08:00"}


def withdraw(supervisor: Supervisor, at: datetime = START, **named: Any) -> Outcome:
    """Withdraw consent, and insist that the books are sound afterwards."""
    outcome = withdrawal.withdraw(supervisor.office, by=WHO, at=at, **named)
    supervisor.insist_sound()
    return outcome


def heard(laptop: Laptop) -> list[tuple[str, str]]:
    """Exchange nothing, and return what changed: kind and verdict/reason, or the record."""
    return [
        (c["kind"], f"{c['verdict']}/{c['reason']}" if "verdict" in c else c["record_id"])
        for c in laptop.exchange()["changes"]
    ]


def test_every_record_of_the_nik_is_withdrawn_and_forgotten(
    supervisor: Supervisor, one: Laptop, two: Laptop
) -> None:
    first = sent(one, WORKER)
    fixed = corrected(one, first, {**WORKER, "note": "x"})
    same = sent(two, WORKER)
    one.exchange()
    outcome = withdraw(supervisor, record_id=same["record_id"])
    assert supervisor.told(first, fixed, same) == [
        "superseded/corrected",
        "rejected/withdrawn",
        "rejected/withdrawn",
    ]
    assert {moved.record_id for moved in outcome.moved} == {fixed["record_id"], same["record_id"]}
    assert supervisor.holder(WORKER) is None
    assert sorted(heard(one)) == [
        ("forget", first["record_id"]),
        ("forget", fixed["record_id"]),
        ("standing", "rejected/withdrawn"),
    ]
    assert heard(two) == [("standing", "rejected/withdrawn"), ("forget", same["record_id"])]


def test_it_names_a_nik_by_its_hash_and_holds_for_what_comes_late(
    supervisor: Supervisor, one: Laptop
) -> None:
    nik_hash = supervisor.office.keys.nik_hash(WORKER["nik"])
    assert withdraw(supervisor, nik_hash=nik_hash).moved == ()
    late = sent(one, WORKER)
    assert supervisor.told(late) == ["rejected/withdrawn"]


def test_again_is_harmless_and_the_later_moment_stands(
    supervisor: Supervisor, desk: Desk, one: Laptop, two: Laptop
) -> None:
    first = sent(one, WORKER)
    withdraw(supervisor, START + timedelta(days=9), record_id=first["record_id"])
    assert withdraw(supervisor, START, record_id=first["record_id"]).moved == ()
    desk.now.forward(days=10)
    consented_between = sent(two, LATER, captured_at="2026-11-25T09:30:00+08:00")
    assert supervisor.told(consented_between) == ["rejected/withdrawn"]


def test_a_later_consent_stands_and_takes_the_nik(
    supervisor: Supervisor, desk: Desk, one: Laptop, two: Laptop
) -> None:
    first = sent(one, WORKER)
    desk.now.forward(days=10)
    later = sent(two, LATER, captured_at="2026-11-25T09:30:00+08:00")
    assert supervisor.told(later) == ["duplicate/enrolled"]
    withdraw(supervisor, START + timedelta(days=1), record_id=first["record_id"])
    assert supervisor.told(first, later) == ["rejected/withdrawn", "accepted/reinstated"]


def test_nothing_is_left_to_decide(
    supervisor: Supervisor, one: Laptop, two: Laptop, desk: Desk
) -> None:
    first = sent(one, WORKER)
    doubted = sent(two, STRANGER)
    waiting = corrected(one, first, content(4))
    alike = sent(desk.join(), ELSEWHERE)
    assert len(supervisor.cases()) == 3
    withdraw(supervisor, record_id=first["record_id"])
    assert supervisor.told(doubted, waiting, alike) == [
        "rejected/withdrawn",
        "rejected/withdrawn",
        "accepted/new",
    ]
    assert supervisor.cases() == []
    with supervisor.office.store.read() as tx:
        closed = set(tx.execute(sa.select(cases.c.decision, cases.c.decided_by)).all())
    assert closed == {("void", WHO)}


def test_what_was_merged_into_it_goes_too_and_no_decision_can_be_undone(
    supervisor: Supervisor, one: Laptop, two: Laptop
) -> None:
    first, alike = sent(one, WORKER), sent(two, ELSEWHERE)
    case_id = supervisor.case("near_match")
    supervisor.decide(case_id, "same")
    withdraw(supervisor, record_id=first["record_id"])
    assert supervisor.told(first, alike) == ["rejected/withdrawn"] * 2
    with refused("undo_blocked"):
        supervisor.undo(case_id)


def test_a_correction_of_it_is_withdrawn_too(supervisor: Supervisor, one: Laptop) -> None:
    first = sent(one, WORKER)
    withdraw(supervisor, record_id=first["record_id"])
    assert supervisor.told(corrected(one, first, content(5))) == ["rejected/withdrawn"]


def test_a_record_without_a_nik_is_withdrawn_alone(supervisor: Supervisor, one: Laptop) -> None:
    odd, other = sent(one, {**WORKER, "nik": "7371"}), sent(one, WORKER)
    withdraw(supervisor, record_id=odd["record_id"])
    assert supervisor.told(odd, other) == ["rejected/withdrawn", "accepted/new"]


@pytest.mark.parametrize("named", [{}, {"record_id": "nothing"}])
def test_no_such_record(supervisor: Supervisor, named: dict[str, Any]) -> None:
    with refused("record_unknown"):
        withdraw(supervisor, **named)


def test_it_stands_in_the_trail(supervisor: Supervisor, one: Laptop) -> None:
    first = sent(one, WORKER)
    withdraw(supervisor, record_id=first["record_id"])
    with supervisor.office.store.read() as tx:
        (line,) = tx.execute(sa.select(audit).where(audit.c.about == "record")).all()
    assert (line.action, line.about, line.about_id) == ("withdrew", "record", first["record_id"])
    assert (line.by, line.office_id) == (WHO, supervisor.record(first).office_id)
