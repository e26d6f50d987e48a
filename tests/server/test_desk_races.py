"""What people do at the desk, at once with each other and with laptops: one outcome each time.

After each the doctor is content (the trail among what it proves), both agents' laptops believe
what the office says, and what is counted is what was sent.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from server import administer, agents, odd_nik, review, revoking
from server.minutes import Outcome
from server.rules.review import Side
from server.rules.roles import Role
from server.store import audit, cases
from tests.builders import content
from tests.offices import START, Desk
from tests.server.races import race, wait_for
from tests.server.supervisor import ELSEWHERE, STRANGER, WHO, WORKER
from tests.server.test_review_properties import Town
from tests.server.web.cases import form_of
from tests.server.web.visitor import user

SINCE = date(2026, 11, 1)
Runner = Callable[[], Any]


@pytest.fixture
def town(desk: Desk) -> Town:
    """Two agents who hear of everything."""
    return Town(desk)


def sent(town: Town, agent: int, members: dict[str, Any]) -> dict[str, Any]:
    """Let an agent send a capture, and return it."""
    envelope = town.laptops[agent].envelope(members)
    town.send(agent, envelope)
    return envelope


def correcting(town: Town, agent: int, first: dict[str, Any]) -> Runner:
    """Return what sends a correction of a note."""
    members = {**first["content"], "note": "x"}
    capture = town.laptops[agent].envelope(members, corrects=first["record_id"])
    return lambda: town.send(agent, capture)


def deciding(town: Town, case_id: str, choice: str, holder: str = "other") -> Runner:
    return lambda: review.decide(town.supervisor.office, case_id, choice, by=WHO, holder=holder)


def undoing(town: Town, case_id: str) -> Runner:
    return lambda: review.undo(town.supervisor.office, case_id, by=WHO)


def asking(town: Town, case_id: str, side: str = Side.RECORD) -> Runner:
    office = town.supervisor.office
    return lambda: review.ask(office, case_id, "Cek KTP", "Check the card", by=WHO, side=side)


def moving(desk: Desk, town: Town, agent: int, office_id: str) -> Runner:
    agent_id = town.laptops[agent].joined["agent"]["agent_id"]
    return lambda: agents.move_agent(desk.office, agent_id, office_id, SINCE, by=WHO)


def deeds(desk: Desk) -> list[str]:
    """Return what the trail tells, in order."""
    with desk.office.store.read() as tx:
        return [line.action for line in audit.lines(tx)]


def done_by(desk: Desk) -> list[tuple[str, ...]]:
    """Return what the trail tells but for the office: a deed has a line for each of its own."""
    with desk.office.store.read() as tx:
        return [(line.action, line.about, line.about_id, line.detail) for line in audit.lines(tx)]


@pytest.mark.parametrize("second", ["same-record", "different-record", "same-other"])
def test_two_supervisors_decide_one_case_by_its_page(desk: Desk, town: Town, second: str) -> None:
    sent(town, 0, WORKER)
    sent(town, 1, STRANGER)
    address = f"/cases/{town.supervisor.case('nik_conflict')}"
    runners = []
    for name, choice in (("Ibu Rahma", "same-record"), ("Pak Anwar", second)):
        who = user(desk, Role.SUPERVISOR, name=name)
        form = {**form_of(who.see(address), "decide"), "choice": choice, "csrf_token": who.token()}
        runners.append(
            lambda who=who, form=form: who.client.post(f"{address}/decide", data=form).status_code
        )
    assert sorted(race(desk.office.store, *runners)) == [303, 409]
    assert deeds(desk).count("decided") == 1
    town.insist()


@pytest.mark.parametrize("agent", [0, 1])
@pytest.mark.parametrize("choice", ["same-other", "same-record", "different-record"])
def test_a_correction_arrives_while_a_page_decides(
    desk: Desk, town: Town, agent: int, choice: str
) -> None:
    both = sent(town, 0, WORKER), sent(town, 1, ELSEWHERE)
    address = f"/cases/{town.supervisor.case('near_match')}"
    who = user(desk, Role.SUPERVISOR)
    form = {**form_of(who.see(address), "decide"), "choice": choice, "csrf_token": who.token()}
    status, _ = race(
        desk.office.store,
        lambda: who.client.post(f"{address}/decide", data=form).status_code,
        correcting(town, agent, both[agent]),
    )
    # Whoever comes second sees the other: the correction follows, or the page is shown anew.
    assert status in (303, 409)
    assert len(town.supervisor.cases()) == (0 if status == 303 else 1)
    town.insist()


def test_a_side_that_is_corrected_while_the_case_is_opened(desk: Desk, town: Town) -> None:
    first, other = sent(town, 0, WORKER), sent(town, 1, content(12))
    case = {"case_id": desk.office.new_id(), "kind": "near_match", "opened_at": desk.now()}
    case |= {"record_id": other["record_id"], "other_id": first["record_id"]}
    with ThreadPoolExecutor(1) as pool:
        with desk.office.store.write() as tx:
            cases.open_cases(tx, [case])
            correction = pool.submit(correcting(town, 0, first))
            wait_for(desk.office.store, correction)
        correction.result()
    end = town.sent[0][-1]["record_id"]
    who = user(desk, Role.SUPERVISOR)
    address = f"/cases/{case['case_id']}"
    form = form_of(who.see(address), "decide")
    assert (form["seen_record"], form["seen_other"]) == (other["record_id"], end)
    asking(town, case["case_id"], Side.OTHER)()
    told = [c for c in town.laptops[0].exchange()["changes"] if c["kind"] == "notice"]
    assert [notice["record_id"] for notice in told] == [end]
    form |= {"choice": "same-other", "csrf_token": who.token()}
    assert who.client.post(f"{address}/decide", data=form).status_code == 303
    assert town.supervisor.record(other).duplicate_of == end
    town.insist()
    undoing(town, case["case_id"])()
    assert town.supervisor.cases()[0].other_id == end
    town.insist()


def test_an_undo_after_a_later_correction(town: Town) -> None:
    sent(town, 0, WORKER)
    merged = sent(town, 1, ELSEWHERE)
    case_id = town.supervisor.case("near_match")
    town.supervisor.decide(case_id, "same")
    results = race(
        town.supervisor.office.store, undoing(town, case_id), correcting(town, 1, merged)
    )
    assert isinstance(results[0], Outcome) or results[0] == "undo_blocked"
    town.insist()


def test_an_undo_and_a_decision_that_rests_on_it(desk: Desk, town: Town) -> None:
    sent(town, 0, WORKER)
    doubted = sent(town, 1, STRANGER)
    first = town.supervisor.case("nik_conflict")
    town.supervisor.decide(first, "different", holder="record")
    sent(town, 0, {**STRANGER, "full_name": "Orang Lain Sekali", "birth_date": "1971-02-03"})
    (second,) = (case.case_id for case in town.supervisor.cases())
    undone, decided = race(
        desk.office.store, undoing(town, first), deciding(town, second, "different", "record")
    )
    assert isinstance(undone, Outcome) or undone == "undo_blocked"
    assert isinstance(decided, Outcome)
    assert town.supervisor.record(doubted).verdict in ("in_review", "rejected")
    town.insist()


@pytest.mark.parametrize("times", [2, 4])
def test_of_several_undos_one_is_done(town: Town, times: int) -> None:
    sent(town, 0, WORKER)
    sent(town, 1, STRANGER)
    case_id = town.supervisor.case("nik_conflict")
    before = town.supervisor.snapshot()
    town.supervisor.decide(case_id, "same")
    results = race(town.supervisor.office.store, *[undoing(town, case_id)] * times)
    assert [one for one in results if not isinstance(one, Outcome)] == ["case_open"] * (times - 1)
    assert town.supervisor.snapshot() == before
    town.insist()


def test_a_question_and_a_decision(town: Town) -> None:
    sent(town, 0, WORKER)
    sent(town, 1, STRANGER)
    case_id = town.supervisor.case("nik_conflict")
    asked, decided = race(
        town.supervisor.office.store, asking(town, case_id), deciding(town, case_id, "different")
    )
    assert isinstance(decided, Outcome)
    assert isinstance(asked, Outcome) or asked == "case_decided"
    answer = town.laptops[1].exchange()
    town.listen(1, answer)
    notices = [change for change in answer["changes"] if change["kind"] == "notice"]
    assert len(notices) == isinstance(asked, Outcome)
    town.insist()


def test_a_laptop_is_revoked_while_it_exchanges(desk: Desk, town: Town) -> None:
    laptop = town.laptops[0]
    captures = [laptop.envelope() for _ in range(3)]
    answer, _ = race(
        desk.office.store,
        lambda: laptop.post("/api/v1/exchange", json=laptop.request(captures)),
        lambda: revoking.revoke(
            desk.office, laptop.device_id, by=WHO, lost_at=START, reason="hilang"
        ),
    )
    assert answer.status_code == 200  # its token still held when it began
    assert laptop.post("/api/v1/exchange", json=laptop.request()).status_code == 403
    again = desk.join("A1")
    assert [ack["verdict"] for ack in again.exchange(*captures)["acks"]] == ["accepted"] * 3
    assert town.supervisor.counted(laptop)["accepted"] == 3
    town.supervisor.insist_sound()


def test_everything_at_once_is_one_trail(desk: Desk, town: Town) -> None:
    tallo = administer.add_office(desk.office, "Tallo")
    first, doubted = sent(town, 0, WORKER), sent(town, 1, STRANGER)
    sent(town, 1, ELSEWHERE)
    odd = sent(town, 0, {**content(3), "nik": "7371119913990001"})
    conflict, alike = (town.supervisor.case(kind) for kind in ("nik_conflict", "near_match"))
    agent_id = town.laptops[1].joined["agent"]["agent_id"]
    town.supervisor.decide(alike, "same")
    before = len(set(done_by(desk)))
    results = race(
        desk.office.store,
        deciding(town, conflict, "different", "record"),
        undoing(town, alike),
        correcting(town, 0, first),
        correcting(town, 1, doubted),
        moving(desk, town, 0, tallo),
        moving(desk, town, 1, tallo),
        asking(town, conflict),
        lambda: odd_nik.take_odd_nik(desk.office, odd["record_id"], by=WHO),
        lambda: agents.change_agent(desk.office, agent_id, "Daeng Sutte", by=WHO),
    )
    refusals = [one for one in results if isinstance(one, str)]
    assert set(refusals) <= {"undo_blocked", "case_decided", "decision_unfit"}
    done = len(results) - 2 - len(refusals)
    assert len(set(done_by(desk))) - before == done
    town.insist()
