"""What the office's store keeps, on SQLite and PostgreSQL alike: one suite for both."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from server.store import devices, feed, holders, ledger, offices
from server.store.engine import Store, is_down
from server.store.tables import metadata
from tests.contracts.rows import DAY, NIK, NOW, ONE, OTHER, TWO, device, record, write


class TestTransactions:
    def test_what_a_block_wrote_is_there_at_its_end(self, store: Store) -> None:
        with store.write() as tx:
            offices.put_fact(tx, "epoch", "new")
        with store.read() as tx:
            assert offices.fact(tx, "epoch") == "new"

    def test_what_an_error_ended_is_undone(self, store: Store) -> None:
        with suppress(LookupError), store.write() as tx:
            offices.put_fact(tx, "epoch", "new")
            raise LookupError
        with store.read() as tx:
            assert offices.fact(tx, "epoch") != "new"

    def test_a_reading_sees_the_books_as_of_one_moment(self, store: Store) -> None:
        with store.read() as tx:
            before = offices.fact(tx, "epoch")
            with store.write() as other:
                offices.put_fact(other, "epoch", "new")
            assert offices.fact(tx, "epoch") == before
        with store.read() as tx:
            assert offices.fact(tx, "epoch") == "new"

    def test_foreign_keys_hold(self, store: Store) -> None:
        with pytest.raises(sa.exc.IntegrityError), store.write() as tx:
            offices.add_agent(tx, "agent", "code", "name", "no such office")

    def test_a_query_for_nothing_asks_nothing(self, store: Store) -> None:
        with store.read() as tx:
            assert ledger.records(tx, []) == {}

    def test_every_table_of_the_shape_is_there(self, store: Store) -> None:
        assert set(metadata.tables) <= set(sa.inspect(store.engine).get_table_names())


COUNT = """
import sys
from server.store import devices
from server.store.engine import Store
store = Store(sys.argv[1])
for _ in range(int(sys.argv[2])):
    with store.write() as tx:
        kept = devices.get(tx, "device-1")
        devices.report(tx, "device-1", {"waiting": kept.waiting + 1}, 0, None, kept.joined_at)
store.close()
"""


class TestReadThenWrite:
    """Whoever reads in order to write loses nobody's work: threads, processes, connections."""

    def count(self, store: Store, times: int) -> None:
        """Count up by one, so many times: read, then write."""
        for _ in range(times):
            with store.write() as tx:
                kept = devices.get(tx, "device-1")
                beat = {"waiting": kept.waiting + 1}
                devices.report(tx, "device-1", beat, 0, None, NOW)

    def counted(self, store: Store) -> int:
        """Return how far it was counted."""
        with store.write() as tx:
            return int(devices.get(tx, "device-1").waiting)

    def test_among_threads(self, peopled: Store) -> None:
        with ThreadPoolExecutor(6) as pool:
            for one in [pool.submit(self.count, peopled, 10) for _ in range(6)]:
                one.result()
        assert self.counted(peopled) == 60

    def test_among_processes(self, peopled: Store) -> None:
        url = peopled.url.render_as_string(hide_password=False)
        command = [sys.executable, "-c", COUNT, url, "20"]
        with subprocess.Popen(command) as one, subprocess.Popen(command) as other:
            self.count(peopled, 20)
            assert (one.wait(60), other.wait(60)) == (0, 0)
        assert self.counted(peopled) == 60

    def test_a_writer_has_its_lock_before_it_reads(self, peopled: Store) -> None:
        with peopled.write() as tx:
            assert devices.get(tx, "device-1").waiting == 0
            with pytest.raises(sa.exc.OperationalError) as told:
                self.hasty_write(peopled)
        assert is_down(told.value)
        self.hasty_write(peopled)
        assert self.counted(peopled) == 99

    def hasty_write(self, store: Store) -> None:
        """Write over a connection of its own that waits for no lock."""
        options = {"timeout": 0} if store.is_sqlite else {"options": "-c lock_timeout=1"}
        engine = sa.create_engine(store.url, connect_args=options)
        try:
            with engine.begin() as tx:
                tx.execute(sa.text("UPDATE devices SET waiting = 99"))
        finally:
            engine.dispose()


