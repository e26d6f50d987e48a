"""Who enrolled how many: ranked by accepted, ties sharing a rank, the silent apart."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import administer
from server.leaderboard import Leaderboard, OfficeUnknown, Place, leaderboard_of, ranked, span_of
from server.references import target
from server.store import devices
from server.store import references as lists
from tests.builders import content
from tests.offices import START, Desk, Laptop


def place(accepted: int = 0, *, reported: bool = True, **named: Any) -> Place:
    """Return an agent's line with so many accepted."""
    values: dict[str, Any] = {
        "rank": None,
        "agent_code": "A-1",
        "name": "Daeng Sutte",
        "office": "Tallo",
        "accepted": accepted,
        **dict.fromkeys(("duplicate", "in_review", "rejected", "superseded"), 0),
        **dict.fromkeys(("contribution", "jht", "months", "waiting"), 0),
        "target": 25,
        "target_percent": accepted * 4,
        "last_report": START,
        "oldest_waiting_at": None,
        "reported": reported,
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
    return leaderboard_of(desk.office, month, office)


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
        assert (body["month"], body["office"]) == ("2026-11", None)
        first, second = body["agents"]
        assert (first["rank"], first["last_report"]) == (1, "2026-11-20T02:00:00+00:00")
        assert (second["rank"], second["last_report"], second["reported"]) == (None, None, False)


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


class TestMonths:
    @pytest.mark.parametrize(
        ("month", "first", "last"),
        [
            ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
            ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
            ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
        ],
    )
    def test_span(self, month: str, first: date, last: date) -> None:
        assert span_of(month) == (first, last)

    @pytest.mark.parametrize(
        "month",
        [
            "",
            "2026",
            "2026-13",
            "2026-00",
            "0000-01",
            "26-1",
            "x",
            "2026-1",
            "２０２６-11",
            "2026-11\n",
        ],
    )
    def test_what_is_none(self, month: str) -> None:
        with pytest.raises(ValueError, match=r".*"):
            span_of(month)

    def test_the_target_in_force_is_the_latest_not_after_it(self) -> None:
        items = [{"from": "2026-06", "target": 30}, {"from": "2026-01", "target": 25}]
        months = [date(2025, 12, 1), date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 1)]
        assert [target(items, month) for month in months] == [0, 25, 25, 30]
        assert target([], date(2026, 1, 1) + timedelta(days=1)) == 0
