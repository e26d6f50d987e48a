"""The demo's office: `lorong-server` on loopback, with its database in a folder."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from demo.day import LEAST_AGE, MONTHS
from demo.processes import Processes, Running

NAME: Final = "Kantor Perisai Makassar"
_PART: Final = "lorong-server"


@dataclass(slots=True)
class Office:
    """An office that can be opened, cut off and opened again at the same address."""

    processes: Processes
    home: Path
    url: str = ""
    _serving: Running | None = None

    @property
    def log(self) -> Path:
        """Where everything lies that the serving office says."""
        return self.home.with_suffix(".log")

    @property
    def settings(self) -> dict[str, str]:
        """What this office differs in from a usual one."""
        return {
            "LORONG_HOME": str(self.home),
            "LORONG_AGE_MIN": str(LEAST_AGE),
            "LORONG_MONTHS": MONTHS,
        }

    @property
    def to_look(self) -> dict[str, str]:
        """The settings by which a person comes to see it."""
        return {"LORONG_HOME": str(self.home)}

    def prepare(self, agents: Sequence[tuple[str, str, str]], roll: Path) -> None:
        """Make the database, the agents (code, name, office), the roll and known_niks."""
        self._ask("migrate")
        for name in dict.fromkeys(office for _, _, office in agents):
            self._ask("add-office", name)
        for code, name, office in agents:
            self._ask("add-agent", name, "--office", office, "--code", code)
        self._ask("import-roll", str(roll))
        self._ask("build-known-niks")

    def add_user(self, name: str, password: str) -> None:
        """Make an administrator, who signs in on the office's pages."""
        self._ask("add-user", name, "--role", "administrator", "--password-stdin", given=password)

    def join_code(self, agent_code: str) -> str:
        """Return a fresh code by which a laptop of an agent joins."""
        return self._ask("join-code", agent_code).strip()

    def open(self) -> None:
        """Serve; the first time at any free port, then always at the same."""
        port = self.url.rpartition(":")[2] or "0"
        self._serving = self.processes.start(
            _PART, self.log, _PART, "serve", "--port", port, settings=self.settings
        )
        self.url = self._serving.said(r"http://[\d.]+:\d+")

    def cut(self) -> None:
        """Cut the power."""
        if self._serving is not None:
            self._serving.kill()
            self.processes.forget(self._serving)

    def leaderboard(self, month: str) -> list[dict[str, Any]]:
        """Return the agents of a month's leaderboard, in their order."""
        found: list[dict[str, Any]] = json.loads(
            self._ask("leaderboard", "--month", month, "--json")
        )["agents"]
        return found

    def doctor(self) -> dict[str, Any]:
        """Return what the doctor compared; PartFailed where anything is wrong."""
        found: dict[str, Any] = json.loads(self._ask("doctor", "--json"))
        return found

    def standings(self, device_id: str) -> dict[str, tuple[str, str, str]]:
        """Return digest, verdict and reason of every record of a device, from the ledger itself.

        Read past the office's own code, so that its word is not taken for it.
        """
        ledger = f"file:{self.home / 'office.db'}?mode=ro"
        with closing(sqlite3.connect(ledger, uri=True)) as books:
            rows = books.execute(
                "select record_id, digest, verdict, reason from ledger where device_id = ?",
                [device_id],
            ).fetchall()
        return {record_id: (digest, verdict, reason) for record_id, digest, verdict, reason in rows}

    def _ask(self, *command: str, given: str = "") -> str:
        part = f"{_PART} {command[0]}"
        done = self.processes.run(part, _PART, *command, settings=self.settings, given=given)
        return done.out
