"""Notices: words of the office to the agent, each shown once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from schemas.envelope import parse_moment, rfc3339


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice in both languages; `record_id` where it speaks of one capture."""

    notice_id: str
    record_id: str | None
    text_id: str
    text_en: str
    until: str | None


def keep_notice(tx: Database, change: dict[str, Any], now: datetime) -> bool:
    """Keep a notice as the feed gives it; tell whether it is new. Known ones stay as shown."""
    texts = [change.get("text_id"), change.get("text_en")]
    texts = [text for text in texts if isinstance(text, str)]
    if not isinstance(change.get("notice_id"), str) or not texts:
        return False
    record_id, until = change.get("record_id"), parse_moment(change.get("until"))
    cursor = tx.execute(
        "insert or ignore into notices (notice_id, record_id, text_id, text_en, until, received_at)"
        " values (?, ?, ?, ?, ?, ?)",
        [
            change["notice_id"],
            record_id if isinstance(record_id, str) else None,
            texts[0],
            texts[-1],
            None if until is None else rfc3339(until),
            rfc3339(now),
        ],
    )
    return cursor.rowcount > 0


def blank_shown(tx: Database) -> None:
    """Take the words away of notices that were shown: they may name people."""
    tx.execute("update notices set text_id = '', text_en = '' where shown_at is not null")


def blank_purged(tx: Database) -> None:
    """Take the words away of notices that were shown and speak of what was purged."""
    tx.execute(
        "update notices set text_id = '', text_en = '' where shown_at is not null and text_id <> ''"
        " and record_id in (select record_id from captures where purged_after_days is not null)"
    )


def show_notices(tx: Database, now: datetime) -> list[Notice]:
    """Return the notices that were never shown and still hold, and count them as shown."""
    found = unread_notices(tx, now)
    tx.execute("update notices set shown_at = ? where shown_at is null", [rfc3339(now)])
    return found


def unread_notices(tx: Database, now: datetime) -> list[Notice]:
    """Return the notices that nobody has read yet and that still hold."""
    rows = tx.query(
        "select notice_id, record_id, text_id, text_en, until from notices"
        " where shown_at is null and (until is null or until >= ?) order by received_at, notice_id",
        [rfc3339(now)],
    )
    return [Notice(**row) for row in rows]


def mark_read(tx: Database, notice_id: str, now: datetime) -> None:
    """Count one notice as shown."""
    tx.execute(
        "update notices set shown_at = ? where notice_id = ? and shown_at is null",
        [rfc3339(now), notice_id],
    )
