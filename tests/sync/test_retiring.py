"""What a laptop hears of stopping, and how it compares all that it holds."""

from typing import Any

import pytest

from sync.limits import RECONCILE
from sync.problems import LineProblem
from sync.retiring import compare_all, retire_order
from tests.agent_client.laptops import SetClock
from tests.builders import content
from tests.memory_outbox import MemoryOutbox
from tests.sync.scripted_office import TIME, ScriptedOffice, status


def test_an_order_is_read() -> None:
    whole = {"order": "e1.2", "asked_at": TIME, "missing": 3, "safe_at": TIME, "more": 1}
    assert retire_order({"retire": whole}) == {
        "order": "e1.2",
        "asked_at": TIME,
        "missing": 3,
        "safe_at": TIME,
    }
    assert retire_order({}) is None


@pytest.mark.parametrize("said", [None, True, [], "e1.2", {}, {"order": ""}, {"order": 7}])
def test_what_cannot_be_read_stops_without_an_order(said: Any) -> None:
    assert retire_order({"retire": said}) == {}


def test_members_of_another_kind_are_left_out() -> None:
    said = {"order": "e1.2", "asked_at": "then", "missing": "3", "safe_at": None}
    assert retire_order({"retire": said}) == {"order": "e1.2", "missing": 0}


def outbox_with(count: int) -> MemoryOutbox:
    outbox = MemoryOutbox()
    told = content(1)
    for _ in range(count):
        outbox.put(told, SetClock().now())
    return outbox


def take_all(outbox: MemoryOutbox) -> ScriptedOffice:
    """Return an office that knows all of an outbox."""
    office = ScriptedOffice()
    for record_id, digest in outbox.held(None, 10_000):
        ack = {"record_id": record_id, "digest": digest, "verdict": "accepted", "reason": "new"}
        office.known[record_id] = (digest, ack)
    return office


def pages(office: ScriptedOffice) -> list[tuple[int, dict[str, Any]]]:
    return [(len(body["records"]), body["stopped"]) for _, body in office.asked]


def test_pages_follow_each_other() -> None:
    outbox = outbox_with(2_000)
    office = take_all(outbox)
    assert compare_all(outbox, office, SetClock(), "e1.2") == (2_000, TIME)
    middle = outbox.held(None, 1_000)[-1][0]
    assert pages(office) == [
        (1_000, {"order": "e1.2"}),
        (1_000, {"order": "e1.2", "after": middle}),
    ]


def test_nothing_is_one_empty_page() -> None:
    outbox, office = MemoryOutbox(), ScriptedOffice()
    assert compare_all(outbox, office, SetClock(), "e1.2") == (0, TIME)
    assert pages(office) == [(0, {"order": "e1.2"})]


def test_what_is_unknown_waits_again() -> None:
    outbox = outbox_with(2)
    office = take_all(outbox)
    compare_all(outbox, office, SetClock(), "e1.2")
    assert outbox.heartbeat().waiting == 0
    office.known.popitem()
    assert compare_all(outbox, office, SetClock(), "e1.2") is None
    assert outbox.heartbeat().waiting == 1


def test_a_bad_line_is_raised() -> None:
    office = ScriptedOffice(status(502))
    with pytest.raises(LineProblem):
        compare_all(outbox_with(1), office, SetClock(), "e1.2")
    assert [path for path, _ in office.asked] == [RECONCILE]
