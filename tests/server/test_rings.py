"""Who wants the same rows in opposite order waits in no ring: both are done, none is told `busy`.

Each test holds the rows until both sides wait for them, so that on PostgreSQL each would have
one and want the other's.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from server import administer, agents, odd_nik, review
from server.minutes import Outcome
from server.store.case_tables import cases
from server.store.tables import ledger
from tests.builders import content
from tests.offices import Desk, Laptop
from tests.server.races import race
from tests.server.supervisor import ELSEWHERE, WHO, WORKER, Supervisor, corrected, sent

SINCE = date(2026, 11, 1)
SECOND = content(9)
SECOND_ELSEWHERE = {**SECOND, "nik": SECOND["nik"][:-1] + "7"}


@pytest.fixture
def tallo(desk: Desk) -> str:
    """Another office."""
    return administer.add_office(desk.office, "Tallo")


def holding(column: sa.Column[Any], ids: Iterable[str]) -> Callable[[sa.Connection], Any]:
    """Return what locks the rows that have one of these ids."""
    return lambda tx: tx.execute(sa.select(column).where(column.in_(ids)).with_for_update()).all()


def moving(desk: Desk, laptop: Laptop, office_id: str) -> Callable[[], int]:
    agent_id = laptop.joined["agent"]["agent_id"]
    return lambda: agents.move_agent(desk.office, agent_id, office_id, SINCE, by=WHO)


def correcting(laptop: Laptop, *firsts: Mapping[str, Any]) -> Callable[[], list[str]]:
    """Return what corrects a note of each record, in this order, in one exchange."""
    captures = [
        laptop.envelope({**first["content"], "note": "x"}, corrects=first["record_id"])
        for first in firsts
    ]
    return lambda: [ack["verdict"] for ack in laptop.exchange(*captures)["acks"]]


def test_a_move_and_an_exchange_that_renames_the_agent_s_duplicates(
    desk: Desk, supervisor: Supervisor, one: Laptop, two: Laptop, tallo: str
) -> None:
    held = [sent(two, members) for members in (WORKER, SECOND)]
    doubles = [sent(one, members) for members in (WORKER, SECOND)]
    # What was written last lies last: whoever goes by that has the second before the first.
    held[0] = corrected(two, held[0], WORKER)
    assert supervisor.told(*doubles) == ["duplicate/enrolled"] * 2
    verdicts, count = race(
        desk.office.store,
        correcting(two, *held),
        moving(desk, one, tallo),
        hold=holding(ledger.c.record_id, [doubles[0]["record_id"]]),
        in_order=True,
    )
    assert (count, verdicts) == (2, ["accepted"] * 2)
    supervisor.insist_sound()


def test_two_exchanges_that_move_the_same_cases(
    desk: Desk, supervisor: Supervisor, one: Laptop, two: Laptop
) -> None:
    mine = [sent(one, members) for members in (WORKER, SECOND)]
    theirs = [sent(two, members) for members in (ELSEWHERE, SECOND_ELSEWHERE)]
    opened = [case.case_id for case in supervisor.cases("near_match")]
    assert len(opened) == 2
    results = race(
        desk.office.store,
        correcting(one, *mine),
        correcting(two, *reversed(theirs)),
        hold=holding(cases.c.case_id, opened[:1]),
        in_order=True,
    )
    assert results == [["accepted"] * 2] * 2
    for case in supervisor.cases():
        supervisor.decide(case.case_id, "different")


def test_an_undo_that_voids_a_case_and_a_move_of_the_case_s_other_agent(
    desk: Desk, supervisor: Supervisor, one: Laptop, two: Laptop, tallo: str
) -> None:
    sent(two, ELSEWHERE)
    odd = sent(one, {**WORKER, "nik": "7371119913990001"})
    taken = odd_nik.take_odd_nik(desk.office, odd["record_id"], by=WHO)
    assert taken.case_id is not None
    case_id = taken.case_id
    (opened,) = supervisor.cases("near_match")
    undone, count = race(
        desk.office.store,
        lambda: review.undo(desk.office, case_id, by=WHO),
        moving(desk, two, tallo),
        hold=holding(cases.c.case_id, [opened.case_id]),
    )
    assert isinstance(undone, Outcome)
    assert count == 1
    assert supervisor.cases() == []
    supervisor.insist_sound()


def test_an_exchange_that_moves_cases_and_a_move_of_their_other_agent(
    desk: Desk, supervisor: Supervisor, one: Laptop, two: Laptop, tallo: str
) -> None:
    mine = [sent(one, members) for members in (WORKER, SECOND)]
    for members in (ELSEWHERE, SECOND_ELSEWHERE):
        sent(two, members)
    opened = [case.case_id for case in supervisor.cases("near_match")]
    verdicts, count = race(
        desk.office.store,
        correcting(one, *reversed(mine)),
        moving(desk, two, tallo),
        hold=holding(cases.c.case_id, opened),
    )
    assert (verdicts, count) == (["accepted"] * 2, 2)
    supervisor.insist_sound()
