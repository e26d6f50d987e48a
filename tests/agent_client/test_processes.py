"""The laptop as real processes: killed, side by side, on a full disk, over a real line."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from agent_client.doctor import examine
from agent_client.store.captures import count_captures, forms
from server.serve import make_server
from tests.agent_client.laptops import PASSPHRASE, joined_vault, open_vault, outbox_of, save
from tests.builders import OMIT, content
from tests.offices import Desk

ROOT = Path(__file__).parents[2]
LONG = 60
LIMITED = """
import os, resource, sys
size = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
os.execv(sys.argv[2], sys.argv[2:])
"""
SAVING = """
import sys
from pathlib import Path
from agent_client.problems import AgentProblem
from tests.agent_client.laptops import open_vault, outbox_of, save
outbox = outbox_of(open_vault(Path(sys.argv[1])))
try:
    for _ in range(int(sys.argv[2])):
        print(save(outbox), flush=True)
except AgentProblem as problem:
    print(problem.code)
"""


def fresh(n: int) -> dict[str, Any]:
    """Return a content that is sound on the day on which the test runs."""
    month = f"{date.today():%Y-%m}"
    return content(n, first_month=month, contribution=OMIT, tariff_version=OMIT)


def environment(home: Path) -> dict[str, str]:
    return {
        **os.environ,
        "LORONG_HOME": str(home),
        "LORONG_PASSPHRASE": PASSPHRASE,
        "LORONG_KDF_ROUNDS": "1",
        "LORONG_KDF_MEMORY_MIB": "1",
        "LORONG_WATCH_SECONDS": "1",
        "LORONG_PROBE_SECONDS": "1",
    }


def limited(file_size: int | None, arguments: list[str]) -> list[str]:
    """Return a command whose files cannot grow beyond a size: as full as a disk can be for root."""
    return (
        arguments
        if file_size is None
        else [sys.executable, "-c", LIMITED, str(file_size), *arguments]
    )


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from agent_client.cli import main; main()", *arguments]


def agent(
    home: Path, *arguments: str, stdin: str = "", file_size: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, to its end."""
    return subprocess.run(
        limited(file_size, command(*arguments)),
        env=environment(home),
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )


def saver(home: Path, count: int, file_size: int | None = None) -> subprocess.Popen[str]:
    """Start a process that saves captures and prints the id of each once it is saved."""
    arguments = limited(file_size, [sys.executable, "-c", SAVING, str(home), str(count)])
    return subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def held(home: Path) -> list[tuple[str, int]]:
    """Return (record_id, device_seq) of every capture, in order of number; all must be sound."""
    vault = open_vault(home)
    with vault.reading() as tx:
        found = [(record_id, number) for record_id, number, _, _ in forms(tx)]
    assert examine(vault).faults == ()
    vault.close()
    return sorted(found, key=lambda one: one[1])


@pytest.mark.parametrize("after", [1, 7, 40])
def test_what_was_called_saved_survives_a_kill(tmp_path: Path, after: int) -> None:
    joined_vault(tmp_path).close()
    process = saver(tmp_path, 10_000)
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(after)]
    process.kill()
    said += process.stdout.read().split()
    process.wait(LONG)
    process.stdout.close()
    there = held(tmp_path)
    assert {record_id for record_id, _ in there} >= set(said)
    assert [number for _, number in there] == list(range(1, len(there) + 1))


def test_two_programs_capture_at_once_without_gap_or_double(tmp_path: Path) -> None:
    joined_vault(tmp_path).close()
    processes = [saver(tmp_path, 40) for _ in range(2)]
    said = [line for process in processes for line in process.communicate(timeout=LONG)[0].split()]
    assert sorted(said) == sorted(record_id for record_id, _ in held(tmp_path))
    assert [number for _, number in held(tmp_path)] == list(range(1, 81))


def test_a_full_disk_loses_nothing_that_was_saved(tmp_path: Path) -> None:
    joined_vault(tmp_path).close()
    process = saver(tmp_path, 10_000, file_size=600_000)
    *said, last = process.communicate(timeout=LONG)[0].split()
    assert (last, process.returncode) == ("disk_full", 0)
    assert len(said) > 10
    assert sorted(said) == sorted(record_id for record_id, _ in held(tmp_path))
    vault = open_vault(tmp_path)
    save(outbox_of(vault))
    vault.close()


def test_on_a_full_disk_nothing_is_called_saved(tmp_path: Path) -> None:
    joined_vault(tmp_path).close()
    result = agent(tmp_path, "capture", "-", stdin=json.dumps(fresh(1)), file_size=4096)
    assert result.returncode == 1
    assert "tersimpan" not in result.stdout
    assert "[disk_full]" in result.stderr
    assert "Traceback" not in result.stderr
    assert agent(tmp_path, "capture", "-", stdin=json.dumps(fresh(1))).returncode == 0
    assert len(held(tmp_path)) == 1


