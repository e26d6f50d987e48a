"""What the office tells an agent beyond first answers, in an order of its own.

Numbers are given while the agent's row is locked, so that a cursor never passes a change
that commits later.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.store import bulk
from server.store.tables import agents, feed

_LOCK = (
    sa.select(agents.c.agent_id)
    .where(agents.c.agent_id.in_(bulk.VALUES))
    .order_by(agents.c.agent_id)
    .with_for_update()
)
_AFTER = (
    sa.select(feed.c.number, feed.c.kind, feed.c.record_id, feed.c.body)
    .where(feed.c.agent_id == sa.bindparam("agent"), feed.c.number > sa.bindparam("number"))
    .order_by(feed.c.number)
    .limit(sa.bindparam("limit"))
)
_LAST = sa.select(agents.c.feed_number).where(agents.c.agent_id == sa.bindparam("agent"))


def lock(tx: sa.Connection, agent_ids: Sequence[str]) -> None:
    """Lock agents' feeds, in sorted order, until the transaction ends."""
    bulk.rows(tx, _LOCK, sorted(agent_ids))


def append(
    tx: sa.Connection, agent_id: str, changes: Sequence[Mapping[str, Any]], at: datetime
) -> None:
    """Add changes to an agent's feed, each `{kind, record_id?, …}`; the feed is locked.

    A standing is not copied: it is read when the feed is, so that it is always the present
    one.
    """
    if not changes:
        return
    statement = (
        sa.update(agents)
        .where(agents.c.agent_id == agent_id)
        .values(feed_number=agents.c.feed_number + len(changes))
        .returning(agents.c.feed_number)
    )
    last = tx.execute(statement).scalar_one()
    rows = [
        {
            "agent_id": agent_id,
            "number": last - len(changes) + place,
            "kind": change["kind"],
            "record_id": change.get("record_id"),
            "body": _body(change),
            "at": at,
        }
        for place, change in enumerate(changes, start=1)
    ]
    tx.execute(sa.insert(feed), rows)


def _body(change: Mapping[str, Any]) -> str | None:
    more = {name: value for name, value in change.items() if name not in ("kind", "record_id")}
    return json.dumps(more, ensure_ascii=False) if more else None


def after(tx: sa.Connection, agent_id: str, number: int, limit: int) -> Sequence[Any]:
    """Return up to `limit` changes behind a number, in order: number, kind, record_id, body."""
    return tx.execute(_AFTER, {"agent": agent_id, "number": number, "limit": limit}).all()


def last_number(tx: sa.Connection, agent_id: str) -> int:
    """Return the number of an agent's newest change; 0 where there is none."""
    return tx.execute(_LAST, {"agent": agent_id}).scalar() or 0
