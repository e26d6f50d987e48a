"""The day, step by step: join, lose the office, enrol, find it again, compare."""

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from demo.agreement import disagreements
from demo.day import Day
from demo.forms import write_list, write_roll
from demo.laptop import Laptop
from demo.office import NAME, Office
from demo.processes import PartFailed, Processes
from demo.telling import LaptopsDay
from demo.weeks import AWAY, HABITS, Weeks

_AGENTS: Final = (
    ("Tallo", "PRS-01", "Sitti Hasnah", "tallo.csv"),
    ("Mariso", "PRS-02", "Muh. Ilham", "mariso.xlsx"),
    ("Wajo", "PRS-03", "Abd. Rauf", "wajo.csv"),
)
_APART_SECONDS: Final = 4.0
"""Laptops tell the office their uptime in whole seconds: two meetings of one worker must lie
further apart than that, or it would be chance who is found to have come first."""
_FOUND_WITHIN_SECONDS: Final = 120.0

Step = Callable[..., None]
"""Called with a step's code and figures when it is done."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the day."""

    laptops: tuple[LaptopsDay, ...]
    leaderboard: list[dict[str, Any]]
    doctor: dict[str, Any]
    url: str
    sign_in: tuple[str, str] = field(repr=False)


@dataclass(slots=True)
class Story:
    """One day in a folder; `done` is told of each step that is behind."""

    processes: Processes
    folder: Path
    day: Day
    done: Step
    sign_in: tuple[str, str] = ("Ibu Rahma", "")
    """Name and password of the supervisor who looks at it all, the password new each time."""
    office: Office = field(init=False)
    laptops: list[Laptop] = field(init=False)

    def __post_init__(self) -> None:
        self.sign_in = (self.sign_in[0], secrets.token_urlsafe(12))
        self.office = Office(self.processes, self.folder / "kantor")
        self.laptops = [
            Laptop(self.processes, self.folder / name.lower(), name, code, agent)
            for name, code, agent, _ in _AGENTS
        ]

    def run(self) -> Outcome:
        """Play the day; PartFailed where a part does not do what it should."""
        self._begin()
        self._lose_the_office()
        self._enrol()
        self._find_the_office()
        return self._compare()

    def invitations(self) -> Iterator[tuple[dict[str, str], str]]:
        """Yield (settings, command) for whoever wants to look at what is there."""
        yield self.office.to_look, "lorong-server doctor"
        yield self.laptops[0].to_look, "lorong-agent list"
        yield self.laptops[0].to_look, "lorong-agent run"

    def _begin(self) -> None:
        agents = [(one.agent_code, one.agent_name, NAME) for one in self.laptops]
        agents += [(one.code, one.name, one.office) for one in HABITS] + [AWAY]
        roll = write_roll(self.folder / "peserta.csv", self.day.roll, self.day.at)
        self.office.prepare(agents, roll)
        self.office.add_user(*self.sign_in)
        self.done("prepare", agents=len(agents), members=len(self.day.roll))
        self.office.open()
        # Made by the day's own crowd: no NIK of theirs is one of today's by chance.
        weeks = Weeks(self.day.crowd, self.day.at)
        self.done("weeks", count=weeks.play(self.office.url, self.office.join_code))
        for one in self.laptops:
            one.join(self.office.url, self.office.join_code(one.agent_code))
            self.done("join", laptop=one.name, agent=one.agent_name)

    def _lose_the_office(self) -> None:
        self.office.cut()
        for one in self.laptops:
            one.watch()
        self.done("cut")

    def _enrol(self) -> None:
        for one, rows, (*_, file) in zip(self.laptops, self.day.lists, _AGENTS, strict=True):
            one.take_list(write_list(self.folder / file, rows))
            self.done("list", laptop=one.name, file=file, count=len(rows))
        since = time.monotonic()
        for place, (one, doors) in enumerate(zip(self.laptops, self.day.doors, strict=True)):
            if place:
                time.sleep(max(0.0, since + _APART_SECONDS - time.monotonic()))
            one.visit(doors)
            self.done("doors", laptop=one.name, count=len(doors))

    def _find_the_office(self) -> None:
        """Let the laptops come back in their order: who is first holds a NIK."""
        for one in self.laptops[1:]:
            one.close_lid()
        self.office.open()
        self.done("back")
        for one in self.laptops:
            one.open_lid()
            self._await(one)
            self.done("found", laptop=one.name, count=one.saved)

    def _await(self, one: Laptop) -> None:
        until = time.monotonic() + _FOUND_WITHIN_SECONDS
        while one.waiting():
            self.processes.stand_by()
            if time.monotonic() > until:
                raise PartFailed(one.sync_job, one.watched())

    def _compare(self) -> Outcome:
        days: list[LaptopsDay] = []
        wrong: list[str] = []
        for one in self.laptops:
            one.ask_office()
            captures = one.captures()
            wrong += disagreements(captures, self.office.standings(one.device_id))
            days.append(LaptopsDay(one.name, one.saved, one.held_back, captures))
        if wrong or sum(day.saved for day in days) != sum(len(day.captures) for day in days):
            raise PartFailed("laptop = lorong-server", "\n".join(wrong))
        self.done("agreed", count=sum(len(day.captures) for day in days))
        leaderboard = self.office.leaderboard(self.day.at.month)
        return Outcome(
            tuple(days), leaderboard, self.office.doctor(), self.office.url, self.sign_in
        )
