"""The program as it is started: one on a laptop, on loopback alone, found by a second start."""

import json
import os
import re
import socket
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from filelock import FileLock

from agent_client import running
from agent_client.commands.session import Session
from agent_client.config import Settings
from agent_client.problems import AgentProblem
from agent_client.running import FILE, LOCK, USUAL_PORT, run
from tests.agent_client.test_processes import LONG, ROOT, agent, command, environment

LOOPBACK = "0100007F"
LISTENS = "0A"


@contextmanager
def started(home: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Yield a program that runs, and the link that it printed first."""
    process = subprocess.Popen(
        command("run", "--no-browser", *(more or ("--port", "0"))),
        env=environment(home),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate(timeout=LONG)


def get(link: str) -> tuple[int, str | None]:
    """Return the status of a link's answer, and where it leads."""
    parts = urlsplit(link)
    line = HTTPConnection(str(parts.hostname), parts.port, timeout=LONG)
    line.request("GET", parts.path)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status, answer.headers["Location"]


def port_of(link: str) -> int:
    return int(urlsplit(link).port or 0)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_prints_a_link_first_that_opens_the_page_once(tmp_path: Path) -> None:
    with started(tmp_path) as (_, link):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/enter/[0-9a-f.]+", link)
        assert get(link) == (303, "/")
        assert get(link)[0] == 403


def test_told_to_stop_it_ends_well_and_leaves_no_address(tmp_path: Path) -> None:
    with started(tmp_path) as (process, _):
        assert (tmp_path / FILE).exists()
        process.terminate()
        _, errors = process.communicate(timeout=LONG)
    assert (process.returncode, errors) == (0, "")
    assert not (tmp_path / FILE).exists()


def test_a_second_start_opens_the_page_of_the_first(tmp_path: Path) -> None:
    with started(tmp_path) as (process, first):
        second = agent(tmp_path, "run", "--no-browser")
        link, said, *_ = second.stdout.splitlines()
        assert (second.returncode, port_of(link)) == (0, port_of(first))
        assert "sudah berjalan" in said
        assert link != first
        assert get(link) == (303, "/")
        assert process.poll() is None


def test_after_a_kill_it_starts_again_and_old_links_are_none(tmp_path: Path) -> None:
    with started(tmp_path) as (process, old):
        process.kill()
        process.wait(LONG)
        left = (tmp_path / FILE).read_text()
        with started(tmp_path) as (_, link):
            assert (tmp_path / FILE).read_text() != left
            assert get(link) == (303, "/")
            token = old.partition("/enter/")[2]
            assert get(f"http://127.0.0.1:{port_of(link)}/enter/{token}")[0] == 403


def test_a_port_that_was_asked_for_and_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = agent(tmp_path, "run", "--no-browser", "--port", str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert "[port_taken]" in done.stderr
    assert str(port) in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / FILE).exists()


def test_where_the_usual_port_is_taken_another_is_used(tmp_path: Path) -> None:
    with _taken(USUAL_PORT), started(tmp_path, "--no-browser") as (process, link):
        assert port_of(link) != USUAL_PORT
        assert listening_of(process.pid) == [f"{LOOPBACK}:{port_of(link):04X}"]
        assert get(link) == (303, "/")


@contextmanager
def _taken(port: int) -> Iterator[None]:
    """Hold a port, unless another program does already."""
    try:
        held = socket.create_server(("127.0.0.1", port))
    except OSError:
        yield
        return
    with held:
        yield


def test_it_listens_on_loopback_and_nowhere_else(tmp_path: Path) -> None:
    with started(tmp_path) as (process, link):
        listening = listening_of(process.pid)
    assert listening == [f"{LOOPBACK}:{port_of(link):04X}"]


def listening_of(pid: int) -> list[str]:
    """Return the addresses on which a process listens, as Linux writes them."""
    own = set()
    for one in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            own.add(os.readlink(one))
    found = []
    for table in ("tcp", "tcp6"):
        for row in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            cells = row.split()
            if cells[3] == LISTENS and f"socket:[{cells[9]}]" in own:
                found.append(cells[1])
    return found


def test_what_it_writes_is_its_owners_alone(tmp_path: Path) -> None:
    home = tmp_path / "lorong" / "data"
    with started(home):
        assert [mode(home / name) for name in (FILE, LOCK)] == [0o600, 0o600]
        assert [mode(folder) for folder in (home, home.parent)] == [0o700, 0o700]
        assert json.loads((home / FILE).read_text()).keys() == {"port", "key"}


def test_on_a_full_disk_it_says_so(tmp_path: Path) -> None:
    done = agent(tmp_path, "run", "--no-browser", "--port", "0", file_size=0)
    assert (done.returncode, "[disk_full]" in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("place", ["/proc/lorong", "file/data"])
def test_in_a_folder_that_cannot_be_written_it_says_so(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("no folder")
    done = agent(tmp_path / place, "run", "--no-browser", "--port", "0")
    assert (done.returncode, "[folder_read_only]" in done.stderr) == (1, True)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Path]:
    """A laptop on which another start holds the lock, but has not told its address yet."""
    with FileLock(tmp_path / LOCK):
        yield tmp_path


def told(home: Path) -> list[tuple[str, bool]]:
    said: list[tuple[str, bool]] = []
    run(Session(Settings(home=home), "id"), None, lambda *one: said.append(one))
    return said


@pytest.mark.parametrize("half", ["", "{", "{}", '{"port": 1}', '{"port": 1, "key": "x"}'])
def test_a_second_start_waits_for_the_address(
    held: Path, monkeypatch: pytest.MonkeyPatch, half: str
) -> None:
    def wait(_seconds: float) -> None:
        (held / FILE).write_text('{"port": 4711, "key": "00"}')

    (held / FILE).write_text(half)
    monkeypatch.setattr(running.time, "sleep", wait)
    [(link, already)] = told(held)
    assert (port_of(link), already) == (4711, True)


def test_a_first_start_that_tells_no_address_is_not_waited_for_forever(
    held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running.time, "sleep", lambda _seconds: None)
    with pytest.raises(AgentProblem, match="page_starting"):
        told(held)


def test_the_address_of_a_killed_program_is_gone_before_another_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def listen(_port: int | None) -> None:
        raise AgentProblem("port_taken" if (tmp_path / FILE).exists() else "gone")

    (tmp_path / FILE).write_text('{"port": 4711, "key": "00"}')
    monkeypatch.setattr(running, "_listen", listen)
    with pytest.raises(AgentProblem, match="gone"):
        told(tmp_path)
