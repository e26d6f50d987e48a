"""Which lists are fetched, and how: only what changed, the known NIKs by what was added."""

from collections.abc import Mapping
from typing import Any

import pytest

from sync.known_niks import build, pack_additions
from sync.ports import Reply
from sync.problems import Busy, Faulty, LineProblem, SyncProblem
from sync.references import NAMES, fetch_references, stale_references

WHOLE = Reply(200, {}, None, build([], bytes(16), 4))
ADDED = Reply(200, {}, None, pack_additions(4, 9, []))
UNCHANGED = Reply(304, {}, None)


def a_list(name: str, version: str = "2026-12-01.1") -> Reply:
    return Reply(200, {}, {"name": name, "version": version, "items": []})


class Lists:
    """A transport to an office that only gives lists."""

    def __init__(self, **answers: Reply | SyncProblem) -> None:
        self.answers = answers
        self.asked: list[tuple[str, Mapping[str, str]]] = []

    def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> Reply:
        self.asked.append((path.removeprefix("/api/v1/reference/"), headers or {}))
        name = self.asked[-1][0].replace("?since=", "_since_").replace(".", "_")
        answer = self.answers.get(name, a_list(name))
        if isinstance(answer, SyncProblem):
            raise answer
        return answer

    def post(self, path: str, body: Mapping[str, Any]) -> Reply:
        raise AssertionError("lists are only fetched")

    def fetch(
        self, held: Mapping[str, str], wanted: Mapping[str, str]
    ) -> dict[str, Reply | SyncProblem]:
        return fetch_references(self, held, wanted)


def test_a_list_is_asked_for_unless_it_is_still_the_one_held() -> None:
    office = Lists()
    fetched = office.fetch({"tariff": "2026-11-20.1"}, {"tariff": "2026-12-01.1", "regions": ""})
    assert office.asked == [("tariff", {"if-none-match": '"2026-11-20.1"'}), ("regions", {})]
    assert fetched == {"tariff": a_list("tariff"), "regions": a_list("regions")}


def test_what_did_not_change_is_left_out() -> None:
    assert Lists(tariff=UNCHANGED).fetch({"tariff": "1"}, {"tariff": "2"}) == {}


def test_all_lists_of_a_new_laptop() -> None:
    office = Lists(known_niks=WHOLE)
    fetched = office.fetch({}, dict.fromkeys(NAMES, ""))
    assert tuple(fetched) == NAMES
    assert fetched["known_niks"] == WHOLE


def test_a_name_that_nobody_knows_is_not_asked_for() -> None:
    office = Lists()
    assert office.fetch({}, {"../../admin": "1", "weather": "1"}) == {}
    assert office.asked == []


def test_a_held_version_that_is_none_goes_into_no_header() -> None:
    office = Lists()
    office.fetch({"tariff": 'x"\r\nHost: evil'}, {"tariff": "2"})
    assert office.asked == [("tariff", {})]


@pytest.mark.parametrize("body", [None, [], {"version": 1, "items": []}, {"version": "1"}])
def test_a_list_that_is_none_is_its_own_problem(body: Any) -> None:
    fetched = Lists(tariff=Reply(200, {}, body)).fetch({}, {"tariff": "1", "regions": "1"})
    problem = fetched["tariff"]
    assert isinstance(problem, LineProblem)
    assert problem.code == "answer_malformed"
    assert fetched["regions"] == a_list("regions")


def test_a_list_that_the_office_lacks_does_not_stop_the_others() -> None:
    fetched = Lists(tariff=Reply(404, {}, {})).fetch({}, {"tariff": "1", "regions": "1"})
    assert isinstance(fetched["tariff"], Faulty)
    assert fetched["regions"] == a_list("regions")


@pytest.mark.parametrize("status", [401, 429, 502, 503])
def test_where_the_office_is_gone_the_rest_is_not_tried(status: int) -> None:
    office = Lists(regions=Reply(status, {}, {}))
    fetched = office.fetch({}, {"tariff": "1", "regions": "1", "occupations": "1"})
    assert list(fetched) == ["tariff", "regions"]
    assert len(office.asked) == 2


def test_where_the_line_is_lost_what_came_is_returned() -> None:
    lost = LineProblem("line_reset")
    fetched = Lists(regions=lost).fetch({}, {"tariff": "1", "regions": "1", "keys": "1"})
    assert fetched == {"tariff": a_list("tariff"), "regions": lost}


# Known NIKs


def test_of_the_same_base_only_what_was_added_is_fetched() -> None:
    office = Lists(known_niks_since_4_7=ADDED)
    assert office.fetch({"known_niks": "4.7"}, {"known_niks": "4.9"}) == {"known_niks": ADDED}
    assert office.asked == [("known_niks?since=4.7", {})]


@pytest.mark.parametrize(
    ("held", "announced"),
    [("", "4.9"), ("3.7", "4.9"), ("4.7", "4.2"), ("4.7", ""), ("4.7&x=1", "4.9"), ("4.٧", "4.9")],
)
def test_otherwise_the_whole_is_fetched(held: str, announced: str) -> None:
    office = Lists(known_niks=WHOLE)
    assert office.fetch({"known_niks": held}, {"known_niks": announced}) == {"known_niks": WHOLE}
    assert office.asked == [("known_niks", {})]


def test_where_the_base_moved_meanwhile_the_whole_is_fetched() -> None:
    office = Lists(known_niks_since_4_7=Reply(404, {}, {}), known_niks=WHOLE)
    assert office.fetch({"known_niks": "4.7"}, {"known_niks": "4.9"}) == {"known_niks": WHOLE}
    office = Lists(known_niks_since_4_7=WHOLE)
    assert office.fetch({"known_niks": "4.7"}, {"known_niks": "4.9"}) == {"known_niks": WHOLE}


def test_an_office_that_is_busy_is_not_asked_for_the_whole() -> None:
    office = Lists(known_niks_since_4_7=Reply(503, {}, {}))
    fetched = office.fetch({"known_niks": "4.7"}, {"known_niks": "4.9"})
    assert isinstance(fetched["known_niks"], Busy)
    assert len(office.asked) == 1


def test_bytes_of_another_kind_are_malformed() -> None:
    office = Lists(known_niks=Reply(200, {}, None, b"<html>"))
    problem = office.fetch({}, {"known_niks": "4.9"})["known_niks"]
    assert isinstance(problem, LineProblem)
    assert problem.code == "answer_malformed"


# What is stale


def test_a_list_is_stale_where_another_version_is_announced() -> None:
    announced = {"tariff": "2", "regions": "1", "keys": "1", "weather": "1", "consent": 7}
    assert stale_references(announced, {"tariff": "1", "regions": "1"}) == {
        "tariff": "2",
        "keys": "1",
    }


@pytest.mark.parametrize("announced", [None, [], "tariff", 7])
def test_an_announcement_that_is_none_makes_nothing_stale(announced: object) -> None:
    assert stale_references(announced, {}) == {}
