"""The project's own commands as processes: run to their end, or started and ended again."""

import os
import re
import signal
import subprocess
import sysconfig
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from demo.interrupts import Interrupts

_PATIENCE_SECONDS: Final = 120
_GRACE_SECONDS: Final = 10
_LAST_LINES: Final = 30


class PartFailed(Exception):
    """A part of the demo did not do what it should; `log` is the last that it said."""

    def __init__(self, part: str, log: str) -> None:
        super().__init__(part)
        self.part = part
        self.log = "\n".join(log.splitlines()[-_LAST_LINES:])


@dataclass(frozen=True, slots=True)
class Done:
    """A command that came to its end."""

    code: int
    out: str


@dataclass(slots=True)
class Running:
    """A process at work, and the file in which everything that it says is kept."""

    part: str
    process: subprocess.Popen[bytes]
    log: Path

    def said(self, pattern: str) -> str:
        """Wait for what the process announces; PartFailed where it ends, or stays silent."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            ended = self.process.poll() is not None
            if found := re.search(pattern, self._text()):
                return found[0]
            if ended:
                break
            time.sleep(0.05)
        raise self.failed()

    def failed(self) -> PartFailed:
        """Return what is to be said of a process that went wrong."""
        return PartFailed(self.part, self._text())

    def sleep(self) -> None:
        """Close the lid: the process stands still."""
        self.process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        """Open the lid."""
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def ask_to_end(self) -> None:
        """Ask it to end what it is at, and then itself."""
        self.wake()
        self.process.terminate()

    def see_end(self) -> None:
        """Wait until it has ended, and no longer than is kind."""
        try:
            self.process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def _text(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


@dataclass(slots=True)
class Processes:
    """Runs commands of this environment, free of any LORONG_ setting but those given."""

    interrupts: Interrupts
    _running: list[Running] = field(default_factory=list)

    def run(
        self,
        part: str,
        *command: str,
        settings: Mapping[str, str],
        given: str = "",
        sound: tuple[int, ...] = (0,),
    ) -> Done:
        """Run a command with `given` as its input; PartFailed unless its code is a sound one."""
        try:
            done = subprocess.run(
                _command(command),
                input=given,
                capture_output=True,
                env=_environ(settings),
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
                timeout=_PATIENCE_SECONDS,
            )
        except (OSError, subprocess.TimeoutExpired) as problem:
            raise PartFailed(part, str(problem)) from problem
        if done.returncode not in sound:
            raise PartFailed(part, f"{' '.join(command[:2])}\n{done.stdout}\n{done.stderr}")
        return Done(done.returncode, done.stdout)

    def start(self, part: str, log: Path, *command: str, settings: Mapping[str, str]) -> Running:
        """Start a command that goes on; all that is said goes to the file `log`."""
        with log.open("wb") as file, self.interrupts.held():
            process = subprocess.Popen(
                _command(command),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                env=_environ(settings),
                start_new_session=True,
            )
            running = Running(part, process, log)
            self._running.append(running)
        return running

    def stand_by(self) -> None:
        """Return after a while; PartFailed where a process that should go on has ended."""
        time.sleep(0.5)
        for one in self._running:
            if one.process.poll() is not None:
                raise one.failed()

    def forget(self, one: Running) -> None:
        """Stop minding a process that was ended on purpose."""
        self._running.remove(one)

    def end(self) -> None:
        """End all of them: first every one is asked, then waited for."""
        for one in self._running:
            one.ask_to_end()
        for one in self._running:
            one.see_end()


def _command(command: tuple[str, ...]) -> list[str]:
    return [str(Path(sysconfig.get_path("scripts")) / command[0]), *command[1:]]


def _environ(settings: Mapping[str, str]) -> dict[str, str]:
    inherited = {name: it for name, it in os.environ.items() if not name.startswith("LORONG_")}
    return {**inherited, "PYTHONUTF8": "1", **settings}
