"""Who enrolled how many: ranked by accepted, ties sharing a rank, the silent apart."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import administer, agents
from server.leaderboard import (
    SAMPLE,
    Leaderboard,
    OfficeUnknown,
    Place,
    leaderboard_of,
    office_ids,
    ranked,
    sparks,
)
from server.references import target
from server.rules.spans import Asked, month_span, span_of
from server.store import devices
from server.store import references as lists
from tests.builders import content
from tests.offices import START, Desk, Laptop


def place(accepted: int = 0, *, reported: bool = True, **named: Any) -> Place:
    """Return an agent's line with so many accepted."""
    values: dict[str, Any] = {
        "rank": None,
        "agent_id": "agent",
        "agent_code": "A-1",
        "name": "Daeng Sutte",
        "office_id": "office",
        "office": "Tallo",
        "accepted": accepted,
        **dict.fromkeys(("duplicate", "in_review", "rejected", "superseded"), 0),
        **dict.fromkeys(("contribution", "jht", "months", "waiting"), 0),
        **dict.fromkeys(("jht_percent", "duplicate_percent")),
        "target": 25,
        "target_percent": accepted * 4,
        "last_report": START,
        "oldest_waiting_at": None,
        "reported": reported,
        "is_home": True,
    }
    return Place(**{**values, **named})


class TestRanked:
    @pytest.mark.parametrize(
        ("accepted", "ranks"),
        [
            ([], []),
            ([7], [1]),
            ([9, 7, 5], [1, 2, 3]),
            ([9, 7, 7, 5], [1, 2, 2, 4]),
            ([9, 9, 9, 1], [1, 1, 1, 4]),
            ([0, 0], [1, 1]),
        ],
    )
    def test_ties_share_a_rank_and_the_next_is_skipped(
        self, accepted: list[int], ranks: list[int]
    ) -> None:
        assert [one.rank for one in ranked([place(n) for n in reversed(accepted)])] == ranks

    def test_who_has_not_reported_has_no_rank_and_takes_none(self) -> None:
        places = [place(9, reported=False), place(7), place(0), place(3, reported=False)]
        found = [(one.rank, one.accepted) for one in ranked(places)]
        assert found == [(1, 7), (2, 0), (None, 9), (None, 3)]

    def test_among_equals_by_name_and_code(self) -> None:
        places = [place(1, name="B"), place(1, name="A", agent_code="2"), place(1, name="A")]
        assert [(one.name, one.agent_code) for one in ranked(places)] == [
            ("A", "2"),
            ("A", "A-1"),
            ("B", "A-1"),
        ]

    @given(st.lists(st.builds(place, st.integers(0, 5), reported=st.booleans())))
    def test_any_places_keep_these_rules(self, places: list[Place]) -> None:
        found = ranked(places)
        reporting = [one for one in found if one.reported]
        assert sorted(one.accepted for one in found) == sorted(one.accepted for one in places)
        assert found[: len(reporting)] == reporting
        for one in reporting:
            better = sum(1 for other in reporting if other.accepted > one.accepted)
            assert one.rank == better + 1


def board(desk: Desk, month: str = "2026-11", office: str | None = None) -> Leaderboard:
    """Return the leaderboard of November."""
    asked = Asked(*month_span(month), offices=office_ids(desk.office, office))
    return leaderboard_of(desk.office, asked)


def lines(found: Leaderboard) -> list[tuple[int | None, str, int]]:
    """Return (rank, agent's code, accepted) of each line."""
    return [(one.rank, one.agent_code, one.accepted) for one in found.places]


def work(laptop: Laptop, accepted: int) -> None:
    """Let an agent have so many accepted."""
    laptop.exchange(*(laptop.envelope() for _ in range(accepted)))


