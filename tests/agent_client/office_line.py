"""A real office behind a line that is a function call, and commands that talk over it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from agent_client.cli import cli
from agent_client.clock import SystemClock
from agent_client.commands.session import Session
from agent_client.config import Settings
from sync.ports import Reply, Transport
from sync.problems import LineProblem
from tests.agent_client.laptops import PASSPHRASE
from tests.offices import Desk

ADDRESS = "https://kantor.test"


class OfficeLine:
    """A Transport to an office's application in this process."""

    def __init__(self, client: FlaskClient, token: str | None) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> Reply:
        return _reply(self._client.get(path, headers={**self._headers, **(headers or {})}))

    def post(self, path: str, body: Mapping[str, Any]) -> Reply:
        return _reply(self._client.post(path, json=dict(body), headers=self._headers))


def _reply(answer: Any) -> Reply:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Reply(answer.status_code, headers, answer.get_json(silent=True), answer.data)


class DeskClock(SystemClock):
    """The office's own clock, so that laptop and office agree; a test may set it apart."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def now(self) -> datetime:
        return self._desk.now()

    def sleep(self, seconds: float) -> None:
        pass


@dataclass
class AgentLaptop:
    """A laptop used by its commands; `problem` is what the line does instead of answering."""

    desk: Desk
    home: Path
    lang: str = "id"
    problem: LineProblem | None = None
    passphrase: str | None = PASSPHRASE
    dialled: list[str] = field(default_factory=list)
    clock: SystemClock | None = None

    @contextmanager
    def dial(self, address: str, token: str | None) -> Iterator[Transport]:
        self.dialled.append(address)
        yield _Faulty(self, OfficeLine(self.desk.client(), token))

    def session(self) -> Session:
        settings = Settings(
            home=self.home, passphrase=self.passphrase, kdf_rounds=1, kdf_memory_mib=1
        )
        return Session(
            settings,
            self.lang,
            clock=self.clock or DeskClock(self.desk),
            dial=self.dial,
            random=lambda: 0.0,
        )

    def run(self, *arguments: str, stdin: str | bytes | None = None) -> Result:
        """Run a command; an exception that reaches the person fails the test."""
        result = CliRunner().invoke(cli, arguments, input=stdin, obj=self.session())
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def json(self, *arguments: str, stdin: str | bytes | None = None) -> dict[str, Any]:
        """Run a command with --json; return what it printed."""
        told: dict[str, Any] = json.loads(self.run(*arguments, "--json", stdin=stdin).stdout)
        return told

    def join(self, agent_code: str | None = None) -> None:
        code = self.desk.code(agent_code or self.desk.agent())
        result = self.run("join", ADDRESS, code, "--name", "Laptop uji")
        assert result.exit_code == 0, result.output

    def capture(self, content: Mapping[str, Any], *more: str) -> dict[str, Any]:
        return self.json("capture", "-", *more, stdin=json.dumps(content))


class _Faulty:
    """A line that may be down."""

    def __init__(self, laptop: AgentLaptop, line: OfficeLine) -> None:
        self._laptop, self._line = laptop, line

    def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> Reply:
        self._fail()
        return self._line.get(path, headers=headers)

    def post(self, path: str, body: Mapping[str, Any]) -> Reply:
        self._fail()
        return self._line.post(path, body)

    def _fail(self) -> None:
        if self._laptop.problem is not None:
            raise self._laptop.problem
