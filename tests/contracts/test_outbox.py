"""What every outbox keeps (sync/ports.py): what waits, in which order, what rests."""

from datetime import timedelta

import pytest

from sync.digest import digest
from tests.builders import content
from tests.contracts.laptops import DAY, NOW, Laptop, ack, digest_of, settle, waiting, waiting_ids

# Saving and the next batch


def test_a_saved_capture_waits_with_its_digest(laptop: Laptop) -> None:
    record_id = laptop.save(content(1))
    [one] = waiting(laptop)
    assert one.record_id == record_id == one.envelope["record_id"]
    assert one.digest == digest(one.envelope) == digest_of(laptop, record_id)
    assert one.envelope["content"] == content(1)
    assert one.attempts == 0


def test_captures_are_numbered_without_a_gap(laptop: Laptop) -> None:
    for number in range(1, 4):
        laptop.save(content(number))
    assert [one.envelope["device_seq"] for one in waiting(laptop)] == [1, 2, 3]


def test_a_correction_names_what_it_corrects(laptop: Laptop) -> None:
    first = laptop.save(content(1))
    second = laptop.save(content(1), corrects=first)
    assert waiting(laptop)[1].envelope["corrects"] == first
    assert waiting_ids(laptop) == [first, second]


def test_the_batch_begins_with_what_was_tried_least_then_the_oldest(laptop: Laptop) -> None:
    first, second, third = (laptop.save(content(number)) for number in (1, 2, 3))
    laptop.outbox.attempted([first], "line_timeout", NOW)
    assert waiting_ids(laptop) == [second, third, first]
    laptop.outbox.attempted([second, third, first], None, NOW)
    assert waiting_ids(laptop) == [second, third, first]
    assert [one.attempts for one in waiting(laptop)] == [1, 1, 2]


def test_the_batch_is_no_larger_than_asked_for(laptop: Laptop) -> None:
    ids = [laptop.save(content(number)) for number in (1, 2, 3)]
    batch = laptop.outbox.next_batch(2, sent=(), now=NOW)
    assert [one.record_id for one in batch] == ids[:2]


def test_what_was_sent_in_this_run_is_left_out(laptop: Laptop) -> None:
    first, second = laptop.save(content(1)), laptop.save(content(2))
    assert waiting_ids(laptop, sent=(first,)) == [second]
    assert waiting_ids(laptop, sent=(first, second)) == []


def test_a_failed_attempt_leaves_its_problem(laptop: Laptop) -> None:
    record_id = laptop.save(content(1))
    laptop.outbox.attempted([record_id], "faulty", NOW)
    look = laptop.look(record_id)
    assert look is not None
    assert look.problem == "faulty"


# Setting aside


def test_what_is_set_aside_rests_a_day(laptop: Laptop) -> None:
    aside, other = laptop.save(content(1)), laptop.save(content(2))
    laptop.outbox.set_aside(aside, "faulty", NOW)
    assert waiting_ids(laptop, now=NOW + DAY - timedelta(seconds=1)) == [other]
    assert waiting_ids(laptop, now=NOW + DAY) == [aside, other]


def test_what_is_set_aside_again_rests_another_day(laptop: Laptop) -> None:
    aside = laptop.save(content(1))
    laptop.outbox.set_aside(aside, "faulty", NOW)
    laptop.outbox.set_aside(aside, "faulty", NOW + DAY)
    assert waiting_ids(laptop, now=NOW + DAY + DAY / 2) == []
    assert waiting_ids(laptop, now=NOW + DAY + DAY) == [aside]


def test_what_is_set_aside_is_tried_after_an_update(laptop: Laptop) -> None:
    aside = laptop.save(content(1))
    laptop.outbox.set_aside(aside, "faulty", NOW)
    assert waiting_ids(laptop.opened_again("0.1.0")) == []
    assert waiting_ids(laptop.opened_again("0.2.0")) == [aside]


def test_a_clock_set_back_does_not_keep_it_aside(laptop: Laptop) -> None:
    aside = laptop.save(content(1))
    laptop.outbox.set_aside(aside, "faulty", NOW + 400 * DAY)
    assert waiting_ids(laptop, now=NOW) == [aside]


@pytest.mark.parametrize(
    ("verdict", "reason"), [("accepted", "new"), ("retry", "not_decided"), ("strange", "odd")]
)
def test_any_ack_takes_it_out_of_those_set_aside(laptop: Laptop, verdict: str, reason: str) -> None:
    aside = laptop.save(content(1))
    laptop.outbox.set_aside(aside, "faulty", NOW)
    settle(laptop, ack(laptop, aside, verdict, reason))
    assert laptop.outbox.heartbeat().set_aside == 0
