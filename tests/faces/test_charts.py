"""Bars of a month: whatever the numbers are, a sound picture that is told in words too."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from faces.charts import HEIGHT, day_bars, spark

FIRST = date(2026, 10, 1)
EVIL = '<script>alert(1)</script> & "it\'s"'
COUNTS = st.lists(st.integers(-5, 40) | st.integers(), max_size=40)
ALLOWED = {
    *("class", "role", "width", "height", "x", "y", "x1", "x2", "y1", "y2"),
    *("fill", "pointer-events", "text-anchor"),
}


def draw(counts: list[int]) -> ElementTree.Element:
    """Return the chart of a month that begins with these counts."""
    days = [(FIRST + timedelta(place), count) for place, count in enumerate(counts)]
    made = day_bars(
        days, title=EVIL, description=f"of {EVIL}", label=lambda on, count: f"{on}: {count} {EVIL}"
    )
    return ElementTree.fromstring(str(made))


def bars(chart: ElementTree.Element) -> list[ElementTree.Element]:
    """Return the bars, from left to right."""
    return [one for one in chart.iter("rect") if one.get("class") == "bar"]


def texts(chart: ElementTree.Element) -> list[str]:
    """Return what stands at the axes."""
    return [one.text or "" for one in chart.iter("text")]


@given(COUNTS)
def test_every_bar_stands_on_the_axis_inside_the_picture(counts: list[int]) -> None:
    made = bars(draw(counts))
    assert len(made) == len(counts)
    feet = {round(float(one.get("y", "")) + float(one.get("height", "")), 1) for one in made}
    assert len(feet) <= 1
    end = 0.0
    for one in made:
        left, wide = (float(one.get(name, "").removesuffix("%")) for name in ("x", "width"))
        assert end <= left < left + wide <= 100.01
        assert 0 <= float(one.get("y", "")) <= HEIGHT
        end = left + wide - 0.02


@given(COUNTS)
def test_more_is_never_lower_and_only_nothing_is_not_seen(counts: list[int]) -> None:
    high = [float(one.get("height", "")) for one in bars(draw(counts))]
    for count, tall in zip(counts, high, strict=True):
        assert (tall > 0) == (count > 0)
    ranked = [tall for _, tall in sorted(zip(counts, high, strict=True))]
    assert ranked == sorted(ranked)


@given(COUNTS)
def test_it_has_no_script_no_style_and_nothing_that_runs(counts: list[int]) -> None:
    chart = draw(counts)
    assert {one.tag for one in chart.iter()} <= {
        *("svg", "title", "desc", "g", "rect", "line", "text")
    }
    assert {name for one in chart.iter() for name in one.attrib} <= ALLOWED


def test_it_is_told_in_words() -> None:
    chart = draw([3, 0])
    assert chart.get("role") == "img"
    assert [child.tag for child in chart][:2] == ["title", "desc"]
    assert [one.text for one in chart.iter("title")] == [
        EVIL,
        f"2026-10-01: 3 {EVIL}",
        f"2026-10-02: 0 {EVIL}",
    ]
    assert chart.findtext("desc") == f"of {EVIL}"


def test_the_greatest_count_and_a_few_days_stand_at_the_axes() -> None:
    assert texts(draw([0] * 12 + [1_234] + [7] * 17)) == ["1.234", "1", "6", "11", "16", "21", "26"]
    assert texts(draw([5] * 31)) == ["5", "1", "7", "13", "19", "25", "31"]
    assert texts(draw([2, 1])) == ["2", "1", "2"]


def test_a_month_without_anything_has_its_axis() -> None:
    assert texts(draw([])) == []
    assert texts(draw([0, 0, 0])) == ["1", "2", "3"]
    for counts in ([], [0, 0, 0]):
        assert [one.get("class") for one in draw(counts).iter("line")] == ["axis"]


def test_no_number_has_an_exponent() -> None:
    made = day_bars(
        [(FIRST, 1), (FIRST, 10**12)], title="t", description="d", label=lambda on, count: ""
    )
    assert not re.search(r'="[^"]*\de[-+]', made)


def drawn(counts: list[int]) -> list[tuple[float, float]]:
    """Return (left, height) of each bar of a spark."""
    chart = ElementTree.fromstring(str(spark(counts, title=EVIL, description=f"of {EVIL}")))
    assert {name for one in chart.iter() for name in one.attrib} <= {*ALLOWED, "d"}
    assert (chart.findtext("title"), chart.findtext("desc")) == (EVIL, f"of {EVIL}")
    (path,) = chart.iter("path")
    found = re.findall(r"M(\d+) 23v-([\d.]+)h8v([\d.]+)z", path.get("d", ""))
    assert len(found) == path.get("d", "").count("M")
    assert all(up == down for _, up, down in found)
    assert all(int(left) + 8 <= int(chart.get("width", "")) for left, _, _ in found)
    return [(float(left), float(up)) for left, up, _ in found]


@given(COUNTS)
def test_a_spark_has_a_bar_for_all_that_is_not_nothing(counts: list[int]) -> None:
    bars = drawn(counts)
    there = [(place * 11, count) for place, count in enumerate(counts) if count > 0]
    assert [left for left, _ in bars] == [left for left, _ in there]
    assert all(2 <= high <= 23 for _, high in bars)
    ranked = [
        high for (_, _), (_, high) in sorted(zip(((c, n) for n, c in there), bars, strict=True))
    ]
    assert ranked == sorted(ranked)


def test_a_spark_reaches_from_its_axis_to_its_top() -> None:
    assert drawn([0, 0, 4, 2, 0, 0, 0, 1]) == [(22, 23), (33, 11.5), (77, 5.75)]
    assert drawn([0] * 8) == drawn([]) == []
