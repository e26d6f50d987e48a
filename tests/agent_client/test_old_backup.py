"""An old copy of agent.db and agent.key that is put back does not undo what had to go."""

import shutil
from pathlib import Path

import pytest

from agent_client.vault import DATABASE, KEYFILE
from server import withdrawal
from tests.agent_client.laptops import open_vault
from tests.agent_client.office_line import AgentLaptop
from tests.agent_client.wiping.wiped import everything
from tests.builders import content

WORKER = content(1)


def copy_of(laptop: AgentLaptop, folder: Path) -> Path:
    folder.mkdir()
    for name in (DATABASE, KEYFILE):
        shutil.copy(laptop.home / name, folder / name)
    return folder


def put_back(laptop: AgentLaptop, copy: Path) -> None:
    """Put a copy in the place of the laptop's data, as `restore` notes it."""
    shutil.rmtree(laptop.home)
    shutil.copytree(copy, laptop.home)
    vault = open_vault(laptop.home)
    with vault.writing() as tx:
        tx.execute("update device set restored = 1")
    vault.close()


def held(laptop: AgentLaptop) -> str:
    vault = open_vault(laptop.home)
    rows = str(everything(vault))
    vault.close()
    return rows


@pytest.mark.parametrize("was_sent", [True, False])
def test_what_was_forgotten_is_forgotten_again(
    laptop: AgentLaptop, tmp_path: Path, was_sent: bool
) -> None:
    laptop.run("sync")
    record_id = laptop.capture(WORKER)["record_id"]
    laptop.capture({"full_name": WORKER["full_name"]}, "--corrects", record_id)
    other = laptop.capture(content(2))["record_id"]
    if was_sent:
        laptop.run("sync")
    copy = copy_of(laptop, tmp_path / "copy")
    laptop.run("sync")
    office = laptop.desk.office
    withdrawal.withdraw(office, by="pengawas-1", at=office.now(), record_id=record_id)
    laptop.run("sync")
    assert [one["record_id"] for one in laptop.json("list")["captures"]] == [other]
    put_back(laptop, copy)
    assert WORKER["nik"] in held(laptop)
    for _ in range(2):
        assert laptop.run("sync").exit_code == 0
        assert [one["record_id"] for one in laptop.json("list")["captures"]] == [other]
        assert not [name for name in ("nik", "full_name") if WORKER[name] in held(laptop)]
    assert laptop.json("doctor")["sound"] is True


def test_what_was_purged_is_purged_again(laptop: AgentLaptop, tmp_path: Path) -> None:
    laptop.capture(WORKER)
    laptop.run("sync")
    copy = copy_of(laptop, tmp_path / "copy")
    laptop.desk.now.forward(days=14)
    laptop.run("sync")
    assert WORKER["nik"] not in held(laptop)
    put_back(laptop, copy)
    assert WORKER["nik"] in held(laptop)
    laptop.run("sync")
    assert WORKER["nik"] not in held(laptop)
    [one] = laptop.json("list")["captures"]
    assert (one["state"], one["purged_after_days"]) == ("accepted", 14)
