"""Figures are kept by years too, so that long spans are read from fewer rows."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_COUNTERS = (
    *("received", "accepted", "duplicate", "in_review", "rejected", "superseded"),
    *("contribution", "months", "jht"),
)
_KEY = ("office_id", "agent_id", "kecamatan")


def upgrade() -> None:
    """Add the quarters up."""
    table = sa.table("performance_periods", *map(sa.column, ("basis", "period", *_KEY, *_COUNTERS)))
    year = sa.func.substr(table.c.period, 1, 4)
    key = [table.c.basis, year, *(table.c[name] for name in _KEY)]
    sums = [sa.func.sum(table.c[name]) for name in _COUNTERS]
    years = sa.select(*key, *sums).where(table.c.period.like("%Q%")).group_by(*key)
    op.execute(sa.insert(table).from_select([column.name for column in table.c], years))
