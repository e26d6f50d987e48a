"""Captures as far as the ledger tells of them in clear what may be worth asking an agent about."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from server.store.agent_work import Stretch
from server.store.tables import ledger, people, stations

_BEFORE = ledger.alias("before")
_CAPTURES = (
    sa.select(
        ledger.c.record_id,
        ledger.c.root_id,
        ledger.c.captured_at,
        ledger.c.flags,
        ledger.c.corrects,
        ledger.c.nik_hash,
        _BEFORE.c.record_id.label("before_id"),
        _BEFORE.c.nik_hash.label("nik_before"),
        people.c.birth_date,
    )
    .select_from(
        ledger.outerjoin(people, people.c.record_id == ledger.c.record_id).outerjoin(
            _BEFORE,
            # What a correction names in vain may be another agent's.
            (_BEFORE.c.record_id == ledger.c.corrects) & (_BEFORE.c.agent_id == ledger.c.agent_id),
        )
    )
    .order_by(ledger.c.work_date.desc(), ledger.c.seq.desc())
)


def captures(tx: sa.Connection, stretch: Stretch, limit: int) -> Sequence[Any]:
    """Return an agent's captures, the newest first: at most `limit` of them.

    `birth_date` is there for sound ones alone; `before_id` is the record that a correction
    corrects, and `nik_before` the keyed hash of its NIK.
    """
    return tx.execute(_CAPTURES.where(stretch.within(ledger)).limit(limit)).all()


def peers(tx: sa.Connection, office_id: str, agent_id: str) -> Sequence[str]:
    """Return the other agents who are or were at an office, in order of their ids."""
    query = sa.select(stations.c.agent_id).where(
        stations.c.office_id == office_id, stations.c.agent_id != agent_id
    )
    return list(tx.execute(query.distinct().order_by(stations.c.agent_id)).scalars())
