"""A real laptop for tests: SQLCipher files in a folder, the cheapest passphrase, set clocks."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

from uuid6 import uuid7

from agent_client import vault
from agent_client.keyfile import Cost
from agent_client.store import device
from agent_client.store.outbox import VaultOutbox
from agent_client.store.saving import Evidence
from agent_client.vault import Vault
from sync.joining import Joined
from tests.builders import BOOT_ID, DEVICE_ID, content

NOW = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
PASSPHRASE = "ombak besar di paotere"
CHEAP = Cost(rounds=1, memory_mib=1)
CLIENT = "0.1.0"
JOINED = Joined(
    device_id=DEVICE_ID,
    agent_id="A-0007",
    agent_name="Daeng Sutte",
    office_id="O-1",
    office_name="Kantor Perisai Tallo",
    timezone="Asia/Makassar",
    token="a-token-of-the-office",
    receipt_key="",
    office_key="",
    time="2026-11-20T01:29:00.000Z",
)


@dataclass
class SetClock:
    """A clock that stands where it is set; waiting moves it on at once."""

    moment: datetime = NOW
    up: tuple[str, int] | None = (BOOT_ID, 3_600)
    stop: Event = field(default_factory=Event)
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    def uptime(self) -> tuple[str, int] | None:
        return self.up

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def new_vault(home: Path) -> Vault:
    """Make an empty vault that has not joined."""
    return vault.create(home, PASSPHRASE, CHEAP, busy_seconds=5)


def joined_vault(home: Path, office_url: str = "http://127.0.0.1:9") -> Vault:
    """Make an empty vault that has joined an office."""
    made = new_vault(home)
    with made.writing() as tx:
        device.name_device(tx, UUID(DEVICE_ID))
        device.keep_joining(tx, JOINED, name="Laptop uji", office_url=office_url, now=NOW)
    return made


def open_vault(home: Path) -> Vault:
    return vault.unlock(home, PASSPHRASE, busy_seconds=5)


def outbox_of(made: Vault, client: str = CLIENT) -> VaultOutbox:
    return VaultOutbox(made, client=client, now=lambda: NOW, new_id=uuid7)


def save(outbox: VaultOutbox, members: dict[str, Any] | None = None, **more: Any) -> str:
    """Save a sound content; return its record_id."""
    evidence = Evidence(NOW, (BOOT_ID, 3_600))
    return outbox.put(content() if members is None else members, evidence, **more).record_id
