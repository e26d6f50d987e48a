"""One-time links: a new user, or one who forgot the password, sets it, once, within 72 hours."""

import secrets
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from server import accounts, passwords, sign_ins, tries
from server.audit import Action
from server.joining import hash_of
from server.office import Office
from server.problems import (
    LINK_EXPIRED,
    LINK_UNKNOWN,
    LINK_USED,
    USER_ENDED,
    USER_UNKNOWN,
    Refused,
)
from server.rules.roles import User
from server.store import api_tokens, links, users
from server.store import sign_ins as present

HOURS: Final = 72


def make_link(office: Office, user_id: str, *, by: str) -> tuple[str, datetime]:
    """Return a new link of a user, and until when it is good; former ones are over.

    What the user knows by heart stays good until the link is used. Raises Refused
    `user_unknown`, `user_ended`.
    """
    secret, now = secrets.token_urlsafe(32), office.now()
    until = now + timedelta(hours=HOURS)
    with office.store.write() as tx:
        row = users.lock(tx, user_id)
        if row is None:
            raise Refused(USER_UNKNOWN)
        if row.ended_at is not None:
            raise Refused(USER_ENDED)
        links.expire(tx, user_id, now)
        links.add(tx, hash_of(secret), user_id, until)
        accounts.note(tx, office, by, Action.MADE, user_id, about="link", name=row.name)
    return f"{office.settings.public_url}/welcome/{secret}", until


def whose(office: Office, secret: str) -> str:
    """Return the name of whose link it is; raises Refused `link_unknown`, `_used`, `_expired`."""
    with office.store.read() as tx:
        name: str = _user(tx, office, secret).name
    return name


def use_link(office: Office, secret: str, password: str) -> User:
    """Set a password by a link, and let its user in; all earlier sign-ins and tokens end.

    The second step is off from then on: who asks for a link may have lost the phone. Raises
    Refused as `whose`, and `password_weak`; then the link is as good as before.
    """
    with office.store.read() as tx:
        row = _user(tx, office, secret)
    password_hash = passwords.hash_password(password, row.name)
    fresh = {"password_hash": password_hash, "sealed_totp": None, "totp_step": None}
    with office.store.write() as tx:
        tries.forget(tx, office, row.name)
        users.lock(tx, _user(tx, office, secret).user_id)
        if not links.use(tx, hash_of(secret), office.now()):
            raise Refused(LINK_USED)
        users.change(tx, row.user_id, **fresh)
        present.end_all(tx, row.user_id)
        api_tokens.end_all(tx, row.user_id, office.now())
        accounts.note(
            tx, office, row.name, Action.CHANGED, row.user_id, changed="password", by_link=True
        )
        return sign_ins.begin(tx, office, row)


def _user(tx: sa.Connection, office: Office, secret: str) -> Any:
    link = links.get(tx, hash_of(secret))
    row = None if link is None else users.get(tx, link.user_id)
    if row is None or row.ended_at is not None:
        raise Refused(LINK_UNKNOWN)
    if link.used_at is not None:
        raise Refused(LINK_USED)
    if link.expires_at <= office.now():
        raise Refused(LINK_EXPIRED)
    return row