class TestMoments:
    """SQLite would drop an offset without a word, so naive values have no place."""

    def kept(self, store: Store, moment: datetime) -> datetime:
        """Keep a moment, and return it as it comes back."""
        with store.write() as tx:
            devices.put(tx, device(joined_at=moment))
            found: datetime = devices.get(tx, "device-1").joined_at
            return found

    @pytest.mark.parametrize(
        "moment",
        [
            NOW,
            NOW.astimezone(timezone(timedelta(hours=8))),
            NOW.astimezone(timezone(-timedelta(hours=3, minutes=30))),
            datetime(1, 1, 2, tzinfo=UTC),
            datetime(9999, 12, 30, 23, 59, 59, 999999, tzinfo=UTC),
        ],
    )
    def test_come_back_aware_in_utc_to_the_microsecond(
        self, peopled: Store, moment: datetime
    ) -> None:
        found = self.kept(peopled, moment)
        assert (found, found.tzinfo) == (moment, UTC)

    def test_naive_ones_are_refused(self, peopled: Store) -> None:
        naive = NOW.replace(tzinfo=None)
        with pytest.raises((ValueError, sa.exc.StatementError), match="naive"):
            self.kept(peopled, naive)
        with pytest.raises(ValueError, match="naive"):
            write(peopled, record("r", received_at=naive))
        with peopled.read() as tx:
            assert ledger.records(tx, ["r"]) == {}

    def test_are_compared_as_moments(self, peopled: Store) -> None:
        east = NOW.astimezone(timezone(timedelta(hours=8)))
        with peopled.write() as tx:
            devices.note_failure(tx, "10.0.0.1", east, east - DAY)
            assert devices.failures(tx, "10.0.0.1", NOW - timedelta(microseconds=1)) == 1
            assert devices.failures(tx, "10.0.0.1", NOW) == 0


class TestHolders:
    def claim(self, store: Store, who: str, *niks: bytes) -> set[bytes]:
        """Claim NIKs in one transaction; return those that were free."""
        with store.write() as tx:
            held, claimed = holders.claim(tx, dict.fromkeys(niks, (who, b"k" * 16)))
            assert set(held) == set(niks)
            return claimed

    def test_each_nik_goes_to_one_of_many_who_claim_it_at_once(self, store: Store) -> None:
        niks = [bytes([number]) * 16 for number in range(40)]
        orders = [niks, niks[::-1], niks[10:30], niks[::2], niks[1::2], niks[::-3]]
        with ThreadPoolExecutor(len(orders)) as pool:
            claims = [
                pool.submit(self.claim, store, f"record-{place}", *order)
                for place, order in enumerate(orders)
            ]
            claimed = [claim.result() for claim in claims]
        assert sorted(nik for one in claimed for nik in one) == niks
        with store.write() as tx:
            held = holders.of(tx, niks)
        for place, one in enumerate(claimed):
            assert {held[nik] for nik in one} <= {f"record-{place}"}

    def test_what_was_rolled_back_is_free(self, store: Store) -> None:
        with suppress(LookupError), store.write() as tx:
            holders.claim(tx, {NIK: ("gone", b"k" * 16)})
            raise LookupError
        assert self.claim(store, "next", NIK) == {NIK}

    def test_hand_on_and_let_go(self, store: Store) -> None:
        self.claim(store, "one", NIK, OTHER)
        with store.write() as tx:
            holders.hand(tx, {NIK: "two"})
            holders.let_go(tx, [OTHER])
            holders.hand(tx, {})
            holders.let_go(tx, [])
            assert holders.of(tx, [OTHER, NIK]) == {NIK: "two"}


