"""The worker's decisions, and that no trigger is ever lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from agent_client.config import Settings
from agent_client.worker import EXCHANGE, Worker
from sync.problems import Busy, LineProblem, SyncProblem, Unwelcome
from sync.report import Report

SETTINGS = Settings(home=Path("/nowhere"), sync_seconds=3_600, probe_seconds=60, watch_seconds=60)
LONG = 30
DAY = datetime(2026, 11, 20, tzinfo=UTC)
FAR = datetime(2099, 1, 1, tzinfo=UTC)


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

    def wakes_in(self) -> float | None:
        """In how many seconds APScheduler will wake it; None where that was not moved."""
        moment = self.worker.scheduler.get_job(EXCHANGE).next_run_time
        return None if moment == FAR else (moment - self.moment).total_seconds()

    def clear(self) -> None:
        self.worker.scheduler.modify_job(EXCHANGE, next_run_time=FAR)

    def exchange(self, report: Report | None = None) -> None:
        """Let the worker make a run, as if it had been woken."""
        if report is not None:
            self.reports.append(report)
        self.clear()
        self.worker.exchange()


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.worker.stop()


def failed(problem: SyncProblem, seconds: float = 7.0) -> Report:
    return Report(problem=problem, resume_after_s=seconds)


def test_it_begins_with_an_exchange(bench: Bench) -> None:
    assert bench.wakes_in() == 0


def test_a_trigger_wakes_it_at_once(bench: Bench) -> None:
    bench.clear()
    bench.worker.trigger()
    assert bench.wakes_in() == 0


def test_a_trigger_during_a_run_makes_another(bench: Bench) -> None:
    def once_more() -> None:
        if bench.runs == 1:
            bench.worker.trigger()

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
    first = Thread(target=bench.worker.exchange)
    first.start()
    assert began.wait(LONG)
    bench.worker.exchange()
    assert bench.runs == 1
    may_end.set()
    first.join()
    assert (bench.runs, at_once) == (2, [1, 2])


@pytest.mark.parametrize("problem", [LineProblem("line_refused"), Unwelcome(), SyncProblem("x")])
def test_after_a_problem_it_comes_back_when_the_report_says(
    bench: Bench, problem: SyncProblem
) -> None:
    bench.exchange(failed(problem))
    assert (bench.wakes_in(), bench.runs) == (7.0, 1)


def test_where_all_went_well_it_waits_for_the_timer(bench: Bench) -> None:
    bench.exchange()
    assert bench.wakes_in() is None


def test_a_person_may_ask_again_while_the_line_is_down(bench: Bench) -> None:
    bench.exchange(failed(LineProblem("line_refused"), 300))
    bench.exchange()
    assert bench.runs == 2


@pytest.mark.parametrize("problem", [Busy(seconds=60), None])
def test_an_office_that_asks_for_rest_gets_it(bench: Bench, problem: Busy | None) -> None:
    bench.exchange(Report(problem=problem, resume_after_s=60))
    bench.clear()
    bench.worker.trigger()
    assert bench.wakes_in() == 60.0
    bench.clear()
    bench.worker.exchange()
    assert (bench.wakes_in(), bench.runs) == (60.0, 1)
    bench.seconds += 61
    bench.exchange()
    assert bench.runs == 2


def test_what_is_asked_for_during_a_run_waits_for_the_offices_rest(bench: Bench) -> None:
    bench.during = bench.worker.trigger
    bench.exchange(Report(resume_after_s=60))
    assert (bench.wakes_in(), bench.runs) == (60.0, 1)


def test_the_line_is_looked_at_only_while_it_is_lost(bench: Bench) -> None:
    bench.answers = True
    bench.worker.look_at_line()
    bench.exchange(Report())
    bench.worker.look_at_line()
    assert bench.wakes_in() is None


def test_it_exchanges_when_the_office_answers_again(bench: Bench) -> None:
    bench.exchange(failed(LineProblem("line_refused"), 300))
    bench.clear()
    bench.worker.look_at_line()
    assert bench.wakes_in() is None
    bench.answers = True
    bench.worker.look_at_line()
    assert bench.wakes_in() == 0


def test_an_office_that_answers_but_fails_is_left_to_back_off(bench: Bench) -> None:
    bench.exchange(failed(LineProblem("office_failed", reached=True), 300))
    bench.clear()
    bench.answers = True
    for _ in range(5):
        bench.worker.look_at_line()
    assert bench.wakes_in() is None


def test_what_was_captured_since_is_sent(bench: Bench) -> None:
    bench.exchange(Report())
    bench.worker.look_for_news()
    assert bench.wakes_in() is None
    bench.has_news = True
    bench.worker.look_for_news()
    assert bench.wakes_in() == 0


def test_news_do_not_hammer_an_office_that_refuses(bench: Bench) -> None:
    bench.has_news = True
    bench.exchange(failed(Unwelcome()))
    bench.clear()
    bench.worker.look_for_news()
    assert bench.wakes_in() is None


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
    bench.worker.scheduler.start(paused=True)
    bench.worker.stop()
    bench.worker.trigger()
    bench.worker.exchange()
    assert bench.runs == 0


def test_a_clock_set_back_does_not_put_it_to_sleep(bench: Bench) -> None:
    bench.worker.scheduler.start(paused=True)
    bench.exchange(failed(LineProblem("line_refused"), 300))
    bench.seconds += 5
    bench.moment += timedelta(seconds=5)
    bench.worker.heed_clock()
    assert bench.wakes_in() == 295
    bench.moment -= timedelta(days=365)
    bench.worker.heed_clock()
    moments = {job.next_run_time for job in bench.worker.scheduler.get_jobs()}
    assert moments == {bench.moment}


def running(ran: Event, runs: list[int]) -> Worker:
    """Return a worker that counts its runs, not started."""

    def run() -> Report:
        runs.append(1)
        ran.set()
        return Report()

    return Worker(
        SETTINGS, run=run, probe=lambda: True, news=lambda: False, failed=lambda error: None
    )


def test_started_it_exchanges_at_once_and_on_demand() -> None:
    ran, runs = Event(), list[int]()
    worker = running(ran, runs)
    worker.start()
    assert ran.wait(LONG)
    ran.clear()
    worker.trigger()
    assert ran.wait(LONG)
    worker.stop()
    assert len(runs) == 2


def test_stopped_at_any_moment_it_ends_cleanly() -> None:
    for number in range(100):
        ran = Event()
        worker = running(ran, [])
        worker.start()
        if number % 3:
            assert ran.wait(LONG)
        if number % 2:
            worker.trigger()
        worker.stop()
