"""A real office on loopback, whose line is cut by killing it, and comes back at its port."""

from dataclasses import dataclass, field
from pathlib import Path

from server import administer
from server.config import Settings
from server.office import Office
from server.store.engine import Store
from tests.browser.processes import OFFICE, Process
from tests.offices import KEY, KEYS

NAME = "Kantor Perisai Tallo"


@dataclass
class ServedOffice:
    """`lorong-server serve` on an office's database, which the test has open beside it.

    The office NAME is added unless it `is_there` already.
    """

    home: Path
    url: str = ""
    is_there: bool = False
    office: Office = field(init=False)
    _process: Process | None = None

    def __post_init__(self) -> None:
        url = f"sqlite:///{self.home / 'office.db'}"
        settings = Settings(home=self.home, database_url=url, office_key=KEY)
        self.office = Office(Store(url), KEYS, settings)
        if not self.is_there:
            administer.add_office(self.office, NAME)

    def add_agent(self, code: str = "A-0007", name: str = "Daeng Sutte") -> str:
        """Add an agent, and return a code by which a laptop of theirs joins."""
        administer.add_agent(self.office, name, NAME, code)
        return self.join_code(code)

    def join_code(self, agent_code: str) -> str:
        """Return a fresh join code of an agent."""
        return administer.make_join_code(self.office, agent_code)

    def open(self, **more: str) -> str:
        """Serve, and return the address: any free port the first time, then the same again.

        `more` are settings in which this office differs from a usual one.
        """
        port = self.url.rpartition(":")[2] or "0"
        settings = {
            "LORONG_HOME": str(self.home),
            "LORONG_DATABASE_URL": self.office.settings.database_url,
            "LORONG_OFFICE_KEY": KEY,
            **more,
        }
        arguments = ("serve", "--port", port, "--processes", "1")
        log = self.home.with_suffix(".log")
        self._process = Process(OFFICE, arguments, settings, log, "stderr")
        said = self._process.start()
        self.url = said[said.index("http://") :]
        return self.url

    def cut(self) -> None:
        """Lose the line: nobody answers at the address any more; harmless where it is lost."""
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End all of it."""
        self.cut()
        self.office.store.close()
