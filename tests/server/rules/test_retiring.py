"""Where a laptop stands on its way out of service, and what it must say to be safe."""

from types import SimpleNamespace
from typing import Any

import pytest

from server.rules.retiring import Standing, has_nothing_left, is_on_order, next_order, standing_of


def device(**named: Any) -> Any:
    """Return a device that has stopped on order `e1.2` and whose 3 pairs were counted."""
    usual = {
        "revoked_at": None,
        "retiring_at": "then",
        "stop_order": "e1.2",
        "stopped_at": "then",
        "compared_pairs": 3,
        "safe_at": None,
    }
    return SimpleNamespace(**(usual | named))


@pytest.mark.parametrize(
    ("named", "standing"),
    [
        ({"retiring_at": None}, Standing.WORKING),
        ({"stopped_at": None}, Standing.ASKED),
        ({"stop_order": "e0.2", "safe_at": "then"}, Standing.ASKED),
        ({}, Standing.STOPPED),
        ({"safe_at": "then"}, Standing.SAFE),
        ({"safe_at": "then", "revoked_at": "then"}, Standing.REVOKED),
        ({"retiring_at": None, "revoked_at": "then"}, Standing.REVOKED),
    ],
)
def test_where_a_laptop_stands(named: dict[str, Any], standing: Standing) -> None:
    assert standing_of(device(**named), "e1") is standing


def test_no_order_is_given_twice() -> None:
    assert next_order(None, "restored-2026-11.20") == "restored-2026-11.20.1"
    assert next_order("restored-2026-11.20.1", "restored-2026-11.20") == "restored-2026-11.20.2"
    assert next_order("e1.9", "e2") == "e2.10"


@pytest.mark.parametrize("said", [None, {}, "e1.2", {"order": "e1.1"}, {"order": ["e1.2"]}])
def test_what_names_no_present_order_is_not_said_on_it(said: Any) -> None:
    assert not is_on_order(said, device(), "e1")


def test_an_order_holds_in_its_epoch_alone() -> None:
    assert is_on_order({"order": "e1.2"}, device(), "e1")
    assert not is_on_order({"order": "e1.2"}, device(), "e2")
    assert not is_on_order({"order": None}, device(stop_order=None), "")


SAID = {"order": "e1.2", "drafts": 0, "pairs": 3, "damaged": 0, "known_at": "then"}


def claims(waiting: int = 0, travelling: int = 0, compared: int | None = 3, **said: Any) -> bool:
    heartbeat = {"waiting": waiting, "stopped": SAID | said}
    return has_nothing_left(heartbeat, device(compared_pairs=compared), travelling)


def test_all_of_it_must_hold() -> None:
    assert claims()
    assert claims(pairs=0, compared=0)
    assert not claims(waiting=1)
    assert not claims(travelling=1)
    assert not claims(drafts=1)
    assert not claims(damaged=1)
    assert not claims(known_at=None)
    assert not claims(pairs=4)
    assert not claims(compared=None)
