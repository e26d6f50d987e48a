"""Promises 2, 3, 5 and 7: whatever the order, the batches, the repeats and the roads."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from server.store.tables import ledger
from tests.builders import OMIT, content
from tests.offices import Desk, Laptop
from tests.server.looks import faults, holder_of, recorded

_numbers = count(1_000)
_office_wide = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.target],
)


@dataclass
class Sent:
    """An envelope, and by which of its agent's laptops it was captured."""

    agent: int
    envelope: dict[str, Any]
    acks: list[dict[str, Any]] = field(default_factory=list)


REFUSED = ("invalid", "ineligible")
SOUND = ("sound", "stranger", "moved", "telling")
Chains = list[tuple[int, int, list[str], list[str]]]
_chains = st.lists(
    st.tuples(
        st.integers(0, 1),  # whose
        st.integers(0, 2),  # of which worker
        st.lists(st.sampled_from(REFUSED), max_size=2),
        st.lists(st.sampled_from(SOUND), min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=4,
)
"""Refused steps come first: a refusal waits for nobody, so that what corrects it need not."""


def members(worker: dict[str, Any], step: str) -> dict[str, Any]:
    """Return a worker's content as a step has it."""
    other = content(next(_numbers))
    return {
        "sound": worker,
        "invalid": {**worker, "sex": "X"},
        "ineligible": {**worker, "payer": "budget"},
        "stranger": {**other, "nik": worker["nik"], "nik_reason": "as_on_card"},
        "moved": {**worker, "nik": other["nik"], "nik_reason": "as_on_card"},
        "telling": {**worker, "contribution": 1},
    }[step]


def envelopes(laptops: list[list[Laptop]], chains: Chains) -> tuple[list[Sent], set[str]]:
    """Return every capture of these chains, and the NIKs that must be held in the end.

    Those are the NIKs of the first sound record of each chain, which is judged as new.
    """
    workers = [content(next(_numbers)) for _ in range(3)]
    sent: list[Sent] = []
    held: set[str] = set()
    for agent, who, refused, sound in chains:
        before: Any = OMIT
        for step in (*refused, *sound):
            capture = laptops[agent][0].envelope(members(workers[who], step), corrects=before)
            before = capture["record_id"]
            sent.append(Sent(agent, capture))
        held.add(sent[-len(sound)].envelope["content"]["nik"])
    return sent, held


def deliver(data: st.DataObject, laptops: list[list[Laptop]], sent: list[Sent]) -> None:
    """Send everything in some order and batches, some of it twice, until nothing waits."""
    order = data.draw(st.permutations(sent + sent[: len(sent) // 2]))
    while order:
        size = data.draw(st.integers(1, 8))
        batch, order = order[:size], order[size:]
        exchange(laptops, batch, data.draw(st.integers(0, 1)))
    while any(not one.acks or one.acks[-1]["verdict"] == "retry" for one in sent):
        exchange(laptops, sent, 0)
    exchange(laptops, sent, 1)


def exchange(laptops: list[list[Laptop]], batch: list[Sent], road: int) -> None:
    """Let each agent send a batch's own captures over one of two laptops."""
    for agent in (0, 1):
        own = {one.envelope["record_id"]: one for one in batch if one.agent == agent}
        answer = laptops[agent][road].exchange(*(one.envelope for one in own.values()))
        assert [ack["record_id"] for ack in answer["acks"]] == [*own]
        for ack in answer["acks"]:
            own[ack["record_id"]].acks.append(ack)


@_office_wide
@given(_chains, st.data())
def test_the_same_niks_are_held_and_the_books_are_sound(
    desk: Desk, chains: Chains, data: st.DataObject
) -> None:
    laptops = [[desk.join(agent), desk.join(agent)] for agent in (desk.agent(), desk.agent())]
    before = recorded(desk)
    sent, held = envelopes(laptops, chains)
    deliver(data, laptops, sent)
    assert {one.envelope["content"]["nik"] for one in sent if is_holder(desk, one)} == held
    assert recorded(desk) == before + len(sent)
    assert faults(desk) == []
    assert performance(laptops[0][0]) == standings(desk, laptops[0][0])
    for one in sent:
        (standing,) = laptops[one.agent][1].exchange(one.envelope)["acks"]
        assert standing["verdict"] != "retry"
        assert standing == one.acks[-1]


def is_holder(desk: Desk, one: Sent) -> bool:
    """Tell whether an envelope's record holds its NIK."""
    return bool(holder_of(desk, one.envelope["content"]["nik"]) == one.envelope["record_id"])


VERDICTS = ("accepted", "duplicate", "in_review", "rejected", "superseded")


def performance(laptop: Laptop) -> dict[str, int]:
    """Return what an agent is told of the months."""
    months = laptop.exchange()["performance"]["months"]
    return {name: sum(month[name] for month in months) for name in VERDICTS}


def standings(desk: Desk, laptop: Laptop) -> dict[str, int]:
    """Return how many of an agent's records stand under each verdict."""
    query = sa.select(ledger.c.verdict).where(
        ledger.c.agent_id == laptop.joined["agent"]["agent_id"]
    )
    with desk.office.store.read() as tx:
        found = Counter(tx.execute(query).scalars())
    return {name: found[name] for name in VERDICTS}


@_office_wide
@given(st.lists(st.integers(0, 3), min_size=2, max_size=12), st.data())
def test_workers_whom_many_met_are_credited_once(
    desk: Desk, met: list[int], data: st.DataObject
) -> None:
    laptops = [[desk.join(agent), desk.join(agent)] for agent in (desk.agent(), desk.agent())]
    workers = [content(next(_numbers)) for _ in range(4)]
    sent = [
        Sent(place % 2, laptops[place % 2][0].envelope(workers[who]))
        for place, who in enumerate(met)
    ]
    deliver(data, laptops, sent)
    told = Counter(one.acks[-1]["verdict"] for one in sent)
    assert told == Counter(accepted=len(set(met)), duplicate=len(met) - len(set(met)))
    assert len({one.acks[0]["seq"] for one in sent}) == len(sent)
    assert faults(desk) == []
