"""How a tariff's table is read, and what of it is refused."""

from typing import Any

import pytest

from schemas.tariff import TariffMissing, contribution_due, load_tariff, relief_until

TWO = ("JKK", "JKM")


def rule(**changes: Any) -> dict[str, Any]:
    full = {"JKK": 100, "JKM": 100, "JHT": 100}
    made = {
        "from": "2026-01",
        "payer": "self",
        "sector": "other",
        "bands": [[0, 1_000_000], [2_000_000, 2_500_000]],
        "jkk_bp": 100,
        "jht_bp": 200,
        "jkm": 6_800,
        "factor_percent": full,
        **changes,
    }
    return {name: value for name, value in made.items() if value is not None}


def test_a_run_past_the_last_rule_is_missing() -> None:
    tariff = load_tariff([rule(until="2026-12")])
    assert contribution_due(0, TWO, "other", "self", "2026-12", 1, tariff).total == 16_800
    with pytest.raises(TariffMissing):
        contribution_due(0, TWO, "other", "self", "2026-12", 2, tariff)


def test_new_bands_do_not_end_the_relief_but_another_factor_does() -> None:
    half, less = {"JKK": 50, "JKM": 50, "JHT": 100}, {"JKK": 75, "JKM": 75, "JHT": 100}
    tariff = load_tariff(
        [
            rule(until="2026-03", factor_percent=half),
            rule(**{"from": "2026-04"}, until="2026-06", factor_percent=half, jkm=8_000),
            rule(**{"from": "2026-07"}, factor_percent=less),
        ]
    )
    assert relief_until("other", "self", "2026-02", tariff) == "2026-06"
    assert relief_until("other", "self", "2026-05", tariff) == "2026-06"
    assert relief_until("other", "self", "2026-08", tariff) is None
    with pytest.raises(TariffMissing):
        relief_until("other", "self", "2025-12", tariff)


def test_two_tariffs_are_not_mixed_up() -> None:
    dearer = load_tariff([rule(jkm=10_000)])
    cheaper = load_tariff([rule(jkm=5_000)])
    assert contribution_due(0, TWO, "other", "self", "2026-01", 1, dearer).total == 20_000
    assert contribution_due(0, TWO, "other", "self", "2026-01", 1, cheaper).total == 15_000


def test_bands_may_change_with_time() -> None:
    later = rule(**{"from": "2026-02"}, bands=[[0, 3_000_000], [2_500_000, 4_000_000]])
    tariff = load_tariff([later, rule(until="2026-01")])
    found = contribution_due(2_400_000, ("JKK",), "other", "self", "2026-01", 2, tariff)
    assert [month.total for month in found.months] == [25_000, 30_000]


def test_members_and_sectors_that_are_not_known_stop_nothing() -> None:
    tariff = load_tariff([rule(sector="sea", note="new"), rule()])
    assert contribution_due(0, TWO, "sea", "self", "2026-01", 1, tariff).total == 16_800


@pytest.mark.parametrize("name", ["from", "payer", "sector", "bands", "jkk_bp", "factor_percent"])
def test_a_rule_that_lacks_a_member_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"tariff item 2: .*{name}"):
        load_tariff([rule(until="2026-06"), rule(**{name: None})])


@pytest.mark.parametrize(
    "changes",
    [
        {"from": "2026-1"},
        {"until": "2026-14"},
        {"bands": []},
        {"bands": [[1, 1_000_000]]},
        {"bands": [[0, 1_000_000], [0, 2_000_000]]},
        {"bands": [[0, 1_000_000], [2_000_000, 2_000_000], [1_000_000, 1_500_000]]},
        {"bands": [[0, 1_000_000.0]]},
        {"bands": [[0]]},
        {"bands": [[0, 1, 2]]},
        {"jkm": True},
        {"jkm": -6_800},
        {"jkk_bp": "100"},
        {"factor_percent": {"JKK": 100, "JKM": 100}},
        {"factor_percent": {"JKK": 0.5, "JKM": 50, "JHT": 100}},
        {"sector": ["other"]},
    ],
)
def test_a_rule_of_the_wrong_form_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="tariff item 1"):
        load_tariff([rule(**changes)])


@pytest.mark.parametrize(
    "changes",
    [
        {"bands": [[0, 1_000_050]]},
        {"jkm": 6_801, "factor_percent": {"JKK": 100, "JKM": 50, "JHT": 100}},
    ],
)
def test_an_amount_that_is_not_whole_rupiah_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not whole rupiah"):
        load_tariff([rule(**changes)])


def test_holes_and_overlaps_are_refused_by_sector_and_payer() -> None:
    with pytest.raises(ValueError, match="tariff for other, self: no rule holds in 2026-07"):
        load_tariff([rule(until="2026-06"), rule(**{"from": "2026-08"})])
    with pytest.raises(ValueError, match="tariff for other, self: two rules hold in 2026-06"):
        load_tariff([rule(until="2026-06"), rule(**{"from": "2026-06"})])
    load_tariff([rule(), rule(payer="donor"), rule(sector="transport")])
