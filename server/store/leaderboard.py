"""Figures per agent over a span of days, out of the days that are kept."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from server.store.performance import COUNTERS
from server.store.tables import performance

_ACCEPTED = (
    sa.select(sa.func.sum(performance.c.accepted))
    .where(
        performance.c.office_id == sa.bindparam("office"),
        performance.c.work_date.between(sa.bindparam("first"), sa.bindparam("last")),
    )
    .group_by(performance.c.agent_id)
)


def sums(
    tx: sa.Connection, first: date, last: date, office_id: str | None = None
) -> dict[str, Any]:
    """Return each agent's counters summed from `first` to `last`, by agent_id."""
    query = (
        sa.select(
            performance.c.agent_id,
            *(sa.func.sum(performance.c[name]).label(name) for name in COUNTERS),
        )
        .where(performance.c.work_date.between(first, last))
        .group_by(performance.c.agent_id)
    )
    if office_id is not None:
        query = query.where(performance.c.office_id == office_id)
    return {row.agent_id: row for row in tx.execute(query)}


def accepted_of_office(tx: sa.Connection, office_id: str, first: date, last: date) -> Sequence[int]:
    """Return how many records each working agent of an office has accepted in a span."""
    asked = {"office": office_id, "first": first, "last": last}
    return [int(total) for total in tx.execute(_ACCEPTED, asked).scalars()]
