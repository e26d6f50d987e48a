"""The office's tables.

Unique and foreign keys of the big tables (ledger, people, holders) hold either record_id
or nik_hash alone, so that each can be hash-distributed by that column; traces by their key.
`seq` is unique because it is handed out once, not by a constraint across partitions;
the doctor checks it.
"""

from typing import Final

import sqlalchemy as sa

from server.store.columns import UtcDateTime, counter, keyed_hash, record_id

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

seqs = sa.Sequence("ledger_seq", metadata=metadata)

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

offices = sa.Table(
    "offices",
    metadata,
    record_id("office_id", primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("timezone", sa.String(64), nullable=False),
)

agents = sa.Table(
    "agents",
    metadata,
    record_id("agent_id", primary_key=True),
    sa.Column("code", sa.String(32), nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("ended_on", sa.Date),
    counter("feed_number"),
)

stations = sa.Table(
    "stations",
    metadata,
    record_id("agent_id", sa.ForeignKey("agents.agent_id"), primary_key=True),
    sa.Column("since", sa.Date, primary_key=True),
    record_id("office_id", sa.ForeignKey("offices.office_id"), nullable=False),
)

join_codes = sa.Table(
    "join_codes",
    metadata,
    sa.Column("code_hash", sa.String(64), primary_key=True),
    record_id("agent_id", sa.ForeignKey("agents.agent_id"), nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    record_id("device_id"),
)

join_failures = sa.Table(
    "join_failures",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("address", sa.String(64), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Index(None, "address", "at"),
)

devices = sa.Table(
    "devices",
    metadata,
    record_id("device_id", primary_key=True),
    record_id("agent_id", sa.ForeignKey("agents.agent_id"), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("client", sa.Text, nullable=False),
    sa.Column("device_key", sa.Text),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("token_used", sa.Boolean, nullable=False),
    sa.Column("joined_at", UtcDateTime, nullable=False),
    sa.Column("revoked_at", UtcDateTime),
    sa.Column("reported_at", UtcDateTime),
    sa.Column("offset_s", sa.BigInteger),
    sa.Column("heartbeat", sa.Text),
    counter("waiting"),
    sa.Column("oldest_waiting_at", UtcDateTime),
    counter("last_seq"),
    sa.Column("revoked_by", sa.Text),
    sa.Column("revoked_for", sa.Text),
    sa.Column("lost_at", UtcDateTime),
    # On its way out of service (sync/PROTOCOL.md, Taken out of service).
    sa.Column("retiring_at", UtcDateTime),
    sa.Column("retiring_by", sa.Text),
    sa.Column("stop_order", sa.Text),
    sa.Column("stopped_at", UtcDateTime),
    sa.Column("compared_pairs", sa.BigInteger),
    record_id("compared_to"),
    sa.Column("safe_at", UtcDateTime),
)

ODD_NIK_ALONE: Final = (
    "reason = 'invalid' AND errors IN ("
    """'[{"field": "nik", "code": "nik_date"}]', """
    """'[{"field": "nik", "code": "nik_province"}]', """
    """'[{"field": "nik", "code": "nik_date"}, {"field": "nik", "code": "nik_province"}]')"""
)
"""What tells a record that was refused for its odd NIK alone, word for word as its index has it."""

ledger = sa.Table(
    "ledger",
    metadata,
    record_id("record_id", primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False, index=True),
    sa.Column("digest", sa.String(64), nullable=False),
    record_id("agent_id", nullable=False),
    record_id("office_id", nullable=False),
    record_id("device_id"),
    sa.Column("device_seq", sa.BigInteger),
    record_id("sent_by", nullable=False),
    sa.Column("received_at", UtcDateTime, nullable=False),
    sa.Column("captured_at", UtcDateTime),
    sa.Column("certainty", sa.String(8), nullable=False),
    sa.Column("offset_s", sa.BigInteger),
    sa.Column("work_date", sa.Date, nullable=False),
    sa.Column("received_date", sa.Date, nullable=False),
    sa.Column("kelurahan", sa.String(16), nullable=False, server_default=""),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("verdict", sa.String(12), nullable=False),
    sa.Column("reason", sa.String(16), nullable=False),
    sa.Column("flags", sa.Text, nullable=False, server_default=""),
    sa.Column("errors", sa.Text),
    sa.Column("due", sa.BigInteger),
    record_id("corrects"),
    record_id("corrected_by"),
    record_id("duplicate_of"),
    record_id("root_id", nullable=False),
    keyed_hash("nik_hash"),
    counter("contribution"),
    counter("jht"),
    counter("months"),
    sa.Column("counts_as", sa.String(12)),
    sa.Index(None, "agent_id", "work_date"),
    sa.Index(None, "device_id", "device_seq"),
    # A laptop whose clock is off for months has no known time among thousands of numbers.
    sa.Index(
        "ix_ledger_known_times",
        "device_id",
        "device_seq",
        sqlite_where=sa.text("captured_at IS NOT NULL"),
        postgresql_where=sa.text("captured_at IS NOT NULL"),
    ),
    # A holder is found through its place; the others are few, and so are the pages they change.
    sa.Index(
        "ix_ledger_nik_hash",
        "nik_hash",
        sqlite_where=sa.text("verdict <> 'accepted'"),
        postgresql_where=sa.text("verdict <> 'accepted'"),
    ),
    sa.Index(
        "ix_ledger_duplicate_of",
        "duplicate_of",
        sqlite_where=sa.text("duplicate_of IS NOT NULL"),
        postgresql_where=sa.text("duplicate_of IS NOT NULL"),
    ),
    sa.Index(
        "ix_ledger_odd_nik",
        # SQLite asks again what the index has asked, so that is in it.
        *("seq", "record_id", "office_id", "agent_id", "reason", "errors"),
        sqlite_where=sa.text(ODD_NIK_ALONE),
        postgresql_where=sa.text(ODD_NIK_ALONE),
    ),
)

people = sa.Table(
    "people",
    metadata,
    record_id("record_id", primary_key=True),
    keyed_hash("nik_hash", nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("folded_name", sa.Text, nullable=False),
    sa.Column("birth_date", sa.Date, nullable=False),
    sa.Column("sex", sa.String(1), nullable=False),
    sa.Column("kelurahan", sa.String(16), nullable=False),
)

traces = sa.Table(
    "traces",
    metadata,
    sa.Column("is_new", sa.Boolean, primary_key=True),
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

holders = sa.Table(
    "holders",
    metadata,
    keyed_hash("nik_hash", primary_key=True),
    record_id("record_id", nullable=False),
    keyed_hash("known", nullable=False),
    sqlite_with_rowid=False,
)

withdrawals = sa.Table(
    "withdrawals",
    metadata,
    keyed_hash("nik_hash", primary_key=True),
    sa.Column("withdrawn_at", UtcDateTime, nullable=False),
)

roll = sa.Table(
    "roll",
    metadata,
    keyed_hash("nik_hash", primary_key=True),
    sa.Column("folded_name", sa.Text, nullable=False),
    sa.Column("birth_date", sa.Date, nullable=False),
    sa.Column("since", sa.Date),
    sa.Column("imported_at", UtcDateTime, nullable=False),
    keyed_hash("known", nullable=False),
    sqlite_with_rowid=False,
)

set_aside = sa.Table(
    "set_aside",
    metadata,
    record_id("agent_id", primary_key=True),
    record_id("record_id", primary_key=True),
    sa.Column("digest", sa.String(64), primary_key=True),
    record_id("device_id", nullable=False),
    sa.Column("reason", sa.String(16), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("times_seen", sa.Integer, nullable=False),
    sa.Column("first_seen_at", UtcDateTime, nullable=False),
    sa.Column("last_seen_at", UtcDateTime, nullable=False),
)

feed = sa.Table(
    "feed",
    metadata,
    record_id("agent_id", primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(12), nullable=False),
    record_id("record_id"),
    sa.Column("body", sa.Text),
    sa.Column("at", UtcDateTime, nullable=False),
)

_VERDICTS = ("received", "accepted", "duplicate", "in_review", "rejected", "superseded")
COUNTERS = (*_VERDICTS, "contribution", "months", "jht")
performance = sa.Table(
    "performance",
    metadata,
    sa.Column("work_date", sa.Date, primary_key=True),
    record_id("agent_id", primary_key=True),
    record_id("office_id", primary_key=True),
    sa.Column("kelurahan", sa.String(16), primary_key=True),
    sa.Column("received_date", sa.Date, primary_key=True),
    *map(counter, COUNTERS),
    sa.Index(None, "agent_id", "work_date"),
    sa.Index(None, "kelurahan", "work_date"),
    sa.Index(None, "received_date"),
    sqlite_with_rowid=False,
)

performance_periods = sa.Table(
    "performance_periods",
    metadata,
    sa.Column("basis", sa.String(8), primary_key=True),
    sa.Column("period", sa.String(7), primary_key=True),
    record_id("office_id", primary_key=True),
    record_id("agent_id", primary_key=True),
    sa.Column("kecamatan", sa.String(16), primary_key=True),
    *map(counter, COUNTERS),
    sqlite_with_rowid=False,
)
