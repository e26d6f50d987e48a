"""Personal tokens: by one a user's own programs ask for what the user may see and do."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from server import accounts
from server.audit import Action
from server.joining import hash_of
from server.office import Office
from server.problems import DAYS_UNFIT, PAGE_UNKNOWN, Refused
from server.rules.roles import User
from server.store import api_tokens

MOST_DAYS: Final = 365
MARK: Final = "lorong_"
"""What each token begins with, so that one that was left lying about is known as such."""


def make_token(office: Office, user: User, name: str, days: int) -> str:
    """Return a new token, to be seen this once, good for some days.

    Raises Refused `name_unfit` and `days_unfit`.
    """
    shown = accounts.sound_name(name)
    if not 1 <= days <= MOST_DAYS:
        raise Refused(DAYS_UNFIT)
    token, token_id, now = MARK + secrets.token_urlsafe(32), office.new_id(), office.now()
    row = {"token_id": token_id, "token_hash": hash_of(token), "user_id": user.user_id}
    span = {"made_at": now, "expires_at": now + timedelta(days=days)}
    with office.store.write() as tx:
        api_tokens.add(tx, row | span | {"name": shown})
        accounts.note(
            tx, office, user.name, Action.MADE, token_id, about="token", name=shown, days=days
        )
    return token


def own_tokens(office: Office, user: User) -> Sequence[Any]:
    """Return a user's tokens that hold: token_id, name, made_at, expires_at, used_at."""
    with office.store.read() as tx:
        return api_tokens.of_user(tx, user.user_id, office.now())


def end_token(office: Office, user: User, token_id: str) -> None:
    """End a token at once; raises Refused `page_unknown` where the user has no such one."""
    with office.store.write() as tx:
        name = api_tokens.end(tx, token_id, user.user_id, office.now())
        if name is None:
            raise Refused(PAGE_UNKNOWN)
        accounts.note(tx, office, user.name, Action.ENDED, token_id, about="token", name=name)
