"""Figures per agent over a span of days, out of the days and periods that are kept."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from schemas.regions import all_regions
from server.rules.spans import Asked, Basis, Part, parts_of
from server.store.tables import COUNTERS, performance, performance_periods

_ACCEPTED = (
    sa.select(performance_periods.c.agent_id, sa.func.sum(performance_periods.c.accepted))
    .where(
        performance_periods.c.basis == Basis.WORK.value,
        performance_periods.c.period == sa.bindparam("month"),
        performance_periods.c.office_id == sa.bindparam("office"),
    )
    .group_by(performance_periods.c.agent_id)
)


def sums(tx: sa.Connection, asked: Asked) -> dict[tuple[str, str | None], tuple[int, ...]]:
    """Return what is asked, in the order of COUNTERS, by agent and office.

    The office is None unless offices are asked for: then all are added up.
    """
    parts = list(_parts(asked))
    rows = parts[0].subquery() if len(parts) == 1 else sa.union_all(*parts).subquery()
    # PostgreSQL would answer with decimals.
    totals = [sa.cast(sa.func.sum(rows.c[name]), sa.BigInteger) for name in COUNTERS]
    office_id = sa.null() if asked.offices is None else rows.c.office_id
    key = [rows.c.agent_id] if asked.offices is None else [rows.c.agent_id, rows.c.office_id]
    query = sa.select(rows.c.agent_id, office_id, *totals).group_by(*key)
    # What was taken away again is nothing that an agent did.
    query = query.having(sa.func.sum(rows.c.received) > 0)
    return {(row[0], row[1]): row[2:] for row in tx.execute(query).all()}


def _parts(asked: Asked) -> Iterator[sa.Select[Any]]:
    """Give what is to be added up: of a kelurahan its days, else as few rows as there are."""
    if asked.kelurahan is not None:
        yield _days(asked, Part(1, None, asked.first, asked.last))
        return
    parts = parts_of(asked.first, asked.last)
    for sign in (1, -1):
        periods = [one.period for one in parts if one.sign == sign and one.period is not None]
        if periods:
            yield _periods(asked, periods, sign)
    for one in parts:
        if one.period is None:
            yield _days(asked, one)


def _periods(asked: Asked, periods: Sequence[str], sign: int) -> sa.Select[Any]:
    table = performance_periods.c
    query = _of_offices(performance_periods, asked, sign).where(
        table.basis == str(asked.basis), table.period.in_(periods)
    )
    return query if asked.kecamatan is None else query.where(table.kecamatan == asked.kecamatan)


def _days(asked: Asked, part: Part) -> sa.Select[Any]:
    table = performance.c
    day = table.work_date if asked.basis == Basis.WORK else table.received_date
    query = _of_offices(performance, asked, part.sign).where(day.between(part.first, part.last))
    if asked.kelurahan is not None:
        query = query.where(table.kelurahan == asked.kelurahan)
    if asked.kecamatan is not None:
        inside = [one.code for one in all_regions() if one.kecamatan_code == asked.kecamatan]
        query = query.where(table.kelurahan.in_(inside))
    return query


def _of_offices(table: sa.Table, asked: Asked, sign: int) -> sa.Select[Any]:
    counts = [table.c[name] if sign > 0 else (-table.c[name]).label(name) for name in COUNTERS]
    query = sa.select(table.c.agent_id, table.c.office_id, *counts)
    return query if asked.offices is None else query.where(table.c.office_id.in_(asked.offices))


def accepted_of_office(tx: sa.Connection, office_id: str, month: str) -> dict[str, int]:
    """Return how many records each agent has accepted at an office in a month, who worked there."""
    asked = {"office": office_id, "month": month}
    return {agent_id: int(total) for agent_id, total in tx.execute(_ACCEPTED, asked)}


def accepted_by_day(
    tx: sa.Connection,
    agent_ids: Sequence[str],
    first: date,
    last: date,
    offices: frozenset[str] | None = None,
) -> Sequence[Any]:
    """Return (agent_id, work_date, accepted) of these agents' days in a span, at those offices."""
    query = (
        sa.select(
            performance.c.agent_id,
            performance.c.work_date,
            sa.cast(sa.func.sum(performance.c.accepted), sa.BigInteger).label("accepted"),
        )
        .where(performance.c.agent_id.in_(agent_ids), performance.c.work_date.between(first, last))
        .group_by(performance.c.agent_id, performance.c.work_date)
    )
    if offices is not None:
        query = query.where(performance.c.office_id.in_(offices))
    return tx.execute(query).all()
