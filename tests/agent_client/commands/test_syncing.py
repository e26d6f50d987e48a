"""sync against a real office: what is sent, what is told, and how it ends."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from agent_client import exchanging
from agent_client.cli import cli
from agent_client.clock import SystemClock
from agent_client.problems import AgentProblem
from sync.ports import Transport
from sync.problems import LineProblem
from tests.agent_client.importer.lists import row, write_csv
from tests.agent_client.laptops import open_vault, outbox_of
from tests.agent_client.office_line import AgentLaptop, DeskClock
from tests.builders import content


def test_all_is_settled(laptop: AgentLaptop) -> None:
    for n in (1, 2, 3):
        laptop.capture(content(n))
    told = laptop.json("sync")
    assert (told["settled"], told["sent"], told["acknowledged"]) == (True, 3, 3)
    assert [(one["verdict"], one["reason"]) for one in told["changes"]] == [("accepted", "new")] * 3
    assert (told["problem"], told["receipts_bad"], told["receipts_unchecked"]) == (None, 0, 0)
    assert {one["state"] for one in laptop.json("list")["captures"]} == {"accepted"}
    with_receipt = laptop.json("status")
    assert with_receipt["counts"]["accepted"] == 3


def test_in_words_each_record_is_told_its_verdict(laptop: AgentLaptop) -> None:
    laptop.capture(content(1, contribution=5_000))
    laptop.capture(content(1))
    result = laptop.run("sync")
    assert result.exit_code == 0
    assert "diterima" in result.stdout
    assert "sudah didaftarkan" in result.stdout
    assert "(Rp16.400)" in result.stdout
    assert "Semua sudah terkirim" in result.stdout
    assert re.search(r"7371•{8}0001", result.stdout)


def test_nothing_is_told_twice(laptop: AgentLaptop) -> None:
    laptop.capture(content(1))
    laptop.run("sync")
    assert laptop.json("sync")["changes"] == []


def test_without_a_line_it_waits_and_says_so(laptop: AgentLaptop) -> None:
    laptop.capture(content(1))
    laptop.problem = LineProblem("captive")
    told = laptop.json("sync")
    assert (told["settled"], told["problem"]["code"]) == (False, "captive")
    result = laptop.run("sync")
    assert result.exit_code == 1
    assert "1 menunggu. Jaringan belum masuk internet." in result.stderr
    assert laptop.json("status")["problem"] == "captive"
    laptop.problem = None
    assert laptop.run("sync").exit_code == 0
    assert laptop.json("status")["problem"] is None


def test_a_laptop_that_is_not_welcome_keeps_its_queue_and_joins_again(
    laptop: AgentLaptop,
) -> None:
    laptop.capture(content(1))
    opened = open_vault(laptop.home)
    with opened.writing() as tx:
        tx.execute("update device set token = 'a-token-of-nobody'")
    opened.close()
    assert laptop.json("sync")["problem"]["code"] == "token_unknown"
    assert laptop.capture(content(2))["saved"] is True
    laptop.join("A1")
    assert laptop.json("sync")["acknowledged"] == 2


def test_a_correction_replaces_what_it_corrects(laptop: AgentLaptop) -> None:
    first = laptop.capture(content(1))["record_id"]
    laptop.run("sync")
    second = laptop.capture(content(1, phone="+628123456789"), "--corrects", first)["record_id"]
    laptop.run("sync")
    states = {one["record_id"]: one for one in laptop.json("list")["captures"]}
    assert (states[first]["state"], states[first]["corrected_by"]) == ("superseded", second)
    assert states[second]["reason"] == "corrected"


class YearOff(SystemClock):
    """A clock that is a year behind the office's."""

    def __init__(self, laptop: AgentLaptop) -> None:
        super().__init__()
        self._laptop = laptop

    def now(self) -> datetime:
        return self._laptop.desk.now() - timedelta(days=365)


def test_a_clock_a_year_off_loses_nothing_and_is_said(laptop: AgentLaptop) -> None:
    laptop.clock = YearOff(laptop)
    months = {"first_month": "2025-12"}
    laptop.capture(content(1, **months))
    assert laptop.run("sync").exit_code == 0
    told = laptop.json("status")
    assert told["clock_offset_s"] == 365 * 86_400
    assert "Jam laptop berbeda jauh" in laptop.run("status").stdout
    [one] = laptop.json("list")["captures"]
    assert one["verdict"] is not None


def test_drafts_do_not_keep_a_run_from_being_settled(laptop: AgentLaptop, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "d.csv", [row(1), row(2, PERSETUJUAN="")])
    laptop.run("import", str(file))
    assert laptop.json("sync")["settled"] is True


def test_another_sync_on_this_laptop(laptop: AgentLaptop, monkeypatch: pytest.MonkeyPatch) -> None:
    real = exchanging.one_at_a_time
    monkeypatch.setattr(exchanging, "one_at_a_time", lambda home, seconds: real(home, 0))
    with real(laptop.home, 0):
        assert laptop.json("sync")["problem"]["code"] == "sync_running"


def test_a_notice_is_shown_once(laptop: AgentLaptop) -> None:
    opened = open_vault(laptop.home)
    notice = {"kind": "notice", "notice_id": "n", "text_id": "Rapat", "text_en": "Meeting"}
    outbox_of(opened).settle({"acks": [], "changes": [notice]}, receipt=None, now=laptop.desk.now())
    opened.close()
    assert "* Rapat" in laptop.run("sync").stdout
    assert "* Rapat" not in laptop.run("sync").stdout
    assert json.loads(laptop.run("sync", "--json").stdout)["notices"] == []


def test_watching_tells_what_is_unexpected_and_can_be_stopped(laptop: AgentLaptop) -> None:
    clock = laptop.clock = DeskClock(laptop.desk)

    @contextmanager
    def dial(address: str, token: str | None) -> Iterator[Transport]:
        clock.stop.set()
        raise ZeroDivisionError
        yield

    session = replace(laptop.session(), dial=dial)
    result = CliRunner().invoke(cli, ["sync", "--watch"], obj=session)
    assert result.exit_code == 0
    assert "[unexpected]" in result.stderr
    assert "ZeroDivisionError" in (laptop.home / "agent-error.txt").read_text()


def test_watching_tells_what_stops_a_run(laptop: AgentLaptop) -> None:
    clock = laptop.clock = DeskClock(laptop.desk)

    @contextmanager
    def dial(address: str, token: str | None) -> Iterator[Transport]:
        clock.stop.set()
        raise AgentProblem("disk_full", path="/data")
        yield

    session = replace(laptop.session(), dial=dial)
    result = CliRunner().invoke(cli, ["sync", "--watch", "--json"], obj=session)
    assert (result.exit_code, "[disk_full]" in result.stderr) == (0, True)
