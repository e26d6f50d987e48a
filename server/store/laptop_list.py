"""Laptops as they are looked through: all by little, those that are shown by more."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from server.store import bulk
from server.store.stations import office_of
from server.store.tables import agents, devices, ledger

_ON: Final = sa.bindparam("on", type_=sa.Date)
_LITTLE: Final = (
    devices.c.device_id,
    devices.c.name,
    devices.c.agent_id,
    devices.c.client,
    devices.c.joined_at,
    devices.c.reported_at,
    devices.c.offset_s,
    devices.c.waiting,
    devices.c.oldest_waiting_at,
    devices.c.revoked_at,
    devices.c.lost_at,
    devices.c.retiring_at,
    devices.c.stop_order,
    devices.c.stopped_at,
    devices.c.safe_at,
    agents.c.code.label("agent_code"),
    agents.c.name.label("agent_name"),
)
_ALL = sa.select(*_LITTLE, office_of(devices.c.agent_id, _ON).label("office_id")).join_from(
    devices, agents, devices.c.agent_id == agents.c.agent_id
)
_HEARTBEATS = sa.select(devices.c.device_id, devices.c.heartbeat).where(
    devices.c.device_id.in_(bulk.VALUES)
)
_RECEIPTS = (
    sa.select(ledger.c.received_at, sa.func.count().label("records"))
    .where(ledger.c.device_id == sa.bindparam("device"), ledger.c.sent_by == sa.bindparam("device"))
    .group_by(ledger.c.received_at)
    .order_by(ledger.c.received_at.desc())
    .limit(sa.bindparam("limit"))
)


def all_of(tx: sa.Connection, on: date, office_ids: Collection[str] | None) -> Sequence[Any]:
    """Return the laptops of the agents who are at these offices on a day; None: of all."""
    rows = tx.execute(_ALL, {"on": on}).all()
    return [row for row in rows if office_ids is None or row.office_id in office_ids]


def heartbeats(tx: sa.Connection, device_ids: Iterable[str]) -> dict[str, str | None]:
    """Return what these last said of themselves, as JSON text, by device_id."""
    return {row.device_id: row.heartbeat for row in bulk.rows(tx, _HEARTBEATS, device_ids)}


def receipts(tx: sa.Connection, device_id: str, limit: int) -> Sequence[Any]:
    """Return when a device brought records of its own, and how many each time, newest first."""
    return tx.execute(_RECEIPTS, {"device": device_id, "limit": limit}).all()
