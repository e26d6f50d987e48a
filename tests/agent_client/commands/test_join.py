"""join: from a code to a laptop that works; again, wrongly, and by another's code."""

import json
from pathlib import Path

import pytest

from agent_client import vault
from sync.problems import LineProblem
from tests.agent_client.laptops import PASSPHRASE, open_vault
from tests.agent_client.office_line import ADDRESS, AgentLaptop
from tests.builders import content
from tests.offices import Desk


def join(laptop: AgentLaptop, code: str, url: str = ADDRESS, stdin: str | None = None) -> str:
    """Join; return the problem's code, "" where it went well."""
    result = laptop.run("join", url, code, "--name", "Laptop 1", "--json", stdin=stdin)
    told = json.loads(result.stdout.splitlines()[-1])
    assert result.exit_code == (0 if "joined" in told else 1)
    return str(told.get("problem", {}).get("code", ""))


def test_joining_makes_the_database_and_fetches_the_lists(bare: AgentLaptop) -> None:
    assert join(bare, bare.desk.code(bare.desk.agent())) == ""
    told = bare.json("status")
    assert told["device"]["agent_name"] == "Agen 1"
    assert told["device"]["name"] == "Laptop 1"
    assert told["device"]["office_url"] == ADDRESS
    assert {"tariff", "regions", "occupations", "consent", "keys"} <= told["reference"].keys()
    assert "token" not in json.dumps(told)


def test_a_code_is_used_once(bare: AgentLaptop, tmp_path: Path) -> None:
    code = bare.desk.code(bare.desk.agent())
    bare.run("join", ADDRESS, code, "--name", "x")
    bare.run("capture", "-", stdin=json.dumps(content(1)))
    bare.run("sync")
    other = AgentLaptop(bare.desk, tmp_path / "other")
    assert join(other, code) == "code_used"
    assert join(bare, "ABCD-EFGH") == "code_unknown"
    assert bare.json("status")["counts"]["accepted"] == 1


def test_joining_again_keeps_what_waits(laptop: AgentLaptop) -> None:
    laptop.capture(content(1))
    before = laptop.json("list")["captures"]
    assert join(laptop, laptop.desk.code("A1")) == ""
    assert laptop.json("list")["captures"] == before
    assert laptop.run("sync").exit_code == 0


def test_another_agents_code_changes_nothing(laptop: AgentLaptop) -> None:
    laptop.capture(content(1))
    assert join(laptop, laptop.desk.code(laptop.desk.agent())) == "device_of_another"
    assert laptop.run("sync").exit_code == 0


def test_an_agent_of_another_office_cannot_take_over_what_waits(
    laptop: AgentLaptop, second_desk: Desk
) -> None:
    laptop.capture(content(1))
    first = laptop.desk
    laptop.desk = second_desk
    assert join(laptop, laptop.desk.code(laptop.desk.agent())) == "agent_differs"
    laptop.desk = first
    assert laptop.run("sync").exit_code == 0


def test_an_empty_laptop_may_go_to_another_agent(laptop: AgentLaptop, second_desk: Desk) -> None:
    laptop.run("sync")
    laptop.desk = second_desk
    assert join(laptop, laptop.desk.code(laptop.desk.agent())) == ""
    assert laptop.json("status")["performance"] is None


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://kantor.contoh.id", "address_plain"),
        ("kantor.contoh.id", "address_malformed"),
        ("ftp://kantor", "address_malformed"),
        ("https://a:b@kantor", "address_malformed"),
    ],
)
def test_an_address_that_cannot_be_used(bare: AgentLaptop, url: str, code: str) -> None:
    assert join(bare, "CODE", url) == code
    assert not bare.home.exists()
    assert bare.dialled == []


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        ("captive", "not_an_office"),
        ("answer_malformed", "not_an_office"),
        ("line_refused", "line_refused"),
    ],
)
def test_an_address_that_is_no_office(bare: AgentLaptop, problem: str, code: str) -> None:
    bare.problem = LineProblem(problem)
    assert join(bare, "CODE") == code
    bare.problem = None
    assert join(bare, bare.desk.code(bare.desk.agent())) == ""


def test_the_passphrase_is_asked_for_twice(bare: AgentLaptop) -> None:
    bare.passphrase = None
    code = bare.desk.code(bare.desk.agent())
    assert join(bare, code, stdin="satu\ndua\n") == "passphrase_differs"
    assert join(bare, code, stdin="") == "passphrase_needed"
    assert not bare.home.exists()
    assert join(bare, code, stdin=f"{PASSPHRASE}\n{PASSPHRASE}\n") == ""
    open_vault(bare.home)


def test_once_there_it_is_asked_for_once(laptop: AgentLaptop) -> None:
    laptop.passphrase = None
    code = laptop.desk.code("A1")
    assert join(laptop, code, stdin="salah\n") == "passphrase_wrong"
    assert join(laptop, code, stdin=f"{PASSPHRASE}\n") == ""


def test_a_short_passphrase_is_warned_of(bare: AgentLaptop) -> None:
    bare.passphrase = "pendek"
    result = bare.run("join", ADDRESS, bare.desk.code(bare.desk.agent()), "--name", "x")
    assert result.exit_code == 0
    assert "pendek" in result.stderr


def test_a_new_passphrase(laptop: AgentLaptop) -> None:
    result = laptop.run("passphrase", stdin="perahu baru\nperahu baru\n")
    assert result.exit_code == 0
    assert laptop.run("status").exit_code == 1
    vault.unlock(laptop.home, "perahu baru", 5)
