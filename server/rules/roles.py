"""Who may do what at the desk; pure.

An administrator may do all, a supervisor what concerns the own offices, a viewer sees
figures and no worker's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a user is at the office."""

    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"
    VIEWER = "viewer"


class Access(StrEnum):
    """Who is let in at an address."""

    OPEN = "open"
    """Anybody: what signs in, and what says nothing of anybody."""
    LAPTOP = "laptop"
    """A laptop by its token, which the call itself looks at (server/api/admission.py)."""
    OWN = "own"
    """Every user, about the own account."""
    FIGURES = "figures"
    """Every user: figures of the own offices, without a worker's name."""
    WORK = "work"
    """Who answers for an office: what names workers, cases, laptops."""
    ALL = "all"
    """Administrators alone."""


_MAY: Final[Mapping[Access, frozenset[Role]]] = {
    Access.OWN: frozenset(Role),
    Access.FIGURES: frozenset(Role),
    Access.WORK: frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
    Access.ALL: frozenset({Role.ADMINISTRATOR}),
}


@dataclass(frozen=True, slots=True)
class User:
    """Who has signed in; `offices` are the own ones by their ids, None where all are."""

    user_id: str
    name: str
    role: Role
    offices: frozenset[str] | None
    token: str
    """By what the user is known at the next request."""
    token_name: str | None = None
    """What the user calls the personal token that was sent, None at a page."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Return what the cookie holds (Flask-Login asks for it by this name)."""
        return self.token

    def may(self, access: Access) -> bool:
        """Tell whether the role is enough."""
        return self.role in _MAY.get(access, ())

    def sees(self, office_ids: frozenset[str]) -> bool:
        """Tell whether something that is of these offices is the user's to see."""
        return self.offices is None or bool(self.offices & office_ids)


def offices_of(role: Role, own: frozenset[str]) -> frozenset[str] | None:
    """Return whose figures a role sees: an administrator, and a viewer without an office, all."""
    if role == Role.ADMINISTRATOR or (role == Role.VIEWER and not own):
        return None
    return own
