"""An office's desk without books, for the receiver alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.envelope import Ack
from schemas.words import Reason, Verdict
from sync.receiver import Arrival


class OfficeDown(Exception):
    """Stands for a database that cannot be reached."""


@dataclass
class FakeDesk:
    """Accepts everything but what it was told to break on; remembers what it was asked."""

    breaks_on: frozenset[str] = frozenset()
    error: Exception = field(default_factory=lambda: ValueError("unexpected"))
    settled: list[list[str]] = field(default_factory=list)
    aside: list[tuple[str, Reason]] = field(default_factory=list)
    unreadable: list[bytes] = field(default_factory=list)

    def settle(self, arrivals: Sequence[Arrival]) -> list[Ack]:
        """Answer a batch, or raise where a broken one is among it."""
        self.settled.append([arrival.record_id for arrival in arrivals])
        if any(arrival.record_id in self.breaks_on for arrival in arrivals):
            raise self.error
        return [self.answer(arrival) for arrival in arrivals]

    def answer(self, arrival: Arrival) -> Ack:
        """Return what a real desk would say, as far as the receiver knows."""
        if arrival.retry is not None:
            return Ack(*arrival.pair, Verdict.RETRY, arrival.retry)
        refused = arrival.faults or arrival.cyclic
        verdict = Verdict.REJECTED if refused else Verdict.ACCEPTED
        return Ack(*arrival.pair, verdict, Reason.INVALID if refused else Reason.NEW)

    def set_aside(self, arrivals: Sequence[Arrival], reason: Reason) -> None:
        """Note what was set aside."""
        self.aside += [(arrival.record_id, reason) for arrival in arrivals]

    def keep_unreadable(self, forms: Sequence[bytes]) -> None:
        """Note what could not be answered."""
        self.unreadable += forms

    def is_fatal(self, error: Exception) -> bool:
        """Tell whether it is the office that is down."""
        return isinstance(error, OfficeDown)
