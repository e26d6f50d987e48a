"""Open seats of a laptop whose line a test holds in its hands; nothing in it takes time."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Queue
from threading import Event
from typing import Any

from agent_client.kept import Kept
from agent_client.store import captures, device, exchange, joining
from agent_client.vault import Vault
from sync.ports import Reply, Transport
from tests.agent_client.laptops import open_vault
from tests.agent_client.office_line import ADDRESS, AgentLaptop

LONG = 60


class Rest(Event):
    """A rest that a test ends: it says how long it would have been, and waits to be woken."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: Queue[float | None] = Queue()

    def wait(self, timeout: float | None = None) -> bool:
        self.asked.put(timeout)
        return super().wait(LONG)

    def next(self) -> float | None:
        """Wait until it rests; return for how many seconds, None for until it is woken."""
        return self.asked.get(timeout=LONG)


class Seat(Kept):
    """An open seat that tells when a run of it has failed."""

    failed_once: Event

    def _failed(self, error: Exception) -> None:
        Kept._failed(self, error)
        self.failed_once.set()


@dataclass
class Line:
    """A laptop's line: `meet` is called whenever it is used, by path or as a dial ("")."""

    laptop: AgentLaptop
    used: Event = field(default_factory=Event)
    exchanged: Event = field(default_factory=Event)
    meet: Callable[[str], object] = lambda path: None

    @contextmanager
    def dial(self, address: str, token: str | None) -> Iterator[Transport]:
        self.meet("")
        with self.laptop.dial(address, token) as transport:
            yield _Met(self, transport)


class _Met:
    def __init__(self, line: Line, transport: Transport) -> None:
        self._line, self._transport = line, transport

    def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> Reply:
        self._line.used.set()
        self._line.meet(path)
        return self._transport.get(path, headers=headers)

    def post(self, path: str, body: Mapping[str, Any]) -> Reply:
        self._line.used.set()
        self._line.meet(path)
        reply = self._transport.post(path, body)
        if path.endswith("/exchange"):
            self._line.exchanged.set()
        return reply


def seat_of(laptop: AgentLaptop, line: Line | None = None, rest: Rest | None = None) -> Seat:
    """Return a laptop's open seat, not started yet."""
    session = laptop.session()
    session.dial = (line or Line(laptop)).dial
    seat = Seat(session, open_vault(laptop.home), 0.0, _again=rest or Rest())
    seat.failed_once = Event()
    return seat


def begin_joining(vault: Vault, code: str) -> None:
    """Begin to join as the page does."""
    with vault.writing() as tx:
        joining.keep_joining_begun(tx, joining.Begun(ADDRESS, code, "Laptop uji"))


def has_joined(laptop: AgentLaptop) -> bool:
    """Tell whether a laptop has joined, and nothing of its joining is left."""
    with opened(laptop) as vault, vault.reading() as tx:
        here = device.device(tx)
        joined = here is not None and here.office_url == ADDRESS
        return joined and joining.begun_joining(tx) is None


def states(laptop: AgentLaptop) -> dict[str, int]:
    """Return how many captures are in each state that has any."""
    with opened(laptop) as vault, vault.reading() as tx:
        return {state: count for state, count in captures.count_captures(tx).items() if count}


def line_problem(laptop: AgentLaptop) -> str | None:
    """Return the code of what went wrong with the last try."""
    with opened(laptop) as vault, vault.reading() as tx:
        return exchange.last_exchange(tx).problem


@contextmanager
def opened(laptop: AgentLaptop) -> Iterator[Vault]:
    vault = open_vault(laptop.home)
    try:
        yield vault
    finally:
        vault.close()
