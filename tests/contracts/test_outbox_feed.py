"""What every outbox does with the feed, a restored office, and its own counts."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.envelope import rfc3339
from tests.builders import content
from tests.contracts.laptops import (
    DAY,
    FACTORIES,
    NOW,
    Factory,
    Laptop,
    Look,
    ack,
    settle,
    waiting,
    waiting_ids,
)

# Changes


def test_a_standing_that_moved_is_taken_after_the_acks(laptop: Laptop) -> None:
    record_id = laptop.save(content(1))
    moved = {"kind": "standing", **ack(laptop, record_id, "rejected", "withdrawn")}
    settled = settle(laptop, ack(laptop, record_id), changes=[moved])
    assert settled.changes == 1
    assert laptop.look(record_id) == Look(False, "rejected", "withdrawn", None)


def test_a_standing_of_another_digest_is_ignored(laptop: Laptop) -> None:
    record_id = laptop.save(content(1))
    moved = {"kind": "standing", **ack(laptop, record_id), "digest": "0" * 64}
    assert settle(laptop, changes=[moved]).changes == 0
    assert waiting_ids(laptop) == [record_id]


def test_what_is_forgotten_is_gone_for_ever(laptop: Laptop) -> None:
    first, second = laptop.save(content(1)), laptop.save(content(2))
    acks = [ack(laptop, first), ack(laptop, second)]
    settle(laptop, *acks)
    settle(laptop, changes=[{"kind": "forget", "record_id": first}])
    settle(laptop, *acks)
    laptop.outbox.reopen([first])
    assert laptop.look(first) is None
    assert waiting_ids(laptop) == []
    assert [record_id for record_id, _ in laptop.outbox.held(None, 1000)] == [second]


def test_progress_restrict_and_notice_unsettle_nothing(laptop: Laptop) -> None:
    record_id = laptop.save(content(1))
    changes = [
        {"kind": "progress", "record_id": record_id, "stage": "paid", "at": rfc3339(NOW)},
        {"kind": "restrict", "record_id": record_id, "on": True},
        {"kind": "notice", "notice_id": "n1", "text_id": "Halo", "text_en": "Hello"},
    ]
    settled = settle(laptop, ack(laptop, record_id), changes=changes)
    assert settled.changes == 3
    assert laptop.look(record_id) == Look(False, "accepted", "new", None)


STANDINGS = [
    ("accepted", "new"),
    ("in_review", "nik_conflict"),
    ("superseded", "corrected"),
    ("retry", "not_decided"),
]


@pytest.mark.parametrize("factory", FACTORIES.values(), ids=FACTORIES)
@settings(max_examples=25)
@given(
    story=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(STANDINGS)), max_size=12),
    places=st.lists(st.integers(0, 12), max_size=4),
)
def test_a_feed_told_again_from_any_place_ends_alike(
    tmp_path_factory: pytest.TempPathFactory,
    factory: Factory,
    story: list[tuple[int, tuple[str, str]]],
    places: list[int],
) -> None:
    laptop = factory(tmp_path_factory.mktemp("laptop"))
    ids = [laptop.save(content(number)) for number in (1, 2, 3)]
    changes = [{"kind": "standing", **ack(laptop, ids[at], *standing)} for at, standing in story]
    settle(laptop, changes=changes)
    once = [laptop.look(record_id) for record_id in ids]
    for place in places:
        settle(laptop, changes=changes[place:])
    again = [laptop.look(record_id) for record_id in ids]
    verdicts = [(look.waiting, look.verdict, look.reason) for look in once if look]
    assert [(look.waiting, look.verdict, look.reason) for look in again if look] == verdicts
    assert len(waiting_ids(laptop)) == sum(look.waiting for look in once if look)


# Cursor, epoch and clock


def test_cursor_and_epoch_are_those_of_the_last_answer(laptop: Laptop) -> None:
    assert (laptop.outbox.cursor(), laptop.outbox.epoch()) == (None, None)
    settle(laptop, cursor="e1.5", epoch="e1")
    settle(laptop, cursor="e1.8", epoch="e1")
    assert (laptop.outbox.cursor(), laptop.outbox.epoch()) == ("e1.8", "e1")


def test_what_an_answer_leaves_out_stays_as_it_was(laptop: Laptop) -> None:
    settle(laptop, cursor="e1.5", epoch="e1")
    settle(laptop)
    assert (laptop.outbox.cursor(), laptop.outbox.epoch()) == ("e1.5", "e1")


def test_a_forgotten_cursor_leaves_the_epoch(laptop: Laptop) -> None:
    settle(laptop, cursor="e1.5", epoch="e1")
    laptop.outbox.forget_cursor()
    assert (laptop.outbox.cursor(), laptop.outbox.epoch()) == (None, "e1")


def test_the_next_capture_carries_the_offset_found(laptop: Laptop) -> None:
    laptop.save(content(1))
    answered_at = rfc3339(NOW + timedelta(seconds=90))
    settle(laptop, time=answered_at)
    laptop.save(content(2))
    before, after = (one.envelope for one in waiting(laptop))
    assert "clock_offset_s" not in before
    assert after["clock_offset_s"] == 90
    assert after["last_answer_at"] == answered_at


# Held, reopened, numbered


def test_held_pages_through_every_state_in_order(laptop: Laptop) -> None:
    ids = sorted(laptop.save(content(number)) for number in range(1, 6))
    settle(laptop, ack(laptop, ids[0]), ack(laptop, ids[3], "rejected", "invalid"))
    laptop.outbox.set_aside(ids[1], "faulty", NOW)
    pages = [laptop.outbox.held(after, 2) for after in (None, ids[1], ids[3], ids[4])]
    assert [[record_id for record_id, _ in page] for page in pages] == [
        ids[:2],
        ids[2:4],
        ids[4:],
        [],
    ]


def test_a_reopened_record_waits_like_a_new_one(laptop: Laptop) -> None:
    first, second = laptop.save(content(1)), laptop.save(content(2))
    laptop.outbox.attempted([first, second], None, NOW)
    settle(laptop, ack(laptop, first), ack(laptop, second))
    laptop.outbox.reopen([first])
    [one] = waiting(laptop)
    assert (one.record_id, one.attempts) == (first, 0)
    settle(laptop, ack(laptop, first, "in_review", "nik_conflict"))
    assert laptop.look(first) == Look(False, "in_review", "nik_conflict", None)


def test_reopening_what_waits_or_is_unknown_does_nothing(laptop: Laptop) -> None:
    aside = laptop.save(content(1))
    laptop.outbox.set_aside(aside, "faulty", NOW)
    laptop.outbox.reopen([aside, "0" * 36])
    assert waiting_ids(laptop) == []
    assert laptop.outbox.heartbeat().set_aside == 1


@pytest.mark.parametrize(("told", "following"), [(40, 41), (1, 2)])
def test_numbers_go_on_from_the_greater(laptop: Laptop, told: int, following: int) -> None:
    laptop.save(content(1))
    laptop.outbox.raise_seq(told)
    laptop.save(content(2))
    assert waiting(laptop)[1].envelope["device_seq"] == following


# Heartbeat and durability


def test_the_heartbeat_of_an_empty_laptop(laptop: Laptop) -> None:
    heartbeat = laptop.outbox.heartbeat()
    assert (heartbeat.waiting, heartbeat.set_aside, heartbeat.last_seq) == (0, 0, 0)
    assert heartbeat.oldest_waiting_at is None
    assert heartbeat.client == "0.1.0"
    assert heartbeat.disk_free_mb > 0


def test_the_heartbeat_counts_all_that_waits(laptop: Laptop) -> None:
    saved = [laptop.save(content(number), now=NOW + number * DAY) for number in (1, 2, 3)]
    settle(laptop, ack(laptop, saved[0]))
    laptop.outbox.set_aside(saved[1], "faulty", NOW)
    heartbeat = laptop.outbox.heartbeat()
    assert (heartbeat.waiting, heartbeat.set_aside, heartbeat.last_seq) == (2, 1, 3)
    assert heartbeat.oldest_waiting_at == NOW + 2 * DAY


def test_everything_is_there_when_it_is_opened_again(laptop: Laptop) -> None:
    first, second, third = (laptop.save(content(number)) for number in (1, 2, 3))
    laptop.outbox.attempted([second], "line_timeout", NOW)
    settle(laptop, ack(laptop, first), cursor="e1.5", epoch="e1")
    laptop.outbox.raise_seq(10)
    again = laptop.opened_again()
    assert waiting_ids(again) == [third, second]
    assert again.look(first) == Look(False, "accepted", "new", None)
    assert (again.outbox.cursor(), again.outbox.epoch()) == ("e1.5", "e1")
    assert again.outbox.heartbeat().last_seq == 10
