"""Numbers, days and moments the Indonesian way, in words of Indonesian or English.

`lang` is id or en. Points between thousands and in the time stand in both: an amount
must not read as another one where somebody changes the language. A zone is an IANA name.
"""

import re
from calendar import monthrange
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from schemas.envelope import parse_moment

NONE: Final = "–"
# CLDR has these short names in Indonesian alone.
_FORMULA: Final = re.compile(r"""(^|[;\r\n][\s"]*)([=+\-@\t\r\n＝＋－＠])""")
_ZONES: Final = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def number(value: int) -> str:
    """Return a whole number with points between thousands: 1.234.567."""
    return f"{value:,}".replace(",", ".")


def rupiah(value: int) -> str:
    """Return whole rupiah: Rp 16.800, never parted at the end of a line."""
    return f"Rp\u00a0{number(value)}"


def day(value: date | str, lang: str = "id") -> str:
    """Return a day, or its text 2026-11-20, as 20 November 2026; ValueError for no day."""
    return format_date(_day(value), "d MMMM y", locale=lang)


def short_day(value: date | str, lang: str = "id") -> str:
    """Return a day, or its text 2026-11-20, as 20 Nov 2026; ValueError for no day."""
    return format_date(_day(value), "d MMM y", locale=lang)


def day_of_year(month: int, on: int, lang: str = "id") -> str:
    """Return a day of any year: 17 Agustus; ValueError where no year has it."""
    return format_date(date(2000, month, on), "d MMMM", locale=lang)


def month_name(month: str, lang: str = "id") -> str:
    """Return a month 2026-11 as November 2026; ValueError for no month."""
    return format_date(date.fromisoformat(f"{month}-01"), "MMMM y", locale=lang)


def span(first: date, last: date, lang: str = "id") -> str:
    """Return a month as November 2026, a day as such, others as 1 Nov 2026 – 20 Nov 2026."""
    if first == last:
        return day(first, lang)
    if first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1]):
        return month_name(first.isoformat()[:7], lang)
    return f"{short_day(first, lang)} {NONE} {short_day(last, lang)}"


def moment(value: datetime | str | None, zone: str, lang: str = "id") -> str:
    """Return a moment, or its RFC 3339 text, as 20 Nov 2026 09.02 WITA; a dash for None.

    ValueError for a text that is no moment, and for a moment without its offset.
    """
    if value is None:
        return NONE
    local = _local(value, zone)
    return f"{short_day(local.date(), lang)} {local:%H.%M} {_ZONES.get(zone, zone)}"


def clock_time(value: datetime | str | None, zone: str) -> str:
    """Return a moment's time of day alone: 09.12; a dash for None. ValueError as `moment`."""
    return NONE if value is None else f"{_local(value, zone):%H.%M}"


def harmless(text: str) -> str:
    """Return a text for a cell: what a spreadsheet would take for a formula is none any more.

    Behind a semicolon too: where a comma stands before the decimals, as in Indonesia, a
    spreadsheet begins another cell there. Signs of full width count (OWASP, "CSV Injection").
    """
    return _FORMULA.sub(r"\1'\2", text)


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _local(value: datetime | str, zone: str) -> datetime:
    known = parse_moment(value) if isinstance(value, str) else value
    if known is None or known.utcoffset() is None:
        raise ValueError("a moment needs its offset")
    try:
        return known.astimezone(ZoneInfo(zone))
    except OverflowError:  # a clock at either end of all years has no other time of day
        return known
