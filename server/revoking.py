"""A laptop loses its right to exchange: it was lost, stolen, or is no longer its agent's.

What it held is encrypted as a whole (SQLCipher) under a key that argon2id derives from its
agent's passphrase. Whoever has the passphrase reads what `held_by` names; what was sent is
at the office.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from schemas.normal import normal_text
from schemas.words import Reason, Verdict
from server import audit
from server.audit import Action
from server.office import Office
from server.problems import DEVICE_UNKNOWN, LOSS_UNFIT, REASON_UNFIT, Refused
from server.rules.holding import may_be_held
from server.rules.laptops import NOTICE_WITHIN
from server.rules.revoking import is_reason
from server.store import devices, holding, numbers, stations

_AHEAD: Final = timedelta(minutes=5)
"""By so much a supervisor's clock may be before the office's."""


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A record that a laptop may still hold in clear behind its passphrase.

    `name` and `kelurahan` are None where its content told none.
    """

    record_id: str
    received_at: datetime
    verdict: Verdict
    reason: Reason
    name: str | None = field(repr=False)
    kelurahan: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """What a laptop may still hold, as of its last report.

    `waiting` and `drafts` never reached the office, `missing` are ranges of device_seq that
    it gave out and the office lacks: whose they are only the agent can tell. `deadline` is
    when the persons and the authority must have their notice, None where it is not lost.
    """

    device: Any
    records: tuple[HeldRecord, ...]
    waiting: int
    drafts: int
    missing: tuple[tuple[int, int], ...]
    deadline: datetime | None


def sound_reason(text: str) -> str:
    """Return a reason in its normal form; raises Refused `reason_unfit`."""
    reason = normal_text(text)
    if not is_reason(reason):
        raise Refused(REASON_UNFIT)
    return reason


def known_at(office: Office, at: datetime) -> datetime:
    """Return since when a loss is known, not later than now; raises Refused `loss_unfit`."""
    now = office.now()
    if at > now + _AHEAD or at.year < 2000:
        raise Refused(LOSS_UNFIT)
    return min(at, now)


def revoke(
    office: Office, device_id: str, *, by: str, lost_at: datetime | None, reason: str
) -> None:
    """Take a device's right to exchange; `lost_at` is when its loss was known, None for none.

    Revoked before, it stays so since then, by whom and for what it was; a loss that is known
    only now is added. Raises Refused 404.
    """
    with office.store.write() as tx:
        device = devices.get(tx, device_id)
        if device is None:
            raise Refused(DEVICE_UNKNOWN)
        values: dict[str, Any] = {}
        if device.revoked_at is None:
            values = {"revoked_at": office.now(), "revoked_by": by, "revoked_for": reason}
        if device.lost_at is None and lost_at is not None:
            values["lost_at"] = lost_at
        if not values:
            return
        devices.change(tx, device_id, **values)
        audit.note(
            tx,
            office.keys,
            by=by,
            at=office.now(),
            action=Action.REVOKED,
            about="device",
            about_id=device_id,
            office_id=stations.office_at(tx, device.agent_id, office.today()),
            reason=reason,
            is_lost=lost_at is not None,
        )


def held_by(office: Office, device_id: str) -> Held:
    """Return what a device may still hold, revoked or not. Raises Refused 404."""
    with office.store.read() as tx:
        device = devices.by_id(tx, device_id)
        if device is None:
            raise Refused(DEVICE_UNKNOWN)
        rows = holding.of_device(tx, device_id)
        missing = numbers.missing_seqs(tx, device_id)
    receipts = [row.received_at for row in rows if row.sent_by == device_id]
    heartbeat = json.loads(device.heartbeat or "{}")
    return Held(
        device=device,
        records=tuple(one for row in rows if (one := _held(row, receipts, device.reported_at))),
        waiting=device.waiting,
        drafts=heartbeat.get("drafts") or 0,
        missing=tuple(missing),
        deadline=device.lost_at and device.lost_at + NOTICE_WITHIN,
    )


def _held(row: Any, receipts: list[datetime], reported_at: datetime | None) -> HeldRecord | None:
    verdict, reason = Verdict(row.verdict), Reason(row.reason)
    told_at = max(row.received_at, row.moved_at or row.received_at)
    if not may_be_held(verdict, reason, told_at, receipts, reported_at):
        return None
    return HeldRecord(row.record_id, row.received_at, verdict, reason, row.name, row.kelurahan)
