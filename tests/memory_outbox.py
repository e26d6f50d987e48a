"""The outbox (sync/ports.py) in memory: all of it, but nothing survives the process.

What is stored lies in a Shelf, so that an outbox can be opened again over the same shelf.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from uuid6 import uuid7

from schemas.envelope import parse_moment, rfc3339
from schemas.words import Reason, Verdict
from sync.digest import digest, next_id
from sync.limits import SET_ASIDE_SECONDS
from sync.ports import Heartbeat, Settled, Waiting
from tests.builders import DEVICE_ID


@dataclass
class Record:
    """One saved capture and what became of it."""

    envelope: dict[str, Any]
    waiting: bool = True
    attempts: int = 0
    problem: str | None = None
    set_aside_at: datetime | None = None
    set_aside_by: str | None = None
    standing: dict[str, Any] = field(default_factory=dict)
    resaved_as: str | None = None
    restricted: bool = False
    stage: str | None = None

    @property
    def digest(self) -> str:
        return digest(self.envelope)


@dataclass
class Shelf:
    """What one laptop stores."""

    records: dict[str, Record] = field(default_factory=dict)
    forgotten: set[str] = field(default_factory=set)
    notices: dict[str, dict[str, Any]] = field(default_factory=dict)
    receipts: list[bytes] = field(default_factory=list)
    last_seq: int = 0
    cursor: str | None = None
    epoch: str | None = None
    offset_s: int | None = None
    last_answer_at: str | None = None
    performance: dict[str, Any] | None = None
    reference: dict[str, str] = field(default_factory=dict)
    retire: Mapping[str, Any] | None = None


class MemoryOutbox:
    """The queue of one laptop."""

    def __init__(self, shelf: Shelf | None = None, *, client: str = "0.1.0") -> None:
        self.shelf = shelf or Shelf()
        self._client = client

    def put(
        self,
        content: Mapping[str, Any],
        now: datetime,
        *,
        corrects: str | None = None,
        record_id: UUID | None = None,
    ) -> str:
        """Save a content and return its record_id."""
        shelf = self.shelf
        shelf.last_seq += 1
        saved_as = str(record_id or uuid7())
        members = {
            "record_id": saved_as,
            "kind": "enrolment",
            "device_id": DEVICE_ID,
            "device_seq": shelf.last_seq,
            "captured_at": rfc3339(now),
            "clock_offset_s": shelf.offset_s,
            "last_answer_at": shelf.last_answer_at,
            "corrects": corrects,
            "content": dict(content),
        }
        envelope = {name: value for name, value in members.items() if value is not None}
        shelf.records[saved_as] = Record(envelope)
        return saved_as

    def next_batch(self, size: int, *, sent: Sequence[str], now: datetime) -> list[Waiting]:
        ready = [
            (record.attempts, record.envelope["device_seq"], record_id, record)
            for record_id, record in self.shelf.records.items()
            if record.waiting and record_id not in sent and self._is_due(record, now)
        ]
        return [
            Waiting(record_id, record.digest, record.envelope, attempts)
            for attempts, _, record_id, record in sorted(ready, key=lambda one: one[:3])[:size]
        ]

    def _is_due(self, record: Record, now: datetime) -> bool:
        if record.set_aside_at is None or record.set_aside_by != self._client:
            return True
        ago = now - record.set_aside_at
        return not timedelta() <= ago < timedelta(seconds=SET_ASIDE_SECONDS)

    def attempted(self, record_ids: Sequence[str], problem: str | None, now: datetime) -> None:
        for record_id in record_ids:
            record = self.shelf.records[record_id]
            record.attempts += 1
            record.problem = problem or record.problem

    def set_aside(self, record_id: str, problem: str, now: datetime) -> None:
        record = self.shelf.records[record_id]
        record.problem, record.set_aside_at, record.set_aside_by = problem, now, self._client

    def settle(self, answer: Mapping[str, Any], *, receipt: bytes | None, now: datetime) -> Settled:
        outcomes = [self._take_ack(ack) for ack in answer.get("acks", ())]
        changes = sum(self._take_change(change) for change in answer.get("changes", ()))
        if receipt is not None and receipt not in self.shelf.receipts:
            self.shelf.receipts.append(receipt)
        self._keep(answer, now)
        return Settled(
            acknowledged=outcomes.count("acknowledged"),
            retry=outcomes.count("retry"),
            ignored=outcomes.count("ignored"),
            resaved=outcomes.count("resaved"),
            changes=changes,
        )

    def _keep(self, answer: Mapping[str, Any], now: datetime) -> None:
        shelf = self.shelf
        shelf.cursor = answer.get("cursor") or shelf.cursor
        shelf.epoch = answer.get("epoch") or shelf.epoch
        shelf.performance = answer.get("performance") or shelf.performance
        time = parse_moment(answer.get("time"))
        if time is not None:
            shelf.offset_s = round((time - now).total_seconds())
            shelf.last_answer_at = answer["time"]

    def _take_ack(self, ack: Mapping[str, Any]) -> str:
        record = self.shelf.records.get(str(ack.get("record_id")))
        if record is None or record.resaved_as or record.digest != ack.get("digest"):
            return "ignored"
        if ack.get("verdict") == Verdict.RETRY:
            return self._take_retry(record, ack)
        self._clear(record)
        record.waiting = False
        record.standing = {name: value for name, value in ack.items() if name != "kind"}
        if ack.get("reason") == Reason.ID_REUSED:
            self._save_again(record)
            return "resaved"
        return "acknowledged"

    def _take_retry(self, record: Record, ack: Mapping[str, Any]) -> str:
        if not record.waiting:
            return "ignored"
        self._clear(record)
        record.problem = ack.get("reason")
        return "retry"

    def _clear(self, record: Record) -> None:
        record.problem = record.set_aside_at = record.set_aside_by = None

    def _save_again(self, record: Record) -> None:
        record.resaved_as = next_id(record.envelope["record_id"], record.digest)
        envelope = {**record.envelope, "record_id": record.resaved_as}
        self.shelf.records[record.resaved_as] = Record(envelope)

    def _take_change(self, change: Mapping[str, Any]) -> bool:
        kind, record_id = change.get("kind"), str(change.get("record_id"))
        record = self.shelf.records.get(record_id)
        if kind == "forget":
            self.shelf.forgotten.add(record_id)
            return self.shelf.records.pop(record_id, None) is not None
        if kind == "notice":
            return self._take_notice(change)
        if record is None:
            return False
        if kind == "standing":
            return self._take_ack(change) in ("acknowledged", "resaved")
        if kind == "progress":
            record.stage = change["stage"]
        if kind == "restrict":
            record.restricted = change["on"]
        return kind in ("progress", "restrict")

    def _take_notice(self, change: Mapping[str, Any]) -> bool:
        is_new = change["notice_id"] not in self.shelf.notices
        self.shelf.notices.setdefault(change["notice_id"], dict(change))
        return is_new

    def cursor(self) -> str | None:
        return self.shelf.cursor

    def epoch(self) -> str | None:
        return self.shelf.epoch

    def forget_cursor(self) -> None:
        self.shelf.cursor = None

    def held(self, after: str | None, limit: int) -> list[tuple[str, str]]:
        pairs = [
            (record_id, record.digest)
            for record_id, record in sorted(self.shelf.records.items())
            if record.resaved_as is None and record_id > (after or "")
        ]
        return pairs[:limit]

    def reopen(self, record_ids: Sequence[str]) -> None:
        for record_id in record_ids:
            record = self.shelf.records.get(record_id)
            if record is not None and not record.waiting and record.resaved_as is None:
                self.shelf.records[record_id] = Record(record.envelope)

    def raise_seq(self, last_seq: int) -> None:
        self.shelf.last_seq = max(self.shelf.last_seq, last_seq)

    def retire(self, asked: Mapping[str, Any] | None) -> None:
        self.shelf.retire = asked

    def heartbeat(self) -> Heartbeat:
        waiting = [record for record in self.shelf.records.values() if record.waiting]
        saved_at = [parse_moment(record.envelope["captured_at"]) for record in waiting]
        return Heartbeat(
            waiting=len(waiting),
            drafts=0,
            set_aside=sum(record.set_aside_at is not None for record in waiting),
            oldest_waiting_at=min((moment for moment in saved_at if moment), default=None),
            last_seq=self.shelf.last_seq,
            client=self._client,
            disk_free_mb=1000,
            reference=dict(self.shelf.reference),
            stopped=self._stopped(),
        )

    def _stopped(self) -> dict[str, Any] | None:
        if not self.shelf.retire:
            return None
        pairs = len(self.held(None, len(self.shelf.records)))
        return {"order": self.shelf.retire["order"], "drafts": 0, "pairs": pairs, "damaged": 0}
