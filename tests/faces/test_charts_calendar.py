"""A calendar of days: each day in its week, told by size and in words."""

from datetime import date, timedelta
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from faces.charts import CELL, day_calendar, step_of

LAST = date(2026, 11, 20)
EVIL = '<script>alert(1)</script> & "it\'s"'
DAYS = st.integers(1, 366)
ALLOWED = {"class", "role", "width", "height", "x", "y"}


def draw(days: int, counts: dict[int, int], lang: str = "id") -> ElementTree.Element:
    """Return the calendar of so many days; `counts` by how many days before the last."""
    made = day_calendar(
        {LAST - timedelta(back): count for back, count in counts.items()},
        first=LAST - timedelta(days - 1),
        last=LAST,
        title=EVIL,
        description=f"of {EVIL}",
        label=lambda on, count: f"{on}: {count} {EVIL}",
        lang=lang,
    )
    return ElementTree.fromstring(str(made))


def boxes(chart: ElementTree.Element, kind: str = "cell") -> list[ElementTree.Element]:
    """Return the boxes of the days, or what they are filled with."""
    return [one for one in chart.iter("rect") if one.get("class") == kind]


def at(box: ElementTree.Element, name: str) -> int:
    return int(box.get(name, ""))


@given(DAYS, st.dictionaries(st.integers(0, 400), st.integers(-3, 60)))
def test_every_day_has_a_box_of_its_own_in_the_picture(days: int, counts: dict[int, int]) -> None:
    chart = draw(days, counts)
    made = boxes(chart)
    assert len(made) == days
    assert len({(at(box, "x"), at(box, "y")) for box in made}) == days
    assert all(0 <= at(box, "x") <= at(chart, "width") - CELL for box in made)
    assert all(0 <= at(box, "y") <= at(chart, "height") - CELL for box in made)
    full = boxes(chart, "full")
    assert len(full) == sum(count > 0 for back, count in counts.items() if back < days)
    assert all(0 < at(one, "width") == at(one, "height") <= CELL for one in full)


@given(DAYS, st.dictionaries(st.integers(0, 365), st.integers(0, 60)))
def test_it_has_no_script_no_style_and_nothing_that_runs(days: int, counts: dict[int, int]) -> None:
    chart = draw(days, counts)
    assert {one.tag for one in chart.iter()} <= {"svg", "title", "desc", "g", "rect", "text"}
    assert {name for one in chart.iter() for name in one.attrib} <= ALLOWED


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_more_is_never_a_smaller_step(one: int, two: int) -> None:
    less, more = sorted((one, two))
    assert 0 <= step_of(less, more) <= step_of(more, more) <= 4
    assert (step_of(less, more) > 0) == (less > 0)


def test_a_week_goes_down_and_begins_on_monday() -> None:
    friday = boxes(draw(1, {}))[0]
    monday, *_, sunday = boxes(draw(12, {}))[:7]
    assert at(monday, "x") == at(sunday, "x") < at(friday, "x") + CELL * 2
    assert at(monday, "y") < at(friday, "y") < at(sunday, "y")


def test_it_is_told_in_words() -> None:
    chart = draw(3, {0: 4, 1: 1, 2: 0})
    assert chart.get("role") == "img"
    assert [child.tag for child in chart][:2] == ["title", "desc"]
    assert [one.text for one in chart.iter("title")] == [
        EVIL,
        f"2026-11-19: 1 {EVIL}",
        f"2026-11-20: 4 {EVIL}",
    ]
    assert chart.findtext("desc") == f"of {EVIL}"
    sizes = [at(one, "width") for one in boxes(chart, "full")]
    assert sizes == [4, CELL]


def test_days_and_months_have_their_names() -> None:
    named = [one.text for one in draw(60, {}).iter("text")]
    assert named == ["Sen", "Rab", "Jum", "Min", "Sep", "Okt", "Nov"]
    named = [one.text for one in draw(60, {}, "en").iter("text")]
    assert named == ["Mon", "Wed", "Fri", "Sun", "Sep", "Oct", "Nov"]
