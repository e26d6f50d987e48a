"""Receipts that a real office signed, and the files that are made of them."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey
from sqlite_utils import Database

from agent_client.proof_files import proof_file
from agent_client.proofs import day_proof, trusted_keys
from agent_client.store import device
from sync.receipts import keyring, public_text, receipt_payload, sign
from tests.agent_client.laptops import open_vault
from tests.agent_client.office_line import AgentLaptop
from tests.builders import content

DAY = date(2026, 11, 20)
OTHER = SigningKey(bytes(range(1, 33)))
"""A key that is no office's."""


def hand_in(laptop: AgentLaptop, *people: int) -> list[str]:
    """Capture people and exchange; return their record ids."""
    ids = [laptop.capture(content(n))["record_id"] for n in people]
    assert laptop.run("sync").exit_code == 0
    return ids


@contextmanager
def reading(laptop: AgentLaptop) -> Iterator[Database]:
    """Open a laptop's database to look at it."""
    opened = open_vault(laptop.home)
    with opened.reading() as tx:
        yield tx
    opened.close()


@contextmanager
def writing(laptop: AgentLaptop) -> Iterator[Database]:
    """Open a laptop's database to change it by hand."""
    opened = open_vault(laptop.home)
    with opened.writing() as tx:
        yield tx
    opened.close()


def file_of(laptop: AgentLaptop, day: date = DAY) -> bytes:
    """Return a day's proof as the laptop writes it."""
    with reading(laptop) as tx:
        here = device.device(tx)
        assert here is not None
        return proof_file(day_proof(tx, day, here.zone()), here, trusted_keys(tx))


def keys_of(laptop: AgentLaptop) -> dict[str, str]:
    """Return the keys that a laptop trusts."""
    with reading(laptop) as tx:
        return trusted_keys(tx)


def said(receipt: dict[str, str]) -> dict[str, Any]:
    """Return what a receipt's payload says, to be changed."""
    body: dict[str, Any] = json.loads(receipt["payload"].partition("\n")[2])
    return body


def payload_of(body: dict[str, Any]) -> bytes:
    """Return the payload of what was said."""
    return receipt_payload(
        body["agent_id"], body["device_id"], body["epoch"], body["time"], body["acks"]
    )


def signed_by(key: SigningKey, body: dict[str, Any]) -> dict[str, str]:
    """Return a receipt over what was said, by any key."""
    payload = payload_of(body)
    return {**sign(key, payload), "payload": payload.decode()}


def key_items(*keys: SigningKey) -> Sequence[dict[str, str]]:
    """Return public keys as a file lists them."""
    return [
        {"key_id": name, "key": text}
        for key in keys
        for name, text in keyring(public_text(key)).items()
    ]


def written(tmp_path: Path, body: object) -> Path:
    """Write a proof's file, as bytes or as JSON."""
    path = tmp_path / "bukti.json"
    path.write_bytes(body if isinstance(body, bytes) else json.dumps(body).encode())
    return path
