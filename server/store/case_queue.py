"""The queue of cases: which wait, how many of each kind, which comes next.

Every query reads one of the two partial indexes of `cases`, or that of odd NIKs, and no other
table, but for the names of the few that are shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from server.store.case_tables import cases
from server.store.columns import UtcDateTime
from server.store.tables import ODD_NIK_ALONE, agents, ledger, people

_KEY: Final = {
    True: (cases.c.decided_at, cases.c.case_id),
    False: (cases.c.opened_at, cases.c.case_id),
}
_ODD: Final = sa.text(ODD_NIK_ALONE)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which cases: `office_ids` on either side (None: all), decided or open, a kind, an agent."""

    office_ids: frozenset[str] | None
    decided: bool = False
    kind: str | None = None
    agent_id: str | None = None


def count(tx: sa.Connection, sought: Sought) -> dict[str, int]:
    """Return how many cases there are of each kind; the kind that is sought does not matter."""
    query = sa.select(cases.c.kind, sa.func.count()).where(*_among(sought))
    return {row.kind: row[1] for row in tx.execute(query.group_by(cases.c.kind))}


def count_odd(tx: sa.Connection, sought: Sought) -> int:
    """Return how many records are refused for their odd NIK alone."""
    query = sa.select(sa.func.count()).select_from(ledger).where(*_odd_among(sought))
    return tx.execute(query).scalar_one()


def listed(
    tx: sa.Connection,
    sought: Sought,
    limit: int,
    offset: int = 0,
    behind: tuple[datetime, str] | None = None,
) -> Sequence[Any]:
    """Return a part of the queue: open ones oldest first, decided ones newest first.

    `behind` is the moment and the id of the case that the part before ended with.
    """
    key = _KEY[sought.decided]
    found = sa.select(cases.c.case_id).where(*_among(sought, of_kind=True))
    if behind is not None:
        place = sa.tuple_(sa.literal(behind[0], UtcDateTime()), sa.literal(behind[1]))
        found = found.where(sa.tuple_(*key) < place if sought.decided else sa.tuple_(*key) > place)
    page = found.order_by(*_towards(sought, key)).limit(limit).offset(offset).subquery()
    (one, her), (two, his) = (
        (agents.alias(f"agent_{side}"), people.alias(f"person_{side}")) for side in ("one", "two")
    )
    query = (
        sa.select(
            cases,
            one.c.code.label("agent_code"),
            two.c.code.label("other_agent_code"),
            her.c.name.label("name"),
            his.c.name.label("other_name"),
        )
        .join_from(page, cases, cases.c.case_id == page.c.case_id)
        .outerjoin(one, one.c.agent_id == cases.c.agent_id)
        .outerjoin(two, two.c.agent_id == cases.c.other_agent_id)
        .outerjoin(her, her.c.record_id == cases.c.record_id)
        .outerjoin(his, his.c.record_id == cases.c.other_id)
    )
    return tx.execute(query.order_by(*_towards(sought, key))).all()


def _towards(sought: Sought, key: Iterable[sa.ColumnElement[Any]]) -> list[Any]:
    return [column.desc() if sought.decided else column for column in key]


def listed_odd(
    tx: sa.Connection, sought: Sought, limit: int, offset: int = 0, behind: int = 0
) -> Sequence[Any]:
    """Return a part of the records with odd NIKs, oldest first, `behind` a number of the ledger."""
    columns = (ledger.c.seq, ledger.c.record_id, ledger.c.received_at, ledger.c.sealed)
    query = (
        sa.select(*columns, agents.c.code.label("agent_code"))
        .join_from(ledger, agents, agents.c.agent_id == ledger.c.agent_id)
        .where(*_odd_among(sought), ledger.c.seq > behind)
        .order_by(ledger.c.seq)
    )
    return tx.execute(query.limit(limit).offset(offset)).all()


