"""Who has signed in, by the hash of a token."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.store.desk_tables import sign_ins, users

_BY_TOKEN = (
    sa.select(users, sign_ins.c.begun_at, sign_ins.c.seen_at.label("used_at"))
    .join_from(sign_ins, users, sign_ins.c.user_id == users.c.user_id)
    .where(sign_ins.c.token_hash == sa.bindparam("hash"), users.c.ended_at.is_(None))
)


def add(tx: sa.Connection, token_hash: str, user_id: str, now: datetime) -> None:
    """Write that a user signed in."""
    row = {"token_hash": token_hash, "user_id": user_id, "begun_at": now, "seen_at": now}
    tx.execute(sa.insert(sign_ins), [row])


def user(tx: sa.Connection, token_hash: str) -> Any:
    """Return the user of a sign-in, with begun_at and used_at; None where there is none."""
    return tx.execute(_BY_TOKEN, {"hash": token_hash}).one_or_none()


def see(tx: sa.Connection, token_hash: str, now: datetime) -> None:
    """Write that a sign-in was used."""
    tx.execute(sa.update(sign_ins).where(sign_ins.c.token_hash == token_hash).values(seen_at=now))


def end(tx: sa.Connection, token_hash: str) -> None:
    """End one sign-in."""
    tx.execute(sa.delete(sign_ins).where(sign_ins.c.token_hash == token_hash))


def end_all(tx: sa.Connection, user_id: str, *, but: str = "") -> None:
    """End all sign-ins of a user but the one of a hash."""
    own = sign_ins.c.user_id == user_id
    tx.execute(sa.delete(sign_ins).where(own, sign_ins.c.token_hash != but))


def sweep(tx: sa.Connection, user_id: str, *, used: datetime, begun: datetime) -> None:
    """Drop a user's sign-ins that were last used, or begun, before these moments."""
    old = sa.or_(sign_ins.c.seen_at < used, sign_ins.c.begun_at < begun)
    tx.execute(sa.delete(sign_ins).where(sign_ins.c.user_id == user_id, old))
