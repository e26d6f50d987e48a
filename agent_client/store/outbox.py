"""The queue of saved captures, for the exchange (sync/ports.py, Outbox) and for saving."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from uuid6 import uuid7

from agent_client.retiring import retiring, stopped_body
from agent_client.store import (
    captures,
    device,
    drafts,
    exchange,
    queue,
    receipts,
    reference,
    sealed,
    stopping,
)
from agent_client.store.changes import add_change
from agent_client.store.saving import Evidence, Saved, save_capture
from agent_client.store.settling import Settling, reopen
from agent_client.vault import Vault
from schemas.envelope import parse_moment
from sync.limits import SET_ASIDE_SECONDS
from sync.ports import Heartbeat, Settled, Waiting


class VaultOutbox:
    """The queue in the vault; each method is one transaction, durable when it returns."""

    def __init__(
        self,
        vault: Vault,
        *,
        client: str,
        now: Callable[[], datetime],
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        """Take the unlocked vault, the program's version, a clock and a maker of UUIDv7."""
        self._vault = vault
        self._client = client
        self._now = now
        self._new_id = new_id

    def put(
        self,
        content: Mapping[str, Any],
        evidence: Evidence,
        *,
        corrects: str | None = None,
        row_digest: str | None = None,
        draft_id: int | None = None,
    ) -> Saved:
        """Save a sound content for ever; it is on disk when this returns.

        AgentProblem `not_joined`, `disk_full` and the like: then nothing was saved.
        """
        with self._vault.writing() as tx:
            return save_capture(
                tx,
                content,
                evidence,
                new_id=self._new_id,
                corrects=corrects,
                row_digest=row_digest,
                draft_id=draft_id,
            )

    def next_batch(self, size: int, *, sent: Sequence[str], now: datetime) -> list[Waiting]:
        """Return up to `size` waiting captures, fewest attempts first, then oldest."""
        with self._vault.reading() as tx:
            return queue.next_waiting(
                tx,
                size,
                sent=sent,
                client=self._client,
                now=now,
                aside_since=now - timedelta(seconds=SET_ASIDE_SECONDS),
            )

    def attempted(self, record_ids: Sequence[str], problem: str | None, now: datetime) -> None:
        """Count one attempt for each, with the problem's code if it failed."""
        with self._vault.writing() as tx:
            queue.count_attempt(tx, record_ids, problem, now)

    def set_aside(self, record_id: str, problem: str, now: datetime) -> None:
        """Keep what fails alone out of batches: tried once a day and after an update."""
        with self._vault.writing() as tx:
            if queue.put_aside(tx, record_id, problem, self._client, now):
                add_change(tx, record_id, "set_aside", now, reason=problem)

    def settle(self, answer: Mapping[str, Any], *, receipt: bytes | None, now: datetime) -> Settled:
        """Apply acks, then changes, then save cursor and epoch, in one transaction."""
        with self._vault.writing() as tx:
            settling = Settling(tx, now)
            counts = settling.take_acks(answer.get("acks"))
            changes = settling.take_changes(answer.get("changes"))
            settling.tell()
            if receipt is not None:
                receipts.keep_receipt(tx, receipt, now)
            exchange.keep_answer(tx, answer, now)
            told_at = parse_moment(answer.get("time"))
            if told_at is not None:
                sealed.date_verdicts(tx, told_at)
                drafts.date_drafts(tx, told_at)
        return Settled(
            acknowledged=counts["acknowledged"],
            retry=counts["retry"],
            ignored=counts["ignored"],
            resaved=counts["resaved"],
            changes=changes,
        )

    def cursor(self) -> str | None:
        """Return the feed's place of the last settled answer."""
        with self._vault.reading() as tx:
            return exchange.last_exchange(tx).cursor

    def epoch(self) -> str | None:
        """Return the office's epoch of the last settled answer."""
        with self._vault.reading() as tx:
            return exchange.last_exchange(tx).epoch

    def forget_cursor(self) -> None:
        """Void the cursor: the office was restored, everything held is reconciled."""
        with self._vault.writing() as tx:
            exchange.forget_cursor(tx)

    def held(self, after: str | None, limit: int) -> list[tuple[str, str]]:
        """Return (record_id, digest) of captures of every state, ordered by id, to reconcile."""
        with self._vault.reading() as tx:
            return queue.held(tx, after, limit)

    def reopen(self, record_ids: Sequence[str]) -> None:
        """Make records that the office does not know wait again."""
        with self._vault.writing() as tx:
            reopen(tx, list(record_ids), self._now())

    def raise_seq(self, last_seq: int) -> None:
        """Go on numbering from the greater of the own and the office's last device_seq."""
        with self._vault.writing() as tx:
            device.raise_seq(tx, last_seq, self._now())

    def retire(self, asked: Mapping[str, Any] | None) -> None:
        """Take nothing new in from now on, as an answer says; None: go on working."""
        with self._vault.reading() as tx:
            in_service = stopping.stop(tx) is None
        if asked is not None or not in_service:
            with self._vault.writing() as tx:
                stopping.keep_order(tx, asked)

    def heartbeat(self) -> Heartbeat:
        """Return what the laptop reports of itself."""
        with self._vault.reading() as tx:
            here = device.device(tx)
            counts = captures.count_captures(tx)
            oldest = queue.oldest_waiting(tx)
            return Heartbeat(
                waiting=captures.count_unsettled(counts),
                drafts=drafts.count_drafts(tx),
                set_aside=counts["set_aside"],
                oldest_waiting_at=parse_moment(oldest),
                last_seq=0 if here is None else here.last_seq,
                client=self._client,
                disk_free_mb=shutil.disk_usage(self._vault.path.parent).free // 1_000_000,
                reference=reference.versions(tx),
                stopped=stopped_body(retiring(tx)),
            )
