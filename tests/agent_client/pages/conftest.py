"""A laptop that has joined, the program on it, and somebody who unlocked its page."""

from collections.abc import Iterator

import pytest

from tests.agent_client.office_line import AgentLaptop
from tests.agent_client.pages.standing import live
from tests.agent_client.pages.visitor import Program, Visitor


@pytest.fixture
def program(laptop: AgentLaptop) -> Iterator[Program]:
    """The program as it was just started."""
    started = Program(laptop)
    yield started
    started.close()


@pytest.fixture
def visitor(program: Program) -> Visitor:
    """The agent, the page unlocked."""
    return program.unlocked()


@pytest.fixture
def lived(program: Program, visitor: Visitor) -> dict[str, str]:
    """What stands on a laptop on which all was done: ids by state, the draft's number."""
    return live(program, visitor)
