"""Join codes that are open: whose they are, until when, and that one is void.

A code is not known again once it was shown. It has 40 bits, so that its plain hash would
tell it to who tries them all: outside it is named by a keyed trace of that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server import audit
from server.audit import Action
from server.office import Office
from server.problems import JOIN_CODE_GONE, Refused
from server.store import devices


@dataclass(frozen=True, slots=True)
class JoinCode:
    """An open code: it can still be used by a laptop of this agent."""

    code_id: str
    agent_id: str
    agent_code: str
    agent_name: str
    expires_at: datetime


def open_codes(office: Office, own: frozenset[str] | None) -> Sequence[JoinCode]:
    """Return the open codes of the agents of these offices (None: of all), soonest over first."""
    with office.store.read() as tx:
        return [_code(office, row) for row in _open(tx, office, own)]


def void(office: Office, code_id: str, own: frozenset[str] | None, *, by: str) -> None:
    """Make an open code of these offices void; raises Refused 404."""
    with office.store.write() as tx:
        rows = _open(tx, office, own)
        row = next((one for one in rows if _code(office, one).code_id == code_id), None)
        if row is None or not devices.void_code(tx, row.code_hash, office.now()):
            raise Refused(JOIN_CODE_GONE)
        audit.note(
            tx,
            office.keys,
            by=by,
            at=office.now(),
            action=Action.ENDED,
            about="join_code",
            about_id=row.agent_id,
            office_id=row.office_id,
        )


def _open(tx: sa.Connection, office: Office, own: frozenset[str] | None) -> list[Any]:
    rows = devices.open_codes(tx, office.now(), office.today())
    return [row for row in rows if own is None or row.office_id in own]


def _code(office: Office, row: Any) -> JoinCode:
    code_id = office.keys.trace(row.code_hash).to_bytes(8, "big", signed=True).hex()
    return JoinCode(code_id, row.agent_id, row.agent_code, row.agent_name, row.expires_at)
