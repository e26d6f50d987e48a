"""Offices, devices, the roll, what is set aside, traces, cases, lists: on both databases."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from server.rules.record import Record
from server.store import cases, devices, numbers, offices, people, references, roll, set_aside
from server.store.engine import Store
from server.store.set_aside import Put
from tests.contracts.rows import DAY, HOUR, NIK, NOW, ONE, OTHER, TWO, device, record, write


class TestOffices:
    def test_and_agents_are_found_by_name_and_code(self, peopled: Store) -> None:
        with peopled.read() as tx:
            assert offices.office_named(tx, "Tallo").office_id == "office-1"
            assert offices.office_named(tx, "tallo") is None
            assert offices.agent_coded(tx, f"code of {TWO}").agent_id == TWO
            assert offices.agent_coded(tx, "nobody's") is None
            found = [(row.agent_id, row.office_name) for row in offices.all_agents(tx, NOW.date())]
            assert found == [(ONE, "Tallo"), (TWO, "Tallo")]

    @pytest.mark.parametrize("text", ["\x00", "Tallo\x00", "\udcff"])
    def test_are_not_found_by_what_no_name_is(self, peopled: Store, text: str) -> None:
        with peopled.read() as tx:
            assert offices.office_named(tx, text) is None
            assert offices.agent_coded(tx, text) is None

    def test_names_and_codes_are_unique(self, peopled: Store) -> None:
        with pytest.raises(sa.exc.IntegrityError), peopled.write() as tx:
            offices.add_office(tx, "office-2", "Tallo", "Asia/Makassar")
        with pytest.raises(sa.exc.IntegrityError), peopled.write() as tx:
            offices.add_agent(tx, "agent-3", f"code of {ONE}", "x", "office-1")

    def test_a_fact_is_the_last_one_written(self, store: Store) -> None:
        with store.write() as tx:
            offices.put_fact(tx, "colour", "red")
            offices.put_fact(tx, "colour", "blue")
            assert offices.fact(tx, "colour") == "blue"
            assert offices.fact(tx, "shape") is None


class TestDevices:
    def test_are_found_by_token_with_their_agent(self, peopled: Store) -> None:
        with peopled.read() as tx:
            found = devices.by_token(tx, "token of device-1")
            assert (found.device_id, found.agent_id) == ("device-1", ONE)
            assert (found.agent_name, found.token_used) == (f"Name of {ONE}", False)
            assert devices.by_token(tx, "no token") is None

    def test_that_join_again_keep_what_they_reported(self, peopled: Store) -> None:
        with peopled.write() as tx:
            devices.report(tx, "device-1", {"waiting": 4, "client": "9"}, 7, -30, NOW)
            devices.revoke(tx, "device-1", NOW)
            devices.put(tx, device(token_hash="another", name="Again"))
            found = devices.by_token(tx, "another")
            assert devices.by_token(tx, "token of device-1") is None
        assert (found.waiting, found.last_seq, found.offset_s) == (4, 7, -30)
        assert (found.name, found.client, found.revoked_at) == ("Again", "0.1.0", None)
        assert found.token_used is False

    def test_report_marks_the_token_used(self, peopled: Store) -> None:
        beat: Mapping[str, Any] = {"waiting": 0, "oldest_waiting_at": "2026-11-19T00:00:00Z"}
        with peopled.write() as tx:
            devices.report(tx, "device-1", beat, 0, None, NOW)
            found = devices.get(tx, "device-1")
        assert (found.token_used, found.reported_at) == (True, NOW)
        assert found.oldest_waiting_at == datetime(2026, 11, 19, tzinfo=UTC)

    def test_reports_of_agents_without_the_revoked(self, peopled: Store) -> None:
        def report(device_id: str, waiting: int, oldest: str, hours: int) -> None:
            beat = {"waiting": waiting, "oldest_waiting_at": oldest}
            devices.report(tx, device_id, beat, 0, None, NOW - hours * HOUR)

        with peopled.write() as tx:
            for device_id in ("device-2", "device-3"):
                devices.put(tx, device(device_id))
            devices.put(tx, device("device-4", TWO))
            report("device-1", 2, "2026-11-19T00:00:00Z", 5)
            report("device-2", 3, "2026-11-18T00:00:00Z", 4)
            report("device-3", 9, "2026-11-01T00:00:00Z", 0)
            devices.revoke(tx, "device-3", NOW)
            found = devices.reports(tx, [ONE, TWO, "none"])
            assert devices.reports(tx, []) == {}
            everybody = devices.reports(tx)
        assert found[ONE] == (NOW - 4 * HOUR, 5, datetime(2026, 11, 18, tzinfo=UTC), 2)
        assert found[TWO] == (None, 0, None, 1)
        assert found == everybody

    def test_a_code_is_spent_for_one_device(self, peopled: Store) -> None:
        with peopled.write() as tx:
            devices.put_code(tx, "old", ONE, NOW + DAY)
            devices.put_code(tx, "new", ONE, NOW + DAY)
            devices.spend_code(tx, "old", "device-1", NOW)
            devices.spend_code(tx, "new", "device-1", NOW + HOUR)
            old, new = (devices.code(tx, name, NOW.date()) for name in ("old", "new"))
            assert devices.code(tx, "none", NOW.date()) is None
        assert (old.device_id, old.expires_at) == ("device-1", NOW + HOUR)
        assert (new.device_id, new.expires_at) == ("device-1", NOW + DAY)
        assert (new.agent_id, new.office_name, new.timezone) == (ONE, "Tallo", "Asia/Makassar")

    def test_old_failures_are_dropped(self, store: Store) -> None:
        with store.write() as tx:
            for minutes in range(4):
                at = NOW + timedelta(minutes=minutes)
                devices.note_failure(tx, "10.0.0.1", at, at - timedelta(minutes=1))
            assert devices.failures(tx, "10.0.0.1", NOW - DAY) == 2


class TestSetAside:
    def put(self, record_id: str = "r", digest: str = "d", reason: str = "not_decided") -> Put:
        """Return an envelope to set aside."""
        return Put(ONE, "device-1", record_id, digest, reason, b"\x00\xff sealed")

    def test_is_kept_once_and_counted(self, store: Store) -> None:
        with store.write() as tx:
            set_aside.put(tx, [self.put(), self.put(digest="e"), self.put()], NOW)
            set_aside.put(tx, [self.put(reason="schema_newer")], NOW + HOUR)
            set_aside.put(tx, [], NOW)
            first, second = sorted(set_aside.listed(tx), key=lambda row: str(row.digest))
        assert (first.times_seen, first.reason) == (3, "schema_newer")
        assert (first.first_seen_at, first.last_seen_at) == (NOW, NOW + HOUR)
        assert (second.digest, second.times_seen) == ("e", 1)

    def test_is_taken_out_by_pair_and_agent(self, store: Store) -> None:
        with store.write() as tx:
            set_aside.put(tx, [self.put(), self.put("s")], NOW)
            assert set_aside.first_seen(tx, ONE, ["r", "none"]) == {("r", "d"): NOW}
            assert set_aside.first_seen(tx, TWO, ["r"]) == {}
            set_aside.take_out(tx, TWO, [("r", "d")])
            set_aside.take_out(tx, ONE, [("r", "other")])
            assert len(set_aside.listed(tx)) == 2
            set_aside.take_out(tx, ONE, [("r", "d")])
            set_aside.take_out(tx, ONE, [])
            assert [row.record_id for row in set_aside.listed(tx)] == ["s"]


class TestRoll:
    def row(self, nik: bytes = NIK, **named: Any) -> dict[str, Any]:
        """Return a member's row."""
        values = {"folded_name": "AHMAD", "birth_date": date(1990, 5, 17), "since": None}
        more = {"nik_hash": nik, "imported_at": NOW, "known": b"k" * 16}
        return {**values, **more, **named}

    def test_a_known_member_is_brought_up_to_date_but_for_the_import(self, store: Store) -> None:
        with store.write() as tx:
            roll.put(tx, [self.row(), self.row(OTHER)])
            later: dict[str, Any] = {
                "since": date(2026, 12, 1),
                "imported_at": NOW + DAY,
                "folded_name": "ALI",
            }
            roll.put(tx, [self.row(**later)])
            roll.put(tx, [])
            found = roll.members(tx, [NIK, b"x" * 16])
            assert roll.count(tx) == 2
        assert set(found) == {NIK}
        assert (found[NIK].folded_name, found[NIK].since) == ("ALI", date(2026, 12, 1))
        assert found[NIK].imported_at == NOW

    def test_a_withdrawal_is_known_by_nik(self, store: Store) -> None:
        with store.write() as tx:
            roll.withdraw(tx, NIK, NOW)
            roll.withdraw(tx, NIK, NOW + HOUR)
            assert roll.withdrawn(tx, [NIK, OTHER]) == {NIK: NOW + HOUR}
            assert roll.withdrawn(tx, []) == {}


