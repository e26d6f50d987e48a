"""An agent's name, moves and end; what was captured counts for the office of its day."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from server import administer, agents, audit
from server.administer import Ended, Taken, Unknown, Wrong
from server.agents import Move
from server.leaderboard import leaderboard_of, office_ids
from server.office import Office
from server.rules.spans import Asked, month_span
from server.store import audit as trail
from tests.offices import Desk, Laptop
from tests.server.looks import faults, feed_numbers, record

WHO = "admin-1"
TODAY = date(2026, 11, 20)
NOBODY = "019a9c00-0000-7000-8000-00000000ffff"


def on(day: date) -> dict[str, Any]:
    """Return what makes an envelope one of another day, by a clock that is likely right."""
    return {"captured_at": f"{day}T09:00:00+08:00", "last_answer_at": None}


class Moving:
    """An office Makassar with an agent's laptop, and an office Tallo."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.office: Office = desk.office
        self.tallo = administer.add_office(desk.office, "Tallo")
        self.laptop: Laptop = desk.join()
        self.agent_id: str = self.laptop.joined["agent"]["agent_id"]
        self.makassar: str = self.laptop.joined["agent"]["office"]["office_id"]

    def capture(self, *days: date) -> None:
        """Have one worker a day accepted."""
        self.laptop.exchange(*(self.laptop.envelope(**on(day)) for day in days))

    def move(self, office_id: str, since: date) -> int:
        """Move the agent, and insist that the books are sound."""
        count = agents.move_agent(self.office, self.agent_id, office_id, since, by=WHO)
        assert faults(self.desk) == []
        return count

    def boards(self, month: str = "2026-11") -> dict[str, list[tuple[str, int]]]:
        """Return (agent's code, accepted) of each office's leaderboard, and of all."""
        return {
            name: [
                (place.agent_code, place.accepted)
                for place in leaderboard_of(
                    self.office,
                    Asked(*month_span(month), offices=office_ids(self.office, name or None)),
                ).places
            ]
            for name in ("Makassar", "Tallo", "")
        }


@pytest.fixture
def moving(desk: Desk) -> Moving:
    return Moving(desk)


def days_before(*numbers: int) -> list[date]:
    """Return days so many days ago."""
    return [TODAY - timedelta(days=number) for number in numbers]


