"""Spans of days: how they are written, and of which months and quarters they consist; pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple

YEARS: Final = 10
"""No span is longer."""
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")


class Basis(StrEnum):
    """By which day a record counts: that of its capture, or that of its receipt."""

    WORK = "work"
    RECEIVED = "received"


class SpanUnreadable(ValueError):
    """A text is no span of days; `code` says why: `span_unreadable` or `span_too_long`."""

    def __init__(self, code: str = "span_unreadable") -> None:
        """Say why."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Asked:
    """What a leaderboard is asked for: a span of days, and whose and where.

    `offices` are the ids that are asked for, None for all; `kecamatan` and `kelurahan` are
    codes of schemas.regions.
    """

    first: date
    last: date
    basis: Basis | str = Basis.WORK
    offices: frozenset[str] | None = None
    kecamatan: str | None = None
    kelurahan: str | None = None


def month_span(text: str) -> tuple[date, date]:
    """Return the first and last day of a month `2026-11`; SpanUnreadable where it is none."""
    # strptime alone takes 2026-1 and digits of any script as well.
    if not _MONTH.fullmatch(text):
        raise SpanUnreadable
    try:
        first = datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        raise SpanUnreadable from None
    return first, _end_of_month(first)


def span_of(text: str) -> tuple[date, date]:
    """Return the first and last day of `2026-11`, `2026-W47` or `2026-11-01..2026-11-20`.

    Raises SpanUnreadable where it is none of these, ends before it begins, or is longer than
    ten years.
    """
    if _MONTH.fullmatch(text):
        return month_span(text)
    week, days = _WEEK.fullmatch(text), _DAYS.fullmatch(text)
    try:
        if week is not None:
            first = date.fromisocalendar(int(week[1]), int(week[2]), 1)
            return first, first + timedelta(days=6)
        first, last = map(date.fromisoformat, days.groups() if days is not None else ())
    except (ValueError, OverflowError):
        raise SpanUnreadable from None
    if last < first:
        raise SpanUnreadable
    if (last.year - YEARS, last.month, last.day) >= (first.year, first.month, first.day):
        raise SpanUnreadable("span_too_long")
    return first, last


def month_of(day: date) -> str:
    """Return a day's month: 2026-11."""
    return day.isoformat()[:7]


def quarter_of(day: date) -> str:
    """Return a day's quarter of the year: 2026-Q4."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


class Parts(NamedTuple):
    """What a span consists of: whole quarters and months, and the days that are left."""

    periods: list[str]
    days: list[tuple[date, date]]


def parts_of(first: date, last: date) -> Parts:
    """Return the fewest quarters and months that lie in a span, with the days around them."""
    parts = Parts([], [])
    for begin, end in _months(first, last):
        if begin.day != 1 or end != _end_of_month(begin):
            parts.days.append((begin, end))
        else:
            parts.periods.append(month_of(begin))
            third = [f"{begin.year:04}-{begin.month - back:02}" for back in (2, 1, 0)]
            if begin.month % 3 == 0 and parts.periods[-3:] == third:
                parts.periods[-3:] = [quarter_of(begin)]
    return parts


def target_of(first: date, last: date, monthly: dict[str, int]) -> int:
    """Return the target of a span: that of each month by its share of days, rounded once.

    `monthly` has the target of every month (`2026-11`) of the span.
    """
    shares = (
        Fraction(monthly[month_of(begin)] * ((end - begin).days + 1), _end_of_month(begin).day)
        for begin, end in _months(first, last)
    )
    return int(sum(shares, Fraction(1, 2)))


def months_in(first: date, last: date) -> list[str]:
    """Return the months of which a span has any day, in order."""
    return [month_of(begin) for begin, _ in _months(first, last)]


def _months(first: date, last: date) -> list[tuple[date, date]]:
    """Part a span at the ends of months."""
    found = []
    while first <= last:
        end = min(_end_of_month(first), last)
        found.append((first, end))
        if end == last:  # there may be no day after it
            break
        first = end + timedelta(days=1)
    return found


def _end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
