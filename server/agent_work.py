"""What a supervisor sees of one agent: days, what became of the records, laptops, cases, signs.

Everything counts for the office at capture: who answers for some offices sees what was
captured for these.
"""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from server.office import Office
from server.rules.signs import Sign
from server.signs import Looked, look
from server.store import agent_work, cases, numbers
from server.store.agent_work import Stretch
from server.store.tables import COUNTERS

_DAYS: Final = 90
_ERRORS: Final = 8
_CASES: Final = 20
_RANGES: Final = 20


class Span(StrEnum):
    """Which days are looked at; the last is always today."""

    DAYS = "days"
    """The last 90."""
    MONTH = "month"
    YEAR = "year"

    def first(self, today: date) -> date:
        """Return the first of its days."""
        if self is Span.MONTH:
            return today.replace(day=1)
        return today - timedelta(days=_DAYS - 1 if self is Span.DAYS else 364)


class Stage(NamedTuple):
    """One step of the funnel; `lost` names what came so far and no further, with its count."""

    name: str
    records: int
    percent: int | None
    lost: Sequence[tuple[str, int]]


class Wrong(NamedTuple):
    """What was wrong with refused records: an error as an ack has it, and with how many."""

    error: dict[str, Any]
    records: int


class Laptop(NamedTuple):
    """A laptop, its numbers that never arrived as ranges, and those that were used twice."""

    device: Any
    missing: Sequence[tuple[int, int]]
    reused: Sequence[int]

    @property
    def lacking(self) -> int:
        """Return how many numbers are missing."""
        return sum(last - first + 1 for first, last in self.missing)


class AgentWork(NamedTuple):
    """An agent's page; `totals` are the counters of the span, whole rupiah."""

    agent: Any
    first: date
    last: date
    last_report: datetime | None
    days: Sequence[Any]
    totals: dict[str, int]
    funnel: Sequence[Stage]
    reasons: Sequence[Any]
    wrong: Sequence[Wrong]
    kelurahan: Sequence[Any]
    laptops: Sequence[Laptop]
    cases: Sequence[Any]
    open_cases: int
    all_cases: int
    corrections: Sequence[Any]
    looked: Looked

    @property
    def asked(self) -> list[Sign]:
        """Return the signs that stand out."""
        return [sign for sign in self.looked.signs if sign.asks]


def work_of(
    office: Office, agent_id: str, span: Span, offices: frozenset[str] | None = None
) -> AgentWork:
    """Return an agent's work in a span, counted for some offices (None: for any).

    The agent is there: the gate has looked.
    """
    today = office.now().astimezone(ZoneInfo(office.settings.timezone)).date()
    stretch = Stretch(agent_id, span.first(today), today, offices)
    with office.store.read() as tx:
        agent = agent_work.agent(tx, agent_id, today)
        days = agent_work.days(tx, stretch)
        totals = {name: sum(int(day._mapping[name]) for day in days) for name in COUNTERS}
        laptops = [_laptop(tx, device) for device in agent_work.laptops(tx, agent_id)]
        about = _cases(tx, stretch._replace(first=date.min))
        reports = [one.device.reported_at for one in laptops if one.device.reported_at is not None]
        return AgentWork(
            agent=agent,
            first=stretch.first,
            last=stretch.last,
            last_report=max(reports, default=None),
            days=days,
            totals=totals,
            funnel=funnel(totals, sum(one.lacking for one in laptops)),
            reasons=agent_work.reasons(tx, stretch),
            wrong=_wrong(agent_work.errors(tx, stretch)),
            kelurahan=agent_work.kelurahan(tx, stretch),
            laptops=laptops,
            cases=about[:_CASES],
            open_cases=sum(case.decided_at is None for case in about),
            all_cases=len(about),
            corrections=agent_work.corrections(tx, stretch),
            looked=look(tx, office, stretch, agent.office_id),
        )


def funnel(totals: dict[str, int], lacking: int) -> list[Stage]:
    """Return the way from captured to accepted, each step beside what reached the office.

    `lacking` are numbers of the laptops that never arrived: captures that wait there, or are
    lost. On which day they were made nobody knows, so they stand before the first step.
    """
    received = totals["received"]
    sound = received - totals["rejected"]
    single = sound - totals["duplicate"] - totals["superseded"]

    def stage(name: str, records: int, *lost: str) -> Stage:
        percent = (200 * records + received) // (2 * received) if received else None
        return Stage(name, records, percent, [(one, totals[one]) for one in lost if totals[one]])

    return [
        Stage("captured", received + lacking, None, [("missing", lacking)] if lacking else []),
        stage("received", received, "rejected"),
        stage("sound", sound, "duplicate", "superseded"),
        stage("single", single, "in_review"),
        stage("accepted", totals["accepted"]),
    ]


def _cases(tx: sa.Connection, ever: Stretch) -> list[Any]:
    """Return the cases about any of these records, open ones first, then the newest."""
    newest = reversed(cases.about(tx, agent_work.record_ids(tx, ever)))
    return sorted(newest, key=lambda case: case.decided_at is not None)


def _laptop(tx: sa.Connection, device: Any) -> Laptop:
    return Laptop(
        device,
        numbers.missing_seqs(tx, device.device_id),
        numbers.reused_seqs(tx, device.device_id)[:_RANGES],
    )


def _wrong(found: Sequence[str]) -> list[Wrong]:
    """Count the same errors together, most first; each record's error once."""
    texts = Counter[str]()
    for text in found:
        texts.update({json.dumps(error, sort_keys=True) for error in json.loads(text)})
    ordered = sorted(texts.items(), key=lambda item: (-item[1], item[0]))
    return [Wrong(json.loads(text), count) for text, count in ordered[:_ERRORS]]
