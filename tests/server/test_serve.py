"""The office over a real line: every answer is known as its own, whatever was sent."""

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask

from server import administer
from server.config import Settings
from server.office import open_office
from server.problems import CATALOGUE
from server.rules.roles import Access
from server.serve import make_server
from server.store.engine import Store
from server.web import gate
from tests.builders import content, envelope
from tests.offices import KEY, Desk, Laptop
from tests.server.looks import faults, recorded

COMMAND = str(Path(sys.executable).parent / "lorong-server")
PATIENCE = 30.0
SECRET = content()["nik"]
CODES = {problem.code for problem in CATALOGUE}


@dataclass
class Heard:
    """One answer as it came over the line."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> list[str]:
        """Return a header's values."""
        return [value for known, value in self.headers if known.lower() == name.lower()]


def talk(port: int, sent: bytes) -> Heard:
    """Send bytes to the office, and return its answer; it must close or tell the length."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        line.sendall(sent)
        file = line.makefile("rb")
        status = int(file.readline().split()[1])
        headers = []
        while (text := file.readline().decode("latin-1").strip()) != "":
            name, _, value = text.partition(":")
            headers.append((name, value.strip()))
        heard = Heard(status, headers, b"")
        length = heard.header("Content-Length")
        is_head = sent.startswith(b"HEAD")
        heard.body = b"" if is_head else file.read(int(length[0]) if length else -1)
        return heard


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """Return a request as it travels."""
    lines = [f"{method} {path} HTTP/1.1", "Host: office"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


@contextmanager
def listening(app: Flask) -> Iterator[int]:
    """Serve an application in a thread, and give its port."""
    server = make_server(app, "127.0.0.1", 0)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield int(server.effective_port)
    finally:
        # From within its loop, which ends at once; awake already, it may end before the pull.
        with suppress(OSError):
            server.trigger.pull_trigger(server.close)
        thread.join(PATIENCE)
        server.task_dispatcher.shutdown()


@pytest.fixture
def port(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of an office that serves."""
    monkeypatch.setitem(gate.ROUTES, "broken", Access.OPEN)  # type: ignore[arg-type]

    @desk.app.get("/api/broken")
    def broken() -> str:
        raise LookupError(SECRET)

    with listening(desk.app) as found:
        yield found


LONG = "x" * 300_000
ODD_REQUESTS: dict[str, tuple[bytes, int]] = {
    "ping": (request("GET", "/api/v1/ping"), 200),
    "page": (request("GET", "/sign-in"), 200),
    "style sheet": (request("GET", "/desk/desk.css"), 200),
    "document": (request("GET", "/openapi.json"), 200),
    "head": (request("HEAD", "/api/v1/ping"), 200),
    "options": (request("OPTIONS", "/api/v1/ping"), 200),
    "no such path": (request("GET", "/api/v1/nothing"), 404),
    "no such file": (request("GET", "/api/../desk/../cli.py"), 404),
    "trailing slash": (request("GET", "/api/v1/ping/"), 404),
    "other method": (request("DELETE", "/api/v1/ping"), 405),
    "made-up method": (request("BREW", "/api/v1/ping"), 405),
    "no token": (request("POST", "/api/v1/exchange", b"{}"), 401),
    "no JSON": (request("POST", "/api/v1/devices", b"{"), 400),
    "no shape": (request("POST", "/api/v1/devices", b"{}"), 422),
    "encoding": (request("POST", "/api/v1/devices", b"{}", Content_Encoding="br"), 415),
    "too large": (request("POST", "/api/v1/devices", b" " * (2**20 + 1)), 413),
    "own failure": (request("GET", "/api/broken"), 500),
    "no HTTP": (b"Halo, kantor?\r\n\r\n", 400),
    "header without end": (b"GET / HTTP/1.1\r\nHost office\r\n\r\n", 400),
    "great headers": (request("GET", "/", X_Long=LONG), 431),
    "no length": (b"POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n", 400),
    "unknown coding": (request("POST", "/", Transfer_Encoding="lorong"), 501),
    "huge length": (b"POST / HTTP/1.1\r\nContent-Length: 9999999999\r\n\r\n", 413),
}


class TestEveryAnswer:
    def test_carries_the_protocol_s_header_once(self, port: int) -> None:
        for name, (sent, status) in ODD_REQUESTS.items():
            heard = talk(port, sent)
            found = heard.status, heard.header("Lorong-Protocol")
            assert found == (status, ["1"]), name

    def test_that_refuses_is_a_problem_of_the_catalogue(self, port: int) -> None:
        for name, (sent, status) in ODD_REQUESTS.items():
            if status < 400:
                continue
            heard = talk(port, sent)
            assert heard.header("Content-Type") == ["application/problem+json"], name
            body = json.loads(heard.body)
            assert (body["status"], body["type"], body["protocol"]) == (status, "about:blank", 1)
            assert body["code"] in CODES, name
            assert body["responsible"] in ("agent", "supervisor", "admin", "nobody")
            assert body["time"].endswith("Z")

    def test_says_nothing_of_what_failed(self, port: int, caplog: pytest.LogCaptureFixture) -> None:
        heard = talk(port, request("GET", "/api/broken"))
        assert SECRET.encode() not in heard.body
        assert "LookupError" in caplog.text
        assert SECRET not in caplog.text

    def test_names_the_methods_where_the_method_is_wrong(self, port: int) -> None:
        (allowed,) = talk(port, request("DELETE", "/api/v1/exchange")).header("Allow")
        assert set(allowed.split(", ")) == {"POST", "OPTIONS"}

    def test_is_packed_where_that_is_taken(self, port: int) -> None:
        plain = talk(port, request("GET", "/openapi.json"))
        packed = talk(port, request("GET", "/openapi.json", Accept_Encoding="gzip"))
        refused = talk(port, request("GET", "/openapi.json", Accept_Encoding="gzip;q=0, br"))
        assert packed.header("Content-Encoding") == ["gzip"]
        assert gzip.decompress(packed.body) == plain.body == refused.body
        assert plain.header("Content-Encoding") == refused.header("Content-Encoding") == []
        assert "Accept-Encoding" in plain.header("Vary")[0]


