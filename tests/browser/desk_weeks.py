"""An office with nine weeks behind it: agents, habits and doubts worth looking at."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from demo.forms import Moment
from demo.people import Crowd
from demo.weeks import AWAY, GOWA, HABITS, Weeks
from server import administer
from tests.browser.desk_door import add_admin, add_chief
from tests.browser.served_office import ServedOffice


def play_weeks(empty: Path, home: Path) -> Path:
    """Make an office's database out of an empty one, with everything told; return its file."""
    at = Moment(datetime.now(UTC))
    with opened(empty, home) as office:
        administer.add_office(office.office, GOWA)
        add_chief(office, GOWA)
        add_admin(office)
        for one in HABITS:
            administer.add_agent(office.office, one.name, one.office, one.code)
        code, name, of = AWAY
        administer.add_agent(office.office, name, of, code)
        Weeks(Crowd(2026, at.today), at).play(office.url, office.join_code)
    assert not (home / "office.db-wal").exists(), "not everything is in the file"
    return home / "office.db"


@contextmanager
def opened(
    database: Path, home: Path, *, is_there: bool = False, **settings: str
) -> Iterator[ServedOffice]:
    """Open an office on a copy of a database, in a folder that is made for it."""
    home.mkdir()
    shutil.copy(database, home / "office.db")
    office = ServedOffice(home, is_there=is_there)
    try:
        office.open(**settings)
        yield office
    finally:
        office.close()
