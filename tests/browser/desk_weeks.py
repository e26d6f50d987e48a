"""An office with nine weeks behind it: agents, habits and doubts worth looking at."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from demo.forms import Moment
from demo.people import Crowd
from demo.weeks import AWAY, GOWA, HABITS, Client, Habit, Weeks
from server import administer, retiring, revoking
from tests.browser.desk_door import ADMIN, add_admin, add_chief
from tests.browser.desk_laptops import today
from tests.browser.served_office import ServedOffice
from tests.builders import content, person

ALIKE, ODD, LATE = 301, 302, 303
STOLEN, THEFT = (304, 305, 306), "Dicuri dari motor di Pasar Terong"


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
        _tell_what_is_doubtful(office)
        _lose_a_laptop(office)
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


def _tell_what_is_doubtful(office: ServedOffice) -> None:
    """Bring what those weeks have not: one person under two NIKs, a NIK that is odd, a retry."""
    one, two = (_second_laptop(office, HABITS[place]) for place in (1, 6))
    one.send([_capture(one, content(ALIKE, **today()))])
    odd, other = person(ODD)["nik"][2:], person(ALIKE)["nik"][:-1]
    twice = content(ALIKE, nik=other + "7", **today())
    two.send([_capture(two, twice), _capture(two, content(ODD, nik="99" + odd, **today()))])
    two.send([_capture(two, content(LATE, **today()), corrects=str(uuid.uuid4()))])
    retiring.retire(office.office, one.device_id, by=ADMIN)


def _lose_a_laptop(office: ServedOffice) -> None:
    """Let an agent's second laptop be stolen, with three people on it."""
    lost = _second_laptop(office, HABITS[2])
    lost.send([_capture(lost, content(n, **today())) for n in STOLEN])
    known = datetime.now(UTC) - timedelta(hours=5)
    revoking.revoke(office.office, lost.device_id, by=ADMIN, lost_at=known, reason=THEFT)


def _second_laptop(office: ServedOffice, habit: Habit) -> Client:
    device_id = str(uuid.uuid5(uuid.NAMESPACE_OID, habit.code))
    laptop = Client(office.url, replace(habit, waiting=0), device_id)
    laptop.join(office.join_code(habit.code))
    return laptop


def _capture(laptop: Client, told: dict[str, Any], **more: Any) -> dict[str, Any]:
    return laptop.envelope(told, datetime.now(UTC), 190, **more)
