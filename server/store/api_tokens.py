"""Personal tokens by which a user's own programs ask, by their hash."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.store.desk_tables import api_tokens, users

_BY_TOKEN = (
    sa.select(
        users, api_tokens.c.token_id, api_tokens.c.used_at, api_tokens.c.name.label("token_name")
    )
    .join_from(api_tokens, users, api_tokens.c.user_id == users.c.user_id)
    .where(
        api_tokens.c.token_hash == sa.bindparam("hash"),
        api_tokens.c.expires_at > sa.bindparam("now"),
        api_tokens.c.ended_at.is_(None),
        users.c.ended_at.is_(None),
    )
)


def add(tx: sa.Connection, row: dict[str, Any]) -> None:
    """Write a new token."""
    tx.execute(sa.insert(api_tokens), [row])


def user(tx: sa.Connection, token_hash: str, now: datetime) -> Any:
    """Return the user of a token that holds, with token_id, token_name and used_at, or None."""
    return tx.execute(_BY_TOKEN, {"hash": token_hash, "now": now}).one_or_none()


def see(tx: sa.Connection, token_id: str, now: datetime) -> None:
    """Write that a token was used."""
    tx.execute(sa.update(api_tokens).where(api_tokens.c.token_id == token_id).values(used_at=now))


def of_user(tx: sa.Connection, user_id: str, now: datetime) -> Sequence[Any]:
    """Return a user's tokens that hold, newest first."""
    own = sa.select(api_tokens).where(
        api_tokens.c.user_id == user_id,
        api_tokens.c.expires_at > now,
        api_tokens.c.ended_at.is_(None),
    )
    return tx.execute(own.order_by(api_tokens.c.made_at.desc(), api_tokens.c.token_id)).all()


def end(tx: sa.Connection, token_id: str, user_id: str, now: datetime) -> str | None:
    """End a user's token; return its name, None where there is none that had not ended."""
    if not token_id.isprintable():
        return None
    own = (
        sa.update(api_tokens)
        .where(api_tokens.c.token_id == token_id, api_tokens.c.user_id == user_id)
        .where(api_tokens.c.ended_at.is_(None))
    )
    name: str | None = tx.execute(own.values(ended_at=now).returning(api_tokens.c.name)).scalar()
    return name


def end_all(tx: sa.Connection, user_id: str, now: datetime) -> None:
    """End all of a user's tokens."""
    own = sa.update(api_tokens).where(
        api_tokens.c.user_id == user_id, api_tokens.c.ended_at.is_(None)
    )
    tx.execute(own.values(ended_at=now))
