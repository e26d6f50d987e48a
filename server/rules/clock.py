"""When a capture was made: proven, likely, or only before it was received.

Device clocks are evidence, never arbiters (sync/PROTOCOL.md, Clocks).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from schemas.envelope import parse_moment
from sync.limits import OFFSET_AGREES_SECONDS

# Offsets are whole seconds, so a capture right after an answer may seem a little before it.
_ROUNDING = timedelta(seconds=2)


class Certainty(StrEnum):
    """How sure the office is of a capture's time."""

    PROVEN = "proven"
    LIKELY = "likely"
    UNKNOWN = "unknown"


class CaptureTime(NamedTuple):
    """The office's best word on when a capture was made, in office time.

    `at` is None where it is only known to lie before the receipt; `claimed` is what the
    laptop's own clock said.
    """

    at: datetime | None
    certainty: Certainty
    claimed: datetime | None = None

    def moments(self, received_at: datetime) -> tuple[datetime, ...]:
        """Return the moments by which ages and months are reckoned: one where it is known."""
        if self.at is not None:
            return (self.at,)
        return (received_at,) if self.claimed is None else (self.claimed, received_at)


@dataclass(frozen=True, slots=True)
class ExchangeClock:
    """The clocks of one exchange: the office's, and what the laptop said of its own."""

    received_at: datetime
    offset_s: int | None = None
    boot_id: str | None = None
    uptime_s: int | None = None


def exchange_clock(request: Mapping[str, Any], received_at: datetime) -> ExchangeClock:
    """Return the clocks of an exchange from its request (sent_at, boot_id, uptime_s)."""
    sent = parse_moment(request.get("sent_at"))
    offset = None if sent is None else round((received_at - sent).total_seconds())
    boot_id, uptime = request.get("boot_id"), request.get("uptime_s")
    if not isinstance(boot_id, str) or type(uptime) is not int or uptime < 0:
        boot_id, uptime = None, None
    return ExchangeClock(received_at, offset, boot_id, uptime)


def capture_time(
    envelope: Mapping[str, Any], clock: ExchangeClock, not_before: datetime | None
) -> CaptureTime:
    """Return when a capture was made.

    `not_before` is the latest known time of a capture with a smaller device_seq. The
    envelope's members are sound (`schemas.envelope.envelope_problems`).
    """
    claimed = parse_moment(envelope.get("captured_at"))
    proven = _proven(envelope, clock)
    if proven is not None:
        return CaptureTime(proven, Certainty.PROVEN, claimed)
    likely = _likely(envelope, claimed, clock, not_before)
    if likely is not None:
        return CaptureTime(likely, Certainty.LIKELY, claimed)
    return CaptureTime(None, Certainty.UNKNOWN, claimed)


def _proven(envelope: Mapping[str, Any], clock: ExchangeClock) -> datetime | None:
    uptime = envelope.get("uptime_s")
    if clock.boot_id is None or clock.uptime_s is None or not isinstance(uptime, int):
        return None
    if envelope.get("boot_id") != clock.boot_id or uptime > clock.uptime_s:
        return None
    return _earlier(clock.received_at, clock.uptime_s - uptime)


def _likely(
    envelope: Mapping[str, Any],
    claimed: datetime | None,
    clock: ExchangeClock,
    not_before: datetime | None,
) -> datetime | None:
    before = envelope.get("clock_offset_s")
    if claimed is None or clock.offset_s is None or not isinstance(before, int):
        return None
    if abs(before - clock.offset_s) > OFFSET_AGREES_SECONDS:
        return None
    at = _earlier(claimed, -before)
    last_answer = parse_moment(envelope.get("last_answer_at"))
    floors = [moment for moment in (last_answer, not_before) if moment is not None]
    if at is None or at > clock.received_at + timedelta(seconds=OFFSET_AGREES_SECONDS):
        return None
    if any(at + _ROUNDING < floor for floor in floors):
        return None
    return min(at, clock.received_at)


def _earlier(moment: datetime, seconds: int) -> datetime | None:
    try:
        return moment - timedelta(seconds=seconds)
    except OverflowError:
        return None
