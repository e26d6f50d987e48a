"""The second step of a sign-in: a code of an authenticator app (TOTP, RFC 6238).

A secret that no code was made from yet (`totp_step` is empty) is not asked for: who made
a mistake at the beginning is not shut out.
"""

import hmac
from typing import Any, Final

import pyotp
import sqlalchemy as sa

from server import accounts
from server.audit import Action
from server.office import Office
from server.problems import PAGE_STALE, TOTP_WRONG, Refused
from server.rules.roles import User
from server.store import users

ISSUER: Final = "Lorong"
"""What the app shows beside the user's name."""


def is_on(row: Any) -> bool:
    """Tell whether a user is asked for a code."""
    return row.totp_step is not None


def begin(office: Office, user: User) -> str:
    """Make a secret, not asked for yet; return the address that an app reads as a QR code.

    Raises Refused `page_stale` where a code is asked for already.
    """
    secret = pyotp.random_base32()
    with office.store.write() as tx:
        if is_on(users.lock(tx, user.user_id)):
            raise Refused(PAGE_STALE)
        users.change(tx, user.user_id, sealed_totp=office.keys.seal(secret.encode("ascii")))
    return pyotp.TOTP(secret).provisioning_uri(name=user.name, issuer_name=ISSUER)


def confirm(office: Office, user: User, code: str) -> None:
    """Ask for a code from now on, the app having shown that it makes the right ones.

    Raises Refused `totp_wrong`, and `page_stale` where nothing was begun.
    """
    with office.store.write() as tx:
        row = users.lock(tx, user.user_id)
        if is_on(row) or row.sealed_totp is None:
            raise Refused(PAGE_STALE)
        if not spend(tx, office, row, code):
            raise Refused(TOTP_WRONG)
        accounts.note(tx, office, user.name, Action.CHANGED, user.user_id, changed="totp_on")


def end(office: Office, user: User) -> None:
    """Ask for no code any more."""
    with office.store.write() as tx:
        users.change(tx, user.user_id, sealed_totp=None, totp_step=None)
        accounts.note(tx, office, user.name, Action.CHANGED, user.user_id, changed="totp_off")


def spend(tx: sa.Connection, office: Office, row: Any, code: str) -> bool:
    """Tell whether a code of a locked user is right; then neither it nor an older one is again.

    The present half minute's, the one before and the one after: phones' clocks differ.
    """
    totp = pyotp.TOTP(office.keys.open(row.sealed_totp).decode("ascii"))
    typed = "".join(code.split())[:10].encode("utf-8", "surrogatepass")
    now = totp.timecode(office.now())
    for step in (now - 1, now, now + 1):
        is_new = row.totp_step is None or step > row.totp_step
        if is_new and hmac.compare_digest(totp.generate_otp(step).encode("ascii"), typed):
            users.change(tx, row.user_id, totp_step=step)
            return True
    return False
