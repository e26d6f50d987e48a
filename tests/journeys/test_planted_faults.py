"""The journeys bite: each of three faults, planted into sound parts, breaks a promise by name."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from uuid6 import uuid7

from agent_client.store.outbox import VaultOutbox
from schemas.envelope import Ack
from schemas.words import Reason, Verdict
from server.books import Opened
from server.reconcile import Reconciler
from server.store import holders
from server.store.engine import insert_for
from server.store.tables import holders as table
from sync.digest import digest
from sync.ports import Settled, Waiting
from sync.receiver import Arrival
from tests.journeys.examination import broken_promises
from tests.journeys.faults import Fault
from tests.journeys.journey import Journey
from tests.journeys.workers import sound

Plant = Callable[[pytest.MonkeyPatch], None]


def travel(journey: Journey) -> dict[str, list[str]]:
    """Make a small journey: a lost answer, a doubled one, a worker met by two agents."""
    one, two, three = journey.laptops
    one.save(sound(1))
    journey.exchange(one, Fault.ANSWER_LOST)
    journey.exchange(one)
    three.save(sound(1))
    three.save(sound(2))
    journey.exchange(three, Fault.TWICE_LAST)
    two.save(sound(3))
    two.save(sound(2))
    journey.exchange(two, Fault.PASS, Fault.ANSWER_CUT)
    journey.finish()
    return broken_promises(journey)


def test_sound_parts_keep_every_promise(journey: Journey) -> None:
    assert travel(journey) == {}


def a_new_id_for_each_delivery(patch: pytest.MonkeyPatch) -> None:
    """The queue names a capture anew whenever it is sent, and knows the answer as its own."""
    own_of: dict[str, tuple[str, str]] = {}
    next_batch, settle = VaultOutbox.next_batch, VaultOutbox.settle
    attempted = VaultOutbox.attempted

    def renamed(self: VaultOutbox, size: int, *, sent: Sequence[str], now: datetime) -> Any:
        own = [own_of[record_id][0] for record_id in sent]
        return [_rename(one, own_of) for one in next_batch(self, size, sent=own, now=now)]

    def attempted_own(self: VaultOutbox, ids: Sequence[str], *more: Any) -> None:
        attempted(self, [own_of[record_id][0] for record_id in ids], *more)

    def settle_own(self: VaultOutbox, answer: Mapping[str, Any], **more: Any) -> Settled:
        acks = [_named_back(ack, own_of) for ack in answer["acks"]]
        return settle(self, {**answer, "acks": acks}, **more)

    patch.setattr(VaultOutbox, "next_batch", renamed)
    patch.setattr(VaultOutbox, "attempted", attempted_own)
    patch.setattr(VaultOutbox, "settle", settle_own)


def _rename(one: Waiting, own_of: dict[str, tuple[str, str]]) -> Waiting:
    envelope = {**one.envelope, "record_id": str(uuid7())}
    own_of[envelope["record_id"]] = one.record_id, one.digest
    return Waiting(envelope["record_id"], digest(envelope), envelope, one.attempts)


def _named_back(ack: Mapping[str, Any], own_of: dict[str, tuple[str, str]]) -> dict[str, Any]:
    record_id, own_digest = own_of[ack["record_id"]]
    return {**ack, "record_id": record_id, "digest": own_digest}


def no_unique_claim(patch: pytest.MonkeyPatch) -> None:
    """Whoever comes takes the NIK, held or not."""

    def claim(tx: sa.Connection, wanted: Mapping[bytes, tuple[str, bytes]]) -> Any:
        rows = [
            {"nik_hash": nik, "record_id": record_id, "known": known}
            for nik, (record_id, known) in sorted(wanted.items())
        ]
        if rows:
            statement = insert_for(tx, table)
            taken = {"record_id": statement.excluded.record_id}
            tx.execute(
                statement.on_conflict_do_update(index_elements=["nik_hash"], set_=taken), rows
            )
        return {row["nik_hash"]: row["record_id"] for row in rows}, set(wanted)

    patch.setattr(holders, "claim", claim)


def a_replay_is_called_a_duplicate(patch: pytest.MonkeyPatch) -> None:
    """What is recorded already is answered as if it were a second enrolment."""

    def standing(self: Reconciler, arrival: Arrival, opened: Opened) -> Ack:
        record = opened.books.records[arrival.record_id]
        return Ack(
            *arrival.pair,
            Verdict.DUPLICATE,
            Reason.ENROLLED,
            seq=record.seq,
            received_at=record.received_at,
        )

    patch.setattr(Reconciler, "_standing", standing)


@pytest.mark.parametrize(
    ("plant", "promise", "says"),
    [
        (a_new_id_for_each_delivery, "3", "recorded more than once"),
        (no_unique_claim, "5", "accepted records hold one NIK"),
        (a_replay_is_called_a_duplicate, "3", "was answered duplicate and stands as accepted"),
    ],
    ids=["a-new-id-for-each-delivery", "no-unique-claim", "a-replay-is-called-a-duplicate"],
)
def test_a_planted_fault_breaks_its_promise(
    journey: Journey, monkeypatch: pytest.MonkeyPatch, plant: Plant, promise: str, says: str
) -> None:
    plant(monkeypatch)
    broken = travel(journey)
    assert any(says in text for text in broken[promise])
