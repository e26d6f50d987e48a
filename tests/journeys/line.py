"""A bad line: a proxy on loopback before the office, which follows a script of faults.

It keeps what reached the office and what the office answered, whether or not the answer
got through. Its threads end with it, and every wait of theirs is bounded.
"""

import gzip
import json
import socket
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from tests.journeys.faults import CANNED, Fault

LONGEST = 30.0
_OF_THE_HOP = ("host", "connection", "content-length", "transfer-encoding", "date", "server")


@dataclass(frozen=True)
class Asked:
    """One request as it came out of a laptop."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def token(self) -> str:
        return self.headers.get("Authorization", "").removeprefix("Bearer ")

    def json(self) -> Any:
        packed = self.headers.get("Content-Encoding") == "gzip"
        return json.loads(gzip.decompress(self.body) if packed else self.body)


@dataclass(frozen=True)
class Answered:
    """What came back, byte for byte."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def plain(self) -> bytes:
        packed = self.headers.get("Content-Encoding") == "gzip"
        return gzip.decompress(self.body) if packed else self.body


@dataclass
class Delivery:
    """A request that the office answered; `undone` where the office lost it again since."""

    asked: Asked
    answered: Answered
    undone: bool = False


class Line(ThreadingHTTPServer):
    """The way to the office at `office_port`; `script` holds the faults to come, one each."""

    daemon_threads = True

    def __init__(self, office_port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.office_port = office_port
        self.script: deque[Fault] = deque()
        self.deliveries: list[Delivery] = []
        self.stands_in: Callable[[Asked], Answered | None] = lambda _asked: None
        self._late: list[Asked] = []
        self._lock = Lock()
        self._thread = Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def close(self) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    def mend(self) -> None:
        """Be a good line from now on; what was under way arrives."""
        self.script.clear()
        self._arrive_late()

    def follow(self, faults: Iterable[Fault]) -> None:
        """Do these to the next requests."""
        self.script.extend(faults)

    def next_fault(self) -> Fault:
        with self._lock:
            return self.script.popleft() if self.script else Fault.PASS

    def deliver(self, asked: Asked, reach: str) -> list[Answered]:
        """Let a request reach the office, and return its answers."""
        answers: list[Answered] = []
        if reach in ("once", "twice"):
            answers = [self._forward(asked) for _ in range(1 if reach == "once" else 2)]
        elif reach == "at once":
            with ThreadPoolExecutor(2) as both:
                answers = list(both.map(self._forward, [asked, asked]))
        elif reach == "half":
            self._forward_half(asked)
        self._arrive_late()
        if reach == "late":
            self._late.append(asked)
        return answers

    def _arrive_late(self) -> None:
        with self._lock:
            late, self._late = self._late, []
        for asked in late:
            self._forward(asked)

    def _forward(self, asked: Asked) -> Answered:
        said = self.stands_in(asked)
        if said is not None:
            return said
        office = HTTPConnection("127.0.0.1", self.office_port, timeout=LONGEST)
        try:
            office.request(asked.method, asked.path, asked.body, asked.headers)
            answer = office.getresponse()
            answered = Answered(answer.status, _kept(answer.getheaders()), answer.read())
        finally:
            office.close()
        self.deliveries.append(Delivery(asked, answered))
        return answered

    def _forward_half(self, asked: Asked) -> None:
        told = f"{asked.method} {asked.path} HTTP/1.1\r\nHost: x\r\n"
        told += "".join(f"{name}: {value}\r\n" for name, value in asked.headers.items())
        told += f"Content-Length: {len(asked.body)}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", self.office_port), LONGEST) as office:
            office.sendall(told.encode("latin-1") + asked.body[: len(asked.body) // 2])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: laptops that hang up are what is tested."""


def _kept(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name: value for name, value in headers if name.lower() not in _OF_THE_HOP}


class _Handler(BaseHTTPRequestHandler):
    server: Line
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Asked(self.command, self.path, _kept(self.headers.items()), body)
        fault = self.server.next_fault()
        try:
            answers = self.server.deliver(asked, fault.reach)
        except (OSError, HTTPException):
            self.close_connection = True  # the office is not there
            return
        self._give(fault.answer, answers)

    def _give(self, what: str, answers: list[Answered]) -> None:
        if what == "held":
            self._wait_for_hang_up()
        if what in ("first", "last"):
            self._write(answers[0 if what == "first" else -1])
        elif what == "half":
            self._write(answers[0], share=0.5)
        elif what in CANNED:
            self._write(Answered(*CANNED[what]))
        if what not in ("first", "last"):
            self.close_connection = True

    def _write(self, answer: Answered, share: float = 1.0) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body[: int(len(answer.body) * share)])

    def _wait_for_hang_up(self) -> None:
        self.connection.settimeout(LONGEST)
        with suppress(OSError):
            self.connection.recv(1)

    do_GET = do_POST = _take  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
