"""What a large office's desk has beside its books: users, former laptops, a long trail.

The trail's lines are written without their seals, so the doctor would find them broken.
"""

import random
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from bench.crowd import MOMENT
from server import accounts
from server.audit import Action
from server.office import Office
from server.rules.roles import Role
from server.store import audit, bulk
from server.store.case_tables import cases
from server.store.desk_tables import audit as trail
from server.store.desk_tables import audit_head
from server.store.tables import devices
from server.store.tables import offices as office_table

LINES: Final = 200_000
FORMER: Final = 1_000
SPAN: Final = timedelta(days=730)
PASSWORD: Final = "ikan segar pagi hari"
CHIEF: Final = "Pengawas 1"
"""The supervisor of the first office; there are so many as offices."""
HEAD: Final = "Administrator"
_SEAL: Final = bytes(32)
_DEEDS: Final = (Action.SAW, Action.SAW, Action.SAW, Action.DECIDED, Action.REVEALED)


def furnish(office: Office) -> None:
    """Give an office that was just made its users, former laptops and trail."""
    with office.store.read() as tx:
        names = tx.execute(sa.select(office_table).order_by(office_table.c.name)).all()
    accounts.add_user(office, HEAD, Role.ADMINISTRATOR, (), by=HEAD, password=PASSWORD)
    for number, row in enumerate(names, 1):
        name = f"Pengawas {number}"
        accounts.add_user(office, name, Role.SUPERVISOR, (row.name,), by=HEAD, password=PASSWORD)
    people = {row.office_id: f"Pengawas {number}" for number, row in enumerate(names, 1)}
    with office.store.write() as tx:
        tx.execute(sa.insert(devices), _former(tx, office))
        _write_trail(tx, people)
        if tx.dialect.name == "postgresql":
            tx.exec_driver_sql("ANALYZE")


def is_furnished(tx: sa.Connection) -> bool:
    """Tell whether an office has been given all that."""
    return audit.head(tx)[0] >= LINES


def _former(tx: sa.Connection, office: Office) -> list[dict[str, Any]]:
    """Return laptops that agents had before the ones they have."""
    own = sa.select(devices.c.agent_id).order_by(devices.c.device_id).limit(FORMER)
    return [
        {
            "device_id": (device_id := office.new_id()),
            "agent_id": agent_id,
            "name": "Laptop lama",
            "platform": "bench",
            "client": "0.1.0",
            "token_hash": device_id,
            "token_used": True,
            "joined_at": MOMENT - SPAN,
            "revoked_at": MOMENT - SPAN / 2,
            "revoked_by": HEAD,
            "revoked_for": "Rusak",
            "reported_at": MOMENT - SPAN / 2,
        }
        for agent_id in tx.execute(own).scalars()
    ]


def _write_trail(tx: sa.Connection, people: dict[str, str]) -> None:
    rng = random.Random(12)
    found = tx.execute(sa.select(cases.c.case_id, cases.c.office_id)).all()
    start = audit.head(tx)[0] + 1
    rows = []
    for number in range(start, LINES + 1):
        case_id, office_id = rng.choice(found)
        at: datetime = MOMENT - SPAN * (1 - number / LINES)
        about = ("case", case_id, office_id, "{}", _SEAL)
        rows.append((number, at, people[office_id], rng.choice(_DEEDS).value, *about))
    bulk.insert(tx, trail, rows)
    tx.execute(sa.update(audit_head).values(number=LINES, seal=_SEAL))
