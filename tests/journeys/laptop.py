"""A laptop in the field: real encrypted files, its own clocks, killed and copied at will."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from agent_client import vault
from agent_client.capture import capture
from agent_client.config import Settings
from agent_client.exchanging import Exchanger
from agent_client.store import captures, device
from agent_client.store.captures import Capture
from agent_client.store.outbox import VaultOutbox
from agent_client.store.saving import Evidence
from agent_client.vault import Vault
from sync.ports import Clock, Reply, Transport
from sync.report import Report
from tests.agent_client.laptops import CLIENT, PASSPHRASE
from tests.journeys.ids import Ids
from tests.offices import Ticking

BUSY_SECONDS = 20
FILES = (vault.DATABASE, vault.DATABASE + "-wal", vault.KEYFILE)

Dial = Callable[[str, str | None], AbstractContextManager[Transport]]


@dataclass
class FieldClock:
    """A wall clock that is off by `drift`, and an uptime that is true; waiting takes no time."""

    true: Ticking
    boot_id: str
    drift: timedelta = timedelta()
    booted_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.booted_at = self.true() - timedelta(hours=1)

    def now(self) -> datetime:
        return self.true() + self.drift

    def uptime(self) -> tuple[str, int] | None:
        return self.boot_id, int((self.true() - self.booted_at).total_seconds())

    def sleep(self, seconds: float) -> None:
        """Do not wait."""

    def reboot(self, boot_id: str) -> None:
        self.boot_id, self.booted_at = boot_id, self.true()


class Killed(BaseException):
    """The laptop's power is gone."""


class Laptop:
    """One laptop and what its agent was told to be saved there: record_id to digest."""

    def __init__(self, shelf: Path, home: Path, clock: FieldClock, ids: Ids, dial: Dial) -> None:
        """Open the files in `home`; later ones, after each kill, lie in `shelf`."""
        self.shelf, self.home, self.clock = shelf, home, clock
        self.said: dict[str, str] = {}
        self.size = 25
        self._ids, self._dial, self._generations = ids, dial, count()
        self.open()

    def open(self) -> None:
        self.vault: Vault = vault.unlock(self.home, PASSPHRASE, BUSY_SECONDS)
        self.outbox = self._outbox(self._ids)

    def _outbox(self, new_id: Callable[[], UUID]) -> VaultOutbox:
        return VaultOutbox(self.vault, client=CLIENT, now=self.clock.now, new_id=new_id)

    @property
    def device(self) -> device.Device:
        with self.vault.reading() as tx:
            here = device.device(tx)
        assert here is not None
        return here

    def captures(self) -> list[Capture]:
        with self.vault.reading() as tx:
            return captures.captures(tx)

    def save(self, content: Mapping[str, Any], corrects: str | None = None) -> str:
        """Save a content at the door; what the door refuses an older program has let in."""
        evidence = Evidence(self.clock.now(), self.clock.uptime(), 240)
        taken = capture(self.vault, content, evidence, new_id=self._ids, corrects=corrects)
        if taken.saved is None:
            return self.put(content, corrects=corrects, draft_id=taken.draft_id)
        self.said[taken.saved.record_id] = taken.saved.digest
        return taken.saved.record_id

    def put(self, content: Mapping[str, Any], **more: Any) -> str:
        """Save a content unseen."""
        evidence = Evidence(self.clock.now(), self.clock.uptime(), 240)
        saved = self.outbox.put(content, evidence, **more)
        self.said[saved.record_id] = saved.digest
        return saved.record_id

    def save_as(self, record_id: str, content: Mapping[str, Any]) -> None:
        """Save a content under an id that is another record's."""
        evidence = Evidence(self.clock.now(), self.clock.uptime())
        saved = self._outbox(lambda: UUID(record_id)).put(content, evidence)
        self.said[record_id] = saved.digest

    def exchanger(self, dial: Dial | None = None, clock: Clock | None = None) -> Exchanger:
        return Exchanger(
            self.vault,
            self.outbox,
            clock or self.clock,
            dial or self._dial,
            stop=lambda: False,
            random=Random(1).random,
            settings=Settings(home=self.home, busy_seconds=BUSY_SECONDS),
            size=self.size,
        )

    def exchange(self, dial: Dial | None = None) -> Report:
        """Run the exchange as the worker does."""
        report = self.exchanger(dial).run()
        assert report.receipts_bad == 0, "an answer without a good receipt"
        return report

    def kill(self, copy: Path | None = None) -> None:
        """Lose the power at this instant, and open again what lies on the disk.

        `copy`: where a copy of it goes, made while nobody has it open.
        """
        left = self.shelf / f"{next(self._generations)}"
        left.mkdir(parents=True)
        for name in FILES:
            if (self.home / name).exists():
                shutil.copy(self.home / name, left / name)
        if copy is not None:
            shutil.copytree(left, copy)
        self.close()
        self.home = left
        self.open()

    def restore(self, copy: Path, said: Mapping[str, str], *, noted: bool) -> None:
        """Take an old copy in the place of what is there.

        `noted` as restoring a backup notes it; without it somebody only copied files.
        """
        self.close()
        self.home = self.shelf / f"{next(self._generations)}"
        shutil.copytree(copy, self.home)
        self.said = dict(said)
        self.open()
        if noted:
            with self.vault.writing() as tx:
                tx.execute("update device set restored = 1")

    def close(self) -> None:
        self.vault.close()
        shutil.rmtree(self.home)


class Deadly:
    """A transport with whose answer number `calls` the power goes."""

    def __init__(self, inner: Transport, calls: int) -> None:
        self._inner, self._left = inner, calls

    def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> Reply:
        return self._count(self._inner.get(path, headers=headers))

    def post(self, path: str, body: Mapping[str, Any]) -> Reply:
        return self._count(self._inner.post(path, body))

    def _count(self, reply: Reply) -> Reply:
        self._left -= 1
        if self._left == 0:
            raise Killed
        return reply


def deadly(dial: Dial, calls: int) -> Dial:
    """Dial as ever, to a Deadly transport."""

    @contextmanager
    def dialled(address: str, token: str | None) -> Iterator[Transport]:
        with dial(address, token) as transport:
            yield Deadly(transport, calls)

    return dialled
