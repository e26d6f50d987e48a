"""The running program: one on a laptop, one address on loopback, one link to open it.

A second start finds the first by `page.json` in the laptop's folder, which only its owner
can read, makes a link with the key that lies there, and opens the first one's page.
"""

import json
import logging
import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, Final

from filelock import FileLock, Timeout
from flask import Flask
from waitress import create_server

from agent_client.app import HOST, create_app
from agent_client.cipher import file_told, os_code
from agent_client.commands.session import Session
from agent_client.gate import Gate, make_link
from agent_client.house import House
from agent_client.kept import Keeper
from agent_client.problems import AgentProblem
from agent_client.vault import make_folder

LOCK: Final = "page.lock"
FILE: Final = "page.json"
USUAL_PORT: Final = 8517
_THREADS: Final = 4
_KEY_BYTES: Final = 32
_TICK_SECONDS: Final = 5.0
_UNLOCKING_SECONDS: Final = 2.0
_MOST_SENT: Final = 1024 * 1024
_MOST_ANSWERED: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Running:
    """Where the page is, and the key that makes links to it."""

    port: int
    key: bytes

    def link(self) -> str:
        """Return a link that opens the page once, within a minute."""
        return f"http://{HOST}:{self.port}/enter/{make_link(self.key, time.time())}"


def run(session: Session, port: int | None, tell: Callable[[str, bool], None]) -> None:
    """Serve the page until the session's clock is stopped.

    `tell` is given the link, and whether another start of the program serves it already.
    `port` None is the usual one, or any free one where that is taken; AgentProblem
    `port_taken` where the port that was asked for is.
    """
    home = session.settings.laptop_home
    lock = FileLock(home / LOCK, timeout=0, mode=0o600)
    try:
        make_folder(home)
        lock.acquire()
    except Timeout:
        tell(_running(home).link(), True)
        return
    except OSError as error:
        raise AgentProblem(os_code(error), path=str(home)) from error
    try:
        # What a killed program left would send a second start to nobody.
        (home / FILE).unlink(missing_ok=True)
        _serve(session, _listen(port), tell)
    finally:
        (home / FILE).unlink(missing_ok=True)
        lock.release()


def _serve(session: Session, listening: socket.socket, tell: Callable[[str, bool], None]) -> None:
    settings = session.settings
    running = Running(listening.getsockname()[1], secrets.token_bytes(_KEY_BYTES))
    gate = Gate(running.key, lock_seconds=settings.lock_minutes * 60)
    keeper = Keeper(hours=settings.open_hours, closed=gate.lock_seat)
    app = create_app(House(session, gate, keeper))
    server = _server(app, listening)
    serving = Thread(target=server.run, daemon=True)
    serving.start()
    _write(settings.laptop_home / FILE, running)
    tell(running.link(), False)
    try:
        if not session.clock.stop.wait(_UNLOCKING_SECONDS):
            _compile(app)
        while not session.clock.stop.wait(_TICK_SECONDS):
            keeper.tick()
    finally:
        server.task_dispatcher.shutdown()
        # The thread that serves closes what it listens on: another would pull it from under it.
        server.trigger.pull_trigger(server.close)
        keeper.close_all()


def _compile(app: Flask) -> None:
    """Make the templates ready while the passphrase is typed: a page's first view waits less."""
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)


def _server(app: Flask, listening: socket.socket) -> Any:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # waiting in line is no fault
    return create_server(
        app,
        sockets=[listening],
        threads=_THREADS,
        ident="lorong",
        clear_untrusted_proxy_headers=True,
        # What people typed is never laid down unencrypted, not even in a passing file.
        max_request_body_size=_MOST_SENT,
        inbuf_overflow=2 * _MOST_SENT,
        outbuf_overflow=_MOST_ANSWERED,
    )


def _listen(port: int | None) -> socket.socket:
    try:
        return socket.create_server((HOST, USUAL_PORT if port is None else port))
    except OSError as error:
        if port is not None:
            raise AgentProblem("port_taken", port=port) from error
    return socket.create_server((HOST, 0))


def _write(path: Path, running: Running) -> None:
    with file_told(path.parent):
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            json.dump({"port": running.port, "key": running.key.hex()}, file)


def _running(home: Path) -> Running:
    """Return where the first start serves; it may be just about to write it down."""
    for _ in range(50):
        try:
            told = json.loads((home / FILE).read_text(encoding="ascii"))
            return Running(int(told["port"]), bytes.fromhex(told["key"]))
        except (OSError, ValueError, KeyError, TypeError):
            time.sleep(0.1)
    raise AgentProblem("page_starting")
