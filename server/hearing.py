"""The transaction in which a person's decision falls: lock, hear, write down.

Locks are taken in the order of server/reconcile.py: agents, NIKs, cases, days, the counter of
known_niks. What a decision may move is only known after reading, so it is read, locked and
read again; where it grew meanwhile, all begins anew.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import sqlalchemy as sa

from schemas.envelope import parse_moment
from schemas.words import Verdict
from server.books import Contents, content_of, member_of
from server.examine import known_as, traces_of
from server.office import Office
from server.problems import BUSY, REVIEW, Refused
from server.rules.clock import CaptureTime, Certainty
from server.rules.dedup import judge
from server.rules.record import Entry, Record
from server.rules.scene import Scene, Unfit
from server.rules.standing import Books
from server.store import cases, feed, holders, ledger, people, roll
from server.store.engine import by_key

_TRIES = 10


@dataclass(slots=True)
class Reach:
    """Everything that a decision may move: records, and the NIKs that they are filed under."""

    records: dict[str, Record] = field(default_factory=dict)
    niks: set[bytes] = field(default_factory=set)

    @property
    def agents(self) -> set[str]:
        """Return whose records they are."""
        return {record.agent_id for record in self.records.values()}

    def is_within(self, other: "Reach") -> bool:
        """Tell whether all of this is locked where all of the other is."""
        return self.agents <= other.agents and self.niks <= other.niks


@dataclass(frozen=True, slots=True)
class About:
    """What a hearing is about: a case's both sides, other records, NIKs by their hash."""

    record_ids: frozenset[str] = frozenset()
    niks: frozenset[bytes] = frozenset()


@dataclass(slots=True)
class Hearing:
    """A locked scene in a write transaction."""

    office: Office
    tx: sa.Connection
    scene: Scene
    now: datetime
    held: dict[bytes, str]
    """Who held each NIK in the database when it was locked; those claimed are left out."""
    claimed: set[bytes]
    """Free NIKs, claimed so that nobody takes them meanwhile."""
    known: dict[bytes, tuple[bytes, bytes]]
    """Each NIK's digests for known_niks."""

    def record(self, record_id: str) -> Record:
        """Return a record as it stands in this scene; raises KeyError."""
        return self.scene.books.records[record_id]


@contextmanager
def hearing(office: Office, about: Callable[[sa.Connection], About]) -> Iterator[Hearing]:
    """Open a hearing; `about` may be asked twice. Raises server.problems.Refused `busy`."""
    for _ in range(_TRIES):
        with office.store.write() as tx:
            by_key(tx)
            expected = _reach(tx, about(tx))
            feed.lock(tx, sorted(expected.agents))
            known = _known(tx, office, expected)
            held, claimed = holders.claim(tx, {nik: ("", known[nik][0]) for nik in known})
            reach = _reach(tx, about(tx))
            if reach.is_within(expected):
                cases.lock(tx, reach.records)
                held = {nik: record_id for nik, record_id in held.items() if nik not in claimed}
                yield Hearing(
                    office, tx, _scene(tx, office, reach, held), office.now(), held, claimed, known
                )
                return
            holders.let_go(tx, claimed)
    raise Refused(BUSY)


def as_it_is(tx: sa.Connection, office: Office, about: About) -> Scene:
    """Return the scene of a hearing as it is just now, to try on it what a decision would move.

    Nothing is locked, so that it may be otherwise when the hearing is held.
    """
    by_key(tx)
    reach = _reach(tx, about)
    return _scene(tx, office, reach, holders.likely(tx, reach.niks))


@contextmanager
def fitting() -> Iterator[None]:
    """Turn what does not fit into a refusal with its problem."""
    try:
        yield
    except Unfit as unfit:
        raise Refused(next(p for p in REVIEW if p.code == unfit.code)) from None


def _reach(tx: sa.Connection, about: About) -> Reach:
    """Follow chains, duplicates and NIKs from a few records until nothing more is found."""
    reach = Reach()
    ids, niks = set(about.record_ids), set(about.niks)
    while ids or niks:
        found = ledger.chains(tx, ids | ledger.of_niks(tx, niks).keys())
        reach.records |= found
        reach.niks |= niks
        followers = {record.record_id for record in ledger.duplicates_of(tx, found)}
        named = {r.duplicate_of for r in found.values() if r.duplicate_of is not None}
        ids = (followers | named) - reach.records.keys()
        niks = {r.nik_hash for r in found.values() if r.nik_hash is not None} - reach.niks
    return reach


def _known(tx: sa.Connection, office: Office, reach: Reach) -> dict[bytes, tuple[bytes, bytes]]:
    """Return the digests of each NIK; empty ones where no record tells it."""
    contents = Contents(tx, office.keys)
    one_of = {r.nik_hash: r.record_id for r in reach.records.values() if r.nik_hash is not None}
    contents.load(one_of.values())
    return {
        nik: known_as(contents.person_of(one_of[nik]).nik, office.keys)
        if nik in one_of
        else (b"", b"")
        for nik in reach.niks
    }


def _scene(tx: sa.Connection, office: Office, reach: Reach, held: dict[bytes, str]) -> Scene:
    contents = Contents(tx, office.keys)
    books = Books(
        timezone=office.settings.timezone,
        records=reach.records,
        holders=dict(held),
        withdrawn=roll.withdrawn(tx, reach.niks),
        members={nik: member_of(row) for nik, row in roll.members(tx, reach.niks).items()},
        person_of=contents.person_of,
        lookalikes=partial(_lookalikes, tx, office, contents),
    )
    return Scene(books, lambda record: entry_of(tx, office, contents, record))


def entry_of(tx: sa.Connection, office: Office, contents: Contents, record: Record) -> Entry:
    """Return a recorded capture as it was examined."""
    (sealed,) = ledger.sealed(tx, [record.record_id]).values()
    content = content_of(office.keys.open(sealed))
    certainty = Certainty(record.certainty)
    return Entry(
        record_id=record.record_id,
        digest=record.digest,
        agent_id=record.agent_id,
        corrects=record.corrects,
        errors=(),
        ineligible=False,
        flags=record.flags,
        nik_hash=record.nik_hash,
        person=contents.person_of(record.record_id),
        consent_at=parse_moment(content.get("consent_at")),
        time=CaptureTime(record.captured_at, certainty),
        received_at=record.received_at,
    )


def _lookalikes(
    tx: sa.Connection, office: Office, contents: Contents, entry: Entry, books: Books
) -> Iterator[str]:
    """Give the accepted records, lowest id first, that look like an entry's person.

    Those of the scene are asked whatever their traces: some were accepted just now.
    """
    who = entry.person
    if who is None:
        return
    root_id = books.root_of(entry.record_id)
    shared = {row.record_id for row in people.sharing(tx, set(traces_of(who, office.keys)))}
    elsewhere = ledger.records(tx, shared - books.records.keys())
    for record_id, other in sorted((elsewhere | books.records).items()):
        if other.verdict != Verdict.ACCEPTED or other.root_id == root_id:
            continue
        is_alike = judge(who, contents.person_of(record_id)).near_match
        if is_alike and not cases.told_apart(tx, root_id, other.root_id):
            yield record_id
