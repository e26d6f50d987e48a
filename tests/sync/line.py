"""A real line on loopback: an office of one answer, which also says what it was sent."""

import gzip
import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

CERTIFICATE = Path(__file__).with_name("loopback.pem")
"""For localhost, signed by itself, until 2120; its key is for these tests alone."""


@dataclass
class Said:
    """One answer, byte for byte; `length` in place of the body's own, None to leave it out."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    length: int | None = -1
    waits: bool = False


@dataclass
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(gzip.decompress(self.body))


class Line(ThreadingHTTPServer):
    """Gives the answers in turn, the last one for ever, and keeps what was asked."""

    daemon_threads = True

    def __init__(self, answers: list[Said]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers
        self.asked: list[Asked] = []
        self.over = Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: laptops that hang up are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    server: Line
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        line = self.server
        line.asked.append(Asked(self.command, self.path, headers, sent))
        said = line.answers[min(len(line.asked), len(line.answers)) - 1]
        if said.waits:
            line.over.wait(30)
            return
        self.send_response(said.status)
        for name, value in said.headers.items():
            self.send_header(name, value)
        if said.length is not None:
            length = len(said.body) if said.length < 0 else said.length
            self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(said.body)
        self.close_connection = said.length != -1

    do_GET = do_POST = _answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def line(*answers: Said, tls: bool = False) -> Iterator[Line]:
    """Open a line that gives these answers; with `tls` under the certificate above."""
    server = Line(list(answers))
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
