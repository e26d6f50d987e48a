import re

import pytest

from schemas.occupations import EITHER, all_occupations, occupation
from schemas.words import Sector


def test_there_are_about_a_hundred_jobs_in_about_thirteen_groups() -> None:
    assert 80 <= len(all_occupations()) <= 110
    assert 10 <= len({one.group for one in all_occupations()}) <= 16


def test_codes_are_stable_words_and_unique() -> None:
    codes = [one.code for one in all_occupations()]
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)
    assert len(codes) == len(set(codes))


def test_names_are_unique_and_present_in_both_languages() -> None:
    for names in (
        [one.name_id for one in all_occupations()],
        [one.name_en for one in all_occupations()],
    ):
        assert all(name and name == name.strip() for name in names)
        assert len(names) == len(set(names))


def test_a_group_stands_together() -> None:
    groups = [one.group for one in all_occupations()]
    starts = [group for index, group in enumerate(groups) if groups[index - 1 : index] != [group]]
    assert len(starts) == len(set(starts))


@pytest.mark.parametrize(
    ("code", "sector"),
    [
        ("penjual-ikan", "other"),
        ("pagandeng-sayur", "other"),
        ("bentor", "transport"),
        ("ojek-online", "transport"),
        ("sopir-pete-pete", "transport"),
        ("kurir-paket", "transport"),
        ("sopir-pribadi", EITHER),
        ("juru-parkir", "other"),
        ("nelayan", "other"),
    ],
)
def test_jobs_have_the_sector_of_the_relief(code: str, sector: str) -> None:
    found = occupation(code)
    assert found
    assert found.sector == sector


def test_sectors_are_those_of_the_list() -> None:
    assert {one.sector for one in all_occupations()} == {*Sector, EITHER}


def test_an_unknown_job_is_nothing() -> None:
    assert occupation("astronaut") is None
    assert occupation("") is None


def test_a_job_allows_its_sector_and_either_allows_both() -> None:
    fish, driver = occupation("penjual-ikan"), occupation("sopir-pribadi")
    assert fish
    assert driver
    assert fish.allows("other")
    assert not fish.allows("transport")
    assert driver.allows("other")
    assert driver.allows(Sector.TRANSPORT)
    assert not driver.allows("sea")
    assert not driver.allows(EITHER)
