"""What an agent can show: a record's proof, a day's proof, and their short forms.

A proof shows ids, numbers and verdicts, and never whose record it is, so it can be handed to
anybody, and it holds when the record itself was purged or forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from agent_client.lists import receipt_keys
from agent_client.store import captures, device, receipts
from sync.kept_receipts import Receipt, Signed, read_kept, read_payload
from sync.receipts import keyring, short_code

QR_HEADING: Final = "LORONG1"
Trust = Literal["checked", "unchecked", "broken"]
"""Signed by the office; by a key that is not known here yet; not by the key that it names."""


@dataclass(frozen=True, slots=True)
class Proof:
    """How the office said that one record stands, as one receipt has it.

    `time` is that of the office's answer, in UTC; `code` is what people compare aloud.
    """

    record_id: str
    digest: str
    seq: int
    verdict: str
    reason: str
    time: datetime
    key_id: str
    code: str
    trust: Trust

    @property
    def checked(self) -> bool:
        """Tell whether the signature is known to be the office's."""
        return self.trust == "checked"


@dataclass(frozen=True, slots=True)
class DayProof:
    """All that the office signed for this agent and laptop on one day of a zone.

    `records` has each record once, as it stood last on that day.
    """

    day: date
    zone: ZoneInfo
    receipts: tuple[Receipt, ...]
    records: tuple[Proof, ...]


def trusted_keys(tx: Database) -> dict[str, str]:
    """Return the keys of the office that this laptop has joined, by key_id."""
    here = device.device(tx)
    return keyring(None if here is None else here.receipt_key, receipt_keys(tx))


def recheck(receipt: Receipt, keys: Mapping[str, str]) -> Trust:
    """Return what a kept receipt is worth under the keys that are known now.

    What was checked once stays so, even where its key is not listed any more.
    """
    if receipt.checked or receipt.is_good(keys):
        return "checked"
    return "broken" if receipt.key_id in keys else "unchecked"


def proofs_in(receipt: Receipt, signed: Signed, trust: Trust) -> list[Proof]:
    """Return the proofs of one receipt, in the order of its list."""
    return [
        Proof(
            record_id=record_id,
            digest=digest,
            seq=seq,
            verdict=verdict,
            reason=reason,
            time=signed.time,
            key_id=receipt.key_id,
            code=short_code(receipt.signature, record_id),
            trust=trust,
        )
        for record_id, digest, seq, verdict, reason in signed.acks
    ]


def record_proof(tx: Database, record_id: str) -> Proof | None:
    """Return the newest that the office signed of a record, None where there is nothing.

    Of a capture that is here only what names its own digest counts, as with an ack. A
    broken one is returned only where there is no other.
    """
    held, keys = captures.capture(tx, record_id), trusted_keys(tx)
    found: list[Proof] = []
    for kept in receipts.receipts_of(tx, record_id):
        receipt = read_kept(kept)
        listed = proofs_in(receipt, read_payload(receipt.payload), recheck(receipt, keys))
        # An answer's changes come after its acks: the last one is how the record stood then.
        found.extend(one for one in reversed(listed) if one.record_id == record_id)
    own = [one for one in found if held is None or one.digest == held.digest]
    sound = [one for one in own if one.trust != "broken"]
    return next(iter(sound or own), None)


def day_proof(tx: Database, day: date, zone: ZoneInfo) -> DayProof:
    """Return what the office signed on a day of a zone; what is broken proves nothing."""
    here, keys = device.device(tx), trusted_keys(tx)
    taken: list[Receipt] = []
    records: dict[str, Proof] = {}
    for kept in _kept_on(tx, day, zone):
        receipt = read_kept(kept)
        signed, trust = read_payload(receipt.payload), recheck(receipt, keys)
        own = here is not None and (signed.agent_id, signed.device_id) == (
            here.agent_id,
            here.device_id,
        )
        if own and trust != "broken":
            taken.append(receipt)
            records |= {one.record_id: one for one in proofs_in(receipt, signed, trust)}
    return DayProof(day, zone, tuple(taken), tuple(records.values()))


def _kept_on(tx: Database, day: date, zone: ZoneInfo) -> list[bytes]:
    if not MINYEAR < day.year < MAXYEAR:
        return []
    start, end = (
        datetime.combine(one, time(), zone).astimezone(UTC) for one in (day, day + timedelta(1))
    )
    return receipts.receipts_between(tx, start, end)


def qr_text(proof: Proof) -> str:
    """Return a proof as the text of a QR code: ASCII, without personal data, 172 at most."""
    standing = f"{proof.verdict}/{proof.reason}"
    at = proof.time.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return ":".join((QR_HEADING, proof.record_id, str(proof.seq), standing, at, proof.code))
