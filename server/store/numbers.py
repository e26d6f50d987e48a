"""A device's numbers, device_seq: which are missing, which were used twice.

Both are a report, not damage. Another agent's records under the device's name count for
neither: what others hand in must not hide what is missing.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from server.store import bulk
from server.store.tables import devices, ledger

_THEIRS = (
    ledger.c.device_id == devices.c.device_id,
    ledger.c.agent_id == devices.c.agent_id,
    ledger.c.device_seq > sa.literal_column("0"),
)
_COUNTS = (devices.c.device_id == sa.bindparam("device"), *_THEIRS)
"""Which rows of the ledger carry a device's numbers."""
_GIVEN = (
    sa.select(
        ledger.c.device_seq.label("number"),
        sa.func.lag(ledger.c.device_seq, 1, 0).over(order_by=ledger.c.device_seq).label("before"),
    )
    .where(*_COUNTS)
    .subquery()
)
_GAPS = (
    sa.select(_GIVEN.c.before + 1, _GIVEN.c.number - 1)
    .where(_GIVEN.c.number > _GIVEN.c.before + 1)
    .order_by(_GIVEN.c.number)
)
_GREATEST = (
    sa.select(ledger.c.device_seq).where(*_COUNTS).order_by(ledger.c.device_seq.desc()).limit(1)
)
_LAST = sa.select(devices.c.last_seq).where(devices.c.device_id == sa.bindparam("device"))
_REUSED = (
    sa.select(ledger.c.device_seq)
    .where(*_COUNTS)
    .group_by(ledger.c.device_seq)
    .having(sa.func.count() > 1)
    .order_by(ledger.c.device_seq)
)
_COUNTED = (
    sa.select(
        devices.c.device_id,
        sa.func.count(ledger.c.device_seq).label("records"),
        sa.func.count(ledger.c.device_seq.distinct()).label("given"),
        sa.case(
            (
                sa.func.max(ledger.c.device_seq) > devices.c.last_seq,
                sa.func.max(ledger.c.device_seq),
            ),
            else_=devices.c.last_seq,
        ).label("greatest"),
    )
    .outerjoin_from(devices, ledger, sa.and_(*_THEIRS))
    .where(devices.c.device_id.in_(bulk.VALUES))
    .group_by(devices.c.device_id)
)


def missing_seqs(
    tx: sa.Connection, device_id: str, limit: int | None = None
) -> list[tuple[int, int]]:
    """Return the ranges (first, last) of numbers that no record of a device carries.

    They go up to the greatest number that the device has reported, in ascending order and
    no more than `limit` of them; none for an unknown device.
    """
    asked = {"device": device_id}
    found = [(first, last) for first, last in tx.execute(_GAPS.limit(limit), asked)]
    greatest = tx.execute(_GREATEST, asked).scalar() or 0
    reported = tx.execute(_LAST, asked).scalar() or 0
    if reported > greatest:
        found.append((greatest + 1, reported))
    return found[:limit]


def counts(tx: sa.Connection, device_ids: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return how many numbers are missing of each device, and how many records reuse one.

    As `missing_seqs` and `reused_seqs` have them; a device whose numbers are all there is
    left out.
    """
    found = {}
    for device_id, records, given, greatest in bulk.rows(tx, _COUNTED, device_ids):
        if greatest > given or records > given:
            found[device_id] = (greatest - given, records - given)
    return found


def reused_seqs(tx: sa.Connection, device_id: str) -> list[int]:
    """Return the numbers that more than one record of a device carries."""
    return list(tx.execute(_REUSED, {"device": device_id}).scalars())