class TestMove:
    def test_of_the_past_credits_what_was_captured_since(self, moving: Moving) -> None:
        moving.capture(*days_before(3, 2, 1, 0))
        assert moving.boards() == {"Makassar": [("A1", 4)], "Tallo": [], "": [("A1", 4)]}
        assert moving.move(moving.tallo, TODAY - timedelta(days=1)) == 2
        assert moving.boards() == {
            "Makassar": [("A1", 2)],
            "Tallo": [("A1", 2)],
            "": [("A1", 4)],
        }

    def test_decides_for_what_arrives_later_by_its_own_day(self, moving: Moving) -> None:
        moving.move(moving.tallo, TODAY)
        moving.capture(*days_before(1, 0))
        assert moving.boards()["Makassar"] == moving.boards()["Tallo"] == [("A1", 1)]
        assert faults(moving.desk) == []

    def test_of_the_future_takes_effect_by_itself(self, moving: Moving) -> None:
        assert moving.move(moving.tallo, TODAY + timedelta(days=5)) == 0
        moving.capture(TODAY)
        assert [one.office for one in agents.all_agents(moving.office)] == ["Makassar"]
        assert moving.boards()["Tallo"] == []
        moving.desk.now.forward(days=5)
        assert [one.office for one in agents.all_agents(moving.office)] == ["Tallo"]
        moving.capture(TODAY + timedelta(days=5))
        assert moving.boards() == {
            "Makassar": [("A1", 1)],
            "Tallo": [("A1", 1)],
            "": [("A1", 2)],
        }
        assert faults(moving.desk) == []

    def test_to_the_same_day_is_replaced_and_one_back_takes_it_back(self, moving: Moving) -> None:
        moving.capture(TODAY)
        other = administer.add_office(moving.office, "Rappocini")
        moving.move(other, TODAY)
        moving.move(moving.tallo, TODAY)
        (agent,) = agents.all_agents(moving.office)
        assert agent.moves == (Move(TODAY, "Tallo"),)
        assert moving.move(moving.makassar, TODAY) == 1
        (agent,) = agents.all_agents(moving.office)
        assert (agent.office, agent.moves) == ("Makassar", ())
        assert moving.boards() == {"Makassar": [("A1", 1)], "Tallo": [], "": [("A1", 1)]}

    def test_between_two_others_holds_until_the_later(self, moving: Moving) -> None:
        moving.capture(*days_before(6, 4, 2))
        moving.move(moving.makassar, TODAY - timedelta(days=3))
        moving.move(moving.tallo, TODAY - timedelta(days=5))
        (agent,) = agents.all_agents(moving.office)
        assert agent.moves == (Move(TODAY - timedelta(days=5), "Tallo"),)
        moving.move(moving.makassar, TODAY - timedelta(days=3))
        assert moving.boards()["Makassar"] == [("A1", 2)]
        assert moving.boards()["Tallo"] == [("A1", 1)]

    def test_a_correction_counts_where_the_first_of_its_chain_does(self, moving: Moving) -> None:
        first = moving.laptop.envelope(**on(TODAY - timedelta(days=2)))
        moving.laptop.exchange(first)
        moving.move(moving.tallo, TODAY - timedelta(days=1))
        fixed = moving.laptop.envelope(
            {**first["content"], "note": "x"}, corrects=first["record_id"]
        )
        moving.laptop.exchange(fixed)
        moved = moving.move(moving.tallo, TODAY - timedelta(days=2))
        assert moved == 2
        kept = record(moving.desk, fixed)
        assert kept is not None
        assert kept.office_id == moving.tallo
        assert moving.boards()["Makassar"] == []

    def test_the_laptop_s_own_figures_stay_and_nothing_is_told(self, moving: Moving) -> None:
        moving.capture(*days_before(2, 1, 0))
        before = moving.laptop.exchange()["performance"]
        moving.move(moving.tallo, TODAY - timedelta(days=1))
        after = moving.laptop.exchange()
        assert (after["performance"], after["changes"]) == (before, [])
        assert feed_numbers(moving.desk, moving.agent_id) == []

    def test_the_rank_is_that_of_today_s_office(self, moving: Moving) -> None:
        rival = moving.desk.join()
        rival.exchange(*(rival.envelope() for _ in range(3)))
        moving.capture(TODAY)
        month, _ = moving.laptop.exchange()["performance"]["months"]
        assert (month["rank"], month["of"]) == (2, 2)
        moving.move(moving.tallo, TODAY)
        month, _ = moving.laptop.exchange()["performance"]["months"]
        assert (month["rank"], month["of"], month["accepted"]) == (1, 1, 1)

    def test_a_new_laptop_is_told_today_s_office(self, moving: Moving) -> None:
        moving.move(moving.tallo, TODAY)
        again = moving.desk.join("A1")
        assert again.joined["agent"]["office"]["name"] == "Tallo"

    def test_other_agents_stay(self, moving: Moving) -> None:
        rival = moving.desk.join()
        rival.exchange(rival.envelope())
        moving.capture(TODAY)
        assert moving.move(moving.tallo, TODAY - timedelta(days=9)) == 1
        assert moving.boards()["Makassar"] == [("A2", 1)]

    def test_of_nobody_or_to_nowhere(self, moving: Moving) -> None:
        with pytest.raises(Unknown, match=r"^agent_unknown$"):
            agents.move_agent(moving.office, NOBODY, moving.tallo, TODAY, by=WHO)
        with pytest.raises(Unknown, match=r"^office_unknown$"):
            agents.move_agent(moving.office, moving.agent_id, NOBODY, TODAY, by=WHO)
        (agent,) = agents.all_agents(moving.office)
        assert agent.moves == ()


class TestEnd:
    def end(self, moving: Moving, since: date) -> None:
        agents.end_agent(moving.office, moving.agent_id, since, by=WHO)
        assert faults(moving.desk) == []

    def test_leaves_the_leaderboards_of_later_days(self, moving: Moving) -> None:
        self.end(moving, date(2026, 11, 1))
        assert moving.boards() == {"Makassar": [], "Tallo": [], "": []}
        assert moving.boards("2026-10")["Makassar"] == [("A1", 0)]

    def test_stays_where_there_are_figures(self, moving: Moving) -> None:
        moving.capture(TODAY)
        self.end(moving, date(2026, 11, 1))
        assert moving.boards()["Makassar"] == moving.boards()[""] == [("A1", 1)]

    def test_in_the_middle_of_a_month_is_in_it_still(self, moving: Moving) -> None:
        self.end(moving, date(2026, 11, 2))
        assert moving.boards()["Makassar"] == [("A1", 0)]
        assert moving.boards("2026-12")["Makassar"] == []

    def test_voids_the_codes_from_that_day_on(self, moving: Moving) -> None:
        self.end(moving, TODAY + timedelta(days=1))
        code = moving.desk.code("A1")
        moving.desk.now.forward(days=1)
        request = {"code": code, "device_id": NOBODY, "name": "x", "platform": "x", "client": "1"}
        answer = moving.desk.client().post("/api/v1/devices", json=request)
        assert (answer.status_code, answer.json["code"]) == (403, "code_expired")
        with pytest.raises(Ended, match=r"^agent_ended$"):
            administer.make_join_code(moving.office, "A1")
        agents.take_back_end(moving.office, moving.agent_id, by=WHO)
        assert moving.desk.client().post("/api/v1/devices", json=request).status_code == 201

    def test_a_laptop_still_hands_in_what_it_holds(self, moving: Moving) -> None:
        self.end(moving, TODAY)
        assert moving.laptop.send(moving.laptop.envelope()) == [("accepted", "new")]
        assert faults(moving.desk) == []

    def test_is_taken_back(self, moving: Moving) -> None:
        self.end(moving, date(2026, 11, 1))
        assert [one.ended_on for one in agents.all_agents(moving.office)] == [date(2026, 11, 1)]
        agents.take_back_end(moving.office, moving.agent_id, by=WHO)
        assert [one.ended_on for one in agents.all_agents(moving.office)] == [None]
        assert moving.boards()["Makassar"] == [("A1", 0)]


