"""An office with a supervisor, two agents' laptops, and terminals."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.store.engine import Store
from tests.offices import KEY, Desk, Laptop
from tests.server.databases import new_database
from tests.server.supervisor import Supervisor
from tests.server.terminal import Terminal


@pytest.fixture
def supervisor(desk: Desk) -> Supervisor:
    """Somebody who decides cases."""
    return Supervisor(desk)


@pytest.fixture
def one(desk: Desk) -> Laptop:
    """An agent's laptop."""
    return desk.join()


@pytest.fixture
def two(desk: Desk) -> Laptop:
    """Another agent's laptop."""
    return desk.join()


@pytest.fixture
def terminal(store: Store, tmp_path: Path) -> Terminal:
    """A terminal at an office that was migrated."""
    url = store.url.render_as_string(hide_password=False)
    home = {"LORONG_HOME": str(tmp_path / "home"), "LORONG_OFFICE_KEY": KEY}
    return Terminal({**home, "LORONG_DATABASE_URL": url})


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    """A terminal where there is no office yet."""
    with new_database(request.param, request, tmp_path) as url:
        yield Terminal({"LORONG_HOME": str(tmp_path / "home"), "LORONG_DATABASE_URL": url})


@pytest.fixture
def lone(tmp_path: Path) -> Terminal:
    """A terminal where there is nothing but an empty folder, for what needs no database."""
    return Terminal({"LORONG_HOME": str(tmp_path)})
