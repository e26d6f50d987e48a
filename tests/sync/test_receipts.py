"""A receipt proves what was handed in, and shows no personal data."""

import base64
import hashlib
import json
import re
from typing import Any

import pytest
from nacl.signing import SigningKey

from sync.receipts import (
    key_id,
    keyring,
    new_signing_key,
    proof_of,
    public_text,
    receipt_payload,
    short_code,
    sign,
    standings,
    verify,
)
from tests.builders import DEVICE_ID

KEY = SigningKey(bytes(range(32)))
KEYS = {key_id(public_text(KEY)): public_text(KEY)}
AGENT = "019a9c00-0000-7000-8000-0000000000a1"
ACKS = [["r1", "d1", 7, "accepted", "new"], ["r2", "d2", 8, "duplicate", "enrolled"]]


def ack(record_id: str, verdict: str = "accepted", reason: str = "new") -> dict[str, Any]:
    members = {"record_id": record_id, "digest": f"d{record_id}", "seq": 7}
    return {**members, "verdict": verdict, "reason": reason, "flags": ["near_match"]}


def answer(**members: Any) -> dict[str, Any]:
    body = {"epoch": "e1", "time": "2026-11-20T01:30:00Z", "acks": [ack("1")], "changes": []}
    return {**body, **members}


def signed(body: dict[str, Any], key: SigningKey = KEY) -> dict[str, Any]:
    payload = receipt_payload(AGENT, DEVICE_ID, body["epoch"], body["time"], standings(body))
    return {**body, "receipt": sign(key, payload)}


def test_the_signed_bytes_are_those_of_the_protocol() -> None:
    payload = receipt_payload("a", "b", "e1", "2026-11-20T01:30:00Z", ACKS)
    assert payload == (
        b"lorong-receipt-1\n"
        b'{"acks":[["r1","d1",7,"accepted","new"],["r2","d2",8,"duplicate","enrolled"]],'
        b'"agent_id":"a","device_id":"b","epoch":"e1","time":"2026-11-20T01:30:00Z"}'
    )


def test_a_signature_verifies_under_its_key() -> None:
    receipt = sign(KEY, b"list")
    assert verify(receipt, b"list", KEYS)
    assert len(base64.b64decode(receipt["signature"], validate=True)) == 64


def test_the_key_id_is_of_the_public_key() -> None:
    public = base64.b64decode(public_text(KEY))
    assert key_id(public_text(KEY)) == hashlib.sha256(public).hexdigest()[:16]
    assert public_text(new_signing_key()) != public_text(new_signing_key())


@pytest.mark.parametrize("text", ["", "AAAA", "not base64", "é"])
def test_what_is_no_public_key_has_no_id(text: str) -> None:
    with pytest.raises(ValueError, match="public key"):
        key_id(text)


def test_another_list_another_key_or_rubbish_does_not_verify() -> None:
    receipt = sign(KEY, b"list")
    own = receipt["key_id"]
    assert not verify(receipt, b"another", KEYS)
    assert not verify(receipt, b"list", {})
    assert not verify(receipt, b"list", {own: public_text(new_signing_key())})
    assert not verify(receipt, b"list", {own: "AAAA"})
    # The last four bits before the padding say nothing: no second text of one signature.
    twin = receipt["signature"][:-3] + chr(ord(receipt["signature"][-3]) + 1) + "=="
    assert base64.b64decode(twin) == base64.b64decode(receipt["signature"])
    for signature in (None, 7, "", "AAAA", "not base64", "é", receipt["signature"] + "=", twin):
        assert not verify({"key_id": own, "signature": signature}, b"list", KEYS)
    assert not verify({}, b"list", KEYS)


def test_standings_are_acks_then_changes_without_retry_and_reused_ids() -> None:
    body = answer(
        acks=[
            ack("1"),
            ack("2", "retry", "not_decided"),
            ack("3", "rejected", "id_reused"),
            ack("4", "in_review", "nik_conflict"),
        ],
        changes=[
            {"kind": "notice", "notice_id": "n1"},
            {"kind": "standing", **ack("5", "superseded", "corrected")},
            {"kind": "forget", "record_id": "6"},
        ],
    )
    assert standings(body) == [
        ["1", "d1", 7, "accepted", "new"],
        ["4", "d4", 7, "in_review", "nik_conflict"],
        ["5", "d5", 7, "superseded", "corrected"],
    ]


def test_a_proof_can_be_checked_by_anybody_later() -> None:
    proof = proof_of(signed(answer()), AGENT, DEVICE_ID, KEYS)
    kept = json.loads(proof.kept or b"")
    assert (proof.bad, proof.unchecked, kept["checked"]) == (False, False, True)
    assert verify(kept, kept["payload"].encode(), KEYS)
    assert '"d1",7,"accepted","new"' in kept["payload"]


def test_nothing_to_prove_is_no_fault() -> None:
    proof = proof_of(answer(acks=[ack("1", "retry", "not_decided")]), AGENT, DEVICE_ID, KEYS)
    assert (proof.kept, proof.bad) == (None, False)


@pytest.mark.parametrize("receipt", [None, "x", {}, {"key_id": "k"}, {"signature": 7}])
def test_standings_without_a_receipt_are_a_fault(receipt: object) -> None:
    proof = proof_of(answer(receipt=receipt), AGENT, DEVICE_ID, KEYS)
    assert (proof.kept, proof.bad) == (None, True)


def test_a_signature_over_another_list_is_a_fault() -> None:
    body = {**signed(answer()), "acks": [ack("1", "duplicate", "enrolled")]}
    proof = proof_of(body, AGENT, DEVICE_ID, KEYS)
    assert (proof.kept, proof.bad) == (None, True)


def test_a_new_keys_signature_is_kept_unchecked() -> None:
    proof = proof_of(signed(answer(), new_signing_key()), AGENT, DEVICE_ID, KEYS)
    assert (proof.bad, proof.unchecked) == (False, True)
    assert json.loads(proof.kept or b"")["checked"] is False


def test_the_keyring_holds_the_key_of_joining_and_the_listed_ones() -> None:
    listed = public_text(new_signing_key())
    items: list[dict[str, Any]] = [
        {"key": listed, "key_id": "whatever"},
        {"key": "AAAA"},
        {"key": None},
        {},
    ]
    assert keyring(public_text(KEY), items) == KEYS | {key_id(listed): listed}
    assert keyring(None) == {}


def test_the_short_code_is_that_of_the_protocol() -> None:
    record_id = "019a9c00-0000-7000-8000-000000000001"
    hashed = hashlib.sha256(f"lorong-code-1\nc2ln\n{record_id}".encode()).digest()
    bits = "".join(f"{byte:08b}" for byte in hashed)[:50]
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    letters = [alphabet[int(bits[place : place + 5], 2)] for place in range(0, 50, 5)]
    expected = "".join(letters[:5]) + "-" + "".join(letters[5:])
    assert short_code("c2ln", record_id) == expected == "S9WAP-2B658"


def test_another_signature_or_record_has_another_code_without_letters_that_are_misheard() -> None:
    codes = {short_code(signature, str(n)) for signature in ("a", "b") for n in range(500)}
    assert len(codes) == 1_000
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", one) for one in codes)
