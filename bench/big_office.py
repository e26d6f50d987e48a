"""An office with a million enrolments of two years in its books, 5,000 agents, and cases.

Written by the functions that an exchange writes with, but in large transactions and without
judging: what a record's standing would have come to is known here. The doctor finds nothing
wrong. Only the traces by which alike people are found are left out.
"""

import dataclasses
import os
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bench.big_desk import furnish, is_furnished
from bench.crowd import MOMENT, contents
from bench.doubts import (
    CORRECTIONS,
    SAID,
    Agent,
    Made,
    case_of,
    decided,
    decision_of,
    doubtful,
    outline_of,
)
from schemas.envelope import rfc3339
from schemas.regions import all_regions
from schemas.words import Reason, Verdict
from server import administer
from server.config import settings_from
from server.examine import known_as
from server.office import Office, open_office
from server.review import ODD_NIK
from server.rules.record import Record
from server.rules.stations import BEGINNING
from server.store import bulk, cases, ledger, performance
from server.store import people as outlines
from server.store.case_tables import decisions
from server.store.tables import agents, devices, holders, stations
from sync.digest import digest_and_form

ENROLMENTS: Final = int(os.environ.get("LORONG_BENCH_ENROLMENTS", "1000000"))
AGENTS: Final = 5_000
OFFICES: Final = 20
SPAN: Final = timedelta(days=730)
EVERY: Final = 25
"""One of so many records is doubtful, and every second of these was decided."""
JHT: Final = 20_000
KINDS: Final = tuple(SAID)
_AT_ONCE: Final = 20_000
_WORKERS: Final = 500
_ZONE: Final = ZoneInfo("Asia/Makassar")


def big_office(home: Path, url: str | None = None) -> Office:
    """Return the office in a folder, at this URL or in SQLite there; made where it is empty."""
    environ = {"LORONG_HOME": str(home)} | ({"LORONG_DATABASE_URL": url} if url else {})
    settings = settings_from(environ)
    administer.migrate(settings)
    office = dataclasses.replace(open_office(settings), now=lambda: MOMENT)
    with office.store.read() as tx:
        is_empty = ledger.greatest_seq(tx) == 0
        is_bare = not is_furnished(tx)
    if is_empty:
        _Building(office).build()
    if is_bare:
        furnish(office)
    return office


