"""What a device sent, with when each record's standing fell: for a laptop that is lost."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from server.store.tables import devices, feed, ledger, people

_MOVED = (
    sa.select(sa.func.max(feed.c.at))
    .where(
        feed.c.agent_id == ledger.c.agent_id,
        feed.c.record_id == ledger.c.record_id,
        feed.c.kind == "standing",
    )
    .scalar_subquery()
)
_OF_DEVICE = (
    sa.select(
        ledger.c.record_id,
        ledger.c.received_at,
        ledger.c.sent_by,
        ledger.c.verdict,
        ledger.c.reason,
        people.c.name,
        people.c.kelurahan,
        _MOVED.label("moved_at"),
    )
    .join_from(devices, ledger, ledger.c.device_id == devices.c.device_id)
    .outerjoin(people, people.c.record_id == ledger.c.record_id)
    .where(devices.c.device_id == sa.bindparam("device"), ledger.c.agent_id == devices.c.agent_id)
    .order_by(ledger.c.received_at, ledger.c.seq)
)


def of_device(tx: sa.Connection, device_id: str) -> Sequence[Any]:
    """Return the records that a device's agent captured on it, in order of receipt.

    `name` and `kelurahan` are None where a content told none; `moved_at` is when the agent's
    feed last told another standing, None where the first one stands.
    """
    return tx.execute(_OF_DEVICE, {"device": device_id}).all()
