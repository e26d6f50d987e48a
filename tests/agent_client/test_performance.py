"""How an agent does: the office's figures, what waits apart from them, an estimate."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from agent_client.performance import Own, Performance, performance_of, read_performance
from agent_client.store.shares import Share
from schemas.incentive import IncentiveRules, load_incentive, seed_incentive
from schemas.seeds import seed
from sync.problems import LineProblem
from tests.agent_client.laptops import open_vault
from tests.agent_client.office_line import AgentLaptop
from tests.builders import content
from tests.offices import START

TODAY = date(2026, 11, 20)
OCTOBER = date(2026, 10, 31)


def performance(
    told: dict[str, Any] | None = None,
    accepted: tuple[Share, ...] = (),
    unsent: tuple[tuple[date, int], ...] = (),
    rules: IncentiveRules | None = None,
    today: date = TODAY,
) -> Performance:
    rules = seed_incentive() if rules is None else rules
    return performance_of(told or {}, Own(accepted, unsent), rules, today)


def share(day: date = TODAY, **more: Any) -> Share:
    return Share(
        **{
            "work_date": day,
            "programmes": 2,
            "contribution": 16_800,
            "prior_member": False,
            **more,
        }
    )


def test_the_offices_figures_are_taken_as_they_are() -> None:
    days = [{"date": "2026-11-03", "accepted": 4}, {"date": "2026-11-20", "accepted": 5}]
    figures = {"target": 25, "accepted": 9, "duplicate": 1, "in_review": 2, "rejected": 3}
    more = {"rank": 2, "of": 7, "contribution": 150_000, "jht": 20_000, "days": days, "new": 1}
    before = {"month": "2026-10", "target": 30, "accepted": 31, "days": []}
    told = {
        "as_of": "2026-11-20T02:00:00.000Z",
        "months": [{"month": "2026-11", **figures, **more}, before],
    }
    found = performance(told)
    assert found.as_of == datetime(2026, 11, 20, 2, tzinfo=UTC)
    assert {name: getattr(found.this, name) for name in figures} == figures
    assert (found.this.rank, found.this.of, found.this.percent) == (2, 7, 36)
    assert (found.this.contribution, found.this.jht) == (150_000, 20_000)
    assert [count for _, count in found.this.days] == [0, 0, 4, *[0] * 16, 5]
    assert found.this.days[0][0] == date(2026, 11, 1)
    assert (found.previous.month, found.previous.percent) == ("2026-10", 103)
    assert (len(found.previous.days), found.previous.days[-1]) == (31, (OCTOBER, 0))


def test_figures_of_months_gone_by_are_not_shown_as_this_months() -> None:
    told = {"months": [{"month": "2026-11", "accepted": 9}, {"month": "2026-10", "accepted": 4}]}
    found = performance(told, today=date(2026, 12, 1))
    assert (found.this.month, found.this.accepted, len(found.this.days)) == ("2026-12", None, 1)
    assert (found.previous.month, found.previous.accepted) == ("2026-11", 9)
    assert performance(told, today=date(2027, 1, 5)).previous.month == "2026-12"


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"months": 7, "as_of": 7},
        {"months": [7, {"month": None}, {"month": ["2026-11"]}]},
        {"months": [{"month": "2026-11", "accepted": "9", "target": True, "days": 7}]},
        {"months": [{"month": "2026-11", "target": 0, "days": [7, {}, {"date": ["x"]}]}]},
        {"months": [{"month": "2026-11", "days": [{"date": "2026-11-20", "accepted": "9"}]}]},
    ],
)
def test_what_an_office_of_another_version_leaves_out_is_unknown(odd: dict[str, Any]) -> None:
    found = performance(odd)
    assert (found.as_of, found.this.accepted, found.this.percent) == (None, None, None)
    assert {count for _, count in found.this.days} == {0}


def test_what_waits_stands_apart_in_its_own_month() -> None:
    unsent = ((date(2026, 10, 30), 3), (OCTOBER, 1), (TODAY, 2))
    found = performance(unsent=unsent)
    assert found.previous.unsent == ((date(2026, 10, 30), 3), (OCTOBER, 1))
    assert found.this.unsent == ((TODAY, 2),)
    assert found.this.days[-1] == (TODAY, 0)


def test_the_bonus_begins_with_the_minimum() -> None:
    few, enough = (performance(accepted=(share(),) * count).this.estimate for count in (24, 25))
    assert few is not None
    assert enough is not None
    assert (few.counted, few.minimum, few.lacking) == (24, 25, 1)
    assert few.incentive.acquisition == 0
    assert few.incentive.contribution == 24 * 16_800 * 15 // 100
    assert (enough.lacking, enough.incentive.acquisition) == (0, 250_000)
    assert enough.incentive.total == 250_000 + 25 * 16_800 * 15 // 100
    assert enough.earlier_members is False


def test_members_of_before_earn_no_bonus_and_other_months_count_there() -> None:
    found = performance(
        accepted=(
            share(),
            share(prior_member=True),
            share(OCTOBER),
            share(programmes=None),
            share(programmes=1),
            share(contribution=None),
        )
    )
    assert found.this.estimate is not None
    assert found.previous.estimate is not None
    assert (found.this.estimate.counted, found.previous.estimate.counted) == (1, 1)
    assert found.this.estimate.incentive.contribution == 2 * 16_800 * 15 // 100


def test_without_a_rule_for_the_month_there_is_no_estimate() -> None:
    later = load_incentive([{**seed("incentive").items[0], "from": "2026-11"}])
    found = performance(accepted=(share(), share(OCTOBER)), rules=later)
    assert found.this.estimate is not None
    assert found.previous.estimate is None


def read(laptop: AgentLaptop, drift: timedelta = timedelta()) -> Performance:
    vault = open_vault(laptop.home)
    found = read_performance(vault, laptop.desk.now() + drift)
    vault.close()
    return found


def test_a_laptop_of_a_real_office(laptop: AgentLaptop) -> None:
    for n in (1, 2, 3):
        laptop.capture(content(n, programmes=["JHT", "JKK", "JKM"] if n == 3 else ["JKK", "JKM"]))
    laptop.capture(content(1))
    laptop.run("sync")
    laptop.problem = LineProblem("captive")
    laptop.desk.now.forward(days=1)
    laptop.capture(content(4))
    found = read(laptop)
    assert found.as_of == START
    this = found.this
    assert (this.target, this.accepted, this.duplicate, this.percent) == (25, 3, 1, 12)
    assert (this.rank, this.of) == (1, 1)
    assert this.days[-2:] == ((TODAY, 3), (date(2026, 11, 21), 0))
    assert this.unsent == ((date(2026, 11, 21), 1),)
    assert this.estimate is not None
    assert (this.estimate.counted, this.estimate.lacking) == (3, 22)
    assert this.estimate.incentive.contribution == this.contribution * 15 // 100  # type: ignore[operator]
    assert read(laptop, timedelta(days=10)).this.month == "2026-12"


def test_before_the_first_exchange_all_is_unknown(laptop: AgentLaptop) -> None:
    found = read(laptop)
    assert (found.as_of, found.this.accepted, found.this.unsent) == (None, None, ())


def test_a_purge_and_a_correction_change_no_estimate(laptop: AgentLaptop) -> None:
    first = laptop.capture(content(1))["record_id"]
    laptop.capture(content(2))
    laptop.run("sync")
    before = read(laptop).this.estimate
    laptop.desk.now.forward(days=10)
    laptop.capture(content(1, phone="+628123456789"), "--corrects", first)
    laptop.run("sync")
    laptop.desk.now.forward(days=12)
    laptop.run("sync")
    found = read(laptop)
    assert (found.previous.month, found.previous.estimate) == ("2026-11", before)
    assert before is not None
    assert before.counted == found.previous.accepted == 2
    assert found.this.estimate is not None
    assert found.this.estimate.counted == 0
