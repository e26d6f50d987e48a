"""Wrong tries: counted by the name that was typed, in the database, so that all processes know.

A name that is nobody's is locked like any other; so a lock tells nobody whose names there are.
In a transaction a name's tries come before its user's row: no two then wait for each other.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from server import audit
from server.audit import Action
from server.office import Office
from server.passwords import folded
from server.problems import SIGN_IN_LOCKED, Refused
from server.store import tries

TRIES: Final = 5
LOCKS: Final = timedelta(minutes=1)
LONGEST_LOCK: Final = timedelta(minutes=15)
FORGOTTEN: Final = timedelta(hours=1)
"""So long after the last of them wrong tries are forgotten: waiting for it is no quicker."""


def require_unlocked(tx: sa.Connection, office: Office, name: str, *, hold: bool = False) -> None:
    """Raise Refused `sign_in_locked` where a name is locked.

    With `hold`, in a transaction that writes, who asks next waits for its end.
    """
    now = office.now()
    until = tries.locked_until(tx, _trace(office, name), hold=hold)
    if until is not None and until > now:
        seconds = max(1, round((until - now).total_seconds()))
        raise Refused(SIGN_IN_LOCKED, headers={"Retry-After": str(seconds)})


def fail(tx: sa.Connection, office: Office, name: str, user_id: str | None) -> None:
    """Count a wrong try, as the last of a transaction; it is noted where there is such a user.

    Each fifth locks the name: for a minute, twice as long each time, a quarter of an hour at
    most.
    """
    now, trace = office.now(), _trace(office, name)
    failures = tries.fail(tx, trace, now, now - FORGOTTEN)
    if failures % TRIES == 0:
        doubled = min(failures // TRIES - 1, 10)
        tries.lock(tx, trace, now + min(LOCKS * 2**doubled, LONGEST_LOCK))
    if user_id is not None:
        audit.note(
            tx,
            office.keys,
            by=name,
            at=now,
            action=Action.REFUSED,
            about="user",
            about_id=user_id,
            failures=failures,
        )


def forget(tx: sa.Connection, office: Office, name: str) -> None:
    """Forget a name's wrong tries."""
    tries.forget(tx, _trace(office, name))


def locked(tx: sa.Connection, office: Office, names: Iterable[str]) -> Mapping[str, datetime]:
    """Return until when each of these names is locked, where it is."""
    now, traces = office.now(), {_trace(office, name): name for name in names}
    found = tries.locks(tx, traces)
    return {traces[trace]: until for trace, until in found.items() if until > now}


def _trace(office: Office, name: str) -> int:
    # Keyed: somebody may have typed the password where the name belongs.
    return office.keys.trace(f"tries:{folded(name)}")
