"""Where an agent is on a day, and what a move makes of it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.stations import BEGINNING, Station, moved, office_on

DAYS = [date(2026, 11, 1) + timedelta(days=number) for number in range(6)]
FIRST = (Station(BEGINNING, "A"),)
moves = st.lists(st.tuples(st.sampled_from([BEGINNING, *DAYS]), st.sampled_from("ABC")))


def after(*steps: tuple[date, str]) -> tuple[Station, ...]:
    """Return the stations of an agent of office A after some moves."""
    stations = FIRST
    for since, office_id in steps:
        stations = moved(stations, since, office_id)
    return stations


def offices(stations: tuple[Station, ...]) -> str:
    """Return the office on each of DAYS."""
    return "".join(office_on(stations, day) for day in DAYS)


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([], "AAAAAA"),
        ([(DAYS[2], "B")], "AABBBB"),
        ([(DAYS[2], "B"), (DAYS[4], "A")], "AABBAA"),
        ([(DAYS[4], "C"), (DAYS[2], "B")], "AABBCC"),
        ([(DAYS[2], "B"), (DAYS[2], "C")], "AACCCC"),
        ([(DAYS[2], "B"), (DAYS[2], "A")], "AAAAAA"),
        ([(BEGINNING, "B")], "BBBBBB"),
        ([(DAYS[3], "B"), (BEGINNING, "B")], "BBBBBB"),
    ],
)
def test_an_office_is_the_last_that_began(steps: list[tuple[date, str]], found: str) -> None:
    assert offices(after(*steps)) == found


def test_long_ago_is_the_first_office() -> None:
    assert office_on(after((DAYS[0], "B")), date(1999, 1, 1)) == "A"


def test_a_move_that_is_taken_back_leaves_nothing() -> None:
    assert after((DAYS[2], "B"), (DAYS[2], "A")) == FIRST


@given(moves)
def test_any_moves_leave_one_office_a_day_and_no_move_to_where_one_is(
    steps: list[tuple[date, str]],
) -> None:
    found = after(*steps)
    assert found[0].since == BEGINNING
    assert list(found) == sorted({one.since: one for one in found}.values())
    assert all(a.office_id != b.office_id for a, b in pairwise(found))


@given(moves, st.sampled_from(DAYS), st.sampled_from("ABC"))
def test_a_move_holds_from_its_day_to_the_next_move_and_changes_nothing_else(
    steps: list[tuple[date, str]], since: date, office_id: str
) -> None:
    before = after(*steps)
    now = moved(before, since, office_id)
    until = min((one.since for one in before if one.since > since), default=date.max)
    for day in DAYS:
        expected = office_id if since <= day < until else office_on(before, day)
        assert office_on(now, day) == expected
