"""What the laptop's half of the exchange needs from the world, as tiny ports.

One contract suite (tests/contracts/) runs on every implementation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Waiting:
    """One saved capture that has no verdict yet.

    `envelope` is what travels, with or without its `digest`: the sender puts `digest` in.
    `attempts` counts the sendings that the office may have seen.
    """

    record_id: str
    digest: str
    envelope: Mapping[str, Any] = field(repr=False)
    attempts: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What one answer changed on the laptop, as counts.

    `acknowledged` acks that gave a standing, `retry` acks that did not, `ignored` acks of
    records or digests that are not held (or a retry for what has its standing), `resaved`
    captures saved again under a new id, `changes` changes applied.
    """

    acknowledged: int
    retry: int
    ignored: int
    resaved: int
    changes: int


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the office: status, lower-case header names, decoded JSON or bytes."""

    status: int
    headers: Mapping[str, str]
    body: Any
    raw: bytes = b""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What the laptop reports of itself with each exchange.

    `waiting` counts every capture without a verdict, those set aside (`set_aside`) among
    them; `oldest_waiting_at` is the oldest one's `captured_at`; `last_seq` the greatest
    device_seq given out here; `reference` the version held of each list; `stopped` what a
    laptop says that is taken out of service, None where it is not or was not told the order.
    """

    waiting: int
    drafts: int
    set_aside: int
    oldest_waiting_at: datetime | None
    last_seq: int
    client: str
    disk_free_mb: int
    reference: Mapping[str, str] = field(default_factory=dict)
    stopped: Mapping[str, Any] | None = None


class Outbox(Protocol):
    """The queue on the laptop: *waiting* and *settled*, nothing between.

    Every method is one transaction; what it returned from is durable.
    """

    def next_batch(self, size: int, *, sent: Sequence[str], now: datetime) -> list[Waiting]:
        """Return up to `size` waiting captures, fewest attempts first, then oldest.

        Leaves out those whose ids are in `sent` (sent in this run already) and those
        set aside that are not yet due again.
        """
        ...

    def attempted(self, record_ids: Sequence[str], problem: str | None, now: datetime) -> None:
        """Count one attempt for each, with the problem's code if it failed."""
        ...

    def set_aside(self, record_id: str, problem: str, now: datetime) -> None:
        """Keep what fails alone out of batches: tried once a day and after an update."""
        ...

    def settle(self, answer: Mapping[str, Any], *, receipt: bytes | None, now: datetime) -> Settled:
        """Apply acks, then changes, then save cursor and epoch, in one transaction.

        `answer` holds acks and changes; `cursor`, `epoch`, `time` and `performance` where
        it has them: a member that is left out leaves what is stored as it is, so that the
        answer to a reconcile is settled alike. From `time` the office's offset is kept for
        later captures: `time` less `now`, and `time` itself as `last_answer_at`.
        An ack whose digest is not the record's own is ignored. Any other ack takes its
        record out of those set aside; `retry` leaves it waiting, and never unsettles what
        has its standing. `rejected/id_reused` saves the capture again under a new id, with
        its own `captured_at`; the old id is neither waiting nor held from then on.
        Unknown verdicts, reasons, flags and kinds of change stop nothing.
        The same answer settled twice changes nothing the second time.
        `receipt` is the signed list to keep (JSON with key_id, signature, payload and
        checked), None where there is no proof.
        """
        ...

    def cursor(self) -> str | None:
        """Return the feed's place of the last settled answer."""
        ...

    def epoch(self) -> str | None:
        """Return the office's epoch of the last settled answer."""
        ...

    def forget_cursor(self) -> None:
        """Void the cursor: the office was restored, everything held is reconciled."""
        ...

    def held(self, after: str | None, limit: int) -> list[tuple[str, str]]:
        """Return (record_id, digest) of captures of every state, ordered by id, to reconcile.

        Only ids greater than `after`, at most `limit`; what was forgotten is not held.
        """
        ...

    def reopen(self, record_ids: Sequence[str]) -> None:
        """Make settled records that the office does not know wait again; others stay."""
        ...

    def raise_seq(self, last_seq: int) -> None:
        """Go on numbering from the greater of the own and the office's last device_seq."""
        ...

    def retire(self, asked: Mapping[str, Any] | None) -> None:
        """Take nothing new in from now on, as an answer's `retire` says; None: go on working.

        Another order than before is one to compare under anew.
        """
        ...

    def heartbeat(self) -> Heartbeat:
        """Return what the laptop reports of itself."""
        ...


class Transport(Protocol):
    """The line. Raises sync.problems.LineProblem where no answer of the office came."""

    def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> Reply:
        """Fetch a path below the office's address."""
        ...

    def post(self, path: str, body: Mapping[str, Any]) -> Reply:
        """Send JSON, gzipped where the office takes it."""
        ...


class Clock(Protocol):
    """The laptop's clocks and its waiting, so that tests need not wait."""

    def now(self) -> datetime:
        """Return the wall clock, aware, in UTC."""
        ...

    def uptime(self) -> tuple[str, int] | None:
        """Return the running system's boot id and its whole seconds since then."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait; a stop request ends it early."""
        ...
