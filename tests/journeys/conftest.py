"""An office's database for each journey, as new, on both engines."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from server.store.engine import Store
from tests.conftest import clear
from tests.journeys.journey import Journey, NewJourney


@pytest.fixture(params=["sqlite", "postgresql"])
def new_journey(request: pytest.FixtureRequest, tmp_path: Path) -> NewJourney:
    """Begin a journey; the caller closes it before the next."""
    numbers = count()
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("migrated_sqlite")

        def on_sqlite() -> Journey:
            home = tmp_path / f"{next(numbers)}"
            home.mkdir()
            shutil.copy(template, home / "office.db")
            return Journey(f"sqlite:///{home / 'office.db'}", home)

        return on_sqlite
    store: Store = request.getfixturevalue("migrated_postgres")

    def on_postgresql() -> Journey:
        clear(store)
        home = tmp_path / f"{next(numbers)}"
        home.mkdir()
        return Journey(store.url.render_as_string(hide_password=False), home)

    return on_postgresql


@pytest.fixture
def journey(new_journey: NewJourney) -> Iterator[Journey]:
    """One journey, closed at its end."""
    begun = new_journey()
    yield begun
    begun.close()