def test_no_database_is_half_made_on_a_full_disk(tmp_path: Path) -> None:
    home = tmp_path / "data"
    arguments = ("join", "http://127.0.0.1:9", "CODE", "--name", "x")
    for size in (0, 100, 5_000):
        result = agent(home, *arguments, file_size=size)
        assert (result.returncode, "[disk_full]" in result.stderr) == (1, True)
    result = agent(home, *arguments)
    assert "[line_refused]" in result.stderr


@pytest.mark.parametrize("place", ["/proc/lorong", "file/data"])
def test_a_folder_that_cannot_be_written(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("no folder")
    result = agent(tmp_path / place, "join", "http://127.0.0.1:9", "CODE", "--name", "x")
    assert (result.returncode, "[folder_read_only]" in result.stderr) == (1, True)
    assert "Traceback" not in result.stderr


def test_a_wrong_passphrase_and_a_damaged_database(tmp_path: Path) -> None:
    joined_vault(tmp_path).close()
    (tmp_path / "agent.db").write_bytes(b"SQLite format 3\0" + bytes(4080))
    result = agent(tmp_path, "status")
    assert (result.returncode, result.stdout) == (1, "")
    assert "[database_damaged]" in result.stderr
    assert result.stderr.count("\n") == 1
    key = (tmp_path / "agent.key").read_text()
    (tmp_path / "agent.key").write_text(key.replace('"box": "', '"box": "00', 1)[:-4] + '"}')
    assert "[passphrase_wrong]" in agent(tmp_path, "status").stderr


def test_what_is_unexpected_shows_no_trace_and_keeps_no_secret(tmp_path: Path) -> None:
    vault = joined_vault(tmp_path)
    with vault.writing() as tx:
        tx.execute("drop table notices")
    vault.close()
    result = agent(tmp_path, "sync", "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["problem"]["code"] == "unexpected"
    assert "Traceback" not in result.stderr
    kept = (tmp_path / "agent-error.txt").read_text()
    assert "OperationalError" in kept
    assert "notices.py" in kept
    assert "no such table" not in kept


def test_a_setting_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "agent.ini").write_text("[lorong]\nlang = mak\n")
    result = agent(tmp_path, "status")
    assert (result.returncode, result.stdout) == (1, "")
    assert "LORONG_LANG" in result.stderr
    assert "[setting_bad]" in result.stderr


@pytest.mark.parametrize("arguments", [["fly"], ["list", "--state", "lost"], ["join", "x"]])
def test_a_wrong_use_is_exit_code_two(tmp_path: Path, arguments: list[str]) -> None:
    assert agent(tmp_path, *arguments).returncode == 2


@pytest.fixture
def served(the_desk: Desk) -> Iterator[tuple[Desk, str]]:
    """An office on a real port."""
    server = make_server(the_desk.app, "127.0.0.1", 0)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield the_desk, f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(LONG)


def test_a_whole_day_over_a_real_line(served: tuple[Desk, str], tmp_path: Path) -> None:
    desk, url = served
    home = tmp_path / "data"
    joined = agent(home, "join", url, desk.code(desk.agent()), "--name", "Laptop 1")
    assert (joined.returncode, joined.stderr) == (0, "")
    for n in (1, 2):
        assert agent(home, "capture", "-", stdin=json.dumps(fresh(n))).returncode == 0
    synced = agent(home, "sync", "--json")
    assert json.loads(synced.stdout)["acknowledged"] == 2
    assert synced.returncode == 0


def test_watching_sends_what_another_program_captures_and_stops_when_told(
    served: tuple[Desk, str], tmp_path: Path
) -> None:
    desk, url = served
    home = tmp_path / "data"
    agent(home, "join", url, desk.code(desk.agent()), "--name", "Laptop 1")
    watching = subprocess.Popen(
        command("sync", "--watch", "--json"),
        env=environment(home),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert watching.stdout is not None
    assert "line" in json.loads(watching.stdout.readline())
    captured = json.loads(agent(home, "capture", "-", "--json", stdin=json.dumps(fresh(1))).stdout)
    change = json.loads(watching.stdout.readline())["change"]
    assert (change["record_id"], change["verdict"]) == (captured["record_id"], "accepted")
    watching.send_signal(signal.SIGTERM)
    _, errors = watching.communicate(timeout=LONG)
    assert (watching.returncode, errors) == (0, "")
    vault = open_vault(home)
    with vault.reading() as tx:
        assert count_captures(tx)["accepted"] == 1
    vault.close()
