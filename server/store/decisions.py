"""What people decided, one row after the other: nothing here is ever changed or removed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.store.tables import decisions


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision: what was said by whom and when, and what it moved.

    `before` and `after` are plain JSON: `records` by id, of each the members that changed;
    `cases` by id, whole, that were open beside it; after it also `opened`, the ids of those
    that it opened.
    """

    case_id: str | None
    action: str
    side: str | None
    by: str
    at: datetime
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def append(tx: sa.Connection, decided: Decided) -> int:
    """Write a decision; return its number, which ascends for each case."""
    row = {
        "case_id": decided.case_id,
        "action": decided.action,
        "side": decided.side,
        "by": decided.by,
        "at": decided.at,
        "before": json.dumps(decided.before, ensure_ascii=False),
        "after": json.dumps(decided.after, ensure_ascii=False),
    }
    return int(tx.execute(sa.insert(decisions).returning(decisions.c.number), row).scalar_one())


def of_case(tx: sa.Connection, case_id: str) -> list[Decided]:
    """Return everything that was decided of a case, in order."""
    query = sa.select(decisions).where(decisions.c.case_id == case_id)
    return [
        Decided(
            case_id=row.case_id,
            action=row.action,
            side=row.side,
            by=row.by,
            at=row.at,
            before=json.loads(row.before),
            after=json.loads(row.after),
        )
        for row in tx.execute(query.order_by(decisions.c.number))
    ]
