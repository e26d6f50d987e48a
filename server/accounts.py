"""The office's own people: made, let in, let out.

A sign-in is a row in the database, so any process knows it, and ending it ends it at once.
"""

import secrets
import unicodedata
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from server import audit
from server.administer import Taken, Unknown
from server.audit import Action
from server.joining import hash_of
from server.office import Office
from server.problems import SIGN_IN_LOCKED, SIGN_IN_WRONG, Refused
from server.rules.roles import Role, User, offices_of
from server.store import offices, users

IDLE: Final = timedelta(minutes=30)
"""A sign-in that was not used for so long has ended."""
LONGEST: Final = timedelta(hours=12)
TRIES: Final = 5
LOCKS: Final = timedelta(minutes=1)
LONGEST_LOCK: Final = timedelta(minutes=15)
LEAST: Final = 12
"""Characters of a password, at least."""
_SEEN_EACH: Final = timedelta(minutes=1)
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def folded(name: str) -> str:
    """Return a user's name as it is looked for: case and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def add_user(
    office: Office, name: str, role: Role, office_names: tuple[str, ...], *, by: str, password: str
) -> str:
    """Make a user with a password; return the id.

    Raises Taken `user_taken`, Unknown `office_unknown`, ValueError with the code
    `name_unfit`, `office_missing` (a supervisor has one at least) or `password_weak`.
    """
    shown = " ".join(name.split())
    if not shown.isprintable() or not 0 < len(shown) <= 60:
        raise ValueError("name_unfit")
    if role == Role.SUPERVISOR and not office_names:
        raise ValueError("office_missing")
    require_strong(password, shown)
    password_hash, user_id, now = _HASHER.hash(password), office.new_id(), office.now()
    row = {"user_id": user_id, "name": shown, "folded_name": folded(name), "role": role.value}
    try:
        with office.store.write() as tx:
            own = [_office_id(tx, one) for one in dict.fromkeys(office_names)]
            users.add(tx, row | {"password_hash": password_hash, "made_at": now}, own)
            _note(tx, office, by, Action.MADE, user_id, role=role.value, name=shown)
    except sa.exc.IntegrityError:
        raise Taken("user_taken") from None
    return user_id


def _office_id(tx: sa.Connection, name: str) -> str:
    row = offices.office_named(tx, name) if name.isprintable() else None
    if row is None:
        raise Unknown("office_unknown")
    found: str = row.office_id
    return found


def require_strong(password: str, name: str) -> None:
    """Raise ValueError `password_weak` where it is short, one sign only, or the name itself."""
    if len(password) < LEAST or len(set(password)) < 5 or folded(password) == folded(name):
        raise ValueError("password_weak")


def sign_in(office: Office, name: str, password: str) -> User:
    """Let a user in; return them, known by a new token from then on.

    Raises Refused `sign_in_wrong`, and `sign_in_locked` after five wrong tries: for a minute,
    twice as long each time, a quarter of an hour at most. A wrong name costs the same time.
    """
    now = office.now()
    with office.store.read() as tx:
        row = users.named(tx, folded(name))
    if row is not None and row.locked_until is not None and row.locked_until > now:
        raise _locked(row.locked_until, now)
    known = row is not None and row.ended_at is None and row.password_hash is not None
    if not _is_right(row.password_hash if known else _nobodys(), password) or not known:
        if known:
            _fail(office, row.user_id, now)
        raise Refused(SIGN_IN_WRONG)
    token = secrets.token_urlsafe(32)
    with office.store.write() as tx:
        users.change(tx, row.user_id, failures=0, locked_until=None)
        users.sign_in(tx, hash_of(token), row.user_id, now)
        _note(tx, office, row.name, Action.SIGNED_IN, row.user_id)
        return _user(tx, row, token)


def _locked(until: datetime, now: datetime) -> Refused:
    seconds = max(1, round((until - now).total_seconds()))
    return Refused(SIGN_IN_LOCKED, headers={"Retry-After": str(seconds)})


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_urlsafe())


def _is_right(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except VerificationError:
        return False


def _fail(office: Office, user_id: str, now: datetime) -> None:
    """Count a wrong try under the writer's lock, so that none at the same time is missed."""
    with office.store.write() as tx:
        users.fail(tx, user_id)
        row = users.get(tx, user_id)
        locks = row.failures // TRIES
        if row.failures % TRIES == 0:
            until = now + min(LOCKS * 2 ** (locks - 1), LONGEST_LOCK)
            users.change(tx, user_id, locked_until=until)
        _note(tx, office, row.name, Action.REFUSED, user_id, failures=row.failures)


def user_of(office: Office, token: str) -> User | None:
    """Return who signed in under a token; None where nobody, or too long ago."""
    hashed, now = hash_of(token), office.now()
    with office.store.read() as tx:
        row = users.signed_in(tx, hashed)
        if row is None or now - row.seen_at > IDLE or now - row.begun_at > LONGEST:
            return None
        user = _user(tx, row, token)
    if now - row.seen_at > _SEEN_EACH:
        with office.store.write() as tx:
            users.see(tx, hashed, now)
    return user


def _user(tx: sa.Connection, row: sa.Row[tuple[object, ...]], token: str) -> User:
    role = Role(row.role)
    own = offices_of(role, users.offices(tx, row.user_id))
    return User(row.user_id, row.name, role, own, token)


def sign_out(office: Office, user: User) -> None:
    """End a sign-in."""
    with office.store.write() as tx:
        users.sign_out(tx, token_hash=hash_of(user.token))
        _note(tx, office, user.name, Action.SIGNED_OUT, user.user_id)


def _note(
    tx: sa.Connection, office: Office, by: str, action: Action, user_id: str, **detail: Any
) -> None:
    audit.note(
        tx,
        office.keys,
        by=by,
        at=office.now(),
        action=action,
        about="user",
        about_id=user_id,
        **detail,
    )
