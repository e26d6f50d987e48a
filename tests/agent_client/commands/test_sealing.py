"""From the office's 403 to the last verdict: what agent and supervisor see of a wiped laptop."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from agent_client.sentences import sentence
from agent_client.store import device
from server.sealed import open_sealed
from server.store import devices
from tests.agent_client.laptops import open_vault
from tests.agent_client.office_line import ADDRESS, AgentLaptop
from tests.builders import OMIT, content
from tests.offices import Desk
from tests.server.looks import recorded


def revoke(laptop: AgentLaptop) -> str:
    """Take a laptop's right to exchange; return its id."""
    desk, here = laptop.desk, of(laptop)
    with desk.office.store.write() as tx:
        devices.revoke(tx, here.device_id, desk.now())
    return here.device_id


@contextmanager
def changed(laptop: AgentLaptop) -> Iterator[Any]:
    """Open a laptop's database, to change it by hand."""
    opened = open_vault(laptop.home)
    with opened.writing() as tx:
        yield tx
    opened.close()


def of(laptop: AgentLaptop) -> device.Device:
    opened = open_vault(laptop.home)
    with opened.reading() as tx:
        here = device.device(tx)
    opened.close()
    assert here is not None
    return here


@pytest.fixture
def wiped(the_desk: Desk, tmp_path: Path) -> AgentLaptop:
    """A laptop that was revoked with one capture settled, one waiting, and a draft."""
    laptop = AgentLaptop(the_desk, tmp_path / "laptop")
    laptop.join(the_desk.agent())
    laptop.capture(content(1, full_name="Sitti Aminah"))
    laptop.run("sync")
    laptop.capture(content(2, full_name="Basri Rauf"))
    laptop.capture(content(3, full_name="Hasnah Usman", months=OMIT))
    revoke(laptop)
    return laptop


SAID = sentence("sealed", "id", records=1, drafts=1)


def test_the_agent_is_told_what_happened_and_what_to_do(wiped: AgentLaptop) -> None:
    result = wiped.run("sync")
    assert result.exit_code == 1
    assert sentence("device_revoked", "id") in result.stderr
    assert SAID in result.stderr
    assert "lorong-agent export-sealed BERKAS" in SAID
    told = wiped.run("status").stdout
    assert told.splitlines()[0] == f"1 menunggu. {sentence('device_revoked', 'id')} {SAID}"
    assert "disegel               1" in told
    body = wiped.json("status")
    counts = ("waiting", "sealed", "sealed_drafts", "drafts", "set_aside")
    assert [body[name] for name in counts] == [1, 1, 1, 0, 0]
    wiped.lang = "en"
    assert "export-sealed FILE" in wiped.run("status").stdout


def test_lists_and_stories_say_it_plainly(wiped: AgentLaptop) -> None:
    wiped.run("sync")
    everything = wiped.run("list").stdout + wiped.run("drafts").stdout
    listed = wiped.json("list")["captures"]
    for one in listed:
        everything += wiped.run("show", one["record_id"]).stdout
    assert not [name for name in ("Aminah", "Basri", "Hasnah", "7371") if name in everything]
    assert [(one["state"], one["name"], one["nik"]) for one in listed] == [
        ("accepted", None, None),
        ("sealed", None, None),
    ]
    lines = wiped.run("list").stdout.splitlines()
    assert [line.split()[-1] for line in lines] == ["(dihapus)", "(disegel)"]
    settled, waiting = (wiped.run("show", one["record_id"]).stdout for one in listed)
    assert "isinya tidak dapat dibaca lagi di sini" in settled
    assert "Diterima kantor" in settled
    assert sentence("sealed_one", "id") in waiting
    assert wiped.json("list", "--state", "sealed")["captures"] == listed[1:]
    wiped.lang = "en"
    assert [line.split()[-1] for line in wiped.run("list").stdout.splitlines()] == [
        "(removed)",
        "(sealed)",
    ]
    assert "can no longer be read" in wiped.run("show", listed[0]["record_id"]).stdout