class TestFeed:
    def append(self, store: Store, agent: str, *kinds: str) -> None:
        """Append changes in a transaction of its own."""
        with store.write() as tx:
            feed.lock(tx, [agent])
            feed.append(tx, agent, [{"kind": kind, "n": kind} for kind in kinds], NOW)

    def test_numbers_each_agent_s_changes_without_a_gap(self, peopled: Store) -> None:
        self.append(peopled, ONE, "a", "b")
        self.append(peopled, TWO, "c")
        self.append(peopled, ONE)
        self.append(peopled, ONE, "d")
        with peopled.read() as tx:
            found = [(row.number, row.kind) for row in feed.after(tx, ONE, 0, 10)]
            assert found == [(1, "a"), (2, "b"), (3, "d")]
            assert [row.number for row in feed.after(tx, ONE, 1, 1)] == [2]
            assert [feed.last_number(tx, who) for who in (ONE, TWO, "nobody")] == [3, 1, 0]

    def test_a_change_is_kept_as_it_was(self, peopled: Store) -> None:
        change = {"kind": "notice", "record_id": "r", "text_id": "Pa’baeng 😀", "until": None}
        with peopled.write() as tx:
            feed.append(tx, ONE, [change, {"kind": "standing", "record_id": "r"}], NOW)
            first, second = feed.after(tx, ONE, 0, 10)
        assert (first.kind, first.record_id) == ("notice", "r")
        assert "Pa’baeng 😀" in first.body
        assert second.body is None

    def test_many_at_once_leave_no_gap(self, peopled: Store) -> None:
        with ThreadPoolExecutor(6) as pool:
            for one in [pool.submit(self.append, peopled, ONE, "a", "b") for _ in range(12)]:
                one.result()
        with peopled.read() as tx:
            numbers = [row.number for row in feed.after(tx, ONE, 0, 100)]
        assert numbers == list(range(1, 25))

    def test_no_number_is_given_while_an_earlier_one_may_still_commit(self, peopled: Store) -> None:
        with peopled.write() as tx:
            feed.lock(tx, [ONE])
            feed.append(tx, ONE, [{"kind": "early"}], NOW)
            with pytest.raises(sa.exc.OperationalError):
                self.hasty_append(peopled)
            with peopled.read() as other:
                assert feed.last_number(other, ONE) == 0
                assert feed.after(other, ONE, 0, 10) == []
        self.hasty_append(peopled)
        with peopled.read() as tx:
            assert [row.kind for row in feed.after(tx, ONE, 0, 10)] == ["early", "late"]

    def hasty_append(self, store: Store) -> None:
        """Append over a connection of its own that waits for no lock."""
        options = {"timeout": 0} if store.is_sqlite else {"options": "-c lock_timeout=1"}
        engine = sa.create_engine(store.url, connect_args=options)
        try:
            with engine.begin() as tx:
                feed.lock(tx, [ONE])
                feed.append(tx, ONE, [{"kind": "late"}], NOW)
        finally:
            engine.dispose()

    def test_only_the_agents_named_are_locked_where_many_may_write(self, peopled: Store) -> None:
        one_writer = pytest.raises(sa.exc.OperationalError) if peopled.is_sqlite else nullcontext()
        with peopled.write() as tx:
            feed.lock(tx, [TWO])
            with one_writer:
                self.hasty_append(peopled)


@pytest.mark.parametrize(
    ("error", "down"),
    [
        (sa.exc.OperationalError("", (), Exception()), True),
        (sa.exc.InterfaceError("", (), Exception()), True),
        (sa.exc.InternalError("", (), Exception()), True),
        (sa.exc.DatabaseError("", (), Exception()), True),
        (sa.exc.TimeoutError(), True),
        (sa.exc.IntegrityError("", (), Exception()), False),
        (sa.exc.DataError("", (), Exception()), False),
        (sa.exc.ProgrammingError("", (), Exception()), False),
        (ValueError(), False),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_a_database_that_is_down_is_told_from_a_fault_of_what_was_asked(
    error: Exception, down: bool
) -> None:
    assert is_down(error) is down
