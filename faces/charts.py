"""Small charts as SVG, without scripts and styles of their own: lorong.css paints `.chart`.

Places across are in percent and heights in pixels, so that a chart takes the width it is
given, and its text keeps its size on a phone and on a wide screen; a calendar is all pixels.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from typing import Final

from babel.dates import format_date
from markupsafe import Markup

from faces.formats import number

HEIGHT: Final = 160
_TOP: Final = 22
_AXIS: Final = 132
_DAY_TEXT: Final = 152
_LEAST: Final = 2.0  # what is not nothing is seen, beside however much
_LABELS: Final = 6

_CHART: Final = Markup(
    '<svg class="chart" role="img" width="100%" height="{height}">'
    "<title>{title}</title><desc>{description}</desc>{inside}</svg>"
)
_DAY: Final = Markup(
    "<g><title>{told}</title>"
    '<rect class="day" x="{left}%" y="{top}" width="{slot}%" height="{room}" fill="none"'
    ' pointer-events="all"/>'
    '<rect class="bar" x="{bar_left}%" y="{bar_top}" width="{bar}%" height="{high}"/></g>'
)
_LINE: Final = Markup('<line class="{kind}" x1="0" x2="100%" y1="{y}" y2="{y}"/>')
_SPARK: Final = Markup(
    '<svg class="spark" role="img" width="{width}" height="{height}">'
    "<title>{title}</title><desc>{description}</desc>"
    '<line class="axis" x1="0" x2="{width}" y1="{axis}" y2="{axis}"/>'
    '<path class="bar" d="{path}"/></svg>'
)
_SPARK_HEIGHT: Final = 24
_SPARK_BAR: Final = 8
_SPARK_STEP: Final = 11
_TEXT: Final = Markup('<text x="{x}%" y="{y}" text-anchor="{anchor}">{text}</text>')

CELL: Final = 16
_PITCH: Final = 19
_LEFT: Final = 36
_HEAD: Final = 20
_SIZES: Final = (0, 4, 8, 12, 16)
"""How large a day's square is at each step: told by size, so that colour is not needed."""
_WEEK: Final = 7
_CALENDAR: Final = Markup(
    '<svg class="chart calendar" role="img" width="{width}" height="{height}">'
    "<title>{title}</title><desc>{description}</desc>{inside}</svg>"
)
_EMPTY: Final = f'<rect class="cell" x="{{x}}" y="{{y}}" width="{CELL}" height="{CELL}"/>'
_FULL: Final = Markup(
    "<g><title>{told}</title>{cell}"
    '<rect class="full" x="{x}" y="{y}" width="{size}" height="{size}"/></g>'
)
_NAME: Final = Markup('<text x="{x}" y="{y}">{text}</text>')
_A_MONDAY: Final = date(2026, 11, 16)


def day_bars(
    days: Sequence[tuple[date, int]],
    *,
    title: str,
    description: str,
    label: Callable[[date, int], str],
) -> Markup:
    """Draw one bar for each day, in the order given, 160 pixels high and as wide as its place.

    `label` tells one day with its count, for who points at it; the greatest count and about
    six days of the month stand at the axes. `title` and `description` are what is read out.
    Less than nothing is drawn as nothing.
    """
    most = max((count for _, count in days), default=0)
    slot = 100 / max(len(days), 1)
    step = max(1, ceil(len(days) / _LABELS))
    parts = [_LINE.format(kind="axis", y=_AXIS)]
    if most > 0:
        parts += [_LINE.format(kind="most", y=_TOP), _text(0, _TOP - 7, "start", number(most))]
    for place, (on, count) in enumerate(days):
        parts.append(_bar(place * slot, slot, _high(count, most), label(on, count)))
        if place % step == 0:
            parts.append(_text((place + 0.5) * slot, _DAY_TEXT, "middle", str(on.day)))
    inside = Markup("").join(parts)
    return _CHART.format(height=HEIGHT, title=title, description=description, inside=inside)


