"""Who enrolled how many: ranked by accepted records, honestly.

Open cases stand beside the figures and move nothing until they are decided, so nobody can
push a rival down by making cases. Ties share a rank. An agent whose laptops have not
reported for some days is apart, "belum melapor", and never last.

Figures follow the office at capture: where offices are asked for, an agent who moved has a
line under each; of all offices, one line.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from server import references
from server.office import Office
from server.rules.spans import Asked, month_of, month_span, months_in, target_of
from server.rules.stations import has_ended, office_on
from server.store import devices, leaderboard, offices, performance, stations
from server.store.devices import NO_REPORT
from server.store.tables import COUNTERS

SAMPLE: Final = 20
"""Of fewer decided records no rate is told: too few data ("data kurang")."""
SPARK_WEEKS: Final = 8
FEW: Final = 500
"""Of fewer agents the laptops are asked for one by one."""
_NOTHING: Final = (0,) * len(COUNTERS)


class Place(NamedTuple):
    """One agent's line; whole rupiah; `rank` is None for who has not reported.

    `duplicate_percent` is of what was decided (accepted, duplicate and rejected), None where
    that is less than SAMPLE; `jht_percent` is JHT's share of the contribution, None where there
    is none. `waiting` lies on the agent's laptops, told at the present office alone.
    """

    rank: int | None
    agent_id: str
    agent_code: str
    name: str
    office_id: str
    office: str
    accepted: int
    duplicate: int
    in_review: int
    rejected: int
    superseded: int
    contribution: int
    months: int
    jht: int
    jht_percent: int | None
    duplicate_percent: int | None
    target: int
    target_percent: int
    last_report: datetime | None
    waiting: int
    oldest_waiting_at: datetime | None
    reported: bool
    is_home: bool
    """Whether the agent is at this office today: the agent's page is for who answers for it."""


