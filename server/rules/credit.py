"""Who is credited, and for which day: the chain's first record decides."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from server.rules.clock import CaptureTime, Certainty

# A proven time is off by the whole seconds of two uptimes and by the line's delay.
_DOUBT = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Claim:
    """What speaks for an agent's being first: whose record, when received, when captured."""

    agent_id: str
    received_at: datetime
    captured_at: datetime | None
    certainty: Certainty


def work_date(captured: CaptureTime, received_at: datetime, timezone: str) -> date:
    """Return the day a record counts for: the capture's known time, else the receipt's.

    In the office's time zone (an IANA name).
    """
    return (captured.at or received_at).astimezone(ZoneInfo(timezone)).date()


def is_disputed(duplicate: Claim, holder: Claim) -> bool:
    """Tell whether a duplicate was captured before the record that holds its NIK.

    First is who was recorded first (sync/PROTOCOL.md, promise 6); only a proven time opens
    a dispute, and only another agent can have one.
    """
    if duplicate.agent_id == holder.agent_id or duplicate.certainty != Certainty.PROVEN:
        return False
    holder_since = holder.captured_at or holder.received_at
    return duplicate.captured_at is not None and duplicate.captured_at + _DOUBT < holder_since
