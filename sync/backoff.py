"""How long to wait before the next try; pure: the caller sleeps."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sync.limits import BACKOFF_FIRST_SECONDS, BACKOFF_MOST_SECONDS

RETRY_AFTER_MOST_SECONDS = 6 * 3600.0
"""An office that asks for longer is asked again after this: a wrong date must not silence."""

_DOUBLINGS = 30


def next_delay(attempt: int, random: Callable[[], float]) -> float:
    """Return the seconds to wait after failure number `attempt` (0 is the first).

    Full jitter: anything between nothing and 2 s, doubling to 5 min, so that laptops that
    lost one line together do not come back together. `random` returns 0 ≤ x < 1.
    """
    most = BACKOFF_FIRST_SECONDS * 2.0 ** min(max(attempt, 0), _DOUBLINGS)
    return random() * min(most, BACKOFF_MOST_SECONDS)


def rest(seconds: float, random: Callable[[], float]) -> float:
    """Return the seconds to rest where the office asked for `seconds`: up to a quarter more.

    Never less than asked, unless that is beyond six hours.
    """
    asked = min(max(seconds, 0.0), RETRY_AFTER_MOST_SECONDS)
    return asked * (1 + random() / 4)


def retry_after(header: str | None, date: str | None) -> float | None:
    """Return the seconds that a Retry-After header asks for, between 0 and six hours.

    Takes whole seconds, or an HTTP date (RFC 9110, section 10.2.3), which counts from the
    answer's own Date header, since the laptop's clock may be anything. None where there is
    none, or none that can be read.
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), RETRY_AFTER_MOST_SECONDS)
    until, asked = _http_date(text), _http_date((date or "").strip())
    if until is None or asked is None:
        return None
    return min(max((until - asked).total_seconds(), 0.0), RETRY_AFTER_MOST_SECONDS)


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
