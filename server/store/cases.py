"""Doubtful records that wait for a supervisor."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.store import bulk
from server.store.case_tables import cases
from server.store.tables import ledger


def _of_ledger(column: sa.Column[Any], record_id: Any) -> Any:
    return sa.select(column).where(ledger.c.record_id == record_id).scalar_subquery()


def _whose(prefix: str, record_id: Any) -> dict[str, Any]:
    """Return the columns that say whose a side is, as the ledger has it."""
    return {
        f"{prefix}agent_id": _of_ledger(ledger.c.agent_id, record_id),
        f"{prefix}office_id": _of_ledger(ledger.c.office_id, record_id),
    }


_OPEN = sa.insert(cases).values(
    _whose("", sa.bindparam("record")) | _whose("other_", sa.bindparam("other"))
)
_ABOUT = tuple(
    sa.select(cases).where(column.in_(bulk.VALUES))
    for column in (cases.c.record_id, cases.c.other_id)
)


def open_cases(tx: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Open cases: `{case_id, kind, record_id, other_id, opened_at}`; the ledger has both sides."""
    if rows:
        tx.execute(_OPEN, [{**r, "record": r["record_id"], "other": r["other_id"]} for r in rows])


def open_of(tx: sa.Connection, record_ids: Iterable[str]) -> Sequence[Any]:
    """Return the open cases about any of these records, on either side."""
    ids = list(record_ids)
    if not ids:
        return []
    query = sa.select(cases).where(
        cases.c.decided_at.is_(None), cases.c.record_id.in_(ids) | cases.c.other_id.in_(ids)
    )
    return tx.execute(query).all()


def lock(tx: sa.Connection, record_ids: Iterable[str]) -> None:
    """Lock the cases about any of these records, in one order, until the transaction ends.

    A case is between two agents: both may move it at once, and another one beside it.
    """
    ids = list(record_ids)
    named = cases.c.record_id.in_(ids) | cases.c.other_id.in_(ids)
    query = sa.select(cases.c.case_id).where(named).order_by(cases.c.case_id)
    tx.execute(query.with_for_update()).all()


def about(tx: sa.Connection, record_ids: Iterable[str]) -> list[Any]:
    """Return every case about any of these records, open and decided, oldest first."""
    ids = list(record_ids)
    found = {row.case_id: row for query in _ABOUT for row in bulk.rows(tx, query, ids)}
    return sorted(found.values(), key=lambda row: (row.opened_at, row.case_id))


def move_to(tx: sa.Connection, places: Mapping[str, str]) -> None:
    """Move open cases from superseded records to those that took their place.

    A correction is its chain's agent's and office's, so whose the sides are stays.
    """
    if not places:
        return
    lock(tx, places)
    for column in (cases.c.record_id, cases.c.other_id):
        statement = (
            sa.update(cases)
            .where(column == sa.bindparam("old"), cases.c.decided_at.is_(None))
            .values({column.name: sa.bindparam("new")})
        )
        tx.execute(statement, [{"old": old, "new": new} for old, new in places.items()])


def told_apart(tx: sa.Connection, one_root: str, other_root: str) -> bool:
    """Tell whether a supervisor called the people of two chains different: not asked again."""
    one, other = ledger.alias("one"), ledger.alias("other")
    query = (
        sa.select(cases.c.case_id)
        .join_from(cases, one, one.c.record_id == cases.c.record_id)
        .join(other, other.c.record_id == cases.c.other_id)
        .where(
            cases.c.kind == "near_match",
            cases.c.decision == "different",
            sa.tuple_(one.c.root_id, other.c.root_id).in_(
                [(one_root, other_root), (other_root, one_root)]
            ),
        )
        .limit(1)
    )
    return tx.execute(query).first() is not None


def find(tx: sa.Connection, case_id: str) -> Any:
    """Return one case without locking it, or None."""
    return tx.execute(sa.select(cases).where(cases.c.case_id == case_id)).one_or_none()


def put_sides(tx: sa.Connection, case_id: str, sides: Mapping[str, str | None]) -> None:
    """Let other records be sides (`record`, `other`) of a case; who is not named stays.

    The side that stays may be moved by its own agent's correction meanwhile.
    """
    values: dict[str, Any] = {}
    for side, record_id in sides.items():
        values |= {f"{side}_id": record_id}
        values |= _whose("other_" if side == "other" else "", record_id)
    if values:
        tx.execute(sa.update(cases).where(cases.c.case_id == case_id).values(values))


def get(tx: sa.Connection, case_id: str) -> Any:
    """Return and lock one case, or None."""
    return tx.execute(
        sa.select(cases).where(cases.c.case_id == case_id).with_for_update()
    ).one_or_none()


def decide(
    tx: sa.Connection, case_id: str, *, decision: str | None, by: str | None, at: datetime | None
) -> None:
    """Write a case's decision and who made it when; None opens it again."""
    tx.execute(
        sa.update(cases)
        .where(cases.c.case_id == case_id)
        .values(decision=decision, decided_by=by, decided_at=at)
    )
