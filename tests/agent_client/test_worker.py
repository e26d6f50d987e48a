"""The worker's decisions, and that no trigger is ever lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from agent_client.config import Settings
from agent_client.worker import AGAIN, Worker
from sync.problems import Busy, LineProblem, SyncProblem, Unwelcome
from sync.report import Report

SETTINGS = Settings(home=Path("/nowhere"), sync_seconds=3_600, probe_seconds=60, watch_seconds=60)
LONG = 30
DAY = datetime(2026, 11, 20, tzinfo=UTC)


@dataclass
class Bench:
    """A worker whose parts a test holds in its hands; APScheduler is real but not started."""

    reports: list[Report] = field(default_factory=list)
    runs: int = 0
    answers: bool = False
    has_news: bool = False
    failures: list[Exception] = field(default_factory=list)
    seconds: float = 1_000.0
    moment: datetime = DAY
    during: Callable[[], object] = lambda: None
    worker: Worker = field(init=False)

    def __post_init__(self) -> None:
        self.worker = Worker(
            SETTINGS,
            run=self.run,
            probe=lambda: self.answers,
            news=lambda: self.has_news,
            failed=self.failures.append,
            timer=lambda: self.seconds,
            now=lambda: self.moment,
        )

    def run(self) -> Report:
        self.runs += 1
        self.during()
        return self.reports.pop(0) if self.reports else Report()

    def jobs(self) -> list[tuple[str, float]]:
        """What APScheduler was asked to do, and in how many seconds."""
        found = self.worker.scheduler.get_jobs()
        return [
            (job.func.__name__, (job.trigger.run_date - self.moment).total_seconds())
            for job in found
        ]

    def clear(self) -> None:
        self.worker.scheduler.remove_all_jobs()

    def exchange(self, report: Report | None = None) -> None:
        """Let the worker make a run, as if it had been woken."""
        if report is not None:
            self.reports.append(report)
        self.worker.trigger()
        self.clear()
        self.worker.work()


@pytest.fixture
def bench() -> Bench:
    return Bench()


def failed(problem: SyncProblem, seconds: float = 7.0) -> Report:
    return Report(problem=problem, resume_after_s=seconds)


def test_a_trigger_wakes_it_at_once(bench: Bench) -> None:
    bench.worker.trigger()
    assert bench.jobs() == [("work", 0.0)]
    bench.worker.work()
    assert bench.runs == 1
    bench.worker.work()
    assert bench.runs == 1


def test_triggers_before_a_run_are_one_run(bench: Bench) -> None:
    for _ in range(3):
        bench.worker.trigger()
    for _ in range(3):
        bench.worker.work()
    assert bench.runs == 1


def test_a_trigger_during_a_run_makes_another(bench: Bench) -> None:
    def once_more() -> None:
        if bench.runs == 1:
            bench.worker.trigger()
            # What APScheduler would start now finds a run at work and leaves it to that.
            Thread(target=bench.worker.work).start()

    bench.during = once_more
    bench.exchange()
    assert bench.runs == 2


def test_two_wakings_never_run_side_by_side(bench: Bench) -> None:
    began, may_end, at_once = Event(), Event(), []

    def hold() -> None:
        at_once.append(bench.runs)
        began.set()
        assert may_end.wait(LONG)

    bench.during = hold
    bench.worker.trigger()
    first = Thread(target=bench.worker.work)
    first.start()
    assert began.wait(LONG)
    bench.worker.trigger()
    bench.worker.work()
    assert bench.runs == 1
    may_end.set()
    first.join()
    assert (bench.runs, at_once) == (2, [1, 2])


@pytest.mark.parametrize("problem", [LineProblem("line_refused"), Unwelcome(), SyncProblem("x")])
def test_after_a_problem_it_comes_back_when_the_report_says(
    bench: Bench, problem: SyncProblem
) -> None:
    bench.exchange(failed(problem))
    assert bench.jobs() == [("trigger", 7.0)]
    assert bench.runs == 1


def test_where_all_went_well_it_waits_for_the_timer(bench: Bench) -> None:
    bench.exchange()
    assert bench.jobs() == []


def test_a_person_may_ask_again_while_the_line_is_down(bench: Bench) -> None:
    bench.exchange(failed(LineProblem("line_refused"), 300))
    bench.exchange()
    assert bench.runs == 2


@pytest.mark.parametrize("problem", [Busy(seconds=60), None])
def test_an_office_that_asks_for_rest_gets_it(bench: Bench, problem: Busy | None) -> None:
    bench.exchange(Report(problem=problem, resume_after_s=60))
    bench.clear()
    bench.worker.trigger()
    assert bench.jobs() == [("trigger", 60.0)]
    bench.worker.work()
    assert bench.runs == 1
    bench.seconds += 61
    bench.exchange()
    assert bench.runs == 2


def test_the_line_is_looked_at_only_while_it_is_lost(bench: Bench) -> None:
    bench.answers = True
    bench.worker.look_at_line()
    bench.exchange(Report())
    bench.worker.look_at_line()
    assert bench.jobs() == []


def test_it_exchanges_when_the_office_answers_again(bench: Bench) -> None:
    bench.exchange(failed(LineProblem("line_refused"), 300))
    bench.clear()
    bench.worker.look_at_line()
    assert bench.jobs() == []
    bench.answers = True
    bench.worker.look_at_line()
    assert bench.jobs() == [("work", 0.0)]


def test_an_office_that_answers_but_fails_is_left_to_back_off(bench: Bench) -> None:
    bench.exchange(failed(LineProblem("office_failed", reached=True), 300))
    bench.clear()
    bench.answers = True
    for _ in range(5):
        bench.worker.look_at_line()
    assert bench.jobs() == []


def test_what_was_captured_since_is_sent(bench: Bench) -> None:
    bench.exchange(Report())
    bench.worker.look_for_news()
    assert bench.jobs() == []
    bench.has_news = True
    bench.worker.look_for_news()
    assert bench.jobs() == [("work", 0.0)]


def test_news_do_not_hammer_an_office_that_refuses(bench: Bench) -> None:
    bench.has_news = True
    bench.exchange(failed(Unwelcome()))
    bench.clear()
    bench.worker.look_for_news()
    assert bench.jobs() == []


def test_whatever_is_raised_is_told_and_the_worker_goes_on(bench: Bench) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    bench.during = fail
    bench.exchange()
    assert [type(error) for error in bench.failures] == [ZeroDivisionError]
    bench.during = lambda: None
    bench.exchange()
    assert bench.runs == 2


def test_after_a_stop_nothing_begins(bench: Bench) -> None:
    bench.worker.stop()
    bench.worker.trigger()
    bench.worker.work()
    assert (bench.runs, bench.jobs()) == (0, [])


def test_a_clock_set_back_does_not_put_it_to_sleep(bench: Bench) -> None:
    bench.worker.scheduler.start(paused=True)
    bench.exchange(failed(LineProblem("line_refused"), 300))
    bench.seconds += 5
    bench.moment += timedelta(seconds=5)
    bench.worker.heed_clock()
    [again] = bench.worker.scheduler.get_jobs()
    assert (again.id, again.next_run_time) == (AGAIN, DAY + timedelta(seconds=300))
    bench.moment -= timedelta(days=365)
    bench.worker.heed_clock()
    [again] = bench.worker.scheduler.get_jobs()
    assert again.next_run_time == bench.moment
    bench.worker.stop()


@pytest.fixture
def real() -> Iterator[dict[str, Any]]:
    """A worker that runs for real, its first run counted."""
    ran, counted = Event(), {"runs": 0}

    def run() -> Report:
        counted["runs"] += 1
        ran.set()
        return Report()

    worker = Worker(
        SETTINGS, run=run, probe=lambda: True, news=lambda: False, failed=lambda error: None
    )
    worker.start()
    yield {"worker": worker, "ran": ran, "counted": counted}
    worker.stop()


def test_started_it_exchanges_at_once_and_on_demand(real: dict[str, Any]) -> None:
    assert real["ran"].wait(LONG)
    real["ran"].clear()
    real["worker"].trigger()
    assert real["ran"].wait(LONG)
    real["worker"].stop()
    assert real["counted"]["runs"] == 2
