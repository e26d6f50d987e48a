"""An estimate of an agent's incentive for a month, by dated rules.

Only an estimate: BPJS Ketenagakerjaan reckons and pays, after tax. Source: DOMAIN.md
section 4 (Perdir 13/PERDIR.02/042022 and what the Wadah publish of it).
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from schemas.months import check_without_holes, month_number
from schemas.seeds import seed


class IncentiveMissing(LookupError):
    """No incentive rule holds in a month."""


@dataclass(frozen=True, slots=True)
class NewMember:
    """A member acquired in the month.

    `programmes` is how many (2 or 3), `contribution_received` rupiah that came in for them
    in the month; `registered_before` says that the NIK was in the BPU segment already.
    """

    programmes: int
    contribution_received: int
    registered_before: bool = False


@dataclass(frozen=True, slots=True)
class Incentive:
    """Rupiah: the two parts, their sum for the agent, and the Wadah's fee on top of it."""

    acquisition: int
    contribution: int
    total: int
    wadah_fee: int


@dataclass(frozen=True, slots=True)
class IncentiveRule:
    """What holds from month `first` to `last` (numbers as in schemas/months.py).

    `bonuses` is rupiah a new member by number of programmes, due from `minimum_new` new
    members on. `percents[i]` of contributions is due from month `ages[i]` of a membership.
    """

    first: int
    last: int | None
    minimum_new: int
    bonuses: Mapping[int, int]
    ages: tuple[int, ...]
    percents: tuple[int, ...]
    wadah_percent: int

    def percent_at(self, age: int) -> int:
        """Give the percentage for a month of membership; the month of acquisition is 1."""
        place = bisect_right(self.ages, age)
        return self.percents[place - 1] if place else 0


IncentiveRules = tuple[IncentiveRule, ...]


def load_incentive(items: Iterable[Mapping[str, Any]]) -> IncentiveRules:
    """Make rules of the items of the reference list `incentive`.

    Each `{from, until?, minimum_new, bonus: {"2", "3"}, contribution: [[age, percent]],
    wadah_percent}`. ValueError where a member is missing or of the wrong form, or where a
    month has two rules or, between the first and the last, none.
    """
    try:
        rules = sorted((_rule(item) for item in items), key=lambda rule: rule.first)
    except (KeyError, TypeError) as problem:
        raise ValueError(f"incentive rule: {problem!r}") from problem
    check_without_holes((rule.first, rule.last) for rule in rules)
    return tuple(rules)


@cache
def seed_incentive() -> IncentiveRules:
    """Give the rules that the project ships (data/incentive.json)."""
    return load_incentive(seed("incentive").items)


def estimate(
    month: str,
    new: Sequence[NewMember],
    received: Mapping[int, int],
    rules: IncentiveRules,
) -> Incentive:
    """Estimate one agent's incentive for a month ("2026-11").

    `new` are the month's new members. `received` is rupiah that came in for earlier
    members, by month of membership: 1 is the month of acquisition (or re-acquisition of
    one who had lapsed), 24 the last of the first two years. New members count as 1.

    Only NIKs never registered in the BPU segment count towards the minimum and earn the
    bonus. All percentages are summed before they are cut to whole rupiah, downwards,
    once; so is the Wadah's fee.

    IncentiveMissing where no rule holds in the month; ValueError for a number of
    programmes that the rule does not know.
    """
    rule = rule_of(month, rules)
    acquisition = _acquisition(new, rule)
    hundredths = sum(rule.percent_at(age) * rupiah for age, rupiah in received.items())
    hundredths += rule.percent_at(1) * sum(member.contribution_received for member in new)
    contribution = hundredths // 100
    total = acquisition + contribution
    return Incentive(acquisition, contribution, total, total * rule.wadah_percent // 100)


def rule_of(month: str, rules: IncentiveRules) -> IncentiveRule:
    """Return the rule that holds in a month ("2026-11"); IncentiveMissing where none does."""
    number = month_number(month)
    for rule in rules:
        if rule.first <= number and (rule.last is None or number <= rule.last):
            return rule
    raise IncentiveMissing("no incentive rule holds in this month")


def _acquisition(new: Sequence[NewMember], rule: IncentiveRule) -> int:
    if any(member.programmes not in rule.bonuses for member in new):
        raise ValueError("a new member has 2 or 3 programmes")
    first_time = [member for member in new if not member.registered_before]
    if len(first_time) < rule.minimum_new:
        return 0
    return sum(rule.bonuses[member.programmes] for member in first_time)


def _rule(item: Mapping[str, Any]) -> IncentiveRule:
    until = item.get("until")
    ages, percents = zip(*item["contribution"], strict=True)
    if list(ages) != sorted(set(ages)):
        raise ValueError("months of membership must rise")
    bonuses = {int(programmes): rupiah for programmes, rupiah in item["bonus"].items()}
    numbers = (item["minimum_new"], item["wadah_percent"], *bonuses.values(), *ages, *percents)
    if not all(type(number) is int and number >= 0 for number in numbers):
        raise ValueError("amounts and percentages must be whole numbers from 0 on")
    return IncentiveRule(
        first=month_number(item["from"]),
        last=None if until is None else month_number(until),
        minimum_new=item["minimum_new"],
        bonuses=MappingProxyType(bonuses),
        ages=ages,
        percents=percents,
        wadah_percent=item["wadah_percent"],
    )
