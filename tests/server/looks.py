"""What a test sees when it looks into the office's database."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from server import doctor
from server.rules.record import Record
from server.store import ledger, roll
from server.store.case_tables import cases
from server.store.tables import feed, holders, performance, set_aside
from server.store.tables import ledger as records
from tests.offices import KEYS, Desk


def record(desk: Desk, envelope: Mapping[str, Any]) -> Record | None:
    """Return the record of an envelope, or None where none is kept."""
    with desk.office.store.read() as tx:
        return ledger.records(tx, [envelope["record_id"]]).get(envelope["record_id"])


def recorded(desk: Desk) -> int:
    """Return how many records the ledger has."""
    with desk.office.store.read() as tx:
        return tx.execute(sa.select(sa.func.count()).select_from(records)).scalar_one()


def kept_bytes(desk: Desk, envelope: Mapping[str, Any]) -> bytes:
    """Return the bytes that the ledger keeps of an envelope, opened."""
    with desk.office.store.read() as tx:
        return KEYS.open(ledger.sealed(tx, [envelope["record_id"]])[envelope["record_id"]])


def holder_of(desk: Desk, nik: str) -> str | None:
    """Return the id of the record that holds a NIK, or None where it is free."""
    query = sa.select(holders.c.record_id).where(holders.c.nik_hash == KEYS.nik_hash(nik))
    with desk.office.store.read() as tx:
        return tx.execute(query).scalar()


def aside(desk: Desk) -> list[Any]:
    """Return what is set aside, oldest first."""
    with desk.office.store.read() as tx:
        return list(tx.execute(sa.select(set_aside).order_by(set_aside.c.first_seen_at)).all())


def open_cases(desk: Desk) -> list[tuple[str, str, str | None]]:
    """Return (kind, record_id, other_id) of the open cases."""
    query = sa.select(cases).where(cases.c.decided_at.is_(None)).order_by(cases.c.case_id)
    with desk.office.store.read() as tx:
        return [(row.kind, row.record_id, row.other_id) for row in tx.execute(query)]


def days(desk: Desk, name: str) -> dict[str, int]:
    """Return a counter of every agent's days, by work date, agents added up; zeros left out."""
    query = sa.select(performance.c.work_date, sa.func.sum(performance.c[name])).group_by(
        performance.c.work_date
    )
    with desk.office.store.read() as tx:
        found = {day.isoformat(): int(count) for day, count in tx.execute(query)}
    return {day: count for day, count in found.items() if count}


def feed_numbers(desk: Desk, agent_id: str) -> list[int]:
    """Return the numbers of an agent's changes, in order."""
    query = sa.select(feed.c.number).where(feed.c.agent_id == agent_id).order_by(feed.c.number)
    with desk.office.store.read() as tx:
        return list(tx.execute(query).scalars())


def withdraw(desk: Desk, nik: str) -> None:
    """Let a worker withdraw consent, now."""
    with desk.office.store.write() as tx:
        roll.withdraw(tx, KEYS.nik_hash(nik), desk.now())


def faults(desk: Desk) -> list[str]:
    """Return what the doctor finds wrong, as `check: what`."""
    return [
        f"{finding.check}: {text}"
        for finding in doctor.examine_all(desk.office)
        for text in finding.listed
    ]
