"""How the laptop's half keeps pace: back-off, batches, stops and progress."""

from itertools import chain
from typing import Any

from sync.batching import FIRST_SIZE
from sync.ports import Reply
from sync.problems import LineProblem
from sync.report import Report
from tests.sync.scripted_office import (
    ScriptedOffice,
    status,
)
from tests.sync.sending import Laptop


def test_the_back_off_grows_with_the_runs_that_failed() -> None:
    delays = [
        Laptop().run(ScriptedOffice(status(502)), failures=failures, random=lambda: 0.999)
        for failures in (0, 1, 2, 20)
    ]
    assert [round(report.resume_after_s or 0) for report in delays] == [2, 4, 8, 300]


def test_what_spoils_the_line_does_not_hold_up_what_is_new() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    spoiler = laptop.ids[0]

    def spoil(path: str, sent: dict[str, Any]) -> Reply | None:
        if spoiler in [envelope["record_id"] for envelope in sent["envelopes"]]:
            raise LineProblem("line_reset", reached=True)
        return None

    office.steps.extend([spoil] * 50)
    laptop.run(office)
    new = [laptop.save(number) for number in range(2, 9)]
    size = 4
    for _ in range(6):
        report = laptop.run(office, size=size)
        size = report.size
    assert laptop.waiting == [spoiler]
    assert {laptop.verdict(record_id) for record_id in new} == {("accepted", "new")}
    assert isinstance(report.problem, LineProblem)


# Batch size


def test_the_batch_follows_the_link() -> None:
    laptop, office = Laptop(700), ScriptedOffice()
    office.seconds = lambda count: 0.02 * count
    report = laptop.run(office)
    sizes = [len(batch) for batch in office.batches]
    assert sizes[0] == FIRST_SIZE
    assert all(75 <= size <= 125 for size in sizes[4:-1])
    assert 75 <= report.size <= 125


def test_a_short_rest_says_nothing_of_the_link() -> None:
    laptop, office = Laptop(3), ScriptedOffice()
    assert laptop.run(office, size=50).size == 50


def test_one_slow_capture_alone_does_not_shrink_the_batch() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    office.seconds = lambda count: 9.0
    assert laptop.run(office, size=50).size == 50


# Stop, pause, progress


def test_a_stop_is_heard_before_each_exchange() -> None:
    laptop, office = Laptop(10), ScriptedOffice()
    answers = chain([False, False], [True] * 9)
    report = laptop.run(office, size=2, stop=lambda: next(answers))
    assert len(office.asked) == 2
    assert (report.stopped, report.problem) == (True, None)


def test_a_stop_at_once_asks_nothing() -> None:
    office = ScriptedOffice()
    report = Laptop(1).run(office, stop=lambda: True, restored=True)
    assert (office.asked, report.stopped, report.reached) == ([], True, False)


def test_a_pause_ends_the_run_with_jitter() -> None:
    laptop, office = Laptop(3), ScriptedOffice()
    office.extra = {"pause_s": 20}
    report = laptop.run(office, size=2)
    assert (len(office.asked), report.resume_after_s) == (1, 22.5)
    assert (report.problem, report.stopped, laptop.waiting) == (None, False, laptop.ids[2:])


def test_progress_is_told_after_each_answer() -> None:
    told: list[Report] = []
    office = ScriptedOffice()
    office.seconds = lambda count: 2.0
    Laptop(5).run(office, size=2, on_progress=told.append)
    assert [report.acknowledged for report in told] == [2, 4, 5]
