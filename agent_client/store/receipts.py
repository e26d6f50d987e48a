"""Receipts: what the office signed, to prove what was handed in; they show no personal data."""

import hashlib
from datetime import datetime

from sqlite_utils import Database

from schemas.envelope import rfc3339


def keep_receipt(tx: Database, receipt: bytes, now: datetime) -> None:
    """Keep a signed list; the same one is kept once."""
    tx.execute(
        "insert or ignore into receipts (receipt_digest, kept_at, receipt) values (?, ?, ?)",
        [hashlib.sha256(receipt).hexdigest(), rfc3339(now), receipt],
    )


def receipts(tx: Database) -> list[bytes]:
    """Return all signed lists, oldest first."""
    rows = tx.execute("select receipt from receipts order by kept_at, rowid").fetchall()
    return [row[0] for row in rows]
