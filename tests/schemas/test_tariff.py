from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.seeds import seed
from schemas.tariff import (
    Due,
    TariffMissing,
    contribution_due,
    relief_until,
    seed_tariff,
)
from schemas.words import Payer, Programme, Sector

TWO = ("JKK", "JKM")
THREE = ("JHT", "JKK", "JKM")

# PP 44/2015 annex II as printed: income from, JKK, JHT.
BANDS = [
    (0, 10_000, 20_000),
    (1_100_000, 12_000, 24_000),
    (1_300_000, 14_000, 28_000),
    (1_500_000, 16_000, 32_000),
    (1_700_000, 18_000, 36_000),
    (1_900_000, 20_000, 40_000),
    (2_100_000, 22_000, 44_000),
    (2_300_000, 24_000, 48_000),
    (2_500_000, 26_000, 52_000),
    (2_700_000, 29_500, 59_000),
    (3_200_000, 34_500, 69_000),
    (3_700_000, 39_500, 79_000),
    (4_200_000, 44_500, 89_000),
    (4_700_000, 49_500, 99_000),
    (5_200_000, 54_500, 109_000),
    (5_700_000, 59_500, 119_000),
    (6_200_000, 64_500, 129_000),
    (6_700_000, 69_500, 139_000),
    (7_200_000, 74_500, 149_000),
    (7_700_000, 79_500, 159_000),
    (8_200_000, 87_000, 174_000),
    (9_200_000, 97_000, 194_000),
    (10_200_000, 107_000, 214_000),
    (11_200_000, 117_000, 234_000),
    (12_200_000, 127_000, 254_000),
    (13_200_000, 137_000, 274_000),
    (14_200_000, 147_000, 294_000),
    (15_200_000, 157_000, 314_000),
    (16_200_000, 167_000, 334_000),
    (17_200_000, 177_000, 354_000),
    (18_200_000, 187_000, 374_000),
    (19_200_000, 197_000, 394_000),
    (20_200_000, 207_000, 414_000),
]

incomes = st.integers(0, 30_000_000)
programme_sets = st.sampled_from([TWO, THREE])
sectors = st.sampled_from(Sector)
payers = st.sampled_from(Payer)
runs = st.sampled_from([1, 2, 3, 6, 12])
first_months = st.builds("{}-{:02d}".format, st.integers(2024, 2028), st.integers(1, 12))


def due(
    income: int = 1_000_000,
    programmes: tuple[str, ...] = TWO,
    sector: str = "other",
    payer: str = "self",
    first_month: str = "2026-11",
    months: int = 1,
) -> Due:
    return contribution_due(income, programmes, sector, payer, first_month, months, seed_tariff())


