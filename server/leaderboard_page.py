"""A page of the leaderboard: ranks and sums are of everybody, whichever part is looked at."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from server.leaderboard import (
    Leaderboard,
    Place,
    duplicate_percent,
    jht_percent,
    leaderboard_of,
    sparks,
)
from server.office import Office
from server.rules.spans import Asked

AGENTS: Final = 50
"""On one page."""


class Total(NamedTuple):
    """What all places have together, rates as of one of them; whole rupiah."""

    accepted: int
    waiting: int
    duplicate: int
    in_review: int
    rejected: int
    contribution: int
    jht_percent: int | None
    duplicate_percent: int | None


class Page(NamedTuple):
    """The places on page `number` of `pages`, of `found` that were looked for.

    `sparks` has what each of their agents had accepted in the last 8 weeks, the oldest first.
    """

    board: Leaderboard
    places: Sequence[Place]
    number: int
    pages: int
    found: int
    total: Total
    sparks: Mapping[str, list[int]]


def page_of(office: Office, asked: Asked, search: str, number: int) -> Page:
    """Return a page of a leaderboard, of the agents whose name or code has `search` in it.

    A number below the first page is the first, one behind the last is the last.
    """
    board = leaderboard_of(office, asked)
    text, found = _folded(search), list(board.places)
    if text:
        found = [one for one in found if text in _folded(one.name, one.agent_code)]
    pages = max(1, -(-len(found) // AGENTS))
    number = min(max(number, 1), pages)
    shown = found[(number - 1) * AGENTS : number * AGENTS]
    today = board.as_of.astimezone(ZoneInfo(office.settings.timezone)).date()
    weeks = sparks(office, [place.agent_id for place in shown], today, asked.offices)
    return Page(board, shown, number, pages, len(found), total_of(board.places), weeks)


def _folded(*texts: str) -> str:
    return "\n".join(" ".join(text.casefold().split()) for text in texts)


def total_of(places: Sequence[Place]) -> Total:
    """Return what places have together."""
    accepted, waiting, duplicate, in_review, rejected, contribution, jht = (
        sum(getattr(place, name) for place in places) for name in (*Total._fields[:6], "jht")
    )
    return Total(
        accepted,
        waiting,
        duplicate,
        in_review,
        rejected,
        contribution,
        jht_percent(jht, contribution),
        duplicate_percent(duplicate, accepted + duplicate + rejected),
    )
