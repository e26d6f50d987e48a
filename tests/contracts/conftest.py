"""A store with somebody in it, and laptops of each kind."""

from pathlib import Path

import pytest

from server.store import devices, offices
from server.store.engine import Store
from tests.contracts.laptops import FACTORIES, Laptop
from tests.contracts.rows import ONE, TWO, device


@pytest.fixture
def peopled(store: Store) -> Store:
    """A store with an office, two agents and a device of the first."""
    with store.write() as tx:
        offices.add_office(tx, "office-1", "Tallo", "Asia/Makassar")
        for agent in (ONE, TWO):
            offices.add_agent(tx, agent, f"code of {agent}", f"Name of {agent}", "office-1")
        devices.put(tx, device())
    return store


@pytest.fixture(params=FACTORIES)
def laptop(request: pytest.FixtureRequest, tmp_path: Path) -> Laptop:
    """A laptop with an empty outbox, of each kind."""
    return FACTORIES[request.param](tmp_path)
