"""Watches the line and exchanges by itself: on reconnection, by timer, and on demand.

APScheduler wakes it; what is to be done then is decided here. One run at a time, and a
trigger during a run is never lost: whoever ends a run looks once more. APScheduler alone
would drop it, as it drops what was due while the laptop slept (misfire_grace_time).
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Lock
from typing import Final, TypeVar

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from agent_client.config import Settings
from sync.problems import Busy, LineProblem
from sync.report import Report

AGAIN: Final = "again"
CLOCK_JUMP_SECONDS: Final = 5.0
_JITTER_SECONDS: Final = 3
_Said = TypeVar("_Said")


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
        self.scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(4)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin: the first exchange at once."""
        every = self.scheduler.add_job
        probe_s = self._settings.probe_seconds
        every(self.look_at_line, "interval", seconds=probe_s, jitter=min(_JITTER_SECONDS, probe_s))
        every(self.look_for_news, "interval", seconds=self._settings.watch_seconds)
        every(self.trigger, "interval", seconds=self._settings.sync_seconds)
        self.scheduler.start()
        self.trigger()

    def stop(self) -> None:
        """End: a run at work ends with the exchange it is in, none begins."""
        self._stopped.set()
        if self.scheduler.running:
            self.scheduler.shutdown(wait=True)

    def trigger(self) -> None:
        """Ask for an exchange: now, after the one at work, or when the office's rest is over."""
        self._wanted.set()
        rest = self._rest_until - self._timer()
        if rest > 0:
            self._wake(self.trigger, rest)
        else:
            self._wake(self.work, 0)

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

    def work(self) -> None:
        """Exchange as long as it is asked for; returns at once where a run is at work."""
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
            self._wake(self.trigger, report.resume_after_s)

    def _wake(self, act: Callable[[], None], seconds: float) -> None:
        if self._stopped.is_set():
            return
        self.scheduler.add_job(
            act,
            "date",
            run_date=self._now() + timedelta(seconds=seconds),
            id=AGAIN if seconds else None,
            replace_existing=True,
        )

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
