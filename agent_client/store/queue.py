"""The waiting part of the captures: which go next, how often they were tried, what lies aside."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlite_utils import Database

from agent_client.store.captures import unfold
from schemas.envelope import rfc3339
from sync.ports import Waiting

_NEXT: Final = """
select record_id, digest, envelope, attempts from captures
where waiting and wiped_at is null
and record_id not in (select value from json_each(:sent)) and (
  set_aside_at is null or set_aside_by <> :client
  or set_aside_at <= :aside_since or set_aside_at > :now
)
order by attempts, device_seq, rowid limit :size"""


def next_waiting(
    tx: Database,
    size: int,
    *,
    sent: Sequence[str],
    client: str,
    now: datetime,
    aside_since: datetime,
) -> list[Waiting]:
    """Return up to `size` that wait, fewest attempts first, then oldest, without `sent`.

    What lies aside comes again when it was put there before `aside_since`, by another
    version of the program, or by a clock that was ahead.
    """
    parameters = {
        "sent": json.dumps(list(sent)),
        "client": client,
        "now": rfc3339(now),
        "aside_since": rfc3339(aside_since),
        "size": size,
    }
    return [
        Waiting(record_id, digest, unfold(form, digest), attempts)
        for record_id, digest, form, attempts in tx.execute(_NEXT, parameters).fetchall()
    ]


def count_attempt(
    tx: Database, record_ids: Sequence[str], problem: str | None, now: datetime
) -> None:
    """Count one attempt for each, with the problem's code if it failed."""
    tx.execute(
        "update captures set attempts = attempts + 1, attempted_at = ?,"
        " problem = coalesce(?, problem) where record_id in (select value from json_each(?))",
        [rfc3339(now), problem, json.dumps(list(record_ids))],
    )


def put_aside(tx: Database, record_id: str, problem: str, client: str, now: datetime) -> bool:
    """Put a waiting capture aside; tell whether it was not there before."""
    former = tx.execute(
        "select set_aside_at from captures where record_id = ? and waiting", [record_id]
    ).fetchone()
    tx.execute(
        "update captures set problem = ?, set_aside_at = ?, set_aside_by = ?"
        " where record_id = ? and waiting",
        [problem, rfc3339(now), client, record_id],
    )
    return former is not None and former[0] is None


def oldest_waiting(tx: Database) -> str | None:
    """Return when the oldest capture that waits was saved."""
    row = tx.execute("select min(captured_at) from captures where waiting").fetchone()
    return None if row is None else row[0]


def waiting_now(tx: Database) -> int:
    """Return how many captures wait to be sent."""
    found = tx.execute("select count(*) from captures where waiting and wiped_at is null")
    return int(found.fetchone()[0])


def never_sent(tx: Database) -> int:
    """Return how many captures wait that were never tried."""
    rule = "waiting and attempts = 0 and set_aside_at is null and wiped_at is null"
    # The rule is a constant.
    found = tx.execute(f"select count(*) from captures where {rule}")  # noqa: S608
    return int(found.fetchone()[0])


def held(tx: Database, after: str | None, limit: int) -> list[tuple[str, str]]:
    """Return (record_id, digest) of captures of every state, ordered by id.

    Those saved again under another id are left out: theirs is another agent's.
    """
    rows: list[tuple[str, str]] = tx.execute(
        "select record_id, digest from captures"
        " where record_id > ? and resaved_as is null order by record_id limit ?",
        [after or "", limit],
    ).fetchall()
    return rows
