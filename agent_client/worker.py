"""Watches the line and exchanges by itself: on reconnection, by timer, and on demand.

APScheduler wakes it; what is to be done then is decided here. One run at a time, and a
trigger during a run is never lost: whoever ends a run looks once more. APScheduler alone
would drop it, as it drops what was due while the laptop slept (misfire_grace_time).

There is one job to exchange, whose next time is moved. Jobs for one time only would be
removed after it, and if that falls together with the end of the program, APScheduler's
thread dies of it.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Event, Lock
from typing import Final, TypeVar

from apscheduler.executors.pool import BasePoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

from agent_client.config import Settings
from sync.problems import Busy, LineProblem
from sync.report import Report

EXCHANGE: Final = "exchange"
CLOCK_JUMP_SECONDS: Final = 5.0
_JITTER_SECONDS: Final = 3
_THREADS: Final = 4
_MANY: Final = 100
_Said = TypeVar("_Said")


class _Threads(BasePoolExecutor):  # type: ignore[misc]
    """Lets the worker itself wait for its threads."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        super().__init__(pool)


class Worker:
    """Runs exchanges in the background until it is stopped.

    `run` makes one and returns its report, `probe` tells whether the office answers,
    `news` whether captures wait that were never sent. What they raise goes to `failed`,
    and the worker goes on. `timer` counts seconds and never jumps.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        run: Callable[[], Report],
        probe: Callable[[], bool],
        news: Callable[[], bool],
        failed: Callable[[Exception], None],
        timer: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._run, self._probe, self._news, self._failed = run, probe, news, failed
        self._timer, self._now = timer, now
        self._wanted, self._stopped = Event(), Event()
        self._running = Lock()
        self._trouble = self._offline = self._silent = False
        self._rest_until = timer()
        self._clock_ahead = self._wall_less_timer()
        self._pool = ThreadPoolExecutor(_THREADS)
        self.scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": _Threads(self._pool)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._add_jobs()

    def _add_jobs(self) -> None:
        every = self.scheduler.add_job
        probe_s = self._settings.probe_seconds
        every(self.look_at_line, "interval", seconds=probe_s, jitter=min(_JITTER_SECONDS, probe_s))
        every(self.look_for_news, "interval", seconds=self._settings.watch_seconds)
        every(
            self.exchange,
            "interval",
            seconds=self._settings.sync_seconds,
            id=EXCHANGE,
            next_run_time=self._now(),
            # Those that find a run at work return at once; none may be turned away.
            max_instances=_MANY,
        )

    def start(self) -> None:
        """Begin: the first exchange at once."""
        self.scheduler.start()

    def stop(self) -> None:
        """End: a run at work ends with the exchange it is in, none begins."""
        self._stopped.set()
        if self.scheduler.running:
            # Waiting in there would hold a lock that a job at work may want to wake us by.
            self.scheduler.shutdown(wait=False)
        self._pool.shutdown(wait=True)

    def trigger(self) -> bool:
        """Ask for an exchange: now, after the one at work, or when the office's rest is over.

        Tell whether there is no rest to wait for.
        """
        self._wanted.set()
        rest = max(self._rest_until - self._timer(), 0.0)
        self._wake(rest)
        return rest == 0

    def look_at_line(self) -> None:
        """Where the line was lost: exchange as soon as the office answers again."""
        if not self._offline:
            return
        answers = self._guarded(self._probe)
        if answers and self._silent:
            self.trigger()
        self._silent = not answers

    def look_for_news(self) -> None:
        """Where all went well: send what was captured since, by whatever program."""
        if not self._trouble and not self._wanted.is_set() and self._guarded(self._news):
            self.trigger()

    def exchange(self) -> None:
        """Exchange as often as it is asked for; returns at once where a run is at work."""
        self._wanted.set()
        if self._rest_until > self._timer():
            # Woken too early: two clocks never agree to the last millisecond.
            self.trigger()
        while self._is_due() and self._running.acquire(blocking=False):
            try:
                self._wanted.clear()
                self._heed(self._guarded(self._run))
            finally:
                self._running.release()

    def heed_clock(self) -> None:
        """Wake at once where the wall clock was set back: the jobs would wait for it."""
        ahead = self._wall_less_timer()
        if ahead < self._clock_ahead - CLOCK_JUMP_SECONDS:
            for job in self.scheduler.get_jobs():
                job.modify(next_run_time=self._now())
        self._clock_ahead = ahead

    def _is_due(self) -> bool:
        rested = self._timer() >= self._rest_until
        return self._wanted.is_set() and rested and not self._stopped.is_set()

    def _heed(self, report: Report | None) -> None:
        """Decide when to come back, after a run; None where it could not even begin."""
        self._trouble = report is None or report.problem is not None
        if report is None:
            return
        self._offline = isinstance(report.problem, LineProblem)
        self._silent = False
        if report.resume_after_s is None:
            return
        if report.problem is None or isinstance(report.problem, Busy):
            self._rest_until = self._timer() + report.resume_after_s
        if report.problem is not None or self._wanted.is_set():
            self._wake(report.resume_after_s)

    def _wake(self, seconds: float) -> None:
        # Once the scheduler has ended it knows no jobs any more.
        with suppress(JobLookupError):
            moment = self._now() + timedelta(seconds=seconds)
            self.scheduler.modify_job(EXCHANGE, next_run_time=moment)

    def _guarded(self, act: Callable[[], _Said]) -> _Said | None:
        if self._stopped.is_set():
            return None
        try:
            return act()
        except Exception as error:
            # Whatever it was, the next run may go well, and the agent goes on working.
            self._failed(error)
            return None

    def _wall_less_timer(self) -> float:
        return self._now().timestamp() - self._timer()
