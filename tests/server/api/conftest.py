"""Programs of each role."""

import pytest

from server.rules.roles import Role
from tests.offices import Desk
from tests.server.api.caller import Caller, caller


@pytest.fixture
def admin(desk: Desk) -> Caller:
    """An administrator's program."""
    return caller(desk, Role.ADMINISTRATOR, name="Admin Satu")


@pytest.fixture
def chief(desk: Desk) -> Caller:
    """The program of a supervisor of the desk's office."""
    return caller(desk, Role.SUPERVISOR, name="Ibu Rahma")


@pytest.fixture
def viewer(desk: Desk) -> Caller:
    """The program of somebody who sees figures alone."""
    return caller(desk, Role.VIEWER, name="Pak Camat")
