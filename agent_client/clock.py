"""The laptop's clocks: evidence for the office, never an arbiter (sync/PROTOCOL.md, Clocks)."""

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class SystemClock:
    """The clocks of the running system; a set `stop` ends every wait early."""

    def __init__(self, stop: Event | None = None, boot_id: Path = BOOT_ID) -> None:
        self.stop = stop or Event()
        self._boot_id = boot_id

    def now(self) -> datetime:
        """Return the wall clock, aware, in UTC."""
        return datetime.now(UTC)

    def uptime(self) -> tuple[str, int] | None:
        """Return boot id and whole seconds since boot, time asleep included.

        None where the system tells only one of them or counts no suspended time: half
        an evidence would be a wrong one.
        """
        if sys.platform != "linux":
            return None
        try:
            boot_id = self._boot_id.read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return None
        seconds = int(time.clock_gettime(time.CLOCK_BOOTTIME))
        return (boot_id, seconds) if boot_id else None

    def sleep(self, seconds: float) -> None:
        """Wait; a stop request ends it early."""
        self.stop.wait(seconds)


def steady_seconds() -> float:
    """Return seconds that never jump, with those asleep where the system tells them.

    A page that was open when the lid was closed is not open when it is lifted.
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


def likely_time(wall: datetime, offset_s: int | None, answered: datetime | None) -> datetime:
    """Return the office's time as a wall clock lets it be guessed, never before `answered`.

    `offset_s` is office time less the laptop's at the last answer, `answered` the office's
    time in it. A clock may have been set right since then: the earlier guess is taken.
    """
    if answered is None:
        return wall
    guesses = (wall, wall + timedelta(seconds=offset_s or 0))
    return min((guess for guess in guesses if guess >= answered), default=answered)
