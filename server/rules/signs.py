"""Signs of made-up work: what is worth asking an agent about; pure, over plain figures.

A sign is a question and no verdict: each has an innocent answer as well (a list written on
paper first, a night market, a card with an estimated birth day). So none is told of fewer
captures than MINIMUM, and none is asked about unless it stands out, from what chance would
make of it and from what is usual at the office.

The bars are ours: no source gives any (DOMAIN.md). What it does say is kept: birth days on
1 January, 1 July and 31 December are allowed, since estimated ones are common (section 5), and
one phone for a household is common too (section 7).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from statistics import median
from typing import Any, Final, NamedTuple

MINIMUM: Final = 30
"""Of fewer captures, or workers, nothing is told."""
LEAST: Final = 5
"""Fewer than so many are never asked about, whatever their share."""
BEYOND_USUAL: Final = 1.5
"""What is asked about is at least so many times what is usual."""
PEERS: Final = 5
"""From fewer agents it is not told what is usual."""
ESTIMATED: Final = frozenset({(1, 1), (7, 1), (12, 31)})
"""Birth days, month and day, that stand on many cards for one that nobody knows."""
HOUSEHOLD: Final = 3
"""So many workers with one phone may be one family."""
_ROUND: Final = frozenset({1, 10, 20, 30})
_EVENING, _MORNING = 22, 5


class Kind(StrEnum):
    """What a sign is about; the order is that of the page."""

    FAST = "fast"
    """Forms that were filled in faster than anybody can ask and type."""
    NIGHT = "night"
    """Captures between 22 and 5 o'clock."""
    SAME_DAY = "same_day"
    """Workers who share one birth day, whatever the year."""
    ROUND_DAY = "round_day"
    """Workers born on the 1st, 10th, 20th or 30th: 12 in 100 are, beside the estimated days."""
    PHONE = "phone"
    """Workers whose phone is given for more of them than a household has."""
    NIK_EDITED = "nik_edited"
    """Records whose NIK was changed by a correction."""
    NIK_DIFFERS = "nik_differs"
    """Workers whose birth day or sex differ from what their NIK says."""


BARS: Final[Mapping[Kind, float]] = {
    Kind.FAST: 0.2,
    Kind.NIGHT: 0.2,
    Kind.SAME_DAY: 0.1,
    Kind.ROUND_DAY: 0.35,
    Kind.PHONE: 0.1,
    Kind.NIK_EDITED: 0.1,
    Kind.NIK_DIFFERS: 0.2,
}
"""From which share on a sign is asked about."""


class Seen(NamedTuple):
    """One capture in plain figures; None is what is not known of it."""

    root: str
    """The first record of its chain."""
    corrects: bool
    fast: bool | None = None
    hour: int | None = None
    """Of its capture, in the office's zone, where the time is known."""
    worker: bytes | None = None
    """Who it is, by a keyed hash."""
    born: date | None = None
    phone: int | None = None
    """Its phone, by a keyed hash."""
    nik_edited: bool = False
    nik_differs: bool | None = None


class Sign(NamedTuple):
    """How many were found of how many; `most` names what is the most frequent, with its count."""

    kind: Kind
    found: int
    sample: int
    most: tuple[tuple[Any, int], ...] = ()
    left_out: int = 0
    """Beside the sample: birth days that are estimated ones."""
    usual: float | None = None
    """The share of the agent in the middle, at the same office."""

    @property
    def share(self) -> float | None:
        """Return the share, 0 to 1; None where the sample is below the minimum."""
        return self.found / self.sample if self.sample >= MINIMUM else None

    @property
    def asks(self) -> bool:
        """Tell whether it stands out far enough to ask the agent."""
        share = self.share
        if share is None or self.found < LEAST:
            return False
        return share >= max(BARS[self.kind], BEYOND_USUAL * (self.usual or 0.0))


def signs_of(seen: Sequence[Seen], peers: Iterable[Sequence[Seen]] = ()) -> list[Sign]:
    """Return every sign of an agent's captures, the newest first, beside what is usual.

    `peers` are the captures of others at the office, each as far as it is known.
    """
    theirs = [_counted(one) for one in peers]
    return [sign._replace(usual=_usual(sign.kind, theirs)) for sign in _counted(seen).values()]


def _usual(kind: Kind, theirs: Sequence[Mapping[Kind, Sign]]) -> float | None:
    shares = [share for one in theirs if (share := one[kind].share) is not None]
    return median(shares) if len(shares) >= PEERS else None


def _counted(seen: Sequence[Seen]) -> dict[Kind, Sign]:
    first = [one for one in seen if not one.corrects]
    workers = {one.worker: one for one in reversed(seen) if one.worker is not None}.values()
    edited = {one.root for one in seen if one.nik_edited}
    signs = (
        _holds(Kind.FAST, (one.fast for one in first)),
        _holds(Kind.NIGHT, map(_at_night, first)),
        *_birth_days([one.born for one in workers if one.born is not None]),
        _phones([one.phone for one in workers if one.phone is not None]),
        Sign(Kind.NIK_EDITED, len(edited), len({one.root for one in seen})),
        _holds(Kind.NIK_DIFFERS, (one.nik_differs for one in workers)),
    )
    return {sign.kind: sign for sign in signs}


def _holds(kind: Kind, answers: Iterable[bool | None]) -> Sign:
    known = [answer for answer in answers if answer is not None]
    return Sign(kind, sum(known), len(known))


def _at_night(one: Seen) -> bool | None:
    return None if one.hour is None else one.hour >= _EVENING or one.hour < _MORNING


def _birth_days(born: Sequence[date]) -> tuple[Sign, Sign]:
    days = [(on.month, on.day) for on in born if (on.month, on.day) not in ESTIMATED]
    left_out = len(born) - len(days)
    most = tuple(_first(Counter(days), lambda _count: True, 1))
    count = most[0][1] if most else 0
    rounded = sum(day in _ROUND for _, day in days)
    return (
        Sign(Kind.SAME_DAY, count, len(days), most, left_out),
        Sign(Kind.ROUND_DAY, rounded, len(days), (), left_out),
    )


def _phones(phones: Sequence[int]) -> Sign:
    counts = Counter(phones)
    shared = sum(count for count in counts.values() if count > HOUSEHOLD)
    most = tuple(_first(counts, lambda count: count > HOUSEHOLD, 3))
    return Sign(Kind.PHONE, shared, len(phones), most)


def _first(counts: Counter[Any], fits: Callable[[int], bool], limit: int) -> list[tuple[Any, int]]:
    """Return the most frequent that fit; of equal ones the smaller, so that it stays."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [item for item in ordered if fits(item[1])][:limit]
