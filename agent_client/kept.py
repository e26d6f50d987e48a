"""A seat that is open: its vault, and the queue that goes on syncing while the page is locked.

A page that locks closes no vault. The vault closes when the program ends, or some hours
after it was last unlocked (LORONG_OPEN_HOURS).
"""

import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Event, Lock, Thread
from typing import Final

from sqlite_utils import Database

from agent_client import copies
from agent_client.clock import SystemClock, steady_seconds
from agent_client.commands.session import Session, keep_trace
from agent_client.exchanging import Exchanger, one_at_a_time
from agent_client.joining import Newcomer, fetch_lists, join_office
from agent_client.lists import Lists, held_lists
from agent_client.problems import AgentProblem
from agent_client.store import device, joining, queue, reference
from agent_client.vault import Vault
from agent_client.worker import Worker
from sync.problems import Busy, LineProblem, SyncProblem
from sync.references import NAMES
from sync.report import Report

_JOIN_AGAIN_SECONDS: Final = 5.0
_PASSING: Final = frozenset({"not_an_office", "sync_running", "database_busy", "internal"})
"""Why a joining may fail now and go well later; not_an_office may be a Wi-Fi's own page."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being done on the line: `done` of `total`, the last problem's code."""

    running: bool = False
    done: int = 0
    total: int = 0
    problem: str | None = None


@dataclass(slots=True)
class Kept:
    """One open seat; `saved_as` remembers which record each draft became."""

    session: Session
    vault: Vault
    opened_at: float
    saved_as: dict[int, str] = field(default_factory=dict)
    _progress: Progress = field(default_factory=Progress)
    _lists: tuple[Mapping[str, str], Lists] | None = None
    _worker: Worker | None = None
    _joiner: Thread | None = None
    _ending: Event = field(default_factory=Event)
    _again: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)

    def start(self) -> None:
        """Begin to watch the line, or to join where that was begun and is not through."""
        with self.vault.reading() as tx:
            here, begun = device.device(tx), joining.begun_joining(tx)
        if here is not None and here.office_url is not None:
            self._watch()
        if begun is not None:
            self._join()

    def lists(self, tx: Database) -> Lists:
        """Return the reference lists; read anew only where the office sent another version."""
        versions = reference.versions(tx)
        if self._lists is None or self._lists[0] != versions:
            self._lists = (versions, held_lists(tx))
        return self._lists[1]

    def progress(self) -> Progress:
        """Tell what is being done on the line."""
        return self._progress

    def is_joining(self) -> bool:
        """Tell whether what is being done is a joining, with the lists that it fetches."""
        return self._joiner is not None and self._joiner.is_alive()

    def send_now(self) -> None:
        """Exchange (or try to join) at once; what is at work goes on, and one more follows."""
        self._again.set()
        if self._worker is None:
            self.start()
        elif self._worker.trigger():
            self._progress = replace(self._progress, running=True)

    def copy_if_due(self) -> None:
        """Make the second copy where a folder is chosen, is there, and something is new.

        A stick that is not plugged in is no failure: the page tells how old the copy is.
        """
        home = self.session.settings.home
        folder = copies.chosen_folder(home)
        try:
            if folder is not None and copies.copy_is_due(self.vault, home):
                copies.copy_to(self.vault, folder, self.session.clock.now())
        except AgentProblem:
            return

    def heed_clock(self) -> None:
        """Let the worker see a wall clock that was set back."""
        if self._worker is not None:
            self._worker.heed_clock()

    def close(self) -> None:
        """Finish the exchange at work, then close the vault."""
        self._ending.set()
        self._again.set()
        self.session.clock.stop.set()
        with self._lock:
            # Whatever begins, begins under this lock, and nothing does from now on.
            worker, joiner = self._worker, self._joiner
        if joiner is not None:
            joiner.join()
        if worker is not None:
            worker.stop()
        try:
            self.copy_if_due()
        finally:
            self.vault.close()

    def _watch(self) -> None:
        with self._lock:
            if self._worker is not None or self._ending.is_set():
                return
            exchanger = self.session.exchanger(self.vault)
            exchanger.on_progress = self._heed
            self._worker = Worker(
                self.session.settings,
                run=lambda: self._run(exchanger),
                probe=exchanger.probe,
                news=self._has_news,
                failed=self._failed,
            )
            self._worker.start()

    def _run(self, exchanger: Exchanger) -> Report:
        with self.vault.reading() as tx:
            waiting = queue.waiting_now(tx)
        self._progress = Progress(True, 0, waiting)
        try:
            return exchanger.run()
        finally:
            # The database knows how it ended, and what another program has sent since.
            self._progress = replace(self._progress, running=False, problem=None)

    def _heed(self, report: Report) -> None:
        done = min(report.sent, self._progress.total)
        self._progress = replace(self._progress, running=True, done=done)

    def _has_news(self) -> bool:
        with self.vault.reading() as tx:
            return queue.never_sent(tx) > 0

    def _failed(self, error: Exception) -> None:
        code = error.code if isinstance(error, AgentProblem) else "unexpected"
        if code == "unexpected":
            keep_trace(self.session.settings.home, error)
        self._progress = replace(self._progress, running=False, problem=code)

    def _join(self) -> None:
        with self._lock:
            self._again.set()
            if self._ending.is_set() or (self._joiner is not None and self._joiner.is_alive()):
                return
            self._progress = Progress(True, 0, len(NAMES) + 1)
            self._joiner = Thread(target=self._join_until_joined, daemon=True)
            self._joiner.start()

    def _join_until_joined(self) -> None:
        """Try until the office answered; what only a person can mend waits for the person."""
        while not self._ending.is_set():
            self._again.clear()
            self._progress = Progress(True, 0, len(NAMES) + 1)
            try:
                self._join_once()
                self._progress = Progress()
                self._watch()
                return
            except (AgentProblem, SyncProblem) as problem:
                self._progress = Progress(problem=problem.code)
                rest = _rest(problem)
            except Exception as error:
                self._failed(error)
                rest = None
            self._again.wait(rest)

    def _join_once(self) -> None:
        with self.vault.reading() as tx:
            begun = joining.begun_joining(tx)
        if begun is None:
            return
        session, settings = self.session, self.session.settings
        newcomer = Newcomer(begun.name, platform.platform(terse=True), session.client)
        with one_at_a_time(settings.home, settings.busy_seconds):
            with session.dial(begun.address, None) as transport:
                joined = join_office(
                    self.vault,
                    transport,
                    begun.address,
                    begun.code,
                    newcomer,
                    clock=session.clock,
                    new_id=session.new_id,
                )
            self._count(0)
            with session.dial(begun.address, joined.token) as transport:
                fetch_lists(session.exchanger(self.vault), transport, self._count)

    def _count(self, lists: int) -> None:
        self._progress = replace(self._progress, done=lists + 1)


