"""A device is retired, or revoked by somebody and for a reason."""

import sqlalchemy as sa
from alembic import op

from server.store.columns import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A device is retired, or revoked by somebody and for a reason."""
    with op.batch_alter_table("devices", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revoked_by", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("revoked_for", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("lost_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("retiring_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("retiring_by", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("stop_order", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("stopped_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("compared_pairs", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("compared_to", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("safe_at", UtcDateTime(), nullable=True))
