"""What people decided, one row after the other: nothing here is ever changed or removed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from server.store import bulk
from server.store.case_tables import decisions

_OF_CASES = sa.select(decisions).where(decisions.c.case_id.in_(bulk.VALUES))


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision: what was said by whom and when, and what it moved.

    `before` and `after` are plain JSON: `records` by id, of each the members that changed;
    `cases` by id, whole, that were open beside it; after it also `opened`, the ids of those
    that it opened. `sealed_note` is what the person wrote beside it, sealed.
    """

    case_id: str | None
    action: str
    side: str | None
    by: str
    at: datetime
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    sealed_note: bytes | None = None
    number: int = 0
    """Which one it is, ascending, once it is written."""


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
        "sealed_note": decided.sealed_note,
    }
    return int(tx.execute(sa.insert(decisions).returning(decisions.c.number), row).scalar_one())


def of_case(tx: sa.Connection, case_id: str) -> list[Decided]:
    """Return everything that was decided of a case, in order."""
    return of_cases(tx, [case_id])


def of_cases(tx: sa.Connection, case_ids: Iterable[str]) -> list[Decided]:
    """Return everything that was decided of these cases, in order."""
    rows = bulk.rows(tx, _OF_CASES, case_ids)
    return [_decided(row) for row in sorted(rows, key=attrgetter("number"))]


def _decided(row: Any) -> Decided:
    values = row._asdict()
    return Decided(**values | {"before": json.loads(row.before), "after": json.loads(row.after)})
