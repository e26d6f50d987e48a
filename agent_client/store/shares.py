"""What a capture adds to its month: a day and amounts. They show nobody, and outlive a purge."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from agent_client.clock import likely_time
from schemas.envelope import parse_moment
from sync.limits import INTEGER

_CHAINS = """
with recursive chain (last, corrects, work_date, programmes, contribution, prior_member) as (
  select record_id, corrects, work_date, programmes, coalesce(due, contribution), prior_member
  from captures where verdict = 'accepted' and work_date >= :since
  union
  select last, captures.corrects, captures.work_date, chain.programmes, chain.contribution,
    chain.prior_member
  from chain join captures on captures.record_id = chain.corrects
)
select min(work_date), programmes, contribution, coalesce(prior_member, 0)
from chain group by last order by 1, last"""


@dataclass(frozen=True, slots=True)
class Share:
    """An accepted capture's share: the day of its chain's first record, and its amounts.

    `programmes` is how many, `contribution` rupiah, as due where the office found another
    amount than the worker was told; each None where a content of an older program tells none.
    """

    work_date: date
    programmes: int | None
    contribution: int | None
    prior_member: bool


def keep_share(tx: Database, record_id: str, envelope: Mapping[str, Any]) -> None:
    """Keep what stays countable of a capture; what its envelope does not tell stays unknown."""
    content = envelope["content"]
    programmes = content.get("programmes")
    tx.execute(
        "update captures set work_date = ?, programmes = ?, contribution = ?, months = ?,"
        " prior_member = ? where record_id = ?",
        [
            work_date(envelope).isoformat(),
            len(programmes) if isinstance(programmes, list) else None,
            _whole(content.get("contribution")),
            _whole(content.get("months")),
            int(content.get("prior_member") is True),
            record_id,
        ],
    )


def work_date(envelope: Mapping[str, Any]) -> date:
    """Return the day of a capture as the laptop knows it; the office may know better.

    `captured_at` has the offset of the office's zone, so its day is the office's.
    """
    wall = datetime.fromisoformat(envelope["captured_at"])
    answered = parse_moment(envelope.get("last_answer_at"))
    likely = likely_time(wall, envelope.get("clock_offset_s"), answered)
    return likely.astimezone(wall.tzinfo).date()


def accepted_shares(tx: Database, since: date) -> list[Share]:
    """Return the shares of accepted captures that were made on a day or later, oldest first.

    Of a chain of corrections only the end is accepted, so it counts once.
    """
    rows = tx.execute(_CHAINS, {"since": since.isoformat()}).fetchall()
    return [
        Share(date.fromisoformat(day), programmes, contribution, bool(prior_member))
        for day, programmes, contribution, prior_member in rows
    ]


def waiting_days(tx: Database, since: date) -> list[tuple[date, int]]:
    """Return how many captures wait of each day from `since` on, in order."""
    rows = tx.execute(
        "select work_date, count(*) from captures where waiting and work_date >= ?"
        " group by work_date order by work_date",
        [since.isoformat()],
    )
    return [(date.fromisoformat(day), count) for day, count in rows.fetchall()]


def _whole(value: object) -> int | None:
    return value if type(value) is int and abs(value) <= INTEGER else None
