from datetime import date

import pytest

from demo.people import Crowd, Worker, misspelt
from schemas.names import fold_name
from schemas.nik import nik_problems, nik_warnings
from schemas.words import Sex

DAY = date(2026, 11, 20)


def crowd_of(seed: int, today: date, count: int = 300) -> list[Worker]:
    crowd = Crowd(seed, today)
    return [crowd.worker() for _ in range(count)]


def test_the_same_seed_gives_the_same_people_throughout_a_decade() -> None:
    assert crowd_of(7, DAY) == crowd_of(7, date(2029, 12, 31))


def test_another_seed_gives_other_people() -> None:
    assert crowd_of(7, DAY) != crowd_of(8, DAY)


def test_who_is_asked_for_by_age_changes_nobody_behind() -> None:
    crowd, other = Crowd(7, DAY), Crowd(7, DAY)
    crowd.worker()
    other.worker(born=date(2010, 5, 20))
    assert crowd.worker() == other.worker()


def test_no_nik_and_no_name_comes_twice() -> None:
    people = crowd_of(2026, DAY)
    assert len({one.nik for one in people}) == len({one.name for one in people}) == len(people)


@pytest.mark.parametrize("today", [date(2026, 11, 20), date(2030, 1, 1), date(2039, 12, 31)])
def test_everybody_is_well_between_the_age_limits(today: date) -> None:
    ages = [(today - one.born).days / 365.25 for one in crowd_of(1, today)]
    assert min(ages) > 18
    assert max(ages) < 64


def test_each_nik_is_sound_and_says_what_the_card_says() -> None:
    for one in crowd_of(3, DAY):
        assert nik_problems(one.nik) == []
        assert nik_warnings(one.nik, birth_date=one.born, sex=one.sex) == []


def test_whoever_is_asked_for_is_made() -> None:
    born = date(2009, 2, 28)
    one = Crowd(1, DAY).worker(born=born, sex=Sex.FEMALE)
    assert (one.born, one.sex, one.nik[6:12]) == (born, Sex.FEMALE, "680209")


def test_a_misspelt_name_is_never_the_same_and_hardly_another() -> None:
    for one in crowd_of(4, DAY):
        wrong = misspelt(one.name)
        assert wrong != one.name
        assert fold_name(wrong)[:3] == fold_name(one.name)[:3]
