"""The tables of the office's own people: users, how they come in, and the trail of their deeds."""

import sqlalchemy as sa

from server.store.columns import UtcDateTime, counter, record_id
from server.store.tables import metadata, offices

users = sa.Table(
    "users",
    metadata,
    record_id("user_id", primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("folded_name", sa.Text, nullable=False, unique=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("password_hash", sa.Text),
    sa.Column("sealed_totp", sa.LargeBinary),
    sa.Column("totp_step", sa.BigInteger),
    sa.Column("made_at", UtcDateTime, nullable=False),
    sa.Column("seen_at", UtcDateTime),
    sa.Column("ended_at", UtcDateTime),
)

user_offices = sa.Table(
    "user_offices",
    metadata,
    record_id("user_id", sa.ForeignKey("users.user_id"), primary_key=True),
    record_id("office_id", sa.ForeignKey(offices.c.office_id), primary_key=True),
)

wrong_tries = sa.Table(
    "wrong_tries",
    metadata,
    sa.Column("name_trace", sa.BigInteger, primary_key=True, autoincrement=False),
    counter("failures"),
    sa.Column("last_at", UtcDateTime, nullable=False, index=True),
    sa.Column("locked_until", UtcDateTime),
)

sign_ins = sa.Table(
    "sign_ins",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    record_id("user_id", sa.ForeignKey("users.user_id"), nullable=False, index=True),
    sa.Column("begun_at", UtcDateTime, nullable=False),
    sa.Column("seen_at", UtcDateTime, nullable=False),
)

links = sa.Table(
    "links",
    metadata,
    sa.Column("link_hash", sa.String(64), primary_key=True),
    record_id("user_id", sa.ForeignKey("users.user_id"), nullable=False, index=True),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Column("used_at", UtcDateTime),
)

api_tokens = sa.Table(
    "api_tokens",
    metadata,
    record_id("token_id", primary_key=True),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    record_id("user_id", sa.ForeignKey("users.user_id"), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Column("used_at", UtcDateTime),
    sa.Column("ended_at", UtcDateTime),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("action", sa.String(24), nullable=False),
    sa.Column("about", sa.String(16), nullable=False),
    sa.Column("about_id", sa.Text, nullable=False),
    record_id("office_id"),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("seal", sa.LargeBinary(32), nullable=False),
    sa.Index(None, "about", "about_id", "number"),
    *(sa.Index(None, column, "number") for column in ("by", "action", "about", "office_id", "at")),
)

audit_head = sa.Table(
    "audit_head",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.Column("seal", sa.LargeBinary(32), nullable=False),
)
