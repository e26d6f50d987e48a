"""Traces are found again, new or sorted in, whenever they were written."""

from server.store import people, tables
from server.store.engine import Store
from server.store.people import SORT_IN_EVERY, Outline
from tests.contracts.rows import record, write


def found(store: Store, *keys: int, since: int | None = None) -> set[tuple[int, str]]:
    with store.read() as tx:
        rows = people.sharing(tx, keys) if since is None else people.sharing_since(tx, keys, since)
    return {(row.key, row.record_id) for row in rows}


def put(store: Store, seq: int, *keys: int) -> None:
    write(store, record(f"r{seq}", seq=seq))
    with store.write() as tx:
        people.put_traces(tx, [(key, seq) for key in keys])


def test_an_outline_is_a_row_as_the_table_has_it() -> None:
    assert Outline._fields == tuple(column.name for column in tables.people.c)


def test_before_and_after_they_are_sorted_in(store: Store) -> None:
    put(store, 1, 7, 8)
    put(store, SORT_IN_EVERY - 1, 7)
    before = {(7, "r1"), (8, "r1"), (7, f"r{SORT_IN_EVERY - 1}")}
    assert found(store, 7, 8) == before
    put(store, SORT_IN_EVERY, 8)  # the first batch beyond sorts all of them in
    after = before | {(8, f"r{SORT_IN_EVERY}")}
    assert found(store, 7, 8) == after
    put(store, SORT_IN_EVERY + 1, 7)
    assert found(store, 7, 8) == after | {(7, f"r{SORT_IN_EVERY + 1}")}


def test_since_a_look_none_is_missed_though_they_were_sorted_in_meanwhile(store: Store) -> None:
    put(store, SORT_IN_EVERY - 2, 7)
    looked = SORT_IN_EVERY - 2
    assert found(store, 7, since=looked) <= {(7, f"r{looked}")}
    put(store, SORT_IN_EVERY - 1, 7)
    assert (7, f"r{SORT_IN_EVERY - 1}") in found(store, 7, since=looked)
    put(store, SORT_IN_EVERY, 7)
    new = {(7, f"r{SORT_IN_EVERY - 1}"), (7, f"r{SORT_IN_EVERY}")}
    assert new <= found(store, 7, since=looked)


def test_what_a_review_adds_is_found_since_a_look_too(store: Store) -> None:
    put(store, 1, 7)
    write(store, record("r2", seq=2))
    with store.write() as tx:
        people.put_late(tx, [], [(7, 1), (7, 2), (7, 2)])
    assert (7, "r2") in found(store, 7, since=2)
    assert found(store, 7) == {(7, "r1"), (7, "r2")}
    put(store, SORT_IN_EVERY, 9)
    with store.write() as tx:
        people.put_late(tx, [], [(7, 2)])
    put(store, 2 * SORT_IN_EVERY, 9)  # once more, with a trace that is among the old ones
    assert found(store, 7) == {(7, "r1"), (7, "r2")}
