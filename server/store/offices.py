"""Offices and agents, and the few facts about the database itself."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from server.store import bulk
from server.store.tables import agents, meta, offices

_BARE = sa.select(agents).where(agents.c.agent_id.in_(bulk.VALUES))
_FACT = sa.select(meta.c.value).where(meta.c.name == sa.bindparam("name"))

_AGENTS = sa.select(agents, offices.c.name.label("office_name")).join_from(
    agents, offices, agents.c.office_id == offices.c.office_id
)
_BY_ID = _AGENTS.where(agents.c.agent_id.in_(bulk.VALUES))


def add_office(tx: sa.Connection, office_id: str, name: str, timezone: str) -> None:
    """Write a new office."""
    row = {"office_id": office_id, "name": name, "timezone": timezone}
    tx.execute(sa.insert(offices), [row])


def add_agent(tx: sa.Connection, agent_id: str, code: str, name: str, office_id: str) -> None:
    """Write a new agent of an office."""
    row = {"agent_id": agent_id, "code": code, "name": name, "office_id": office_id}
    tx.execute(sa.insert(agents), [row])


def office_named(tx: sa.Connection, name: str) -> Any:
    """Return the office of a name, or None."""
    return tx.execute(sa.select(offices).where(offices.c.name == name)).one_or_none()


def agent_coded(tx: sa.Connection, code: str) -> Any:
    """Return the agent of a code, or None."""
    return tx.execute(sa.select(agents).where(agents.c.code == code)).one_or_none()


def all_agents(tx: sa.Connection, office_id: str | None = None) -> Sequence[Any]:
    """Return agents with their office's name, of one office or of all, by name."""
    query = _AGENTS.order_by(agents.c.name, agents.c.code)
    if office_id is not None:
        query = query.where(agents.c.office_id == office_id)
    return tx.execute(query).all()


def agents_at(
    tx: sa.Connection, office_ids: Iterable[str], agent_ids: Iterable[str]
) -> Sequence[Any]:
    """Return agents as `all_agents` does: those of these offices, and those of these ids."""
    found = {row.agent_id: row for office_id in office_ids for row in all_agents(tx, office_id)}
    missing = set(agent_ids) - found.keys()
    return [*found.values(), *bulk.rows(tx, _BY_ID, sorted(missing))]


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
