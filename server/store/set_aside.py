"""What came in and has no standing: kept as it came, with the reason, until a verdict falls."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from server.store.engine import insert_for
from server.store.stations import office_of
from server.store.tables import agents, devices, set_aside

_ANY = sa.select(set_aside.c.digest).where(set_aside.c.agent_id == sa.bindparam("agent")).limit(1)


@dataclass(frozen=True, slots=True)
class Put:
    """One envelope to set aside; without a usable record_id its id is empty text."""

    agent_id: str
    device_id: str
    record_id: str
    digest: str
    reason: str
    sealed: bytes


def put(tx: sa.Connection, items: Sequence[Put], now: datetime) -> None:
    """Keep envelopes; one seen before is counted, and its bytes stay as they first came."""
    if not items:
        return
    statement = insert_for(tx, set_aside)
    statement = statement.on_conflict_do_update(
        index_elements=["agent_id", "record_id", "digest"],
        set_={
            "reason": statement.excluded.reason,
            "times_seen": set_aside.c.times_seen + 1,
            "last_seen_at": statement.excluded.last_seen_at,
        },
    )
    tx.execute(
        statement,
        [
            {
                "agent_id": item.agent_id,
                "record_id": item.record_id,
                "digest": item.digest,
                "device_id": item.device_id,
                "reason": item.reason,
                "sealed": item.sealed,
                "times_seen": 1,
                "first_seen_at": now,
                "last_seen_at": now,
            }
            for item in items
        ],
    )


def first_seen(
    tx: sa.Connection, agent_id: str, record_ids: Iterable[str]
) -> dict[tuple[str, str], datetime]:
    """Return since when each (record_id, digest) of an agent waits here."""
    if tx.execute(_ANY, {"agent": agent_id}).first() is None:
        return {}
    query = sa.select(set_aside.c.record_id, set_aside.c.digest, set_aside.c.first_seen_at).where(
        set_aside.c.agent_id == agent_id, set_aside.c.record_id.in_(list(record_ids))
    )
    return {(row.record_id, row.digest): row.first_seen_at for row in tx.execute(query)}


def take_out(tx: sa.Connection, agent_id: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Remove what has a verdict now."""
    rows = [{"agent": agent_id, "id": record_id, "sum": digest} for record_id, digest in pairs]
    if rows:
        statement = sa.delete(set_aside).where(
            set_aside.c.agent_id == sa.bindparam("agent"),
            set_aside.c.record_id == sa.bindparam("id"),
            set_aside.c.digest == sa.bindparam("sum"),
        )
        tx.execute(statement, rows)


def get(tx: sa.Connection, agent_id: str, record_id: str, digest: str) -> Any:
    """Return what an agent's pair waits here as, with its sealed bytes, or None."""
    key = {"agent_id": agent_id, "record_id": record_id, "digest": digest}
    return tx.execute(sa.select(set_aside).filter_by(**key)).one_or_none()


def listed(
    tx: sa.Connection,
    *,
    on: date | None = None,
    office_ids: Collection[str] | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Sequence[Any]:
    """Return what is set aside, without its bytes, oldest first, with its agent and laptop.

    `office_ids` lets pass only whose agent is at one of them on a day; None lets all pass.
    """
    query = (
        sa.select(
            *(c for c in set_aside.c if c.name != "sealed"),
            agents.c.code.label("agent_code"),
            agents.c.name.label("agent_name"),
            devices.c.name.label("device_name"),
        )
        .outerjoin(agents, agents.c.agent_id == set_aside.c.agent_id)
        .outerjoin(devices, devices.c.device_id == set_aside.c.device_id)
        .where(*_among(on, office_ids))
        .order_by(set_aside.c.first_seen_at, set_aside.c.record_id, set_aside.c.digest)
    )
    return tx.execute(query.limit(limit).offset(offset)).all()


def count(tx: sa.Connection, on: date, office_ids: Collection[str] | None) -> int:
    """Return how many are set aside in all that `listed` lets pass."""
    query = sa.select(sa.func.count()).select_from(set_aside).where(*_among(on, office_ids))
    return tx.execute(query).scalar_one()


def _among(on: date | None, office_ids: Collection[str] | None) -> list[sa.ColumnElement[bool]]:
    if on is None or office_ids is None:
        return []
    return [office_of(set_aside.c.agent_id, on).in_(sorted(office_ids))]
