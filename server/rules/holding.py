"""What a laptop that is lost may still hold in clear behind its passphrase; pure.

A laptop purges what asks nothing of its agent, and later what was rejected, at the end of an
exchange (agent_client/retention.py); its spans begin when it hears of the verdict. When that
was, and what it did since its last report, the office cannot know: what is in doubt is held.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta

from schemas.words import Reason, Verdict
from sync.limits import PURGE_DAYS, PURGE_REJECTED_DAYS

_ASKS_NOTHING = (Verdict.ACCEPTED, Verdict.DUPLICATE, Verdict.SUPERSEDED)


def kept_for(verdict: Verdict, reason: Reason) -> timedelta | None:
    """Return how long a laptop keeps a record after hearing of this, None for ever."""
    if verdict in _ASKS_NOTHING or reason == Reason.WITHDRAWN:
        return timedelta(days=PURGE_DAYS)
    return timedelta(days=PURGE_REJECTED_DAYS) if verdict == Verdict.REJECTED else None


def may_be_held(
    verdict: Verdict,
    reason: Reason,
    told_at: datetime,
    receipts: Sequence[datetime],
    reported_at: datetime | None,
) -> bool:
    """Tell whether a laptop may hold a record's personal part.

    `told_at` is when the standing fell, `receipts` are the moments, ascending, at which the
    laptop is known to have exchanged, `reported_at` the last of all. An answer may get lost,
    so it counts as heard by the next exchange that is known.
    """
    span = kept_for(verdict, reason)
    if span is None or reported_at is None:
        return True
    place = bisect_right(receipts, told_at)
    heard_at = receipts[place] if place < len(receipts) else reported_at
    return heard_at + span > reported_at