def spark(counts: Sequence[int], *, title: str, description: str) -> Markup:
    """Draw small bars in the order given, 24 pixels high and 11 wide each, for inside a table.

    `title` and `description` are what is read out. Less than nothing is drawn as nothing.
    """
    most, axis = max(counts, default=0), _SPARK_HEIGHT - 1
    bars = [(place * _SPARK_STEP, _tall(count, most, axis)) for place, count in enumerate(counts)]
    path = " ".join(
        f"M{left} {axis}v{_short(-high)}h{_SPARK_BAR}v{_short(high)}z"
        for left, high in bars
        if high
    )
    width = max(len(counts) * _SPARK_STEP - (_SPARK_STEP - _SPARK_BAR), 0)
    return _SPARK.format(
        width=width,
        height=_SPARK_HEIGHT,
        axis=axis + 0.5,
        title=title,
        description=description,
        path=path,
    )


def _high(count: int, most: int) -> float:
    return _tall(count, most, _AXIS - _TOP)


def _tall(count: int, most: int, room: int) -> float:
    return max(_LEAST, room * (count / most)) if count > 0 else 0.0


def _bar(left: float, slot: float, high: float, told: str) -> Markup:
    return _DAY.format(
        told=told,
        left=_short(left),
        top=_TOP,
        slot=_short(slot),
        room=_AXIS - _TOP,
        bar_left=_short(left + slot * 0.15),
        bar_top=_short(_AXIS - high),
        bar=_short(slot * 0.7),
        high=_short(high),
    )


def _text(x: float, y: int, anchor: str, text: str) -> Markup:
    return _TEXT.format(x=_short(x), y=y, anchor=anchor, text=text)


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def day_calendar(
    counts: Mapping[date, int],
    *,
    first: date,
    last: date,
    title: str,
    description: str,
    label: Callable[[date, int], str],
    lang: str = "id",
) -> Markup:
    """Draw the days from `first` to `last`: weeks from left to right, Monday on top.

    A day's square is the larger the more it counts, in steps of a quarter of the most; a day
    that is not in `counts` counts nothing, and is an empty box. `label` tells one day that
    counts, for who points at it; `title` and `description` are read out. As wide as its weeks
    need, in pixels.
    """
    monday = first - timedelta(days=first.weekday())
    weeks = (last - monday).days // _WEEK + 1
    most = max(counts.values(), default=0)
    parts = [
        _NAME.format(x=0, y=_HEAD + place * _PITCH + 13, text=_day_name(place, lang))
        for place in range(0, _WEEK, 2)
    ]
    months = _month_names(monday, first, weeks, lang)
    parts += [_NAME.format(x=_LEFT + week * _PITCH, y=13, text=name) for week, name in months]
    for place in range((last - first).days + 1):
        on = first + timedelta(days=place)
        count = counts.get(on, 0)
        week, row = divmod((on - monday).days, _WEEK)
        told = label(on, count) if count > 0 else ""
        parts.append(_cell(week, row, step_of(count, most), told))
    return _CALENDAR.format(
        width=_LEFT + weeks * _PITCH + _LEFT,  # the last month's name may go beyond its weeks
        height=_HEAD + _WEEK * _PITCH,
        title=title,
        description=description,
        inside=Markup("").join(parts),
    )


def step_of(count: int, most: int) -> int:
    """Return the step of a count, 0 to 4: 0 is nothing, 4 the last quarter up to the most."""
    return min(4, -(-4 * count // most)) if count > 0 and most > 0 else 0


def _cell(week: int, row: int, step: int, told: str) -> Markup:
    x, y = _LEFT + week * _PITCH, _HEAD + row * _PITCH
    cell = Markup(_EMPTY.format(x=x, y=y))  # noqa: S704 - whole numbers alone
    if step == 0:
        return cell
    size = _SIZES[step]
    inset = (CELL - size) // 2
    return _FULL.format(told=told, cell=cell, x=x + inset, y=y + inset, size=size)


def _month_names(monday: date, first: date, weeks: int, lang: str) -> list[tuple[int, str]]:
    """Return the months' names with the week over which each stands, none over another."""
    found: list[tuple[int, str]] = []
    for week in range(weeks):
        on = max(first, monday + timedelta(days=week * _WEEK))
        name = format_date(on, "MMM", locale=lang)
        if not found or (found[-1][1] != name and week - found[-1][0] > 1):
            found.append((week, name))
    return found


def _day_name(place: int, lang: str) -> str:
    return format_date(_A_MONDAY + timedelta(days=place), "EEE", locale=lang)