@pytest.mark.parametrize(("lowest", "jkk", "jht"), BANDS)
def test_every_band_at_the_full_and_the_reduced_rate(lowest: int, jkk: int, jht: int) -> None:
    for income in (lowest, lowest + 99_500):
        full = due(income, THREE, first_month="2027-01")
        assert full.per_programme == {"JKK": jkk, "JKM": 6_800, "JHT": jht}
        assert full.total == jkk + 6_800 + jht
        half = due(income, THREE, first_month="2026-12")
        assert half.per_programme == {"JKK": jkk // 2, "JKM": 3_400, "JHT": jht}
        assert half.total == jkk // 2 + 3_400 + jht


def test_the_bands_have_no_holes_between_them() -> None:
    assert due(1_099_500, first_month="2027-01").total == 16_800
    assert due(1_099_999, first_month="2027-01").total == 16_800
    assert due(1_100_000, first_month="2027-01").total == 18_800
    assert due(10**12, THREE, first_month="2027-01").total == 627_800


@pytest.mark.parametrize(
    ("programmes", "first_month", "total"),
    [
        (TWO, "2027-01", 16_800),
        (THREE, "2027-01", 36_800),
        (TWO, "2026-11", 8_400),
        (THREE, "2026-11", 28_400),
    ],
)
def test_the_floors(programmes: tuple[str, ...], first_month: str, total: int) -> None:
    assert due(programmes=programmes, first_month=first_month).total == total


@pytest.mark.parametrize(
    ("sector", "months", "total"),
    [
        ("other", 3, 33_600),
        ("transport", 3, 25_200),
        ("other", 12, 184_800),
        ("transport", 12, 159_600),
    ],
)
def test_a_payment_across_the_end_of_the_relief(sector: str, months: int, total: int) -> None:
    assert due(sector=sector, months=months).total == total


def test_each_month_is_told_apart() -> None:
    found = due(programmes=THREE, first_month="2026-12", months=2)
    assert [(one.month, one.total) for one in found.months] == [
        ("2026-12", 28_400),
        ("2027-01", 36_800),
    ]
    assert found.months[0].amounts == {"JHT": 20_000, "JKK": 5_000, "JKM": 3_400}
    assert list(found.per_programme.items()) == [
        (Programme.JHT, 40_000),
        (Programme.JKK, 15_000),
        (Programme.JKM, 10_200),
    ]


@pytest.mark.parametrize(
    ("sector", "month", "total"),
    [
        ("transport", "2025-12", 16_800),
        ("transport", "2026-01", 8_400),
        ("transport", "2027-03", 8_400),
        ("transport", "2027-04", 16_800),
        ("other", "2026-03", 16_800),
        ("other", "2026-04", 8_400),
        ("other", "2026-12", 8_400),
        ("other", "2027-01", 16_800),
    ],
)
@pytest.mark.parametrize("payer", ["self", "donor"])
def test_the_first_and_last_months_of_the_relief(
    payer: str, sector: str, month: str, total: int
) -> None:
    assert due(sector=sector, payer=payer, first_month=month).total == total


@given(sectors, first_months)
def test_the_budget_never_has_the_relief(sector: Sector, first_month: str) -> None:
    assert due(sector=sector, payer="budget", first_month=first_month).total == 16_800
    assert relief_until(sector, "budget", first_month, seed_tariff()) is None


@given(incomes, programme_sets, sectors, payers, first_months, runs)
def test_months_and_programmes_sum_to_the_total_in_whole_rupiah(
    income: int,
    programmes: tuple[str, ...],
    sector: Sector,
    payer: Payer,
    first_month: str,
    months: int,
) -> None:
    found = due(income, programmes, sector, payer, first_month, months)
    assert len(found.months) == months
    assert found.months[0].month == first_month
    assert found.total == sum(month.total for month in found.months)
    assert found.total == sum(found.per_programme.values())
    assert set(found.per_programme) == set(programmes)
    amounts = [amount for month in found.months for amount in month.amounts.values()]
    assert all(type(number) is int and number > 0 for number in (found.total, *amounts))


@given(incomes, incomes, programme_sets, sectors, payers, first_months, runs)
def test_who_earns_more_never_owes_less(
    one: int,
    other: int,
    programmes: tuple[str, ...],
    sector: Sector,
    payer: Payer,
    first_month: str,
    months: int,
) -> None:
    less, more = (
        due(income, programmes, sector, payer, first_month, months)
        for income in sorted([one, other])
    )
    assert less.total <= more.total


@given(programme_sets, sectors, payers, first_months, st.integers(2, 12))
def test_a_run_is_its_months_one_by_one(
    programmes: tuple[str, ...], sector: Sector, payer: Payer, first_month: str, months: int
) -> None:
    whole = due(1_000_000, programmes, sector, payer, first_month, months)
    alone = [due(1_000_000, programmes, sector, payer, one.month) for one in whole.months]
    assert [one.months[0] for one in alone] == list(whole.months)


def test_what_is_due_cannot_be_changed_by_a_caller() -> None:
    with pytest.raises(TypeError):
        due().per_programme[Programme.JKK] = 0  # type: ignore[index]
    with pytest.raises(TypeError):
        due().months[0].amounts[Programme.JKK] = 0  # type: ignore[index]


def test_the_order_and_number_of_programmes_named_does_not_matter() -> None:
    assert due(programmes=("JKM", "JKK", "JKM")) == due(programmes=TWO)


@pytest.mark.parametrize(
    "changes",
    [
        {"first_month": "2023-12"},
        {"sector": "sea"},
        {"payer": "nobody"},
    ],
)
def test_what_the_tariff_does_not_know_is_missing(changes: dict[str, Any]) -> None:
    with pytest.raises(TariffMissing):
        due(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"income": -1},
        {"months": 0},
        {"programmes": ("JKP",)},
        {"first_month": "2026-13"},
        {"first_month": "besok"},
    ],
)
def test_senseless_questions_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        due(**changes)


@pytest.mark.parametrize(
    ("sector", "month", "until"),
    [
        ("other", "2026-03", None),
        ("other", "2026-04", "2026-12"),
        ("other", "2026-12", "2026-12"),
        ("other", "2027-01", None),
        ("transport", "2026-11", "2027-03"),
        ("transport", "2027-04", None),
    ],
)
def test_how_long_the_relief_lasts(sector: str, month: str, until: str | None) -> None:
    assert relief_until(sector, "self", month, seed_tariff()) == until


def test_the_shipped_tariff_covers_all_sectors_and_payers_from_2024_on() -> None:
    assert {(item["sector"], item["payer"]) for item in seed("tariff").items} == {
        (sector, payer) for sector in Sector for payer in Payer
    }
    assert due(first_month="2024-01", months=120).total == 9 * 8_400 + 111 * 16_800