class TestPeople:
    def test_are_found_by_traces(self, store: Store) -> None:
        lowest, highest = -(2**63), 2**63 - 1
        write(store, record("a", seq=1), record("b", seq=2))
        with store.write() as tx:
            people.put_traces(tx, [(7, 1), (lowest, 1), (lowest, 2), (highest, 2)])
            people.put_traces(tx, [])
            found = {(row.key, row.record_id) for row in people.sharing(tx, [lowest, highest, 8])}
            assert found == {(lowest, "a"), (lowest, "b"), (highest, "b")}
            assert people.sharing(tx, []) == []

    def test_of_very_many_traces_none_is_forgotten(self, store: Store) -> None:
        write(store, record("a", seq=1))
        with store.write() as tx:
            people.put_traces(tx, [(key, 1) for key in range(4_500)])
            assert len(people.sharing(tx, range(4_500))) == 4_500


class TestCases:
    def row(self, case_id: str, kind: str, one: str, other: str | None) -> dict[str, Any]:
        """Return an open case's row."""
        sides = {"record_id": one, "other_id": other}
        return {"case_id": case_id, "kind": kind, **sides, "opened_at": NOW}

    def test_open_ones_are_found_from_either_side_and_move(self, store: Store) -> None:
        with store.write() as tx:
            rows = [
                self.row("1", "near_match", "a", "b"),
                self.row("2", "nik_conflict", "c", "a"),
                self.row("3", "nik_conflict", "d", None),
            ]
            cases.open_cases(tx, rows)
            cases.open_cases(tx, [])
            assert {row.case_id for row in cases.open_of(tx, ["a"])} == {"1", "2"}
            assert cases.open_of(tx, []) == []
            cases.decide(tx, "1", decision="different", by="x", at=NOW)
            cases.move_to(tx, {"a": "z"})
            cases.move_to(tx, {})
            assert {row.case_id for row in cases.open_of(tx, ["z"])} == {"2"}
            assert cases.get(tx, "1").record_id == "a"
            assert cases.get(tx, "none") is None


