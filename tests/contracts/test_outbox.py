"""What every outbox keeps (sync/ports.py): one suite, each implementation a line below."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_client.store import captures
from agent_client.store.outbox import VaultOutbox
from agent_client.store.receipts import receipts
from agent_client.store.saving import Evidence
from agent_client.vault import Vault
from schemas.envelope import rfc3339
from sync.digest import digest, next_id
from sync.ports import Outbox, Settled, Waiting
from tests.agent_client.laptops import joined_vault, open_vault
from tests.builders import content
from tests.memory_outbox import MemoryOutbox, Shelf

NOW = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
DAY = timedelta(days=1)
Ack = dict[str, Any]


@dataclass
class Look:
    """How one capture stands on the laptop; None in place of it where it is not held."""

    waiting: bool
    verdict: str | None
    reason: str | None
    problem: str | None


class Laptop(Protocol):
    """An outbox, and what only the laptop itself can do and see."""

    outbox: Outbox

    def save(
        self, content: dict[str, Any], now: datetime = NOW, corrects: str | None = None
    ) -> str:
        """Save a capture; return its record_id."""
        ...

    def look(self, record_id: str) -> Look | None:
        """Return how a capture stands."""
        ...

    def receipts(self) -> list[bytes]:
        """Return the signed lists that were kept."""
        ...

    def opened_again(self, client: str = "0.1.0") -> "Laptop":
        """Return the same laptop, closed and opened, maybe by another version."""
        ...


class MemoryLaptop:
    """A laptop whose outbox is tests.memory_outbox."""

    def __init__(self, shelf: Shelf | None = None, client: str = "0.1.0") -> None:
        self.shelf = shelf or Shelf()
        self._memory = MemoryOutbox(self.shelf, client=client)
        self.outbox: Outbox = self._memory

    def save(
        self, content: dict[str, Any], now: datetime = NOW, corrects: str | None = None
    ) -> str:
        return self._memory.put(content, now, corrects=corrects)

    def look(self, record_id: str) -> Look | None:
        record = self.shelf.records.get(record_id)
        if record is None:
            return None
        standing = record.standing
        return Look(record.waiting, standing.get("verdict"), standing.get("reason"), record.problem)

    def receipts(self) -> list[bytes]:
        return self.shelf.receipts

    def opened_again(self, client: str = "0.1.0") -> Laptop:
        return MemoryLaptop(self.shelf, client)


class VaultLaptop:
    """A laptop as agents have it: SQLCipher in a folder."""

    def __init__(self, folder: Path, vault: Vault, client: str = "0.1.0") -> None:
        self._folder = folder
        self._vault = vault
        self._real = VaultOutbox(vault, client=client, now=lambda: NOW)
        self.outbox: Outbox = self._real

    def save(
        self, content: dict[str, Any], now: datetime = NOW, corrects: str | None = None
    ) -> str:
        return self._real.put(content, Evidence(now), corrects=corrects).record_id

    def look(self, record_id: str) -> Look | None:
        with self._vault.reading() as tx:
            one = captures.capture(tx, record_id)
        return None if one is None else Look(one.waiting, one.verdict, one.reason, one.problem)

    def receipts(self) -> list[bytes]:
        with self._vault.reading() as tx:
            return receipts(tx)

    def opened_again(self, client: str = "0.1.0") -> Laptop:
        self._vault.close()
        return VaultLaptop(self._folder, open_vault(self._folder), client)


Factory = Callable[[Path], Laptop]
FACTORIES: dict[str, Factory] = {
    "memory": lambda folder: MemoryLaptop(),
    "vault": lambda folder: VaultLaptop(folder, joined_vault(folder)),
}
"""An empty laptop that has joined, its files in a folder of its own."""


@pytest.fixture(params=FACTORIES)
def laptop(request: pytest.FixtureRequest, tmp_path: Path) -> Laptop:
    return FACTORIES[request.param](tmp_path)


def waiting(laptop: Laptop, sent: tuple[str, ...] = (), now: datetime = NOW) -> list[Waiting]:
    return laptop.outbox.next_batch(500, sent=sent, now=now)


def waiting_ids(laptop: Laptop, sent: tuple[str, ...] = (), now: datetime = NOW) -> list[str]:
    return [one.record_id for one in waiting(laptop, sent, now)]


def digest_of(laptop: Laptop, record_id: str) -> str:
    return dict(laptop.outbox.held(None, 1000))[record_id]


def ack(laptop: Laptop, record_id: str, verdict: str = "accepted", reason: str = "new") -> Ack:
    members = {"record_id": record_id, "digest": digest_of(laptop, record_id)}
    return {**members, "verdict": verdict, "reason": reason, "seq": 7}


def settle(laptop: Laptop, *acks: Ack, receipt: bytes | None = None, **members: Any) -> Settled:
    answer = {"acks": list(acks), "changes": [], **members}
    return laptop.outbox.settle(answer, receipt=receipt, now=NOW)


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
