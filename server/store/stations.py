"""Stations: at which office an agent is, from which day on."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from server.rules.stations import BEGINNING, Station, office_on
from server.store import bulk
from server.store.tables import ledger, stations

_OF_AGENTS = (
    sa.select(stations)
    .where(stations.c.agent_id.in_(bulk.VALUES))
    .order_by(stations.c.agent_id, stations.c.since)
)
_LOCK = (
    sa.select(ledger.c.seq)
    .where(ledger.c.agent_id == sa.bindparam("agent"))
    .order_by(ledger.c.seq)
    .with_for_update()
)


def begin(tx: sa.Connection, agent_id: str, office_id: str) -> None:
    """Write the first station of a new agent."""
    put(tx, agent_id, [Station(BEGINNING, office_id)])


def put(tx: sa.Connection, agent_id: str, now: Iterable[Station]) -> None:
    """Write an agent's stations in the place of the former; the agent is locked."""
    tx.execute(sa.delete(stations).where(stations.c.agent_id == agent_id))
    tx.execute(sa.insert(stations), [{"agent_id": agent_id} | one._asdict() for one in now])


def of_agents(tx: sa.Connection, agent_ids: Iterable[str]) -> dict[str, list[Station]]:
    """Return these agents' stations in order, by agent."""
    found: dict[str, list[Station]] = {}
    for agent_id, since, office_id in bulk.rows(tx, _OF_AGENTS, agent_ids):
        found.setdefault(agent_id, []).append(Station(since, office_id))
    return found


def of_agent(tx: sa.Connection, agent_id: str) -> Sequence[Station]:
    """Return an agent's stations in order; none where there is no such agent."""
    return of_agents(tx, [agent_id]).get(agent_id, ())


def office_at(tx: sa.Connection, agent_id: str, day: date) -> str:
    """Return the id of an agent's office on a day; IndexError where there is no such agent."""
    return office_on(of_agent(tx, agent_id), day)


def office_of(
    agent_id: sa.ColumnElement[str], day: date | sa.BindParameter[date]
) -> sa.ScalarSelect[str]:
    """Return, for a query that has an agent's id, the id of the agent's office on a day."""
    return (
        sa.select(stations.c.office_id)
        .where(stations.c.agent_id == agent_id, stations.c.since <= day)
        .order_by(stations.c.since.desc())
        .limit(1)
        .scalar_subquery()
    )


def credit(tx: sa.Connection, agent_id: str, now: Sequence[Station]) -> int:
    """Let each of an agent's records count for the office of its work date.

    Returns how many counted for another; the agent's days are made again by the caller.
    """
    # In the order in which another agent's exchange renames duplicates (ledger.duplicates_of).
    tx.execute(_LOCK, {"agent": agent_id}).all()
    ends = [one.since for one in now[1:]]
    return sum(
        tx.execute(_crediting(agent_id, station, end)).rowcount
        for station, end in zip(now, [*ends, None], strict=True)
    )


def _crediting(agent_id: str, station: Station, end: date | None) -> Any:
    statement = sa.update(ledger).where(
        ledger.c.agent_id == agent_id,
        ledger.c.work_date >= station.since,
        ledger.c.office_id != station.office_id,
    )
    if end is not None:
        statement = statement.where(ledger.c.work_date < end)
    return statement.values(office_id=station.office_id)
