"""Serve the office over plain HTTP with waitress: one process, several threads.

TLS is the proxy's. The process holds nothing that is not in the database, so it may be
killed at any instant.
"""

import json
import logging
import signal
from typing import Any, NoReturn

from flask import Flask
from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from schemas.envelope import rfc3339
from server.office import utc_now
from server.problems import BAD_REQUEST, BODY_TOO_LARGE
from sync.limits import BODY_BYTES, HEADER, PROTOCOL

THREADS = 8


class _HttpError(ErrorTask):
    """What waitress refuses by itself: still an answer of the office."""

    def execute(self) -> None:
        """Write a problem of the catalogue, with the protocol's header."""
        error = self.request.error
        problem = BODY_TOO_LARGE if error.code == 413 else BAD_REQUEST
        body = problem.body() | {"protocol": PROTOCOL, "time": rfc3339(utc_now())}
        data = json.dumps(body).encode("ascii")
        self.status = f"{error.code} {error.reason}"
        self.response_headers.append(("Content-Length", str(len(data))))
        self.response_headers.append(("Content-Type", "application/problem+json"))
        self.response_headers.append((HEADER, str(PROTOCOL)))
        self.response_headers.append(("Connection", "close"))
        self.close_on_finish = True
        self.content_length = len(data)
        self.write(data)


class _Channel(HTTPChannel):
    error_task_class = _HttpError


def make_server(app: Flask, host: str, port: int) -> Any:
    """Return a server that listens already; port 0 means any free one (`effective_port`)."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # waiting in line is no fault
    server = create_server(
        app,
        host=host,
        port=port,
        threads=THREADS,
        ident="lorong",
        # The application refuses what is over the limit with a problem of its own; this is
        # only how much is read before it may.
        max_request_body_size=4 * BODY_BYTES,
        channel_timeout=60,
        clear_untrusted_proxy_headers=True,
    )
    server.channel_class = _Channel
    return server


def serve(app: Flask, host: str, port: int, announce: Any) -> None:
    """Serve until SIGTERM or SIGINT; `announce` is called with the port once it listens."""
    server = make_server(app, host, port)

    def stop(*_args: Any) -> NoReturn:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    announce(server.effective_port)
    try:
        server.run()
    finally:
        server.close()
