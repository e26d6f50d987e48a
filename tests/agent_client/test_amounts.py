"""A contribution as it is told: months that cost the same together."""

from hypothesis import given
from hypothesis import strategies as st

from agent_client.amounts import spans
from schemas.tariff import Due, contribution_due, seed_tariff


def due(first: str, months: int, sector: str = "other") -> Due:
    return contribution_due(1_000_000, ["JKK", "JKM"], sector, "self", first, months, seed_tariff())


def test_months_under_the_relief_stand_apart_from_those_after_it() -> None:
    found = spans(due("2026-11", 6))
    assert [(one.first, one.last, one.count, one.each, one.total) for one in found] == [
        ("2026-11", "2026-12", 2, 8_400, 16_800),
        ("2027-01", "2027-04", 4, 16_800, 67_200),
    ]
    assert found[0].amounts == {"JKK": 5_000, "JKM": 3_400}


@given(
    st.integers(1, 12), st.sampled_from([1, 2, 3, 6, 12]), st.sampled_from(["other", "transport"])
)
def test_the_spans_are_all_months_and_the_whole_amount(first: int, count: int, sector: str) -> None:
    told = due(f"2026-{first:02}", count, sector)
    found = spans(told)
    assert sum(one.count for one in found) == count
    assert sum(one.total for one in found) == told.total
    assert all(
        one.total == one.each * one.count == sum(one.amounts.values()) * one.count for one in found
    )
