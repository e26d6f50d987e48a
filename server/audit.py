"""The trail of what people do at the desk: append-only, each line sealed with the one before.

UU 27/2022 article 31 (DOMAIN.md section 8): a record of all processing. A line is sealed
with a key that is not in the database, so who changes one there is found by `broken`; who
takes lines off the end is found by the seal that was noted elsewhere (the doctor prints it).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from server.keys import Keys
from server.store import audit

MARK: Final = "token"
"""Under this a transaction, and a line of the trail, has the name of a personal token."""
_FORM: Final = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))


class Action(StrEnum):
    """What can be done."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    REFUSED = "refused"
    SAW = "saw"
    REVEALED = "revealed"
    EXPORTED = "exported"
    DECIDED = "decided"
    ASKED = "asked"
    UNDID = "undid"
    TOOK = "took"
    WITHDREW = "withdrew"
    MADE = "made"
    CHANGED = "changed"
    MOVED = "moved"
    ENDED = "ended"
    REVOKED = "revoked"
    RETIRED = "retired"
    JUDGED_AGAIN = "judged_again"


def note(
    tx: sa.Connection,
    keys: Keys,
    *,
    by: str,
    at: datetime,
    action: Action,
    about: str,
    about_id: str = "",
    office_id: str | None = None,
    **detail: Any,
) -> None:
    """Add a line, as the last thing of a transaction: until its end nobody else adds one.

    `by` is a user's name, `about` the noun (`case`, `record`, `agent`, `device`, `office`,
    `user`, `leaderboard`) and `about_id` its id; `detail` never holds a NIK, a mother's name or a
    phone number. Where a program asked by a personal token, its name is added.
    """
    detail |= {MARK: via} if (via := tx.get_execution_options().get(MARK)) else {}
    number, before = audit.lock_head(tx)
    row = {
        "number": number + 1,
        "at": at,
        "by": by,
        "action": action.value,
        "about": about,
        "about_id": about_id,
        "office_id": office_id,
        "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True),
    }
    audit.append(tx, row | {"seal": _seal(keys, before, row)})


@dataclass(frozen=True, slots=True)
class Fault:
    """Lines that are not as they were written, from one number to another."""

    first: int
    last: int
    is_gone: bool
    """Else they were altered, put there by somebody else, or follow what is gone."""


def broken(tx: sa.Connection, keys: Keys) -> Iterator[Fault]:
    """Yield the lines that are not as they were written, or are gone, the lowest number first."""
    before, expected, sound = audit.BEGINNING, 1, True
    for line in audit.lines(tx):
        row = dict(line._mapping)
        number, seal = row["number"], row.pop("seal")
        if number > expected:
            sound = False
            yield Fault(expected, number - 1, is_gone=True)
        if number < expected or seal != _seal(keys, before, row):
            sound = False
            yield Fault(number, number, is_gone=False)
        if number >= expected:
            before, expected = seal, number + 1
    number, seal = audit.head(tx)
    if number >= expected:
        yield Fault(expected, number, is_gone=True)
    elif sound and (number, seal) != (expected - 1, before):
        yield Fault(expected - 1, expected - 1, is_gone=False)


def written_seal(seal: bytes) -> str:
    """Return a seal as it is noted elsewhere: its first eight groups of four digits."""
    return seal[:16].hex(" ", 2)


def _seal(keys: Keys, before: bytes, row: Mapping[str, Any]) -> bytes:
    plain = {**row, "at": row["at"].astimezone(UTC).isoformat()}
    return keys.sealed_line(before + _FORM.encode(plain).encode("ascii"))
