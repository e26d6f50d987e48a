"""What a laptop does when the office, having revoked it, asks it to wipe.

What the office has acknowledged is purged: ids, digests, verdicts and receipts stay, for
proof and reconciling. The rest is sealed to the office's key and nothing readable remains.
Yet the revoking may have been a mistake, so nothing is lost: the sealed part goes to the
office as a file (`lorong-server open-sealed`), and a laptop that was let in again asks how
that was decided (sync/PROTOCOL.md, Wiping).
"""

import base64
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nacl.public import PublicKey, SealedBox
from sqlite_utils import Database

from agent_client.problems import AgentProblem
from agent_client.store import device, notices, reference, sealed
from agent_client.vault import Vault
from sync.answers import reconcile_answer
from sync.limits import PROTOCOL, RECONCILE, RECONCILE_RECORDS
from sync.ports import Outbox, Transport
from sync.problems import SyncProblem, problem_of
from sync.references import KNOWN_NIKS


@dataclass(frozen=True, slots=True)
class Wiped:
    """How many captures were purged, and how many captures and drafts were sealed."""

    purged: int
    sealed: int = 0
    drafts: int = 0


def wipe(vault: Vault, now: datetime) -> Wiped:
    """Purge what is acknowledged and seal the rest, in one transaction; again is harmless.

    AgentProblem `disk_full` and the like: then all is as it was before.
    """
    with vault.writing() as tx:
        done = _wipe(tx, now)
    vault.scour()
    return done


def export_sealed(vault: Vault, path: Path) -> tuple[int, int]:
    """Write what is sealed to a file, JSON lines; return how many captures and drafts.

    It stays on the laptop as well, and no file is written where nothing is sealed.
    AgentProblem `export_unwritable`.
    """
    with vault.reading() as tx:
        found = sealed.sealed(tx)
    if found:
        _write(path, b"".join(_line(one) for one in found))
    captures = sum(one.record_id is not None for one in found)
    return captures, len(found) - captures


def settle_handed_in(vault: Vault, outbox: Outbox, transport: Transport, now: datetime) -> None:
    """Ask the office how the sealed captures stand, and settle those that reached it.

    Where the line is lost meanwhile the next run asks again.
    """
    with vault.reading() as tx:
        pairs = sealed.sealed_pairs(tx)
    try:
        for first in range(0, len(pairs), RECONCILE_RECORDS):
            records = [list(pair) for pair in pairs[first : first + RECONCILE_RECORDS]]
            reply = transport.post(RECONCILE, {"protocol": PROTOCOL, "records": records})
            problem = problem_of(reply)
            if problem is not None:
                return
            acks = {"acks": reconcile_answer(reply)["acks"], "changes": []}
            outbox.settle(acks, receipt=None, now=now)
    except SyncProblem:
        return


def _wipe(tx: Database, now: datetime) -> Wiped:
    here = device.device(tx)
    purged = sealed.purge_settled(tx, now)
    notices.blank_shown(tx)
    reference.drop_reference(tx, KNOWN_NIKS)
    seal = None if here is None else _sealer(here.office_key)
    if here is None or seal is None:
        # Without the office's key nothing could ever be opened again: better left as it is.
        return Wiped(purged)
    return Wiped(
        purged,
        sealed.seal_waiting(tx, seal, now),
        sealed.seal_drafts(tx, seal, here.device_id, now),
    )


def _sealer(office_key: str | None) -> sealed.Seal | None:
    """Return what seals to a public key, base64, None where it is no key."""
    try:
        box = SealedBox(PublicKey(base64.b64decode(office_key or "", validate=True)))
    except (ValueError, TypeError):
        return None
    return lambda plain: bytes(box.encrypt(plain))


def _line(one: sealed.Sealed) -> bytes:
    if one.record_id is None:
        named: dict[str, object] = {"draft_id": one.draft_id}
    else:
        named = {"record_id": one.record_id, "digest": one.digest}
    box = base64.b64encode(one.box).decode("ascii")
    return json.dumps({**named, "sealed": box}).encode("ascii") + b"\n"


def _write(path: Path, content: bytes) -> None:
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise AgentProblem("export_unwritable", file=path.name) from error
