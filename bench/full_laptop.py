"""A laptop with some thousand captures in every state, none of them purged yet.

It knows the NIKs of a whole city, and a list was imported of which much is missing. All
captures went through the queue as in the field, and answers with their signed receipts were
settled; only the office itself is made up. No laptop will ever hold so many.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from nacl.signing import SigningKey
from uuid6 import uuid7

from agent_client import vault as vaults
from agent_client.keyfile import Cost
from agent_client.store import device, drafts
from agent_client.store.outbox import VaultOutbox
from agent_client.store.reference import Reference, keep_reference
from agent_client.store.saving import Evidence, Saved
from agent_client.vault import Vault
from bench.crowd import contents
from bench.known_niks import HELD, KEY
from schemas.envelope import rfc3339
from sync.joining import Joined
from sync.known_niks import build, digest16
from sync.receipts import (
    keyring,
    new_signing_key,
    proof_of,
    public_text,
    receipt_payload,
    sign,
    standings,
)
from sync.references import KNOWN_NIKS

PASSPHRASE: Final = "ombak besar di paotere"
CLIENT: Final = "0.1.0"
_AGENT: Final = "A-0007"
_EPOCH: Final = "019a9c00-0000-7000-8000-00000000e001"
_ZONE: Final = "Asia/Makassar"
_BATCH: Final = 25
_DRAFTS: Final = 100
_SPAN: Final = timedelta(days=12)
_STATES: Final = (
    (70, "accepted", "new"),
    (78, "duplicate", "enrolled"),
    (84, "in_review", "nik_conflict"),
    (90, "rejected", "ineligible"),
    (93, "superseded", "corrected"),
    (95, "rejected", "id_reused"),
    (99, None, "waiting"),
    (100, None, "set_aside"),
)
"""Of a hundred captures those below a number get a verdict and its reason, or wait."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What is there to look at: an accepted record, and the day of its receipt."""

    record_id: str
    day: str


def fill(home: Path, count: int, cost: Cost) -> Filled:
    """Make a laptop's data folder with `count` captures, opened by PASSPHRASE."""
    opened = vaults.create(home, PASSPHRASE, cost, busy_seconds=30)
    try:
        return _Filling(opened).fill(count)
    finally:
        opened.close()


@dataclass(slots=True)
class _Filling:
    vault: Vault
    end: datetime = field(default_factory=lambda: datetime.now(UTC))
    key: SigningKey = field(default_factory=new_signing_key)
    device_id: str = field(default_factory=lambda: str(uuid7()))
    accepted: int = 0

    def fill(self, count: int) -> Filled:
        self._join()
        self._know_niks()
        made = contents(7, count, set())
        outbox = self._outbox(self.end)
        for begin in range(0, count, _BATCH):
            at = self.end - _SPAN * (1 - begin / count)
            saved = [outbox.put(one, Evidence(at, None, 240)) for one in islice(made, _BATCH)]
            acks = self._settle(saved, at)
        self._begin_drafts()
        looked_at = next(ack for ack in acks if ack["verdict"] == "accepted")
        return Filled(looked_at["record_id"], f"{at.astimezone(ZoneInfo(_ZONE)):%Y-%m-%d}")

    def _join(self) -> None:
        joined = Joined(
            device_id=self.device_id,
            agent_id=_AGENT,
            agent_name="Daeng Sutte",
            office_id="O-1",
            office_name="Kantor Perisai Tallo",
            timezone=_ZONE,
            token="a-token-of-nobody",
            receipt_key=public_text(self.key),
            office_key="",
            time=rfc3339(self.end),
        )
        with self.vault.writing() as tx:
            device.name_device(tx, uuid7())
            tx.execute("update device set device_id = ?", [self.device_id])
            # Nobody listens there: the page is measured without a line, as in the field.
            address = "http://127.0.0.1:9"
            device.keep_joining(tx, joined, name="Laptop 1", office_url=address, now=self.end)

    def _know_niks(self) -> None:
        digests = [digest16(f"7371{number:012}", KEY) for number in range(HELD)]
        fetched = Reference(KNOWN_NIKS, "1.0", build(digests, KEY, 1))
        with self.vault.writing() as tx:
            keep_reference(tx, fetched, self.end)

    def _outbox(self, at: datetime) -> VaultOutbox:
        return VaultOutbox(self.vault, client=CLIENT, now=lambda: at)

    def _settle(self, saved: list[Saved], at: datetime) -> list[dict[str, Any]]:
        """Let the office answer a batch as _STATES says; return its acks."""
        outbox, acks = self._outbox(at), []
        outbox.attempted([one.record_id for one in saved], None, at)
        for one in saved:
            verdict, reason = _state_of(one.device_seq)
            if verdict is not None:
                acks.append(_ack(one, verdict, reason, at))
            elif reason == "set_aside":
                outbox.set_aside(one.record_id, "internal", at)
        self.accepted += sum(ack["verdict"] == "accepted" for ack in acks)
        answer = {
            "time": rfc3339(at),
            "epoch": _EPOCH,
            "cursor": f"{_EPOCH}.{saved[-1].device_seq}",
            "acks": acks,
            "performance": _performance(at, self.accepted),
        }
        signed = standings(answer)
        payload = receipt_payload(_AGENT, self.device_id, _EPOCH, answer["time"], signed)
        answer["receipt"] = sign(self.key, payload)
        proof = proof_of(answer, _AGENT, self.device_id, keyring(public_text(self.key)))
        outbox.settle(answer, receipt=proof.kept, now=at)
        return acks

    def _begin_drafts(self) -> None:
        with self.vault.writing() as tx:
            for content in contents(8, _DRAFTS, set()):
                begun = {name: content[name] for name in ("full_name", "sex", "birth_date")}
                drafts.add_draft(tx, begun, (), now=self.end)


def _state_of(device_seq: int) -> tuple[str | None, str]:
    place = device_seq * 37 % 100  # 37 and 100 have no divisor in common: all are met in turn
    return next((verdict, reason) for below, verdict, reason in _STATES if place < below)


def _ack(one: Saved, verdict: str, reason: str, at: datetime) -> dict[str, Any]:
    errors = [{"field": "birth_date", "code": "too_old"}] if verdict == "rejected" else []
    return {
        "record_id": one.record_id,
        "digest": one.digest,
        "verdict": verdict,
        "reason": reason,
        "seq": one.device_seq,
        "received_at": rfc3339(at),
        "errors": errors,
    }


def _performance(at: datetime, accepted: int) -> dict[str, Any]:
    this = at.astimezone(ZoneInfo(_ZONE)).date().replace(day=1)
    months = (this, (this - timedelta(days=1)).replace(day=1))
    return {"as_of": rfc3339(at), "months": [_month(f"{one:%Y-%m}", accepted) for one in months]}


def _month(month: str, accepted: int) -> dict[str, Any]:
    few = {"duplicate": 8, "in_review": 6, "rejected": 6}
    days = [{"date": f"{month}-{day:02}", "accepted": day % 7, **few} for day in range(1, 29)]
    return {
        "month": month,
        "target": 25,
        "accepted": accepted,
        **few,
        "superseded": 3,
        "contribution": accepted * 16_800,
        "jht": 0,
        "rank": 1,
        "of": 12,
        "days": days,
    }