def test_the_same_refusal_again_changes_nothing(wiped: AgentLaptop) -> None:
    wiped.run("sync")
    before = [wiped.json(command) for command in ("list", "drafts", "doctor")]
    wiped.run("sync")
    assert [wiped.json(command) for command in ("list", "drafts", "doctor")] == before
    assert before[-1]["sound"]


@pytest.mark.parametrize("asked", [False, True])
def test_only_who_is_asked_to_wipe_does(laptop: AgentLaptop, asked: bool) -> None:
    laptop.capture(content(1, full_name="Sitti Aminah"))
    if asked:
        revoke(laptop)
    else:
        with changed(laptop) as tx:
            tx.execute("update device set token = 'unknown-token'")
    laptop.run("sync")
    assert ("Aminah" in laptop.run("list").stdout) is not asked


def test_handed_in_and_let_in_again_all_is_settled(wiped: AgentLaptop, tmp_path: Path) -> None:
    wiped.run("sync")
    file = tmp_path / "tersegel.jsonl"
    assert wiped.json("export-sealed", str(file)) == {
        "records": 1,
        "drafts": 1,
        "file": str(file),
    }
    assert "1 pendaftaran dan 1 draf" in wiped.run("export-sealed", str(file)).stdout
    wiped.join("A1")
    before = wiped.run("sync")
    assert (before.exit_code, recorded(wiped.desk)) == (1, 1)
    assert SAID in before.stderr
    with file.open("rb") as lines:
        opened = open_sealed(wiped.desk.office, lines)
    assert (opened.verdicts, opened.refused) == ({"A1": {"accepted": 1}}, [])
    assert [one["content"]["full_name"] for one in opened.drafts] == ["Hasnah Usman"]
    after = wiped.run("sync")
    assert (after.exit_code, recorded(wiped.desk)) == (0, 2)
    assert "Diterima kantor" in after.stdout
    assert wiped.json("drafts") == {"drafts": [], "sealed": [1]}
    assert "   1  (disegel)" in wiped.run("drafts").stdout
    assert wiped.json("drafts", "--discard", "1") == {"drafts": [], "sealed": []}
    assert "export-sealed" not in wiped.run("status").stdout
    assert wiped.run("export-sealed", str(tmp_path / "lagi")).stdout == (
        "Tidak ada yang disegel.\n"
    )
    assert wiped.json("export-sealed", str(tmp_path / "lagi"))["file"] is None
    assert wiped.json("doctor")["sound"]


def test_what_is_captured_after_joining_again_is_sent_as_ever(wiped: AgentLaptop) -> None:
    wiped.run("sync")
    wiped.join("A1")
    assert wiped.capture(content(4))["device_seq"] == 3
    wiped.run("sync")
    assert wiped.json("status")["counts"]["accepted"] == 2


def test_a_laptop_with_sealed_drafts_is_not_another_agents(
    laptop: AgentLaptop, second_desk: Desk
) -> None:
    laptop.capture(content(1, months=OMIT))
    revoke(laptop)
    laptop.run("sync")
    laptop.desk = second_desk
    result = laptop.run("join", ADDRESS, second_desk.code(second_desk.agent()), "--name", "x")
    assert "[agent_differs]" in result.stderr
    laptop.run("drafts", "--discard", "1")
    assert laptop.run("join", ADDRESS, second_desk.code("A1"), "--name", "x").exit_code == 0


def test_a_file_that_cannot_be_written(wiped: AgentLaptop, tmp_path: Path) -> None:
    wiped.run("sync")
    told = json.loads(wiped.run("export-sealed", str(tmp_path), "--json").stdout)
    assert told["problem"]["code"] == "export_unwritable"
    assert wiped.json("status")["sealed"] == 1


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        ("delete from sealed where record_id is not null", "sealed_missing"),
        ("update captures set name = 'Basri' where waiting", "purge_incomplete"),
    ],
)
def test_the_doctor_looks_at_what_was_wiped(wiped: AgentLaptop, damage: str, code: str) -> None:
    wiped.run("sync")
    with changed(wiped) as tx:
        tx.execute(damage)
    assert [fault["code"] for fault in wiped.json("doctor")["faults"]] == [code]
