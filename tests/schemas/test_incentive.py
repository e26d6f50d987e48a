from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.incentive import (
    Incentive,
    IncentiveMissing,
    NewMember,
    estimate,
    load_incentive,
    seed_incentive,
)
from schemas.seeds import seed

THREE = NewMember(programmes=3, contribution_received=36_800)
TWO = NewMember(programmes=2, contribution_received=16_800)
RELIEVED = NewMember(programmes=2, contribution_received=8_400)


def rule(**changes: Any) -> dict[str, Any]:
    return {**seed("incentive").items[0], **changes}


@pytest.mark.parametrize(
    ("new", "wanted"),
    [
        ([THREE] * 30, Incentive(450_000, 165_600, 615_600, 61_560)),
        ([TWO] * 30, Incentive(300_000, 75_600, 375_600, 37_560)),
        ([THREE] * 24, Incentive(0, 132_480, 132_480, 13_248)),
        ([RELIEVED] * 25, Incentive(250_000, 31_500, 281_500, 28_150)),
        ([], Incentive(0, 0, 0, 0)),
    ],
)
def test_worked_examples(new: list[NewMember], wanted: Incentive) -> None:
    assert estimate("2026-11", new, {}, seed_incentive()) == wanted


@pytest.mark.parametrize(
    ("age", "wanted"),
    [(0, 0), (1, 2_520), (24, 2_520), (25, 840), (60, 840), (61, 0), (200, 0)],
)
def test_earlier_members_earn_by_month_of_membership(age: int, wanted: int) -> None:
    assert estimate("2026-11", [], {age: 16_800}, seed_incentive()).contribution == wanted


def test_both_kinds_of_programmes_and_both_kinds_of_members_add_up() -> None:
    found = estimate("2026-11", [THREE] * 10 + [TWO] * 15, {2: 1_000_000}, seed_incentive())
    assert found.acquisition == 10 * 15_000 + 15 * 10_000
    assert found.contribution == (10 * 36_800 + 15 * 16_800 + 1_000_000) * 15 // 100


def test_who_was_registered_before_earns_no_bonus_and_does_not_count_towards_it() -> None:
    again = NewMember(programmes=3, contribution_received=36_800, registered_before=True)
    found = estimate("2026-11", [THREE] * 24 + [again], {}, seed_incentive())
    assert (found.acquisition, found.contribution) == (0, 138_000)
    found = estimate("2026-11", [THREE] * 25 + [again], {}, seed_incentive())
    assert found.acquisition == 25 * 15_000


def test_fractions_are_summed_before_they_are_cut() -> None:
    found = estimate("2026-11", [], {1: 3, 2: 3, 25: 3}, seed_incentive())
    assert found.contribution == 1  # 0.45 + 0.45 + 0.15 rupiah
    assert estimate("2026-11", [], {1: 125}, seed_incentive()) == Incentive(0, 18, 18, 1)


@given(
    st.lists(st.sampled_from([THREE, TWO, RELIEVED]), max_size=40),
    st.dictionaries(st.integers(1, 80), st.integers(0, 10**9)),
)
def test_all_of_it_is_whole_rupiah_and_adds_up(
    new: list[NewMember], received: dict[int, int]
) -> None:
    found = estimate("2026-11", new, received, seed_incentive())
    parts = (found.acquisition, found.contribution, found.total, found.wadah_fee)
    assert all(type(part) is int and part >= 0 for part in parts)
    assert found.acquisition + found.contribution == found.total


def test_rules_are_dated() -> None:
    rules = load_incentive([rule(until="2026-12"), rule(**{"from": "2027-01"}, minimum_new=10)])
    assert estimate("2026-12", [TWO] * 10, {}, rules).acquisition == 0
    assert estimate("2027-01", [TWO] * 10, {}, rules).acquisition == 100_000
    with pytest.raises(IncentiveMissing):
        estimate("2022-03", [], {}, rules)


def test_a_month_before_the_first_of_a_membership_earns_nothing() -> None:
    rules = load_incentive([rule(contribution=[[1, 15]])])
    assert estimate("2026-11", [], {0: 16_800}, rules).contribution == 0


def test_another_number_of_programmes_is_refused() -> None:
    with pytest.raises(ValueError, match="2 or 3 programmes"):
        estimate("2026-11", [NewMember(1, 0)], {}, seed_incentive())


@pytest.mark.parametrize(
    "items",
    [
        [{}],
        [rule(), rule()],
        [rule(until="2026-11"), rule(**{"from": "2027-01"})],
        [rule(minimum_new="25")],
        [rule(wadah_percent=0.1)],
        [rule(bonus={"3": 15_000.0})],
        [rule(bonus={"tiga": 15_000})],
        [rule(contribution=[[25, 5], [1, 15]])],
        [rule(contribution=[])],
        [rule(contribution=[[1, True]])],
        [rule(**{"from": "2026"})],
        [{**rule(), "until": "2020-01"}],
    ],
)
def test_rules_of_the_wrong_form_are_refused(items: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match=r"."):
        load_incentive(items)
