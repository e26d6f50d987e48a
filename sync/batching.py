"""How many envelopes go into one exchange; pure.

The size follows the link: an exchange should take about two seconds, so that a short
spell of signal still carries something home.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Final

from sync.digest import canonical
from sync.limits import BATCH, BODY_BYTES, EXCHANGE_SECONDS
from sync.ports import Waiting

FIRST_SIZE: Final = 25
"""About 12 kB gzipped: two seconds on a poor 2G line."""

ENVELOPES_BYTES: Final = BODY_BYTES - 64 * 1024
"""Room for the envelopes of one body, plain; the rest is for heartbeat and frame.

Plain bytes are counted, so that a body keeps to 1 MiB gzipped, plain, and 8 MiB unpacked
whatever its text is; a usual batch of 500 fits.
"""


def cut_batch(
    waiting: Sequence[Waiting], size: int, max_bytes: int = ENVELOPES_BYTES
) -> list[Waiting]:
    """Return the first of `waiting`, at most `size` and together at most `max_bytes` plain.

    At least one is returned where there is one: what is too large alone must be sent to
    be refused, and set aside, else it would wait for ever.
    """
    taken: list[Waiting] = []
    room = max_bytes
    for one in waiting[:size]:
        room -= len(canonical(one.envelope)) + 100  # its digest member and a comma
        if taken and room < 0:
            break
        taken.append(one)
    return taken


def grow(size: int, seconds: float, idle: float = 0.0) -> int:
    """Return the size for the next exchange, 1 to 500, after one of `size` took `seconds`.

    Moves towards an exchange of two seconds by the square root of what is missing, at
    most twofold, so that one odd exchange does not throw it about. `idle` is what an
    exchange with next to nothing in it takes on this link, where known: below that no
    size helps, so on a line with a long way to go the goal is twice that.
    """
    goal = max(EXCHANGE_SECONDS, 2 * idle)
    ratio = goal / max(seconds, 0.001)
    wanted = round(size * min(max(sqrt(ratio), 0.5), 2.0))
    if ratio >= 1.5:
        wanted = max(wanted, size + 1)
    elif ratio <= 1 / 1.5:
        wanted = min(wanted, size - 1)
    return min(max(wanted, 1), BATCH)


def halve(size: int) -> int:
    """Return half the size, at least one: for what was refused, or did not get through."""
    return max(size // 2, 1)
