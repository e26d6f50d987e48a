"""A laptop whose program runs as an agent starts it, with its page in a real process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.processes import AGENT, Process, run

PASSPHRASE = "ombak besar di paotere"
_QUICK = {
    "LORONG_KDF_ROUNDS": "1",
    "LORONG_KDF_MEMORY_MIB": "1",
    "LORONG_PROBE_SECONDS": "1",
    "LORONG_WATCH_SECONDS": "1",
}


@dataclass
class AgentProcess:
    """`lorong-agent run` on a data folder; `link` is the one-time link of its last start."""

    home: Path
    more: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    _process: Process | None = None

    @property
    def settings(self) -> dict[str, str]:
        """What this laptop differs in from a usual one."""
        return {"LORONG_HOME": str(self.home), **_QUICK, **self.more}

    @property
    def address(self) -> str:
        """Where the page is: http://127.0.0.1:PORT, another at each start."""
        return self.link.partition("/enter/")[0]

    @property
    def pid(self) -> int:
        """The running process's id."""
        return self._running.running.pid

    @property
    def log(self) -> Path:
        """Where everything lies that it says, the link left out."""
        return self.home.with_suffix(".log")

    def join(self, office_url: str, code: str, name: str = "Laptop uji") -> None:
        """Join an office by the command, with PASSPHRASE for the database that it makes."""
        settings = {**self.settings, "LORONG_PASSPHRASE": PASSPHRASE}
        run(AGENT, "join", office_url, code, "--name", name, settings=settings)

    def start(self) -> str:
        """Start it, and return the link by which a browser may come in."""
        self._process = Process(
            AGENT, ("run", "--no-browser", "--port", "0"), self.settings, self.log, "stdout"
        )
        self.link = self._process.start()
        assert "/enter/" in self.link, f"not a link to come in by: {self.link}"
        return self.link

    def kill(self) -> None:
        """Cut the power; harmless where it is off."""
        if self._process is not None:
            self._process.kill()

    def stop(self) -> None:
        """Ask it to end, and see that it ends with code 0."""
        self._running.stop()

    def restart(self) -> str:
        """Cut the power, start again, and return the new link."""
        self.kill()
        return self.start()

    @property
    def _running(self) -> Process:
        assert self._process is not None, "it was not started"
        return self._process
