"""The tables of the lists that laptops fetch: references, and the NIKs that are known."""

import sqlalchemy as sa

from server.store.columns import UtcDateTime, counter
from server.store.tables import metadata

reference_lists = sa.Table(
    "reference_lists",
    metadata,
    sa.Column("name", sa.String(16), primary_key=True),
    sa.Column("version", sa.String(16), primary_key=True),
    sa.Column("items", sa.Text, nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
)

known_niks = sa.Table(
    "known_niks",
    metadata,
    sa.Column("base", sa.BigInteger, primary_key=True, autoincrement=False),
    counter("additions"),
    sa.Column("filter", sa.LargeBinary, nullable=False),
    sa.Column("built_at", UtcDateTime, nullable=False),
)

known_additions = sa.Table(
    "known_additions",
    metadata,
    sa.Column("base", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("digest", sa.LargeBinary(8), nullable=False),
)
