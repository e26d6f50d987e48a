"""One-time links by which users set their password, by the secret's hash."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.store.desk_tables import links


def add(tx: sa.Connection, link_hash: str, user_id: str, expires_at: datetime) -> None:
    """Write a new link."""
    tx.execute(
        sa.insert(links), [{"link_hash": link_hash, "user_id": user_id, "expires_at": expires_at}]
    )


def get(tx: sa.Connection, link_hash: str) -> Any:
    """Return a link, or None."""
    return tx.execute(sa.select(links).where(links.c.link_hash == link_hash)).one_or_none()


def use(tx: sa.Connection, link_hash: str, now: datetime) -> bool:
    """Note that a link is used; False where somebody was quicker."""
    free = sa.update(links).where(links.c.link_hash == link_hash, links.c.used_at.is_(None))
    return tx.execute(free.values(used_at=now)).rowcount == 1


def expire(tx: sa.Connection, user_id: str, now: datetime) -> None:
    """Let a user's links that were not used be over."""
    own = sa.update(links).where(links.c.user_id == user_id, links.c.used_at.is_(None))
    tx.execute(own.where(links.c.expires_at > now).values(expires_at=now))


def open_until(tx: sa.Connection, now: datetime) -> Mapping[str, datetime]:
    """Return until when there is a link that may be used, by the user's id."""
    query = sa.select(links.c.user_id, links.c.expires_at)
    rows = tx.execute(query.where(links.c.used_at.is_(None), links.c.expires_at > now))
    return {row.user_id: row.expires_at for row in rows}
