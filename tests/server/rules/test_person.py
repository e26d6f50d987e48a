"""What is compared of a record, however it was written."""

import pytest

from server.rules.person import person


@pytest.mark.parametrize("written", ["1985-03-12", "12-03-1985", "12/3/1985", " 1985-03-12 "])
def test_a_date_is_read_year_first_or_last(written: str) -> None:
    assert person({"birth_date": written}).birth_date == (1985, 3, 12)


@pytest.mark.parametrize("written", ["", "12-03-85", "soon", "1985", None, 19850312])
def test_no_date_is_no_date(written: object) -> None:
    assert person({"birth_date": written}).birth_date is None


def test_date_and_sex_that_the_nik_says_are_known_as_taken() -> None:
    content = {"nik": "7371105203850003", "birth_date": "1985-03-12", "sex": "F"}
    who = person(content)
    assert (who.taken, who.sex_taken) == (True, True)
    other = person({**content, "birth_date": "1985-03-13", "sex": "M"})
    assert (other.taken, other.sex_taken) == (False, False)


def test_one_number_is_one_however_it_is_written() -> None:
    assert person({"phone": "+62 813-5555-0101"}).phone == person({"phone": "0813 5555 0101"}).phone
    assert person({"phone": "0000"}).phone == ""
    assert person({"nik": "7371 1052 0385 0003"}).nik == "7371105203850003"
    assert person({"nik": "7371"}).nik == ""


@pytest.mark.parametrize("written", ["", "-", "tidak tahu", "Tidak ada.", "Ibu", "xxx", None])
def test_a_mother_who_is_not_named_is_unknown(written: object) -> None:
    assert person({"mother_name": written}).mother is None


def test_daeng_names_are_gathered_from_name_and_alias() -> None:
    assert person({"full_name": "Basri Dg Ngalle", "alias": "Daeng Tata"}).daengs == (
        "NGALE",
        "TATA",
    )


def test_a_person_does_not_show_what_is_sealed() -> None:
    who = person({"nik": "7371105203850003", "phone": "+6281355550101", "mother_name": "Hasnah"})
    assert not any(secret in repr(who) for secret in ("7371105203850003", "81355550101", "HASNA"))
