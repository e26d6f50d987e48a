"""Wrong tries are counted by the name that was typed, whether it is a user's or nobody's."""

import sqlalchemy as sa
from alembic import op

from server.store.columns import UtcDateTime

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the counting of tries out of the users, who get the moment they were last seen."""
    op.create_table(
        "wrong_tries",
        sa.Column("name_trace", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("failures", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("locked_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name_trace", name=op.f("pk_wrong_tries")),
    )
    op.create_index(op.f("ix_wrong_tries_last_at"), "wrong_tries", ["last_at"])
    op.add_column("users", sa.Column("seen_at", UtcDateTime(), nullable=True))
    op.drop_column("users", "failures")
    op.drop_column("users", "locked_until")
