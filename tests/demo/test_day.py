from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from demo.day import LEAST_AGE, Day, a_day
from demo.forms import Moment, content
from demo.people import Worker
from schemas.enrolment import Rules, check
from schemas.tariff import seed_tariff

DAYS = [
    datetime(2026, 11, 20, 3, tzinfo=UTC),
    datetime(2028, 2, 29, 15, 59, tzinfo=UTC),
    datetime(2026, 12, 31, 16, 0, tzinfo=UTC),
    datetime(2034, 1, 1, tzinfo=UTC),
]


def day_at(now: datetime, people: int = 200, seed: int = 2026) -> Day:
    return a_day(seed, people, Moment(now))


def codes(told: dict[str, Any], now: datetime, rules: Rules) -> list[str]:
    """What is wrong with a content as the laptop fills it in."""
    filled = {"schema": 1, "tariff_version": "2026-11-20.1", "contribution": 16_800, **told}
    found = check(filled, moments=(now,), rules=rules, tariff=seed_tariff())
    return [error.code for error in found.errors]


def doors(day: Day) -> Iterator[dict[str, Any]]:
    for laptop in day.doors:
        yield from (door.content for door in laptop)


def without_dates(day: Day) -> list[list[str]]:
    return [[one["NAMA LENGKAP"] for one in rows] for rows in day.lists]


def test_the_day_has_as_many_enrolments_as_asked_for() -> None:
    assert day_at(DAYS[0], 200).people == 200


def test_the_troubled_ones_are_always_there() -> None:
    few = day_at(DAYS[0], 0)
    assert 30 < few.people < 50
    assert few.doors == day_at(DAYS[0], 200).doors


def test_the_same_seed_gives_the_same_people_on_another_day() -> None:
    assert without_dates(day_at(DAYS[0])) == without_dates(day_at(DAYS[1]))


def test_another_seed_gives_other_people() -> None:
    assert without_dates(day_at(DAYS[0])) != without_dates(day_at(DAYS[0], seed=2027))


@pytest.mark.parametrize("now", DAYS)
def test_at_the_doors_one_content_alone_is_refused_by_the_laptop(now: datetime) -> None:
    wrong = [found for told in doors(day_at(now)) if (found := codes(told, now, Rules()))]
    assert [found[0] for found in wrong] == ["nik_date"]


@pytest.mark.parametrize("now", DAYS)
def test_this_office_refuses_two_more(now: datetime) -> None:
    rules = Rules(age_min=LEAST_AGE, months=(1, 2, 3, 6))
    found = Counter(code for told in doors(day_at(now)) for code in codes(told, now, rules))
    assert found["age_min"] == found["choice"] == 1


@pytest.mark.parametrize("now", DAYS)
def test_everybody_on_the_roll_could_be_enrolled(now: datetime) -> None:
    day = day_at(now)

    def told(one: Worker) -> dict[str, Any]:
        return content(one, day.at)

    assert [codes(told(one), now, Rules()) for one in day.roll] == [[]] * len(day.roll)


def test_a_worker_who_is_met_twice_is_in_the_list_of_the_laptop_heard_first() -> None:
    day = day_at(DAYS[0])
    listed = {one["NIK"]: laptop for laptop, rows in enumerate(day.lists) for one in rows}
    pairs = Counter(
        (listed[door.content["nik"]], laptop)
        for laptop, met in enumerate(day.doors)
        for door in met
        if door.content["nik"] in listed
    )
    assert set(pairs) == {(0, 1), (0, 2), (1, 2)}
    assert min(pairs.values()) >= 2
