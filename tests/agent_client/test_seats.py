"""Seats: who shares a laptop, how each is named, and that nobody opens another one's data."""

import json
from pathlib import Path

import pytest

from agent_client import vault
from agent_client.problems import AgentProblem
from agent_client.seats import FIRST, Seat, clean_label, name_of, new_seat, seat_for, seats
from tests.agent_client.laptops import CHEAP, PASSPHRASE, new_vault
from tests.agent_client.office_line import AgentLaptop
from tests.builders import content


def made(laptop: Path, label: str) -> Seat:
    seat = new_seat(laptop, label)
    vault.create(seat.home, PASSPHRASE, CHEAP, 5, seat.label).close()
    return seat


def refused(laptop: Path, name: str | None, *, may_be_new: bool = False) -> AgentProblem:
    with pytest.raises(AgentProblem) as caught:
        seat_for(laptop, name, may_be_new=may_be_new)
    return caught.value


def test_a_new_laptop_has_no_seat_and_begins_with_its_own_folder(tmp_path: Path) -> None:
    laptop = tmp_path / "lorong"
    assert seats(laptop) == []
    assert seat_for(laptop, None).home == laptop
    assert not laptop.exists()


def test_the_only_seat_there_is_needs_no_name(tmp_path: Path) -> None:
    ani = made(tmp_path, "Ani")
    assert (ani.name, ani.home) == ("ani", tmp_path / "agents" / "ani")
    assert seat_for(tmp_path, None) == ani


def test_where_there_are_several_one_must_be_named(tmp_path: Path) -> None:
    new_vault(tmp_path).close()
    ani = made(tmp_path, "Daeng Ani")
    assert [seat.name for seat in seats(tmp_path)] == ["utama", "daeng-ani"]
    problem = refused(tmp_path, None)
    assert (problem.code, problem.params) == ("agent_needed", {"names": "utama, daeng-ani"})
    assert [seat_for(tmp_path, name) for name in ("daeng-ani", "DAENG ANI")] == [ani, ani]
    assert [seat_for(tmp_path, name).home for name in FIRST.values()] == [tmp_path, tmp_path]


def test_an_unknown_name_is_a_new_seat_only_where_one_may_be_made(tmp_path: Path) -> None:
    new_vault(tmp_path).close()
    assert refused(tmp_path, "ani").code == "agent_unknown"
    assert seat_for(tmp_path, "ani", may_be_new=True).home == tmp_path / "agents" / "ani"
    assert not (tmp_path / "agents").exists()


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Daéng Ngalle", "daeng-ngalle"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\\b:c", "a-b-c"),
        ("CON", "agen-con"),
        ("lpt1", "agen-lpt1"),
        ("Utama", "agen-utama"),
        ("ᨒᨚᨈᨑ", "agen"),
        ("x" * 99, "x" * 40),
        ("x" * 39 + " y", "x" * 39),
    ],
)
def test_a_name_is_a_folder_on_every_system(tmp_path: Path, label: str, name: str) -> None:
    seat = new_seat(tmp_path, label)
    assert (seat.name, seat.home) == (name, tmp_path / "agents" / name)
    assert name_of(seat.home) == name


@pytest.mark.parametrize("label", ["", "  ", "../..", "\n", "—"])
def test_a_label_without_a_letter_is_none(tmp_path: Path, label: str) -> None:
    with pytest.raises(AgentProblem) as caught:
        new_seat(tmp_path, label)
    assert caught.value.code == "agent_name_bad"


def test_two_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    first, second = made(tmp_path, "x" * 41), made(tmp_path, "x" * 41)
    assert (first.name, second.name) == ("x" * 40, "x" * 36 + "-2")
    assert new_seat(tmp_path, "X" * 50).name == "x" * 36 + "-3"


def test_a_label_is_one_line(tmp_path: Path) -> None:
    assert clean_label(" Daeng\n\x00 Ani \u202e") == "Daeng Ani"
    assert len(clean_label("a" * 99)) == 60


def test_what_is_shown_before_anybody_has_typed_a_passphrase(tmp_path: Path) -> None:
    new_vault(tmp_path).close()
    made(tmp_path, "Daeng Ani")
    assert [seat.shown("id") for seat in seats(tmp_path)] == ["utama", "Daeng Ani"]
    assert [seat.shown("en") for seat in seats(tmp_path)] == ["main", "Daeng Ani"]


@pytest.mark.parametrize("left", ["agent.key", "agent.db", "agent.db.damaged-20261120T013000Z"])
def test_what_is_left_of_a_seat_is_still_one(tmp_path: Path, left: str) -> None:
    home = tmp_path / "agents" / "ani"
    home.mkdir(parents=True)
    (tmp_path / "agents" / "Not a Seat").mkdir()
    (tmp_path / "agents" / "empty").mkdir()
    (home / left).write_bytes(b"\xff")
    assert seats(tmp_path) == [Seat("ani", "", home)]


def test_folders_are_their_owners_alone(tmp_path: Path) -> None:
    home = made(tmp_path / "new" / "lorong", "Ani").home
    assert [path.stat().st_mode & 0o777 for path in (home, *home.parents[:2])] == [0o700] * 3


def test_two_agents_on_one_laptop(laptop: AgentLaptop) -> None:
    other = laptop.desk.code(laptop.desk.agent())
    joined = laptop.run("--agent", "Ani", "join", "https://kantor.test", other, "--name", "x")
    assert joined.exit_code == 0
    laptop_one = content(1, full_name="Sitti Rahma")
    assert laptop.run("status").exit_code == 1
    assert "agent_needed" in laptop.run("status").stderr
    assert laptop.json("status")["problem"]["code"] == "agent_needed"
    laptop.run("--agent", "utama", "capture", "-", stdin=json.dumps(laptop_one))
    assert len(laptop.json("--agent", "main", "list")["captures"]) == 1
    assert laptop.json("--agent", "ani", "list")["captures"] == []
    assert laptop.json("--agent", "ani", "status")["device"]["agent_name"] == "Agen 2"


def test_what_needs_nobodys_data_needs_no_name(tmp_path: Path, laptop: AgentLaptop) -> None:
    made(laptop.home, "Ani")
    (tmp_path / "proof.json").write_text("{}")
    verify = ("verify", str(tmp_path / "proof.json"))
    assert laptop.json(*verify)["problem"]["code"] == "agent_needed"
    assert "agent_needed" not in laptop.run(*verify, "--key", "A" * 43 + "=").stderr
    assert "agent_needed" not in laptop.run("--agent", "utama", *verify).stderr
