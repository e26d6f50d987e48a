"""What about a laptop needs somebody, and in which order; pure."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import Any, Final, NamedTuple

from server.rules.retiring import Standing
from sync.limits import OFFSET_AGREES_SECONDS

NOTICE_WITHIN: Final = timedelta(hours=72)
"""How soon the persons and the authority are told in writing (docs/DOMAIN.md section 8,
article 46), from when a loss was known."""


class Need(IntEnum):
    """What needs somebody, the most pressing first."""

    LOST = 0
    """It is lost, and the notices are due within a time that runs."""
    STUCK = 1
    """It does not report, and something that was captured lies on it alone."""
    SILENT = 2
    """It does not report."""
    SAFE = 3
    """Nothing is lost with it any more: somebody wipes it."""
    CLOCK = 4
    """Its clock is off."""
    OLD = 5
    """Its program is older than what the office wants."""
    STOPPING = 6
    """It is on its way out of service."""
    NOTHING = 7
    GONE = 8
    """It was revoked; nothing is expected of it."""


class Terms(NamedTuple):
    """By what laptops are looked at."""

    now: datetime
    quiet: timedelta
    """After so long without a report it is silent."""
    least: str
    """The least version that is wanted."""


def needs(device: Any, standing: Standing, terms: Terms) -> Sequence[Need]:
    """Return what a device (a row of store.devices) needs, the most pressing first."""
    if standing == Standing.REVOKED:
        is_due = device.lost_at is not None and terms.now < device.lost_at + NOTICE_WITHIN
        return [Need.LOST if is_due else Need.GONE]
    silent = standing != Standing.SAFE and is_silent(device, terms)
    found = (  # no mapping: a hash of such a name is slow, and thousands of laptops are looked at
        (Need.STUCK, silent and device.waiting > 0),
        (Need.SILENT, silent and not device.waiting),
        (Need.SAFE, standing == Standing.SAFE),
        (Need.CLOCK, is_clock_off(device.offset_s)),
        (Need.OLD, is_older(device.client, terms.least)),
        (Need.STOPPING, standing in (Standing.ASKED, Standing.STOPPED)),
    )
    return [need for need, there in found if there] or [Need.NOTHING]


def is_silent(device: Any, terms: Terms) -> bool:
    """Tell whether a device has not reported for too long, or never since it joined."""
    return bool((device.reported_at or device.joined_at) < terms.now - terms.quiet)


def is_clock_off(offset_s: int | None) -> bool:
    """Tell whether a clock differs by more than what proves nothing."""
    return offset_s is not None and abs(offset_s) > OFFSET_AGREES_SECONDS


def is_older(version: str, least: str) -> bool:
    """Tell whether a version is lower than another; one without numbers tells nothing."""
    numbers = _numbers(version)
    return bool(numbers) and numbers < _numbers(least)


@lru_cache(maxsize=256)
def _numbers(version: str) -> tuple[int, ...]:
    found = re.search(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}", version)
    return tuple(int(part) for part in found[0].split(".")) if found else ()