class TestNames:
    def test_an_agent_s_and_an_office_s(self, moving: Moving) -> None:
        agents.change_agent(moving.office, moving.agent_id, " Daeng  Sutte ", by=WHO)
        administer.rename_office(moving.office, moving.makassar, "Panakkukang", by=WHO)
        (agent,) = agents.all_agents(moving.office)
        assert (agent.name, agent.office) == ("Daeng Sutte", "Panakkukang")

    def test_an_office_keeps_its_own_but_gets_no_other_s(self, moving: Moving) -> None:
        administer.rename_office(moving.office, moving.tallo, "Tallo", by=WHO)
        with pytest.raises(Taken, match=r"^office_taken$"):
            administer.rename_office(moving.office, moving.tallo, "Makassar", by=WHO)

    @pytest.mark.parametrize("name", ["", "  ", "\x00", "a\x00b", "x" * 101, "\udcff", "a\u202eb"])
    def test_what_is_none(self, moving: Moving, name: str) -> None:
        asked: list[Callable[[], Any]] = [
            lambda: administer.add_office(moving.office, name),
            lambda: administer.rename_office(moving.office, moving.tallo, name, by=WHO),
            lambda: administer.add_agent(moving.office, name, "Tallo", "B1"),
            lambda: agents.change_agent(moving.office, moving.agent_id, name, by=WHO),
        ]
        for ask in asked:
            with pytest.raises(Wrong, match=r"^name_wrong$"):
                ask()
        with pytest.raises(Wrong, match=r"^code_wrong$"):
            administer.add_agent(moving.office, "Sutte", "Tallo", name)

    def test_of_nobody(self, moving: Moving) -> None:
        asked: list[Callable[[], Any]] = [
            lambda: agents.change_agent(moving.office, NOBODY, "x", by=WHO),
            lambda: agents.end_agent(moving.office, NOBODY, TODAY, by=WHO),
            lambda: agents.take_back_end(moving.office, NOBODY, by=WHO),
        ]
        for ask in asked:
            with pytest.raises(Unknown, match=r"^agent_unknown$"):
                ask()
        with pytest.raises(Unknown, match=r"^office_unknown$"):
            administer.rename_office(moving.office, NOBODY, "x", by=WHO)


def test_who_did_what_stands_in_the_trail(moving: Moving) -> None:
    moving.capture(TODAY)
    moving.move(moving.tallo, TODAY)
    agents.end_agent(moving.office, moving.agent_id, TODAY, by=WHO)
    agents.take_back_end(moving.office, moving.agent_id, by=WHO)
    agents.change_agent(moving.office, moving.agent_id, "Daeng Naba", by=WHO)
    administer.rename_office(moving.office, moving.makassar, "Panakkukang", by=WHO)
    administer.make_join_code(moving.office, "A1", by=WHO)
    with moving.office.store.read() as tx:
        found = [line for line in trail.lines(tx) if line.by == WHO]
        assert list(audit.broken(tx, moving.office.keys)) == []
    assert [(line.action, line.about, line.office_id) for line in found] == [
        ("moved", "agent", moving.tallo),
        ("ended", "agent", moving.tallo),
        ("changed", "agent", moving.tallo),
        ("changed", "agent", moving.tallo),
        ("changed", "office", moving.makassar),
        ("made", "join_code", moving.tallo),
    ]
    detail = json.loads(found[0].detail)
    assert detail == {"to": "Tallo", "since": "2026-11-20", "records": 1}


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "20261120",
            "2026-13-01",
            "2026-02-30",
            "0000-01-01",
            "２０２６-11-20",
            "2026-11-20\n",
        ),
        *("0026-11-20", "1999-12-31", "9999-12-31"),
    ],
)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        agents.day_of(text)


def test_what_is_a_day() -> None:
    assert agents.day_of("2028-02-29") == date(2028, 2, 29)
