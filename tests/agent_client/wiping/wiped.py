"""A laptop that is revoked: the office's key, what it holds, what can be read of it."""

import base64
import json
from typing import Any

from nacl.public import PrivateKey, SealedBox

from agent_client.store import drafts, sealed
from agent_client.store.outbox import VaultOutbox
from agent_client.vault import Vault
from schemas.envelope import FieldError
from tests.agent_client.laptops import (
    NOW,
    outbox_of,
    save,
)
from tests.builders import content

KEY = PrivateKey(bytes(range(32)))


SECRETS = ("nik", "full_name", "alias", "mother_name", "phone", "street", "note")


def with_key(made: Vault, key: str | None = None) -> Vault:
    """Give a laptop the office's public key, as joining does."""
    public = base64.b64encode(bytes(KEY.public_key)).decode()
    with made.writing() as tx:
        tx.execute("update device set office_key = ?", [public if key is None else key])
    return made


def worker(n: int) -> dict[str, Any]:
    return content(n, alias=f"Daeng Nomor {n}", note=f"catatan rahasia {n}")


def accept(outbox: VaultOutbox, *record_ids: str, **members: Any) -> None:
    acks = [
        {"record_id": record_id, "digest": told, "verdict": "accepted", "reason": "new", **members}
        for record_id, told in outbox.held(None, 1000)
        if record_id in record_ids
    ]
    outbox.settle({"acks": acks, "epoch": "e1"}, receipt=b"signed", now=NOW)


def keep_draft(vault: Vault, n: int, **more: Any) -> int:
    with vault.writing() as tx:
        missing = [FieldError("months", "required")]
        return drafts.add_draft(tx, worker(n), missing, now=NOW, source="daftar.xlsx:3", **more)


def use(vault: Vault) -> tuple[str, str, int]:
    """Save two captures and a draft; the first capture is accepted."""
    outbox = outbox_of(vault)
    settled, waiting = save(outbox, worker(1)), save(outbox, worker(2))
    accept(outbox, settled)
    return settled, waiting, keep_draft(vault, 3)


def everything(vault: Vault) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables."""
    with vault.reading() as tx:
        names = [
            row[0] for row in tx.execute("select name from sqlite_master where type = 'table'")
        ]
        return {name: tx.execute(f"select * from {name}").fetchall() for name in names}


def secrets() -> list[str]:
    return [str(worker(n)[name]) for n in (1, 2, 3) for name in SECRETS]


def opened(vault: Vault) -> list[dict[str, Any]]:
    """Return what is sealed as the office reads it."""
    with vault.reading() as tx:
        found = sealed.sealed(tx)
    return [json.loads(SealedBox(KEY).decrypt(one.box)) for one in found]
