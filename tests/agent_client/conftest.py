"""A real office on SQLite, and a laptop of an agent of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.config import Settings
from server.office import Office
from server.store.engine import Store
from tests.agent_client.office_line import AgentLaptop
from tests.offices import KEY, KEYS, Desk, Ticking


@pytest.fixture
def the_desk(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Desk]:
    """An office as new."""
    yield from _desk(migrated_sqlite, tmp_path / "office.db")


@pytest.fixture
def second_desk(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Desk]:
    """Another office, which knows nothing of the first."""
    yield from _desk(migrated_sqlite, tmp_path / "second.db")


def _desk(template: Path, file: Path) -> Iterator[Desk]:
    shutil.copy(template, file)
    store = Store(f"sqlite:///{file}")
    settings = Settings(home=file.parent, database_url=str(store.url), office_key=KEY)
    yield Desk(Office(store, KEYS, settings, now=Ticking()))
    store.close()


@pytest.fixture
def bare(the_desk: Desk, tmp_path: Path) -> AgentLaptop:
    """A laptop on which nothing was done yet."""
    return AgentLaptop(the_desk, tmp_path / "laptop")


@pytest.fixture
def laptop(bare: AgentLaptop) -> AgentLaptop:
    """A laptop that has joined."""
    bare.join()
    return bare
