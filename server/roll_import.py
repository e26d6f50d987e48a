"""Take in the roll of present members: CSV with nik, nama, tanggal_lahir, maybe sejak.

Good rows are applied, bad ones counted and listed by line and code; nothing of a row is
repeated in what is said of it.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, TextIO

import sqlalchemy as sa

from schemas.names import fold_name
from schemas.nik import clean_nik, nik_problems
from schemas.words import Flag, Verdict
from server.keys import Keys
from server.office import Office
from server.store import feed, holders, ledger, roll
from sync.known_niks import digest16

NEEDED = ("nik", "nama", "tanggal_lahir")
ROWS_AT_ONCE = 1000
LISTED = 1000


class ColumnsMissing(Exception):
    """The file lacks a column; code `columns_missing`."""


@dataclass(slots=True)
class Imported:
    """What became of a file's rows; `bad` are (line, code), at most 1,000 of them."""

    good: int = 0
    bad_count: int = 0
    flagged: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)


def import_roll(office: Office, file: TextIO) -> Imported:
    """Apply the good rows of an open CSV file; raises ColumnsMissing."""
    reader = csv.DictReader(file, delimiter=_delimiter(file))
    names = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise ColumnsMissing(", ".join(missing))
    done = Imported()
    rows = _members(reader, names, office.keys, done)
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        now = office.now()
        with office.store.write() as tx:
            done.flagged += _apply(tx, office, batch, now)
        done.good += len(batch)
    return done


def _delimiter(file: TextIO) -> str:
    start = file.tell()
    head = file.readline()
    file.seek(start)
    return max(",;\t", key=head.count)


def _members(
    reader: Iterable[dict[str, Any]], names: dict[str, Any], keys: Keys, done: Imported
) -> Iterator[dict[str, Any]]:
    for line, row in enumerate(reader, start=2):
        values = {name: (row.get(names[name]) or "").strip() for name in names if names[name]}
        try:
            yield _member(values, keys)
        except ValueError as problem:
            done.bad_count += 1
            if len(done.bad) < LISTED:
                done.bad.append((line, str(problem)))


def _member(values: dict[str, str], keys: Keys) -> dict[str, Any]:
    """Return a row for the store; ValueError with the code of what is wrong."""
    nik = clean_nik(values["nik"])
    if "E+" in values["nik"].upper():
        raise ValueError("nik_rounded")
    problems = nik_problems(nik)
    if problems:
        raise ValueError(problems[0])
    folded = fold_name(values["nama"])
    if not folded:
        raise ValueError("name_missing")
    since = values.get("sejak")
    return {
        "nik_hash": keys.nik_hash(nik),
        "folded_name": folded,
        "birth_date": _day(values["tanggal_lahir"]),
        "since": _day(since) if since else None,
        "known": digest16(nik, keys.known_key),
    }


def _day(text: str) -> date:
    """Return `2026-11-20`, `20-11-2026` or `20/11/2026` as a date; ValueError `date_unreadable`."""
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValueError("date_unreadable")


def _apply(tx: sa.Connection, office: Office, batch: list[dict[str, Any]], now: datetime) -> int:
    """Write members; flag the accepted records that first appear on this roll: that is success.

    Whatever day the roll gives: a record that was accepted stays so (sync/PROTOCOL.md).
    """
    by_nik = {row["nik_hash"]: row | {"imported_at": now} for row in batch}
    # Agents are locked before NIKs, as everywhere; whoever holds one since is locked after.
    for find in (holders.likely, holders.of):
        records = ledger.records(tx, find(tx, by_nik).values())
        feed.lock(tx, list({record.agent_id for record in records.values()}))
    known = roll.members(tx, by_nik)
    roll.put(tx, [by_nik[nik] for nik in sorted(by_nik)])
    moved = []
    for record in records.values():
        flagged = Flag.MEMBER_SINCE.value in record.flags
        is_new = record.nik_hash not in known
        if record.verdict == Verdict.ACCEPTED and is_new and not flagged:
            moved.append(record._replace(flags=(*record.flags, Flag.MEMBER_SINCE.value)))
    ledger.move(tx, moved)
    for record in moved:
        change = {"kind": "standing", "record_id": record.record_id}
        feed.append(tx, record.agent_id, [change], now)
    return len(moved)
