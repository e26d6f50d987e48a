"""Whatever is done at the desk between exchanges, in any order: the books and the trail are sound.

And the figures are what a plain fold over the ledger says, whatever they are asked for.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schemas.regions import all_regions, kecamatan_code
from schemas.words import Verdict
from server import administer, agents, review
from server.rules.record import Record
from server.rules.spans import Asked, Basis
from server.store import leaderboard, ledger
from server.store.tables import COUNTERS
from server.store.tables import ledger as records
from tests.offices import Desk
from tests.server.supervisor import WHO
from tests.server.test_review_properties import Town

_PLAYED: dict[str, Any] = {
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    "phases": [Phase.explicit, Phase.reuse, Phase.generate, Phase.target],
}
_BEGIN = date(2026, 9, 20)
_PLACES = [one.code for one in all_regions()][:60:12]
_some = st.integers(0, 1_000)
_STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["capture"] * 5
            + ["correct", "decide", "ask", "undo", "move"] * 2
            + ["take", "withdraw", "rename", "enlist", "wait"]
        ),
        *(_some, _some, _some),
    ),
    min_size=5,
    max_size=14,
)
_WANTED = st.lists(
    st.tuples(
        st.integers(0, 120),
        st.integers(0, 200),
        st.sampled_from(list(Basis)),
        st.none() | st.frozensets(st.integers(0, 2), min_size=1),
        st.sampled_from(["", "kecamatan", "kelurahan"]),
        st.sampled_from(_PLACES),
    ),
    min_size=3,
    max_size=8,
)


class DeskTown(Town):
    """The same town, its people in many places, with three offices between which agents move."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        if len(agents.all_offices(desk.office)) == 1:
            for name in ("Tallo", "Rappocini"):
                administer.add_office(desk.office, name)
        self.offices = [one.office_id for one in agents.all_offices(desk.office)]
        self.faces = [
            {**face, "work_kelurahan": _PLACES[place % len(_PLACES)]}
            for place, face in enumerate(self.faces)
        ]

    def ask(self, which: int, side: int, _rest: int) -> None:
        """A supervisor asks an agent about some open case."""
        if opened := self.supervisor.cases():
            case_id, asked = opened[which % len(opened)].case_id, ("record", "other")[side % 2]
            office = self.desk.office
            self.refusable(lambda: review.ask(office, case_id, "Cek", "Check", by=WHO, side=asked))

    def move(self, agent: int, place: int, days: int) -> None:
        """An agent is at some office from a day on that may be long ago, or to come."""
        since = date(2026, 11, 20) + timedelta(days=days % 7 - 4)
        office_id = self.offices[place % len(self.offices)]
        agents.move_agent(self.desk.office, self._agent(agent), office_id, since, by=WHO)

    def rename(self, agent: int, number: int, _rest: int) -> None:
        """An agent has another name."""
        agents.change_agent(self.desk.office, self._agent(agent), f"Agen {number}", by=WHO)

    def wait(self, days: int, _more: int, _rest: int) -> None:
        """Days pass, so that what comes is received on another, maybe in another month."""
        self.desk.now.forward(days=days % 6)

    def _agent(self, number: int) -> str:
        found: str = self.laptops[number % 2].joined["agent"]["agent_id"]
        return found

    def insist_figures(self, wanted: tuple[Any, ...]) -> None:
        """Insist that some figures are those of a fold."""
        first, length, basis, of_offices, named, place = wanted
        begin = _BEGIN + timedelta(days=first)
        asked = Asked(
            begin,
            begin + timedelta(days=length),
            basis,
            None if of_offices is None else frozenset(self.offices[n] for n in of_offices),
            kecamatan_code(place) if named == "kecamatan" else None,
            place if named == "kelurahan" else None,
        )
        with self.desk.office.store.read() as tx:
            told = {key: sums for key, sums in leaderboard.sums(tx, asked).items() if any(sums)}
            every = [ledger.as_record(row) for row in tx.execute(_EVERY)]
        assert told == folded(every, asked)


_EVERY = sa.select(*(records.c[name] for name in Record._fields))


def folded(every: list[Record], asked: Asked) -> dict[tuple[str, str | None], tuple[int, ...]]:
    """Count what is asked for, record by record."""
    found: dict[Any, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTERS, 0))
    for record in every:
        day = record.work_date if asked.basis == Basis.WORK else record.received_date
        if (
            not asked.first <= day <= asked.last
            or (asked.offices is not None and record.office_id not in asked.offices)
            or asked.kecamatan not in (None, kecamatan_code(record.kelurahan))
            or asked.kelurahan not in (None, record.kelurahan)
        ):
            continue
        counts = found[record.agent_id, None if asked.offices is None else record.office_id]
        counted = record.counts_as or record.verdict
        counts["received"] += 1
        counts[counted.value] += 1
        if counted == Verdict.ACCEPTED:
            counts["contribution"] += record.contribution
            counts["months"] += record.months
            counts["jht"] += record.jht
    return {key: tuple(counts.values()) for key, counts in found.items()}


def play(desk: Desk, steps: list[tuple[Any, ...]], wanted: list[tuple[Any, ...]]) -> DeskTown:
    """Play steps one after the other, and insist on everything after each."""
    town = DeskTown(desk)
    for name, *arguments in steps:
        getattr(town, name)(*arguments)
        town.insist()
    for one in wanted:
        town.insist_figures(one)
    return town


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@settings(max_examples=12, **_PLAYED)
@given(_STEPS, _WANTED)
def test_whatever_is_done_at_the_desk(desk: Desk, steps: Any, wanted: Any) -> None:
    play(desk, steps, wanted)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
@settings(max_examples=4, **_PLAYED)
@given(_STEPS, _WANTED)
def test_whatever_is_done_at_the_desk_on_postgresql(desk: Desk, steps: Any, wanted: Any) -> None:
    play(desk, steps, wanted)


def test_figures_of_a_long_day(desk: Desk) -> None:
    """The same, once, with enough of everything, asked for in every way."""
    steps = [("capture", n, n // 2, 0) for n in range(10)]
    steps += [("move", 0, 1, 2), ("wait", 3, 0, 0), ("ask", 0, 1, 0), ("rename", 1, 7, 0)]
    steps += [("correct", n, n, n) for n in range(4)]
    steps += [("decide", n, n, n % 2) for n in range(5)]
    steps += [("move", 1, 2, 0), ("move", 0, 2, 5), ("take", 0, 6, 0)]
    steps += [("undo", n, 0, 0) for n in range(3)]
    wanted = [
        (first, length, basis, of_offices, named, place)
        for first, length in ((0, 200), (42, 29), (61, 0))
        for basis in Basis
        for of_offices in (None, frozenset({0}), frozenset({1, 2}))
        for named, place in (("", ""), ("kecamatan", _PLACES[0]), ("kelurahan", _PLACES[1]))
    ]
    town = play(desk, steps, wanted)
    assert len(town.decided) > 1
