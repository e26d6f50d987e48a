"""Open the books for a batch: everything its judging may need, in few set-wise queries."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from schemas.enrolment import normalise
from server.examine import Examined
from server.keys import Keys
from server.rules.dedup import could_match, judge
from server.rules.person import Person, person
from server.rules.standing import Books, Entry, Member, Record
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
        self._persons: dict[str, Person] = {}

    def remember(self, record_id: str, who: Person) -> None:
        """Take over a person who is known without opening anything."""
        self._persons[record_id] = who

    def load(self, record_ids: Iterable[str]) -> None:
        """Open the contents of these records in one query."""
        missing = [record_id for record_id in record_ids if record_id not in self._persons]
        for record_id, sealed in ledger.sealed(self._tx, missing).items():
            self._persons[record_id] = person(content_of(self._keys.open(sealed)))

    def person_of(self, record_id: str) -> Person:
        """Return the person of a record."""
        if record_id not in self._persons:
            self.load([record_id])
        return self._persons[record_id]


def content_of(form: bytes) -> dict[str, Any]:
    """Return the content, in its normal form, of an envelope's canonical bytes.

    Empty where the envelope, then refused, came without an object as its content.
    """
    content = json.loads(form.decode("utf-8", "surrogatepass")).get("content")
    return normalise(content) if isinstance(content, dict) else {}


class Lookalikes:
    """Finds accepted records that may be the same person under another NIK."""

    def __init__(self, contents: Contents) -> None:
        """Compare by opened contents, and only with those that could match at all."""
        self._contents = contents
        self._by_trace: dict[bytes, list[str]] = {}
        self._outlines: dict[str, Person] = {}
        self._traces: dict[str, tuple[bytes, ...]] = {}
        self._apart: set[frozenset[str]] = set()

    def load(self, tx: sa.Connection, examined: Sequence[Examined]) -> None:
        """Fetch who shares a trace with the batch, and who was called different already."""
        traces = {trace for item in examined for trace in item.traces}
        for trace, record_id, outline in people.sharing(tx, traces):
            self._by_trace.setdefault(trace, []).append(record_id)
            self._outlines[record_id] = outline
        for item in examined:
            self._traces[item.entry.record_id] = item.traces
        self._apart = cases.told_apart(tx, self._outlines)

    def add(self, item: Examined) -> None:
        """Let a record that was accepted just now be found by those after it."""
        for trace in item.traces:
            self._by_trace.setdefault(trace, []).append(item.entry.record_id)
        if item.entry.person is not None:
            self._outlines[item.entry.record_id] = item.entry.person

    def of(self, entry: Entry, is_rival: Callable[[str], bool]) -> Iterable[str]:
        """Give the records, lowest id first, that look like an entry's person."""
        found = {
            record_id
            for trace in self._traces.get(entry.record_id, ())
            for record_id in self._by_trace.get(trace, ())
        }
        who = entry.person
        for record_id in sorted(found):
            if who is None or not is_rival(record_id):
                continue
            if not could_match(who, self._outlines[record_id]):
                continue
            if judge(who, self._contents.person_of(record_id)).near_match:
                yield record_id


def open_books(
    tx: sa.Connection, keys: Keys, timezone: str, examined: Sequence[Examined], ids: Iterable[str]
) -> Opened:
    """Claim the batch's NIKs and return the books; NIKs stay locked until the end."""
    contents = Contents(tx, keys)
    fit = [item for item in examined if not item.entry.errors]
    niks = {item.entry.nik_hash for item in fit if item.entry.nik_hash is not None}
    held, claimed = holders.claim(tx, _wanted(fit))
    targets = {item.entry.corrects for item in examined if item.entry.corrects is not None}
    old_holders = {held[nik] for nik in niks - claimed if nik in held}
    records = ledger.chains(tx, {*ids, *targets, *old_holders})
    for item in fit:
        if item.entry.person is not None:
            contents.remember(item.entry.record_id, item.entry.person)
    contents.load(old_holders | {record_id for record_id in targets if record_id in records})
    lookalikes = Lookalikes(contents)
    lookalikes.load(tx, fit)
    books = Books(
        timezone=timezone,
        records=records,
        holders={nik: record_id for nik, record_id in held.items() if nik not in claimed},
        withdrawn=roll.withdrawn(tx, niks),
        members={nik: _member(row) for nik, row in roll.members(tx, niks).items()},
        person_of=contents.person_of,
    )
    books.lookalikes = lambda entry: lookalikes.of(entry, lambda other: _rival(books, entry, other))
    return Opened(books, claimed, held, lookalikes)


def _wanted(fit: Sequence[Examined]) -> dict[bytes, tuple[str, bytes]]:
    wanted: dict[bytes, tuple[str, bytes]] = {}
    for item in fit:
        if item.entry.nik_hash is not None:
            wanted.setdefault(item.entry.nik_hash, (item.entry.record_id, item.known[0]))
    return wanted


def _member(row: sa.Row[tuple[object, ...]]) -> Member:
    values = row._mapping
    outline = {"full_name": values["folded_name"], "birth_date": values["birth_date"].isoformat()}
    return Member(person(outline), values["since"], values["imported_at"])


def _rival(books: Books, entry: Entry, other: str) -> bool:
    """Tell whether a record still stands apart from an entry: not of its own chain."""
    if entry.corrects is None or entry.corrects not in books.records:
        return True
    record: Record | None = books.records.get(other)
    return record is None or record.root_id != books.root_of(entry.corrects)
