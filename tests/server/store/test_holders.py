"""Who holds a NIK is decided by the table's key, whatever the races."""

from concurrent.futures import ThreadPoolExecutor

from server.store import holders
from server.store.engine import Store
from tests.server.races import wait_for

NIK, OTHER = b"n" * 16, b"o" * 16


def wanted(record_id: str, *niks: bytes) -> dict[bytes, tuple[str, bytes]]:
    return dict.fromkeys(niks, (record_id, b"k" * 16))


def test_a_free_nik_is_claimed_and_a_held_one_named(store: Store) -> None:
    with store.write() as tx:
        assert holders.claim(tx, wanted("one", NIK)) == ({NIK: "one"}, {NIK})
    with store.write() as tx:
        assert holders.claim(tx, wanted("two", NIK, OTHER)) == ({NIK: "one", OTHER: "two"}, {OTHER})


def test_what_a_record_holds_already_is_not_claimed_again(store: Store) -> None:
    with store.write() as tx:
        holders.claim(tx, wanted("one", NIK))
        assert holders.claim(tx, wanted("one", NIK, OTHER)) == ({NIK: "one", OTHER: "one"}, {OTHER})


def test_nothing_is_claimed_for_nothing(store: Store) -> None:
    with store.write() as tx:
        assert holders.claim(tx, {}) == ({}, set())


def test_what_is_let_go_while_another_waits_for_it_is_the_other_s(store: Store) -> None:
    with store.write() as tx:
        holders.claim(tx, wanted("first", NIK))

    def claim_too() -> tuple[dict[bytes, str], set[bytes]]:
        with store.write() as tx:
            return holders.claim(tx, wanted("second", NIK))

    with ThreadPoolExecutor(1) as pool:
        with store.write() as tx:
            assert holders.of(tx, [NIK]) == {NIK: "first"}
            later = pool.submit(claim_too)
            wait_for(store, later)
            holders.let_go(tx, [NIK])
        assert later.result() == ({NIK: "second"}, {NIK})
    with store.read() as tx:
        assert holders.likely(tx, [NIK, OTHER]) == {NIK: "second"}
