"""Users, and what each may see."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.store.desk_tables import user_offices, users
from server.store.tables import offices as all_offices

_OFFICES = sa.select(user_offices.c.office_id).where(user_offices.c.user_id == sa.bindparam("user"))


def add(tx: sa.Connection, row: dict[str, Any], office_ids: Iterable[str]) -> None:
    """Write a new user; IntegrityError where the folded name is taken."""
    tx.execute(sa.insert(users), [row])
    _put_offices(tx, row["user_id"], office_ids)


def named(tx: sa.Connection, folded_name: str) -> Any:
    """Return the user of a folded name, or None."""
    if not folded_name.isprintable():  # PostgreSQL refuses to compare with NUL
        return None
    return tx.execute(sa.select(users).where(users.c.folded_name == folded_name)).one_or_none()


def get(tx: sa.Connection, user_id: str) -> Any:
    """Return a user, or None."""
    query = sa.select(users).where(users.c.user_id == user_id)
    return tx.execute(query).one_or_none() if user_id.isprintable() else None


def lock(tx: sa.Connection, user_id: str) -> Any:
    """Return and lock a user, or None."""
    query = sa.select(users).where(users.c.user_id == user_id).with_for_update(key_share=True)
    return tx.execute(query).one_or_none() if user_id.isprintable() else None


def lock_with_role(tx: sa.Connection, role: str) -> Sequence[Any]:
    """Return and lock the users of a role who have not ended and can sign in."""
    query = sa.select(users).where(
        users.c.role == role, users.c.ended_at.is_(None), users.c.password_hash.is_not(None)
    )
    return tx.execute(query.order_by(users.c.user_id).with_for_update(key_share=True)).all()


def listed(tx: sa.Connection) -> Sequence[Any]:
    """Return all users, by name."""
    return tx.execute(sa.select(users).order_by(users.c.folded_name)).all()


def offices(tx: sa.Connection, user_id: str) -> frozenset[str]:
    """Return the ids of a user's own offices."""
    return frozenset(tx.execute(_OFFICES, {"user": user_id}).scalars())


def office_names(tx: sa.Connection) -> Mapping[str, Sequence[str]]:
    """Return the names of the own offices, sorted, by the user's id, where there are any."""
    query = sa.select(user_offices.c.user_id, all_offices.c.name).join_from(
        user_offices, all_offices, user_offices.c.office_id == all_offices.c.office_id
    )
    found: dict[str, list[str]] = {}
    for user_id, name in tx.execute(query.order_by(all_offices.c.name)):
        found.setdefault(user_id, []).append(name)
    return found


def put_offices(tx: sa.Connection, user_id: str, office_ids: Iterable[str]) -> None:
    """Write a user's own offices in the place of the former."""
    tx.execute(sa.delete(user_offices).where(user_offices.c.user_id == user_id))
    _put_offices(tx, user_id, office_ids)


def _put_offices(tx: sa.Connection, user_id: str, office_ids: Iterable[str]) -> None:
    own = [{"user_id": user_id, "office_id": office_id} for office_id in office_ids]
    if own:
        tx.execute(sa.insert(user_offices), own)


def change(tx: sa.Connection, user_id: str, **values: Any) -> None:
    """Write some of a user's columns."""
    tx.execute(sa.update(users).where(users.c.user_id == user_id).values(**values))


def see(tx: sa.Connection, user_id: str, now: datetime) -> None:
    """Write that a user was there."""
    change(tx, user_id, seen_at=now)
