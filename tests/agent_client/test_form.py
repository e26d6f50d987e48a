"""What is typed into the form, and the content that it means."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_client.form import (
    BOXES,
    READ,
    TEXTS,
    TICKS,
    confirm,
    content_of,
    differing_digit,
    elapsed_s,
    form_of,
    form_of_request,
)
from schemas.enrolment import normalise
from schemas.normal import normal_text
from tests.builders import OMIT, content

TODAY = date(2026, 11, 20)
NIK = "7371074105900001"
any_text = st.text(st.characters(codec="utf-8"), max_size=40)
forms = st.dictionaries(st.sampled_from(sorted(BOXES)), any_text)
digit_strings = st.text("0123456789", max_size=17)


def meant(**boxes: str) -> dict[str, object]:
    return content_of(boxes, TODAY)


@given(forms)
def test_no_text_is_too_odd_to_be_read(form: dict[str, str]) -> None:
    assert set(content_of(form, TODAY)) <= BOXES


@given(forms)
def test_a_box_whose_text_is_the_member_gives_it_as_typed(form: dict[str, str]) -> None:
    told = content_of(form, TODAY)
    hidden = {"mother_name"} if form.get("unknown_mother") else set()
    for name in set(TEXTS) - hidden:
        assert told.get(name, "") == form.get(name, "")


@given(forms)
def test_what_cannot_be_read_stays_as_it_was_typed(form: dict[str, str]) -> None:
    told = content_of(form, TODAY)
    for name in READ:
        typed = form.get(name, "").strip()
        if name in told and READ[name](normal_text(typed), TODAY) in (None, ""):
            assert told[name] == typed


@given(st.integers(1, 20_000))
def test_the_form_of_a_sound_content_means_that_content(n: int) -> None:
    sound = content(n, employer=OMIT)
    told = content_of(form_of(sound), TODAY)
    assert told == {name: value for name, value in sound.items() if name in BOXES}


@pytest.mark.parametrize(
    "members",
    [
        {"programmes": ["JHT", "JKK", "JKM"], "months": 12, "employer": True},
        {"mother_name": OMIT, "unknown_mother": True},
        {"phone": OMIT, "phone_owner": "none"},
        {"prior_member": True, "kpj": "12345678901", "monthly_income": 999},
        {"nik_reason": "as_on_card", "hint_reason": "kembar", "note": "rumah, di belakang"},
    ],
)
def test_what_few_contents_have_comes_back_too(members: dict[str, object]) -> None:
    sound = content(1, **{"employer": OMIT, **members})
    assert (
        content_of(form_of(sound), TODAY).items()
        >= {name: value for name, value in sound.items() if name in BOXES}.items()
    )


def test_an_income_of_nothing_is_shown_and_not_left_out() -> None:
    assert content_of(form_of({"monthly_income": 0}), TODAY) == {"monthly_income": 0}


def test_no_programme_is_added_to_those_that_a_list_named() -> None:
    assert content_of(form_of({"programmes": ["JKK"]}), TODAY)["programmes"] == ["JKK"]


@given(forms)
def test_meaning_it_twice_changes_nothing(form: dict[str, str]) -> None:
    once = normalise(content_of(form, TODAY))
    assert normalise(content_of(form_of(once), TODAY)) == once


@pytest.mark.parametrize(
    "typed", ["31-12-1990", "31121990", "31 Des 1990", "31/12/90", "1990-12-31", "31 desember 1990"]
)
def test_a_birth_date_is_read_as_people_write_it(typed: str) -> None:
    assert meant(birth_date=typed) == {"birth_date": "1990-12-31"}


@pytest.mark.parametrize("typed", ["31-12", "3112199", "31-02-1990", "kemarin"])
def test_half_a_birth_date_is_none_and_stays(typed: str) -> None:
    assert meant(birth_date=typed) == {"birth_date": typed}


def test_who_has_no_phone_has_no_number() -> None:
    assert meant(phone="0812 3456 7890", phone_owner="self")["phone"] == "+6281234567890"
    assert "phone" not in meant(phone="0812 3456 7890", phone_owner="none")


def test_whose_mother_is_unknown_has_no_mothers_name() -> None:
    assert meant(mother_name="Fatma", unknown_mother="on") == {"unknown_mother": True}


@pytest.mark.parametrize(
    ("box", "typed", "value"),
    [
        ("monthly_income", "1,5 juta", 1_500_000),
        ("monthly_income", "1.500.000", 1_500_000),
        ("rw", "4", "004"),
        ("months", "3 bulan", 3),
        ("programmes", "3", ["JHT", "JKK", "JKM"]),
    ],
)
def test_what_is_typed_shortly_is_read(box: str, typed: str, value: object) -> None:
    assert meant(**{box: typed}) == {box: value}


def test_what_cannot_be_seen_hinders_no_reading() -> None:
    assert meant(monthly_income="1.500.000\u200b", rw="\x0e4") == {
        "monthly_income": 1_500_000,
        "rw": "004",
    }


def test_a_tick_is_true_and_none_is_nothing() -> None:
    assert meant(**dict.fromkeys(TICKS, "on")) == dict.fromkeys(TICKS, True)
    assert meant(**dict.fromkeys(TICKS, "")) == {}


def test_a_browser_gives_the_known_boxes_and_no_endless_text() -> None:
    sent = {"note": "x" * 10_000, "csrf_token": "t", "contribution": "1", "alias": ""}
    assert form_of_request(sent) == {"note": "x" * 600}


@given(digit_strings, digit_strings)
def test_a_nik_counts_once_it_was_typed_twice_alike(nik: str, again: str) -> None:
    form = {"nik": nik, "nik_again": again}
    confirm(form)
    assert form.get("nik_confirmed") == (nik if nik and nik == again else None)


@given(digit_strings, digit_strings)
def test_the_first_digit_that_differs_is_named(nik: str, again: str) -> None:
    place = differing_digit({"nik": nik, "nik_again": again})
    agrees = nik.startswith(again) or not nik
    assert (place is None) == agrees
    if place is not None:
        assert nik[: place - 1] == again[: place - 1]
        assert nik[place - 1 : place] != again[place - 1 : place]


def test_a_changed_nik_has_to_be_typed_twice_again() -> None:
    form = {"nik": NIK, "nik_again": NIK}
    confirm(form)
    form["nik"] = NIK[:-1] + "2"
    confirm(form)
    assert "nik_confirmed" not in form
    form["nik"] = NIK
    confirm(form)
    assert form["nik_confirmed"] == NIK


def test_a_nik_that_was_confirmed_stays_so_while_the_second_box_is_empty() -> None:
    form = {"nik": NIK, "nik_again": "", "nik_confirmed": NIK}
    confirm(form)
    assert form["nik_confirmed"] == NIK


@pytest.mark.parametrize(
    "parted", ["7371 0741 0590 0001", "7371.07.410590.0001", "737107-410590-0001"]
)
def test_what_is_typed_between_the_digits_does_not_count(parted: str) -> None:
    form = {"nik": parted, "nik_again": NIK}
    assert differing_digit(form) is None
    confirm(form)
    assert form["nik_confirmed"] == NIK


@pytest.mark.parametrize("unseen", ["\u200b", "\u00a0", "\ufeff", "\u2011"])
def test_what_pasting_brings_along_does_not_count(unseen: str) -> None:
    form = {"nik": f"7371{unseen}074105900001{unseen}", "nik_again": NIK}
    confirm(form)
    assert (differing_digit(form), form["nik_confirmed"]) == (None, NIK)


def test_a_nik_out_of_a_list_counts_as_typed_twice() -> None:
    assert form_of({"nik": "7371 0741 0590 0001"})["nik_confirmed"] == NIK
    assert "nik_confirmed" not in form_of({"full_name": "Basri"})


@pytest.mark.parametrize(
    ("told", "seconds"), [("240", 240), ("0", 0), ("", None), ("-5", None), ("1e9", None)]
)
def test_the_seconds_in_front_are_the_pages_own_count(told: str, seconds: int | None) -> None:
    assert elapsed_s({"elapsed_s": told}) == seconds