class TestBodies:
    def test_are_refused_before_they_are_read_where_they_are_huge(self, port: int) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
            line.sendall(b"POST /api/v1/devices HTTP/1.1\r\nContent-Length: 5000000000\r\n\r\n")
            assert line.recv(64).startswith(b"HTTP/1.1 413 ")

    def test_may_come_in_chunks(self, port: int) -> None:
        chunks = b"1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"
        sent = request("POST", "/api/v1/devices", Transfer_Encoding="chunked") + chunks
        assert json.loads(talk(port, sent).body)["code"] == "shape"

    def test_in_chunks_have_the_same_limit(self, port: int) -> None:
        piece = b"%x\r\n" % 2**16 + b" " * 2**16 + b"\r\n"
        sent = request("POST", "/api/v1/devices", Transfer_Encoding="chunked")
        heard = talk(port, sent + piece * 17 + b"0\r\n\r\n")
        assert (heard.status, json.loads(heard.body)["code"]) == (413, "body_too_large")

    def test_are_waited_for(self, port: int) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
            line.sendall(b"POST /api/v1/devices HTTP/1.1\r\nContent-Length: 2\r\n")
            line.sendall(b"Expect: 100-continue\r\n\r\n")
            assert line.recv(64).startswith(b"HTTP/1.1 100 ")
            line.sendall(b"{}")
            assert b" 422 " in line.recv(4096)


def test_an_exchange_over_the_line_is_the_same(desk: Desk, port: int) -> None:
    laptop = desk.join()
    body = gzip.compress(json.dumps(laptop.request([laptop.envelope()])).encode())
    sent = request(
        "POST",
        "/api/v1/exchange",
        body,
        Authorization=f"Bearer {laptop.token}",
        Content_Encoding="gzip",
        Accept_Encoding="gzip",
    )
    heard = talk(port, sent)
    unpacked = gzip.decompress(heard.body) if heard.header("Content-Encoding") else heard.body
    answer = json.loads(unpacked)
    assert [ack["verdict"] for ack in answer["acks"]] == ["accepted"]


@contextmanager
def office_process(home: Path) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """Run an office as a process of its own, and give its port."""
    environ = {**os.environ, "LORONG_HOME": str(home), "LORONG_OFFICE_KEY": KEY}
    environ.pop("LORONG_DATABASE_URL", None)
    command = [COMMAND, "serve", "--port", "0", "--processes", "1"]
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            yield process, int(process.stderr.readline().rsplit(":", 1)[1])
        finally:
            process.kill()


class TestProcess:
    @pytest.fixture
    def desk_at_home(self, tmp_path: Path) -> Iterator[Desk]:
        """An office in a folder, as an administrator has it."""
        settings = Settings(tmp_path, f"sqlite:///{tmp_path / 'office.db'}", office_key=KEY)
        administer.migrate(settings)
        office = open_office(settings)
        yield Desk(office)
        office.store.close()

    def test_ends_well_when_it_is_asked_to(self, desk_at_home: Desk, tmp_path: Path) -> None:
        for ending in (signal.SIGTERM, signal.SIGINT):
            with office_process(tmp_path) as (process, port):
                assert talk(port, request("GET", "/api/v1/ping")).status == 200
                process.send_signal(ending)
                assert process.wait(PATIENCE) == 0

    def test_may_be_killed_at_any_instant(self, desk_at_home: Desk, tmp_path: Path) -> None:
        laptop = desk_at_home.join()
        answered: list[Any] = []
        some = Event()
        with office_process(tmp_path) as (process, port):
            sender = Thread(target=send_until_cut, args=(laptop, port, answered, some))
            sender.start()
            assert some.wait(PATIENCE)
            process.kill()
            sender.join(PATIENCE)
        store = Store(f"sqlite:///{tmp_path / 'office.db'}")
        with store.read() as tx:
            assert tx.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        store.close()
        assert faults(desk_at_home) == []
        assert recorded(desk_at_home) >= len(answered)
        for sent, ack in answered:
            assert laptop.exchange(sent)["acks"] == [ack]


def send_until_cut(laptop: Laptop, port: int, answered: list[Any], some: Event) -> None:
    """Hand in one capture after another until the line is cut; note what was answered."""
    token = f"Bearer {laptop.token}"
    try:
        while True:
            capture = envelope(device_id=laptop.device_id)
            body = json.dumps(laptop.request([capture])).encode()
            heard = talk(port, request("POST", "/api/v1/exchange", body, Authorization=token))
            answered.append((capture, json.loads(heard.body)["acks"][0]))
            if len(answered) == 3:
                some.set()
    except (OSError, ValueError, IndexError):
        return
