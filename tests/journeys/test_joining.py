"""Joining over a bad line: the code works until the laptop has used what it gave."""

from contextlib import closing

import pytest

from sync.problems import LineProblem, Unwelcome
from tests.journeys.examination import broken_promises
from tests.journeys.faults import Fault
from tests.journeys.journey import Journey
from tests.journeys.workers import sound


@pytest.mark.parametrize("fault", [Fault.ANSWER_LOST, Fault.ANSWER_CUT, Fault.GARBAGE])
def test_a_laptop_that_never_heard_the_answer_joins_by_the_same_code(
    journey: Journey, fault: Fault
) -> None:
    code, made = journey.new_code("ANI"), journey.unjoined()
    journey.line.follow([Fault.PASS, fault])
    with pytest.raises(LineProblem):
        journey.join_by(code, made)
    journey.join_by(code, made)
    laptop = journey.add(made)
    laptop.save(sound(1))
    journey.finish()
    assert [capture.state for capture in laptop.captures()] == ["accepted"]
    assert broken_promises(journey) == {}


def test_a_code_is_used_up_once_its_laptop_has_exchanged(journey: Journey) -> None:
    code, made, another = journey.new_code("ANI"), journey.unjoined(), journey.unjoined()
    journey.join_by(code, made)
    journey.exchange(journey.add(made))
    with closing(another), pytest.raises(Unwelcome, match="code_used"):
        journey.join_by(code, another)
