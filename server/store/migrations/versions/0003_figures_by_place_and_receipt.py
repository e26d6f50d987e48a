"""Figures by place and by the day of receipt.

The ledger tells kelurahan and day of receipt in clear, and what is counted out of it is made
anew: days by both, and months and quarters.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from server.store.columns import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_AT_ONCE = 10_000
_COUNTERS = (
    *("received", "accepted", "duplicate", "in_review", "rejected", "superseded"),
    *("contribution", "months", "jht"),
)
_KEY = ("work_date", "agent_id", "office_id", "kelurahan", "received_date")
_PERIOD_KEY = ("basis", "period", "office_id", "agent_id", "kecamatan")
_ledger = sa.table(
    "ledger",
    *(sa.column(name) for name in ("record_id", "root_id", "office_id", "agent_id", "kelurahan")),
    *(sa.column(name) for name in ("verdict", "counts_as", "contribution", "months", "jht", "seq")),
    sa.column("received_at", UtcDateTime),
    sa.column("work_date", sa.Date),
    sa.column("received_date", sa.Date),
)
_people = sa.table("people", sa.column("record_id"), sa.column("kelurahan"))
_offices = sa.table("offices", sa.column("office_id"), sa.column("timezone"))


def upgrade() -> None:
    """Fill the ledger's new columns, and count anew."""
    tx = op.get_bind()
    # A default meanwhile, since SQLite would else copy the whole ledger, its indexes in any order.
    day = sa.Column("received_date", sa.Date(), nullable=False, server_default="0001-01-01")
    op.add_column("ledger", day)
    op.add_column(
        "ledger", sa.Column("kelurahan", sa.String(16), nullable=False, server_default="")
    )
    _fill(tx)
    if tx.dialect.name == "postgresql":
        op.alter_column("ledger", "received_date", server_default=None)
    _make_tables()
    _count_days(tx)
    _count_periods(tx)


def _fill(tx: sa.Connection) -> None:
    """Write where each worker lives, and when the first of each chain was received."""
    zones = {row.office_id: ZoneInfo(row.timezone) for row in tx.execute(sa.select(_offices))}
    change = (
        sa.update(_ledger)
        .where(_ledger.c.record_id == sa.bindparam("id"))
        .values(received_date=sa.bindparam("day"), kelurahan=sa.bindparam("place"))
    )
    for rows in _in_parts(tx):
        values = [
            {
                "id": row.record_id,
                "day": row.received_at.astimezone(zones[row.office_id]).date(),
                "place": row.kelurahan or "",
            }
            for row in rows
        ]
        tx.execute(change, values)


def _in_parts(tx: sa.Connection) -> Iterator[Any]:
    root = _ledger.alias("root")
    query = (
        sa.select(
            _ledger.c.seq,
            _ledger.c.record_id,
            _ledger.c.office_id,
            root.c.received_at,
            _people.c.kelurahan,
        )
        .join_from(_ledger, root, root.c.record_id == _ledger.c.root_id)
        .join(_people, _people.c.record_id == _ledger.c.record_id, isouter=True)
        .order_by(_ledger.c.seq)
        .limit(_AT_ONCE)
    )
    last = 0
    while rows := tx.execute(query.where(_ledger.c.seq > last)).all():
        yield rows
        last = rows[-1].seq


def _make_tables() -> None:
    op.drop_table("performance")
    op.create_table(
        "performance",
        sa.Column("work_date", sa.Date(), nullable=False),
        sa.Column("agent_id", sa.String(36), nullable=False),
        sa.Column("office_id", sa.String(36), nullable=False),
        sa.Column("kelurahan", sa.String(16), nullable=False),
        sa.Column("received_date", sa.Date(), nullable=False),
        *_counted(),
        sa.PrimaryKeyConstraint(*_KEY, name=op.f("pk_performance")),
        sqlite_with_rowid=False,
    )
    for columns in (["agent_id", "work_date"], ["kelurahan", "work_date"], ["received_date"]):
        op.create_index(f"ix_performance_{'_'.join(columns)}", "performance", columns)
    op.create_table(
        "performance_periods",
        sa.Column("basis", sa.String(8), nullable=False),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("office_id", sa.String(36), nullable=False),
        sa.Column("agent_id", sa.String(36), nullable=False),
        sa.Column("kecamatan", sa.String(16), nullable=False),
        *_counted(),
        sa.PrimaryKeyConstraint(*_PERIOD_KEY, name=op.f("pk_performance_periods")),
        sqlite_with_rowid=False,
    )


def _counted() -> Iterator[sa.Column[int]]:
    for name in _COUNTERS:
        yield sa.Column(name, sa.BigInteger(), nullable=False, server_default="0")


def _table(name: str, key: tuple[str, ...]) -> sa.TableClause:
    kinds = {"work_date": sa.Date(), "received_date": sa.Date()}
    columns = (sa.column(one, kinds.get(one, sa.String())) for one in key)
    return sa.table(name, *columns, *(sa.column(one, sa.BigInteger()) for one in _COUNTERS))


def _count_days(tx: sa.Connection) -> None:
    counted = sa.func.coalesce(_ledger.c.counts_as, _ledger.c.verdict)

    def where(name: str, value: Any = 1) -> Any:
        return sa.func.sum(sa.case((counted == name, value), else_=0))

    verdicts = [where(name) for name in _COUNTERS[1:6]]
    amounts = [where("accepted", _ledger.c[name]) for name in _COUNTERS[6:]]
    keys = [_ledger.c[name] for name in _KEY]
    days = sa.select(*keys, sa.func.count(), *verdicts, *amounts).group_by(*keys)
    tx.execute(sa.insert(_table("performance", _KEY)).from_select([*_KEY, *_COUNTERS], days))


def _count_periods(tx: sa.Connection) -> None:
    """Add the days up, agent by agent, since years of all of them may be many."""
    days = _table("performance", _KEY)
    of_agent = sa.select(days).where(days.c.agent_id == sa.bindparam("agent"))
    for agent_id in tx.execute(sa.select(days.c.agent_id).distinct()).scalars().all():
        found: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for row in tx.execute(of_agent, {"agent": agent_id}):
            for basis, day in (("work", row.work_date), ("received", row.received_date)):
                quarter = f"{day.year:04}-Q{(day.month + 2) // 3}"
                for period in (day.isoformat()[:7], quarter):
                    place = row.kelurahan.rpartition(".")[0]
                    counts = found[basis, period, row.office_id, agent_id, place]
                    counts.update({name: row._mapping[name] for name in _COUNTERS})
        rows = [dict(zip(_PERIOD_KEY, key, strict=True)) | found[key] for key in sorted(found)]
        tx.execute(sa.insert(_table("performance_periods", _PERIOD_KEY)), rows)