class _Building:
    """Makes an office, the same for the same number of enrolments, its keys apart."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.rng = random.Random(11)
        self.agents: list[Agent] = []
        self.numbers: Counter[str] = Counter()

    def build(self) -> None:
        """Write everything, and let the database look at what it has."""
        self._hire()
        made = self._enrolments()
        while part := list(islice(made, _AT_ONCE)):
            with self.office.store.write() as tx:
                self._write(tx, part)
        with self.office.store.write() as tx:
            for device_id, number in self.numbers.items():
                own = sa.update(devices).where(devices.c.device_id == device_id)
                tx.execute(own.values(last_seq=number))
            if tx.dialect.name == "postgresql":
                tx.exec_driver_sql("ANALYZE")  # as its autovacuum would; SQLite never looks

    def _hire(self) -> None:
        names = (f"Kantor {number}" for number in range(1, OFFICES + 1))
        offices = [administer.add_office(self.office, name) for name in names]
        city = [one.code for one in all_regions() if one.code.startswith("73.71.")]
        for number in range(AGENTS):
            start = self.rng.randrange(len(city) - 4)
            walks = tuple(self.rng.sample(city[start : start + 4], 3))
            agent_id, device_id = self._id(MOMENT - SPAN), self._id(MOMENT - SPAN)
            self.agents.append(Agent(agent_id, offices[number % OFFICES], device_id, walks))
        rows = [
            {"agent_id": one.agent_id, "code": f"A-{number:04}", "name": f"Agen {number:04}"}
            for number, one in enumerate(self.agents)
        ]
        at = [(one.agent_id, BEGINNING, one.office_id) for one in self.agents]
        with self.office.store.write() as tx:
            tx.execute(sa.insert(agents), rows)
            bulk.insert(tx, stations, at)
            tx.execute(sa.insert(devices), [self._laptop(one) for one in self.agents])

    def _laptop(self, one: Agent) -> dict[str, Any]:
        waiting = self.rng.choice((0, 0, 0, 2, 9))
        return {
            "device_id": one.device_id,
            "agent_id": one.agent_id,
            "name": "Laptop",
            "platform": "bench",
            "client": "0.1.0",
            "token_hash": one.device_id,
            "token_used": True,
            "joined_at": MOMENT - SPAN,
            "reported_at": MOMENT - timedelta(days=self.rng.choice((0, 0, 1, 2, 6))),
            "waiting": waiting,
            "oldest_waiting_at": MOMENT - timedelta(days=3) if waiting else None,
        }

    def _id(self, at: datetime) -> str:
        number = int(at.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62
        text = f"{number | self.rng.getrandbits(12) << 64 | self.rng.getrandbits(62):032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def _enrolments(self) -> Iterator[Made]:
        made_up = contents(5, _WORKERS, set())
        workers = list({worker["nik"][:12]: worker for worker in made_up}.values())
        last: Made | None = None
        for number in range(ENROLMENTS):
            worker = workers[number % len(workers)]
            who = self.agents[int(AGENTS * self.rng.betavariate(1, 1.5))]
            nik = f"{worker['nik'][:12]}{number // len(workers) + 1:04}"
            content = {**worker, "nik": nik, "kelurahan": self.rng.choice(who.kelurahan)}
            if last is not None and number % EVERY == 0:
                yield self._doubtful(number, who, content, last)
            else:
                last = self._made(number, who, content, {})
                yield last

    def _made(
        self, number: int, who: Agent, content: dict[str, Any], stands: dict[str, Any]
    ) -> Made:
        """Return a record, accepted where nothing else `stands`."""
        received_at = MOMENT - SPAN * (1 - number / ENROLMENTS)
        captured_at = received_at - timedelta(hours=self.rng.choice((0, 1, 3, 20, 60, 120)))
        content = {**content, "consent_at": rfc3339(captured_at - timedelta(minutes=9))}
        self.numbers[who.device_id] += 1
        envelope = {
            "record_id": self._id(captured_at),
            "kind": "enrolment",
            "device_id": who.device_id,
            "device_seq": self.numbers[who.device_id],
            "captured_at": rfc3339(captured_at),
            "elapsed_s": self.rng.randint(60, 600),
            "content": content,
            **({"corrects": stands["corrects"]} if "corrects" in stands else {}),
        }
        digest, form = digest_and_form(envelope)
        values = {
            "record_id": envelope["record_id"],
            "seq": number + 1,
            "digest": digest,
            "agent_id": who.agent_id,
            "office_id": who.office_id,
            "device_id": who.device_id,
            "device_seq": envelope["device_seq"],
            "received_at": received_at,
            "captured_at": captured_at,
            "certainty": "likely",
            "work_date": _day(captured_at),
            "received_date": _day(received_at),
            "verdict": Verdict.ACCEPTED,
            "reason": Reason.NEW,
            "root_id": envelope["record_id"],
            "kelurahan": content["kelurahan"],
            **self._figures(content),
        }
        return Made(who, content, self.office.keys.seal(form), Record(**(values | stands)))

    def _figures(self, content: dict[str, Any]) -> dict[str, Any]:
        return {
            "nik_hash": self.office.keys.nik_hash(content["nik"]),
            "contribution": content["contribution"],
            "jht": JHT if "JHT" in content["programmes"] else 0,
            "months": content["months"],
        }

    def _doubtful(self, number: int, who: Agent, content: dict[str, Any], other: Made) -> Made:
        """Return a doubtful record about the one before it."""
        nth = number // EVERY
        kind, other_id = KINDS[nth % len(KINDS)], other.record.record_id
        content, stands = doubtful(kind, content, other.content, other.record)
        made = self._made(number, other.agent if kind in CORRECTIONS else who, content, stands)
        made = made._replace(kind=kind, other_id=other_id)
        if nth // len(KINDS) % 2:
            after = decided(kind, made.record, other_id, self._figures(content))
            made = made._replace(record=after, was=made.record)
        return made

    def _write(self, tx: sa.Connection, part: list[Made]) -> None:
        rows = sorted(part, key=lambda made: made.record.record_id)
        ledger.record(tx, [(made.record, made.sealed) for made in rows], "bench", 0)
        outlines.put(tx, [outline_of(made) for made in rows if made.record.nik_hash is not None])
        held = [
            (made.record.nik_hash, made.record.record_id, self._known(made))
            for made in rows
            if made.record.verdict == Verdict.ACCEPTED
        ]
        bulk.insert(tx, holders, sorted(held))
        days = performance.no_days()
        for made in rows:
            performance.add(days, made.record, 1)
        performance.apply(tx, days)
        # What is refused for an odd NIK is a case only once it was taken.
        asked = [made for made in part if made.kind and (made.kind != ODD_NIK or made.was)]
        named = [(self._id(made.record.received_at), made) for made in asked]
        cases.open_cases(tx, [case_of(made, case_id) for case_id, made in named])
        history = [decision_of(made, case_id) for case_id, made in named if made.was]
        tx.execute(sa.insert(decisions), history)

    def _known(self, made: Made) -> bytes:
        return known_as(made.content["nik"], self.office.keys)[0]


def _day(moment: datetime) -> date:
    return moment.astimezone(_ZONE).date()
