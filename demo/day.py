"""Who meets whom on the day without a line: every kind of trouble that a field brings.

Laptops are 0, 1 and 2, and the office hears them in that order. A worker whom two agents
meet stands in the list of the first and is met at the door by the second.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from demo.forms import Moment, Row, content, row
from demo.people import Crowd, Worker, misspelt
from schemas.words import Sex

LAPTOPS: Final = 3
LEAST_AGE, MONTHS = 18, "1,2,3,6"
"""What this office allows beside what laptops take as usual (17 years; 12 months too)."""

_MEMBERS: Final = 40
_MET_TWICE: Final = ((0, 1, 3), (0, 2, 2), (1, 2, 2))
_NEVER_DUE: Final = 15_000


@dataclass(frozen=True, slots=True)
class Door:
    """One capture at a door; `corrects` is the place of an earlier one of the same laptop."""

    content: dict[str, Any] = field(repr=False)
    corrects: int | None = None


@dataclass(slots=True)
class Day:
    """The roll that the office has, and for each laptop its list and its doors."""

    crowd: Crowd
    at: Moment
    roll: list[Worker] = field(default_factory=list)
    lists: list[list[Row]] = field(default_factory=lambda: [[] for _ in range(LAPTOPS)])
    doors: list[list[Door]] = field(default_factory=lambda: [[] for _ in range(LAPTOPS)])

    @property
    def people(self) -> int:
        """How many rows and doors there are."""
        return sum(map(len, self.lists)) + sum(map(len, self.doors))

    def listed(self, laptop: int, one: Worker, **cells: Any) -> Worker:
        """Put a worker into a laptop's list, with cells other than usual."""
        given = {name.replace("_", " "): cell for name, cell in cells.items()}
        self.lists[laptop].append({**row(one, self.at), **given})
        return one

    def met(self, laptop: int, one: Worker, *, corrects: int | None = None, **members: Any) -> int:
        """Have a worker met at a door, with members other than usual; return the door's place."""
        self.doors[laptop].append(Door({**content(one, self.at), **members}, corrects))
        return len(self.doors[laptop]) - 1


def a_day(seed: int, people: int, at: Moment) -> Day:
    """Return the day of a seed with about `people` enrolments, the troubled ones always."""
    day = Day(Crowd(seed, at.today), at)
    day.roll.extend(day.crowd.worker() for _ in range(_MEMBERS))
    for trouble in _TROUBLES:
        trouble(day)
    for number in range(max(people - day.people, 0)):
        day.listed(number % LAPTOPS, day.crowd.worker())
    return day


def _corrected(day: Day) -> None:
    """A name written as heard, then corrected by the card; and a NIK that is changed."""
    one = day.crowd.worker()
    first = day.met(0, replace(one, name=misspelt(one.name)))
    day.met(0, one, corrects=first)
    other = day.crowd.worker()
    first = day.met(2, other)
    moved = day.crowd.nik(int(other.nik[4:6]) % 15 + 1, other.born, other.sex)
    day.met(2, replace(other, nik=moved), corrects=first)


def _told_wrongly(day: Day) -> None:
    """An agent tells another contribution than is due."""
    day.met(0, day.crowd.worker(), contribution=_NEVER_DUE)


def _not_by_this_office(day: Day) -> None:
    """What a laptop takes and this office does not: somebody of 17, twelve months at once."""
    day.met(1, day.crowd.worker(born=day.at.born(17.5)))
    day.met(1, replace(day.crowd.worker(), months=12))


def _wrong_ages(day: Day) -> None:
    """Sixteen and sixty-six years old: told at once, on the laptop."""
    day.listed(0, day.crowd.worker(born=day.at.born(16.5)))
    day.listed(1, day.crowd.worker(born=day.at.born(66.5)))


def _broken_niks(day: Day) -> None:
    """NIKs that Excel rounded, and one of a 31 February."""
    one = day.crowd.worker()
    day.listed(1, one, NIK=int(one.nik) // 10 * 10)
    other = day.crowd.worker()
    day.listed(2, other, NIK=f"{other.nik[0]},{other.nik[1:6]}E+15")
    third = day.crowd.worker(sex=Sex.MALE)
    day.met(2, replace(third, nik=f"{third.nik[:6]}3102{third.nik[10:]}"))


def _without_consent(day: Day) -> None:
    """Rows of people who were not asked yet: drafts, to be completed at the door."""
    for laptop in (0, 0, 2):
        day.listed(laptop, day.crowd.worker(), PERSETUJUAN="", VERSI_PERSETUJUAN="")


def _twins(day: Day) -> None:
    """Neighbouring NIKs, one mother, one birthday: two workers."""
    one = day.crowd.worker()
    other = day.crowd.nik(int(one.nik[4:6]), one.born, one.sex)
    day.listed(1, one)
    day.listed(1, replace(one, nik=other, name=day.crowd.sibling_name(one)))


def _members(day: Day) -> None:
    """Members already: one is met at a door, one stands in a list."""
    day.met(0, day.roll[0])
    day.listed(2, day.roll[1])


def _nik_clash(day: Day) -> None:
    """Another person under a NIK that the office gave to the first who came with it."""
    one = day.listed(0, day.crowd.worker())
    stranger = day.crowd.worker(born=one.born, sex=one.sex)
    day.met(1, replace(stranger, nik=one.nik))


def _near_match(day: Day) -> None:
    """The same person by all but one digit of the NIK."""
    one = day.listed(1, day.crowd.worker())
    digit = "2" if one.nik[5] == "1" else "1"
    day.met(2, replace(one, nik=f"{one.nik[:5]}{digit}{one.nik[6:]}"))


def _met_twice(day: Day) -> None:
    """One worker, two agents: the name misspelt, or only the Daeng name told."""
    for first, second, times in _MET_TWICE:
        for _ in range(times):
            one = day.listed(first, day.crowd.worker())
            day.met(second, replace(one, name=misspelt(one.name)))
    one = day.listed(0, replace(day.crowd.worker(), alias=day.crowd.daeng()))
    day.met(2, replace(one, name=str(one.alias), alias=None))


_TROUBLES: Final[tuple[Callable[[Day], None], ...]] = (
    _corrected,
    _told_wrongly,
    _not_by_this_office,
    _wrong_ages,
    _broken_niks,
    _without_consent,
    _twins,
    _members,
    _nik_clash,
    _near_match,
    _met_twice,
)
