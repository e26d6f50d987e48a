"""A laptop that is taken out of service, before a real office on a line that a test breaks."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from uuid6 import uuid7

from agent_client import vault
from agent_client.capture import capture
from agent_client.config import Settings
from agent_client.exchanging import Exchanger
from agent_client.joining import Newcomer, join_office
from agent_client.problems import AgentProblem
from agent_client.retiring import Retiring, retiring
from agent_client.store import device, drafts
from agent_client.store.outbox import VaultOutbox
from agent_client.store.queue import held
from agent_client.store.saving import Evidence
from agent_client.vault import BESIDE, DATABASE, Vault
from server.retiring import standing
from server.rules.retiring import Standing
from server.store import devices, ledger
from sync.limits import EXCHANGE, RECONCILE
from sync.ports import Reply, Transport
from sync.problems import LineProblem
from sync.report import Report
from tests.agent_client.laptops import CHEAP, CLIENT, PASSPHRASE
from tests.agent_client.office_line import ADDRESS, DeskClock, OfficeLine
from tests.builders import content
from tests.offices import Desk

_folders = count()
_people = count(1)


@dataclass
class BadLine:
    """A line whose next faults are `lost` (the request), `unheard` (the answer), `doubled`."""

    inner: OfficeLine
    faults: list[str]
    reached: Callable[[str, dict[str, Any]], None]

    def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> Reply:
        return self.inner.get(path, headers=headers)

    def post(self, path: str, body: Mapping[str, Any]) -> Reply:
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "lost":
            raise LineProblem("line_reset", reached=True)
        self.reached(path, dict(body))
        reply = self.inner.post(path, body)
        if fault == "doubled":
            reply = self.inner.post(path, body)
        if fault == "unheard":
            raise LineProblem("line_reset", reached=True)
        return reply


@dataclass
class Retiree:
    """The laptop; `is_news` while the office cannot know yet that an old copy was put back."""

    desk: Desk
    home: Path
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    copy: Path | None = None
    is_news: bool = False
    was_restored: bool = False

    def __post_init__(self) -> None:
        self.home = self.home / f"{next(_folders)}"
        self.vault: Vault = vault.create(self.home / "laptop", PASSPHRASE, CHEAP, 5)
        self.clock = DeskClock(self.desk)
        code = self.desk.code(self.desk.agent())
        with self.dial(ADDRESS, None) as transport:
            who = Newcomer("Laptop uji", "test", CLIENT)
            join_office(self.vault, transport, ADDRESS, code, who, clock=self.clock, new_id=uuid7)
        self.exchange()

    @contextmanager
    def dial(self, _address: str, token: str | None) -> Iterator[Transport]:
        self.line = OfficeLine(self.desk.client(), token)
        yield BadLine(self.line, self.faults, self._reached)

    def _reached(self, path: str, body: dict[str, Any]) -> None:
        if path in (EXCHANGE, RECONCILE):
            self.asked.append((path, body))
        if path == EXCHANGE:
            self.is_news = False

    @property
    def outbox(self) -> VaultOutbox:
        return VaultOutbox(self.vault, client=CLIENT, now=self.clock.now)

    @property
    def device_id(self) -> str:
        with self.vault.reading() as tx:
            here = device.device(tx)
        assert here is not None
        return here.device_id

    def exchange(self, *faults: str) -> Report:
        """Exchange as the worker does, over a line with these faults."""
        self.faults[:] = faults
        exchanger = Exchanger(
            self.vault,
            self.outbox,
            self.clock,
            self.dial,
            stop=lambda: False,
            random=lambda: 0.0,
            settings=Settings(home=self.vault.path.parent),
        )
        report = exchanger.run()
        self.faults.clear()
        return report

    def replay(self, number: int) -> None:
        """Let an old request reach the office once more; nobody hears the answer."""
        if self.asked:
            path, body = self.asked[number % len(self.asked)]
            self.line.post(path, body)

    def save(self, draft_id: int | None = None, **members: Any) -> str | None:
        """Save a capture, or complete a draft; return what it was refused for, if it was."""
        told = content(next(_people)) | members
        evidence = Evidence(self.clock.now())
        try:
            done = capture(self.vault, told, evidence, new_id=uuid7, draft_id=draft_id)
        except AgentProblem as problem:
            return problem.code
        return None if done.saved else "draft"

    def drafts(self) -> list[int]:
        with self.vault.reading() as tx:
            return [one.draft_id for one in drafts.drafts(tx)]

    def discard(self, draft_id: int) -> None:
        with self.vault.writing() as tx:
            drafts.delete_draft(tx, draft_id)

    def retiring(self) -> Retiring | None:
        """Return how far the laptop says it is."""
        with self.vault.reading() as tx:
            return retiring(tx)

    def standing(self) -> Standing:
        """Return where the office says that it stands."""
        with self.desk.office.store.read() as tx:
            return standing(tx, devices.by_id(tx, self.device_id))

    def unknown(self) -> set[tuple[str, str]]:
        """Return the pairs that it holds and the office does not know."""
        with self.vault.reading() as tx:
            pairs = set(held(tx, None, 10_000))
        with self.desk.office.store.read() as tx:
            return pairs - ledger.pairs(tx, {record_id for record_id, _ in pairs})

    def make_copy(self) -> None:
        """Copy what lies on the disk."""
        self.vault.close()
        self.copy = self.home / f"copy {next(_folders)}"
        shutil.copytree(self.vault.path.parent, self.copy)
        self._open(self.vault.path.parent)

    def restore(self) -> None:
        """Put the last copy in the place of what is there, which is gone."""
        if self.copy is None:
            return
        self.vault.close()
        here = self.vault.path.parent
        for end in ("", *BESIDE):
            (here / f"{DATABASE}{end}").unlink(missing_ok=True)
        shutil.copytree(self.copy, here, dirs_exist_ok=True)
        self._open(here)
        with self.vault.writing() as tx:
            device.note_restored(tx)
        self.is_news = self.was_restored = True

    def close(self) -> None:
        self.vault.close()
        shutil.rmtree(self.home)

    def _open(self, home: Path) -> None:
        self.vault = vault.unlock(home, PASSPHRASE, 5)
