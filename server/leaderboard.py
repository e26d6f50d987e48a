"""Who enrolled how many: ranked by accepted records, honestly.

Open cases stand beside the figures and move nothing until they are decided, so nobody can
push a rival down by making cases. Ties share a rank. An agent whose laptops have not
reported for some days is apart, "belum melapor", and never last.
"""

import calendar
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from server import references
from server.office import Office
from server.store import devices, leaderboard, offices, performance

_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Place:
    """One agent's line; whole rupiah; `rank` is None for who has not reported."""

    rank: int | None
    agent_code: str
    name: str
    office: str
    accepted: int
    duplicate: int
    in_review: int
    rejected: int
    superseded: int
    contribution: int
    jht: int
    months: int
    target: int
    target_percent: int
    last_report: datetime | None
    waiting: int
    oldest_waiting_at: datetime | None
    reported: bool


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """A month's leaderboard (`2026-11`), of one office or all, as of a moment."""

    month: str
    office: str | None
    as_of: datetime
    places: tuple[Place, ...]

    def body(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {
            "month": self.month,
            "office": self.office,
            "as_of": self.as_of.isoformat(),
            "agents": [
                asdict(place)
                | {
                    "last_report": place.last_report and place.last_report.isoformat(),
                    "oldest_waiting_at": place.oldest_waiting_at
                    and place.oldest_waiting_at.isoformat(),
                }
                for place in self.places
            ],
        }


class OfficeUnknown(Exception):
    """There is no office of that name; code `office_unknown`."""


def span_of(month: str) -> tuple[date, date]:
    """Return the first and last day of a month `2026-11`; ValueError where it is none."""
    # strptime alone takes 2026-1 and digits of any script as well.
    if not _MONTH.fullmatch(month):
        raise ValueError("no month")
    first = datetime.strptime(month, "%Y-%m").date()
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def leaderboard_of(office: Office, month: str, office_name: str | None = None) -> Leaderboard:
    """Return a month's leaderboard; ValueError for no month, OfficeUnknown for no office."""
    first, last = span_of(month)
    now = office.now()
    with office.store.read() as tx:
        office_id = _office_id(tx, office_name)
        agents = offices.all_agents(tx, office_id)
        sums = leaderboard.sums(tx, first, last, office_id)
        target = references.target(references.targets(tx), first)
        laptops: dict[str, list[Any]] = {}
        for device in devices.of_agents(tx, [agent.agent_id for agent in agents]):
            laptops.setdefault(device.agent_id, []).append(device)
    quiet_since = now - timedelta(days=office.settings.quiet_days)
    places = [
        _place(
            agent, sums.get(agent.agent_id), laptops.get(agent.agent_id, ()), target, quiet_since
        )
        for agent in agents
    ]
    return Leaderboard(month, office_name, now, tuple(ranked(places)))


def _office_id(tx: sa.Connection, name: str | None) -> str | None:
    if name is None:
        return None
    # Not every database can even be asked for text with NUL in it.
    row = offices.office_named(tx, name) if name.isprintable() else None
    if row is None:
        raise OfficeUnknown(name)
    found: str = row.office_id
    return found


def _place(
    agent: Any, sums: Any, laptops: Sequence[Any], target: int, quiet_since: datetime
) -> Place:
    counts = {name: int(sums._mapping[name]) if sums else 0 for name in performance.COUNTERS}
    del counts["received"]
    reports = [device.reported_at for device in laptops if device.reported_at is not None]
    waiting_since = [d.oldest_waiting_at for d in laptops if d.oldest_waiting_at is not None]
    last_report = max(reports, default=None)
    return Place(
        rank=None,
        agent_code=agent.code,
        name=agent.name,
        office=agent.office_name,
        **counts,
        target=target,
        target_percent=counts["accepted"] * 100 // target if target else 0,
        last_report=last_report,
        waiting=sum(device.waiting for device in laptops),
        oldest_waiting_at=min(waiting_since, default=None),
        reported=last_report is not None and last_report >= quiet_since,
    )


def ranked(places: Sequence[Place]) -> list[Place]:
    """Return places in order: who reported by accepted, ties sharing a rank, then the others."""
    ordered = sorted(places, key=lambda p: (not p.reported, -p.accepted, p.name, p.agent_code))
    out: list[Place] = []
    for number, place in enumerate(ordered, start=1):
        if not place.reported:
            out.append(place)
            continue
        tied = out and out[-1].accepted == place.accepted
        rank = out[-1].rank if tied else number
        out.append(Place(**{**asdict(place), "rank": rank}))
    return out


def of_agent(tx: sa.Connection, agent: Any, now_local: datetime) -> list[dict[str, Any]]:
    """Return an agent's own figures for this month and the one before (sync/PROTOCOL.md)."""
    this = now_local.date().replace(day=1)
    before = (this - timedelta(days=1)).replace(day=1)
    targets = references.targets(tx)
    return [
        _month_of(tx, agent, first, references.target(targets, first)) for first in (this, before)
    ]


def _month_of(tx: sa.Connection, agent: Any, first: date, target: int) -> dict[str, Any]:
    month = first.strftime("%Y-%m")
    _, last = span_of(month)
    days = performance.of_agent(tx, agent.agent_id, first, last)
    counts = {
        name: sum(int(day._mapping[name]) for day in days)
        for name in performance.COUNTERS
        if name not in ("received", "months")
    }
    peers = leaderboard.accepted_of_office(tx, agent.office_id, first, last)
    return {
        "month": month,
        "target": target,
        **counts,
        "rank": 1 + sum(1 for accepted in peers if accepted > counts["accepted"]),
        # An agent of whom nothing is known yet in this month is ranked too.
        "of": len(peers) + (0 if days else 1),
        "days": [
            {"date": day.work_date.isoformat()}
            | {
                name: int(day._mapping[name])
                for name in ("accepted", "duplicate", "in_review", "rejected")
            }
            for day in days
        ],
    }
