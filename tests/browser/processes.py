"""The two programs as a machine runs them: real processes that are started, cut and ended."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import IO, Literal

ROOT = Path(__file__).parents[2]
LONG = 60
OFFICE = "from server.cli import main; main()"
AGENT = "from agent_client.cli import main; main()"


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return this environment with none but the given settings."""
    inherited = {name: it for name, it in os.environ.items() if not name.startswith("LORONG_")}
    return {**inherited, **settings}


@dataclass
class Process:
    """A program that goes on; its first line comes by `says`, the log keeps all the rest."""

    code: str
    arguments: Sequence[str]
    settings: Mapping[str, str]
    log: Path
    says: Literal["stdout", "stderr"]
    running: subprocess.Popen[str] = field(init=False)
    _keeper: Thread = field(init=False)

    def start(self) -> str:
        """Start it, and return the first line that it says; fails with the log where it ends."""
        with self.log.open("a") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-c", self.code, *self.arguments],
                env=environment(self.settings),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if self.says == "stdout" else log,
                stderr=subprocess.PIPE if self.says == "stderr" else log,
                text=True,
            )
        said = getattr(self.running, self.says)
        first: str = said.readline().strip()
        # A pipe that nobody empties would one day stop whoever writes into it.
        self._keeper = Thread(target=_keep, args=(said, self.log), daemon=True)
        self._keeper.start()
        if not first:
            self.kill()
            raise AssertionError(f"{self.arguments[0]} ended:\n{self.log.read_text()}")
        return first

    def kill(self) -> None:
        """Cut its power, which a program that has ended does not notice."""
        self.running.kill()
        self._ended()

    def stop(self) -> None:
        """Ask it to end, and see that it ends well."""
        self.running.terminate()
        code = self._ended()
        assert code == 0, f"{self.arguments[0]} ended with {code}:\n{self.log.read_text()}"

    def _ended(self) -> int:
        code = self.running.wait(LONG)
        self._keeper.join(LONG)
        return code


def run(code: str, *arguments: str, settings: Mapping[str, str], ends: int = 0) -> str:
    """Run a command, and return what it printed; fails unless it `ends` with that code."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment(settings),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )
    assert done.returncode == ends, f"{arguments[0]} ended:\n{done.stdout}{done.stderr}"
    return done.stdout


def _keep(said: IO[str], log: Path) -> None:
    with said, log.open("a") as kept:
        for line in said:
            kept.write(line)
            kept.flush()
