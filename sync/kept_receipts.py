"""Receipts as they are kept and shown to others: read back, in their one form."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime
from typing import Final

from schemas.envelope import is_digest, is_uuid, parse_moment
from sync.answers import parse_answer
from sync.limits import INTEGER
from sync.receipts import Standing, receipt_payload, verify

_NAME: Final = re.compile(r"[!-~]{1,64}")
_CODE: Final = re.compile(r"[a-z0-9_]{1,40}")
"""Both are shown as they stand, so they are short and hold nothing that a screen obeys."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What one receipt says: to whom, when (in UTC), and the standings."""

    agent_id: str
    device_id: str
    epoch: str
    time: datetime
    acks: tuple[Standing, ...]


def read_payload(payload: str) -> Signed:
    """Return what a receipt's payload says; ValueError where it is not in its one form."""
    _, _, form = payload.partition("\n")
    try:
        said = parse_answer(form.encode("utf-8"))
        named = [said[name] for name in ("agent_id", "device_id", "epoch", "time", "acks")]
        same = receipt_payload(*named) == payload.encode("utf-8")
    except (KeyError, RecursionError, TypeError) as error:
        raise ValueError("no payload of a receipt") from error
    agent_id, device_id, epoch, time, acks = named
    moment = _moment(time)
    names = (agent_id, device_id, epoch)
    if moment is None or not same or not all(map(_is_name, names)) or not all(map(_is_ack, acks)):
        raise ValueError("no payload of a receipt")
    return Signed(agent_id, device_id, epoch, moment, tuple(acks))


def _moment(time: object) -> datetime | None:
    """Return a moment that has a day in every zone: at the end of all time some have none."""
    moment = parse_moment(time)
    return moment if moment is not None and MINYEAR < moment.year < MAXYEAR else None


def _is_name(value: object) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _is_code(value: object) -> bool:
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def _is_ack(ack: Standing) -> bool:
    if len(ack) != 5:
        return False
    record_id, digest, seq, verdict, reason = ack
    numbered = type(seq) is int and 1 <= seq <= INTEGER
    named = is_uuid(record_id) and is_digest(digest)
    return named and numbered and _is_code(verdict) and _is_code(reason)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt with the list that it signs; `checked` once, by a key that was known."""

    key_id: str
    signature: str
    payload: str
    checked: bool = False

    def body(self) -> dict[str, str]:
        """Return what others need to check it."""
        members = {"key_id": self.key_id, "signature": self.signature}
        return {**members, "payload": self.payload}

    def is_good(self, keys: Mapping[str, str]) -> bool:
        """Tell whether the signature holds under its key in `keys` (key_id to base64)."""
        return verify(self.body(), self.payload.encode("utf-8"), keys)


def read_receipt(members: object) -> Receipt:
    """Return a receipt of its members; ValueError where one is missing or is no text."""
    given = members if isinstance(members, dict) else {}
    key_id, signature, payload = (given.get(name) for name in ("key_id", "signature", "payload"))
    if not (isinstance(key_id, str) and isinstance(signature, str) and isinstance(payload, str)):
        raise ValueError("no receipt")
    return Receipt(key_id, signature, payload, given.get("checked") is True)


def read_kept(kept: bytes) -> Receipt:
    """Return a receipt as `Proof.kept` has it; ValueError where it is none."""
    return read_receipt(json.loads(kept))
