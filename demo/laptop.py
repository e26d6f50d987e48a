"""One of the demo's laptops: `lorong-agent` with a data folder and a database of its own."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from demo.day import Door
from demo.processes import PartFailed, Processes, Running

PASSPHRASE: Final = "hanya untuk demo"
_PART: Final = "lorong-agent"


@dataclass(slots=True)
class Laptop:
    """An agent's laptop; `held_back` counts what was no capture, by place and reason."""

    processes: Processes
    home: Path
    name: str
    agent_code: str
    agent_name: str
    device_id: str = ""
    saved: int = 0
    held_back: Counter[tuple[str, str]] = field(default_factory=Counter)
    _watching: Running | None = None

    @property
    def settings(self) -> dict[str, str]:
        """Quick to unlock and quick to look for the line, as suits a demo."""
        return {
            "LORONG_HOME": str(self.home),
            "LORONG_PASSPHRASE": PASSPHRASE,
            "LORONG_KDF_ROUNDS": "1",
            "LORONG_KDF_MEMORY_MIB": "8",
            "LORONG_PROBE_SECONDS": "1",
        }

    @property
    def to_look(self) -> dict[str, str]:
        """The settings by which a person comes to see it."""
        return {"LORONG_HOME": str(self.home), "LORONG_PASSPHRASE": PASSPHRASE}

    @property
    def sync_job(self) -> str:
        """What its sync job is called where it fails."""
        return f"{_PART} sync --watch ({self.name})"

    def join(self, url: str, code: str) -> None:
        """Join the office."""
        self.device_id = self._ask("join", url, code, "--name", self.name)["device_id"]

    def watch(self) -> None:
        """Start the sync job, which goes on until the demo ends, and see that it found no line."""
        log = self.home.with_suffix(".log")
        self._watching = self.processes.start(
            self.sync_job, log, _PART, "sync", "--watch", "--json", settings=self.settings
        )
        self._watching.said('"line"')

    def watched(self) -> str:
        """Return what the sync job said so far."""
        return self.home.with_suffix(".log").read_text(encoding="utf-8", errors="replace")

    def close_lid(self) -> None:
        """Let the sync job sleep."""
        if self._watching is not None:
            self._watching.sleep()

    def open_lid(self) -> None:
        """Wake the sync job."""
        if self._watching is not None:
            self._watching.wake()

    def take_list(self, path: Path) -> dict[str, Any]:
        """Import a list; return what became of its rows."""
        body = self._ask("import", str(path))
        self.saved += body["saved"]
        for one in body["rows"]:
            if one["outcome"] != "saved":
                self.held_back[one["outcome"], _reason(one["errors"])] += 1
        return body

    def visit(self, doors: list[Door]) -> int:
        """Capture at one door after the other; return how many were saved."""
        records: list[str] = []
        for door in doors:
            record = "" if door.corrects is None else records[door.corrects]
            records.append(self._capture(door, record))
        return sum(1 for record in records if record)

    def waiting(self) -> int:
        """Return how many captures have no verdict yet."""
        waiting: int = self._ask("status")["waiting"]
        return waiting

    def ask_office(self) -> None:
        """Exchange once more, so that nothing that the office said is missing here."""
        self._ask("sync")

    def captures(self) -> list[dict[str, Any]]:
        """Return every capture as the laptop lists it."""
        found: list[dict[str, Any]] = self._ask("list")["captures"]
        return found

    def _capture(self, door: Door, corrects: str) -> str:
        more = ("--corrects", corrects) if corrects else ()
        given = json.dumps(door.content)
        body = self._ask("capture", "-", *more, given=given, sound=(0, 1))
        if body.get("saved"):
            self.saved += 1
            return str(body["record_id"])
        self.held_back["draft", _reason(body["errors"])] += 1
        return ""

    def _ask(self, *command: str, given: str = "", sound: tuple[int, ...] = (0,)) -> dict[str, Any]:
        part = f"{_PART} {command[0]} ({self.name})"
        done = self.processes.run(
            part,
            _PART,
            *command,
            "--json",
            settings=self.settings,
            given=given,
            sound=sound,
        )
        body: dict[str, Any] = json.loads(done.out)
        if "problem" in body and "saved" not in body and done.code:
            raise PartFailed(part, str(body["problem"]["sentence"]))
        return body


def _reason(errors: list[dict[str, Any]]) -> str:
    """Return the one code by which people would call what is wrong."""
    codes = [str(one["code"]) for one in errors]
    if any(str(one["field"]).startswith("consent") for one in errors):
        return "consent"
    return codes[0] if codes else ""
