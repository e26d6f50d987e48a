"""What the office asked to forget: gone from this laptop, and remembered as gone for ever."""

from datetime import datetime

from sqlite_utils import Database

from schemas.envelope import rfc3339

_CHAIN = """
with recursive chain (record_id) as (
  values (:record_id)
  union
  select captures.record_id from captures join chain on captures.resaved_as = chain.record_id
)
select record_id from chain"""


def forget(tx: Database, record_id: str, now: datetime) -> bool:
    """Delete a capture, what it was saved again from, and what tells of them.

    Tells whether there was anything; the id is remembered either way, so that no backup
    and no reconciling brings it back.
    """
    ids = [row[0] for row in tx.execute(_CHAIN, {"record_id": record_id}).fetchall()]
    there = False
    for one in ids:
        row = tx.execute("select device_seq from captures where record_id = ?", [one]).fetchone()
        there = there or row is not None
        tx.execute(
            "insert or ignore into forgotten (record_id, device_seq, forgotten_at)"
            " values (?, ?, ?)",
            [one, None if row is None else row[0], rfc3339(now)],
        )
        for table in ("captures", "changes", "notices"):
            tx.execute(f"delete from {table} where record_id = ?", [one])  # noqa: S608
        for table in ("drafts", "sealed"):
            tx.execute(f"delete from {table} where corrects = ?", [one])  # noqa: S608
    return there


def is_forgotten(tx: Database, record_id: str) -> bool:
    """Tell whether the office asked to forget a record."""
    found = tx.execute("select 1 from forgotten where record_id = ?", [record_id]).fetchone()
    return found is not None


def forgotten_numbers(tx: Database) -> list[int]:
    """Return the device_seq of the captures that were forgotten here."""
    rows = tx.execute("select device_seq from forgotten where device_seq is not null").fetchall()
    return [row[0] for row in rows]


def skipped_numbers(tx: Database) -> list[tuple[int, int]]:
    """Return the spans of device_seq that were never given here (restored laptop)."""
    rows: list[tuple[int, int]] = tx.execute("select first, last from skipped").fetchall()
    return rows
