"""Small charts as SVG, without scripts and styles of their own: lorong.css paints `.chart`.

Places across are in percent and heights in pixels, so that a chart takes the width it is
given, and its text keeps its size on a phone and on a wide screen.
"""

from collections.abc import Callable, Sequence
from datetime import date
from math import ceil
from typing import Final

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
_TEXT: Final = Markup('<text x="{x}%" y="{y}" text-anchor="{anchor}">{text}</text>')


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


def _high(count: int, most: int) -> float:
    return max(_LEAST, (_AXIS - _TOP) * (count / most)) if count > 0 else 0.0


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