class TestLeaderboard:
    def test_ranks_by_accepted(self, desk: Desk) -> None:
        for accepted in (1, 3, 1, 0):
            work(desk.join(), accepted)
        assert lines(board(desk)) == [(1, "A2", 3), (2, "A1", 1), (2, "A3", 1), (4, "A4", 0)]

    def test_open_cases_stand_beside_and_move_nothing(self, desk: Desk) -> None:
        one, other = desk.join(), desk.join()
        held = one.envelope()
        one.exchange(held, one.envelope())
        other.exchange(other.envelope())
        nik = held["content"]["nik"]
        others = (content(nik=nik, nik_reason="as_on_card") for _ in range(5))
        other.exchange(*(other.envelope(members) for members in others))
        moved = {**held["content"], "nik": content()["nik"], "nik_reason": "as_on_card"}
        one.exchange(one.envelope(moved, corrects=held["record_id"]))
        found = board(desk)
        assert lines(found) == [(1, "A1", 2), (2, "A2", 1)]
        assert [one.in_review for one in found.places] == [1, 5]

    def test_shows_every_verdict_and_the_money(self, desk: Desk) -> None:
        one, other = desk.join(), desk.join()
        held = one.envelope(content(programmes=["JHT", "JKK", "JKM"], months=3))
        one.exchange(held)
        other.exchange(
            other.envelope(held["content"]),
            other.envelope(content(nik=held["content"]["nik"], nik_reason="as_on_card")),
            other.envelope(content(sex="X")),
        )
        first, second = board(desk).places
        assert (first.accepted, first.contribution, first.jht, first.months) == (
            1,
            # December at half, January and February whole; JHT is never halved
            16_400 + 2 * 32_800 + 3 * 52_000,
            3 * 52_000,
            3,
        )
        assert (second.duplicate, second.in_review, second.rejected) == (1, 1, 1)
        assert second.contribution == 0

    def test_the_share_of_the_target(self, desk: Desk) -> None:
        work(desk.join(), 3)
        (only,) = board(desk).places
        assert (only.target, only.target_percent) == (25, 12)

    def test_the_target_is_that_of_the_month(self, desk: Desk) -> None:
        desk.join()
        items = [{"from": "2026-01", "target": 25}, {"from": "2026-12", "target": 40}]
        with desk.office.store.write() as tx:
            lists.put(tx, "targets", "2026-12-01.1", items, desk.now())
        assert board(desk, "2026-11").places[0].target == 25
        assert board(desk, "2026-12").places[0].target == 40
        assert board(desk, "2027-05").places[0].target == 40
        assert (board(desk, "2025-12").places[0].target_percent) == 0

    def test_counts_by_work_date_in_the_month(self, desk: Desk) -> None:
        laptop = desk.join()
        early = {"captured_at": "2026-10-31T23:59:59+08:00", "last_answer_at": None}
        laptop.exchange(laptop.envelope(content(first_month="2026-11"), **early))
        work(laptop, 1)
        found = [board(desk, month).places[0].accepted for month in ("2026-10", "2026-11")]
        assert found == [1, 1]

    def test_of_one_office(self, desk: Desk) -> None:
        work(desk.join(), 1)
        administer.add_office(desk.office, "Tallo")
        administer.add_agent(desk.office, "Lain", "Tallo", "B1")
        assert [one.agent_code for one in board(desk).places] == ["A1", "B1"]
        assert [one.agent_code for one in board(desk, office="Tallo").places] == ["B1"]
        assert [one.agent_code for one in board(desk, office="Makassar").places] == ["A1"]

    @pytest.mark.parametrize("name", ["Nowhere", "", "makassar", "\x00"])
    def test_of_no_office(self, desk: Desk, name: str) -> None:
        with pytest.raises(OfficeUnknown):
            board(desk, office=name)

    def test_as_plain_values(self, desk: Desk) -> None:
        desk.agent()
        work(desk.join(), 1)
        body = board(desk).body()
        span = (body["first"], body["last"], body["basis"])
        assert span == ("2026-11-01", "2026-11-30", "work")
        first, second = body["agents"]
        assert (first["rank"], first["last_report"]) == (1, "2026-11-20T02:00:00+00:00")
        assert (second["rank"], second["last_report"], second["reported"]) == (None, None, False)


