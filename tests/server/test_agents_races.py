"""Moves, exchanges and decisions at once: one outcome, and sound books, on both databases."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from server import administer, agents, review
from server.leaderboard import Place, leaderboard_of
from server.rules.spans import Asked
from server.store import cases, performance
from server.store.tables import ledger
from tests.builders import content
from tests.offices import Desk, Laptop
from tests.server.looks import faults
from tests.server.races import race, wait_for
from tests.server.supervisor import STRANGER, WHO, WORKER, Supervisor, sent

SINCE = date(2026, 11, 1)


@pytest.fixture
def tallo(desk: Desk) -> str:
    """Another office."""
    return administer.add_office(desk.office, "Tallo")


def moving(desk: Desk, laptop: Laptop, office_id: str, since: date = SINCE) -> Callable[[], Any]:
    agent_id = laptop.joined["agent"]["agent_id"]
    return lambda: agents.move_agent(desk.office, agent_id, office_id, since, by=WHO)


def sending(laptop: Laptop, count: int) -> Callable[[], Any]:
    captures = [laptop.envelope() for _ in range(count)]
    return lambda: laptop.exchange(*captures)["acks"]


def credited(desk: Desk) -> dict[str, int]:
    """Return how many records count for each office."""
    query = sa.select(ledger.c.office_id, sa.func.count()).group_by(ledger.c.office_id)
    with desk.office.store.read() as tx:
        return {row[0]: row[1] for row in tx.execute(query)}


def places(desk: Desk, office_id: str) -> Sequence[Place]:
    """Return November's leaderboard of an office."""
    asked = Asked(SINCE, date(2026, 11, 30), offices=frozenset({office_id}))
    return leaderboard_of(desk.office, asked).places


def test_a_move_while_an_exchange_settles(desk: Desk, one: Laptop, tallo: str) -> None:
    one.exchange(*(one.envelope() for _ in range(3)))
    acks, count = race(desk.office.store, sending(one, 4), moving(desk, one, tallo))
    assert [ack["verdict"] for ack in acks] == ["accepted"] * 4
    assert count in (3, 7)
    assert credited(desk) == {tallo: 7}
    (place,) = places(desk, tallo)
    assert place.accepted == 7
    assert faults(desk) == []


def test_two_moves_to_one_day_while_two_laptops_exchange(desk: Desk, tallo: str) -> None:
    agent = desk.agent()
    one, other = desk.join(agent), desk.join(agent)
    third = administer.add_office(desk.office, "Rappocini")
    runners = [moving(desk, one, tallo), moving(desk, one, third), sending(one, 3)]
    race(desk.office.store, *runners, sending(other, 3))
    (agent_now,) = agents.all_agents(desk.office)
    assert [move.since for move in agent_now.moves] == [SINCE]
    assert credited(desk) == {agent_now.office_id: 6}
    assert faults(desk) == []


def test_moves_of_two_agents_and_a_decision_between_them(
    desk: Desk, supervisor: Supervisor, one: Laptop, two: Laptop, tallo: str
) -> None:
    first, doubted = sent(one, WORKER), sent(two, STRANGER)
    case_id = supervisor.case("nik_conflict")
    race(
        desk.office.store,
        moving(desk, one, tallo),
        lambda: review.decide(desk.office, case_id, "different", by=WHO, holder="record"),
        moving(desk, two, tallo),
    )
    assert supervisor.told(first, doubted) == ["rejected/not_theirs", "accepted/reinstated"]
    assert credited(desk) == {tallo: 2}
    supervisor.insist_sound()


def test_an_undo_after_a_move_counts_where_the_agent_was(
    desk: Desk, supervisor: Supervisor, one: Laptop, two: Laptop, tallo: str
) -> None:
    sent(one, WORKER)
    sent(two, STRANGER)
    case_id = supervisor.case("nik_conflict")
    supervisor.decide(case_id, "different", holder="record")
    moving(desk, two, tallo)()
    supervisor.undo(case_id)
    assert [(place.accepted, place.in_review) for place in places(desk, tallo)] == [(0, 1)]


def test_a_case_that_another_agent_s_exchange_opens_meanwhile(
    desk: Desk, one: Laptop, two: Laptop, tallo: str
) -> None:
    mine, theirs = sent(one, WORKER), sent(two, content(2))
    case = {"case_id": desk.office.new_id(), "kind": "near_match", "opened_at": desk.now()}
    case |= {"record_id": theirs["record_id"], "other_id": mine["record_id"]}
    with ThreadPoolExecutor(1) as pool:
        with desk.office.store.write() as tx:
            cases.open_cases(tx, [case])
            move = pool.submit(moving(desk, one, tallo))
            wait_for(desk.office.store, move)
        assert move.result() == 1
    assert faults(desk) == []


def test_a_move_while_the_days_are_made_again(desk: Desk, one: Laptop, tallo: str) -> None:
    one.exchange(*(one.envelope() for _ in range(3)))

    def rebuild() -> None:
        with desk.office.store.write() as tx:
            performance.rebuild(tx)

    race(desk.office.store, rebuild, moving(desk, one, tallo), rebuild, sending(one, 2))
    assert credited(desk) == {tallo: 5}
    assert faults(desk) == []
