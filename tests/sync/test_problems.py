"""Each row of the status table means one kind of problem, with a stable code."""

from typing import Any

import pytest

from sync import problems
from sync.ports import Reply
from sync.problems import (
    CODES,
    Busy,
    Faulty,
    LineProblem,
    Outdated,
    SyncProblem,
    Unwelcome,
    problem_of,
)


def answer(status: int, body: Any = None, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, named, body)


@pytest.mark.parametrize("status", [200, 201, 304])
def test_a_good_answer_is_no_problem(status: int) -> None:
    assert problem_of(answer(status)) is None


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (400, Faulty, "faulty"),
        (401, Unwelcome, "unwelcome"),
        (403, Unwelcome, "unwelcome"),
        (404, Faulty, "faulty"),
        (409, Faulty, "faulty"),
        (413, Faulty, "faulty"),
        (415, Faulty, "faulty"),
        (422, Faulty, "faulty"),
        (426, Outdated, "outdated"),
        (429, Busy, "busy"),
        (500, Faulty, "faulty"),
        (502, LineProblem, "office_failed"),
        (503, Busy, "busy"),
        (504, LineProblem, "office_failed"),
        (599, LineProblem, "office_failed"),
        (204, LineProblem, "answer_malformed"),
        (301, LineProblem, "answer_malformed"),
    ],
)
def test_a_status_means_one_kind_of_problem(
    status: int, kind: type[SyncProblem], code: str
) -> None:
    problem = problem_of(answer(status))
    assert type(problem) is kind
    assert (problem.code, problem.status) == (code, status)
    assert problem.code in CODES


def test_the_office_names_its_own_code() -> None:
    problem = problem_of(answer(403, {"code": "code_expired"}))
    assert problem is not None
    assert (problem.code, str(problem)) == ("code_expired", "code_expired")


@pytest.mark.parametrize("code", [7, None, "", "Ini NIK 7371", "x" * 65, ["a"], "a\nb"])
def test_a_code_that_is_none_is_not_taken_over(code: object) -> None:
    problem = problem_of(answer(422, {"code": code}))
    assert problem is not None
    assert problem.code == "faulty"


@pytest.mark.parametrize(
    ("status", "body", "wipe"),
    [
        (403, {"wipe": True}, True),
        (403, {"wipe": "yes"}, False),
        (403, {}, False),
        (403, None, False),
        (401, {"wipe": True}, False),
    ],
)
def test_only_a_revoked_laptop_is_asked_to_wipe(status: int, body: Any, wipe: bool) -> None:
    problem = problem_of(answer(status, body))
    assert isinstance(problem, Unwelcome)
    assert problem.wipe is wipe


@pytest.mark.parametrize("status", [429, 503])
def test_busy_waits_as_asked_or_a_minute(status: int) -> None:
    asked, unasked = problem_of(answer(status, retry_after="7")), problem_of(answer(status))
    assert isinstance(asked, Busy)
    assert isinstance(unasked, Busy)
    assert (asked.seconds, unasked.seconds) == (7, 60)


def test_every_kind_has_a_code_that_is_listed() -> None:
    kinds: list[type[SyncProblem]] = [SyncProblem, *SyncProblem.__subclasses__()]
    assert {kind.default for kind in kinds if kind is not SyncProblem} <= set(CODES)
    assert len(set(CODES)) == len(CODES)
    assert all(kind.__name__ in (problems.__doc__ or "") for kind in kinds)