def asked_for(desk: Desk, text: str = "2026-11", **named: Any) -> Leaderboard:
    """Return the leaderboard of any span."""
    return leaderboard_of(desk.office, Asked(*span_of(text), **named))


def send_from(laptop: Laptop, kelurahan: str, count: int = 1) -> None:
    """Let an agent have accepted workers who live there."""
    laptop.exchange(*(laptop.envelope(content(kelurahan=kelurahan)) for _ in range(count)))


class TestAnySpan:
    def test_a_week_and_any_days(self, desk: Desk) -> None:
        work(desk.join(), 2)
        spans = ("2026-W47", "2026-W46", "2026-11-20..2026-11-20", "2026-11-21..2026-12-31")
        assert [asked_for(desk, span).places[0].accepted for span in spans] == [2, 0, 2, 0]

    def test_the_target_is_by_the_days(self, desk: Desk) -> None:
        desk.join()
        spans = ("2026-11-01..2026-11-15", "2026-11-01..2026-12-31")
        assert [asked_for(desk, span).places[0].target for span in spans] == [13, 50]

    def test_by_the_day_of_the_receipt(self, desk: Desk) -> None:
        laptop = desk.join()
        early = {"captured_at": "2026-10-31T23:59:59+08:00", "last_answer_at": None}
        first = laptop.envelope(content(first_month="2026-11"), **early)
        laptop.exchange(first)
        for basis, counts in (("work", [1, 0]), ("received", [0, 1])):
            months = ("2026-10", "2026-11")
            found = [asked_for(desk, month, basis=basis).places[0].accepted for month in months]
            assert found == counts

    def test_the_office_s_day_is_that_of_the_receipt(self, desk: Desk) -> None:
        desk.now.forward(hours=14)  # 00.00 WITA of the day after
        work(desk.join(), 1)
        days = ("2026-11-20..2026-11-20", "2026-11-21..2026-11-21")
        found = [asked_for(desk, day, basis="received").places[0].accepted for day in days]
        assert found == [0, 1]

    def test_a_correction_counts_where_its_first_record_did(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        laptop.exchange(first)
        desk.now.forward(days=12)
        fixed = {**first["content"], "note": "x"}
        laptop.exchange(laptop.envelope(fixed, corrects=first["record_id"]))
        for basis in ("work", "received"):
            (november,) = asked_for(desk, "2026-11", basis=basis).places
            (december,) = asked_for(desk, "2026-12", basis=basis).places
            assert (november.accepted, november.superseded) == (1, 1)
            assert (december.accepted, december.superseded) == (0, 0)


class TestPlaces:
    MARISO, BONTORANNU, TALLO = "73.71.01.1006", "73.71.01.1001", "73.71.07.1008"

    def test_by_kelurahan_and_kecamatan(self, desk: Desk) -> None:
        one, two, three = desk.join(), desk.join(), desk.join()
        send_from(one, self.MARISO, 2)
        send_from(two, self.MARISO)
        send_from(two, self.BONTORANNU, 2)
        send_from(three, self.TALLO)
        assert lines(asked_for(desk, kelurahan=self.MARISO)) == [(1, "A1", 2), (2, "A2", 1)]
        assert lines(asked_for(desk, kecamatan="73.71.01")) == [(1, "A2", 3), (2, "A1", 2)]
        assert lines(asked_for(desk, "2026-W47", kecamatan="73.71.07")) == [(1, "A3", 1)]
        both = {"kecamatan": "73.71.07", "kelurahan": self.MARISO}
        assert lines(asked_for(desk, **both)) == []

    @pytest.mark.parametrize(
        "nobody",
        [
            {"kelurahan": "73.71.01.1002"},
            {"kelurahan": ""},
            {"kecamatan": "99.99.99"},
            {"kecamatan": "' OR 1=1 --"},
            {"offices": frozenset()},
            {"offices": frozenset({"no office"})},
        ],
    )
    def test_what_fits_nobody_is_empty(self, desk: Desk, nobody: dict[str, Any]) -> None:
        send_from(desk.join(), self.MARISO)
        assert asked_for(desk, **nobody).places == ()

    def test_an_invalid_capture_counts_where_its_worker_lives(self, desk: Desk) -> None:
        laptop = desk.join()
        known, unknown = content(sex="X", kelurahan=self.MARISO), content(kelurahan="73.71.99.1001")
        laptop.exchange(laptop.envelope(known), laptop.envelope(unknown))
        assert [one.rejected for one in asked_for(desk, kelurahan=self.MARISO).places] == [1]
        assert [one.rejected for one in asked_for(desk).places] == [2]


class TestOffices:
    def moved(self, desk: Desk) -> tuple[str, str]:
        """Let an agent work for two offices; return the ids of both."""
        laptop = desk.join()
        agent = laptop.joined["agent"]
        here = agent["office"]["office_id"]
        there = administer.add_office(desk.office, "Tallo")
        agents.move_agent(desk.office, agent["agent_id"], there, date(2026, 11, 20), by="admin-1")
        before = {"captured_at": "2026-11-19T09:00:00+08:00", "last_answer_at": None}
        laptop.exchange(laptop.envelope(**before))
        laptop.exchange(*(laptop.envelope() for _ in range(2)), heartbeat={"waiting": 7})
        return here, there

    def test_who_moved_stands_under_each_and_once_in_all(self, desk: Desk) -> None:
        here, there = self.moved(desk)
        found = asked_for(desk, offices=frozenset({here, there})).places
        assert [(one.rank, one.office, one.accepted) for one in found] == [
            (1, "Tallo", 2),
            (2, "Makassar", 1),
        ]
        assert [one.waiting for one in found] == [7, 0]
        (old,) = asked_for(desk, offices=frozenset({here})).places
        assert (old.office, old.office_id, old.accepted, old.reported) == (
            "Makassar",
            here,
            1,
            True,
        )
        (once,) = asked_for(desk).places
        assert (once.office, once.accepted, once.waiting) == ("Tallo", 3, 7)

    def test_an_office_that_was_left_keeps_no_empty_line(self, desk: Desk) -> None:
        here, there = self.moved(desk)
        for month, name, home, other in (
            ("2026-10", "Makassar", here, there),
            ("2026-12", "Tallo", there, here),
        ):
            assert asked_for(desk, month, offices=frozenset({other})).places == ()
            (empty,) = asked_for(desk, month, offices=frozenset({home})).places
            assert (empty.office, empty.accepted) == (name, 0)


class TestRates:
    def test_too_few_data_tell_no_rate(self, desk: Desk) -> None:
        laptop = desk.join()
        held = laptop.envelope()
        laptop.exchange(held, *(laptop.envelope() for _ in range(SAMPLE - 3)))
        laptop.exchange(laptop.envelope(held["content"]))
        assert asked_for(desk).places[0].duplicate_percent is None
        laptop.exchange(laptop.envelope(content(sex="X")))
        assert asked_for(desk).places[0].duplicate_percent == 5

    def test_what_is_not_decided_is_no_sample(self, desk: Desk) -> None:
        one, other = desk.join(), desk.join()
        held = one.envelope()
        one.exchange(held)
        nik = {"nik": held["content"]["nik"], "nik_reason": "as_on_card"}
        other.exchange(*(other.envelope(content(**nik)) for _ in range(SAMPLE)))
        found = {place.agent_code: place for place in asked_for(desk).places}
        assert found["A2"].in_review == SAMPLE
        assert found["A2"].duplicate_percent is None

    def test_jht_s_share_of_the_contribution(self, desk: Desk) -> None:
        one, other = desk.join(), desk.join()
        one.exchange(one.envelope(content(programmes=["JHT", "JKK", "JKM"])), one.envelope())
        other.exchange()
        first, second = asked_for(desk).places
        assert first.jht_percent == round(100 * first.jht / first.contribution)
        assert second.jht_percent is None


class TestSparks:
    def test_the_last_eight_weeks(self, desk: Desk) -> None:
        laptop, other = desk.join(), desk.join()
        ids = [one.joined["agent"]["agent_id"] for one in (laptop, other)]
        work(laptop, 2)
        desk.now.forward(days=3)
        late = {"captured_at": "2026-11-23T09:30:00+08:00"}
        for one in (laptop, other):
            one.exchange(one.envelope(**late))
        friday, sunday, monday = date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 23)
        for until in (friday, sunday):
            assert sparks(desk.office, ids, until) == {ids[0]: [0] * 7 + [2], ids[1]: [0] * 8}
        assert sparks(desk.office, ids, monday) == {ids[0]: [0] * 6 + [2, 1], ids[1]: [0] * 7 + [1]}
        eighth = monday + timedelta(weeks=6)
        assert sparks(desk.office, ids[:1], eighth) == {ids[0]: [2, 1] + [0] * 6}
        nowhere = frozenset({"no office"})
        assert sparks(desk.office, ids[:1], monday, nowhere) == {ids[0]: [0] * 8}
        assert sparks(desk.office, [], monday) == {}


