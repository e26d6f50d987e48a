"""A laptop by each implementation of the outbox, and what a test looks at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from agent_client.store import captures
from agent_client.store.outbox import VaultOutbox
from agent_client.store.receipts import receipts
from agent_client.store.saving import Evidence
from agent_client.vault import Vault
from sync.ports import Outbox, Settled, Waiting
from tests.agent_client.laptops import joined_vault, open_vault
from tests.memory_outbox import MemoryOutbox, Shelf

NOW = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


DAY = timedelta(days=1)


Ack = dict[str, Any]


@dataclass
class Look:
    """How one capture stands on the laptop; None in place of it where it is not held."""

    waiting: bool
    verdict: str | None
    reason: str | None
    problem: str | None


class Laptop(Protocol):
    """An outbox, and what only the laptop itself can do and see."""

    outbox: Outbox

    def save(
        self, content: dict[str, Any], now: datetime = NOW, corrects: str | None = None
    ) -> str:
        """Save a capture; return its record_id."""
        ...

    def look(self, record_id: str) -> Look | None:
        """Return how a capture stands."""
        ...

    def receipts(self) -> list[bytes]:
        """Return the signed lists that were kept."""
        ...

    def opened_again(self, client: str = "0.1.0") -> "Laptop":
        """Return the same laptop, closed and opened, maybe by another version."""
        ...


class MemoryLaptop:
    """A laptop whose outbox is tests.memory_outbox."""

    def __init__(self, shelf: Shelf | None = None, client: str = "0.1.0") -> None:
        self.shelf = shelf or Shelf()
        self._memory = MemoryOutbox(self.shelf, client=client)
        self.outbox: Outbox = self._memory

    def save(
        self, content: dict[str, Any], now: datetime = NOW, corrects: str | None = None
    ) -> str:
        return self._memory.put(content, now, corrects=corrects)

    def look(self, record_id: str) -> Look | None:
        record = self.shelf.records.get(record_id)
        if record is None:
            return None
        standing = record.standing
        return Look(record.waiting, standing.get("verdict"), standing.get("reason"), record.problem)

    def receipts(self) -> list[bytes]:
        return self.shelf.receipts

    def opened_again(self, client: str = "0.1.0") -> Laptop:
        return MemoryLaptop(self.shelf, client)


class VaultLaptop:
    """A laptop as agents have it: SQLCipher in a folder."""

    def __init__(self, folder: Path, vault: Vault, client: str = "0.1.0") -> None:
        self._folder = folder
        self._vault = vault
        self._real = VaultOutbox(vault, client=client, now=lambda: NOW)
        self.outbox: Outbox = self._real

    def save(
        self, content: dict[str, Any], now: datetime = NOW, corrects: str | None = None
    ) -> str:
        return self._real.put(content, Evidence(now), corrects=corrects).record_id

    def look(self, record_id: str) -> Look | None:
        with self._vault.reading() as tx:
            one = captures.capture(tx, record_id)
        return None if one is None else Look(one.waiting, one.verdict, one.reason, one.problem)

    def receipts(self) -> list[bytes]:
        with self._vault.reading() as tx:
            return receipts(tx)

    def opened_again(self, client: str = "0.1.0") -> Laptop:
        self._vault.close()
        return VaultLaptop(self._folder, open_vault(self._folder), client)


Factory = Callable[[Path], Laptop]


FACTORIES: dict[str, Factory] = {
    "memory": lambda folder: MemoryLaptop(),
    "vault": lambda folder: VaultLaptop(folder, joined_vault(folder)),
}


"""An empty laptop that has joined, its files in a folder of its own."""


def waiting(laptop: Laptop, sent: tuple[str, ...] = (), now: datetime = NOW) -> list[Waiting]:
    return laptop.outbox.next_batch(500, sent=sent, now=now)


def waiting_ids(laptop: Laptop, sent: tuple[str, ...] = (), now: datetime = NOW) -> list[str]:
    return [one.record_id for one in waiting(laptop, sent, now)]


def digest_of(laptop: Laptop, record_id: str) -> str:
    return dict(laptop.outbox.held(None, 1000))[record_id]


def ack(laptop: Laptop, record_id: str, verdict: str = "accepted", reason: str = "new") -> Ack:
    members = {"record_id": record_id, "digest": digest_of(laptop, record_id)}
    return {**members, "verdict": verdict, "reason": reason, "seq": 7}


def settle(laptop: Laptop, *acks: Ack, receipt: bytes | None = None, **members: Any) -> Settled:
    answer = {"acks": list(acks), "changes": [], **members}
    return laptop.outbox.settle(answer, receipt=receipt, now=NOW)
