"""One agent's work over a stretch of days: what is kept by day, and what the ledger tells."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from schemas.words import Verdict
from server.store.stations import office_of
from server.store.tables import COUNTERS, agents, devices, ledger, offices, performance

ERRORS: Final = 500
"""Of so many refused records, the newest, it is told what was wrong."""
_counted = sa.func.coalesce(ledger.c.counts_as, ledger.c.verdict)


class Stretch(NamedTuple):
    """Whose work, from which day to which, and for which offices it counts (None: for any)."""

    agent_id: str
    first: date
    last: date
    offices: frozenset[str] | None = None

    def within(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """Return the condition on rows of the ledger or of the days that are kept."""
        own = sa.and_(
            table.c.agent_id == self.agent_id, table.c.work_date.between(self.first, self.last)
        )
        return own if self.offices is None else own & table.c.office_id.in_(self.offices)


def agent(tx: sa.Connection, agent_id: str, on: date) -> Any:
    """Return an agent with the office of a day (office_id, office_name), or None."""
    query = (
        sa.select(agents, offices.c.office_id, offices.c.name.label("office_name"))
        .join_from(agents, offices, offices.c.office_id == office_of(agents.c.agent_id, on))
        .where(agents.c.agent_id == agent_id)
    )
    return tx.execute(query).one_or_none()


def laptops(tx: sa.Connection, agent_id: str) -> Sequence[Any]:
    """Return an agent's laptops, those that are revoked last."""
    query = sa.select(devices).where(devices.c.agent_id == agent_id)
    order = devices.c.revoked_at.is_not(None), devices.c.joined_at.desc(), devices.c.device_id
    return tx.execute(query.order_by(*order)).all()


def days(tx: sa.Connection, stretch: Stretch) -> Sequence[Any]:
    """Return each day on which anything counts, with its counters, in order."""
    query = sa.select(performance.c.work_date, *map(_sum, COUNTERS)).where(
        stretch.within(performance)
    )
    query = query.group_by(performance.c.work_date).order_by(performance.c.work_date)
    return [day for day in tx.execute(query) if day.received]


def reasons(tx: sa.Connection, stretch: Stretch) -> Sequence[Any]:
    """Return how many records count as which verdict and for which reason.

    `moved` tells that a supervisor moved the credit: they count as another verdict than they
    have.
    """
    moved = ledger.c.counts_as.is_not(None).label("moved")
    query = (
        sa.select(_counted.label("counted"), ledger.c.reason, moved, sa.func.count().label("count"))
        .where(stretch.within(ledger))
        .group_by(_counted, ledger.c.reason, moved)
        .order_by(sa.func.count().desc(), _counted, ledger.c.reason)
    )
    return tx.execute(query).all()


def errors(tx: sa.Connection, stretch: Stretch) -> Sequence[str]:
    """Return what was wrong with each refused record, JSON as the ledger has it; newest first."""
    query = (
        sa.select(ledger.c.errors)
        .where(
            stretch.within(ledger),
            ledger.c.verdict == Verdict.REJECTED.value,
            ledger.c.errors.is_not(None),
        )
        .order_by(ledger.c.work_date.desc(), ledger.c.seq.desc())
        .limit(ERRORS)
    )
    return list(tx.execute(query).scalars())


def kelurahan(tx: sa.Connection, stretch: Stretch) -> Sequence[Any]:
    """Return how many accepted records are of workers in each kelurahan, most first."""
    accepted = _sum("accepted")
    query = (
        sa.select(performance.c.kelurahan, accepted)
        .where(stretch.within(performance), performance.c.accepted > 0)
        .group_by(performance.c.kelurahan)
        .order_by(accepted.desc(), performance.c.kelurahan)
    )
    return tx.execute(query).all()


def corrections(tx: sa.Connection, stretch: Stretch) -> Sequence[Any]:
    """Return how many corrections stand with which verdict and reason, most first."""
    query = (
        sa.select(ledger.c.verdict, ledger.c.reason, sa.func.count().label("count"))
        .where(stretch.within(ledger), ledger.c.corrects.is_not(None))
        .group_by(ledger.c.verdict, ledger.c.reason)
        .order_by(sa.func.count().desc(), ledger.c.verdict, ledger.c.reason)
    )
    return tx.execute(query).all()


def record_ids(tx: sa.Connection, stretch: Stretch) -> Sequence[str]:
    """Return the ids of every record."""
    return list(tx.execute(sa.select(ledger.c.record_id).where(stretch.within(ledger))).scalars())


def _sum(name: str) -> sa.Label[int]:
    # Of whole numbers PostgreSQL makes a sum with a decimal point.
    return sa.cast(sa.func.sum(performance.c[name]), sa.BigInteger).label(name)
