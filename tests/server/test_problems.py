"""The catalogue of refusals: stable codes, each with a sentence and who must act."""

import pytest

from schemas.messages import MESSAGES, responsible
from schemas.problem import Problem
from schemas.words import Responsible
from server.problems import CATALOGUE, LAPTOPS, REVIEW, Refused

EVERY = (*CATALOGUE, *REVIEW, *LAPTOPS)


def test_each_code_is_given_once() -> None:
    codes = [problem.code for problem in EVERY]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("problem", EVERY, ids=lambda problem: problem.code)
def test_each_says_who_acts_as_its_sentence_does(problem: Problem) -> None:
    assert problem.code in MESSAGES
    assert responsible(problem.code) == problem.responsible
    assert 400 <= problem.status < 600


@pytest.mark.parametrize("problem", EVERY, ids=lambda problem: problem.code)
def test_each_is_a_body_of_rfc_9457(problem: Problem) -> None:
    body = problem.body()
    assert body["type"] == "about:blank"
    assert (body["status"], body["code"]) == (problem.status, problem.code)
    assert body["title"]
    assert body["responsible"] in set(Responsible)


def test_only_a_revoked_laptop_is_asked_to_wipe() -> None:
    assert [problem.code for problem in EVERY if problem.extra] == ["device_revoked"]


def test_a_refusal_carries_its_problem_and_headers() -> None:
    refusal = Refused(CATALOGUE[0], {"Retry-After": "60"})
    assert (refusal.problem, refusal.headers) == (CATALOGUE[0], {"Retry-After": "60"})
    assert str(refusal) == CATALOGUE[0].code
