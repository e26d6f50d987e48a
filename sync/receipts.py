"""Signed receipts: an agent can prove what was handed in (sync/PROTOCOL.md, Receipts).

One Ed25519 signature for each answer, over a list that shows no personal data, so that it
still proves when the data has been purged. Keys and signatures are standard base64 text.
"""

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from schemas.words import Reason, Verdict
from sync.digest import canonical

HEADING: Final = b"lorong-receipt-1\n"
CODE_HEADING: Final = "lorong-code-1\n"
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEMBERS: Final = ("record_id", "digest", "seq", "verdict", "reason")

Standing = list[Any]
"""[record_id, digest, seq, verdict, reason]"""


def standings(answer: Mapping[str, Any]) -> list[Standing]:
    """Return the standings of an answer's body, as its receipt lists them.

    First those of `acks`, then those of `changes`, in body order; `retry` and `id_reused`
    are answers and no standings.
    """
    moved = [change for change in answer.get("changes", ()) if change.get("kind") == "standing"]
    return [
        [ack.get(name) for name in _MEMBERS]
        for ack in (*answer.get("acks", ()), *moved)
        if _is_standing(ack)
    ]


def _is_standing(ack: Mapping[str, Any]) -> bool:
    return ack.get("verdict") != Verdict.RETRY and ack.get("reason") != Reason.ID_REUSED


def receipt_payload(
    agent_id: str,
    device_id: str,
    epoch: str,
    time: str,
    acks: Iterable[Sequence[Any]],
    form: Callable[[Any], bytes] = canonical,
) -> bytes:
    """Return the bytes that a receipt signs; `time` and `epoch` as they stand in the body.

    `form` makes the canonical form: the office knows a quicker way to what it answers itself.
    """
    signed = {
        "agent_id": agent_id,
        "device_id": device_id,
        "epoch": epoch,
        "time": time,
        "acks": [list(ack) for ack in acks],
    }
    return HEADING + form(signed)


def new_signing_key() -> SigningKey:
    """Make a new key to sign receipts with."""
    return SigningKey.generate()


def public_text(key: SigningKey) -> str:
    """Return the public half of a signing key as base64 text, as `receipt_key` is given."""
    return base64.b64encode(bytes(key.verify_key)).decode("ascii")


def key_id(public: str) -> str:
    """Return the id of a public key: 16 hex digits of its SHA-256. ValueError if it is none."""
    return hashlib.sha256(_public_bytes(public)).hexdigest()[:16]


def sign(key: SigningKey, payload: bytes) -> dict[str, str]:
    """Return the receipt `{key_id, signature}` over a payload."""
    signature = key.sign(payload).signature
    return {
        "key_id": key_id(public_text(key)),
        "signature": base64.b64encode(signature).decode("ascii"),
    }


def verify(receipt: Mapping[str, Any], payload: bytes, keys: Mapping[str, str]) -> bool:
    """Tell whether a receipt signs a payload under its key in `keys` (key_id to base64).

    False, never an error, for an unknown key or anything malformed.
    """
    public, signature = keys.get(str(receipt.get("key_id"))), receipt.get("signature")
    if public is None or not isinstance(signature, str):
        return False
    try:
        verifier = VerifyKey(_public_bytes(public))
        verifier.verify(payload, _decoded(signature))
    except (BadSignatureError, ValueError):
        return False
    return True


def keyring(receipt_key: str | None, items: Iterable[Mapping[str, Any]] = ()) -> dict[str, str]:
    """Return the keys to verify with, by key_id: of joining, and of the list `keys`.

    An entry that holds no key is left out.
    """
    keys = [receipt_key, *(item.get("key") for item in items)]
    return {key_id(key): key for key in keys if isinstance(key, str) and _is_public(key)}


def short_code(signature: str, record_id: str) -> str:
    """Return by what people compare a receipt aloud: 50 bits, such as "7K2QM-9XF4T".

    Crockford's base32, without I, L, O and U. Whoever has the receipt can make it, so it
    tells receipts apart and proves nothing by itself.
    """
    named = f"{CODE_HEADING}{signature}\n{record_id}".encode()
    number = int.from_bytes(hashlib.sha256(named).digest()[:7], "big") >> 6
    text = "".join(_ALPHABET[number >> shift & 31] for shift in range(45, -1, -5))
    return f"{text[:5]}-{text[5:]}"


@dataclass(frozen=True, slots=True)
class Proof:
    """What an answer's receipt is worth, and what of it to keep, if anything.

    `kept` is JSON of key_id, signature, payload and checked. `bad`: standings without a
    good signature, nothing to keep. `unchecked`: signed with a key that is not known yet.
    """

    kept: bytes | None = None
    bad: bool = False
    unchecked: bool = False


def proof_of(
    answer: Mapping[str, Any], agent_id: str, device_id: str, keys: Mapping[str, str]
) -> Proof:
    """Return what the receipt of an exchange's answer is worth under `keys`.

    An unknown key's signature is kept unchecked: a new key is announced by the very
    answer that it signs.
    """
    signed, receipt = standings(answer), answer.get("receipt")
    if not signed:
        return Proof()
    payload = receipt_payload(agent_id, device_id, answer["epoch"], answer["time"], signed)
    if not isinstance(receipt, dict) or not isinstance(receipt.get("signature"), str):
        return Proof(bad=True)
    if receipt.get("key_id") not in keys:
        return Proof(_kept(receipt, payload, checked=False), unchecked=True)
    if not verify(receipt, payload, keys):
        return Proof(bad=True)
    return Proof(_kept(receipt, payload, checked=True))


def _kept(receipt: Mapping[str, Any], payload: bytes, *, checked: bool) -> bytes:
    members = {name: receipt.get(name) for name in ("key_id", "signature")}
    return canonical({**members, "payload": payload.decode("utf-8"), "checked": checked})


def _is_public(public: str) -> bool:
    try:
        return bool(_public_bytes(public))
    except ValueError:
        return False


def _public_bytes(public: str) -> bytes:
    try:
        key = _decoded(public)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise ValueError("a public key is 32 bytes in base64")
    return key


def _decoded(text: str) -> bytes:
    """Return the bytes of base64 in its one form; ValueError for any other text.

    The last character has bits that say nothing: two texts of one signature would be two
    receipts, and have two codes.
    """
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode("ascii") != text:
        raise ValueError("base64 in another form")
    return raw
