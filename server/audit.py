"""The trail of what people do at the desk: append-only, each line sealed with the one before.

UU 27/2022 article 31 (DOMAIN.md section 8): a record of all processing. A line is sealed
with a key that is not in the database, so who changes one there is found by `broken`; who
takes lines off the end is found by the seal that was noted elsewhere (the doctor prints it).
"""

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from schemas.envelope import rfc3339
from server.keys import Keys
from server.store import audit


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
    `user`, `export`) and `about_id` its id; `detail` never holds a NIK, a mother's name or a
    phone number.
    """
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


def broken(tx: sa.Connection, keys: Keys) -> list[int]:
    """Return the numbers of lines that are not as they were written, or are gone; oldest first."""
    found: list[int] = []
    before, expected = audit.BEGINNING, 1
    for line in audit.lines(tx):
        row = dict(line._mapping)
        seal = row.pop("seal")
        found += range(expected, row["number"])
        if seal != _seal(keys, before, row):
            found.append(row["number"])
        before, expected = seal, row["number"] + 1
    number, seal = audit.head(tx)
    found += range(expected, number + 1)
    if not found and (number, seal) != (expected - 1, before):
        found.append(expected - 1)
    return found


def _seal(keys: Keys, before: bytes, row: Mapping[str, Any]) -> bytes:
    plain = {**row, "at": rfc3339(row["at"])}
    form = json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return keys.sealed_line(before + form.encode("ascii"))
