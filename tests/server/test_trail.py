"""Looking through the trail: what is found, in which order, and what a supervisor may see."""

from datetime import date
from typing import Any

import pytest

from server import administer, audit, trail
from server.audit import Action
from server.office import Office
from server.rules.roles import Role, User
from server.trail import Wanted, day_of, lines_of, page_of
from tests.offices import Desk, Ticking
from tests.server.web.visitor import user

ADMIN = User("u-1", "Admin", Role.ADMINISTRATOR, None, "")


@pytest.fixture
def clock(office: Office) -> Ticking:
    """The office's clock."""
    assert isinstance(office.now, Ticking)
    return office.now


def note(office: Office, action: Action = Action.SAW, **options: Any) -> None:
    """Add a line, by Ibu Rahma about a case unless told otherwise."""
    usual = {"by": "Ibu Rahma", "about": "case", "at": office.now(), "action": action}
    with office.store.write() as tx:
        audit.note(tx, office.keys, **{**usual, **options})


def numbers(office: Office, user: User | None = ADMIN, **wanted: Any) -> list[int]:
    """Return the numbers of the lines that are found."""
    found = [line.number for line in lines_of(office, user, Wanted(**wanted))]
    if user is not None:
        assert [line.number for line in page_of(office, user, Wanted(**wanted)).lines] == found
    return found


@pytest.fixture
def some(office: Office, clock: Ticking) -> Office:
    """Six lines over three days; the clock stands at 10.00 in Makassar."""
    note(office, about_id="c-1", office_id="tallo")
    note(office, Action.DECIDED, about_id="c-1", office_id="tallo", choice="same")
    clock.forward(hours=14)  # midnight of the 21st
    note(office, by="Pak Ali", about="agent", about_id="a-1", office_id="panakkukang")
    note(office, Action.EXPORTED, by="Pak Ali", about="leaderboard", first='"Ikan" 100%_')
    clock.forward(days=1, seconds=-1)  # the last second of the 21st
    note(office, by="Admin", about="user", about_id="u-9")
    clock.forward(seconds=1)
    note(office, by="Admin", about="user", about_id="u-9", name="Ÿ")
    return office


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [6, 5, 4, 3, 2, 1]),
        ({"by": "Pak Ali"}, [4, 3]),
        ({"by": "pak ali"}, []),
        ({"action": "decided"}, [2]),
        ({"about": "case"}, [2, 1]),
        ({"about": "user", "about_id": "u-9"}, [6, 5]),
        ({"about": "user", "about_id": "c-1"}, []),
        ({"first": date(2026, 11, 21)}, [6, 5, 4, 3]),
        ({"last": date(2026, 11, 20)}, [2, 1]),
        ({"first": date(2026, 11, 21), "last": date(2026, 11, 21)}, [5, 4, 3]),
        ({"first": date(2026, 11, 23)}, []),
        ({"first": date(2026, 11, 21), "by": "Admin", "about": "user"}, [6, 5]),
        ({"text": "ikan"}, [4]),
        ({"text": '"IKAN" 100%_'}, [4]),
        ({"text": "ikan_"}, []),
        ({"text": "%"}, [4]),
        ({"text": "Ÿ"}, [6]),
        ({"text": "ikan", "last": date(2026, 11, 20)}, []),
        ({"by": "\0", "text": "\0"}, []),
        ({"by": "\ud800", "text": "\ud800", "about_id": "\0"}, []),
        ({"action": "flew"}, []),
    ],
)
def test_what_is_found(some: Office, wanted: dict[str, Any], found: list[int]) -> None:
    assert numbers(some, **wanted) == found
    assert numbers(some, None, **wanted) == found


def test_a_user_is_found_however_the_name_is_typed(some: Office, desk: Desk) -> None:
    user(desk, Role.VIEWER, name="Pak Ali")
    assert numbers(some, by="  PAK  ali ")[-2:] == [4, 3]


def test_a_supervisor_sees_the_own_offices_and_the_own_deeds(some: Office) -> None:
    def seen(name: str, *offices: str) -> list[int]:
        return numbers(some, User("u", name, Role.SUPERVISOR, frozenset(offices), ""))

    assert seen("Bu Sitti", "tallo") == [2, 1]
    assert seen("Bu Sitti", "tallo", "panakkukang") == [3, 2, 1]
    assert seen("Pak Ali", "tallo") == [4, 3, 2, 1]
    assert seen("Pak Ali", "panakkukang") == [4, 3]
    assert seen("Bu Sitti") == []


def test_lines_are_found_by_their_day_where_the_clock_was_set_back(
    some: Office, clock: Ticking
) -> None:
    clock.forward(days=-2)
    note(some)
    assert numbers(some, last=date(2026, 11, 20)) == [7, 2, 1]
    assert numbers(some, first=date(2026, 11, 22)) == [6]


def test_pages_lead_from_one_to_the_next(some: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "PAGE", 4)
    first = page_of(some, ADMIN, Wanted())
    second = page_of(some, ADMIN, Wanted(), first.older)
    assert [line.number for page in (first, second) for line in page.lines] == [6, 5, 4, 3, 2, 1]
    assert (first.older, first.down_to, second.older, second.down_to) == (3, 3, None, 1)
    assert (first.head, len(first.seal)) == (6, 39)
    monkeypatch.setattr(trail, "PAGE", 3)
    assert page_of(some, ADMIN, Wanted(), 4).older is None
    for below in (0, 10**17):
        assert len(page_of(some, ADMIN, Wanted(), below).lines) == 3


def test_a_text_is_looked_for_in_parts(some: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "SEARCHED", 2)
    first = page_of(some, ADMIN, Wanted(text="ikan"))
    assert (list(first.lines), first.older, first.down_to) == ([], 5, 5)
    second = page_of(some, ADMIN, Wanted(text="ikan"), first.older)
    assert ([line.number for line in second.lines], second.older) == ([4], 3)
    third = page_of(some, ADMIN, Wanted(text="ikan"), second.older)
    assert (list(third.lines), third.older) == ([], None)
    assert [line.number for line in lines_of(some, ADMIN, Wanted(text="ikan"))] == [4]


def test_all_lines_come_in_parts(some: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "_AT_ONCE", 2)
    found = [line.number for line in lines_of(some, None, Wanted())]
    assert found == [6, 5, 4, 3, 2, 1]


def test_what_is_still_there_has_its_name(office: Office, desk: Desk) -> None:
    agent_id = administer.add_agent(office, "Daeng Sutte", "Makassar", "A-9")
    note(office, about="agent", about_id=agent_id)
    note(office, about="agent", about_id="gone")
    note(office, about="moon", about_id="gone")
    found = page_of(office, ADMIN, Wanted(action="saw")).lines
    assert [line.name for line in found] == [None, None, "Daeng Sutte"]


def test_days() -> None:
    assert day_of("") is None
    assert day_of("2026-11-20") == date(2026, 11, 20)
    for text in ("20261120", "2026-W47-5", "0001-01-01", "9999-12-31", "2026-13-01", "\0", "x"):
        with pytest.raises(ValueError, match=r"day|iso|month"):
            day_of(text)
