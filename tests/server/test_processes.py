"""The office serves in several processes, which live and die together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.offices import KEY

COMMAND = str(Path(sys.executable).parent / "lorong-server")
PATIENCE = 20.0


@contextmanager
def serving(database: Path, processes: int) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """An office in processes of its own, and its port."""
    environ = {
        **os.environ,
        "LORONG_HOME": str(database.parent),
        "LORONG_DATABASE_URL": f"sqlite:///{database}",
        "LORONG_OFFICE_KEY": KEY,
    }
    command = [COMMAND, "serve", "--port", "0", "--processes", str(processes)]
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            yield process, int(process.stderr.readline().rsplit(":", 1)[1])
        finally:
            process.kill()


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
            line.sendall(b"GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            return line.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def ends(port: int) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return True
    return False


def children(process: subprocess.Popen[str]) -> list[int]:
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(one) for one in listed.split()]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_office_leaves_nobody_serving(
    migrated_sqlite: Path, tmp_path: Path, how: signal.Signals
) -> None:
    database = tmp_path / "office.db"
    database.write_bytes(migrated_sqlite.read_bytes())
    with serving(database, 2) as (process, port):
        assert answers(port)
        process.send_signal(how)
        assert process.wait(PATIENCE) == (-how if how == signal.SIGKILL else 0)
        assert ends(port)


def test_an_office_that_loses_a_process_ends_whole(migrated_sqlite: Path, tmp_path: Path) -> None:
    database = tmp_path / "office.db"
    database.write_bytes(migrated_sqlite.read_bytes())
    with serving(database, 2) as (process, port):
        assert answers(port)
        (child,) = children(process)
        os.kill(child, signal.SIGKILL)
        assert process.wait(PATIENCE) == 1
        assert ends(port)
