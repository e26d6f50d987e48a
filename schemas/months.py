"""Calendar months as text ("2026-11") and as numbers, and rules dated by them."""

import re
from collections.abc import Iterable

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


def month_number(text: str) -> int:
    """Count the months from year 0: "2026-11" is 24322. ValueError where it is no month."""
    found = _MONTH.fullmatch(text)
    if not found:
        raise ValueError("not a month like 2026-11")
    return int(found[1]) * 12 + int(found[2]) - 1


def month_text(number: int) -> str:
    """Write a month number as text: 24322 is "2026-11"."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def check_without_holes(spans: Iterable[tuple[int, int | None]]) -> None:
    """Check spans of months, each (first, last inclusive or None for "until further notice").

    ValueError, naming the month, where one begins before the former ends, does not
    begin right after it, or ends before it begins.
    """
    expected: int | None = None
    begun = False
    for first, last in sorted(spans, key=lambda span: span[0]):
        if begun and (expected is None or first < expected):
            raise ValueError(f"two rules hold in {month_text(first)}")
        if expected is not None and first > expected:
            raise ValueError(f"no rule holds in {month_text(expected)}")
        if last is not None and last < first:
            raise ValueError(f"a rule from {month_text(first)} ends before it begins")
        begun, expected = True, None if last is None else last + 1
