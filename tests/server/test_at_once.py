"""Many laptops at once: the database's keys decide, and nobody is told two things."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from server import exchange, reconcile
from server.books import Ahead
from server.rules.clock import exchange_clock
from server.store import devices, feed, known_niks
from server.store.tables import ledger
from sync.receiver import answer_exchange
from tests.builders import content
from tests.offices import Desk, Laptop
from tests.server.looks import days, faults, recorded
from tests.server.races import wait_for


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Run calls at once, and return what each returned."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return [done.result() for done in [pool.submit(call) for call in calls]]


def sending(laptop: Laptop, envelopes: Sequence[Any]) -> Callable[[], Any]:
    """Return a call that exchanges these, and gives the acks by record."""

    def call() -> dict[str, Any]:
        acks = laptop.exchange(*envelopes)["acks"]
        return {ack["record_id"]: ack for ack in acks}

    return call


def test_workers_whom_four_agents_met_are_enrolled_once(desk: Desk) -> None:
    workers = [content() for _ in range(12)]
    laptops = [desk.join() for _ in range(4)]
    with desk.office.store.write() as tx:
        known_niks.replace_base(tx, None, 0, b"", desk.now())
    batches = []
    for place, laptop in enumerate(laptops):
        turned = workers[place * 3 :] + workers[: place * 3]
        captures = [laptop.envelope(worker) for worker in turned]
        batches += [sending(laptop, captures[:6]), sending(laptop, captures[6:])]
    told = Counter(ack["verdict"] for acks in together(*batches) for ack in acks.values())
    assert told == Counter(accepted=12, duplicate=36)
    assert days(desk, "accepted") == {"2026-11-20": 12}
    with desk.office.store.read() as tx:
        assert known_niks.version(tx) == "1.12"
    assert faults(desk) == []


def test_one_batch_over_two_laptops_of_an_agent_is_recorded_once(desk: Desk) -> None:
    agent = desk.agent()
    one, other = desk.join(agent), desk.join(agent)
    captures = [one.envelope() for _ in range(8)]
    calls = [sending(one, captures), sending(other, captures[::-1]), sending(one, captures[2:])]
    first, second, third = together(*calls)
    assert first == second
    assert third.items() <= first.items()
    assert recorded(desk) == 8
    assert len({ack["seq"] for ack in first.values()}) == 8
    assert faults(desk) == []


def test_one_record_id_of_two_agents_stands_for_the_first(desk: Desk) -> None:
    one, other = desk.join(), desk.join()
    captures = [one.envelope() for _ in range(150)]
    theirs = [other.envelope(record_id=capture["record_id"]) for capture in captures]
    mine, reused = together(sending(one, captures), sending(other, theirs[::-1]))
    for capture in captures:
        told = {acks[capture["record_id"]]["reason"] for acks in (mine, reused)}
        assert told == {"new", "id_reused"}
    assert recorded(desk) == 150
    assert faults(desk) == []


def test_serial_numbers_and_the_feed_are_given_once(desk: Desk) -> None:
    agent = desk.agent()
    one, other = desk.join(agent), desk.join(agent)
    first = [one.envelope() for _ in range(6)]
    one.exchange(*first)
    fixes = [one.envelope(old["content"], corrects=old["record_id"]) for old in first]
    together(sending(one, fixes[:3]), sending(other, fixes[3:]), sending(other, fixes[1:4]))
    changes = one.exchange(cursor=None)["changes"]
    assert sorted(c["record_id"] for c in changes) == sorted(old["record_id"] for old in first)
    with desk.office.store.read() as tx:
        seqs = tx.execute(sa.select(ledger.c.seq)).scalars().all()
    assert len(set(seqs)) == len(seqs) == 12
    assert faults(desk) == []


@pytest.mark.parametrize("fixes", [2, 5])
def test_of_many_corrections_at_once_one_is_the_end(desk: Desk, fixes: int) -> None:
    agent = desk.agent()
    laptops = [desk.join(agent) for _ in range(fixes)]
    first = laptops[0].envelope()
    laptops[0].exchange(first)
    made = [laptop.envelope(first["content"], corrects=first["record_id"]) for laptop in laptops]
    calls = [sending(laptop, [one]) for laptop, one in zip(laptops, made, strict=True)]
    told = [ack["reason"] for acks in together(*calls) for ack in acks.values()]
    assert told == ["corrected"] * fixes
    verdicts = laptops[0].exchange(first, *made)["acks"]
    assert Counter(ack["verdict"] for ack in verdicts) == Counter(accepted=1, superseded=fixes)
    assert faults(desk) == []


def test_an_agent_s_exchanges_go_one_after_the_other(desk: Desk) -> None:
    laptop, store = desk.join(), desk.office.store
    laptop.exchange()
    with ThreadPoolExecutor(1) as pool:
        with store.write() as tx:
            feed.lock(tx, [laptop.joined["agent"]["agent_id"]])
            later = pool.submit(laptop.exchange, laptop.envelope())
            wait_for(store, later)
            assert not later.done()
        assert [ack["verdict"] for ack in later.result()["acks"]] == ["accepted"]


def test_a_look_alike_who_comes_between_looking_and_locking_is_asked_about(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = desk.join(), desk.join()
    first = mine.envelope()
    one_off = content(**{**first["content"], "nik": first["content"]["nik"][:-1] + "9"})
    rivals = [theirs.envelope(one_off)]
    look = reconcile.look_ahead

    def look_then_wait(*asked: Any) -> Ahead:
        found = look(*asked)
        if rivals:
            settle(desk, theirs, rivals.pop())
        return found

    monkeypatch.setattr(reconcile, "look_ahead", look_then_wait)
    (ack,) = mine.exchange(first)["acks"]
    assert (ack["verdict"], ack["reason"]) == ("accepted", "new")
    assert "near_match" in ack["flags"]


def settle(desk: Desk, laptop: Laptop, envelope: Any) -> None:
    """Settle an envelope while another exchange of this process is at work."""
    with desk.office.store.read() as tx:
        device = devices.by_id(tx, laptop.device_id)
    clock = exchange_clock(laptop.request(), desk.now())
    answer = answer_exchange(
        [envelope], exchange.desk(desk.office, device, clock, lambda _tx: None)
    )
    assert [ack.verdict.value for ack in answer.acks] == ["accepted"]
