"""Whose something is: the offices of what an address names."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from server.store.case_tables import cases
from server.store.stations import office_of
from server.store.tables import agents, devices, ledger, offices

_ON: Final = sa.bindparam("on", type_=sa.Date)
_SELECTS: Final[Mapping[str, Any]] = {
    "office_id": sa.select(offices.c.office_id).where(offices.c.office_id == sa.bindparam("id")),
    "agent_id": sa.select(office_of(agents.c.agent_id, _ON)).where(
        agents.c.agent_id == sa.bindparam("id")
    ),
    "device_id": sa.select(office_of(devices.c.agent_id, _ON)).where(
        devices.c.device_id == sa.bindparam("id")
    ),
    "record_id": sa.select(ledger.c.office_id).where(ledger.c.record_id == sa.bindparam("id")),
    "case_id": sa.select(cases.c.office_id, cases.c.other_office_id).where(
        cases.c.case_id == sa.bindparam("id")
    ),
}


def offices_of(tx: sa.Connection, name: str, value: str, on: date) -> frozenset[str] | None:
    """Return the offices, by a day, of what is named (`agent_id`, …); empty for none such.

    None for a name that says nothing of offices.
    """
    select = _SELECTS.get(name)
    if select is None:
        return None
    rows = tx.execute(select, {"id": value, "on": on}).all() if value.isprintable() else []
    return frozenset(office_id for row in rows for office_id in row if office_id is not None)
