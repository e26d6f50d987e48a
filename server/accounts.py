"""The office's own people: made, changed, ended; and who it is that asks.

An administrator who can sign in always remains: the last one is neither ended nor demoted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from server import administer, audit, passwords, tries
from server.audit import Action
from server.joining import hash_of
from server.office import Office
from server.passwords import folded
from server.problems import (
    LAST_ADMINISTRATOR,
    NAME_UNFIT,
    OFFICE_MISSING,
    OFFICE_UNKNOWN,
    USER_ENDED,
    USER_TAKEN,
    USER_UNKNOWN,
    Refused,
)
from server.rules.roles import Role, User, offices_of
from server.store import api_tokens, links, offices, sign_ins, users

LONGEST: Final = timedelta(hours=12)
"""How long a sign-in lasts, however much it is used."""
_SEEN_EACH: Final = timedelta(minutes=1)
_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Account:
    """A user as an administrator sees one."""

    user_id: str
    name: str
    role: Role
    offices: tuple[str, ...]
    """Names of the own offices; of an administrator, and a viewer without one, all count."""
    made_at: datetime
    seen_at: datetime | None
    ended_at: datetime | None
    has_password: bool
    two_steps: bool
    locked_until: datetime | None
    link_until: datetime | None
    """Until when a link may be used that was not used yet."""


def add_user(
    office: Office,
    name: str,
    role: Role,
    office_names: Sequence[str],
    *,
    by: str,
    password: str | None = None,
) -> str:
    """Make a user, who sets the password by a link where none is given; return the id.

    Raises Refused `name_unfit`, `office_missing`, `office_unknown`, `password_weak` and
    `user_taken`, also of the name by which the trail knows the office's terminal.
    """
    shown, user_id = sound_name(name), office.new_id()
    if folded(shown) == administer.COMMAND:
        raise Refused(USER_TAKEN)
    password_hash = None if password is None else passwords.hash_password(password, shown)
    row = {"user_id": user_id, "name": shown, "folded_name": folded(shown), "role": role.value}
    rest = {"password_hash": password_hash, "made_at": office.now()}
    try:
        with office.store.write() as tx:
            users.add(tx, row | rest, _office_ids(tx, role, office_names))
            note(tx, office, by, Action.MADE, user_id, **_told(shown, role, office_names))
    except sa.exc.IntegrityError:
        raise Refused(USER_TAKEN) from None
    return user_id


def change_user(
    office: Office, user_id: str, role: Role, office_names: Sequence[str], *, by: str
) -> None:
    """Give a user another role and other offices, from the next request on.

    Raises Refused `user_unknown`, `user_ended`, `office_missing`, `office_unknown` and
    `last_administrator`.
    """
    with office.store.write() as tx:
        row = _lock(tx, user_id, remains=role == Role.ADMINISTRATOR)
        users.change(tx, user_id, role=role.value)
        users.put_offices(tx, user_id, _office_ids(tx, role, office_names))
        told = _told(row.name, role, office_names)
        note(tx, office, by, Action.CHANGED, user_id, changed="role", **told)


def end_user(office: Office, user_id: str, *, by: str) -> None:
    """End a user, who is out at once; the name stays theirs.

    Raises Refused `user_unknown`, `user_ended` and `last_administrator`.
    """
    now = office.now()
    with office.store.write() as tx:
        row = _lock(tx, user_id, remains=False)
        users.change(tx, user_id, ended_at=now, sealed_totp=None, totp_step=None)
        sign_ins.end_all(tx, user_id)
        links.expire(tx, user_id, now)
        note(tx, office, by, Action.ENDED, user_id, name=row.name)


def unlock_user(office: Office, user_id: str, *, by: str) -> None:
    """Forget a user's wrong tries; raises Refused `user_unknown`."""
    with office.store.write() as tx:
        row = users.get(tx, user_id)
        if row is None:
            raise Refused(USER_UNKNOWN)
        tries.forget(tx, office, row.name)
        note(tx, office, by, Action.CHANGED, user_id, changed="unlocked", name=row.name)


def user_id_of(office: Office, name: str) -> str:
    """Return the id of the user of a name; raises Refused `user_unknown`."""
    with office.store.read() as tx:
        row = users.named(tx, folded(name))
    if row is None:
        raise Refused(USER_UNKNOWN)
    found: str = row.user_id
    return found


