"""How a record is judged, as a pure function over the books (sync/PROTOCOL.md).

The order of the checks is the protocol's; what is decided here is applied elsewhere.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from schemas.words import Flag, Reason, Verdict
from server.rules import credit
from server.rules.dedup import judge
from server.rules.person import Person
from server.rules.record import Decision, Entry, Member, Record
from sync.limits import ERRORS


@dataclass(slots=True)
class Books:
    """The office's books as far as a batch needs them, kept true while it is judged."""

    timezone: str
    records: dict[str, Record] = field(default_factory=dict)
    holders: dict[bytes, str] = field(default_factory=dict)
    withdrawn: dict[bytes, datetime] = field(default_factory=dict)
    members: dict[bytes, Member] = field(default_factory=dict)
    person_of: Callable[[str], Person] = lambda _record_id: _nobody()
    lookalikes: Callable[["Entry", "Books"], Iterable[str]] = lambda _entry, _books: ()
    """Who looks like an entry's person, by these books: handed over, since books that held
    themselves would stay in memory until the collector comes."""

    def end_of(self, record_id: str) -> Record:
        """Return the present end of a record's chain."""
        record = self.records[self.root_of(record_id)]
        while record.corrected_by is not None:
            record = self.records[record.corrected_by]
        return record

    def root_of(self, record_id: str) -> str:
        """Return the first record of a chain.

        A refused record whose correction target came later than itself joins that chain,
        where it is the same agent's.
        """
        record, seen = self.records[record_id], set[str]()
        while self._was_early(record) and record.record_id not in seen:
            seen.add(record.record_id)
            record = self.records[str(record.corrects)]
        return record.root_id

    def _was_early(self, record: Record) -> bool:
        if record.root_id != record.record_id or record.verdict != Verdict.REJECTED:
            return False
        target = self.records.get(record.corrects or "")
        return target is not None and target.agent_id == record.agent_id

    def leads_to(self, record_id: str, goal: str) -> bool:
        """Tell whether what a record corrects, and so on, comes to a certain id."""
        seen, step = set[str](), record_id
        while step in self.records and step not in seen:
            seen.add(step)
            step = self.records[step].corrects or ""
        return step == goal


def _nobody() -> Person:
    raise LookupError("no way to open contents was handed in")


def decide(entry: Entry, books: Books, *, wait_for_target: bool = True) -> Decision:
    """Return what becomes of an entry; the books are as after all that came before it.

    `wait_for_target` is False once a correction has waited long enough for the record that
    it names: then it is judged as a new record.
    """
    if entry.corrects == entry.record_id:
        return _invalid(entry, "corrects_self")
    if entry.corrects is None:
        return _refusal(entry) or _withdrawn(entry, books) or _fresh(entry, books)
    target = books.records.get(entry.corrects)
    if target is not None and target.agent_id == entry.agent_id:
        if books.leads_to(target.record_id, entry.record_id):
            return cyclic(entry)
        return _correction(entry, books)
    refused = _refusal(entry) or _withdrawn(entry, books)
    if wait_for_target:
        return refused or Decision(Verdict.RETRY, Reason.CORRECTS_UNKNOWN)
    return refused or _fresh(entry, books)


def cyclic(entry: Entry) -> Decision:
    """Return the decision on a correction that, over others, corrects itself."""
    return _invalid(entry, "corrects_cycle")


def _invalid(entry: Entry, code: str) -> Decision:
    errors = ({"field": "envelope.corrects", "code": code}, *entry.errors)[:ERRORS]
    return Decision(Verdict.REJECTED, Reason.INVALID, errors=errors, flags=entry.flags)


def _refusal(entry: Entry) -> Decision | None:
    if not entry.errors:
        return None
    reason = Reason.INELIGIBLE if entry.ineligible else Reason.INVALID
    return Decision(Verdict.REJECTED, reason, errors=entry.errors, flags=entry.flags)


def _withdrawn(entry: Entry, books: Books) -> Decision | None:
    at = books.withdrawn.get(entry.nik_hash or b"")
    if at is None:
        return None
    consented_later = entry.consent_at is not None and entry.consent_at > at
    captured_before = entry.time.at is not None and entry.time.at <= at
    if consented_later and not captured_before:
        return None
    return Decision(Verdict.REJECTED, Reason.WITHDRAWN, flags=entry.flags)


def _correction(entry: Entry, books: Books) -> Decision:
    root_id = books.root_of(str(entry.corrects))
    end = books.end_of(root_id)
    if end.reason == Reason.WITHDRAWN:
        flags = entry.flags
        return Decision(Verdict.REJECTED, Reason.WITHDRAWN, flags=flags, root_id=root_id)
    refused = _refusal(entry) or _withdrawn(entry, books)
    if refused is not None:
        return refused._replace(root_id=root_id)
    if end.verdict == Verdict.REJECTED:
        decision = _fresh(entry, books, root=books.records[root_id])
        return decision._replace(root_id=root_id, supersedes=end.record_id)
    moved = _moved(entry, end, books)
    if moved is not None:
        case = (moved.value, end.record_id)
        return Decision(Verdict.IN_REVIEW, moved, flags=entry.flags, root_id=root_id, cases=(case,))
    decision = _fresh(
        entry, books, root=books.records[root_id], on_roll=end.verdict != Verdict.ACCEPTED
    )
    if decision.verdict == Verdict.ACCEPTED:
        decision = decision._replace(reason=Reason.CORRECTED)
    stays = end.duplicate_of is not None and decision.reason != Reason.MEMBER
    if stays and (decision.duplicate_of == end.duplicate_of or _merged(end, books)):
        decision = _still_duplicate(entry, end)
    return decision._replace(root_id=root_id, supersedes=end.record_id)


