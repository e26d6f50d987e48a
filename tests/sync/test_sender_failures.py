"""The laptop's half of the exchange, row by row of the status table of PROTOCOL.md."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.limits import RECONCILE
from sync.ports import Reply
from sync.problems import Busy, Faulty, LineProblem, Outdated, Unwelcome
from tests.sync.scripted_office import (
    ScriptedOffice,
    Step,
    raising,
    status,
    well,
)
from tests.sync.sending import Laptop

# Anything without the header: "jaringan belum masuk internet"; backs off


@pytest.mark.parametrize(
    "problem",
    [
        LineProblem("captive"),
        LineProblem("line_refused"),
        LineProblem("line_tls"),
        LineProblem("line_timeout"),
    ],
    ids=lambda problem: problem.code,
)
def test_what_never_reached_the_office_backs_off(problem: LineProblem) -> None:
    laptop, office = Laptop(2), ScriptedOffice(raising(problem))
    report = laptop.run(office)
    assert (report.problem, report.resume_after_s) == (problem, 1.0)
    assert len(office.asked) == 1
    assert laptop.waiting == laptop.ids
    assert [one.attempts for one in laptop.outbox.shelf.records.values()] == [0, 0]


# 401, 403: keeps the queue, asks to join again


@pytest.mark.parametrize(
    ("code", "body", "wipe"), [(401, {}, False), (403, {}, False), (403, {"wipe": True}, True)]
)
def test_401_and_403_keep_the_queue(code: int, body: dict[str, Any], wipe: bool) -> None:
    laptop, office = Laptop(2), ScriptedOffice(status(code, body))
    report = laptop.run(office)
    assert isinstance(report.problem, Unwelcome)
    assert (report.wipe, report.reached) == (wipe, False)
    assert (laptop.waiting, laptop.set_aside) == (laptop.ids, [])
    assert len(office.asked) == 1


# 400, 413, 422, any other 4xx, or 500 three times in a row: halves down to one


@pytest.mark.parametrize("code", [400, 404, 409, 413, 415, 422, 418, 500])
@pytest.mark.parametrize("at", [0, 3, 6])
def test_the_envelope_that_fails_alone_is_set_aside(code: int, at: int) -> None:
    laptop, office = Laptop(7), ScriptedOffice()
    bad = laptop.ids[at]
    office.refuses = lambda envelopes: (
        code if bad in [envelope["record_id"] for envelope in envelopes] else None
    )
    report = laptop.run(office)
    assert laptop.waiting == laptop.set_aside == [bad]
    assert (report.acknowledged, report.set_aside, report.problem) == (6, 1, None)
    assert laptop.outbox.shelf.records[bad].problem == "scripted"
    assert [bad] in office.batches


def test_500_is_sent_again_twice_before_it_counts() -> None:
    laptop, office = Laptop(2), ScriptedOffice(status(500), status(500), well)
    report = laptop.run(office)
    assert office.batches == [laptop.ids] * 3
    assert (report.acknowledged, report.problem, laptop.set_aside) == (2, None, [])
    assert laptop.clock.slept == [1.0, 2.0]


def test_500_three_times_in_a_row_halves() -> None:
    laptop = Laptop(2)
    office = ScriptedOffice(status(500), status(500), status(500))
    laptop.run(office)
    first, second = laptop.ids
    assert office.batches == [laptop.ids] * 3 + [[first], [second]]
    assert laptop.waiting == []


def test_a_stop_while_waiting_after_a_500_sets_nothing_aside() -> None:
    laptop, office = Laptop(1), ScriptedOffice(status(500))
    answers = iter([False, True])
    report = laptop.run(office, stop=lambda: next(answers))
    assert (len(office.asked), laptop.set_aside) == (1, [])
    assert isinstance(report.problem, LineProblem)


def test_two_bad_ones_in_a_full_batch_cost_few_exchanges() -> None:
    laptop, office = Laptop(500), ScriptedOffice()
    bad = {laptop.ids[17], laptop.ids[400]}
    office.refuses = lambda envelopes: (
        422 if bad & {envelope["record_id"] for envelope in envelopes} else None
    )
    report = laptop.run(office, size=500)
    assert set(laptop.waiting) == bad
    assert (report.acknowledged, report.set_aside) == (498, 2)
    assert len(office.asked) < 50


def test_where_even_an_empty_exchange_fails_no_envelope_is_at_fault() -> None:
    laptop, office = Laptop(5), ScriptedOffice()
    office.refuses = lambda envelopes: 404
    report = laptop.run(office)
    assert isinstance(report.problem, Faulty)
    assert report.resume_after_s is not None
    assert (laptop.waiting, laptop.set_aside) == (laptop.ids, [])


def test_a_body_too_large_for_something_on_the_way_gets_through_in_pieces() -> None:
    laptop, office = Laptop(40), ScriptedOffice()
    office.refuses = lambda envelopes: 413 if len(envelopes) > 6 else None
    report = laptop.run(office, size=40)
    assert (report.acknowledged, report.set_aside, laptop.waiting) == (40, 0, [])


def test_a_line_lost_while_halving_ends_the_run_and_loses_nothing() -> None:
    laptop = Laptop(4)
    office = ScriptedOffice(status(422), well, raising(LineProblem("line_reset", reached=True)))
    report = laptop.run(office)
    assert isinstance(report.problem, LineProblem)
    assert (laptop.waiting, report.acknowledged) == (laptop.ids[2:], 2)
    assert laptop.run(ScriptedOffice()).acknowledged == 2


def test_what_is_set_aside_is_tried_again_the_next_day() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    office.refuses = lambda envelopes: 422 if envelopes else None
    laptop.run(office)
    office.refuses = lambda envelopes: None
    assert laptop.run(office).sent == 0
    laptop.clock.sleep(24 * 3600)
    assert laptop.run(office).acknowledged == 1
    assert laptop.waiting == []


def test_what_was_set_aside_is_not_tried_twice_in_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    laptop, office = Laptop(2), ScriptedOffice()
    office.refuses = lambda envelopes: 422 if len(envelopes) == 1 else None
    office.steps.append(status(422))
    monkeypatch.setattr(laptop.outbox, "set_aside", lambda *told: None)
    laptop.run(office)
    assert sorted(map(len, office.batches)) == [0, 0, 1, 1, 2]


# 426: keeps capturing, asks to update


def test_426_ends_the_run_and_keeps_the_queue() -> None:
    laptop, office = Laptop(2), ScriptedOffice(status(426, {"code": "protocol_too_old"}))
    report = laptop.run(office)
    assert isinstance(report.problem, Outdated)
    assert report.problem.code == "protocol_too_old"
    assert (laptop.waiting, laptop.set_aside, len(office.asked)) == (laptop.ids, [], 1)


# 429, 503: waits as Retry-After says (60 s without), ends the run


@pytest.mark.parametrize("code", [429, 503])
@pytest.mark.parametrize(("headers", "seconds"), [({"retry_after": "40"}, 45.0), ({}, 67.5)])
def test_429_and_503_end_the_run_and_say_how_long(
    code: int, headers: dict[str, str], seconds: float
) -> None:
    laptop, office = Laptop(2), ScriptedOffice(status(code, **headers))
    report = laptop.run(office)
    assert isinstance(report.problem, Busy)
    assert report.resume_after_s == seconds
    assert (laptop.waiting, len(office.asked), laptop.clock.slept) == (laptop.ids, 1, [])


# Other 5xx, time-out, refused, reset, TLS failure: backs off, full jitter


@pytest.mark.parametrize(
    "step",
    [
        status(502),
        status(504),
        raising(LineProblem("line_timeout", reached=True)),
        raising(LineProblem("line_reset", reached=True)),
        raising(LineProblem("answer_too_large", reached=True)),
    ],
)
def test_what_may_have_reached_the_office_backs_off_and_comes_smaller(step: Step) -> None:
    laptop, office = Laptop(4), ScriptedOffice(step)
    report = laptop.run(office, size=4)
    assert isinstance(report.problem, LineProblem)
    assert (report.resume_after_s, report.size, len(office.asked)) == (1.0, 2, 1)
    assert laptop.waiting == laptop.ids
    assert [one.attempts for one in laptop.outbox.shelf.records.values()] == [1] * 4


# Whatever happens on the line


class LostAfter(Exception):
    """The office took it, the answer never came."""


class BadLine(ScriptedOffice):
    """An office behind a line that also loses answers after they were given."""

    def post(self, path: str, body: Any) -> Reply:
        try:
            return super().post(path, body)
        except LostAfter:
            self.take(path, body)
            raise LineProblem("line_reset", reached=True) from None


statuses = st.sampled_from([400, 401, 403, 413, 422, 426, 429, 500, 500, 500, 502, 503])


faults = st.one_of(
    st.just(well),
    st.just(raising(LostAfter())),
    st.just(raising(LineProblem("line_refused"))),
    st.builds(status, statuses),
)


@settings(max_examples=60)
@given(steps=st.lists(faults, max_size=25), captures=st.integers(0, 30), size=st.integers(1, 20))
def test_nothing_is_lost_whatever_the_line_does(
    steps: list[Step], captures: int, size: int
) -> None:
    laptop, office = Laptop(captures), BadLine(*steps)
    for _ in range(len(steps) + 1):
        report = laptop.run(office, size=size)
        size = report.size
        # A day on, what was set aside meanwhile is due again.
        laptop.clock.sleep(24 * 3600)
        held = laptop.outbox.held(None, 1000)
        assert sorted(record_id for record_id, _ in held) == sorted(laptop.ids)
    assert report.problem is None
    assert laptop.waiting == []
    assert sorted(office.known) == sorted(laptop.ids)


def test_reconcile_problems_end_the_run_like_any_other() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    laptop.run(office)
    office.epoch = "e2"
    office.steps.extend([well, status(503, retry_after="8")])
    report = laptop.run(office)
    assert (report.resume_after_s, office.asked[-1][0]) == (9.0, RECONCILE)
