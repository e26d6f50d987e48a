"""Every rule of a content: alone, two at a time, at its edge, and on whatever JSON holds."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from schemas.content_rules import ELIGIBILITY
from schemas.enrolment import (
    CODES,
    FIELDS,
    WARNINGS,
    EnrolmentSchema,
    Rules,
    check,
    normalise,
)
from schemas.tariff import load_tariff, seed_tariff
from tests.builders import OMIT, content
from tests.schemas.broken import CASES, MAN, NOON, found, judge


@pytest.mark.parametrize("n", range(40))
def test_what_the_builders_make_is_sound(n: int) -> None:
    checked = judge(content(n))
    assert not checked.errors
    assert not checked.warnings
    assert not checked.ineligible
    assert not checked.age_unsure
    assert checked.content == content(n)
    assert checked.due is not None
    assert checked.due.total == content(n)["contribution"] == 16_400


def test_a_content_with_every_member_that_can_stand_together_is_sound() -> None:
    whole = content(
        alias="Daeng Mappuji",
        unknown_mother=False,
        email="baso@example.id",
        second_occupation="ojek-online",
        prior_member=True,
        kpj="21012345678",
        nik_reason="as_on_card",
        hint_reason="Kartu lama sudah tidak berlaku",
        note="Bertemu di pasar",
    )
    assert not judge(whole).errors
    assert whole.keys() == {row.name for row in FIELDS}


def test_a_content_with_only_what_is_needed_is_sound() -> None:
    least = {row.name: content(1)[row.name] for row in FIELDS if row.required}
    least |= {"unknown_mother": True, "phone_owner": "none", "landmark": "Belakang masjid"}
    assert not judge(least).errors
    assert judge({}).errors[0].code == "required"
    assert len(judge({}).errors) == sum(row.required for row in FIELDS) + 2


@pytest.mark.parametrize(
    "change",
    [
        {"full_name": "A"},
        {"full_name": "A" * 60, "note": "A" * 500, "ktp_address": "A" * 200},
        {"monthly_income": 1_000_000},
        {"monthly_income": 2**53 - 1, "contribution": 0},
        {"latitude_e6": 90_000_000, "longitude_e6": -180_000_000, "accuracy_m": 0},
        {"phone": "+1234567"},
        {"phone": "+123456789012345"},
        {"email": "a@" + "b" * 249 + ".id"},
        {"consent_at": "2026-11-20t01:25:00.5z"},
        {"programmes": ["JHT", "JKK", "JKM"]},
    ],
)
def test_what_lies_at_a_limit_is_sound(change: dict[str, Any]) -> None:
    assert not judge(content(1, **change)).errors


@pytest.mark.parametrize(("change", "wanted", "_looks_at"), CASES)
def test_each_rule_broken_alone_gives_its_error_alone(
    change: dict[str, Any], wanted: tuple[str, str], _looks_at: frozenset[str]
) -> None:
    checked = judge(content(1, **change))
    assert found(checked) == [wanted]
    assert checked.ineligible is (wanted[1] in ELIGIBILITY)


def test_two_rules_broken_give_both_errors_in_table_order() -> None:
    place = {row.name: at for at, row in enumerate(FIELDS)}
    for (one, first, seen), (two, second, also_seen) in combinations(CASES, 2):
        if one.keys() & two.keys() or seen & also_seen:
            continue
        checked = judge(content(1, **{**one, **two}))
        assert found(checked) == sorted([first, second], key=lambda error: place[error[0]])
        assert checked.ineligible is ({first[1], second[1]} <= ELIGIBILITY)


def test_the_declared_codes_are_those_that_can_be_met() -> None:
    assert {wanted[1] for _, wanted, _ in CASES} == CODES


def test_rules_between_members_are_judged_though_others_are_broken() -> None:
    checked = judge(content(1, employer=True, payer="budget", full_name=5, birth_date="1978-12-09"))
    assert found(checked) == [
        ("full_name", "type"),
        ("programmes", "jht_needed"),
        ("payer", "payer_budget"),
        ("nik_reason", "nik_differs"),
    ]
    assert not checked.ineligible


def test_at_most_thirty_errors_are_told() -> None:
    assert len(judge({row.name: {} for row in FIELDS}).errors) == 30


@pytest.mark.parametrize(
    ("change", "ineligible"),
    [
        ({"payer": "budget"}, True),
        ({"payer": "budget", "monthly_income": 1}, True),
        ({"payer": "budget", "rw": "1"}, False),
        ({}, False),
    ],
)
def test_ineligible_is_only_what_has_no_other_error(
    change: dict[str, Any], ineligible: bool
) -> None:
    assert judge(content(1, **change)).ineligible is ineligible


def test_a_nik_that_differs_stands_with_its_reason_and_is_warned_of() -> None:
    checked = judge(content(1, sex="F", birth_date="1978-12-09", nik_reason="as_on_card"))
    assert not checked.errors
    assert [warning.code for warning in checked.warnings] == ["nik_birth_date", "nik_sex"]


def test_what_is_only_odd_is_a_warning() -> None:
    checked = judge(content(1, nik="7399" + MAN["nik"][4:], kpj="123"))
    assert not checked.errors
    assert [(warning.field, warning.code) for warning in checked.warnings] == [
        ("nik", "nik_prefix_unknown"),
        ("kpj", "kpj_length"),
    ]
    assert {warning.code for warning in checked.warnings} <= WARNINGS


@pytest.mark.parametrize("sector", ["transport", "other"])
def test_a_job_of_either_sector_leaves_the_sector_free(sector: str) -> None:
    assert not judge(content(1, occupation="lainnya", sector=sector)).errors


def test_jht_makes_an_employer_eligible() -> None:
    assert not judge(content(1, employer=True, programmes=["JHT", "JKK", "JKM"])).errors


@pytest.mark.parametrize(
    "change", [{"monthly_income": 1}, {"months": 2**52}, {"payer": "budget"}, {"sector": 1}]
)
def test_nothing_is_due_where_a_member_that_it_hangs_on_is_wrong(change: dict[str, Any]) -> None:
    assert judge(content(1, **change)).due is None


def test_another_amount_than_was_told_is_no_error() -> None:
    checked = judge(content(1, contribution=1))
    assert not checked.errors
    assert checked.due is not None
    assert checked.due.total == 16_400


def test_a_tariff_without_a_rule_for_it_leaves_open_what_is_due() -> None:
    checked = check(content(1), moments=(NOON,), rules=Rules(), tariff=load_tariff([]))
    assert not checked.errors
    assert checked.due is None


def test_lists_can_be_handed_in() -> None:
    checked = check(
        content(1),
        moments=(NOON,),
        rules=Rules(),
        tariff=seed_tariff(),
        regions=lambda code: None,
        occupations=lambda code: None,
    )
    assert found(checked) == [
        ("kelurahan", "unlisted"),
        ("occupation", "unlisted"),
        ("work_kelurahan", "unlisted"),
    ]


def test_the_schema_alone_names_the_codes_of_each_member() -> None:
    with pytest.raises(ValidationError) as problem:
        EnrolmentSchema().load(content(1, sex="L", programmes=["JKM", "JHT"], contribution=OMIT))
    assert problem.value.messages == {
        "sex": ["choice"],
        "programmes": ["unsorted", "programmes_base"],
        "contribution": ["required"],
    }
    assert EnrolmentSchema().load({**content(1), "shoe_size": 42}) == content(1)


def test_a_content_shows_none_of_itself_where_it_may_be_logged() -> None:
    assert MAN["nik"] not in repr(judge(content(1, months="x")))


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | ANY_TEXT
    | st.sampled_from(
        [*MAN.values(), "2026-12", "0000-01", "9999-12", "+62", -(10**4000), 10**4000]
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=6,
)
MEMBERS = st.dictionaries(st.sampled_from([row.name for row in FIELDS]) | ANY_TEXT, JSON)


LIMITED = frozenset(
    {"too_long", "choice", "range", "one_needed", "only_one", "month_window", "kpj_length"}
    | {"age_min", "age_max", "age_max_first_month", "income_min"}
)


def nested(depth: int) -> list[Any]:
    inside: list[Any] = []
    for _ in range(depth):
        inside = [inside]
    return inside


@pytest.mark.parametrize(
    "value",
    [nested(2000), {"a": nested(2000)}, 10**5000, "\ud800\u0000", float("nan")],
    ids=["deep list", "deep object", "5,001 digits", "surrogate and NUL", "NaN"],
)
def test_the_worst_values_are_judged_in_every_member(value: Any) -> None:
    assert len(judge({row.name: value for row in FIELDS}).errors) == 30
    for row in FIELDS:
        checked = judge(content(1, **{row.name: value}))
        assert row.name in {error.field for error in checked.errors}


@given(MEMBERS, st.booleans())
def test_check_never_raises_and_tells_no_content(members: dict[str, Any], on_sound: bool) -> None:
    checked = judge({**content(1), **members} if on_sound else members)
    for error in (*checked.errors, *checked.warnings):
        assert error.code in CODES | WARNINGS
        assert error.params in (None, {}) or error.code in LIMITED
    if not checked.errors:
        "".join(str(value) for value in checked.content.values()).encode("utf-8")


@given(MEMBERS)
def test_the_normal_form_is_its_own_normal_form(members: dict[str, Any]) -> None:
    once = normalise(members)
    assert repr(normalise(once)) == repr(once)  # repr, since NaN equals nothing
    assert found(judge(members)) == found(judge(once))


@given(MEMBERS, st.booleans())
def test_check_asks_the_members_what_the_schema_says(
    members: dict[str, Any], on_sound: bool
) -> None:
    normal = normalise({**(content(1) if on_sound else {}), **members})
    try:
        sound, codes = EnrolmentSchema().load(normal), {}
    except ValidationError as problem:
        sound, codes = problem.valid_data, problem.messages_dict
    checked = judge(normal)
    assert checked.sound == sound
    if len(checked.errors) < 30:
        assert set(found(checked)) >= {(name, code) for name in codes for code in codes[name]}
