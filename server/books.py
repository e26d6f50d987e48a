"""Open the books for a batch: everything its judging may need, in few set-wise queries."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from schemas.enrolment import normalise
from schemas.words import Verdict
from server.examine import Examined
from server.keys import Keys
from server.rules.dedup import judge
from server.rules.person import Person, person
from server.rules.record import Entry, Member, Record
from server.rules.standing import Books
from server.store import cases, holders, ledger, people, roll


@dataclass(slots=True)
class Opened:
    """The books, and who holds what NIK in the database by now: claimed just now or before."""

    books: Books
    claimed: set[bytes]
    claimants: dict[bytes, str]
    lookalikes: "Lookalikes"


class Contents:
    """Opens sealed contents, each once; what a batch brings itself need not be opened."""

    def __init__(self, tx: sa.Connection, keys: Keys) -> None:
        """Read through a transaction, with the office's keys."""
        self._tx = tx
        self._keys = keys
        self.persons: dict[str, Person] = {}
        """Who is known by now; whoever is known without opening anything may be put here."""

    def open(self, sealed: Mapping[str, bytes]) -> None:
        """Open the contents of those records, by id, whose person is not known by now.

        Step by step, all in each, as `examine` does and for its reason.
        """
        new = [record_id for record_id in sealed if record_id not in self.persons]
        forms = [self._keys.open(sealed[record_id]) for record_id in new]
        contents = [raw_content_of(form) for form in forms]
        self.persons.update(zip(new, map(person, contents), strict=True))

    def load(self, record_ids: Iterable[str]) -> None:
        """Open the contents of these records in one query."""
        missing = [record_id for record_id in record_ids if record_id not in self.persons]
        self.open(ledger.sealed(self._tx, missing))

    def person_of(self, record_id: str) -> Person:
        """Return the person of a record."""
        if record_id not in self.persons:
            self.load([record_id])
        return self.persons[record_id]


def content_of(form: bytes) -> dict[str, Any]:
    """Return the content, in its normal form, of an envelope's canonical bytes."""
    return normalise(raw_content_of(form))


def raw_content_of(form: bytes) -> dict[str, Any]:
    """Return the content, as it came, of an envelope's canonical bytes.

    Empty where the envelope, then refused, came without an object as its content.
    """
    try:
        envelope = orjson.loads(form)
    except orjson.JSONDecodeError:  # half a character, which a refused envelope may hold
        envelope = json.loads(form.decode("utf-8", "surrogatepass"))
    content = envelope.get("content")
    return content if isinstance(content, dict) else {}


class Ahead(NamedTuple):
    """Who looks like somebody of a batch, found and compared before the books are locked."""

    upto: int
    """The greatest serial number then: what was written later is still to be found."""
    alike: Mapping[str, set[str]]
    """The records that look like an entry's person, by the entry's id."""


def look_ahead(tx: sa.Connection, keys: Keys, examined: Sequence[Examined]) -> Ahead:
    """Find who looks like somebody of a batch, while others may still write."""
    upto = ledger.greatest_seq(tx)
    bearers: dict[int, list[Entry]] = {}
    for item in examined:
        for trace in item.traces:
            bearers.setdefault(trace, []).append(item.entry)
    contents = Contents(tx, keys)
    rows = people.sharing(tx, bearers)
    contents.open({row.record_id: row.sealed for row in rows})
    pairs: dict[tuple[str, str], Entry] = {}
    for row in rows:
        pairs.update({(row.record_id, entry.record_id): entry for entry in bearers[row.key]})
    alike: dict[str, set[str]] = {}
    for (record_id, entry_id), entry in pairs.items():
        if are_alike(entry, contents.persons[record_id]):
            alike.setdefault(entry_id, set()).add(record_id)
    return Ahead(upto, alike)


def are_alike(entry: Entry, other: Person) -> bool:
    """Tell whether an entry's person looks like another, under another NIK."""
    return entry.person is not None and judge(entry.person, other).near_match