def _merged(end: Record, books: Books) -> bool:
    """Tell whether it was a supervisor, not the judge, who called a duplicate the same person."""
    other = books.records[str(end.duplicate_of)]
    return end.nik_hash != other.nik_hash or not _same(
        books.person_of(end.record_id), books.person_of(other.record_id)
    )


def _still_duplicate(entry: Entry, end: Record) -> Decision:
    """Return the decision on the correction of a duplicate that stays one of the same record.

    Whether its credit is disputed was found out at first, and may be decided by now.
    """
    dispute = tuple(flag for flag in end.flags if flag == Flag.CREDIT_DISPUTE)
    return Decision(
        Verdict.DUPLICATE,
        Reason.ENROLLED,
        flags=(*entry.flags, *dispute),
        duplicate_of=end.duplicate_of,
    )


def afresh(entry: Entry, books: Books, root: Record, *, on_roll: bool = True) -> Decision:
    """Judge a recorded capture once more, as a new one, by the books as they are now.

    `root` is its chain's first record, whose rank in time it has; `on_roll` as in a
    correction: False where a later membership is no matter.
    """
    return _withdrawn(entry, books) or _fresh(entry, books, root=root, on_roll=on_roll)


def accepted(entry: Entry, books: Books) -> Decision:
    """Return the decision that a capture holds its NIK, which is free; alike ones are flagged."""
    return _accepted(entry, books)


def is_withdrawn(entry: Entry, books: Books) -> bool:
    """Tell whether a withdrawal of consent holds for a capture."""
    return _withdrawn(entry, books) is not None


def _moved(entry: Entry, end: Record, books: Books) -> Reason | None:
    if entry.nik_hash != end.nik_hash:
        return Reason.NIK_CHANGED
    if not _same(entry.person, books.person_of(end.record_id)):
        return Reason.PERSON_CHANGED
    return None


def _same(one: Person | None, other: Person) -> bool:
    return one is not None and judge(one, other).same


def _fresh(
    entry: Entry, books: Books, *, root: Record | None = None, on_roll: bool = True
) -> Decision:
    """Judge by the roll and the holder; rank in time is the chain's first record's.

    `on_roll` is False for the correction of an accepted record: a member who first appears
    on a later roll stays accepted.
    """
    claim = root.claim if root is not None else entry.claim
    nik = entry.nik_hash or b""
    member = books.members.get(nik) if on_roll else None
    if member is not None and member.began_before(claim.received_at, books.timezone):
        return _against_member(entry, member)
    holder_id = books.holders.get(nik)
    holder = books.records[holder_id] if holder_id is not None else None
    if holder is None or (root is not None and holder.root_id == root.root_id):
        return _accepted(entry, books)
    if _same(entry.person, books.person_of(holder.record_id)):
        return _duplicate(entry, claim, holder, books)
    case = (Reason.NIK_CONFLICT.value, holder.record_id)
    return Decision(Verdict.IN_REVIEW, Reason.NIK_CONFLICT, flags=entry.flags, cases=(case,))


def _against_member(entry: Entry, member: Member) -> Decision:
    who = entry.person
    known_as = member.person._replace(nik=who.nik) if who is not None else member.person
    if _same(who, known_as) and who is not None and who.birth_date == known_as.birth_date:
        return Decision(Verdict.DUPLICATE, Reason.MEMBER, flags=entry.flags)
    case = (Reason.NIK_CONFLICT.value, None)
    return Decision(Verdict.IN_REVIEW, Reason.NIK_CONFLICT, flags=entry.flags, cases=(case,))


def _accepted(entry: Entry, books: Books) -> Decision:
    alike = next(iter(books.lookalikes(entry, books)), None)
    if alike is None:
        return Decision(Verdict.ACCEPTED, Reason.NEW, flags=entry.flags)
    flags = (*entry.flags, Flag.NEAR_MATCH.value)
    case = (Flag.NEAR_MATCH.value, alike)
    return Decision(Verdict.ACCEPTED, Reason.NEW, flags=flags, cases=(case,))


def _duplicate(entry: Entry, claim: credit.Claim, holder: Record, books: Books) -> Decision:
    decision = Decision(
        Verdict.DUPLICATE, Reason.ENROLLED, flags=entry.flags, duplicate_of=holder.record_id
    )
    if not credit.is_disputed(claim, books.records[holder.root_id].claim):
        return decision
    dispute = Flag.CREDIT_DISPUTE.value
    return decision._replace(flags=(*entry.flags, dispute), cases=((dispute, holder.record_id),))
