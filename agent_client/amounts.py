"""A contribution as it is told at the door: by programme and month, like months together; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from schemas.tariff import Due, MonthDue, Tariff, TariffMissing, relief_until


@dataclass(frozen=True, slots=True)
class Span:
    """Months that cost the same: first and last ("2026-11"), how many, rupiah a month."""

    first: str
    last: str
    count: int
    amounts: Mapping[str, int]
    each: int
    total: int


def spans(due: Due) -> list[Span]:
    """Return the months of a contribution, neighbours that cost the same as one span."""
    found = []
    for _, same in groupby(due.months, key=lambda month: dict(month.amounts)):
        months = list(same)
        found.append(_span(months))
    return found


def relief_of(content: Mapping[str, Any], tariff: Tariff) -> str | None:
    """Return the last month of the reduced rate that holds for a content, None where none does."""
    try:
        sector, payer, month = (str(content[name]) for name in ("sector", "payer", "first_month"))
        return relief_until(sector, payer, month, tariff)
    except (KeyError, TariffMissing, ValueError):
        return None


def _span(months: list[MonthDue]) -> Span:
    first = months[0]
    return Span(
        first=first.month,
        last=months[-1].month,
        count=len(months),
        amounts={str(programme): amount for programme, amount in first.amounts.items()},
        each=first.total,
        total=sum(month.total for month in months),
    )