class TestReferences:
    def test_the_newest_version_is_in_force(self, store: Store) -> None:
        with store.write() as tx:
            for version in ("2027-01-01.2", "2027-01-01.10", "2026-12-31.99"):
                references.put(tx, "tariff", version, [{"v": version}], NOW)
            assert references.versions(tx)["tariff"] == "2027-01-01.10"
            assert references.items(tx, "tariff", "2027-01-01.2") == [{"v": "2027-01-01.2"}]
            assert list(references.texts(tx, "tariff"))[-1] == "2027-01-01.10"
            with pytest.raises(LookupError):
                references.items(tx, "tariff", "1999-01-01.1")

    def test_a_version_is_written_once(self, store: Store) -> None:
        with store.write() as tx:
            references.put(tx, "tariff", "2027-01-01.1", [], NOW)
        with pytest.raises(sa.exc.IntegrityError), store.write() as tx:
            references.put(tx, "tariff", "2027-01-01.1", [], NOW)


class TestNumbers:
    def test_what_is_missing_is_told_in_ranges(self, peopled: Store) -> None:
        def of(number: int | None, name: str, agent: str = ONE) -> Record:
            numbered = {"device_id": "device-1", "device_seq": number}
            return record(name, agent_id=agent, **numbered)

        with peopled.read() as tx:
            assert numbers.missing_seqs(tx, "device-1") == []
            assert numbers.counts(tx, ["device-1"]) == {}
        write(peopled, of(2, "a"), of(5, "b"), of(5, "c"), of(6, "d"), of(None, "e"))
        write(peopled, of(3, "another's", TWO), of(0, "none"), of(2, "other's too", TWO))
        with peopled.write() as tx:
            devices.change(tx, "device-1", last_seq=9)
            assert numbers.missing_seqs(tx, "device-1") == [(1, 1), (3, 4), (7, 9)]
            assert numbers.missing_seqs(tx, "device-1", limit=1) == [(1, 1)]
            assert numbers.reused_seqs(tx, "device-1") == [5]
            assert numbers.counts(tx, ["device-1", "nobody"]) == {"device-1": (6, 1)}
            devices.change(tx, "device-1", last_seq=4)
            assert numbers.missing_seqs(tx, "device-1") == [(1, 1), (3, 4)]
            assert numbers.counts(tx, ["device-1"]) == {"device-1": (3, 1)}
            assert numbers.missing_seqs(tx, "nobody") == []

    def test_only_the_greatest_numbers_may_be_missing(self, peopled: Store) -> None:
        with peopled.write() as tx:
            devices.change(tx, "device-1", last_seq=100_000)
            assert numbers.missing_seqs(tx, "device-1") == [(1, 100_000)]
