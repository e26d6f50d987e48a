"""An agent is at an office from a day on, and may end."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let present agents be at their offices since the beginning."""
    op.create_table(
        "stations",
        sa.Column("agent_id", sa.String(length=36), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("office_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agents.agent_id"], name=op.f("fk_stations_agent_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.office_id"], name=op.f("fk_stations_office_id")
        ),
        sa.PrimaryKeyConstraint("agent_id", "since", name=op.f("pk_stations")),
    )
    op.execute(
        "INSERT INTO stations (agent_id, since, office_id)"
        " SELECT agent_id, '0001-01-01', office_id FROM agents"
    )
    with op.batch_alter_table("agents") as batch_op:
        batch_op.drop_constraint("fk_agents_office_id", type_="foreignkey")
        batch_op.drop_column("office_id")
        batch_op.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_ledger_agent_id_work_date"), "ledger", ["agent_id", "work_date"])
