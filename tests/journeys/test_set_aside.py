"""One bad envelope never delays another: it is kept aside, on the laptop or at the office."""

import json
from typing import Any

import pytest

from server import reconcile
from server.examine import Examined
from sync.problems import Faulty
from tests.journeys.evidence import Evidence
from tests.journeys.examination import broken_promises
from tests.journeys.journey import Journey
from tests.journeys.laptop import Laptop
from tests.journeys.line import Answered, Asked
from tests.journeys.workers import sound

REFUSAL = Answered(
    422,
    {"Lorong-Protocol": "1", "Content-Type": "application/problem+json"},
    json.dumps({"code": "shape", "responsible": "admin"}).encode(),
)


def refuse(journey: Journey, record_id: str) -> None:
    """Let every exchange that carries this record be refused on its way."""

    def stands_in(asked: Asked) -> Answered | None:
        carried = asked.json()["envelopes"] if asked.path.endswith("exchange") else []
        return REFUSAL if any(one["record_id"] == record_id for one in carried) else None

    journey.line.stands_in = stands_in


def states(laptop: Laptop) -> dict[str, str]:
    return {capture.record_id: capture.state for capture in laptop.captures()}


def test_what_fails_alone_lies_aside_for_a_day_and_the_others_go_on(journey: Journey) -> None:
    laptop = journey.laptops[0]
    ids = [laptop.save(sound(n)) for n in range(1, 21)]
    refuse(journey, ids[7])
    report = journey.exchange(laptop)
    assert (report.set_aside, report.acknowledged, report.problem) == (1, 19, None)
    assert states(laptop) == {one: "set_aside" if one == ids[7] else "accepted" for one in ids}

    journey.line.stands_in = lambda _asked: None
    journey.now.forward(hours=1)
    late = laptop.save(sound(30))
    assert journey.exchange(laptop).sent == 1
    assert states(laptop)[ids[7]] == "set_aside"

    journey.now.forward(days=1)
    journey.exchange(laptop)
    assert states(laptop) == dict.fromkeys([*ids, late], "accepted")
    journey.finish()
    assert broken_promises(journey) == {}


def test_an_office_that_refuses_everything_sets_nothing_aside(journey: Journey) -> None:
    laptop = journey.laptops[0]
    ids = [laptop.save(sound(n)) for n in range(1, 5)]
    journey.line.stands_in = lambda _asked: REFUSAL
    report = journey.exchange(laptop)
    assert isinstance(report.problem, Faulty)
    assert states(laptop) == dict.fromkeys(ids, "waiting")

    journey.line.stands_in = lambda _asked: None
    journey.finish()
    assert states(laptop) == dict.fromkeys(ids, "accepted")
    assert broken_promises(journey) == {}


def test_what_the_office_cannot_decide_it_keeps_until_it_can(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = journey.laptops[0]
    ids = [laptop.save(sound(n)) for n in range(1, 8)]
    decide = reconcile.Reconciler._decide

    def broken(self: reconcile.Reconciler, item: Examined, *more: Any) -> Any:
        if item.entry.record_id == ids[3]:
            raise ZeroDivisionError
        return decide(self, item, *more)

    with monkeypatch.context() as patch:
        patch.setattr(reconcile.Reconciler, "_decide", broken)
        report = journey.exchange(laptop)
    assert (report.acknowledged, report.retry, report.problem) == (6, 1, None)
    assert states(laptop)[ids[3]] == "waiting"
    [aside] = Evidence(journey).aside
    assert aside[1] == ids[3]

    assert journey.exchange(laptop).acknowledged == 1
    assert Evidence(journey).aside == {}
    journey.finish()
    assert broken_promises(journey) == {}
