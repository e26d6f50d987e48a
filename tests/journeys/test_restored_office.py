"""The office was restored from an earlier copy: nothing is lost, nothing counts twice."""

from collections import Counter

import pytest

from tests.journeys.evidence import Evidence
from tests.journeys.examination import broken_promises
from tests.journeys.faults import Fault
from tests.journeys.journey import Journey
from tests.journeys.laptop import Laptop
from tests.journeys.workers import misspelt, sound


def days_work(journey: Journey) -> None:
    """Three laptops send some, the office keeps a copy of itself, they send more."""
    one, two, three = journey.laptops
    first = one.save(sound(1))
    for n in range(2, 9):
        one.save(sound(n))
        two.save(sound(n + 20))
        three.save(sound(n + 4))
    for laptop in journey.laptops:
        journey.exchange(laptop)
    backup = journey.back_up_office()
    one.save(misspelt(1), corrects=first)
    for n in range(50, 56):
        three.save(sound(n))
        two.save(sound(n + 3))
    for laptop in (three, two, one):
        journey.exchange(laptop)
    one.save(sound(70))
    journey.restore_office(backup)


def ends(laptop: Laptop) -> Counter[str]:
    return Counter(capture.state for capture in laptop.captures())


def test_what_the_office_lost_is_sent_again(journey: Journey) -> None:
    days_work(journey)
    one, two, three = journey.laptops
    before = {laptop: ends(laptop) for laptop in journey.laptops}
    cursors = [laptop.outbox.cursor() for laptop in journey.laptops]

    reports = [journey.exchange(laptop) for laptop in (three, two, one)]
    assert [report.problem for report in reports] == [None, None, None]
    assert [report.reopened for report in reports] == [6, 6, 1]
    journey.finish()

    assert ends(one) == before[one] + Counter(accepted=1) - Counter(waiting=1)
    assert (ends(two), ends(three)) == (before[two], before[three])
    assert sum(before[laptop].total() for laptop in before) == len(Evidence(journey).records)
    new = [laptop.outbox.cursor() for laptop in journey.laptops]
    assert not set(cursors) & set(new)
    assert broken_promises(journey) == {}


def test_who_comes_first_after_that_is_first(journey: Journey) -> None:
    days_work(journey)
    two = journey.laptops[1]
    journey.exchange(two)  # it was second before, for three of its workers
    journey.finish()
    assert ends(two)["duplicate"] == 0
    assert broken_promises(journey) == {}


@pytest.mark.parametrize("place", range(2))
@pytest.mark.parametrize("fault", [Fault.ANSWER_LOST, Fault.TWICE_AT_ONCE])
def test_a_line_that_fails_while_everything_is_reconciled(
    journey: Journey, place: int, fault: Fault
) -> None:
    days_work(journey)
    for laptop in journey.laptops:
        journey.exchange(laptop, *[Fault.PASS] * place, fault)
        laptop.kill()
    journey.finish()
    assert broken_promises(journey) == {}


def test_an_office_restored_twice_with_a_laptop_that_missed_the_first(journey: Journey) -> None:
    days_work(journey)
    one, two, three = journey.laptops
    backup = journey.back_up_office()
    journey.exchange(one)
    journey.exchange(three)
    journey.restore_office(backup)
    journey.exchange(two)
    journey.finish()
    assert broken_promises(journey) == {}
