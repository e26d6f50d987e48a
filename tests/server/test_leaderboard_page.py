"""A page of the leaderboard: one looks at a part, and ranks and sums are of everybody."""

from datetime import date

import pytest

from server import administer
from server.leaderboard_page import Page, page_of
from server.rules.spans import Asked
from tests.offices import Desk

NOVEMBER = Asked(date(2026, 11, 1), date(2026, 11, 30))


def page(desk: Desk, search: str = "", number: int = 1) -> Page:
    """Return a page of November."""
    return page_of(desk.office, NOVEMBER, search, number)


@pytest.mark.parametrize(
    ("search", "codes"),
    [
        ("", ["X-1", "X-2", "N4BA"]),
        ("naba", ["X-1", "X-2"]),
        ("  basri  NABA ", ["X-2"]),
        ("n4b", ["N4BA"]),
        ("x-", ["X-1", "X-2"]),
        ("naba x-1", []),
        ("nabax", []),
    ],
)
def test_one_looks_for_a_name_or_a_code(desk: Desk, search: str, codes: list[str]) -> None:
    for name, code, accepted in (
        ("Naba", "X-1", 3),
        ("Basri Naba", "X-2", 2),
        ("Rahmat", "N4BA", 1),
    ):
        administer.add_agent(desk.office, name, desk.office_name, code)
        laptop = desk.join(code)
        laptop.exchange(*(laptop.envelope() for _ in range(accepted)))
    found = page(desk, search)
    assert [place.agent_code for place in found.places] == codes
    ranks = {"X-1": 1, "X-2": 2, "N4BA": 3}
    assert [place.rank for place in found.places] == [ranks[code] for code in codes]
    assert found.found == len(codes)
    assert (found.total.accepted, len(found.board.places)) == (6, 3)
    assert {found.sparks[place.agent_id][-1] for place in found.places} == {
        place.accepted for place in found.places
    }


@pytest.mark.parametrize(
    ("number", "shown", "lines"), [(1, 1, 50), (2, 2, 50), (3, 3, 1), (9, 3, 1), (0, 1, 50)]
)
def test_a_page_has_fifty(desk: Desk, number: int, shown: int, lines: int) -> None:
    for _ in range(101):
        desk.agent()
    found = page(desk, number=number)
    assert (found.number, found.pages, len(found.places)) == (shown, 3, lines)
    assert found.sparks.keys() == {place.agent_id for place in found.places}


def test_nobody_is_a_page_too(desk: Desk) -> None:
    found = page(desk)
    assert (found.number, found.pages, found.found, list(found.places)) == (1, 1, 0, [])
    assert found.total.accepted == 0
    assert found.total.jht_percent is found.total.duplicate_percent is None
