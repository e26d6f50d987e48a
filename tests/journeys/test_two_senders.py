"""Two senders at once: two programs on one laptop, an old copy beside the laptop it was made of."""

from collections import Counter

import pytest

from server.store import numbers
from tests.journeys.evidence import Evidence
from tests.journeys.examination import broken_promises
from tests.journeys.faults import Fault
from tests.journeys.journey import Journey
from tests.journeys.laptop import Laptop
from tests.journeys.workers import misspelt, sound


def states(laptop: Laptop) -> Counter[str]:
    return Counter(capture.state for capture in laptop.captures())


def test_two_programs_on_one_laptop(journey: Journey) -> None:
    laptop = journey.laptops[0]
    for n in range(1, 41):
        laptop.put(sound(n))
    laptop.size = 5
    journey.exchange_at_once(laptop, laptop, Fault.PASS, Fault.ANSWER_LOST, Fault.TWICE_AT_ONCE)
    journey.finish()
    assert states(laptop) == Counter(accepted=40)
    assert len(Evidence(journey).records) == 40
    assert broken_promises(journey) == {}


def test_the_same_worker_from_two_agents_at_once(journey: Journey) -> None:
    one, _, three = journey.laptops
    for n in range(1, 31):
        one.put(sound(n))
        three.put(sound(31 - n))
    one.size = three.size = 10
    journey.exchange_at_once(one, three)
    journey.finish()
    assert states(one) + states(three) == Counter(accepted=30, duplicate=30)
    assert broken_promises(journey) == {}


@pytest.mark.parametrize("noted", [True, False])
def test_an_old_copy_beside_its_laptop(journey: Journey, noted: bool) -> None:
    laptop = journey.laptops[0]
    sent = laptop.put(sound(1))
    journey.exchange(laptop)
    waiting = [laptop.put(sound(n)) for n in range(2, 6)]
    twin = journey.set_beside(laptop, journey.copy(laptop))
    if noted:
        twin.restore(journey.copy(twin).files, twin.said, noted=True)
    laptop.put(misspelt(1), corrects=sent)
    for n in range(6, 9):
        laptop.put(sound(n))
        twin.put(sound(n + 1))
    journey.exchange_at_once(laptop, twin, Fault.TWICE_LAST)
    twin.put(sound(20), corrects=waiting[0])
    laptop.put(sound(21))
    journey.finish()

    assert {one.record_id for one in twin.captures()} >= {sent, *waiting}
    [told] = [one for one in twin.captures() if one.record_id == sent]
    assert (told.state, told.reason) == ("superseded", "corrected")  # by a record it never had
    assert broken_promises(journey) == {}


def test_a_copy_that_is_noted_as_restored_gives_no_number_twice(journey: Journey) -> None:
    laptop = journey.laptops[0]
    old = journey.copy(laptop)
    for n in range(1, 6):
        laptop.put(sound(n))
    journey.exchange(laptop)
    laptop.restore(old.files, old.said, noted=True)
    journey.exchange(laptop)
    laptop.put(sound(6))
    journey.finish()
    [capture] = laptop.captures()
    assert capture.device_seq == 6
    with journey.store.read() as tx:
        assert numbers.reused_seqs(tx, laptop.device.device_id) == []
    assert broken_promises(journey) == {}
