"""The page without a browser: the real application on a real laptop, asked over HTTP.

`Program` is what `lorong-agent run` makes, `Visitor` who came by a link of it. The line
is down unless a test lets it up, so nothing is sent before a test says so.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from agent_client.app import create_app
from agent_client.gate import Gate
from agent_client.house import House
from agent_client.kept import Keeper, Kept
from sync.problems import LineProblem
from tests.agent_client.laptops import PASSPHRASE
from tests.agent_client.office_line import AgentLaptop, DeskClock
from tests.agent_client.pages.markup import Markup

LOCK_SECONDS = 900
HOST = "127.0.0.1"
SEAT = "utama"
HX = {"HX-Request": "true"}


@dataclass
class Ticks:
    """A timer that stands until a test moves it."""

    seconds: float = 1_000.0

    def __call__(self) -> float:
        return self.seconds


class LaptopClock(DeskClock):
    """The office's clock, and how far the laptop's is beside it."""

    beside = timedelta()

    def now(self) -> datetime:
        return super().now() + self.beside


@dataclass
class Program:
    """One start of the program on a laptop."""

    laptop: AgentLaptop
    ticks: Ticks = field(default_factory=Ticks)

    def __post_init__(self) -> None:
        self.laptop.problem = LineProblem("line_refused")
        self.clocks: list[LaptopClock] = []
        self.laptop.clock = self._clock()
        gate = Gate(b"k" * 32, LOCK_SECONDS, timer=self.ticks, now=lambda: self.ticks.seconds)
        keeper = Keeper(12, gate.lock_seat, timer=self.ticks, clock=self._clock)
        self.house = House(self.laptop.session(), gate, keeper)
        self.app = create_app(self.house)

    def _clock(self) -> LaptopClock:
        self.clocks.append(LaptopClock(self.laptop.desk))
        return self.clocks[-1]

    def set_clock(self, **beside: float) -> None:
        """Set the laptop's clock beside the office's."""
        for clock in self.clocks:
            clock.beside = timedelta(**beside)

    def visitor(self) -> "Visitor":
        """Return somebody who came by a link, the page still locked."""
        came = Visitor(self)
        assert came.get(f"/enter/{self.house.gate.link()}").status_code == 303
        return came

    def unlocked(self, seat: str = SEAT, passphrase: str = PASSPHRASE) -> "Visitor":
        """Return somebody who came by a link and unlocked a seat."""
        came = self.visitor()
        came.unlock(seat, passphrase)
        return came

    def kept(self, seat: str = SEAT) -> Kept:
        """Return an open seat."""
        found = self.house.keeper.kept(seat)
        assert found is not None
        return found

    @contextmanager
    def line_up(self) -> Iterator[None]:
        """Let the line be there for a while."""
        self.laptop.problem = None
        yield
        self.laptop.problem = LineProblem("line_refused")

    def sync(self) -> None:
        """Exchange once, as a program beside this one may."""
        with self.line_up():
            result = self.laptop.run("sync")
            assert result.exit_code == 0, result.output

    def stop_sending(self) -> None:
        """Let nothing be sent by itself any more, so that the line stands as a test sets it."""
        worker = self.kept()._worker
        assert worker is not None
        worker.stop()

    def close(self) -> None:
        """End the program."""
        self.house.keeper.close_all()


@dataclass
class Answer:
    """One answer, and its HTML read."""

    response: TestResponse

    @property
    def status_code(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        return self.response.get_data(as_text=True)

    @property
    def markup(self) -> Markup:
        return Markup(self.text)

    @property
    def headers(self) -> Any:
        return self.response.headers

    @property
    def location(self) -> str:
        """Where it leads: a redirect's, or the one that the page's script follows."""
        return str(self.headers.get("Location") or self.headers.get("HX-Redirect") or "")


class Visitor:
    """A browser without a script: keeps cookies and the token of the page that it saw last."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.client = program.app.test_client()
        self.token = ""

    def ask(self, method: str, path: str, **more: Any) -> Answer:
        """Ask for anything as it is; `base_url=` sets another host."""
        more.setdefault("base_url", f"http://{HOST}")
        answer = Answer(self.client.open(path, method=method, **more))
        for one in answer.markup.all("input", name="csrf_token"):
            self.token = one.attrs["value"]
        return answer

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("GET", path, headers=headers)

    def see(self, path: str) -> Markup:
        """Return a page that must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.location}"
        return answer.markup

    def post(
        self,
        path: str,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a form, with the token of the page seen last."""
        return self.ask(
            "POST", path, data={**(form or {}), "csrf_token": self.token}, headers=headers
        )

    def hx(self, path: str, form: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """Send what the page's script sends by itself."""
        more = {name.replace("_", "-"): text for name, text in headers.items()}
        return self.ask(
            "POST", path, data=form or {}, headers={**HX, "X-CSRFToken": self.token, **more}
        )

    def follow(self, answer: Answer) -> Answer:
        """Go where an answer leads."""
        while answer.location:
            answer = self.get(urlsplit(answer.location).path)
        return answer

    def unlock(self, seat: str = SEAT, passphrase: str = PASSPHRASE) -> Answer:
        """Unlock a seat by its page; return the answer, unfollowed."""
        self.get("/unlock")
        return self.post("/unlock", {"seat": seat, "passphrase": passphrase})

    def lock(self, at: str = "/queue") -> Answer:
        """Press "kunci sekarang"."""
        return self.post("/lock", {"at": at})

    def consent(self) -> int:
        """Begin a draft with a worker's consent; return its number."""
        self.see("/captures/new")
        sent = {"consent_method": "read_aloud", "consent_language": "id"}
        answer = self.post("/drafts", sent)
        assert answer.status_code == 303, answer.text
        self.see(answer.location)
        return int(answer.location.rpartition("/")[2])

    def type(self, draft: int, boxes: Mapping[str, str], at: str = "") -> Answer:
        """Have what is typed kept, as the page does half a second later."""
        return self.hx(f"/drafts/{draft}/form", {**boxes, "at": at})

    def save(self, draft: int, boxes: Mapping[str, str]) -> Answer:
        """Press "Simpan"."""
        return self.hx(f"/drafts/{draft}/save", boxes)

    def enrol(self, boxes: Mapping[str, str]) -> str:
        """Capture a worker from the consent on; return the record's id."""
        answer = self.save(self.consent(), boxes)
        assert answer.location.endswith("/saved"), answer.text
        return answer.location.split("/")[2]
