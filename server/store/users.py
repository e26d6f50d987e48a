"""Users, and by what they are known: passwords, sign-ins, tokens."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.store.desk_tables import sign_ins, user_offices, users

_BY_SIGN_IN = (
    sa.select(users, sign_ins.c.begun_at, sign_ins.c.seen_at)
    .join_from(sign_ins, users, sign_ins.c.user_id == users.c.user_id)
    .where(sign_ins.c.token_hash == sa.bindparam("hash"), users.c.ended_at.is_(None))
)
_OFFICES = sa.select(user_offices.c.office_id).where(user_offices.c.user_id == sa.bindparam("user"))


def add(tx: sa.Connection, row: dict[str, Any], office_ids: Iterable[str]) -> None:
    """Write a new user; IntegrityError where the folded name is taken."""
    tx.execute(sa.insert(users), [row])
    own = [{"user_id": row["user_id"], "office_id": office_id} for office_id in office_ids]
    if own:
        tx.execute(sa.insert(user_offices), own)


def named(tx: sa.Connection, folded_name: str) -> Any:
    """Return the user of a folded name, or None."""
    return tx.execute(sa.select(users).where(users.c.folded_name == folded_name)).one_or_none()


def get(tx: sa.Connection, user_id: str) -> Any:
    """Return a user, or None."""
    return tx.execute(sa.select(users).where(users.c.user_id == user_id)).one_or_none()


def listed(tx: sa.Connection) -> Sequence[Any]:
    """Return all users, by name."""
    return tx.execute(sa.select(users).order_by(users.c.folded_name)).all()


def offices(tx: sa.Connection, user_id: str) -> frozenset[str]:
    """Return the ids of a user's own offices."""
    return frozenset(tx.execute(_OFFICES, {"user": user_id}).scalars())


def change(tx: sa.Connection, user_id: str, **values: Any) -> None:
    """Write some of a user's columns."""
    tx.execute(sa.update(users).where(users.c.user_id == user_id).values(**values))


def fail(tx: sa.Connection, user_id: str) -> None:
    """Count one more wrong try."""
    more = users.c.failures + 1
    tx.execute(sa.update(users).where(users.c.user_id == user_id).values(failures=more))


def sign_in(tx: sa.Connection, token_hash: str, user_id: str, now: datetime) -> None:
    """Write that a user signed in."""
    row = {"token_hash": token_hash, "user_id": user_id, "begun_at": now, "seen_at": now}
    tx.execute(sa.insert(sign_ins), [row])


def signed_in(tx: sa.Connection, token_hash: str) -> Any:
    """Return the user of a sign-in, with begun_at and seen_at; None where there is none."""
    return tx.execute(_BY_SIGN_IN, {"hash": token_hash}).one_or_none()


def see(tx: sa.Connection, token_hash: str, now: datetime) -> None:
    """Write that a sign-in was used."""
    tx.execute(sa.update(sign_ins).where(sign_ins.c.token_hash == token_hash).values(seen_at=now))


def sign_out(tx: sa.Connection, *, token_hash: str | None = None, user_id: str = "") -> None:
    """End one sign-in, or all of a user's."""
    of_one = sign_ins.c.token_hash == token_hash
    tx.execute(sa.delete(sign_ins).where(of_one if token_hash else sign_ins.c.user_id == user_id))