def all_users(office: Office) -> Sequence[Account]:
    """Return everybody who is or was a user, by name."""
    with office.store.read() as tx:
        rows = users.listed(tx)
        named, open_until = users.office_names(tx), links.open_until(tx, office.now())
        locked = tries.locked(tx, office, [row.name for row in rows])
    return [
        Account(
            user_id=row.user_id,
            name=row.name,
            role=Role(row.role),
            offices=tuple(named.get(row.user_id, ())),
            made_at=row.made_at,
            seen_at=row.seen_at,
            ended_at=row.ended_at,
            has_password=row.password_hash is not None,
            two_steps=row.totp_step is not None,
            locked_until=locked.get(row.name),
            link_until=open_until.get(row.user_id),
        )
        for row in rows
    ]


def account(office: Office, user_id: str) -> Account:
    """Return one user; raises Refused `user_unknown`."""
    for one in all_users(office):
        if one.user_id == user_id:
            return one
    raise Refused(USER_UNKNOWN)


def user_of(office: Office, token: str, *, quiet: bool = False) -> User | None:
    """Return who signed in under a token; None where nobody, or too long ago.

    What a page asks for `quiet`ly, by itself, is no sign that somebody is still there.
    """
    hashed, now = hash_of(token), office.now()
    idle = timedelta(minutes=office.settings.session_minutes)
    with office.store.read() as tx:
        row = sign_ins.user(tx, hashed)
        if row is None or now - row.used_at > idle or now - row.begun_at > LONGEST:
            return None
        user = user_from(tx, row, token)
    if not quiet and now - row.used_at > _SEEN_EACH:
        with office.store.write() as tx:
            users.see(tx, user.user_id, now)
            sign_ins.see(tx, hashed, now)
    return user


def user_of_token(office: Office, token: str) -> User | None:
    """Return whose personal token it is; None where nobody's, or it holds no longer."""
    now = office.now()
    with office.store.read() as tx:
        row = api_tokens.user(tx, hash_of(token), now)
        if row is None:
            return None
        user = replace(user_from(tx, row, token), token_name=row.token_name)
    if row.used_at is None or now - row.used_at > _SEEN_EACH:
        with office.store.write() as tx:
            api_tokens.see(tx, row.token_id, now)
    return user


def user_from(tx: sa.Connection, row: Any, token: str) -> User:
    """Return a user's row as who asks under a token."""
    role = Role(row.role)
    own = offices_of(role, users.offices(tx, row.user_id))
    return User(row.user_id, row.name, role, own, token)


def sound_name(name: str) -> str:
    """Return a name with single spaces alone; raises Refused `name_unfit` where it is none."""
    shown = " ".join(name.split())
    if not shown.isprintable() or not 0 < len(shown) <= _NAME or not folded(shown):
        raise Refused(NAME_UNFIT)
    return shown


def note(
    tx: sa.Connection,
    office: Office,
    by: str,
    action: Action,
    about_id: str,
    *,
    about: str = "user",
    **detail: Any,
) -> None:
    """Add a line about a user, a link or a token to the trail, as the last of a transaction."""
    at = office.now()
    audit.note(
        tx, office.keys, by=by, at=at, action=action, about=about, about_id=about_id, **detail
    )


def _lock(tx: sa.Connection, user_id: str, *, remains: bool) -> Any:
    """Return a locked user to be changed, who remains an administrator or does not."""
    # All of them first and in order: of two who demote each other the second finds one left.
    others = {one.user_id for one in users.lock_with_role(tx, Role.ADMINISTRATOR)}
    row = users.lock(tx, user_id)
    if row is None:
        raise Refused(USER_UNKNOWN)
    if row.ended_at is not None:
        raise Refused(USER_ENDED)
    if not remains and others == {user_id}:
        raise Refused(LAST_ADMINISTRATOR)
    return row


def _told(name: str, role: Role, office_names: Sequence[str]) -> dict[str, Any]:
    return {"name": name, "role": role.value, "offices": sorted(set(office_names))}


def _office_ids(tx: sa.Connection, role: Role, names: Sequence[str]) -> list[str]:
    if role == Role.SUPERVISOR and not names:
        raise Refused(OFFICE_MISSING)
    found: list[str] = []
    for name in dict.fromkeys(names):
        row = offices.office_named(tx, name) if name.isprintable() else None
        if row is None:
            raise Refused(OFFICE_UNKNOWN)
        found.append(row.office_id)
    return found
