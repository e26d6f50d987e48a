"""A laptop is taken out of service, by its commands and a real office."""

from pathlib import Path

import pytest

from agent_client.status import read_status, status_lines
from server import retiring
from server.retiring import Standing
from tests.agent_client.office_line import AgentLaptop
from tests.agent_client.retiree import Retiree
from tests.builders import content
from tests.offices import Desk


def ask(laptop: AgentLaptop) -> str:
    """Ask a laptop to stop; return its device_id."""
    device_id = str(laptop.json("status")["device"]["device_id"])
    retiring.retire(laptop.desk.office, device_id, by="admin")
    return device_id


def test_it_stops_sends_compares_and_is_safe(laptop: AgentLaptop) -> None:
    laptop.capture(content(1))
    assert laptop.json("status")["retiring"] is None
    ask(laptop)
    assert laptop.json("sync")["settled"]
    found = laptop.json("status")["retiring"]
    assert (found["pairs"], found["waiting"], found["drafts"]) == (1, 0, 0)
    assert found["safe_at"] == found["asked_at"]
    assert "Aman dihapus" in laptop.run("status").stdout
    laptop.lang = "en"
    assert "Safe to wipe" in laptop.run("status").stdout


def test_nothing_new_begins(laptop: AgentLaptop, tmp_path: Path) -> None:
    known = laptop.capture(content(1))["record_id"]
    ask(laptop)
    laptop.run("sync")
    for more in ((), ("--corrects", known), ("--no-draft",)):
        assert laptop.capture(content(2), *more)["problem"]["code"] == "retired"
        assert laptop.capture(content(2, sex="X"), *more)["problem"]["code"] == "retired"
    listed = tmp_path / "daftar.csv"
    listed.write_text("NIK,NAMA LENGKAP\n7371010101900001,Sitti\n")
    assert laptop.json("import", str(listed))["problem"]["code"] == "retired"
    assert laptop.json("drafts")["drafts"] == []
    told = laptop.run("capture", "-", stdin="{}")
    assert "[retired]" in told.stderr


def test_a_draft_is_finished_and_sent(laptop: AgentLaptop) -> None:
    drafted = [laptop.capture(content(n, sex="X"))["draft_id"] for n in (1, 2)]
    ask(laptop)
    laptop.run("sync")
    found = laptop.json("status")["retiring"]
    assert (found["drafts"], found["safe_at"]) == (2, None)
    assert "2 draf" in laptop.run("status").stdout
    assert laptop.capture(content(1), "--draft", str(drafted[0]))["saved"]
    laptop.run("drafts", "--discard", str(drafted[1]))
    laptop.run("sync")
    found = laptop.json("status")["retiring"]
    assert (found["pairs"], found["safe_at"] is not None) == (1, True)


def test_it_works_again_when_it_is_kept(laptop: AgentLaptop) -> None:
    device_id = ask(laptop)
    laptop.run("sync")
    retiring.keep(laptop.desk.office, device_id, by="admin")
    assert laptop.capture(content(1))["problem"]["code"] == "retired"
    laptop.run("sync")
    assert laptop.json("status")["retiring"] is None
    assert laptop.capture(content(1))["saved"]


@pytest.fixture
def retiree(desk: Desk, tmp_path: Path) -> Retiree:
    """A laptop before an office on each database."""
    return Retiree(desk, tmp_path)


def test_a_lost_answer_stops_it_the_next_time(retiree: Retiree) -> None:
    retiring.retire(retiree.desk.office, retiree.device_id, by="admin")
    retiree.exchange("unheard")
    assert retiree.save() is None
    retiree.exchange()
    assert retiree.save() == "retired"
    assert retiree.standing() is Standing.SAFE


@pytest.mark.parametrize("faults", [("", "lost"), ("", "unheard"), ("", "", "lost")])
def test_a_line_lost_while_it_compares_costs_a_run(
    retiree: Retiree, faults: tuple[str, ...]
) -> None:
    retiree.save()
    retiring.retire(retiree.desk.office, retiree.device_id, by="admin")
    retiree.exchange(*faults)
    found = retiree.retiring()
    assert found is not None
    assert found.safe_at is None
    retiree.exchange()
    assert retiree.standing() is Standing.SAFE


def test_a_damaged_database_beside_it_is_not_safe(retiree: Retiree) -> None:
    beside = retiree.vault.path.with_name("agent.db.damaged-20261120T020000Z")
    for end in ("", "-wal"):
        beside.with_name(beside.name + end).write_bytes(b"damaged")
    retiring.retire(retiree.desk.office, retiree.device_id, by="admin")
    for _ in range(2):
        retiree.exchange()
    found = retiree.retiring()
    assert found is not None
    assert (found.damaged, retiree.standing()) == (1, Standing.STOPPED)
    beside.unlink()
    retiree.exchange()
    assert retiree.standing() is Standing.SAFE


def test_one_put_back_from_a_copy_names_no_order(retiree: Retiree) -> None:
    retiring.retire(retiree.desk.office, retiree.device_id, by="admin")
    retiree.exchange()
    retiree.make_copy()
    retiree.restore()
    found = retiree.retiring()
    assert found is not None
    assert (found.stop.stop_order, found.safe_at) == (None, None)
    assert retiree.save() == "retired"
    retiree.exchange("lost")
    assert retiree.outbox.heartbeat().stopped is None
    retiree.exchange()
    assert retiree.standing() is Standing.SAFE


def test_numbers_that_are_lost_are_told(retiree: Retiree) -> None:
    retiree.make_copy()
    retiree.save()
    retiring.retire(retiree.desk.office, retiree.device_id, by="admin")
    # It is heard that number 1 was given, and its answer is lost with the disk.
    retiree.faults[:] = []
    beat = {"waiting": 1, "drafts": 0, "last_seq": 1}
    retiree.line.post(
        "/api/v1/exchange",
        {
            "protocol": 1,
            "device_id": retiree.device_id,
            "sent_at": "2026-11-20T02:00:00Z",
            "heartbeat": beat,
            "envelopes": [],
        },
    )
    retiree.restore()
    retiree.exchange()
    assert retiree.standing() is Standing.STOPPED
    told = list(status_lines(read_status(retiree.vault, "0.1.0"), "id", retiree.clock.now()))
    assert "1 nomor belum ada di kantor" in told[1]