class Leaderboard(NamedTuple):
    """What was asked for, as of a moment."""

    asked: Asked
    as_of: datetime
    places: tuple[Place, ...]

    def body(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {
            "first": self.asked.first.isoformat(),
            "last": self.asked.last.isoformat(),
            "basis": str(self.asked.basis),
            "as_of": self.as_of.isoformat(),
            "agents": [_plain(place) for place in self.places],
        }


def _plain(place: Place) -> dict[str, Any]:
    moments = {"last_report": place.last_report, "oldest_waiting_at": place.oldest_waiting_at}
    plain = {name: moment and moment.isoformat() for name, moment in moments.items()}
    return place._asdict() | plain


class OfficeUnknown(Exception):
    """There is no office of that name; code `office_unknown`."""


def office_ids(office: Office, name: str | None) -> frozenset[str] | None:
    """Return the id of the office of a name, None (all) for none; raises OfficeUnknown."""
    if name is None:
        return None
    with office.store.read() as tx:
        row = offices.office_named(tx, name)
    if row is None:
        raise OfficeUnknown(name)
    return frozenset({row.office_id})


def leaderboard_of(office: Office, asked: Asked) -> Leaderboard:
    """Return the leaderboard that is asked for, everybody ranked.

    An agent without any figures has a line too, unless a kecamatan or kelurahan is asked for,
    or the agent ended before.
    """
    now = office.now()
    quiet_since = now - timedelta(days=office.settings.quiet_days)
    with office.store.read() as tx:
        lines = list(_lines(tx, asked, min(asked.last, max(asked.first, office.today()))))
        one_by_one = len(lines) < FEW
        reports = devices.reports(tx, {one.agent.agent_id for one in lines} if one_by_one else None)
        target = _target(tx, asked.first, asked.last)
    places = [
        _place(*line, reports.get(line.agent.agent_id, NO_REPORT), target, quiet_since)
        for line in lines
    ]
    return Leaderboard(asked, now, tuple(ranked(places)))


class _Line(NamedTuple):
    """An agent (with the office of the span's end) at an office, and the sums there."""

    agent: offices.AgentThen
    office_id: str
    office_name: str
    counts: tuple[int, ...]


def _lines(tx: sa.Connection, asked: Asked, until: date) -> Iterator[_Line]:
    sums = leaderboard.sums(tx, asked)
    if asked.offices is None:
        agents = offices.all_agents(tx, until)
    else:
        worked = {agent_id for agent_id, _ in sums}
        agents = offices.agents_at(tx, until, asked.offices, worked)
    everybody = asked.kecamatan is None and asked.kelurahan is None
    for agent in agents:
        at = None if asked.offices is None else agent.office_id
        counts = sums.pop((agent.agent_id, at), None)
        wanted = everybody and (asked.offices is None or agent.office_id in asked.offices)
        if counts is not None or (wanted and not has_ended(agent, asked.first)):
            yield _Line(agent, agent.office_id, agent.office_name, counts or _NOTHING)
    known, names = {agent.agent_id: agent for agent in agents}, offices.names(tx)
    for (agent_id, office_id), counts in sums.items():
        if office_id is not None:
            yield _Line(known[agent_id], office_id, names[office_id], counts)


def _place(
    agent: offices.AgentThen,
    office_id: str,
    office_name: str,
    counts: tuple[int, ...],
    report: devices.Report,
    target: int,
    quiet_since: datetime,
) -> Place:
    _, accepted, duplicate, in_review, rejected, superseded, contribution, months, jht = counts
    last_report, waiting, oldest_waiting_at, _ = report
    is_home = office_id == agent.office_id
    return Place(  # in the order of its members, which is quickest of thousands
        None,
        agent.agent_id,
        agent.code,
        agent.name,
        office_id,
        office_name,
        accepted,
        duplicate,
        in_review,
        rejected,
        superseded,
        contribution,
        months,
        jht,
        jht_percent(jht, contribution),
        duplicate_percent(duplicate, accepted + duplicate + rejected),
        target,
        accepted * 100 // target if target else 0,
        last_report,
        waiting if is_home else 0,
        oldest_waiting_at if is_home else None,
        last_report is not None and last_report >= quiet_since,
        is_home,
    )


def jht_percent(jht: int, contribution: int) -> int | None:
    """Return JHT's share of a contribution in percent, None where there is none."""
    return _percent(jht, contribution) if contribution else None


def duplicate_percent(duplicate: int, decided: int) -> int | None:
    """Return the share of duplicates in percent, None where the sample is too small."""
    return _percent(duplicate, decided) if decided >= SAMPLE else None


def _percent(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole)


def _target(tx: sa.Connection, first: date, last: date) -> int:
    items = references.targets(tx)
    months = months_in(first, last)
    monthly = {month: references.target(items, month_span(month)[0]) for month in months}
    return target_of(first, last, monthly)


def ranked(places: Sequence[Place]) -> list[Place]:
    """Return places in order: who reported by accepted, ties sharing a rank, then the others."""
    ordered = sorted(
        places, key=lambda p: (not p.reported, -p.accepted, p.name, p.agent_code, p.office)
    )
    out: list[Place] = []
    for number, place in enumerate(ordered, start=1):
        if not place.reported:
            out.append(place)
            continue
        tied = out and out[-1].accepted == place.accepted
        out.append(Place(out[-1].rank if tied else number, *place[1:]))
    return out


def sparks(
    office: Office,
    agent_ids: Sequence[str],
    until: date,
    of_offices: frozenset[str] | None = None,
) -> dict[str, list[int]]:
    """Return what each agent had accepted in the last 8 weeks, the oldest first.

    By work date; weeks begin on Monday, and the last is the one that `until` is in.
    """
    monday = until - timedelta(days=until.weekday())
    first = monday - timedelta(weeks=SPARK_WEEKS - 1)
    found = {agent_id: [0] * SPARK_WEEKS for agent_id in agent_ids}
    with office.store.read() as tx:
        last = monday + timedelta(days=6)
        for row in leaderboard.accepted_by_day(tx, agent_ids, first, last, of_offices):
            found[row.agent_id][(row.work_date - first).days // 7] += row.accepted
    return found


def of_agent(tx: sa.Connection, agent: Any, now_local: datetime) -> list[dict[str, Any]]:
    """Return an agent's own figures for this month and the one before (sync/PROTOCOL.md)."""
    this = now_local.date().replace(day=1)
    before = (this - timedelta(days=1)).replace(day=1)
    targets = references.targets(tx)
    where = stations.of_agent(tx, agent.agent_id)
    return [
        _month_of(
            tx,
            agent.agent_id,
            office_on(where, until),
            first,
            references.target(targets, first),
        )
        for first, until in ((this, now_local.date()), (before, this - timedelta(days=1)))
    ]


def _month_of(
    tx: sa.Connection, agent_id: str, office_id: str, first: date, target: int
) -> dict[str, Any]:
    """Return one month's figures, ranked at the office where the agent was last in it."""
    month = month_of(first)
    _, last = month_span(month)
    days = performance.of_agent(tx, agent_id, first, last)
    counts = {
        name: sum(int(day._mapping[name]) for day in days)
        for name in COUNTERS
        if name not in ("received", "months")
    }
    peers = leaderboard.accepted_of_office(tx, office_id, month)
    # An agent of whom nothing is known yet in this month is ranked too.
    own = peers.pop(agent_id, 0)
    return {
        "month": month,
        "target": target,
        **counts,
        "rank": 1 + sum(1 for accepted in peers.values() if accepted > own),
        "of": 1 + len(peers),
        "days": [
            {"date": day.work_date.isoformat()}
            | {
                name: int(day._mapping[name])
                for name in ("accepted", "duplicate", "in_review", "rejected")
            }
            for day in days
        ],
    }
