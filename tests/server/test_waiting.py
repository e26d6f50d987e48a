"""What has no standing yet, or never: kept as it came, with the reason, until a verdict falls."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from server.store.tables import ledger as records
from sync.digest import canonical
from tests.builders import content
from tests.offices import Desk, Laptop
from tests.server.looks import (
    aside,
    faults,
    record,
    recorded,
)

ALWAYS = {"record_id", "digest", "verdict", "reason"}


class TestIdReused:
    """The first stands; what comes under its id is kept apart, and nothing of it is shown."""

    def test_with_another_digest(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        second = laptop.envelope(record_id=first["record_id"])
        laptop.exchange(first)
        (ack,) = laptop.exchange(second)["acks"]
        assert ack == {
            "record_id": first["record_id"],
            "digest": second["digest"],
            "verdict": "rejected",
            "reason": "id_reused",
        }
        kept = record(desk, first)
        assert kept is not None
        assert kept.digest == first["digest"]
        assert [(row.digest, row.reason) for row in aside(desk)] == [
            (second["digest"], "id_reused")
        ]

    def test_of_another_agent_even_with_the_same_bytes(self, desk: Desk) -> None:
        one, other = desk.join(), desk.join()
        capture = one.envelope()
        one.exchange(capture)
        (ack,) = other.exchange(capture)["acks"]
        assert set(ack) == ALWAYS
        assert (ack["verdict"], ack["reason"]) == ("rejected", "id_reused")
        assert "receipt" not in other.exchange(capture)

    def test_within_one_batch_the_first_stands(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        second = laptop.envelope(record_id=first["record_id"])
        assert laptop.send(first, second) == [("accepted", "new"), ("rejected", "id_reused")]

    def test_whatever_else_is_wrong_with_the_second(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        laptop.exchange(first)
        reused: dict[str, Any] = {"record_id": first["record_id"]}
        seconds = [
            laptop.envelope(kind="payment", **reused),
            {**laptop.envelope(**reused), "digest": "0" * 64},
            laptop.envelope(content(schema=2), **reused),
            laptop.envelope(content(sex="X"), **reused),
            laptop.envelope(corrects="019a9c00-0000-7000-8000-00000000ffff", **reused),
        ]
        assert laptop.send(*seconds) == [("rejected", "id_reused")] * 5


class TestRetry:
    """No standing yet: kept as it came, with the reason and how often it was seen."""

    def waiting(self, laptop: Laptop) -> dict[str, Any]:
        """Return one envelope for each reason of which the sender is the cause."""
        return {
            "digest_mismatch": {**laptop.envelope(), "digest": "0" * 64},
            "corrects_unknown": laptop.envelope(corrects="019a9c00-0000-7000-8000-00000000ffff"),
            "kind_unknown": laptop.envelope(kind="payment"),
            "schema_newer": laptop.envelope(content(schema=2)),
        }

    def test_has_no_standing_and_no_receipt(self, desk: Desk) -> None:
        laptop = desk.join()
        waiting = self.waiting(laptop)
        answer = laptop.exchange(*waiting.values())
        assert [(ack["verdict"], ack["reason"]) for ack in answer["acks"]] == [
            ("retry", reason) for reason in waiting
        ]
        assert [set(ack) for ack in answer["acks"]] == [ALWAYS] * 4
        assert "receipt" not in answer
        assert recorded(desk) == 0

    def test_is_kept_as_it_came_and_counted(self, desk: Desk) -> None:
        laptop = desk.join()
        waiting = self.waiting(laptop)
        laptop.exchange(*waiting.values())
        desk.now.forward(hours=1)
        laptop.exchange(*waiting.values())
        kept = {row.reason: row for row in aside(desk)}
        for reason, sent in waiting.items():
            form = canonical({name: value for name, value in sent.items() if name != "digest"})
            assert desk.office.keys.open(kept[reason].sealed) == form
            assert (kept[reason].digest, kept[reason].times_seen) == (sent["digest"], 2)
            assert kept[reason].last_seen_at - kept[reason].first_seen_at == timedelta(hours=1)

    def test_is_taken_out_when_a_verdict_falls(self, desk: Desk) -> None:
        laptop = desk.join()
        first, waiting = laptop.envelope(), self.waiting(laptop)
        late = laptop.envelope(first["content"], corrects=first["record_id"])
        damaged = {**first, "content": {}}
        laptop.exchange(late, damaged, *waiting.values())
        assert len(aside(desk)) == 6
        assert laptop.send(late, first) == [("accepted", "corrected"), ("accepted", "new")]
        assert {row.reason for row in aside(desk)} == waiting.keys()

    def test_an_envelope_damaged_on_the_way_is_known_by_what_it_claims(self, desk: Desk) -> None:
        laptop = desk.join()
        capture = laptop.envelope()
        laptop.exchange(capture)
        assert laptop.send({**capture, "content": {}}) == [("accepted", "new")]

    def test_a_digest_that_is_none_is_no_other_fault(self, desk: Desk) -> None:
        laptop = desk.join()
        capture = laptop.envelope()
        (ack,) = laptop.exchange({**capture, "digest": None})["acks"]
        assert (ack["reason"], ack["digest"]) == ("digest_mismatch", capture["digest"])

    def test_corrects_unknown_ends_after_seven_days(self, desk: Desk) -> None:
        laptop = desk.join()
        orphan = laptop.envelope(corrects="019a9c00-0000-7000-8000-00000000ffff")
        assert laptop.send(orphan) == [("retry", "corrects_unknown")]
        desk.now.forward(days=7, seconds=-1)
        assert laptop.send(orphan) == [("retry", "corrects_unknown")]
        desk.now.forward(seconds=1)
        assert laptop.send(orphan) == [("accepted", "new")]
        assert aside(desk) == []


class TestNotDecided:
    """Something unexpected: the one at fault is kept, the rest get their verdicts."""

    @pytest.fixture
    def spoiled(self, desk: Desk) -> tuple[Laptop, dict[str, Any]]:
        """A capture whose judging fails: its NIK's holder can no longer be opened."""
        laptop = desk.join()
        holder = laptop.envelope()
        laptop.exchange(holder)
        with desk.office.store.write() as tx:
            tx.execute(sa.update(records).values(sealed=b"spoiled"))
        return laptop, laptop.envelope(holder["content"])

    def test_the_others_are_judged(
        self, desk: Desk, spoiled: tuple[Laptop, dict[str, Any]]
    ) -> None:
        laptop, bad = spoiled
        one, other = laptop.envelope(), laptop.envelope()
        answer = laptop.exchange(one, bad, other)
        assert [(ack["verdict"], ack["reason"]) for ack in answer["acks"]] == [
            ("accepted", "new"),
            ("retry", "not_decided"),
            ("accepted", "new"),
        ]
        assert [(row.record_id, row.reason) for row in aside(desk)] == [
            (bad["record_id"], "not_decided")
        ]

    def test_nothing_of_it_is_left_behind(
        self, desk: Desk, spoiled: tuple[Laptop, dict[str, Any]]
    ) -> None:
        laptop, bad = spoiled
        laptop.exchange(laptop.envelope(), bad)
        assert record(desk, bad) is None
        assert {fault.split(":")[0] for fault in faults(desk)} <= {"contents"}


class TestUnreadable:
    def test_is_named_by_index_and_kept(self, desk: Desk) -> None:
        laptop = desk.join()
        odd: list[Any] = [
            None,
            7,
            "text",
            [],
            {"record_id": "X"},
            {"record_id": 5, "nik": "rahasia"},
        ]
        answer = laptop.exchange(laptop.envelope(), *odd, laptop.envelope())
        assert answer["unreadable"] == [1, 2, 3, 4, 5, 6]
        assert [ack["verdict"] for ack in answer["acks"]] == ["accepted", "accepted"]
        opened = {desk.office.keys.open(row.sealed) for row in aside(desk)}
        assert opened == {canonical(raw) for raw in odd}
        assert {row.reason for row in aside(desk)} == {"unreadable"}

    def test_is_kept_once_and_counted(self, desk: Desk) -> None:
        laptop = desk.join()
        laptop.exchange([], [])
        laptop.exchange([])
        (kept,) = aside(desk)
        assert (kept.record_id, kept.times_seen) == ("", 3)
        assert kept.digest == hashlib.sha256(b"[]").hexdigest()
