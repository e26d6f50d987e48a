"""That the office takes this laptop out of service: at most one row, gone when it is kept.

While it is there, nothing new begins: drafts that are there are saved or thrown away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlite_utils import Database

from agent_client.problems import AgentProblem

_MEMBERS: Final = ("stop_order", "asked_at", "missing", "safe_at")
_HELD: Final = "select count(*) from captures where resaved_as is null"


@dataclass(frozen=True, slots=True)
class Stop:
    """What the office said of stopping; moments are its own, as RFC 3339 text.

    `stop_order` is None where it must be told anew, `missing` how many numbers the office
    lacks, `known_at` since when it knows every pair, `safe_at` since when it says safe.
    """

    stop_order: str | None
    asked_at: str | None
    missing: int
    known_at: str | None
    safe_at: str | None


def stop(tx: Database) -> Stop | None:
    """Return what the office said of stopping, None where the laptop is in service."""
    row = tx.execute(
        "select stop_order, asked_at, missing, known_at, safe_at from stopping"
    ).fetchone()
    return None if row is None else Stop(*row)


def refuse_new(tx: Database) -> None:
    """Let nothing new begin on a laptop that is to stop: AgentProblem `retired`."""
    if stop(tx) is not None:
        raise AgentProblem("retired")


def keep_order(tx: Database, asked: Mapping[str, Any] | None) -> None:
    """Keep what an answer says (sync.retiring.retire_order); None: the laptop is in service."""
    if asked is None:
        tx.execute("delete from stopping")
        return
    tx.execute("insert or ignore into stopping (id) values (1)")
    if not asked:
        return
    tx.execute("update stopping set known_at = null where stop_order is not ?", [asked["order"]])
    told = [asked["order"], asked.get("asked_at"), asked["missing"], asked.get("safe_at")]
    changed = ", ".join(f"{name} = ?" for name in _MEMBERS)
    tx.execute(f"update stopping set {changed}", told)  # noqa: S608


def keep_known(tx: Database, order: str, pairs: int, known_at: str) -> None:
    """Note since when the office knows every pair, if they still are that many."""
    if pairs == count_pairs(tx):
        tx.execute(
            "update stopping set known_at = coalesce(known_at, ?) where stop_order = ?",
            [known_at, order],
        )


def count_pairs(tx: Database) -> int:
    """Return how many pairs are held (store.queue.held)."""
    return int(tx.execute(_HELD).fetchone()[0])


def void_order(tx: Database) -> None:
    """Forget on which order the laptop stopped: another database was here meanwhile."""
    tx.execute("update stopping set stop_order = null, known_at = null, safe_at = null")
