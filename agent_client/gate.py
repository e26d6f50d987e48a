"""Who may look at the page: one-time links, sessions of a browser, the lock after a while.

The page listens on loopback only, but other people's programs run there too: so it opens
only by a link that this program (or a second start of it) made, once, within a minute.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from agent_client.clock import steady_seconds

LINK_SECONDS: Final = 60
_NONCE_BYTES: Final = 16
_MOST_VISITS: Final = 64


@dataclass(slots=True)
class Visit:
    """A browser that came by a link; `seat` is whose page it sees, None while it is locked.

    `left_at` is the path that it was on when it was locked. `used` counts by the gate's
    timer.
    """

    used: float
    seat: str | None = None
    left_at: str | None = None
    left_by: str | None = None


def make_link(key: bytes, now: float) -> str:
    """Return a token that opens the page once; `now` is the wall clock in seconds."""
    nonce = secrets.token_hex(_NONCE_BYTES)
    until = f"{int(now) + LINK_SECONDS}"
    return f"{nonce}.{until}.{_proof(key, nonce, until)}"


@dataclass(slots=True)
class Gate:
    """The one door: tokens in, visits kept; safe to ask from many threads.

    `key` signs links, `lock_seconds` is how long a page stays open without use. `timer`
    never jumps, `now` is the wall clock in seconds, which a second start knows as well.
    """

    key: bytes
    lock_seconds: float
    timer: Callable[[], float] = steady_seconds
    now: Callable[[], float] = time.time
    _visits: dict[str, Visit] = field(default_factory=dict)
    _used_links: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def link(self) -> str:
        """Return a token for a link that opens the page once."""
        return make_link(self.key, self.now())

    def enter(self, token: str) -> str | None:
        """Return the id of a new visit, None for a token that is none, used or too old."""
        nonce, _, rest = token.partition(".")
        until, _, proof = rest.partition(".")
        if not hmac.compare_digest(proof.encode(), _proof(self.key, nonce, until).encode()):
            return None
        with self._lock:
            now = self.now()
            # Kept for good: a clock that is set back would make a used link new again.
            if nonce in self._used_links or not now <= int(until) <= now + LINK_SECONDS + 1:
                return None
            self._used_links.add(nonce)
            visit_id = secrets.token_urlsafe(32)
            while len(self._visits) >= _MOST_VISITS:
                del self._visits[min(self._visits, key=lambda one: self._visits[one].used)]
            self._visits[visit_id] = Visit(self.timer())
            return visit_id

    def visit(self, visit_id: str | None, *, uses: bool) -> Visit | None:
        """Return a known visit, locked where it was left alone too long.

        `uses`: somebody does something; what the page asks by itself keeps nothing open.
        """
        with self._lock:
            found = self._visits.get(visit_id or "")
            if found is None:
                return None
            if found.seat is not None and self.timer() - found.used > self.lock_seconds:
                found.left_by, found.seat = found.seat, None
            if uses:
                found.used = self.timer()
            return found

    def lock_seat(self, seat: str) -> None:
        """Lock every page of a seat: its database is closed."""
        with self._lock:
            for visit in self._visits.values():
                if visit.seat == seat:
                    visit.left_by, visit.seat = seat, None


def _proof(key: bytes, nonce: str, until: str) -> str:
    text = f"{nonce}.{until}".encode()
    return hmac.new(key, text, hashlib.sha256).hexdigest()
