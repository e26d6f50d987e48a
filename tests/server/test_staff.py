"""offices, agents, move-agent: what they print, and how they end."""

from datetime import timedelta

import pytest
import time_machine

from server import agents
from tests.offices import START, Desk
from tests.server.terminal import Terminal

MOVE = ("move-agent", "A1", "--office", "Tallo", "--since")


@pytest.fixture
def staffed(desk: Desk, terminal: Terminal) -> Terminal:
    """A terminal at two offices, with two agents at the first and work of one."""
    laptop = desk.join()
    desk.agent()
    laptop.exchange(laptop.envelope())
    terminal.run("add-office", "Tallo")
    return terminal


@pytest.fixture(autouse=True)
def _that_day() -> object:
    with time_machine.travel(START, tick=False):
        yield


class TestMoveAgent:
    def test_says_what_moved_along(self, staffed: Terminal) -> None:
        found = staffed.run(*MOVE, "2026-11-01")
        told = "Agen 1 (A1) di Tallo sejak 1 November 2026. Pendaftaran yang ikut berpindah: 1.\n"
        assert (found.exit_code, found.stdout) == (0, told)

    def test_as_json(self, staffed: Terminal) -> None:
        found = staffed.json(*MOVE, "2026-11-21")
        assert found | {"agent_id": ""} == {
            "agent_id": "",
            "code": "A1",
            "name": "Agen 1",
            "office": "Tallo",
            "since": "2026-11-21",
            "records_moved": 0,
        }
        assert len(found["agent_id"]) == 36

    def test_of_whom_or_where_or_when_nobody_knows(self, staffed: Terminal) -> None:
        for day in ("2026-02-30", "yesterday", "20-11-2026", ""):
            assert staffed.problem(*MOVE, day) == "day_unreadable"
        nowhere = ("move-agent", "A1", "--office", "Nowhere", "--since", "2026-11-01")
        assert staffed.problem(*nowhere) == "office_unknown"
        nobody = ("move-agent", "A9", "--office", "Tallo", "--since", "2026-11-01")
        assert staffed.problem(*nobody) == "agent_unknown"


class TestLists:
    def test_of_agents_with_moves_and_end(self, desk: Desk, staffed: Terminal) -> None:
        staffed.run(*MOVE, "2026-11-21")
        second = agents.agent_coded(desk.office, "A2")
        agents.end_agent(
            desk.office, second.agent_id, desk.now().date() + timedelta(days=9), by="admin-1"
        )
        assert staffed.run("agents").stdout.splitlines() == [
            "A1  Agen 1  Makassar  sejak 21 Nov 2026 Tallo",
            "A2  Agen 2  Makassar  berakhir 29 Nov 2026",
        ]
        assert "since 21 Nov 2026 Tallo" in staffed.run("--lang", "en", "agents").stdout
        first, _ = staffed.json("agents")["agents"]
        assert (first["code"], first["office"], first["ended_on"]) == ("A1", "Makassar", None)
        assert first["moves"] == [{"since": "2026-11-21", "office": "Tallo"}]

    def test_of_offices_with_who_is_there_today(self, desk: Desk, staffed: Terminal) -> None:
        staffed.run(*MOVE, "2026-11-20")
        second = agents.agent_coded(desk.office, "A2")
        assert staffed.run("offices").stdout.splitlines() == [
            "Makassar  1 agen",
            "Tallo     1 agen",
        ]
        agents.end_agent(desk.office, second.agent_id, desk.now().date(), by="admin-1")
        found = [(one["name"], one["agents"]) for one in staffed.json("offices")["offices"]]
        assert found == [("Makassar", 0), ("Tallo", 1)]

    def test_of_an_empty_office(self, terminal: Terminal) -> None:
        assert terminal.json("agents") == {"agents": []}
        assert terminal.json("offices") == {"offices": []}
        assert (terminal.run("agents").stdout, terminal.run("offices").stdout) == ("", "")