def _rest(problem: AgentProblem | SyncProblem) -> float | None:
    """Return after how many seconds joining is tried again, None where a person must act."""
    if isinstance(problem, Busy):
        return max(problem.seconds, _JOIN_AGAIN_SECONDS)
    passes = isinstance(problem, LineProblem) or problem.code in _PASSING
    return _JOIN_AGAIN_SECONDS if passes else None


@dataclass(slots=True)
class Keeper:
    """All seats that are open, by name; `hours` is how long one stays so without its agent.

    `timer` counts seconds and never jumps. `closed` is told the name of a seat that was
    closed for its time. `clock` makes each seat a clock of its own, which it alone stops.
    """

    hours: float
    closed: Callable[[str], None]
    timer: Callable[[], float] = steady_seconds
    clock: Callable[[], SystemClock] = SystemClock
    _kept: dict[str, Kept] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def keep(self, name: str, session: Session, opened: Vault) -> Kept:
        """Keep a vault that was just unlocked; one that is open already goes on instead."""
        with self._lock:
            known = self._kept.get(name)
            if known is not None:
                opened.close()
                known.opened_at = self.timer()
                return known
            own = replace(session, clock=self.clock())
            kept = self._kept[name] = Kept(own, opened, self.timer())
        kept.start()
        return kept

    def kept(self, name: str | None) -> Kept | None:
        """Return an open seat."""
        return self._kept.get(name or "")

    def copy_soon(self, name: str | None) -> None:
        """Make a seat's second copy where it is due, beside whatever else goes on."""
        kept = self.kept(name)
        if kept is not None:
            Thread(target=kept.copy_if_due, daemon=True).start()

    def tick(self) -> None:
        """Do what is to be done every few seconds: heed clocks, close what was open too long."""
        for name, kept in list(self._kept.items()):
            if self.timer() - kept.opened_at > self.hours * 3600:
                self.closed(name)
                self.close(name)
            else:
                kept.heed_clock()

    def close(self, name: str) -> None:
        """Close one seat."""
        with self._lock:
            kept = self._kept.pop(name, None)
        if kept is not None:
            kept.close()

    def close_all(self) -> None:
        """Close every seat: the program ends."""
        for name in list(self._kept):
            self.close(name)
