"""Each role at the desk, signed in."""

import pytest

from server.rules.roles import Role
from tests.offices import Desk
from tests.server.web.visitor import Visitor, user


@pytest.fixture
def nobody(desk: Desk) -> Visitor:
    """A browser in which nobody has signed in."""
    return Visitor(desk)


@pytest.fixture
def admin(desk: Desk) -> Visitor:
    """An administrator."""
    return user(desk, Role.ADMINISTRATOR, name="Admin Satu")


@pytest.fixture
def chief(desk: Desk) -> Visitor:
    """A supervisor of the desk's office."""
    return user(desk, Role.SUPERVISOR, name="Ibu Rahma")


@pytest.fixture
def viewer(desk: Desk) -> Visitor:
    """Somebody who sees figures alone."""
    return user(desk, Role.VIEWER, name="Pak Camat")
