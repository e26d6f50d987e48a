"""Books of before places and receipts were counted are brought up to date, and are sound."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from server.store import ledger, migrate, performance
from server.store.engine import Store
from tests.server.databases import new_database

MARISO = "73.71.01.1006"
AT = datetime(2026, 9, 30, 15, 59, tzinfo=UTC)  # 23.59 WITA, 00.59 WIT
OFFICES = {"makassar": "Asia/Makassar", "jayapura": "Asia/Jayapura"}


def row(record_id: str, **named: Any) -> dict[str, Any]:
    """Return a record's row as it was then."""
    known = {
        "record_id": record_id,
        "seq": len(record_id),
        "digest": "",
        "agent_id": "agent",
        "office_id": "makassar",
        "sent_by": "device",
        "received_at": AT,
        "certainty": "likely",
        "work_date": date(2026, 9, 30),
        "sealed": b"",
        "verdict": "accepted",
        "reason": "new",
        "root_id": record_id,
        "contribution": 16_400,
        "months": 1,
        "jht": 0,
    }
    return known | named


ROWS = [
    row("a", verdict="superseded", corrected_by="fixed"),
    row("fixed", root_id="a", corrects="a", received_at=AT.replace(month=11), seq=9),
    row("east", office_id="jayapura", agent_id="other", jht=20_000),
    row("no", verdict="rejected", work_date=date(2026, 10, 2), contribution=0, months=0),
    row("given", counts_as="duplicate", seq=12),
]


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A database of the first shape with these rows."""
    with new_database(request.param, request, tmp_path) as url:
        store = Store(url)
        options = migrate.config()
        with store.write() as tx:
            options.attributes["connection"] = tx
            command.upgrade(options, "0001")
            tables = sa.MetaData()
            tables.reflect(tx, only=["ledger", "people", "offices", "performance"])
            for office_id, zone in OFFICES.items():
                values = {"office_id": office_id, "name": office_id, "timezone": zone}
                tx.execute(sa.insert(tables.tables["offices"]).values(values))
            for values in ROWS:
                tx.execute(sa.insert(tables.tables["ledger"]).values(_plain(store, values)))
            for record_id in ("fixed", "east"):
                person = {"record_id": record_id, "kelurahan": MARISO, "sex": "F", "name": "x"}
                person |= {"nik_hash": b"", "folded_name": "x", "birth_date": date(1990, 1, 1)}
                tx.execute(sa.insert(tables.tables["people"]).values(person))
        yield store
        store.close()


def _plain(store: Store, values: dict[str, Any]) -> dict[str, Any]:
    naive = values["received_at"].replace(tzinfo=None) if store.is_sqlite else values["received_at"]
    return values | {"received_at": naive}


def test_every_record_learns_its_place_and_day(old: Store) -> None:
    migrate.upgrade(old)
    with old.read() as tx:
        found = ledger.records(tx, [values["record_id"] for values in ROWS])
    places = {record_id: one.kelurahan for record_id, one in found.items()}
    assert places == {"a": "", "fixed": MARISO, "east": MARISO, "no": "", "given": ""}
    days = {record_id: one.received_date for record_id, one in found.items()}
    # A correction counts where its first record does; each office has its own midnight.
    assert days.pop("east") == date(2026, 10, 1)
    assert set(days.values()) == {date(2026, 9, 30)}
    assert {one.received_at.month for one in found.values()} == {9, 11}


def test_what_is_counted_equals_a_fold(old: Store) -> None:
    migrate.upgrade(old)
    with old.read() as tx:
        told = performance.fold(tx)
        assert performance.kept(tx) == told
        periods = performance.kept_periods(tx)
        assert {key: list(counts) for key, counts in periods.items()} == performance.periods_of(
            told
        )
        assert len(told) == 4
        assert migrate.is_current(tx)


def test_the_ledger_s_indexes_are_as_before(old: Store) -> None:
    def indexes() -> set[tuple[str, str]]:
        with old.read() as tx:
            listed = "sqlite_master" if old.is_sqlite else "pg_indexes"
            name, sql, table = (
                ("name", "sql", "tbl_name")
                if old.is_sqlite
                else ("indexname", "indexdef", "tablename")
            )
            query = f"SELECT {name}, {sql} FROM {listed} WHERE {table} = 'ledger'"
            rows = tx.exec_driver_sql(query).all()
        return {(name, " ".join(sql.split())) for name, sql in rows if name.startswith("ix_")}

    before = indexes()
    migrate.upgrade(old)
    assert len(before) == 5
    assert indexes() >= before
