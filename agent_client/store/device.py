"""Who this laptop is and for whom it works: one row."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlite_utils import Database

from agent_client.store.stopping import void_order
from schemas.envelope import rfc3339
from sync.joining import Joined

ZONE: Final = "Asia/Makassar"
"""Where days and months are reckoned until the office has told its own."""


@dataclass(frozen=True, slots=True)
class Device:
    """This laptop; what only joining tells is None before it.

    `last_seq` is the greatest device_seq given so far, `restored` says that the data came out
    of a backup and the office was not heard out since, `timezone` is the office's zone.
    """

    device_id: str
    last_seq: int
    restored: bool = False
    name: str | None = None
    office_url: str | None = None
    token: str | None = field(default=None, repr=False)
    agent_id: str | None = None
    agent_name: str | None = None
    office_id: str | None = None
    office_name: str | None = None
    timezone: str | None = None
    receipt_key: str | None = None
    office_key: str | None = None
    joined_at: str | None = None

    def zone(self) -> ZoneInfo:
        """Return the zone in which days and months are reckoned."""
        try:
            return ZoneInfo(self.timezone or ZONE)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo(ZONE)


def zone_of(here: Device | None) -> ZoneInfo:
    """Return the zone of a laptop, the usual one before it has joined."""
    return ZoneInfo(ZONE) if here is None else here.zone()


def device(tx: Database) -> Device | None:
    """Return this laptop, None before it has an id."""
    for row in tx.query("select * from device"):
        del row["id"]
        return Device(**{**row, "restored": bool(row["restored"])})
    return None


def name_device(tx: Database, device_id: UUID) -> Device:
    """Return this laptop, with the given id where it has none yet."""
    tx.execute("insert or ignore into device (id, device_id) values (1, ?)", [str(device_id)])
    known = device(tx)
    assert known is not None
    return known


def keep_joining(
    tx: Database, joined: Joined, *, name: str, office_url: str, now: datetime
) -> None:
    """Keep what the office answered to joining (sync/PROTOCOL.md, devices)."""
    tx.execute(
        "update device set name = ?, office_url = ?, token = ?, agent_id = ?, agent_name = ?,"
        " office_id = ?, office_name = ?, timezone = ?, receipt_key = ?, office_key = ?,"
        " joined_at = ?",
        [
            name,
            office_url,
            joined.token,
            joined.agent_id,
            joined.agent_name,
            joined.office_id,
            joined.office_name,
            joined.timezone,
            joined.receipt_key,
            joined.office_key,
            rfc3339(now),
        ],
    )


def note_restored(tx: Database) -> None:
    """Note that this database is a copy that was put back: the laptop may have missed much."""
    tx.execute("update device set restored = 1")
    void_order(tx)


def keep_caught_up(tx: Database) -> None:
    """Note that the office was heard out: numbers go on right, all that is held was compared."""
    tx.execute("update device set restored = 0 where restored")


def next_seq(tx: Database) -> int:
    """Take the next device_seq: 1, 2, 3 … without a gap, since it counts with the capture."""
    tx.execute("update device set last_seq = last_seq + 1")
    return int(tx.execute("select last_seq from device").fetchone()[0])


def raise_seq(tx: Database, last_seq: int, now: datetime) -> None:
    """Go on numbering from the greater of the own and the office's; keep what was skipped."""
    own = int(tx.execute("select last_seq from device").fetchone()[0])
    if last_seq <= own:
        return
    tx.execute("update device set last_seq = ?", [last_seq])
    tx.execute(
        "insert into skipped (first, last, skipped_at) values (?, ?, ?)",
        [own + 1, last_seq, rfc3339(now)],
    )
