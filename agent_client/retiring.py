"""A laptop that is taken out of service: what is left on it, and whether it is safe to wipe.

It stops, sends what it has, and compares all that it holds (sync/PROTOCOL.md, Taken out of
service). What is left in drafts only the agent can finish or throw away.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from agent_client.store import captures, drafts, sealed, stopping
from agent_client.store.stopping import Stop
from agent_client.vault import DATABASE, Vault
from sync.ports import Clock, Outbox, Transport
from sync.problems import SyncProblem
from sync.retiring import compare_all


@dataclass(frozen=True, slots=True)
class Retiring:
    """How far a laptop is that is to stop.

    `waiting` captures, `drafts` and `damaged` files of databases beside this one are what is
    left; sealed ones count. `pairs` is how many captures it holds.
    """

    stop: Stop
    waiting: int
    drafts: int
    damaged: int
    pairs: int

    @property
    def has_left(self) -> bool:
        """Tell whether something lies here that was neither sent nor thrown away."""
        return bool(self.waiting or self.drafts or self.damaged)

    @property
    def safe_at(self) -> str | None:
        """Since when the office says that nothing is lost with this database, None for not."""
        return None if self.has_left else self.stop.safe_at


def retiring(tx: Database) -> Retiring | None:
    """Return how far the laptop is, None where it is in service."""
    stop = stopping.stop(tx)
    if stop is None:
        return None
    return Retiring(
        stop,
        waiting=captures.count_unsettled(captures.count_captures(tx)),
        drafts=drafts.count_drafts(tx) + len(sealed.sealed_drafts(tx)),
        damaged=_damaged(tx),
        pairs=stopping.count_pairs(tx),
    )


def stopped_body(one: Retiring | None) -> dict[str, Any] | None:
    """Return what a heartbeat says of it, None where the office must tell its order first."""
    if one is None or one.stop.stop_order is None:
        return None
    body = {
        "order": one.stop.stop_order,
        "drafts": one.drafts,
        "pairs": one.pairs,
        "damaged": one.damaged,
    }
    return body if one.stop.known_at is None else {**body, "known_at": one.stop.known_at}


def compare_when_done(vault: Vault, outbox: Outbox, transport: Transport, clock: Clock) -> bool:
    """Compare all that is held, where nothing is left; tell whether the office knows it all.

    Nothing is compared again that the office has found safe. Where the line is lost
    meanwhile, the next run compares.
    """
    with vault.reading() as tx:
        found = retiring(tx)
    if found is None or found.has_left or found.stop.safe_at or found.stop.stop_order is None:
        return False
    try:
        known = compare_all(outbox, transport, clock, found.stop.stop_order)
    except SyncProblem:
        return False
    if known is None:
        return False
    with vault.writing() as tx:
        stopping.keep_known(tx, found.stop.stop_order, *known)
    return True


def _damaged(tx: Database) -> int:
    """Count the damaged databases that a restored one was put in the place of."""
    here = Path(tx.execute("pragma database_list").fetchone()[2]).parent
    names = (path.name for path in here.glob(f"{DATABASE}.damaged-*"))
    return sum(not name.endswith(("-wal", "-shm")) for name in names)
