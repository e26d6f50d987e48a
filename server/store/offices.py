"""Offices and agents, and the few facts about the database itself."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from server.store import bulk, stations
from server.store.tables import agents, meta, offices
from server.store.tables import stations as posts


class AgentThen(NamedTuple):
    """An agent with the office of a day; named tuples, since thousands are looked at in a row."""

    agent_id: str
    code: str
    name: str
    ended_on: date | None
    office_id: str
    office_name: str


_STATIONED = (
    sa.select(
        *(agents.c[name] for name in AgentThen._fields[:4]),
        posts.c.office_id,
        offices.c.name,
    )
    .join_from(agents, posts, posts.c.agent_id == agents.c.agent_id)
    .join(offices, offices.c.office_id == posts.c.office_id)
    .where(posts.c.since <= sa.bindparam("on"))
    .order_by(agents.c.name, agents.c.code, posts.c.since)
)
_BARE = sa.select(agents).where(agents.c.agent_id.in_(bulk.VALUES))
_FACT = sa.select(meta.c.value).where(meta.c.name == sa.bindparam("name"))


def add_office(tx: sa.Connection, office_id: str, name: str, timezone: str) -> None:
    """Write a new office."""
    row = {"office_id": office_id, "name": name, "timezone": timezone}
    tx.execute(sa.insert(offices), [row])


def rename_office(tx: sa.Connection, office_id: str, name: str) -> None:
    """Give an office another name."""
    tx.execute(sa.update(offices).where(offices.c.office_id == office_id).values(name=name))


def add_agent(tx: sa.Connection, agent_id: str, code: str, name: str, office_id: str) -> None:
    """Write a new agent, who is at an office since the beginning."""
    row = {"agent_id": agent_id, "code": code, "name": name}
    tx.execute(sa.insert(agents), [row])
    stations.begin(tx, agent_id, office_id)


def change_agent(tx: sa.Connection, agent_id: str, **values: Any) -> None:
    """Write an agent's `name`, or `ended_on`, the first day on which the agent is none."""
    tx.execute(sa.update(agents).where(agents.c.agent_id == agent_id).values(**values))


def office(tx: sa.Connection, office_id: str) -> Any:
    """Return the office of an id, or None."""
    if not office_id.isprintable():
        return None
    return tx.execute(sa.select(offices).where(offices.c.office_id == office_id)).one_or_none()


def office_named(tx: sa.Connection, name: str) -> Any:
    """Return the office of a name, or None."""
    # Not every database can even be asked for text with NUL in it.
    if not name.isprintable():
        return None
    return tx.execute(sa.select(offices).where(offices.c.name == name)).one_or_none()


def all_offices(tx: sa.Connection) -> Sequence[Any]:
    """Return every office, by name."""
    return tx.execute(sa.select(offices).order_by(offices.c.name)).all()


def agent(tx: sa.Connection, agent_id: str) -> Any:
    """Return the agent of an id, or None."""
    if not agent_id.isprintable():
        return None
    return tx.execute(sa.select(agents).where(agents.c.agent_id == agent_id)).one_or_none()


def agent_coded(tx: sa.Connection, code: str) -> Any:
    """Return the agent of a code, or None."""
    if not code.isprintable():
        return None
    return tx.execute(sa.select(agents).where(agents.c.code == code)).one_or_none()


def all_agents(tx: sa.Connection, on: date) -> list[AgentThen]:
    """Return every agent with the office of a day, by name; those who have ended too."""
    # Of several stations the last takes the place of those before it.
    rows = tx.execute(_STATIONED, {"on": on}).all()
    return list({row[0]: AgentThen._make(row) for row in rows}.values())


def agents_at(
    tx: sa.Connection, on: date, office_ids: Iterable[str], agent_ids: Iterable[str]
) -> list[AgentThen]:
    """Return agents as `all_agents` does: who is at these offices, and those of these ids."""
    wanted = set(office_ids), set(agent_ids)
    return [
        row for row in all_agents(tx, on) if row.office_id in wanted[0] or row.agent_id in wanted[1]
    ]


def agents_of(tx: sa.Connection, agent_ids: Iterable[str]) -> dict[str, Any]:
    """Return these agents, by agent_id."""
    return {row.agent_id: row for row in bulk.rows(tx, _BARE, agent_ids)}


def names(tx: sa.Connection) -> dict[str, str]:
    """Return the names of all offices by office_id, in alphabetical order."""
    query = sa.select(offices.c.office_id, offices.c.name).order_by(offices.c.name)
    return {row.office_id: row.name for row in tx.execute(query)}


def fact(tx: sa.Connection, name: str) -> str | None:
    """Return a fact about this database (`epoch`), or None."""
    return tx.execute(_FACT, {"name": name}).scalar()


def put_fact(tx: sa.Connection, name: str, value: str) -> None:
    """Write a fact about this database, in the place of the former."""
    tx.execute(sa.delete(meta).where(meta.c.name == name))
    tx.execute(sa.insert(meta), [{"name": name, "value": value}])
