"""One run of the exchange on this laptop: what is sent, settled and fetched, one at a time."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from agent_client.config import Settings
from agent_client.lists import is_readable, receipt_keys
from agent_client.locks import alone
from agent_client.problems import AgentProblem
from agent_client.retention import purge_due
from agent_client.retiring import compare_when_done
from agent_client.store import device, exchange, reference
from agent_client.store.outbox import VaultOutbox
from agent_client.vault import Vault
from agent_client.wiping import settle_handed_in, wipe
from sync.batching import FIRST_SIZE
from sync.digest import canonical
from sync.known_niks import WHOLE, KnownNiks
from sync.limits import PING
from sync.ports import Clock, Reply, Transport
from sync.problems import LineProblem, problem_of
from sync.receipts import keyring
from sync.references import KNOWN_NIKS, NAMES, fetch_references
from sync.report import Identity, Report
from sync.sender import exchange_until_settled

LOCK: Final = "sync.lock"
Dial = Callable[[str, str | None], AbstractContextManager[Transport]]
"""Makes the transport to an address, with a token or without one, and closes it again."""


@dataclass(slots=True)
class Exchanger:
    """What one run after the other needs; `size` and `failures` go from each to the next."""

    vault: Vault
    outbox: VaultOutbox
    clock: Clock
    dial: Dial
    stop: Callable[[], bool]
    random: Callable[[], float]
    settings: Settings
    size: int = FIRST_SIZE
    failures: int = 0
    on_progress: Callable[[Report], None] | None = field(default=None, repr=False)

    def run(self) -> Report:
        """Exchange until all is settled, fetch the lists that changed, purge what is due.

        Where the office has revoked the laptop and asks for it, the laptop is wiped; one that
        is to stop compares all that it holds, and tells the office.
        Only one run at a time on a laptop, whichever program starts it. AgentProblem
        `not_joined`, `sync_running`, `disk_full` and the like; what goes wrong with the
        line stands in the report.
        """
        with one_at_a_time(self.vault.path.parent, self.settings.busy_seconds):
            here, identity = self._who()
            with self.dial(str(here.office_url), here.token) as transport:
                report = self._exchange(transport, identity)
                self._remember(report)
                if report.problem is None:
                    settle_handed_in(self.vault, self.outbox, transport, self.clock.now())
                    self.fetch(transport, report.references)
                    report = self._tell_compared(transport, identity, report)
            if report.problem is None:
                purge_due(self.vault, self.settings, self.clock.now())
            if report.wipe:
                wipe(self.vault, self.clock.now())
        return report

    def fetch(self, transport: Transport, wanted: Mapping[str, str]) -> None:
        """Fetch lists by name and announced version ("" for any) and keep what can be read."""
        with self.vault.reading() as tx:
            held = reference.versions(tx)
        for name, reply in fetch_references(transport, held, wanted).items():
            if isinstance(reply, Reply):
                self._keep(name, reply)

    def fetch_all(self, transport: Transport) -> None:
        """Fetch every list, whatever version is held."""
        self.fetch(transport, dict.fromkeys(NAMES, ""))

    def probe(self) -> bool:
        """Tell whether the office answers; keeps nothing."""
        here, _ = self._who()
        try:
            with self.dial(str(here.office_url), None) as transport:
                return problem_of(transport.get(PING)) is None
        except LineProblem:
            return False

    def _who(self) -> tuple[device.Device, Identity]:
        with self.vault.reading() as tx:
            here = device.device(tx)
            keys = receipt_keys(tx)
        if here is None or here.office_url is None:
            raise AgentProblem("not_joined")
        identity = Identity(
            device_id=here.device_id,
            agent_id=str(here.agent_id),
            keys=keyring(here.receipt_key, keys),
            restored=here.restored,
        )
        return here, identity

    def _exchange(self, transport: Transport, identity: Identity) -> Report:
        return exchange_until_settled(
            self.outbox,
            transport,
            self.clock,
            identity,
            stop=self.stop,
            random=self.random,
            size=self.size,
            failures=self.failures,
            on_progress=self.on_progress,
        )

    def _tell_compared(self, transport: Transport, identity: Identity, report: Report) -> Report:
        """Compare all where the laptop is to stop and is done, and say so in one exchange more."""
        rests = report.resume_after_s is not None or report.stopped
        if rests or not compare_when_done(self.vault, self.outbox, transport, self.clock):
            return report
        told = self._exchange(transport, identity)
        self._remember(told)
        return replace(
            report,
            exchanges=report.exchanges + told.exchanges,
            problem=told.problem,
            resume_after_s=told.resume_after_s,
        )

    def _remember(self, report: Report) -> None:
        self.size = report.size
        self.failures = 0 if report.problem is None else self.failures + 1
        problem = None if report.problem is None else report.problem.code
        with self.vault.writing() as tx:
            exchange.keep_try(tx, problem, self.clock.now())
            if report.caught_up:
                device.keep_caught_up(tx)

    def _keep(self, name: str, reply: Reply) -> None:
        with self.vault.writing() as tx:
            if name == KNOWN_NIKS:
                keep_known_niks(tx, reply.raw, self.clock.now())
                return
            body = canonical(reply.body)
            if is_readable(name, body):
                fetched = reference.Reference(name, reply.body["version"], body)
                reference.keep_reference(tx, fetched, self.clock.now())


def keep_known_niks(tx: Database, raw: bytes, now: datetime) -> None:
    """Keep the whole list, or what was added to the one that is held.

    What does not fit lets the held one go: then it is fetched whole the next time.
    """
    held = reference.reference(tx, KNOWN_NIKS)
    try:
        if raw.startswith(WHOLE):
            version = KnownNiks.from_bytes(raw).version
            reference.keep_reference(tx, reference.Reference(KNOWN_NIKS, version, raw), now)
        elif held is not None:
            former = KnownNiks.from_bytes(held.body, reference.additions(tx, KNOWN_NIKS))
            version = former.with_additions(raw).version
            reference.keep_addition(tx, KNOWN_NIKS, version, raw, now)
    except ValueError:
        reference.drop_reference(tx, KNOWN_NIKS)


def one_at_a_time(home: Path, seconds: int) -> AbstractContextManager[None]:
    """Hold the laptop's one exchange; AgentProblem `sync_running`, `folder_read_only`."""
    return alone(home / LOCK, seconds, "sync_running")
