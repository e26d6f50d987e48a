"""Receipts: what the office signed, to prove what was handed in; they show no personal data."""

import hashlib
from datetime import datetime

from sqlite_utils import Database

from schemas.envelope import rfc3339
from sync.kept_receipts import Signed, read_kept, read_payload


def keep_receipt(tx: Database, receipt: bytes, now: datetime) -> None:
    """Keep a signed list, and note which records it lists; the same one is kept once.

    One that cannot be read is kept as it came, and lists nothing.
    """
    digest, signed = hashlib.sha256(receipt).hexdigest(), _signed(receipt)
    kept = tx.execute(
        "insert or ignore into receipts (receipt_digest, kept_at, receipt, signed_at)"
        " values (?, ?, ?, ?)",
        [digest, rfc3339(now), receipt, None if signed is None else rfc3339(signed.time)],
    )
    if kept.rowcount and signed is not None:
        tx.conn.executemany(
            "insert into receipt_records (receipt_digest, record_id, seq, verdict, reason)"
            " values (?, ?, ?, ?, ?)",
            [[digest, ack[0], *ack[2:]] for ack in signed.acks],
        )


def receipts(tx: Database) -> list[bytes]:
    """Return all signed lists, oldest first."""
    rows = tx.execute("select receipt from receipts order by kept_at, rowid").fetchall()
    return [row[0] for row in rows]


def receipts_of(tx: Database, record_id: str) -> list[bytes]:
    """Return the signed lists that a record stands in, newest first."""
    rows = tx.execute(
        "select receipt from receipts where receipt_digest in"
        " (select receipt_digest from receipt_records where record_id = ?)"
        " order by signed_at desc, rowid desc",
        [record_id],
    ).fetchall()
    return [row[0] for row in rows]


def receipts_between(tx: Database, start: datetime, end: datetime) -> list[bytes]:
    """Return what was signed from `start` until before `end`, oldest first.

    By the office's clock: that of a laptop may be a year off.
    """
    rows = tx.execute(
        "select receipt from receipts where signed_at >= ? and signed_at < ?"
        " order by signed_at, rowid",
        [rfc3339(start), rfc3339(end)],
    ).fetchall()
    return [row[0] for row in rows]


def signed_moments(tx: Database) -> list[str]:
    """Return when each list was signed, by the office's clock, newest first; RFC 3339 text."""
    rows = tx.execute(
        "select signed_at from receipts where signed_at is not null order by signed_at desc"
    ).fetchall()
    return [row[0] for row in rows]


def _signed(receipt: bytes) -> Signed | None:
    try:
        return read_payload(read_kept(receipt).payload)
    except ValueError:
        return None
