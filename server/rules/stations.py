"""Where an agent is: at one office on each day, from the day of a move on; pure."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import Any, Final, NamedTuple

BEGINNING: Final = date.min
"""Since when an agent is at the first office."""

_since = attrgetter("since")


class Station(NamedTuple):
    """An office, and the first day of an agent there."""

    since: date
    office_id: str


def office_on(stations: Sequence[Station], day: date) -> str:
    """Return the office of an agent on a day: the last that began by then.

    `stations` are in order, and the first is since the beginning; IndexError where none is.
    """
    return stations[bisect_right(stations, day, key=_since) - 1].office_id


def has_ended(agent: Any, day: date) -> bool:
    """Tell whether an agent, by `ended_on`, is none any more on a day."""
    return agent.ended_on is not None and bool(agent.ended_on <= day)


def moved(stations: Iterable[Station], since: date, office_id: str) -> tuple[Station, ...]:
    """Return an agent's stations with a move, in order; one to the same day is replaced.

    A move to where the agent is anyway is none.
    """
    kept = [one for one in stations if one.since != since]
    ordered = sorted([*kept, Station(since, office_id)])
    later = (one for before, one in pairwise(ordered) if one.office_id != before.office_id)
    return (ordered[0], *later)
