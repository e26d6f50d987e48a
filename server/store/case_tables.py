"""The tables of doubtful records, and of what people decided about them."""

from typing import Final

import sqlalchemy as sa

from server.store.columns import UtcDateTime, record_id
from server.store.tables import metadata

_WHOSE: Final = ("agent_id", "office_id", "other_agent_id", "other_office_id")

cases = sa.Table(
    "cases",
    metadata,
    record_id("case_id", primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    record_id("record_id", nullable=False, index=True),
    record_id("other_id", index=True),
    sa.Column("opened_at", UtcDateTime, nullable=False),
    sa.Column("decision", sa.String(16)),
    sa.Column("decided_at", UtcDateTime),
    sa.Column("decided_by", sa.Text),
    # Whose the two sides are, as the ledger has it: the queue is counted out of an index alone.
    record_id("agent_id"),
    record_id("office_id"),
    record_id("other_agent_id"),
    record_id("other_office_id"),
    sa.Index(
        "ix_cases_open",
        *("opened_at", "case_id", "kind", *_WHOSE, "decided_at"),
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    ),
    sa.Index(
        "ix_cases_decided",
        *("decided_at", "case_id", "kind", *_WHOSE),
        sqlite_where=sa.text("decided_at IS NOT NULL"),
        postgresql_where=sa.text("decided_at IS NOT NULL"),
    ),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    record_id("case_id", index=True),
    sa.Column("action", sa.String(16), nullable=False),
    sa.Column("side", sa.String(8)),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("after", sa.Text, nullable=False),
    sa.Column("sealed_note", sa.LargeBinary),
)