class TestReports:
    def test_an_agent_whose_laptop_is_silent_for_three_days_is_apart(self, desk: Desk) -> None:
        quiet, busy = desk.join(), desk.join()
        work(quiet, 5)
        desk.now.forward(days=3)
        work(busy, 1)
        assert lines(board(desk)) == [(1, "A1", 5), (2, "A2", 1)]
        desk.now.forward(seconds=1)
        assert lines(board(desk)) == [(1, "A2", 1), (None, "A1", 5)]

    def test_an_agent_without_a_laptop_has_not_reported(self, desk: Desk) -> None:
        desk.agent()
        assert [one.reported for one in board(desk).places] == [False]

    def test_joining_alone_is_no_report(self, desk: Desk) -> None:
        desk.join()
        assert [one.reported for one in board(desk).places] == [False]

    def test_any_of_an_agent_s_laptops_will_do(self, desk: Desk) -> None:
        agent = desk.agent()
        one, other = desk.join(agent), desk.join(agent)
        one.exchange(heartbeat={"waiting": 2, "oldest_waiting_at": "2026-11-18T00:00:00Z"})
        desk.now.forward(days=9)
        other.exchange(heartbeat={"waiting": 3, "oldest_waiting_at": "2026-11-28T00:00:00Z"})
        (found,) = board(desk).places
        assert (found.reported, found.last_report) == (True, desk.now())
        assert found.waiting == 5
        assert found.oldest_waiting_at is not None
        assert found.oldest_waiting_at.day == 18

    def test_a_revoked_laptop_counts_no_more(self, desk: Desk) -> None:
        laptop = desk.join()
        laptop.exchange(heartbeat={"waiting": 7})
        with desk.office.store.write() as tx:
            devices.revoke(tx, laptop.device_id, desk.now())
        (found,) = board(desk).places
        assert (found.waiting, found.reported) == (0, False)


class TestTargets:
    def test_the_target_in_force_is_the_latest_not_after_it(self) -> None:
        items = [{"from": "2026-06", "target": 30}, {"from": "2026-01", "target": 25}]
        months = [date(2025, 12, 1), date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 1)]
        assert [target(items, month) for month in months] == [0, 25, 25, 30]
        assert target([], date(2026, 1, 1) + timedelta(days=1)) == 0
