"""The judge: over the table of made-up pairs, and hint by hint."""

from collections.abc import Mapping
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.judge import figures, table, told
from bench.pairs import Pair, made_up_pairs
from server.rules.dedup import WHY, judge, person

ONE_NIK, TWO_NIKS = True, False
BAR = {ONE_NIK: 0.96, TWO_NIKS: 0.92}
WORKER = {
    "nik": "7371105203850003",
    "full_name": "Sitti Aminah",
    "birth_date": "1985-03-12",
    "sex": "F",
    "mother_name": "Hasnah",
    "phone": "+6281355550101",
    "kelurahan": "7371101004",
}
OTHER_NIK = "7371075203850011"


def same(changes: Mapping[str, object], of: Mapping[str, object] = WORKER) -> bool:
    return judge(person(of), person({**of, **changes})).same


def near(changes: Mapping[str, object], of: Mapping[str, object] = WORKER) -> bool:
    return judge(person(of), person({"nik": OTHER_NIK, **changes, **_rest(of, changes)})).near_match


def _rest(of: Mapping[str, object], changes: Mapping[str, object]) -> dict[str, object]:
    return {field: value for field, value in of.items() if field not in {"nik", *changes}}


@cache
def pairs() -> tuple[Pair, ...]:
    return (*table(), *made_up_pairs(7, 5))


def test_the_table_is_large_and_hard_enough() -> None:
    rows = list(table())
    assert len(rows) >= 200
    assert sum(pair.hard for pair in rows) * 2 >= len(rows)


@pytest.mark.parametrize("one_nik", [ONE_NIK, TWO_NIKS])
def test_the_judge_meets_the_bar_on_the_table(one_nik: bool) -> None:
    rows = [pair for pair in table() if pair.one_nik == one_nik]
    for pair in rows:
        if told(pair) != pair.wanted:
            print(f"missed: {pair.kind}: {judge(person(pair.a), person(pair.b)).why}")
    assert figures(rows)[one_nik].f1 >= BAR[one_nik]


def test_of_two_records_either_may_come_first() -> None:
    for pair in pairs():
        a, b = person(pair.a), person(pair.b)
        assert judge(a, b) == judge(b, a)


def test_each_question_has_its_own_answer() -> None:
    for pair in pairs():
        judgement = judge(person(pair.a), person(pair.b))
        assert not (judgement.near_match if pair.one_nik else judgement.same)


def test_every_code_can_be_said_in_two_languages() -> None:
    codes = {code for pair in pairs() for code in judge(person(pair.a), person(pair.b)).why}
    assert codes <= WHY.keys()
    assert all(len(set(said)) == 2 for said in WHY.values())


@given(st.sets(st.sampled_from(sorted(WORKER))), st.integers(0, 10**6))
def test_whatever_is_missing_nothing_raises(left_out: set[str], at: int) -> None:
    pair = pairs()[at % len(pairs())]
    for lacking in (set(WORKER), left_out):
        rest = {field: value for field, value in pair.a.items() if field not in lacking}
        judge(person(rest), person(pair.b))


@given(
    st.dictionaries(
        st.sampled_from([*WORKER, "alias"]),
        st.text(st.characters(codec=None), max_size=30) | st.integers() | st.none(),
    )
)
def test_whatever_stands_there_nothing_raises(content: dict[str, object]) -> None:
    judge(person(content), person(WORKER))
    judge(person(content), person({**WORKER, **content}))


def test_spaces_and_case_do_not_matter() -> None:
    assert same({"full_name": "  sitti   AMINAH ", "mother_name": " HASNAH"})
    assert near({"nik": " 7371 0752 0385 0011 ", "full_name": "sitti aminah", "sex": " f "})


