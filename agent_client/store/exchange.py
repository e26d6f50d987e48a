"""What the office last said to this laptop, and how the last try went: one row."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from schemas.envelope import parse_moment, rfc3339


@dataclass(frozen=True, slots=True)
class LastExchange:
    """The last try (`tried_at`, `problem`, None where it went well) and the last answer.

    `answered_at` is the laptop's clock, `office_time` the answer's own `time`,
    `clock_offset_s` office time less the laptop's; `reference` names versions by list.
    """

    tried_at: datetime | None = None
    problem: str | None = None
    cursor: str | None = None
    epoch: str | None = None
    answered_at: datetime | None = None
    office_time: str | None = None
    clock_offset_s: int | None = None
    performance: Mapping[str, Any] | None = None
    reference: Mapping[str, str] = field(default_factory=dict)


def last_exchange(tx: Database) -> LastExchange:
    """Return the row; nothing is known before the first exchange."""
    row = next(iter(tx.query("select * from exchange")))
    return LastExchange(
        tried_at=parse_moment(row["tried_at"]),
        problem=row["problem"],
        cursor=row["cursor"],
        epoch=row["epoch"],
        answered_at=parse_moment(row["answered_at"]),
        office_time=row["office_time"],
        clock_offset_s=row["clock_offset_s"],
        performance=json.loads(row["performance"] or "null"),
        reference=json.loads(row["reference"] or "{}"),
    )


def keep_try(tx: Database, problem: str | None, now: datetime) -> None:
    """Keep when the line was last tried, and the code of what went wrong."""
    tx.execute("update exchange set tried_at = ?, problem = ?", [rfc3339(now), problem])


def keep_answer(tx: Database, answer: Mapping[str, Any], now: datetime) -> None:
    """Keep an answer's cursor, epoch, time, performance and versions, where it has them."""
    for member in ("cursor", "epoch"):
        if isinstance(answer.get(member), str):
            tx.execute(f"update exchange set {member} = ?", [answer[member]])  # noqa: S608
    for member in ("performance", "reference"):
        if isinstance(answer.get(member), dict):
            text = json.dumps(answer[member])
            tx.execute(f"update exchange set {member} = ?", [text])  # noqa: S608
    time = parse_moment(answer.get("time"))
    if time is not None:
        tx.execute(
            "update exchange set answered_at = ?, office_time = ?, clock_offset_s = ?",
            [rfc3339(now), answer["time"], round((time - now).total_seconds())],
        )


def forget_cursor(tx: Database) -> None:
    """Void the cursor: the next exchange begins the feed anew."""
    tx.execute("update exchange set cursor = null")


def begin_anew(tx: Database) -> None:
    """Forget what an office said: another agent begins on an empty laptop."""
    tx.execute("delete from exchange")
    tx.execute("insert into exchange (id) values (1)")
