"""Who is credited, and for which day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from server.rules.clock import CaptureTime, Certainty
from server.rules.credit import Claim, is_disputed, work_date

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # noon in Makassar
HOUR = timedelta(hours=1)


def claim(
    agent: str = "mine",
    captured: datetime | None = NOON,
    certainty: Certainty = Certainty.PROVEN,
    received: datetime = NOON + HOUR,
) -> Claim:
    """Return a claim that is proven and received an hour later, unless named otherwise."""
    return Claim(agent, received, captured, certainty)


@pytest.mark.parametrize(
    ("captured", "received", "zone", "wanted"),
    [
        (NOON, NOON + 9 * HOUR, "Asia/Makassar", date(2026, 11, 20)),
        (NOON - 13 * HOUR, NOON, "Asia/Makassar", date(2026, 11, 19)),
        (NOON - 12 * HOUR, NOON, "Asia/Makassar", date(2026, 11, 20)),
        (NOON - 12 * HOUR, NOON, "Asia/Jakarta", date(2026, 11, 19)),
        (None, NOON + 11 * HOUR, "Asia/Makassar", date(2026, 11, 20)),
        (None, NOON + 12 * HOUR, "Asia/Makassar", date(2026, 11, 21)),
        (None, NOON + 11 * HOUR, "Asia/Jayapura", date(2026, 11, 21)),
    ],
)
def test_the_day_is_the_capture_s_where_known_else_the_receipt_s(
    captured: datetime | None, received: datetime, zone: str, wanted: date
) -> None:
    certainty = Certainty.UNKNOWN if captured is None else Certainty.LIKELY
    assert work_date(CaptureTime(captured, certainty), received, zone) == wanted


@pytest.mark.parametrize(
    ("duplicate", "holder", "disputed"),
    [
        (claim("theirs", NOON - HOUR), claim(), True),
        (claim("theirs", NOON - HOUR, Certainty.LIKELY), claim(), False),
        (claim("theirs", None, Certainty.UNKNOWN), claim(), False),
        (claim("mine", NOON - HOUR), claim(), False),
        (claim("theirs", NOON), claim(), False),
        (claim("theirs", NOON + HOUR), claim(), False),
        (claim("theirs", NOON), claim(captured=None, certainty=Certainty.UNKNOWN), True),
        (claim("theirs", NOON + HOUR), claim(captured=None, certainty=Certainty.UNKNOWN), False),
    ],
    ids=[
        "earlier and proven",
        "earlier but only likely",
        "of an unknown time",
        "of the same agent",
        "of the same moment",
        "later",
        "before the receipt of a holder without a time",
        "not before that receipt",
    ],
)
def test_only_an_earlier_proven_time_of_another_agent_is_disputed(
    duplicate: Claim, holder: Claim, disputed: bool
) -> None:
    assert is_disputed(duplicate, holder) is disputed
