"""What a person's decision may move, and what moves with it; pure.

A scene is the books around a few records. Standings are put into it one by one; what they
bring with them (who takes a NIK that was let go, who names whom, who has the credit) follows
here, so that promise 5 of sync/PROTOCOL.md holds after every decision.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from schemas.words import Flag, Reason, Verdict
from server.rules import standing
from server.rules.record import Decision, Entry, Record
from server.rules.standing import Books

LIVE = frozenset({Verdict.ACCEPTED, Verdict.DUPLICATE, Verdict.IN_REVIEW})
_RAISED_BY_JUDGING = frozenset({Flag.NEAR_MATCH.value, Flag.CREDIT_DISPUTE.value})


class Unfit(Exception):
    """A decision does not fit how things stand; the text is the problem's code."""

    def __init__(self, code: str = "decision_unfit") -> None:
        """Say why: `decision_unfit`, `nik_held` or `undo_blocked`."""
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Scene:
    """The records that a decision may move, with the books kept true meanwhile."""

    books: Books
    entry_of: Callable[[Record], Entry]
    """A recorded capture as it would be judged again."""
    before: dict[str, Record] = field(default_factory=dict)
    """What moved, as it stood."""
    opened: list[tuple[str, str, str | None]] = field(default_factory=list)
    """Cases to open: kind, record, the other record."""

    def copy(self) -> "Scene":
        """Return the scene as it stands now, to be moved by itself."""
        books = self.books
        apart = replace(books, records=dict(books.records), holders=dict(books.holders))
        return Scene(apart, self.entry_of)

    def moved(self) -> Iterator[tuple[Record, Record]]:
        """Give each record that stands otherwise than before: as it stood, as it stands."""
        for record_id, before in sorted(self.before.items()):
            if self.books.records[record_id] != before:
                yield before, self.books.records[record_id]

    def put(self, record: Record) -> None:
        """Let a record stand so; an accepted one holds its NIK, any other lets it go."""
        old = self.books.records[record.record_id]
        self.before.setdefault(record.record_id, old)
        self.books.records[record.record_id] = record
        holders = self.books.holders
        if old.nik_hash is not None and holders.get(old.nik_hash) == record.record_id:
            del holders[old.nik_hash]
        if record.verdict == Verdict.ACCEPTED and record.nik_hash is not None:
            holders[record.nik_hash] = record.record_id

    def accept(self, record: Record, reason: Reason = Reason.REINSTATED) -> None:
        """Give a record its NIK; raises Unfit where another holds it."""
        nik = record.nik_hash
        if nik is None:
            raise Unfit
        if self.books.holders.get(nik, record.record_id) != record.record_id:
            raise Unfit("nik_held")
        self._stand(record, standing.accepted(self._entry(record), self.books), reason)

    def reject(self, record: Record, reason: Reason) -> None:
        """Refuse a record, whatever it was."""
        self.put(record._replace(verdict=Verdict.REJECTED, reason=reason, duplicate_of=None))

    def name(self, record: Record, holder: Record) -> None:
        """Let a record be a duplicate of an accepted one, as the same person."""
        duplicate = record._replace(verdict=Verdict.DUPLICATE, reason=Reason.ENROLLED)
        self.put(duplicate._replace(duplicate_of=holder.record_id))

    def judge_again(
        self, record: Record, *, on_roll: bool = True, reason: Reason = Reason.REINSTATED
    ) -> Record:
        """Judge a record as if it came now, with its chain's rank; return how it stands.

        `reason` is what it is accepted for, where it is.
        """
        root = self.books.records[self.books.root_of(record.record_id)]
        decision = standing.afresh(self._entry(record), self.books, root, on_roll=on_roll)
        self._stand(record, decision, reason)
        return self.books.records[record.record_id]

    def _entry(self, record: Record) -> Entry:
        flags = tuple(flag for flag in record.flags if flag not in _RAISED_BY_JUDGING)
        return self.entry_of(record)._replace(flags=flags)

    def _stand(self, record: Record, decision: Decision, accepted_for: Reason) -> None:
        is_accepted = decision.verdict == Verdict.ACCEPTED
        self.put(
            record._replace(
                verdict=decision.verdict,
                reason=accepted_for if is_accepted else decision.reason,
                flags=decision.flags,
                duplicate_of=decision.duplicate_of,
            )
        )
        self.opened += [(kind, record.record_id, other) for kind, other in decision.cases]

    def stands_for(self, record: Record) -> Record | None:
        """Return the accepted record that stands for a record's person: itself, or its holder."""
        if record.duplicate_of is not None:
            record = self.books.records[record.duplicate_of]
        return record if record.verdict == Verdict.ACCEPTED else None

    def followers(self, record_id: str) -> list[Record]:
        """Return the duplicates that name a record, lowest seq first."""
        named = [r for r in self.books.records.values() if r.duplicate_of == record_id]
        return sorted(named, key=lambda record: record.seq)

    def hand_on(self) -> None:
        """Judge again every duplicate whose holder let go, lowest seq first.

        So the first that is the same person takes a free NIK (accepted/reinstated), and the
        others name it. Where another holds the NIK by now, who is the same person names that
        one, and of any other a supervisor decides (nik_conflict), as of a new capture.
        """
        while left := [record for record in self.books.records.values() if self._is_left(record)]:
            self.judge_again(min(left, key=lambda record: record.seq))

    def _is_left(self, record: Record) -> bool:
        return record.duplicate_of is not None and self.stands_for(record) is None

    def settle_credit(self) -> None:
        """Give credit back wherever the holder and the one that was credited came apart."""
        records = list(self.books.records.values())
        paired = {
            record_id
            for taker in records
            if taker.counts_as == Verdict.ACCEPTED and (giver := self._giver(taker)) is not None
            for record_id in (giver, taker.record_id)
        }
        for record in records:
            if record.counts_as is not None and record.record_id not in paired:
                self.put(record._replace(counts_as=None))

    def _giver(self, taker: Record) -> str | None:
        """Return the holder whose credit a duplicate has; one in review keeps it meanwhile."""
        named = taker.duplicate_of
        if taker.verdict == Verdict.IN_REVIEW and taker.nik_hash is not None:
            named = self.books.holders.get(taker.nik_hash)
        if named is None or self.books.records[named].counts_as != Verdict.DUPLICATE:
            return None
        return named if self.books.records[named].verdict == Verdict.ACCEPTED else None

    def is_sound(self) -> bool:
        """Tell whether promise 5 holds: one holder a NIK, and every duplicate names one."""
        accepted = [r for r in self.books.records.values() if r.verdict == Verdict.ACCEPTED]
        held = {record.nik_hash: record.record_id for record in accepted}
        holders = {nik: rid for nik, rid in self.books.holders.items() if nik in held}
        return len(held) == len(accepted) and holders == held and not self._any_left()

    def _any_left(self) -> bool:
        return any(self._is_left(record) for record in self.books.records.values())
