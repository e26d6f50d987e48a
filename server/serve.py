"""Serve the office over plain HTTP with waitress: some processes, some threads in each.

TLS is the proxy's. No process holds anything that is not in the database, so each may be
killed at any instant; they end together.
"""

import gc
import json
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from flask import Flask
from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from schemas.envelope import rfc3339
from server.office import utc_now
from server.problems import BAD_REQUEST, BODY_TOO_LARGE, INTERNAL
from sync.limits import BODY_BYTES, HEADER, PROTOCOL

THREADS = 4  # waitress reads and writes by itself; a thread is only for what is being judged
_GIVE_WAY_SECONDS = 0.003
_ENDING = (signal.SIGTERM, signal.SIGINT)
_CAN_WAIT = hasattr(signal, "pthread_sigmask")  # not on Windows
_log = logging.getLogger(__name__)


class _HttpError(ErrorTask):
    """What waitress refuses by itself: still an answer of the office."""

    def execute(self) -> None:
        """Write a problem of the catalogue, with the protocol's header."""
        error = self.request.error
        problem = {413: BODY_TOO_LARGE, 500: INTERNAL}.get(error.code, BAD_REQUEST)
        own = {"status": error.code, "protocol": PROTOCOL, "time": rfc3339(utc_now())}
        body = problem.body() | own
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
    """Return a waitress server that listens already (`effective_port`); `run()` serves."""
    return _server(app, listen(host, port))


def _server(app: Flask, listening: socket.socket) -> Any:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # waiting in line is no fault
    server = create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        ident="lorong",
        # The application refuses what is over the limit with a problem of its own; this is
        # only how much is read before it may.
        max_request_body_size=16 * BODY_BYTES,
        channel_timeout=60,
        clear_untrusted_proxy_headers=True,
    )
    server.channel_class = _Channel
    accept = server.handle_accept

    def give_way() -> None:
        # All processes hear of a connection; the one that has the fewest shall take it.
        time.sleep(min(len(server.active_channels), 5) * _GIVE_WAY_SECONDS)
        accept()

    server.handle_accept = give_way
    return server


def listen(host: str, port: int) -> socket.socket:
    """Return a bound socket; port 0 means any free one. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


def settle() -> None:
    """Tell the collector what stays, so that it need not look through it time and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)


def serve(make_app: Callable[[], Flask], listening: socket.socket, processes: int) -> None:
    """Serve until SIGTERM or SIGINT, in so many processes (one where the system cannot fork).

    Each makes its own application, after the fork, since no connection may be shared.
    """

    if _CAN_WAIT:
        # Waited for below, and nobody's business before: an exception raised by a signal's
        # handler is lost where the signal comes while something is being cleaned up.
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    others = _Others(processes - 1 if hasattr(os, "fork") else 0)
    app = make_app()
    settle()
    # What accepts and reads need not wait long for the thread that judges.
    sys.setswitchinterval(0.001)
    server = _server(app, listening)
    if _CAN_WAIT:
        threading.Thread(target=_run, args=(server,), daemon=True).start()
        signal.sigwait(_ENDING)
        server.task_dispatcher.shutdown()
    else:
        server.run()  # until Ctrl-C
    others.end()


def _run(server: Any) -> NoReturn:
    try:
        server.run()
    finally:
        _log.error("the serving loop ended unexpectedly", exc_info=True)
        os._exit(1)


class _Others:
    """Further processes, forked from this one; they end with it, and it ends with any of them."""

    def __init__(self, count: int) -> None:
        """Fork so many; in each of them this returns too, without others of its own."""
        self._children: list[int] = []
        self._ending = threading.Event()
        if count < 1:
            return
        alive, self._held = os.pipe()
        for _ in range(count):
            child = os.fork()
            if child == 0:
                self._follow(alive)
                return
            self._children.append(child)
        os.close(alive)
        threading.Thread(target=self._watch, daemon=True).start()

    def _follow(self, alive: int) -> None:
        # The parent alone holds the other end: reading returns when it is gone, however it went.
        os.close(self._held)
        self._children = []
        for ending in _ENDING:
            signal.signal(ending, signal.SIG_IGN)

        def wait() -> None:
            os.read(alive, 1)
            os._exit(0)

        threading.Thread(target=wait, daemon=True).start()

    def _watch(self) -> None:
        os.wait()
        if not self._ending.is_set():
            _log.error("a serving process ended unexpectedly; ending the others")
            os._exit(1)

    def end(self) -> None:
        """End the others, and return when they are gone."""
        if not self._children:
            return
        self._ending.set()
        os.close(self._held)
        for child in self._children:
            with suppress(ChildProcessError):  # the watch was quicker
                os.waitpid(child, 0)
