"""Many rows at once mean the same as one by one."""

from datetime import date

import sqlalchemy as sa

from server.store import bulk
from server.store.engine import Store
from server.store.tables import holders, ledger, roll
from tests.contracts.rows import HOUR, NOW, record, write

FOUND = sa.select(roll).where(roll.c.nik_hash.in_(bulk.VALUES))


def test_what_goes_in_comes_out_with_its_types(store: Store) -> None:
    row = (b"n" * 16, "BASSE", date(1990, 1, 1), None, NOW, b"k" * 16)
    with store.write() as tx:
        assert bulk.insert(tx, roll, [row]) == 1
        (found,) = bulk.rows(tx, FOUND, [b"n" * 16, b"o" * 16])
        assert tuple(tx.execute(sa.select(roll)).one()) == tuple(found) == row


def test_more_values_than_a_statement_takes_are_all_asked_for(store: Store) -> None:
    count = 70_000
    rows = [(number.to_bytes(16, "big"), "one", b"k" * 16) for number in range(count)]
    with store.write() as tx:
        assert bulk.insert(tx, holders, rows) == count
        query = sa.select(holders.c.nik_hash).where(holders.c.nik_hash.in_(bulk.VALUES))
        assert {row.nik_hash for row in bulk.rows(tx, query, [row[0] for row in rows])} == {
            row[0] for row in rows
        }


def test_of_rows_that_are_there_none_is_inserted_twice(store: Store) -> None:
    rows = [(bytes([number]) * 16, "one", b"k" * 16) for number in range(3)]
    with store.write() as tx:
        assert bulk.insert_new(tx, holders, rows[:2]) == 2
        assert bulk.insert_new(tx, holders, rows) == 1
        assert bulk.insert_new(tx, holders, []) == 0


def test_a_record_is_the_same_read_back_in_bulk(store: Store) -> None:
    one = record("one", flags=("near_match", "too_fast"), errors=({"field": "nik"},), due=16_800)
    write(store, one, record("two", captured_at=None, received_at=NOW - HOUR))
    with store.read() as tx:
        query = sa.select(ledger.c.captured_at, ledger.c.work_date, ledger.c.received_at)
        asked = query.where(ledger.c.record_id.in_(bulk.VALUES)).order_by(ledger.c.record_id)
        plain = tx.execute(query.order_by(ledger.c.record_id)).all()
        assert [tuple(row) for row in bulk.rows(tx, asked, ["one", "two"])] == [
            tuple(row) for row in plain
        ]
