"""What a laptop keeps for the office alone, and what it no longer keeps at all.

A wiped capture has no personal part here, since the laptop was revoked or since it was kept
long enough. Its row stays, with ids, digest and verdict, and so do the receipts. What had
no verdict when the laptop was revoked lies in `sealed`, and only the office opens it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from sqlite_utils import Database

from agent_client.store import drafts
from schemas.envelope import rfc3339
from sync.digest import canonical

Seal = Callable[[bytes], bytes]
"""Seals bytes so that only the office opens them."""

_WIPED: Final = (
    "envelope = x'', nik = '', name = '', sought = '', birth_date = null, kpj = null, wiped_at = ?"
)
Asks = Literal["nothing", "mending"]
"""What a verdict asks of the agent; one that is still to come, or unknown, is neither."""

_ASKS: Final = (
    "case when verdict in ('accepted', 'duplicate', 'superseded') or reason = 'withdrawn'"
    " or resaved_as is not null then 'nothing' when verdict = 'rejected' then 'mending' end"
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed capture (`record_id`, `digest`) or a sealed draft (`draft_id`)."""

    record_id: str | None
    digest: str | None
    draft_id: int | None
    box: bytes = field(repr=False)


def purge_settled(tx: Database, now: datetime) -> int:
    """Take the personal part of every capture with a verdict away; return of how many."""
    return _purge(tx, "true", [], now)


def purge_asking(tx: Database, asks: Asks, since: datetime, days: int, now: datetime) -> int:
    """Purge the captures that ask this much since `since` or longer, by the rule of `days`.

    `since` is the office's time. Returns how many there were.
    """
    due = f"asks = ? and asks is {_ASKS} and asks_since <= ?"
    return _purge(tx, due, [asks, rfc3339(since)], now, days)


def date_verdicts(tx: Database, office_time: datetime) -> None:
    """Note of each capture what its verdict asks by now, and since when, where that is new."""
    tx.execute(
        f"update captures set asks = {_ASKS}, asks_since = ?"  # noqa: S608
        f" where wiped_at is null and asks is not {_ASKS}",
        [rfc3339(office_time)],
    )


def seal_waiting(tx: Database, seal: Seal, now: datetime) -> int:
    """Seal every capture that waits, in place of its readable part; return how many."""
    rows = tx.execute(
        "select record_id, envelope from captures where waiting and wiped_at is null"
    ).fetchall()
    for record_id, form in rows:
        tx.execute(
            "insert into sealed (record_id, box, sealed_at) values (?, ?, ?)",
            [record_id, seal(form), rfc3339(now)],
        )
        tx.execute(
            f"update captures set {_WIPED} where record_id = ?",  # noqa: S608
            [rfc3339(now), record_id],
        )
    return len(rows)


def seal_drafts(tx: Database, seal: Seal, device_id: str, now: datetime) -> int:
    """Seal every draft as `{kind: "draft", device_id, …}` and let it go; return how many."""
    found = drafts.drafts(tx)
    for one in found:
        tx.execute(
            "insert into sealed (draft_id, corrects, box, sealed_at) values (?, ?, ?, ?)",
            [one.draft_id, one.corrects, seal(_form(one, device_id)), rfc3339(now)],
        )
        drafts.delete_draft(tx, one.draft_id)
    return len(found)


def sealed(tx: Database) -> list[Sealed]:
    """Return what is sealed: captures in the order in which they were saved, then drafts."""
    rows = tx.execute(
        "select record_id, digest, draft_id, box from sealed left join captures using (record_id)"
        " order by draft_id, device_seq"
    ).fetchall()
    return [Sealed(*row) for row in rows]


def sealed_drafts(tx: Database) -> list[int]:
    """Return the numbers of the drafts that are sealed."""
    rows = tx.execute("select draft_id from sealed where draft_id is not null order by draft_id")
    return [row[0] for row in rows.fetchall()]


def sealed_pairs(tx: Database) -> list[tuple[str, str]]:
    """Return (record_id, digest) of the captures that are sealed."""
    rows: list[tuple[str, str]] = tx.execute(
        "select record_id, digest from sealed join captures using (record_id) order by device_seq"
    ).fetchall()
    return rows


def drop_capture(tx: Database, record_id: str) -> None:
    """Let a sealed capture go: the office has it."""
    tx.execute("delete from sealed where record_id = ?", [record_id])


def drop_draft(tx: Database, draft_id: int) -> bool:
    """Throw a sealed draft away; tell whether there was one."""
    return bool(tx.execute("delete from sealed where draft_id = ?", [draft_id]).rowcount)


def _form(one: drafts.Draft, device_id: str) -> bytes:
    members = {
        "kind": "draft",
        "device_id": device_id,
        "draft_id": one.draft_id,
        "content": dict(one.content),
        "source": one.source,
        "corrects": one.corrects,
        "made_at": one.made_at,
    }
    return canonical({name: value for name, value in members.items() if value is not None})


def _purge(
    tx: Database, where: str, parameters: list[str], now: datetime, days: int | None = None
) -> int:
    # The clauses are this file's own constants.
    done = tx.execute(
        f"update captures set {_WIPED}, purged_after_days = ?"  # noqa: S608
        f" where not waiting and wiped_at is null and {where}",
        [rfc3339(now), days, *parameters],
    )
    return int(done.rowcount)
