"""How one answer of the office changes the laptop: acks, then changes; pure SQL, no commit.

All of it is harmless when it comes again, from the beginning or in part. Members and
codes that nobody knows stop nothing (sync/PROTOCOL.md, Transport).
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from sqlite_utils import Database

from agent_client.store.captures import Capture, capture, envelope_of, insert_resaved
from agent_client.store.changes import add_change
from agent_client.store.forgotten import forget, is_forgotten
from agent_client.store.notices import keep_notice
from agent_client.store.sealed import drop_capture
from schemas.envelope import parse_moment, rfc3339
from schemas.words import Reason, Verdict
from sync.digest import next_id
from sync.limits import INTEGER

Outcome = Literal["acknowledged", "retry", "ignored", "resaved"]
_MEMBERS: Final = ("verdict", "reason", "seq", "received_at", "errors", "flags", "due")
_WAITS_AGAIN: Final = (
    "waiting = 1, attempts = 0, problem = null, set_aside_at = null, set_aside_by = null,"
    " verdict = null, reason = null, seq = null, received_at = null, errors = null,"
    " flags = null, due = null, corrected_by = null, settled_at = null"
)


@dataclass(slots=True)
class Settling:
    """One answer at work: `now` is the laptop's clock."""

    tx: Database
    now: datetime
    before: dict[str, Capture] = field(default_factory=dict)

    def take_acks(self, acks: object) -> Counter[Outcome]:
        """Apply the acks and count what became of them."""
        counts: Counter[Outcome] = Counter()
        for ack in acks if isinstance(acks, list) else ():
            counts[self._take_ack(ack)] += 1
        return counts

    def take_changes(self, changes: object) -> int:
        """Apply the feed's changes in their order and count those that meant something here."""
        kinds: dict[object, Callable[[dict[str, Any]], bool]] = {
            "standing": lambda change: self._take_ack(change) in ("acknowledged", "resaved"),
            "progress": self._take_progress,
            "notice": lambda change: keep_notice(self.tx, change, self.now),
            "restrict": self._take_restriction,
            "forget": self._take_forget,
        }
        taken = 0
        for change in changes if isinstance(changes, list) else ():
            take = kinds.get(change.get("kind")) if isinstance(change, dict) else None
            taken += take is not None and take(change)
        return taken

    def tell(self) -> None:
        """Write down how captures stand now that stood otherwise before the answer.

        Only the end of an answer counts: a feed that is told again from its beginning
        passes through former standings on its way to the present one.
        """
        for record_id, former in self.before.items():
            present = capture(self.tx, record_id)
            if present is None:
                continue
            if _told(former) != _told(present) and not present.waiting:
                add_change(
                    self.tx,
                    record_id,
                    "resaved" if present.resaved_as else "standing",
                    self.now,
                    verdict=present.verdict,
                    reason=present.reason,
                    detail=_detail(present),
                )
            elif present.waiting and present.problem and former.problem != present.problem:
                add_change(self.tx, record_id, "retry", self.now, reason=present.problem)
            if (former.stage, former.kpj, former.paid_through) != (
                present.stage,
                present.kpj,
                present.paid_through,
            ):
                add_change(
                    self.tx, record_id, "progress", self.now, detail={"stage": present.stage}
                )

    def _take_ack(self, ack: object) -> Outcome:
        held = self._own(ack)
        if held is None or held.resaved_as is not None:
            return "ignored"
        assert isinstance(ack, dict)
        verdict, reason = ack.get("verdict"), ack.get("reason")
        if not isinstance(verdict, str) or not isinstance(reason, str):
            return "ignored"
        if verdict == Verdict.RETRY:
            return self._keep_waiting(held, reason)
        if reason == Reason.ID_REUSED and held.wiped_at is not None:
            # Nothing readable is here that could be saved again: it stays as it is.
            return "ignored"
        self._keep_standing(held, ack)
        if reason == Reason.ID_REUSED:
            self._save_again(held)
            return "resaved"
        return "acknowledged"

    def _own(self, ack: object) -> Capture | None:
        """The capture that an ack or a standing speaks of, None where it is not ours."""
        if not isinstance(ack, dict):
            return None
        held = self._held(ack.get("record_id"))
        return held if held is not None and held.digest == ack.get("digest") else None

    def _held(self, record_id: object) -> Capture | None:
        if not isinstance(record_id, str):
            return None
        held = capture(self.tx, record_id)
        if held is not None:
            self.before.setdefault(record_id, held)
        return held

    def _keep_waiting(self, held: Capture, reason: str) -> Outcome:
        if not held.waiting:
            # A standing fell meanwhile; `retry` is none and takes none away.
            return "ignored"
        self.tx.execute(
            "update captures set problem = ?, set_aside_at = null, set_aside_by = null"
            " where record_id = ?",
            [_text(reason), held.record_id],
        )
        return "retry"

    def _keep_standing(self, held: Capture, ack: Mapping[str, Any]) -> None:
        self.tx.execute(
            "update captures set waiting = 0, problem = null, set_aside_at = null,"
            " set_aside_by = null, settled_at = coalesce(settled_at, ?), verdict = ?, reason = ?,"
            " seq = ?, received_at = ?, errors = ?, flags = ?, due = ?, corrected_by = ?"
            " where record_id = ?",
            [
                rfc3339(self.now),
                *_standing(ack),
                held.record_id,
            ],
        )
        drop_capture(self.tx, held.record_id)

    def _save_again(self, held: Capture) -> None:
        """Save a capture again under a new id: the office knows another one by its id.

        It stays the same capture: its number and the evidence of its time go with it.
        """
        envelope = envelope_of(self.tx, held.record_id)
        assert envelope is not None
        envelope["record_id"] = next_id(held.record_id, held.digest)
        insert_resaved(self.tx, held.record_id, envelope)

    def _take_progress(self, change: dict[str, Any]) -> bool:
        held = self._held(change.get("record_id"))
        if held is None or not isinstance(change.get("stage"), str):
            return False
        at = parse_moment(change.get("at"))
        self.tx.execute(
            "update captures set stage = ?, stage_at = ?, kpj = coalesce(?, kpj),"
            " paid_through = coalesce(?, paid_through) where record_id = ?",
            [
                _text(change["stage"]),
                None if at is None else rfc3339(at),
                _text(change.get("kpj")),
                _text(change.get("paid_through")),
                held.record_id,
            ],
        )
        return True

    def _take_restriction(self, change: dict[str, Any]) -> bool:
        held = self._held(change.get("record_id"))
        if held is None:
            return False
        self.tx.execute(
            "update captures set restricted = ? where record_id = ?",
            [int(change.get("on") is True), held.record_id],
        )
        return True

    def _take_forget(self, change: dict[str, Any]) -> bool:
        record_id = change.get("record_id")
        if not isinstance(record_id, str) or is_forgotten(self.tx, record_id):
            return False
        return forget(self.tx, record_id, self.now)


