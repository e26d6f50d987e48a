"""Spans of days: how they are written, and of which periods they consist; pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple

YEARS: Final = 10
"""No span is longer."""
_DAY: Final = timedelta(days=1)
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


def year_of(day: date) -> str:
    """Return a day's year: 2026."""
    return f"{day.year:04}"


class Part(NamedTuple):
    """A year, quarter or month, or days where `period` is None; to be taken away at sign -1."""

    sign: int
    period: str | None
    first: date
    last: date

    @property
    def cost(self) -> int:
        """Return how much there is to read, in days: of a day there is a line a record."""
        return ((self.last - self.first).days + 1) if self.period is None else _PERIOD_COST


_PERIOD_COST: Final = 5
_SIZES: Final = (12, 3, 1)
_NAMES: Final = {12: year_of, 3: quarter_of, 1: month_of}


def parts_of(first: date, last: date) -> list[Part]:
    """Return the little that a span adds up to: 29 days of November are all of it less one."""
    return _parts(first, last, _SIZES)


def _parts(first: date, last: date, sizes: tuple[int, ...]) -> list[Part]:
    if not sizes:
        return [Part(1, None, first, last)]
    parts = []
    for begin, end in _split(first, last, sizes[0]):
        parts += _parts_within(_period(begin, sizes[0]), begin, end, sizes[1:])
    return parts


def _parts_within(whole: Part, first: date, last: date, smaller: tuple[int, ...]) -> list[Part]:
    """Return what days of a period add up to: smaller ones, or the whole less the others."""
    if (first, last) == (whole.first, whole.last):
        return [whole]
    less = [whole]
    if first > whole.first:
        less += _taken_away(_parts(whole.first, first - _DAY, smaller))
    if last < whole.last:
        less += _taken_away(_parts(last + _DAY, whole.last, smaller))
    return min(_parts(first, last, smaller), less, key=_cost)


def _taken_away(parts: list[Part]) -> list[Part]:
    return [part._replace(sign=-part.sign) for part in parts]


def _cost(parts: list[Part]) -> int:
    return sum(part.cost for part in parts)


def _period(day: date, months: int) -> Part:
    """Return the period of so many months that a day is in."""
    first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    last = _end_of_month(first.replace(month=first.month + months - 1))
    return Part(1, _NAMES[months](first), first, last)


def target_of(first: date, last: date, monthly: dict[str, int]) -> int:
    """Return the target of a span: that of each month by its share of days, rounded once.

    `monthly` has the target of every month (`2026-11`) of the span.
    """
    shares = (
        Fraction(monthly[month_of(begin)] * ((end - begin).days + 1), _end_of_month(begin).day)
        for begin, end in _split(first, last)
    )
    return int(sum(shares, Fraction(1, 2)))


def months_in(first: date, last: date) -> list[str]:
    """Return the months of which a span has any day, in order."""
    return [month_of(begin) for begin, _ in _split(first, last)]


def _split(first: date, last: date, months: int = 1) -> list[tuple[date, date]]:
    """Part a span at the ends of months, quarters or years."""
    found = []
    while first <= last:
        end = min(_period(first, months).last, last)
        found.append((first, end))
        if end == last:  # there may be no day after it
            break
        first = end + _DAY
    return found


def _end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
