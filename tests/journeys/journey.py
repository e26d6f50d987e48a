"""One journey: an office, a bad line to it, laptops of several agents, and all that happens.

Nothing is left to chance here: ids and clocks are the journey's own, so that the same moves
make the same journey (but for senders that run at once).
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from agent_client import vault
from agent_client.joining import Newcomer, join_office
from agent_client.store.device import Device
from agent_client.vault import Vault
from server import administer
from server.store.engine import Store
from sync.limits import EXCHANGE, RECONCILE
from sync.report import Identity, Report
from sync.sender import exchange_until_settled
from sync.transport import HttpTransport
from tests.agent_client.laptops import CHEAP, CLIENT, PASSPHRASE
from tests.journeys.counter import Counter, Rows
from tests.journeys.faults import Fault
from tests.journeys.ids import Ids
from tests.journeys.laptop import BUSY_SECONDS, FieldClock, Killed, Laptop, deadly
from tests.journeys.line import Delivery, Line
from tests.offices import Ticking

NOBODY = "http://127.0.0.1:9"
OFFICE = "Makassar"
SHORT, LONG = 0.15, 30.0
"""Seconds that a laptop waits for an answer: where the script holds one back, and else."""
AGENTS = ("ANI", "BASO")


@dataclass
class Copy:
    """The files of a laptop as they once were, and what was said to be saved by then."""

    files: Path
    said: dict[str, str]


@dataclass
class Backup:
    """The office's rows as they once were, and the deliveries that are in them."""

    rows: Rows
    deliveries: list[Delivery]


