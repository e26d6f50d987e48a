"""What lies in set_aside, and whether judging it again may give a verdict; pure."""

from typing import Final

from schemas.words import Reason, Responsible

UNREADABLE: Final = "unreadable"
"""What came without a usable record_id; it has no answer of its own."""

_ACTS: Final = {
    Reason.NOT_DECIDED: Responsible.ADMIN,
    Reason.CORRECTS_UNKNOWN: Responsible.AGENT,
    Reason.KIND_UNKNOWN: Responsible.ADMIN,
    Reason.SCHEMA_NEWER: Responsible.ADMIN,
    Reason.ID_REUSED: Responsible.NOBODY,
    Reason.DIGEST_MISMATCH: Responsible.AGENT,
    UNREADABLE: Responsible.ADMIN,
}
_NEVER: Final = (Reason.ID_REUSED, Reason.DIGEST_MISMATCH, UNREADABLE)


def may_be_judged(reason: str) -> bool:
    """Tell whether the kept bytes may have a verdict of this office some day.

    Never: what another record's id names, what is not the bytes that its laptop made, what
    has no id. A reason that nobody here knows was set by a later program, so that one of its
    kind judges.
    """
    return reason not in _NEVER


def who_acts(reason: str) -> Responsible:
    """Return who must act on it."""
    return _ACTS.get(reason, Responsible.ADMIN)
