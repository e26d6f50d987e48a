import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.months import check_without_holes, month_number, month_text


@given(st.integers(0, 9999 * 12 + 11))
def test_a_month_reads_back(number: int) -> None:
    assert month_number(month_text(number)) == number


def test_december_is_followed_by_january() -> None:
    assert month_text(month_number("2026-12") + 1) == "2027-01"


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-0", "2026-00", "2026-13", "2026-1", "26-01", "2026-01-01", "２026-01"],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        month_number(text)


@pytest.mark.parametrize("spans", [[], [(5, None)], [(5, 5)], [(6, None), (1, 3), (4, 5)]])
def test_spans_that_follow_each_other_pass(spans: list[tuple[int, int | None]]) -> None:
    check_without_holes(spans)


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        ([(24312, 24314), (24314, None)], "two rules hold in 2026-03"),
        ([(24312, None), (24320, None)], "two rules hold in 2026-09"),
        ([(24312, 24313), (24315, None)], "no rule holds in 2026-03"),
        ([(24312, 24311)], "from 2026-01 ends before it begins"),
    ],
)
def test_holes_and_overlaps_are_named(spans: list[tuple[int, int | None]], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check_without_holes(spans)
