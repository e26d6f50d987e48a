"""The ledger and the days that are counted out of it: on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from schemas.words import Reason, Verdict
from server.rules.record import Record
from server.store import holders, ledger, performance
from server.store.engine import Store, by_key
from tests.contracts.rows import HOUR, NIK, NOW, ONE, OTHER, TWO, record, write

DAY = date(2026, 11, 20)


def periods_of(days: dict[performance.Day, performance.Counts]) -> dict[Any, Any]:
    """Return the months and quarters that days add up to."""
    return {key: tuple(counts) for key, counts in performance.periods_of(days).items()}


class TestLedger:
    def test_a_record_comes_back_as_it_was_written(self, store: Store) -> None:
        errors = ({"field": "sex", "code": "choice", "params": {"choices": ["M", "F"]}},)
        whole = record(
            "r",
            device_id="device-1",
            device_seq=2**53 - 1,
            flags=("near_match", "too_fast"),
            errors=errors,
            due=16_400,
            corrects="q",
            corrected_by="s",
            duplicate_of="t",
            contribution=2**53 - 1,
            jht=52_000,
            months=12,
            kelurahan="73.71.01.1006",
            received_date=date(2026, 11, 21),
            counts_as=Verdict.DUPLICATE,
        )
        bare = record("b", nik_hash=None, captured_at=None, verdict=Verdict.REJECTED)
        write(store, whole, bare)
        with store.read() as tx:
            assert ledger.records(tx, ["r", "b", "none"]) == {"r": whole, "b": bare}
            assert ledger.sealed(tx, ["r"]) == {"r": b"\x00sealed\xff"}
            assert ledger.pairs(tx, ["r", "none"]) == {("r", "digest of r")}

    def test_an_id_is_written_once(self, store: Store) -> None:
        write(store, record("r"))
        with pytest.raises(sa.exc.IntegrityError):
            write(store, record("other"), record("r"))
        with store.read() as tx:
            assert ledger.records(tx, ["other"]) == {}

    def test_a_standing_moves(self, store: Store) -> None:
        first = record("r", flags=("too_fast",))
        write(store, first)
        moved = first._replace(
            verdict=Verdict.SUPERSEDED,
            reason=Reason.CORRECTED,
            corrected_by="s",
            flags=("too_fast", "member_since"),
            counts_as=Verdict.ACCEPTED,
        )
        with store.write() as tx:
            ledger.move(tx, [moved])
            ledger.move(tx, [])
            assert ledger.records(tx, ["r"]) == {"r": moved}

    def test_chains_lead_to_their_ends(self, store: Store) -> None:
        write(
            store,
            record("a", corrected_by="b"),
            record("b", corrects="a", root_id="a", corrected_by="c"),
            record("c", corrects="b", root_id="a"),
            record("refused", corrects="b", root_id="a"),
            record("apart"),
        )
        with store.read() as tx:
            for named in ("a", "b", "c"):
                assert set(ledger.chains(tx, [named])) == {"a", "b", "c"}
            assert set(ledger.chains(tx, ["refused"])) == {"a", "b", "c", "refused"}
            assert set(ledger.chains(tx, ["apart", "none"])) == {"apart"}

    def test_a_chain_in_a_ring_ends(self, store: Store) -> None:
        write(store, record("a", corrects="b"), record("b", corrects="a"))
        with store.read() as tx:
            assert set(ledger.chains(tx, ["a"])) == {"a", "b"}

    def test_serial_numbers_ascend_and_are_given_once(self, store: Store) -> None:
        with store.write() as tx:
            first = ledger.next_seqs(tx, 3)
            assert (first, sorted(set(first))) == (first, first)
        write(store, *(record(f"r{seq}", seq=seq) for seq in first))
        with store.write() as tx:
            second = ledger.next_seqs(tx, 2)
        assert min(second) > max(first)

    def test_duplicates_of_a_record_oldest_first(self, store: Store) -> None:
        duplicate = {"verdict": Verdict.DUPLICATE, "reason": Reason.ENROLLED, "duplicate_of": "a"}
        write(
            store,
            record("a", seq=1),
            record("late", seq=9, **duplicate),
            record("early", seq=5, **duplicate),
            record("once", seq=7, duplicate_of="a"),
        )
        with store.read() as tx:
            found = [one.record_id for one in ledger.duplicates_of(tx, ["a", "b"])]
            assert found == ["early", "late"]
            assert ledger.duplicates_of(tx, []) == []

    def test_a_device_s_numbers(self, store: Store) -> None:
        def of(number: int | None, hours: int | None, agent: str = ONE) -> Record:
            at = None if hours is None else NOW - hours * HOUR
            name = f"{agent} {number} {hours}"
            numbered = {"device_id": "device-1", "device_seq": number}
            return record(name, captured_at=at, agent_id=agent, **numbered)

        write(store, of(1, 9), of(3, 7), of(3, None), of(6, None), of(None, 1), of(99, 2, TWO))
        with store.read() as tx:
            assert ledger.last_seq(tx, ONE, "device-1") == 6
            assert ledger.last_seq(tx, ONE, "device-2") == 0
            before = [ledger.latest_capture_before(tx, "device-1", n) for n in (1, 2, 3, 6, 7)]
        assert before == [None, NOW - 9 * HOUR, NOW - 9 * HOUR, NOW - 7 * HOUR, NOW - 7 * HOUR]

    def test_a_known_time_is_found_past_any_number_of_unknown_ones(self, store: Store) -> None:
        asked: list[tuple[str, Any]] = []

        def note(_tx: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
            asked.append((statement, values))

        with store.read() as tx:
            by_key(tx)
            sa.event.listen(tx, "before_cursor_execute", note)
            ledger.latest_capture_before(tx, "device-1", 7)
            statement, values = asked[-1]
            explain = "EXPLAIN QUERY PLAN" if store.is_sqlite else "EXPLAIN"
            plan = tx.exec_driver_sql(f"{explain} {statement}", values).all()
        assert "ix_ledger_known_times" in str(plan)

    def test_all_that_is_filed_under_a_nik(self, store: Store) -> None:
        fates = {"held": Verdict.ACCEPTED, "again": Verdict.DUPLICATE, "no": Verdict.REJECTED}
        mine = [record(name, verdict=verdict) for name, verdict in fates.items()]
        write(store, *mine, record("other", nik_hash=OTHER), record("none", nik_hash=None))
        with store.write() as tx:
            holders.claim(tx, {NIK: ("held", b""), OTHER: ("other", b"")})
            assert ledger.of_niks(tx, [NIK]) == {one.record_id: one for one in mine}
            assert ledger.of_niks(tx, {NIK, OTHER}).keys() == {*fates, "other"}
            assert ledger.of_niks(tx, []) == {}


class TestPerformance:
    def days(self, *records: tuple[Record, int]) -> performance.Days:
        """Return the differences that records make."""
        found = performance.no_days()
        for one, sign in records:
            performance.add(found, one, sign)
        return found

    def test_the_days_equal_a_fold_over_the_ledger(self, store: Store) -> None:
        records = [
            record("a", contribution=16_400, months=1, jht=0),
            record("b", verdict=Verdict.DUPLICATE, contribution=9, months=9),
            record("c", work_date=date(2026, 11, 21), agent_id=TWO, contribution=7, months=2),
            record("d", verdict=Verdict.REJECTED, counts_as=None),
            record("e", verdict=Verdict.DUPLICATE, counts_as=Verdict.ACCEPTED, contribution=5),
        ]
        write(store, *records)
        with store.write() as tx:
            for one in records:
                performance.apply(tx, self.days((one, 1)))
            kept, told = performance.kept(tx), performance.fold(tx)
            months = performance.kept_periods(tx)
        assert kept == told
        assert months == periods_of(told)
        first = kept[DAY, ONE, "office", "", DAY]
        assert (first.received, first.accepted, first.duplicate) == (4, 2, 1)
        assert (first.contribution, first.months) == (16_405, 1)

    def test_what_is_taken_away_leaves_nothing(self, store: Store) -> None:
        one = record("a", contribution=16_400)
        with store.write() as tx:
            performance.apply(tx, self.days((one, 1)))
            performance.apply(tx, self.days((one, -1)))
            performance.apply(tx, {})
            assert performance.kept(tx) == {}
            assert performance.kept_periods(tx) == {}

    def test_a_day_is_part_of_months_quarters_and_years(self, store: Store) -> None:
        one = record("a", work_date=date(2026, 9, 30), received_date=date(2026, 10, 1))
        one = one._replace(kelurahan="73.71.01.1006", contribution=16_400)
        with store.write() as tx:
            performance.apply(tx, self.days((one, 1)))
            found = performance.kept_periods(tx)
        assert {key[:2] for key in found} == {
            ("work", "2026-09"),
            ("work", "2026-Q3"),
            ("work", "2026"),
            ("received", "2026-10"),
            ("received", "2026-Q4"),
            ("received", "2026"),
        }
        assert {key[2:] for key in found} == {("office", ONE, "73.71.01")}
        assert {counts.contribution for counts in found.values()} == {16_400}

    def test_many_at_once_lose_no_count(self, store: Store) -> None:
        one = record("a")

        def count() -> None:
            with store.write() as tx:
                performance.apply(tx, self.days((one, 1)))

        with ThreadPoolExecutor(6) as pool:
            for done in [pool.submit(count) for _ in range(30)]:
                done.result()
        with store.read() as tx:
            (day,) = performance.kept(tx).values()
            (month, *_) = performance.kept_periods(tx).values()
        assert day.received == month.received == 30

    def test_made_again_out_of_the_ledger(self, store: Store) -> None:
        write(store, record("a", contribution=16_400), record("b", verdict=Verdict.REJECTED))
        with store.write() as tx:
            performance.apply(tx, self.days((record("stray", agent_id=TWO), 1)))
            assert performance.rebuild(tx) == 1
            assert performance.kept(tx) == performance.fold(tx)
            assert performance.kept_periods(tx) == periods_of(performance.fold(tx))

    def test_made_again_while_somebody_counts_loses_nothing(self, store: Store) -> None:
        def rebuild() -> None:
            with store.write() as tx:
                performance.rebuild(tx)

        def settle(number: int) -> None:
            one = record(f"r{number}", contribution=number)
            with store.write() as tx:
                ledger.record(tx, [(one, b"")], "device-1", 0)
                performance.apply(tx, self.days((one, 1)))

        with ThreadPoolExecutor(4) as pool:
            work = [pool.submit(settle, number) for number in range(24)]
            work += [pool.submit(rebuild) for _ in range(6)]
            for done in work:
                done.result()
        with store.read() as tx:
            assert performance.kept(tx) == performance.fold(tx)
            assert performance.kept_periods(tx) == periods_of(performance.fold(tx))