@pytest.mark.parametrize(
    "changes",
    [
        {"full_name": "St. Aminah"},
        {"full_name": "Aminah"},
        {"full_name": "Aminah St"},
        {"full_name": "Hj. Sitti Aminah, S.Pd"},
        {"full_name": "Sitti Aminah Dg Kanang"},
        {"full_name": "Sitti Amniah"},
        {"full_name": "Becce", "alias": "Sitti Aminah"},
        {"full_name": "Becce (Aminah)"},
        {"mother_name": ""},
        {"mother_name": "tidak diketahui"},
        {"mother_name": "Dg Bau"},
        {"mother_name": "St. Hasna"},
        {"birth_date": "1985-12-03"},
        {"birth_date": "1995-03-12"},
        {"birth_date": "1971-06-30", "sex": "M"},
    ],
)
def test_on_one_nik_this_is_the_same_person(changes: dict[str, object]) -> None:
    assert same(changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"full_name": "Sitti Maryam"},  # a sister
        {"full_name": "Sitti Amirah"},
        {"full_name": "Muhammad Amin", "sex": "M"},
        {"full_name": "Sitti Maryam", "alias": "Dg Kanang"},
        {"mother_name": "Rosmini"},  # a namesake
        {"mother_name": "Rosmini", "birth_date": "1960-01-01"},
        {"mother_name": "", "birth_date": "1960-01-01"},
        {"full_name": "Dg Kanang", "mother_name": "Rosmini"},
    ],
)
def test_on_one_nik_this_is_another_person(changes: dict[str, object]) -> None:
    assert not same(changes)


def test_dates_off_the_nik_prove_nothing_and_dates_against_it_much() -> None:
    against = {**WORKER, "birth_date": "1979-08-20"}
    assert not same({"mother_name": "Rosmini"})
    assert same({"mother_name": "Rosmini"}, against)
    assert not same({"full_name": "Sitti Maryam"}, against)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"full_name": "St. Amina", "phone": "", "kelurahan": "7371011001"},
        {"birth_date": "1985-12-03"},
        {"mother_name": "", "birth_date": "1985-12-03"},
        {"full_name": "Dg Kanang", "alias": "Sitti Aminah"},
        {"nik": "7371105203850043"},
        {"nik": "7371105203830003", "birth_date": "1983-03-12"},
        {"nik": "7371101203850003", "sex": "M"},
    ],
)
def test_under_two_niks_this_looks_like_the_same_person(changes: dict[str, object]) -> None:
    assert near(changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"full_name": "Sitti Maryam", "nik": "7371105203850004"},  # twins
        {"full_name": "Sitti Aminatun", "nik": "7371105203850004"},
        {"mother_name": "Rosmini"},  # a namesake
        {"mother_name": "Rosmini", "nik": "7371105203850004"},
        {"birth_date": "1960-07-20", "mother_name": "Rosmini"},
        {"birth_date": "1960-07-20", "mother_name": ""},
    ],
)
def test_under_two_niks_this_is_another_person(changes: dict[str, object]) -> None:
    assert not near(changes)


def test_daeng_names_are_compared_with_each_other_but_never_with_a_given_name() -> None:
    alley = {**WORKER, "full_name": "Dg Kanang"}
    assert same({"full_name": "Sitti Aminah"}, alley)
    assert not same({"full_name": "Dg Bau"}, alley)


def test_a_sex_read_off_a_wrong_digit_is_no_evidence() -> None:
    bare = {
        "nik": "7371104101850003",
        "full_name": "Aminah",
        "birth_date": "1985-01-01",
        "sex": "F",
    }
    assert near({"nik": "7371100101850003", "sex": "M"}, bare)
    assert not near({"nik": "7371104101850803", "sex": "M"}, bare)


def test_a_rare_name_outweighs_a_mother_told_otherwise_but_not_on_a_heaped_day() -> None:
    rare = {**WORKER, "full_name": "Makkulau Paturusi", "sex": "M"}
    assert near({"mother_name": "Rosmini"}, rare)
    assert not near({"mother_name": "Rosmini"}, {**rare, "birth_date": "1985-01-01"})