def reopen(tx: Database, record_ids: list[str], now: datetime) -> None:
    """Make captures wait again that the office does not know.

    What was saved again is left, and what was wiped: there is nothing to send any more.
    """
    for record_id in record_ids:
        changed = tx.execute(
            f"update captures set {_WAITS_AGAIN}"  # noqa: S608
            " where record_id = ? and not waiting and resaved_as is null and wiped_at is null",
            [record_id],
        )
        if changed.rowcount:
            add_change(tx, record_id, "reopened", now)


def _standing(ack: Mapping[str, Any]) -> list[Any]:
    received_at = parse_moment(ack.get("received_at"))
    errors = [one for one in _items(ack.get("errors")) if isinstance(one, dict)]
    flags = [one for one in _items(ack.get("flags")) if isinstance(one, str)]
    return [
        _text(ack["verdict"]),
        _text(ack["reason"]),
        _whole(ack.get("seq")),
        None if received_at is None else rfc3339(received_at),
        json.dumps(errors) if errors else None,
        json.dumps(flags) if flags else None,
        _whole(ack.get("due")),
        _text(ack.get("corrected_by")),
    ]


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    # Half a character cannot be kept as text, and must not stop the rest of an answer.
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else None


def _whole(value: object) -> int | None:
    return value if type(value) is int and abs(value) <= INTEGER else None


def _told(one: Capture) -> tuple[Any, ...]:
    return (one.verdict, one.reason, one.errors, one.flags, one.due, one.corrected_by)


def _detail(one: Capture) -> dict[str, Any]:
    members = {
        "errors": list(one.errors),
        "flags": list(one.flags),
        "due": one.due,
        "corrected_by": one.corrected_by,
        "resaved_as": one.resaved_as,
    }
    return {name: value for name, value in members.items() if value}