class Lookalikes:
    """Finds accepted records that may be the same person under another NIK."""

    def __init__(self, tx: sa.Connection, contents: Contents, ahead: Ahead) -> None:
        """Compare only with those that share a trace, by their opened contents."""
        self._tx = tx
        self._contents = contents
        self._ahead = ahead
        self._by_trace: dict[int, list[str]] = {}
        self._traces: dict[str, tuple[int, ...]] = {}

    def load(self, examined: Sequence[Examined]) -> None:
        """Fetch who shares a trace with the batch since those who were found ahead."""
        self._traces = {item.entry.record_id: item.traces for item in examined}
        wanted = {trace for traces in self._traces.values() for trace in traces}
        rows = people.sharing_since(self._tx, wanted, self._ahead.upto)
        self._contents.open({row.record_id: row.sealed for row in rows})
        for row in rows:
            self._by_trace.setdefault(row.key, []).append(row.record_id)

    def add(self, item: Examined) -> None:
        """Let a record that was accepted just now be found by those after it."""
        for trace in item.traces:
            self._by_trace.setdefault(trace, []).append(item.entry.record_id)

    def of(self, entry: Entry, books: Books) -> Iterable[str]:
        """Give the records, lowest id first, that look like an entry's person."""
        alike = self._ahead.alike.get(entry.record_id, set())
        found = {
            record_id
            for trace in self._traces.get(entry.record_id, ())
            for record_id in self._by_trace.get(trace, ())
        }
        for record_id in sorted(alike | found):
            known = record_id in alike
            is_alike = known or are_alike(entry, self._contents.person_of(record_id))
            if is_alike and self._is_rival(entry, record_id, books):
                yield record_id

    def _is_rival(self, entry: Entry, record_id: str, books: Books) -> bool:
        """Tell whether a record is accepted, of another chain, and was not called different."""
        if record_id not in books.records:
            books.records.update(ledger.chains(self._tx, [record_id]))
        record = books.records[record_id]
        if record.verdict != Verdict.ACCEPTED:
            return False
        if entry.corrects is None or entry.corrects not in books.records:
            return True
        root = books.root_of(entry.corrects)
        return root != record.root_id and not cases.told_apart(self._tx, root, record.root_id)


def open_books(
    tx: sa.Connection,
    keys: Keys,
    timezone: str,
    examined: Sequence[Examined],
    ids: Iterable[str],
    ahead: Ahead,
) -> Opened:
    """Claim the batch's NIKs and return the books; NIKs stay locked until the end."""
    contents = Contents(tx, keys)
    fit = [item for item in examined if not item.entry.errors]
    niks = {item.entry.nik_hash for item in fit if item.entry.nik_hash is not None}
    targets = {item.entry.corrects for item in examined if item.entry.corrects is not None}
    held, claimed = holders.claim(tx, _named(tx, targets) | _wanted(fit))
    old_holders = {held[nik] for nik in niks - claimed if nik in held}
    records = ledger.chains(tx, {*ids, *targets, *old_holders})
    if targets:
        records |= ledger.chains(tx, _duplicated(records.values()) - records.keys())
    for item in fit:
        if item.entry.person is not None:
            contents.persons[item.entry.record_id] = item.entry.person
    contents.load(old_holders | {record_id for record_id in targets if record_id in records})
    lookalikes = Lookalikes(tx, contents, ahead)
    lookalikes.load(fit)
    books = Books(
        timezone=timezone,
        records=records,
        holders={nik: record_id for nik, record_id in held.items() if nik not in claimed},
        withdrawn=roll.withdrawn(tx, niks),
        members={nik: member_of(row) for nik, row in roll.members(tx, niks).items()},
        person_of=contents.person_of,
        lookalikes=lookalikes.of,
    )
    return Opened(books, claimed, held, lookalikes)


def _named(tx: sa.Connection, targets: Iterable[str]) -> dict[bytes, tuple[str, bytes]]:
    """Return the NIKs of the records that the targets' chains are duplicates of, to be locked.

    Where a supervisor merged two NIKs, a correction follows the merge, so that what it
    names must stay as it is meanwhile.
    """
    named = ledger.records(tx, _duplicated(ledger.chains(tx, targets).values()))
    return {r.nik_hash: (r.record_id, b"") for r in named.values() if r.nik_hash is not None}


def _duplicated(records: Iterable[Record]) -> set[str]:
    return {record.duplicate_of for record in records if record.duplicate_of is not None}


def _wanted(fit: Sequence[Examined]) -> dict[bytes, tuple[str, bytes]]:
    wanted: dict[bytes, tuple[str, bytes]] = {}
    for item in fit:
        if item.entry.nik_hash is not None:
            wanted.setdefault(item.entry.nik_hash, (item.entry.record_id, item.known[0]))
    return wanted


def member_of(row: Any) -> Member:
    """Return a row of the roll as a member."""
    outline = {"full_name": row.folded_name, "birth_date": row.birth_date.isoformat()}
    return Member(person(outline), row.since, row.imported_at)