def beside(tx: sa.Connection, sought: Sought, case_id: str) -> tuple[str | None, str | None]:
    """Return the open cases before and behind a case, by when they were opened; None for none.

    It need not be among them: so the next one is found of a case that is decided by now.
    """
    at = sa.select(cases.c.opened_at).where(cases.c.case_id == case_id).scalar_subquery()
    place, key = sa.tuple_(at, sa.literal(case_id)), sa.tuple_(*_KEY[False])
    query = sa.select(cases.c.case_id).where(*_among(sought, of_kind=True)).limit(1)
    before = query.where(key < place).order_by(*(column.desc() for column in _KEY[False]))
    behind = query.where(key > place).order_by(*_KEY[False])
    return tx.execute(before).scalar(), tx.execute(behind).scalar()


def beside_odd(tx: sa.Connection, sought: Sought, record_id: str) -> tuple[str | None, str | None]:
    """Return the records with odd NIKs before and behind a record; None for none."""
    seq = sa.select(ledger.c.seq).where(ledger.c.record_id == record_id).scalar_subquery()
    query = sa.select(ledger.c.record_id).where(*_odd_among(sought)).limit(1)
    before = query.where(ledger.c.seq < seq).order_by(ledger.c.seq.desc())
    behind = query.where(ledger.c.seq > seq).order_by(ledger.c.seq)
    return tx.execute(before).scalar(), tx.execute(behind).scalar()


def file_again(tx: sa.Connection, agent_id: str) -> None:
    """File an agent's cases under the offices that the ledger has by now.

    Whoever opens one meanwhile against this agent's record waits, and then sees them too. So
    does whoever locked one: it is written before this begins, and neither waits for the other.
    """
    if tx.dialect.name == "postgresql":
        tx.exec_driver_sql("LOCK TABLE cases IN EXCLUSIVE MODE")
    for whose, record, office in _SIDES:
        now = sa.select(ledger.c.office_id).where(ledger.c.record_id == record).scalar_subquery()
        tx.execute(sa.update(cases).where(whose == agent_id).values({office: now}))


_SIDES = (
    (cases.c.agent_id, cases.c.record_id, cases.c.office_id),
    (cases.c.other_agent_id, cases.c.other_id, cases.c.other_office_id),
)


def misfiled() -> sa.Select[Any]:
    """Return the query for cases whose agents and offices are not those of their records."""
    one, two = ledger.alias("one"), ledger.alias("two")
    pairs: Mapping[sa.ColumnElement[Any], sa.ColumnElement[Any]] = {
        cases.c.agent_id: one.c.agent_id,
        cases.c.office_id: one.c.office_id,
        cases.c.other_agent_id: two.c.agent_id,
        cases.c.other_office_id: two.c.office_id,
    }
    return (
        sa.select(cases.c.case_id)
        .outerjoin(one, one.c.record_id == cases.c.record_id)
        .outerjoin(two, two.c.record_id == cases.c.other_id)
        .where(sa.or_(*(kept.is_distinct_from(true) for kept, true in pairs.items())))
    )


def _among(sought: Sought, *, of_kind: bool = False) -> list[sa.ColumnElement[bool]]:
    decided = cases.c.decided_at.is_not(None) if sought.decided else cases.c.decided_at.is_(None)
    found: list[sa.ColumnElement[bool]] = [decided]
    if of_kind and sought.kind is not None:
        found.append(cases.c.kind == sought.kind)
    if sought.office_ids is not None:
        own = sorted(sought.office_ids)
        found.append(cases.c.office_id.in_(own) | cases.c.other_office_id.in_(own))
    if sought.agent_id is not None:
        is_theirs = cases.c.agent_id == sought.agent_id
        found.append(is_theirs | (cases.c.other_agent_id == sought.agent_id))
    return found


def _odd_among(sought: Sought) -> list[Any]:
    found: list[Any] = [_ODD]
    if sought.office_ids is not None:
        found.append(ledger.c.office_id.in_(sorted(sought.office_ids)))
    if sought.agent_id is not None:
        found.append(ledger.c.agent_id == sought.agent_id)
    return found
