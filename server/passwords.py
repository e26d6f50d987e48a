"""Passwords: which is strong enough, how it is kept, whether it is right.

argon2id with what OWASP's Password Storage Cheat Sheet names as the least: 19 MiB, 2 rounds.
"""

import secrets
import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from server.problems import PASSWORD_WEAK, Refused

LEAST: Final = 12
MOST: Final = 1_000
"""Characters of a password; what is longer is not even hashed."""
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def folded(name: str) -> str:
    """Return a user's name as it is looked for: case and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def hash_password(password: str, name: str) -> str:
    """Return what is kept of a user's new password.

    Raises Refused `password_weak` where it is short, too long, a few signs, or the name.
    """
    fits = LEAST <= len(password) <= MOST and len(set(password)) >= 5
    if not fits or folded(password) == folded(name):
        raise Refused(PASSWORD_WEAK)
    return _HASHER.hash(_typed(password))


def is_right(password_hash: str | None, password: str) -> bool:
    """Tell whether a password is right; where there is none, that costs the same time."""
    if len(password) > MOST:
        return False
    try:
        return _HASHER.verify(password_hash or _nobodys(), _typed(password))
    except VerificationError:
        return False


def _typed(password: str) -> bytes:
    """Return a password as bytes, the same whichever keyboard composed its letters."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_urlsafe())
