"""The story of one exchange at the office: record, judge, close, count; all or nothing.

Whatever is pure is done before the write transaction begins; inside it, locks are taken
in one order: the agent, NIKs ascending, records and cases ascending, days, and the counter
of known_niks.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa

from schemas.envelope import Ack
from schemas.words import Reason, Verdict
from server.books import Ahead, Opened, look_ahead, open_books
from server.examine import Examined, Terms, dated, examine
from server.posting import Posting
from server.rules import standing
from server.rules.clock import ExchangeClock
from server.rules.record import Decision
from server.store import feed, ledger, set_aside, stations
from server.store.engine import Store, by_key, is_down
from server.store.set_aside import Put
from sync.receiver import Arrival

_log = logging.getLogger(__name__)
_RACES = 3


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose exchange it is."""

    agent_id: str
    device_id: str


@dataclass(slots=True)
class Reconciler:
    """The office's desk for one exchange (`sync.receiver.Desk`)."""

    store: Store
    terms: Terms
    sender: Sender
    clock: ExchangeClock
    new_id: Callable[[], str]
    at_end: Callable[[sa.Connection], None]
    """Called at the end of each transaction that settles."""
    corrects_days: int = 7
    decided_at: datetime | None = None
    """When it is judged, where that is later than it was received (server/judging_again.py)."""

    def settle(self, arrivals: Sequence[Arrival]) -> list[Ack]:
        """Judge and record a batch in one transaction; one answer for each arrival.

        A record_id that another agent's exchange wrote meanwhile breaks the ledger's key:
        then the batch is judged again, with that record known.
        """
        examined = self._examine(arrivals)
        with self.store.read() as tx:
            by_key(tx)
            ahead = look_ahead(tx, self.terms.keys, list(examined.values()))
        for _ in range(_RACES):
            try:
                with self.store.write() as tx:
                    return self._write(tx, arrivals, examined, ahead)
            except sa.exc.IntegrityError:
                _log.info("a record was written meanwhile; judging the batch again")
        with self.store.write() as tx:
            return self._write(tx, arrivals, examined, ahead)

    def _examine(self, arrivals: Sequence[Arrival]) -> dict[tuple[str, str], Examined]:
        """Examine what is not recorded yet; what is recorded stays so."""
        device_id = self.sender.device_id
        own = [_seq(a) for a in arrivals if a.envelope.get("device_id") == device_id]
        with self.store.read() as tx:
            by_key(tx)
            seen = ledger.pairs(tx, {arrival.record_id for arrival in arrivals})
            latest = ledger.latest_capture_before(tx, device_id, min(own)) if own else None
        batch = []
        for arrival in sorted(arrivals, key=_seq):
            if arrival.pair in seen or arrival.retry is not None:
                continue
            is_own = arrival.envelope.get("device_id") == device_id
            clock = self.clock if is_own else ExchangeClock(self.clock.received_at)
            one = dated(arrival, clock, latest)
            batch.append(one)
            if is_own and one.time.at is not None:
                latest = max(latest or one.time.at, one.time.at)
        examined = examine(batch, self.sender.agent_id, self.terms)
        return {item.arrival.pair: item for item in examined}

    def _write(
        self,
        tx: sa.Connection,
        arrivals: Sequence[Arrival],
        examined: dict[tuple[str, str], Examined],
        ahead: Ahead,
    ) -> list[Ack]:
        by_key(tx)
        feed.lock(tx, [self.sender.agent_id])
        ids = {arrival.record_id for arrival in arrivals}
        items = [examined[arrival.pair] for arrival in arrivals if arrival.pair in examined]
        opened = open_books(tx, self.terms.keys, self.terms.rules.timezone, items, ids, ahead)
        waiting = set_aside.first_seen(tx, self.sender.agent_id, ids)
        # Read behind the agent's lock: a move that commits meanwhile is known, or waits.
        where = stations.of_agent(tx, self.sender.agent_id)
        posting = Posting(
            tx, self.terms.keys, self.sender, where, self.clock, self._now, opened, self.new_id
        )
        posting.reserve(len(items))
        answers = [
            self._answer(arrival, examined, opened, posting, waiting) for arrival in arrivals
        ]
        posting.post(waiting)
        self.at_end(tx)
        return [ack or self._standing(arrival, opened) for arrival, ack in answers]

    @property
    def _now(self) -> datetime:
        return self.decided_at or self.clock.received_at

    def _standing(self, arrival: Arrival, opened: Opened) -> Ack:
        """Return what was recorded before, as it stands now that all is judged."""
        return ledger.ack(opened.books.records[arrival.record_id], arrival.digest)

    def _answer(
        self,
        arrival: Arrival,
        examined: dict[tuple[str, str], Examined],
        opened: Opened,
        posting: Posting,
        waiting: dict[tuple[str, str], datetime],
    ) -> tuple[Arrival, Ack | None]:
        """Return the answer to an arrival; None where it was recorded before."""
        first = opened.books.records.get(arrival.record_id)
        if first is not None:
            if first.digest == arrival.digest and first.agent_id == self.sender.agent_id:
                return arrival, None
            return arrival, posting.aside(arrival, Verdict.REJECTED, Reason.ID_REUSED)
        if arrival.retry is not None:
            return arrival, posting.aside(arrival, Verdict.RETRY, arrival.retry)
        item = examined[arrival.pair]
        decision = self._decide(item, opened, waiting.get(arrival.pair))
        if decision.verdict == Verdict.RETRY:
            return arrival, posting.aside(arrival, decision.verdict, decision.reason)
        return arrival, posting.close(item, decision)

    def _decide(self, item: Examined, opened: Opened, since: datetime | None) -> Decision:
        if item.arrival.cyclic:
            return standing.cyclic(item.entry)
        patience = timedelta(days=self.corrects_days)
        wait = since is None or self._now - since < patience
        return standing.decide(item.entry, opened.books, wait_for_target=wait)

    def set_aside(self, arrivals: Sequence[Arrival], reason: Reason) -> None:
        """Keep what has no standing, as it came."""
        rows = [
            self._put(arrival.record_id, arrival.digest, reason.value, arrival.form)
            for arrival in arrivals
        ]
        with self.store.write() as tx:
            set_aside.put(tx, rows, self._now)

    def keep_unreadable(self, forms: Sequence[bytes]) -> None:
        """Keep what cannot even be answered, by the digest of its bytes."""
        rows = [self._put("", sha256(form).hexdigest(), "unreadable", form) for form in forms]
        with self.store.write() as tx:
            set_aside.put(tx, rows, self._now)

    def _put(self, record_id: str, digest: str, reason: str, form: bytes) -> Put:
        sealed = self.terms.keys.seal(form)
        who = self.sender
        return Put(who.agent_id, who.device_id, record_id, digest, reason, sealed)

    def is_fatal(self, error: Exception) -> bool:
        """Tell whether the database itself is at fault; then the laptop comes again."""
        return is_down(error)


def _seq(arrival: Arrival) -> int:
    number = arrival.envelope.get("device_seq")
    return number if type(number) is int and 0 < number < 2**53 else 2**53
