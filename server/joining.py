"""How a laptop becomes an agent's: a code once, a token from then on."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from server.office import Office
from server.problems import (
    CODE_EXPIRED,
    CODE_UNKNOWN,
    CODE_USED,
    DEVICE_OF_ANOTHER,
    TOO_MANY_TRIES,
    Refused,
)
from server.rules.stations import has_ended
from server.store import devices

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8  # of 32 signs each: 40 bits
TRIES = 5
TRIES_WITHIN = timedelta(minutes=1)
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


@dataclass(frozen=True, slots=True)
class Joined:
    """A laptop that has just joined: its token in clear, this once, and whose it is."""

    token: str
    device_id: str
    agent_id: str
    agent_name: str
    office_id: str
    office_name: str
    timezone: str


def new_code() -> str:
    """Return a new join code, as people read it to each other: `K7QM-2F9X`."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return f"{signs[:4]}-{signs[4:]}"


def hash_of(secret: str) -> str:
    """Return the hash by which a code or a token is kept."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def code_hash(code: str) -> str:
    """Return a code's hash, forgiving case, hyphens, spaces and signs easily misread."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    return hash_of(signs.translate(_MISREAD))


def join(office: Office, request: Mapping[str, Any], address: str) -> Joined:
    """Join a laptop by a code, from an address.

    Asked again with the same code and device before the token was first used, it gives a
    new token and voids the old one: the first answer may have been lost. Raises Refused:
    code_unknown, code_used, code_expired, device_of_another, too_many_tries.
    """
    now = office.now()
    with office.store.read() as tx:
        if devices.failures(tx, address, now - TRIES_WITHIN) >= TRIES:
            raise Refused(TOO_MANY_TRIES, headers={"Retry-After": "60"})
    try:
        with office.store.write() as tx:
            return _join(tx, request, now, office.today())
    except Refused:
        with office.store.write() as tx:
            devices.note_failure(tx, address, now, now - TRIES_WITHIN)
        raise


def _join(tx: sa.Connection, request: Mapping[str, Any], now: datetime, today: date) -> Joined:
    hashed, device_id = code_hash(request["code"]), request["device_id"]
    code = devices.code(tx, hashed, today)
    if code is None:
        raise Refused(CODE_UNKNOWN)
    known = devices.get(tx, device_id)
    if code.device_id is not None and not _may_repeat(code, known, device_id):
        raise Refused(CODE_USED)
    if code.expires_at <= now or has_ended(code, today):
        raise Refused(CODE_EXPIRED)
    if known is not None and known.agent_id != code.agent_id:
        raise Refused(DEVICE_OF_ANOTHER)
    token = secrets.token_urlsafe(32)
    devices.spend_code(tx, hashed, device_id, now)
    devices.put(
        tx,
        {
            "device_id": device_id,
            "agent_id": code.agent_id,
            "name": request["name"],
            "platform": request["platform"],
            "client": request["client"],
            "device_key": request.get("device_key"),
            "token_hash": hash_of(token),
            "token_used": False,
            "joined_at": now,
        },
    )
    return Joined(
        token=token,
        device_id=device_id,
        agent_id=code.agent_id,
        agent_name=code.agent_name,
        office_id=code.office_id,
        office_name=code.office_name,
        timezone=code.timezone,
    )


def _may_repeat(code: Any, device: Any, device_id: str) -> bool:
    was_first = code.device_id == device_id and device is not None
    return was_first and not device.token_used and device.revoked_at is None
