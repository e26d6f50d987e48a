"""What becomes of an agent: another name, another office from a day on, an end.

Each is one transaction, and takes `by`, the name of who does it. A capture counts for the
office of its day, so a move into the past moves what was captured since.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from server.administer import Unknown, note, sound_name
from server.audit import Action
from server.office import Office
from server.rules.stations import moved, office_on
from server.store import case_queue, devices, feed, offices, performance, stations
from server.store.engine import by_key
from server.store.offices import AgentThen

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Move:
    """From which day on an agent is at an office, by its name."""

    since: date
    office: str


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent as of today; `ended_on` is the first day on which the agent is none.

    `laptops` counts those that are not revoked; `last_report` is the latest of any.
    """

    agent_id: str
    code: str
    name: str
    office_id: str
    office: str
    ended_on: date | None
    moves: tuple[Move, ...]
    laptops: int
    last_report: datetime | None


def all_agents(office: Office, own: frozenset[str] | None = None) -> list[Agent]:
    """Return every agent by name, or those of some offices; those who have ended too."""
    return told(office, everybody(office, own))


def everybody(office: Office, own: frozenset[str] | None = None) -> list[AgentThen]:
    """Return whom `all_agents` tells, by little alone."""
    with office.store.read() as tx:
        rows = offices.all_agents(tx, office.today())
    return [row for row in rows if own is None or row.office_id in own]


def told(office: Office, some: Sequence[AgentThen]) -> list[Agent]:
    """Return some agents by more: their moves and laptops."""
    with office.store.read() as tx:
        return _agents(tx, some)


def agent(office: Office, agent_id: str) -> Agent:
    """Return an agent; raises server.administer.Unknown."""
    with office.store.read() as tx:
        rows = offices.agents_at(tx, office.today(), (), [agent_id])
        found: Agent = _known(next(iter(_agents(tx, rows)), None), "agent_unknown")
    return found


def _agents(tx: sa.Connection, rows: Sequence[Any]) -> list[Agent]:
    agent_ids = [row.agent_id for row in rows]
    names, where = offices.names(tx), stations.of_agents(tx, agent_ids)
    laptops = devices.reports(tx, agent_ids)
    return [
        Agent(
            agent_id=row.agent_id,
            code=row.code,
            name=row.name,
            office_id=row.office_id,
            office=row.office_name,
            ended_on=row.ended_on,
            moves=tuple(Move(one.since, names[one.office_id]) for one in where[row.agent_id][1:]),
            laptops=report.laptops if (report := laptops.get(row.agent_id)) else 0,
            last_report=report.last_report if report else None,
        )
        for row in rows
    ]


def all_offices(office: Office) -> Sequence[Any]:
    """Return every office by name: office_id, name, timezone."""
    with office.store.read() as tx:
        return offices.all_offices(tx)


def office(place: Office, office_id: str) -> Any:
    """Return the office of an id: office_id, name, timezone; raises Unknown."""
    with place.store.read() as tx:
        return _known(offices.office(tx, office_id), "office_unknown")


def agent_coded(office: Office, code: str) -> Any:
    """Return the agent of a code: agent_id, code, name, ended_on; raises Unknown."""
    with office.store.read() as tx:
        return _known(offices.agent_coded(tx, code), "agent_unknown")


def office_named(office: Office, name: str) -> Any:
    """Return the office of a name: office_id, name, timezone; raises Unknown."""
    with office.store.read() as tx:
        return _known(offices.office_named(tx, name), "office_unknown")


def _known(row: Any, code: str) -> Any:
    if row is None:
        raise Unknown(code)
    return row


def day_of(text: str) -> date:
    """Return the day that a text such as 2026-11-20 means; ValueError for any other.

    No other century's either: who types 26 for the year into a browser's field sends 0026.
    """
    if not _DAY.fullmatch(text):  # or 20261120 would do as well, and digits of any script
        raise ValueError("no day")
    day = date.fromisoformat(text)
    if not 2000 <= day.year < 3000:
        raise ValueError("no day")
    return day


def change_agent(office: Office, agent_id: str, name: str, *, by: str) -> None:
    """Give an agent another name; raises server.administer's Unknown, Wrong."""
    name = sound_name(name)
    with _agent(office, agent_id) as tx:
        offices.change_agent(tx, agent_id, name=name)
        _note(tx, office, by, Action.CHANGED, agent_id, changed="name", name=name)


def end_agent(office: Office, agent_id: str, since: date, *, by: str) -> None:
    """Let somebody be no agent from a day on; raises server.administer.Unknown.

    Join codes are void from then on. What the laptops still hold is taken in all the same,
    and counts; without it the agent stands on no leaderboard of later days.
    """
    with _agent(office, agent_id) as tx:
        offices.change_agent(tx, agent_id, ended_on=since)
        _note(tx, office, by, Action.ENDED, agent_id, since=since.isoformat())


def take_back_end(office: Office, agent_id: str, *, by: str) -> None:
    """Let somebody be an agent as if never ended; raises server.administer.Unknown."""
    with _agent(office, agent_id) as tx:
        offices.change_agent(tx, agent_id, ended_on=None)
        _note(tx, office, by, Action.CHANGED, agent_id, changed="end")


def move_agent(office: Office, agent_id: str, office_id: str, since: date, *, by: str) -> int:
    """Let an agent be at an office from a day on; return how many records moved with it.

    A move to the same day is replaced; one to where the agent is anyway is none, so that it
    takes another back. Raises server.administer.Unknown.
    """
    with _agent(office, agent_id) as tx:
        to = _known(offices.office(tx, office_id), "office_unknown")
        after = moved(stations.of_agent(tx, agent_id), since, office_id)
        stations.put(tx, agent_id, after)
        counted = performance.fold(tx, agent_id)
        credited = stations.credit(tx, agent_id, after)
        if credited:
            performance.recount(tx, agent_id, counted)
            case_queue.file_again(tx, agent_id)
        named = {"to": to.name, "since": since.isoformat(), "records": credited}
        _note(tx, office, by, Action.MOVED, agent_id, **named)
    return credited


@contextmanager
def _agent(office: Office, agent_id: str) -> Iterator[sa.Connection]:
    """Give a write transaction that has the agent's lock, as who settles captures has it."""
    with office.store.write() as tx:
        by_key(tx)
        _known(offices.agent(tx, agent_id), "agent_unknown")
        feed.lock(tx, [agent_id])
        yield tx


def _note(
    tx: sa.Connection, office: Office, by: str, action: Action, agent_id: str, **detail: Any
) -> None:
    where = office_on(stations.of_agent(tx, agent_id), office.today())
    note(tx, office, by, action, "agent", agent_id, where, **detail)
