"""The laptop's clocks: evidence for the office, never an arbiter (sync/PROTOCOL.md, Clocks)."""

import sys
import time
from datetime import UTC, datetime
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
