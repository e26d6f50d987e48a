"""What every outbox does with an answer: acks settle, and only what they name."""

from typing import Any

import pytest

from sync.digest import digest, next_id
from tests.builders import content
from tests.contracts.laptops import DAY, NOW, Laptop, Look, ack, settle, waiting, waiting_ids

# Settling


def test_an_ack_settles_its_record_and_no_other(laptop: Laptop) -> None:
    first, second = laptop.save(content(1)), laptop.save(content(2))
    settled = settle(laptop, ack(laptop, first, "duplicate", "enrolled"))
    assert settled.acknowledged == 1
    assert laptop.look(first) == Look(False, "duplicate", "enrolled", None)
    assert waiting_ids(laptop) == [second]


def test_an_ack_of_another_digest_is_ignored(laptop: Laptop) -> None:
    record_id = laptop.save(content(1))
    settled = settle(laptop, {**ack(laptop, record_id), "digest": "0" * 64})
    assert (settled.acknowledged, settled.ignored) == (0, 1)
    assert waiting_ids(laptop) == [record_id]


def test_an_ack_of_an_unknown_record_is_ignored(laptop: Laptop) -> None:
    record_id = laptop.save(content(1))
    settled = settle(laptop, {**ack(laptop, record_id), "record_id": "0" * 36})
    assert settled.ignored == 1
    assert waiting_ids(laptop) == [record_id]


def test_retry_leaves_it_waiting(laptop: Laptop) -> None:
    record_id = laptop.save(content(1))
    settled = settle(laptop, ack(laptop, record_id, "retry", "not_decided"))
    assert (settled.acknowledged, settled.retry) == (0, 1)
    assert waiting_ids(laptop) == [record_id]
    look = laptop.look(record_id)
    assert look is not None
    assert look.problem == "not_decided"


def test_retry_never_unsettles(laptop: Laptop) -> None:
    record_id = laptop.save(content(1))
    settle(laptop, ack(laptop, record_id))
    settled = settle(laptop, ack(laptop, record_id, "retry", "not_decided"))
    assert settled.ignored == 1
    assert laptop.look(record_id) == Look(False, "accepted", "new", None)


def test_a_reused_id_is_saved_again_under_a_new_one(laptop: Laptop) -> None:
    old = laptop.save(content(1), now=NOW - DAY)
    [former] = waiting(laptop)
    settled = settle(laptop, ack(laptop, old, "rejected", "id_reused"))
    [again] = waiting(laptop)
    assert settled.resaved == 1
    assert again.record_id == next_id(old, former.digest)  # on every copy of the laptop
    assert again.digest == digest(again.envelope) != former.digest
    assert again.envelope["captured_at"] == former.envelope["captured_at"]
    assert again.envelope["content"] == content(1)


def test_a_reused_id_is_neither_held_nor_reopened_nor_saved_twice(laptop: Laptop) -> None:
    old = laptop.save(content(1))
    reused = ack(laptop, old, "rejected", "id_reused")
    settle(laptop, reused)
    [again] = waiting_ids(laptop)
    settle(laptop, reused)
    laptop.outbox.reopen([old])
    assert waiting_ids(laptop) == [again]
    assert [record_id for record_id, _ in laptop.outbox.held(None, 1000)] == [again]


def test_the_same_answer_twice_changes_nothing(laptop: Laptop) -> None:
    first, second = laptop.save(content(1)), laptop.save(content(2))
    change = {"kind": "standing", **ack(laptop, first, "rejected", "not_theirs")}
    notice = {"kind": "notice", "notice_id": "n1", "text_id": "Halo", "text_en": "Hello"}
    acks = [ack(laptop, first), ack(laptop, second, "retry", "not_decided")]
    for _ in range(2):
        settle(laptop, *acks, changes=[change, notice], cursor="e1.2", epoch="e1")
        assert laptop.look(first) == Look(False, "rejected", "not_theirs", None)
        assert waiting_ids(laptop) == [second]
        assert laptop.outbox.cursor() == "e1.2"


@pytest.mark.parametrize("odd", [{"verdict": "postponed", "reason": "monsoon"}, {"flags": ["x"]}])
def test_what_nobody_knows_stops_nothing(laptop: Laptop, odd: dict[str, Any]) -> None:
    first, second = laptop.save(content(1)), laptop.save(content(2))
    strange = [{"kind": "weather", "rain": True}, {"kind": 7}, {}]
    settled = settle(
        laptop, {**ack(laptop, first), **odd}, ack(laptop, second), changes=strange, cursor="e1.9"
    )
    assert settled.acknowledged == 2
    assert laptop.outbox.cursor() == "e1.9"


def test_a_receipt_is_kept(laptop: Laptop) -> None:
    record_id = laptop.save(content(1))
    settle(laptop, ack(laptop, record_id), receipt=b'{"key_id":"k"}')
    settle(laptop, ack(laptop, record_id))
    assert laptop.opened_again().receipts() == [b'{"key_id":"k"}']
