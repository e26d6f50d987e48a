"""What a self-paying worker owes, by contribution month: a dated table, not a constant.

JKK is 1% and JHT 2% of the income band's base wage, JKM one flat amount; PP 50/2025
halves JKK and JKM for some sectors, payers and months. Source: DOMAIN.md section 2
(PP 44/2015 annex II, PP 49/2023, PP 50/2025). Whole rupiah throughout: `load_tariff`
refuses a table that would give fractions.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from schemas.months import check_without_holes, month_number, month_text
from schemas.seeds import seed
from schemas.words import Programme

Amounts = Mapping[Programme, int]


class TariffMissing(LookupError):
    """The tariff has no rule for a month, sector and payer."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for one payer and sector from month `first` to `last`, both included.

    Months are numbers (schemas/months.py); no `last` is until further notice.
    `amounts[i]` is a month's rupiah by programme for incomes from `bounds[i]` on;
    `factors` what is asked of each programme, in percent.
    """

    first: int
    last: int | None
    bounds: tuple[int, ...]
    amounts: tuple[Amounts, ...]
    factors: Mapping[str, int]

    def holds_in(self, month: int) -> bool:
        return self.first <= month and (self.last is None or month <= self.last)


@dataclass(frozen=True, slots=True, eq=False)
class Tariff:
    """A whole tariff: rules in order of time by (sector, payer); made by `load_tariff`.

    `bounds` are the lower bounds of all its bands. Two tariffs are equal only if they are
    one object: what is due is remembered by tariff, and comparing tables would cost more
    than reckoning.
    """

    rules: Mapping[tuple[str, str], tuple[Rule, ...]]
    bounds: tuple[int, ...]

    def rule_for(self, sector: str, payer: str, month: int) -> Rule:
        for rule in self.rules.get((sector, payer), ()):
            if rule.holds_in(month):
                return rule
        raise TariffMissing("the tariff has no rule for this month, sector and payer")


@dataclass(frozen=True, slots=True)
class MonthDue:
    """What is due for one contribution month ("2026-11"), in rupiah."""

    month: str
    amounts: Amounts
    total: int


@dataclass(frozen=True, slots=True)
class Due:
    """What is due for a run of months, in rupiah: by month, by programme, and in all."""

    months: tuple[MonthDue, ...]
    per_programme: Amounts
    total: int


def load_tariff(items: Iterable[Mapping[str, Any]]) -> Tariff:
    """Make a tariff of the items of the reference list `tariff` (sync/PROTOCOL.md).

    ValueError where a member is missing or of the wrong form, where for one sector and
    payer a month has two rules or, between the first and the last, none, or where an
    amount would not be whole rupiah. Members and sectors that it does not know stop nothing.
    """
    rules: dict[tuple[str, str], list[Rule]] = {}
    for number, item in enumerate(items, start=1):
        try:
            rules.setdefault((item["sector"], item["payer"]), []).append(_rule(item))
        except (KeyError, TypeError, ValueError) as problem:
            raise ValueError(f"tariff item {number}: {problem!r}") from problem
    for key, dated in rules.items():
        try:
            check_without_holes((rule.first, rule.last) for rule in dated)
        except ValueError as problem:
            raise ValueError(f"tariff for {key[0]}, {key[1]}: {problem}") from problem
        dated.sort(key=lambda rule: rule.first)
    every_bound = {bound for dated in rules.values() for rule in dated for bound in rule.bounds}
    return Tariff(
        rules=MappingProxyType({key: tuple(dated) for key, dated in rules.items()}),
        bounds=tuple(sorted(every_bound)),
    )


@cache
def seed_tariff() -> Tariff:
    """Give the tariff that the project ships (data/tariff.json)."""
    return load_tariff(seed("tariff").items)


def contribution_due(
    income: int,
    programmes: Iterable[str],
    sector: str,
    payer: str,
    first_month: str,
    months: int,
    tariff: Tariff,
) -> Due:
    """Reckon what is due for `months` months from `first_month` ("2026-11") on.

    `income` is rupiah a month; its band is the one of greatest lower bound not above it.
    Whether the programmes may stand together is not asked here.

    TariffMissing where a month, sector or payer has no rule; ValueError where income is
    under every band, `months` under 1, a programme unknown, or `first_month` no month.
    """
    place = bisect_right(tariff.bounds, income)
    if not place:
        raise ValueError("income is under every band of the tariff")
    # All incomes between two bounds owe the same, so they share one remembered answer.
    bound = tariff.bounds[place - 1]
    return _due(bound, tuple(programmes), sector, payer, first_month, months, tariff)


def relief_until(sector: str, payer: str, month: str, tariff: Tariff) -> str | None:
    """Give the last month ("2026-12") of the reduced rate that is in force in `month`.

    None where the full rate is in force, or where the reduced one has no known end.
    TariffMissing and ValueError as in `contribution_due`.
    """
    number = month_number(month)
    factors = tariff.rule_for(sector, payer, number).factors
    if all(percent >= 100 for percent in factors.values()):
        return None
    # A change of the bands alone splits the rule, but does not end the relief.
    last: int | None = number
    for rule in tariff.rules[sector, payer]:
        if rule.last is not None and rule.last < number:
            continue
        if rule.factors != factors:
            break
        last = rule.last
    return None if last is None else month_text(last)


@lru_cache(maxsize=4096)
def _due(
    income: int,
    programmes: tuple[str, ...],
    sector: str,
    payer: str,
    first_month: str,
    months: int,
    tariff: Tariff,
) -> Due:
    if months < 1:
        raise ValueError("a contribution is for one month at least")
    chosen = sorted({Programme(programme) for programme in programmes})
    first = month_number(first_month)
    due = tuple(
        _month_due(income, chosen, tariff.rule_for(sector, payer, month), month)
        for month in range(first, first + months)
    )
    by_programme = {one: sum(month.amounts[one] for month in due) for one in chosen}
    return Due(due, MappingProxyType(by_programme), sum(month.total for month in due))


def _month_due(income: int, chosen: list[Programme], rule: Rule, month: int) -> MonthDue:
    amounts = rule.amounts[bisect_right(rule.bounds, income) - 1]
    asked = {programme: amounts[programme] for programme in chosen}
    return MonthDue(month_text(month), MappingProxyType(asked), sum(asked.values()))


def _rule(item: Mapping[str, Any]) -> Rule:
    until = item.get("until")
    bounds, bases = zip(*item["bands"], strict=True)
    if bounds[0] != 0 or list(bounds) != sorted(set(bounds)):
        raise ValueError("bands must begin at 0 and rise")
    factors: dict[str, int] = {one: item["factor_percent"][one] for one in sorted(Programme)}
    numbers = (*bounds, *bases, item["jkk_bp"], item["jht_bp"], item["jkm"], *factors.values())
    if not all(type(number) is int and number >= 0 for number in numbers):
        raise ValueError("amounts, rates and factors must be whole numbers from 0 on")
    return Rule(
        first=month_number(item["from"]),
        last=None if until is None else month_number(until),
        bounds=bounds,
        amounts=tuple(_amounts(item, base) for base in bases),
        factors=MappingProxyType(factors),
    )


def _amounts(item: Mapping[str, Any], base: int) -> Amounts:
    """One band's rupiah a month by programme, exactly."""
    full = {  # in ten-thousandths of a rupiah, as rates are in basis points
        Programme.JHT: base * item["jht_bp"],
        Programme.JKK: base * item["jkk_bp"],
        Programme.JKM: item["jkm"] * 10_000,
    }
    amounts = {}
    for programme, ten_thousandths in full.items():
        amounts[programme], rest = divmod(
            ten_thousandths * item["factor_percent"][programme], 1_000_000
        )
        if rest:
            raise ValueError(f"{programme} of base wage {base} is not whole rupiah")
    return MappingProxyType(amounts)
