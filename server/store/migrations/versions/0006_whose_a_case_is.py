"""Whose the sides of a case are, the queue's indexes, and what was noted with a decision."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_WHOSE = ("agent_id", "office_id", "other_agent_id", "other_office_id")
_ODD_NIK_ALONE = (
    "reason = 'invalid' AND errors IN ("
    """'[{"field": "nik", "code": "nik_date"}]', """
    """'[{"field": "nik", "code": "nik_province"}]', """
    """'[{"field": "nik", "code": "nik_date"}, {"field": "nik", "code": "nik_province"}]')"""
)


def upgrade() -> None:
    """Add the columns, fill them from the ledger, and make the indexes."""
    for name in _WHOSE:
        op.add_column("cases", sa.Column(name, sa.String(36), nullable=True))
    op.add_column("decisions", sa.Column("sealed_note", sa.LargeBinary(), nullable=True))
    op.execute(
        "UPDATE cases SET"
        " agent_id = (SELECT agent_id FROM ledger WHERE record_id = cases.record_id),"
        " office_id = (SELECT office_id FROM ledger WHERE record_id = cases.record_id),"
        " other_agent_id = (SELECT agent_id FROM ledger WHERE record_id = cases.other_id),"
        " other_office_id = (SELECT office_id FROM ledger WHERE record_id = cases.other_id)"
    )
    key = ("case_id", "kind", *_WHOSE)
    _partial("ix_cases_open", "cases", ("opened_at", *key, "decided_at"), "decided_at IS NULL")
    _partial("ix_cases_decided", "cases", ("decided_at", *key), "decided_at IS NOT NULL")
    odd = ("seq", "record_id", "office_id", "agent_id", "reason", "errors")
    _partial("ix_ledger_odd_nik", "ledger", odd, _ODD_NIK_ALONE)


def _partial(name: str, table: str, columns: tuple[str, ...], where: str) -> None:
    rule = sa.text(where)
    op.create_index(name, table, list(columns), sqlite_where=rule, postgresql_where=rule)
