"""Write down what was decided: standings, holders, days, cases and feed, set by set."""

from collections.abc import Callable, Container, Sequence
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from schemas.envelope import Ack, is_uuid
from schemas.words import Reason, Verdict
from server.books import Opened
from server.examine import Examined
from server.keys import Keys
from server.rules.clock import ExchangeClock
from server.rules.record import Decision, Record
from server.rules.stations import Station, office_on
from server.store import cases, feed, holders, known_niks, ledger, people, performance, set_aside
from sync.receiver import Arrival


class Sender(Protocol):
    """Whose exchange it is."""

    @property
    def agent_id(self) -> str: ...
    @property
    def device_id(self) -> str: ...


class Posting:
    """Collects a batch's decisions, keeps the books true meanwhile, writes all at the end."""

    def __init__(
        self,
        tx: sa.Connection,
        keys: Keys,
        sender: Sender,
        stations: Sequence[Station],
        clock: ExchangeClock,
        now: datetime,
        opened: Opened,
        new_id: Callable[[], str],
    ) -> None:
        """Post into a write transaction, for one sender; `stations` are the agent's.

        `clock` says when all was received, `now` when it is judged.
        """
        self._tx = tx
        self._keys = keys
        self._sender = sender
        self._stations = stations
        self._clock = clock
        self._now = now
        self._opened = opened
        self._books = opened.books
        zone = ZoneInfo(opened.books.timezone)
        self._received_date = clock.received_at.astimezone(zone).date()
        self._new_id = new_id
        self._seqs: list[int] = []
        self._closed: list[tuple[Examined, Record]] = []
        self._superseded: dict[str, str] = {}
        self._aside: list[set_aside.Put] = []
        self._cases: list[tuple[str, str, str | None]] = []
        self._days = performance.no_days()

    def reserve(self, count: int) -> None:
        """Take serial numbers for up to `count` new records."""
        self._seqs = ledger.next_seqs(self._tx, count)[::-1] if count else []

    def aside(self, arrival: Arrival, verdict: Verdict, reason: Reason) -> Ack:
        """Keep an envelope that gets no standing, and return its answer."""
        sender = self._sender
        self._aside.append(
            set_aside.Put(
                sender.agent_id,
                sender.device_id,
                arrival.record_id,
                arrival.digest,
                reason.value,
                self._keys.seal(arrival.form),
            )
        )
        return Ack(arrival.record_id, arrival.digest, verdict, reason)

    def close(self, item: Examined, decision: Decision) -> Ack:
        """Give a new record its standing in the books, and return its answer."""
        record = self._record(item, decision)
        self._books.records[record.record_id] = record
        self._closed.append((item, record))
        performance.add(self._days, record, 1)
        if decision.supersedes is not None:
            self._supersede(decision.supersedes, record)
        if record.verdict == Verdict.ACCEPTED and record.nik_hash is not None:
            self._books.holders[record.nik_hash] = record.record_id
            self._opened.lookalikes.add(item)
        self._cases += [(kind, record.record_id, other) for kind, other in decision.cases]
        return ledger.ack(record, record.digest)

    def _record(self, item: Examined, decision: Decision) -> Record:
        entry, envelope = item.entry, item.arrival.envelope
        root = self._books.records.get(decision.root_id or "")
        end = self._books.records.get(decision.supersedes or "")
        work_date = root.work_date if root is not None else item.work_date
        return Record(
            record_id=entry.record_id,
            seq=self._seqs.pop(),
            digest=entry.digest,
            agent_id=entry.agent_id,
            office_id=office_on(self._stations, work_date),
            device_id=_id(envelope.get("device_id")),
            device_seq=_number(envelope.get("device_seq")),
            received_at=entry.received_at,
            captured_at=entry.time.at,
            certainty=entry.time.certainty.value,
            work_date=work_date,
            received_date=root.received_date if root is not None else self._received_date,
            verdict=decision.verdict,
            reason=decision.reason,
            root_id=root.root_id if root is not None else entry.record_id,
            flags=decision.flags,
            errors=decision.errors,
            due=item.due,
            corrects=entry.corrects,
            duplicate_of=decision.duplicate_of,
            nik_hash=entry.nik_hash,
            contribution=item.contribution,
            jht=item.jht,
            months=item.months,
            kelurahan=item.kelurahan,
            counts_as=end.counts_as if end is not None else None,
        )

    def _supersede(self, record_id: str, by: Record) -> None:
        end = self._books.records[record_id]
        performance.add(self._days, end, -1)
        moved = end._replace(
            verdict=Verdict.SUPERSEDED,
            reason=Reason.CORRECTED,
            corrected_by=by.record_id,
            duplicate_of=None,
            counts_as=None,
        )
        performance.add(self._days, moved, 1)
        self._books.records[record_id] = moved
        self._superseded[record_id] = by.record_id

    def post(self, waiting: Container[tuple[str, str]]) -> None:
        """Write everything, in the order in which locks are taken.

        `waiting` are the pairs that lie in set_aside: those with a verdict now leave it.
        """
        self._post_holders()
        self._post_records()
        self._post_cases()
        set_aside.put(self._tx, self._aside, self._now)
        closed = [item.arrival.pair for item, _ in self._closed if item.arrival.pair in waiting]
        set_aside.take_out(self._tx, self._sender.agent_id, closed)
        changes = [{"kind": "standing", "record_id": record_id} for record_id in self._superseded]
        feed.append(self._tx, self._sender.agent_id, changes, self._now)
        performance.apply(self._tx, self._days)
        self._post_known()

    def _post_holders(self) -> None:
        final, claimed = self._books.holders, self._opened.claimed
        holders.let_go(self._tx, [nik for nik in claimed if nik not in final])
        first = self._opened.claimants
        holders.hand(self._tx, {nik: final[nik] for nik in final if final[nik] != first.get(nik)})

    def _post_records(self) -> None:
        records = self._books.records
        # By id, so that two batches with the same ids wait for each other and not in a ring.
        rows = [
            (records[item.entry.record_id], item.sealed)
            for item, _ in sorted(self._closed, key=lambda one: one[1].record_id)
        ]
        ledger.record(self._tx, rows, self._sender.device_id, self._clock.offset_s)
        new = {record.record_id for _, record in self._closed}
        moved = [records[record_id] for record_id in self._superseded if record_id not in new]
        ledger.move(self._tx, moved + self._renamed())
        outlines = [item.outline for item, _ in self._closed if item.outline is not None]
        people.put(self._tx, outlines)
        accepted = [pair for pair in self._closed if pair[1].verdict == Verdict.ACCEPTED]
        traces = [(key, record.seq) for item, record in accepted for key in item.traces]
        people.put_traces(self._tx, traces)

    def _renamed(self) -> list[Record]:
        """Return the duplicates of superseded holders, naming who holds the place now."""
        if not self._superseded:
            return []
        stored = ledger.duplicates_of(self._tx, self._superseded)
        return [
            record._replace(duplicate_of=self._books.end_of(record.duplicate_of).record_id)
            for record in stored
            if record.duplicate_of is not None and record.record_id not in self._superseded
        ]

    def _post_cases(self) -> None:
        moved = {old: self._books.end_of(old).record_id for old in self._superseded}
        cases.move_to(self._tx, moved)
        standing = cases.open_of(self._tx, moved.values())
        known = {(case.kind, frozenset((case.record_id, case.other_id))) for case in standing}
        cases.open_cases(
            self._tx,
            [
                {
                    "case_id": self._new_id(),
                    "kind": kind,
                    "record_id": moved.get(record_id, record_id),
                    "other_id": moved.get(other or "", other),
                    "opened_at": self._now,
                }
                for kind, record_id, other in self._cases
                if (
                    kind,
                    frozenset((moved.get(record_id, record_id), moved.get(other or "", other))),
                )
                not in known
            ],
        )

    def _post_known(self) -> None:
        fresh = self._opened.claimed & self._books.holders.keys()
        fit = [item for item, _ in self._closed if not item.entry.errors]
        digests = {item.entry.nik_hash: item.known[1] for item in fit}
        known_niks.add(self._tx, [digests[nik] for nik in sorted(fresh)])


def _id(value: Any) -> str | None:
    return value if is_uuid(value) else None


def _number(value: Any) -> int | None:
    return value if type(value) is int and 0 < value < 2**53 else None
