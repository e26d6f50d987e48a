"""Signing in and out: a password, where it is wanted a code too, and a token from then on.

A sign-in is a row in the database, so any process knows it, and ending it ends it at once.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from server import accounts, passwords, tries, two_steps
from server.audit import Action
from server.joining import hash_of
from server.office import Office
from server.passwords import folded
from server.problems import (
    PASSWORD_WRONG,
    SIGN_IN_STALE,
    SIGN_IN_WRONG,
    TOTP_WRONG,
    Refused,
)
from server.rules.roles import User
from server.store import links, sign_ins, users

HALF_WAY: Final = timedelta(minutes=5)
"""How long a right password waits for the code."""


@dataclass(frozen=True, slots=True)
class HalfWay:
    """Whose password was right, and whose code is still wanted."""

    user_id: str
    stamp: str
    """Of the password: where that is another by now, so is who typed it."""
    until: datetime


def sign_in(office: Office, name: str, password: str) -> User | HalfWay:
    """Let a user in, known by a new token from then on; HalfWay where a code is wanted too.

    Raises Refused `sign_in_wrong` and `sign_in_locked`. Whether there is such a name is told
    by neither, nor by how long it takes.
    """
    with office.store.read() as tx:
        tries.require_unlocked(tx, office, name)
        row = users.named(tx, folded(name))
    known = row if row is not None and row.ended_at is None else None
    shown, user_id = (name, None) if known is None else (known.name, known.user_id)
    password_hash = None if known is None else known.password_hash
    right = passwords.is_right(password_hash, password) and password_hash is not None

    def judge(tx: sa.Connection) -> User | HalfWay | None:
        user = users.lock(tx, user_id) if right and user_id else None
        if user is None or user.ended_at is not None or user.password_hash != password_hash:
            return None
        if two_steps.is_on(user):
            return HalfWay(user.user_id, _stamp(user), office.now() + HALF_WAY)
        tries.forget(tx, office, user.name)
        return begin(tx, office, user)

    answer: User | HalfWay | None = _tried(office, shown, user_id, judge)
    if answer is None:
        raise Refused(SIGN_IN_WRONG)
    return answer


def sign_in_by_code(office: Office, half: HalfWay, code: str) -> User:
    """Let a user in whose password was right, by the second step's code.

    Raises Refused `sign_in_stale` (begin again), `totp_wrong` and `sign_in_locked`.
    """
    with office.store.read() as tx:
        row = users.get(tx, half.user_id)
    if row is None or half.until <= office.now():
        raise Refused(SIGN_IN_STALE)

    def judge(tx: sa.Connection) -> User | None:
        user = users.lock(tx, half.user_id)
        if user.ended_at is not None or _stamp(user) != half.stamp or not two_steps.is_on(user):
            raise Refused(SIGN_IN_STALE)
        if not two_steps.spend(tx, office, user, code):
            return None
        tries.forget(tx, office, user.name)
        return begin(tx, office, user)

    answer: User | None = _tried(office, row.name, row.user_id, judge)
    if answer is None:
        raise Refused(TOTP_WRONG)
    return answer


def _tried(
    office: Office, name: str, user_id: str | None, judge: Callable[[sa.Connection], Any]
) -> Any:
    """Return what a try comes to; None, and it is counted, where it is wrong.

    All under the name's lock: of many wrong tries at once none is missed, and a right one
    among them that comes too late is refused `sign_in_locked`.
    """
    with office.store.write() as tx:
        tries.require_unlocked(tx, office, name, hold=True)
        answer = judge(tx)
        if answer is None:
            tries.fail(tx, office, name, user_id)
        return answer


def require_password(office: Office, user: User, password: str) -> None:
    """Insist on who has signed in; raises Refused `password_wrong` and `sign_in_locked`."""
    with office.store.read() as tx:
        tries.require_unlocked(tx, office, user.name)
        row = users.get(tx, user.user_id)
    right = passwords.is_right(row.password_hash, password)
    if _tried(office, user.name, user.user_id, lambda _tx: right or None) is None:
        raise Refused(PASSWORD_WRONG)


def begin(tx: sa.Connection, office: Office, row: Any) -> User:
    """Write that a user signs in, as the last of a transaction; return them with a new token."""
    now, token = office.now(), secrets.token_urlsafe(32)
    users.see(tx, row.user_id, now)
    idle = timedelta(minutes=office.settings.session_minutes)
    sign_ins.sweep(tx, row.user_id, used=now - idle, begun=now - accounts.LONGEST)
    sign_ins.add(tx, hash_of(token), row.user_id, now)
    accounts.note(tx, office, row.name, Action.SIGNED_IN, row.user_id)
    return accounts.user_from(tx, row, token)


def change_password(office: Office, user: User, present: str, new: str) -> None:
    """Change the own password; all other sign-ins end, and links that were not used.

    Raises Refused `password_wrong`, `password_weak` and `sign_in_locked`.
    """
    require_password(office, user, present)
    password_hash = passwords.hash_password(new, user.name)
    with office.store.write() as tx:
        users.change(tx, user.user_id, password_hash=password_hash)
        sign_ins.end_all(tx, user.user_id, but=hash_of(user.token))
        links.expire(tx, user.user_id, office.now())
        accounts.note(tx, office, user.name, Action.CHANGED, user.user_id, changed="password")


def sign_out(office: Office, user: User) -> None:
    """End a sign-in."""
    with office.store.write() as tx:
        sign_ins.end(tx, hash_of(user.token))
        accounts.note(tx, office, user.name, Action.SIGNED_OUT, user.user_id)


def sign_out_everywhere(office: Office, user: User) -> None:
    """End all of a user's sign-ins, this one too."""
    with office.store.write() as tx:
        sign_ins.end_all(tx, user.user_id)
        accounts.note(tx, office, user.name, Action.SIGNED_OUT, user.user_id, everywhere=True)


def _stamp(row: Any) -> str:
    return hash_of(row.password_hash or "")
