"""What moved since a laptop's cursor: the agent's feed, page by page."""

from typing import Any

import pytest

from server.exchange import place_of
from server.store import feed, offices
from tests.offices import Desk, Laptop

EXCHANGE = "/api/v1/exchange"


EPOCH = "019a9c00-0000-7000-8000-0000000e0000"


class TestCursor:
    def moved(self, laptop: Laptop, times: int = 1) -> list[str]:
        """Let so many records of a laptop be superseded; return the ids, oldest first."""
        ids = []
        for _ in range(times):
            first = laptop.envelope()
            fixed = laptop.envelope(first["content"], corrects=first["record_id"])
            answer = laptop.post(EXCHANGE, json=laptop.request([first, fixed])).json
            assert len(answer["acks"]) == 2
            ids.append(first["record_id"])
        return ids

    def changes(self, laptop: Laptop, cursor: Any) -> list[str]:
        """Return the ids of the changes since a cursor."""
        answer = laptop.post(EXCHANGE, json=laptop.request(cursor=cursor)).json
        return [change["record_id"] for change in answer["changes"]]

    def test_gives_what_came_after_it(self, desk: Desk) -> None:
        laptop = desk.join()
        first = self.moved(laptop)
        cursor = laptop.exchange()["cursor"]
        second = self.moved(laptop)
        assert self.changes(laptop, cursor) == second
        assert self.changes(laptop, None) == first + second

    @pytest.mark.parametrize(
        "cursor", [None, "", "x", "9", ".1", "{other}.1", "{own}.", "{own}.-1", "{own}.1.1"]
    )
    def test_unknown_means_from_the_beginning(self, desk: Desk, cursor: str | None) -> None:
        laptop = desk.join()
        moved = self.moved(laptop)
        epoch = laptop.exchange()["epoch"]
        made = cursor and cursor.format(own=epoch, other=EPOCH)
        assert self.changes(laptop, made) == moved

    def test_beyond_the_end_means_from_the_beginning(self, desk: Desk) -> None:
        laptop = desk.join()
        moved = self.moved(laptop, 2)
        epoch = laptop.exchange()["epoch"]
        assert self.changes(laptop, f"{epoch}.2") == []
        assert self.changes(laptop, f"{epoch}.3") == moved
        assert self.changes(laptop, f"{epoch}.{'9' * 18}") == moved
        assert self.changes(laptop, f"{epoch}.{'9' * 5_000}") == moved

    def test_of_an_office_before_it_was_restored_is_void(self, desk: Desk) -> None:
        laptop = desk.join()
        moved = self.moved(laptop)
        before = laptop.exchange()
        with desk.office.store.write() as tx:
            offices.put_fact(tx, "epoch", EPOCH)
        after = laptop.exchange()
        assert (before["epoch"], after["epoch"]) != (EPOCH, before["epoch"])
        assert [change["record_id"] for change in after["changes"]] == moved

    def test_is_for_one_agent_alone(self, desk: Desk) -> None:
        one, other = desk.join(), desk.join()
        self.moved(one)
        assert self.changes(other, None) == []

    def test_of_several_standings_of_a_record_the_last_is_told(self, desk: Desk) -> None:
        laptop = desk.join()
        (moved,) = self.moved(laptop)
        with desk.office.store.write() as tx:
            again = {"kind": "standing", "record_id": moved}
            feed.append(tx, laptop.joined["agent"]["agent_id"], [again, again], desk.now())
        assert self.changes(laptop, None) == [moved]

    def test_more_than_500_changes_come_page_by_page(self, desk: Desk) -> None:
        laptop = desk.join()
        notices = [
            {"kind": "notice", "notice_id": str(number), "text_id": "Halo", "text_en": "Hello"}
            for number in range(1_001)
        ]
        with desk.office.store.write() as tx:
            feed.append(tx, laptop.joined["agent"]["agent_id"], notices, desk.now())
        pages = [laptop.exchange() for _ in range(4)]
        assert [len(page["changes"]) for page in pages] == [500, 500, 1, 0]
        assert [page["more"] for page in pages] == [True, True, False, False]
        assert [change for page in pages for change in page["changes"]] == notices

    def test_any_kind_of_change_travels_as_it_was_written(self, desk: Desk) -> None:
        laptop = desk.join()
        (moved,) = self.moved(laptop)
        cursor = laptop.exchange()["cursor"]
        written: list[dict[str, Any]] = [
            {"kind": "progress", "record_id": moved, "stage": "paid", "at": "2026-12-01"},
            {"kind": "restrict", "record_id": moved, "on": True},
            {"kind": "forget", "record_id": moved},
        ]
        with desk.office.store.write() as tx:
            feed.append(tx, laptop.joined["agent"]["agent_id"], written, desk.now())
        assert laptop.exchange(cursor=cursor)["changes"] == written


@pytest.mark.parametrize(
    ("cursor", "place"),
    [
        ("e.0", 0),
        ("e.17", 17),
        ("f.17", 0),
        ("17", 0),
        ("e.", 0),
        ("e.1x", 0),
        ("e.\u0661", 0),
        ("e.-1", 0),
        (17, 0),
        (None, 0),
        ("e." + "9" * 19, 0),
    ],
)
def test_a_cursor_is_a_place_in_one_epoch(cursor: Any, place: int) -> None:
    assert place_of(cursor, "e") == place