class Journey:
    """Laptops `one` and `two` of agent ANI, `three` of agent BASO, before one office."""

    def __init__(self, url: str, home: Path) -> None:
        self.home, self.now, self.ids = home, Ticking(), Ids()
        self.counter = Counter(url, home, self.now, self.ids)
        self.line = Line(self.counter.port)
        self._copies = count()
        administer.add_office(self.counter.office, OFFICE)
        for code in AGENTS:
            administer.add_agent(self.counter.office, f"Agen {code}", OFFICE, code)
        self.laptops: list[Laptop] = []
        self.tokens: dict[str, Device] = {}
        for agent in (AGENTS[0], AGENTS[0], AGENTS[1]):
            self.join(agent)

    @property
    def store(self) -> Store:
        return self.counter.office.store

    # The laptops

    def join(self, agent: str) -> Laptop:
        """Join a new laptop of an agent over the line as it is."""
        made = self.unjoined()
        self.join_by(self.new_code(agent), made)
        return self.add(made)

    def new_code(self, agent: str) -> str:
        """Ask a supervisor for a code."""
        return administer.make_join_code(self.counter.office, agent)

    def unjoined(self) -> Vault:
        """Make the files of a new laptop."""
        return vault.create(self.home / self.ids.text() / "new", PASSPHRASE, CHEAP, BUSY_SECONDS)

    def join_by(self, code: str, made: Vault) -> None:
        """Join with a code; raises what joining raises."""
        address, clock = self.line.address, FieldClock(self.now, "before")
        with self.dial(address, None) as transport:
            who = Newcomer("Laptop uji", "test", CLIENT)
            join_office(made, transport, address, code, who, clock=clock, new_id=self.ids)

    def add(self, made: Vault) -> Laptop:
        """Use a laptop that has joined."""
        made.close()
        home = made.path.parent
        clock = FieldClock(self.now, self.ids.text())
        laptop = Laptop(home.parent, home, clock, self.ids, self.dial)
        self.laptops.append(laptop)
        self.tokens[str(laptop.device.token)] = laptop.device
        return laptop

    def dial(self, address: str, token: str | None) -> HttpTransport:
        """Make a laptop's way to the office, as patient as the script allows."""
        script = self.line.script
        if script and script[0] is Fault.REFUSED:
            address = NOBODY
            self.line.next_fault()
        holds = any(fault.answer == "held" for fault in script)
        return HttpTransport(
            address,
            client=CLIENT,
            token=token,
            read_seconds=SHORT if holds else LONG,
            # Every look at it is half a second later: batches do not depend on how fast
            # the machine is today.
            timer=count(0.0, 0.5).__next__,
        )

    def exchange(self, laptop: Laptop, *faults: Fault, size: int | None = None) -> Report:
        """Let a laptop exchange while the line does this to its first requests."""
        laptop.size = size or laptop.size
        self.line.follow(faults)
        try:
            return laptop.exchange()
        finally:
            self.line.script.clear()

    def exchange_at_once(
        self,
        first: Laptop,
        second: Laptop,
        *faults: Fault,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> None:
        """Let two senders exchange at the same time; one laptop may be both of them."""
        self.line.follow(faults)
        with ThreadPoolExecutor(3) as all_three:
            sending = [all_three.submit(self.exchange_unlocked, one) for one in (first, second)]
            all_three.submit(meanwhile).result()
            for done in sending:
                done.result()
        self.line.script.clear()

    def exchange_unlocked(self, laptop: Laptop) -> Report:
        """Exchange without the lock that keeps two programs on one laptop apart."""
        here = laptop.device
        identity = Identity(here.device_id, str(here.agent_id), {}, restored=here.restored)
        with self.dial(str(here.office_url), here.token) as transport:
            return exchange_until_settled(
                laptop.outbox,
                transport,
                laptop.clock,
                identity,
                stop=lambda: False,
                random=lambda: 0.0,
                size=laptop.size,
            )

    def kill_while_exchanging(self, laptop: Laptop, calls: int) -> None:
        """Take the power when this many answers have come, before the last is settled."""
        with suppress(Killed):
            laptop.exchange(deadly(self.dial, calls))
        laptop.kill()

    def copy(self, laptop: Laptop) -> Copy:
        """Keep a copy of a laptop's files, made between two moves."""
        files = self.home / f"copy-{next(self._copies)}"
        laptop.kill(copy=files)
        return Copy(files, dict(laptop.said))

    def set_beside(self, laptop: Laptop, copy: Copy) -> Laptop:
        """Use an old copy on another machine, beside the laptop that it was made of."""
        name = self.ids.text()
        clock = FieldClock(self.now, name, laptop.clock.drift)
        shutil.copytree(copy.files, self.home / name / "new")
        twin = Laptop(self.home / name, self.home / name / "new", clock, self.ids, self.dial)
        twin.said = dict(copy.said)
        self.laptops.append(twin)
        return twin

    def send_raw(self, laptop: Laptop, envelopes: Sequence[Any]) -> Any:
        """Send what no laptop makes, with a laptop's token, past its queue."""
        here = laptop.device
        body = {
            "protocol": 1,
            "device_id": here.device_id,
            "sent_at": laptop.clock.now().isoformat(),
            "heartbeat": {"waiting": 0, "drafts": 0, "set_aside": 0, "last_seq": here.last_seq},
            "envelopes": list(envelopes),
        }
        with self.dial(self.line.address, here.token) as transport:
            return transport.post(EXCHANGE, body).body

    def ask_about(self, laptop: Laptop, pairs: Sequence[tuple[str, str]]) -> Any:
        """Reconcile any pairs with a laptop's token."""
        body = {"protocol": 1, "records": [list(pair) for pair in pairs][:1000]}
        with self.dial(self.line.address, laptop.device.token) as transport:
            return transport.post(RECONCILE, body).body

    # The office

    def restart_office(self) -> None:
        """End the office and start it again on what lies in its database."""
        self.counter.shut()
        self.counter.open()
        self.line.office_port = self.counter.port

    def back_up_office(self) -> Backup:
        """Keep what the office has by now."""
        self.counter.stumble(0)
        known = [delivery for delivery in self.line.deliveries if not delivery.undone]
        return Backup(self.counter.backup(), known)

    def restore_office(self, backup: Backup) -> None:
        """Put an earlier state in the office's place; what it was sent since is gone."""
        self.line.mend()
        self.counter.stumble(0)
        self.counter.restore(backup.rows)
        known = {id(delivery) for delivery in backup.deliveries}
        for delivery in self.line.deliveries:
            delivery.undone = id(delivery) not in known

    # The end

    def finish(self) -> None:
        """Let the line be good until nothing waits; then let everyone hear the last news.

        A correction whose target never comes is judged after seven days, and what was set
        aside is tried again after one.
        """
        self.line.mend()
        self.counter.stumble(0)
        for _ in range(10):
            for laptop in self.laptops:
                laptop.exchange()
            if not any(one.waiting for laptop in self.laptops for one in laptop.captures()):
                break
            self.now.forward(days=1, minutes=1)
        for laptop in self.laptops:
            laptop.exchange()

    def deliveries(self) -> Iterator[Delivery]:
        """Give the exchanges that the office answered and did not lose again since."""
        for delivery in self.line.deliveries:
            took = delivery.asked.path == EXCHANGE and delivery.answered.status == 200
            if took and not delivery.undone:
                yield delivery

    def close(self) -> None:
        for laptop in self.laptops:
            laptop.close()
        self.line.close()
        self.counter.shut()
        shutil.rmtree(self.home, ignore_errors=True)


NewJourney = Callable[[], Journey]
