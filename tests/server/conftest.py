"""An office with a supervisor and two agents' laptops."""

import pytest

from tests.offices import Desk, Laptop
from tests.server.supervisor import Supervisor


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
