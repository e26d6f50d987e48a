"""The story of each capture: what it was told, in the order in which the laptop learnt it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from schemas.envelope import rfc3339


@dataclass(frozen=True, slots=True)
class Change:
    """One step: `kind` is `standing`, `retry`, `set_aside`, `resaved`, `reopened` or `progress`.

    `detail` holds what else the office said: flags, errors, due, corrected_by, stage …
    """

    change_id: int
    record_id: str
    at: str
    kind: str
    verdict: str | None
    reason: str | None
    detail: Mapping[str, Any] = field(default_factory=dict)


def add_change(
    tx: Database,
    record_id: str,
    kind: str,
    now: datetime,
    *,
    verdict: str | None = None,
    reason: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write a step down."""
    tx.execute(
        "insert into changes (record_id, at, kind, verdict, reason, detail)"
        " values (?, ?, ?, ?, ?, ?)",
        [record_id, rfc3339(now), kind, verdict, reason, json.dumps(detail or {})],
    )


def story_of(tx: Database, record_id: str) -> list[Change]:
    """Return all steps of one capture."""
    return _changes(tx, "record_id = ?", record_id)


def changes_after(tx: Database, change_id: int) -> list[Change]:
    """Return the steps of all captures after one."""
    return _changes(tx, "change_id > ?", change_id)


def last_change(tx: Database) -> int:
    """Return the number of the newest step, 0 where there is none."""
    return int(tx.execute("select coalesce(max(change_id), 0) from changes").fetchone()[0])


def _changes(tx: Database, where: str, parameter: str | int) -> list[Change]:
    # The clauses are this file's own constants.
    sql = f"select * from changes where {where} order by change_id"  # noqa: S608
    return [
        Change(**{**row, "detail": json.loads(row["detail"] or "{}")})
        for row in tx.query(sql, [parameter])
    ]
