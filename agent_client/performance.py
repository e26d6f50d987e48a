"""How an agent does this month and did the month before: the office's figures, and what waits.

The office counts; the laptop only adds what the line has not carried yet, and an estimate
of the incentive out of what it knows itself. What an office of another version leaves out
is None here.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from agent_client.clock import likely_time
from agent_client.lists import incentive_rules
from agent_client.store import device, exchange, shares
from agent_client.store.shares import Share
from agent_client.vault import Vault
from schemas.envelope import parse_moment
from schemas.incentive import (
    Incentive,
    IncentiveMissing,
    IncentiveRules,
    NewMember,
    estimate,
    rule_of,
)

Days = tuple[tuple[date, int], ...]
"""A number for each day, in order."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A month's incentive as far as this laptop can reckon it; whole rupiah.

    `counted` are the new members of this laptop that count towards `minimum`, the number
    from which the bonus is paid. `earlier_members` says whether the later payments of members
    of earlier months are in it: a laptop does not know them.
    """

    incentive: Incentive
    counted: int
    minimum: int
    earlier_members: bool = False

    @property
    def lacking(self) -> int:
        """How many new members are still wanted for the bonus."""
        return max(self.minimum - self.counted, 0)


@dataclass(frozen=True, slots=True)
class Month:
    """One month's figures ("2026-11"); rupiah; None for what the office has not told.

    `days` has the accepted of every day (of this month: so far), `unsent` the captures that
    still wait, by day, which are in none of the other figures. `estimate` is None where no
    rule holds.
    """

    month: str
    target: int | None
    accepted: int | None
    duplicate: int | None
    in_review: int | None
    rejected: int | None
    superseded: int | None
    rank: int | None
    of: int | None
    contribution: int | None
    jht: int | None
    days: Days
    unsent: Days
    estimate: Estimate | None

    @property
    def percent(self) -> int | None:
        """How much of the target is reached, in whole percent, cut."""
        if self.accepted is None or not self.target:
            return None
        return self.accepted * 100 // self.target


@dataclass(frozen=True, slots=True)
class Performance:
    """This month and the one before, as of the office's last word, None before the first."""

    as_of: datetime | None
    this: Month
    previous: Month


@dataclass(frozen=True, slots=True)
class Own:
    """What the laptop knows itself, of the month before this one and later."""

    accepted: Sequence[Share]
    unsent: Sequence[tuple[date, int]]


def read_performance(vault: Vault, now: datetime) -> Performance:
    """Read how the agent does; `now` is the laptop's clock."""
    with vault.reading() as tx:
        zone = device.zone_of(device.device(tx))
        last = exchange.last_exchange(tx)
        likely = likely_time(now, last.clock_offset_s, parse_moment(last.office_time))
        today = likely.astimezone(zone).date()
        since = _month_before(today)
        own = Own(shares.accepted_shares(tx, since), shares.waiting_days(tx, since))
        return performance_of(last.performance or {}, own, incentive_rules(tx), today)


def performance_of(
    told: Mapping[str, Any], own: Own, rules: IncentiveRules, today: date
) -> Performance:
    """Put together what the office told (sync/PROTOCOL.md, `performance`) and the laptop's own.

    `today` is the day in the office's zone.
    """
    before = _month_before(today)
    end_before = before.replace(day=monthrange(before.year, before.month)[1])
    return Performance(
        as_of=parse_moment(told.get("as_of")),
        this=_month(told, own, rules, today),
        previous=_month(told, own, rules, end_before),
    )


def _month(told: Mapping[str, Any], own: Own, rules: IncentiveRules, last: date) -> Month:
    """The month that ends, or has come so far, with the day `last`."""
    month = f"{last:%Y-%m}"
    figures = _told_of(told, month)
    by_day = {str(one.get("date")): one.get("accepted") for one in _bodies(figures.get("days"))}
    every_day = [last.replace(day=number) for number in range(1, last.day + 1)]
    return Month(
        month=month,
        **{name: _whole(figures.get(name)) for name in _FIGURES},
        days=tuple((day, _whole(by_day.get(day.isoformat())) or 0) for day in every_day),
        unsent=tuple((day, count) for day, count in own.unsent if f"{day:%Y-%m}" == month),
        estimate=_estimate(month, own.accepted, rules),
    )


_FIGURES: Final = (
    "target",
    "accepted",
    "duplicate",
    "in_review",
    "rejected",
    "superseded",
    "rank",
    "of",
    "contribution",
    "jht",
)


def _estimate(month: str, accepted: Sequence[Share], rules: IncentiveRules) -> Estimate | None:
    try:
        rule = rule_of(month, rules)
    except IncentiveMissing:
        return None
    new = [
        NewMember(share.programmes, share.contribution, registered_before=share.prior_member)
        for share in accepted
        if share.work_date.isoformat().startswith(month)
        and share.programmes is not None
        and share.programmes in rule.bonuses
        and share.contribution is not None
    ]
    counted = sum(not member.registered_before for member in new)
    return Estimate(estimate(month, new, {}, rules), counted, rule.minimum_new)


def _told_of(told: Mapping[str, Any], month: str) -> Mapping[str, Any]:
    found = (one for one in _bodies(told.get("months")) if one.get("month") == month)
    return next(found, {})


def _bodies(members: object) -> list[dict[str, Any]]:
    listed = members if isinstance(members, list) else []
    return [one for one in listed if isinstance(one, dict)]


def _whole(value: object) -> int | None:
    return value if type(value) is int else None


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
