"""A receipt that is kept or shown is read in its one form, and in no other."""

from typing import Any

import pytest
from nacl.signing import SigningKey

from sync.kept_receipts import Receipt, read_kept, read_payload, read_receipt
from sync.receipts import (
    key_id,
    new_signing_key,
    proof_of,
    public_text,
    receipt_payload,
    sign,
    standings,
)
from tests.builders import DEVICE_ID

KEY = SigningKey(bytes(range(32)))
KEYS = {key_id(public_text(KEY)): public_text(KEY)}
AGENT = "019a9c00-0000-7000-8000-0000000000a1"
RECORD = "019a9c00-0000-7000-8000-000000000001"
ACK = [RECORD, "d" * 64, 7, "accepted", "new"]
TIME = "2026-11-20T01:30:00.000Z"


def payload(*acks: Any, agent_id: Any = AGENT, epoch: Any = "e1", time: Any = TIME) -> str:
    return receipt_payload(agent_id, DEVICE_ID, epoch, time, acks or (ACK,)).decode()


def test_what_was_kept_of_an_answer_is_read_back() -> None:
    ack = dict(zip(("record_id", "digest", "seq", "verdict", "reason"), ACK, strict=True))
    body: dict[str, Any] = {"epoch": "e1", "time": TIME, "acks": [ack]}
    signed = receipt_payload(AGENT, DEVICE_ID, "e1", TIME, standings(body))
    proof = proof_of({**body, "receipt": sign(KEY, signed)}, AGENT, DEVICE_ID, KEYS)
    receipt = read_kept(proof.kept or b"")
    assert (receipt.payload, receipt.checked) == (payload(), True)
    assert receipt.is_good(KEYS)
    assert not receipt.is_good({receipt.key_id: public_text(new_signing_key())})
    said = read_payload(receipt.payload)
    assert (said.agent_id, said.device_id, said.epoch) == (AGENT, DEVICE_ID, "e1")
    assert (said.time.isoformat(), said.acks) == ("2026-11-20T01:30:00+00:00", (ACK,))


def test_a_receipt_needs_its_three_texts() -> None:
    whole = {"key_id": "k", "signature": "s", "payload": "p"}
    assert read_receipt(whole) == Receipt("k", "s", "p", checked=False)
    assert read_receipt(whole).body() == whole
    for members in (None, [], "x", *({**whole, name: 7} for name in whole)):
        with pytest.raises(ValueError, match="no receipt"):
            read_receipt(members)
    for kept in (b"", b"signed", b"\xff", b"[]", b'{"key_id":"k"}'):
        with pytest.raises(ValueError, match=r".+"):
            read_kept(kept)


@pytest.mark.parametrize(
    "changed",
    [
        "",
        "lorong-receipt-1",
        "lorong-receipt-1\n",
        "lorong-receipt-1\n[]",
        "lorong-receipt-1\n" + "[" * 100_000,
        payload().replace("receipt-1", "receipt-2"),
        payload().replace('"epoch"', '"epoc"'),
        payload().replace('"agent_id"', '"a":1,"agent_id"'),
        payload().replace(",7,", ",07,"),
        payload().replace(",7,", ", 7,"),
        payload().replace('"accepted"', '"\\u0061ccepted"'),
        payload() + "\n",
        payload() + "\ud800",
        payload("ab"),
        payload(ACK[:4]),
        payload([*ACK, 1]),
        payload([7, *ACK[1:]]),
        payload(["R1", *ACK[1:]]),
        payload([RECORD, "d1", *ACK[2:]]),
        *(payload([*ACK[:2], seq, *ACK[3:]]) for seq in (0, -1, True, None, "7", 2**53)),
        payload([*ACK[:3], "accepted\x1b[2J", "new"]),
        payload([*ACK[:3], "a" * 41, "new"]),
        payload([*ACK[:3], "accepted", None]),
        payload(agent_id=""),
        payload(agent_id="\u202eagent"),
        payload(epoch=7),
        *(payload(time=time) for time in (7, "", "2026-11-20", "9999-12-31T23:59:59Z")),
        payload(time="0001-01-01T00:00:00Z"),
    ],
)
def test_any_other_form_is_none(changed: str) -> None:
    read_payload(payload())
    with pytest.raises(ValueError, match=r".+"):
        read_payload(changed)


def test_a_verdict_that_nobody_knows_yet_is_read() -> None:
    [ack] = read_payload(payload([*ACK[:3], "postponed", "flood_2027"])).acks
    assert ack[3:] == ["postponed", "flood_2027"]
