"""Users as tests make them: with a password, signed in, refused."""

from collections.abc import Callable
from typing import Any

import pyotp
import pytest

from server import accounts, sign_ins, two_steps
from server.office import Office
from server.problems import Refused
from server.rules.roles import Role, User
from server.store import users
from tests.server.web.visitor import PASSWORD

OTHER = "kuda laut menari sore"
"""Another password."""


def add(office: Office, name: str = "Ibu Rahma", role: Role = Role.ADMINISTRATOR) -> str:
    """Make a user with a password; return the id."""
    return accounts.add_user(office, name, role, (), by="uji", password=PASSWORD)


def enter(office: Office, name: str = "Ibu Rahma", password: str = PASSWORD) -> User:
    """Sign in, where no code is asked for."""
    found = sign_ins.sign_in(office, name, password)
    assert isinstance(found, User)
    return found


def refused(deed: Callable[..., Any], *args: Any, **options: Any) -> str:
    """Insist that something is refused; return the code."""
    with pytest.raises(Refused) as told:
        deed(*args, **options)
    return told.value.problem.code


def two_steps_of(office: Office, user: User) -> pyotp.TOTP:
    """Turn a user's second step on; return the app that makes its codes."""
    app = pyotp.parse_uri(two_steps.begin(office, user))
    assert isinstance(app, pyotp.TOTP)
    two_steps.confirm(office, user, app.at(office.now()))
    return app


def row_of(office: Office, user_id: str) -> Any:
    """Return a user's row."""
    with office.store.read() as tx:
        return users.get(tx, user_id)
