"""Entries, records and books for the rules, valid by default; nothing comes from a database."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from schemas.words import Reason, Verdict
from server.rules.clock import CaptureTime, Certainty
from server.rules.person import Person, person
from server.rules.record import Entry, Member, Record
from server.rules.standing import Books
from tests.builders import content

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ZONE = "Asia/Makassar"
MINE, THEIRS = "agent-1", "agent-2"


def moment(**before: float) -> datetime:
    """Return the moment that lies so long (hours=, days= …) before NOW."""
    return NOW - timedelta(**before)


def nik_hash(members: Mapping[str, Any]) -> bytes:
    """Return a stand-in for the keyed hash of a content's NIK."""
    return str(members["nik"]).encode()


def entry(record_id: str = "new", members: Mapping[str, Any] | None = None, **named: Any) -> Entry:
    """Return an examined capture of a person (of person 1, where none is given)."""
    who = members or content(1)
    values: dict[str, Any] = {
        "record_id": record_id,
        "digest": f"digest of {record_id}",
        "agent_id": MINE,
        "corrects": None,
        "errors": (),
        "ineligible": False,
        "flags": (),
        "nik_hash": nik_hash(who),
        "person": person(who),
        "consent_at": moment(hours=2),
        "time": CaptureTime(moment(hours=1), Certainty.PROVEN),
        "received_at": NOW,
    }
    return Entry(**{**values, **named})


class Shelf:
    """Books that a test fills record by record."""

    def __init__(self) -> None:
        self._people: dict[str, Person] = {}
        self.books = Books(timezone=ZONE, person_of=self._people.__getitem__)

    def put(
        self,
        record_id: str,
        verdict: Verdict = Verdict.ACCEPTED,
        reason: Reason = Reason.NEW,
        members: Mapping[str, Any] | None = None,
        **named: Any,
    ) -> Record:
        """Put a record into the books; an accepted one holds its NIK."""
        who = members or content(1)
        values: dict[str, Any] = {
            "record_id": record_id,
            "seq": len(self.books.records) + 1,
            "digest": f"digest of {record_id}",
            "agent_id": MINE,
            "office_id": "office",
            "device_id": None,
            "device_seq": None,
            "received_at": moment(hours=1),
            "captured_at": moment(hours=2),
            "certainty": Certainty.PROVEN.value,
            "work_date": date(2026, 11, 20),
            "received_date": date(2026, 11, 20),
            "verdict": verdict,
            "reason": reason,
            "root_id": record_id,
            "nik_hash": nik_hash(who),
        }
        record = Record(**{**values, **named})
        self.books.records[record_id] = record
        self._people[record_id] = person(who)
        if verdict == Verdict.ACCEPTED and record.nik_hash is not None:
            self.books.holders[record.nik_hash] = record_id
        return record

    def enlist(self, members: Mapping[str, Any], *, since: date | None, imported: datetime) -> None:
        """Put somebody on the roll of members, as the roll knows people: name and birth date."""
        outline = {"full_name": members["full_name"], "birth_date": members["birth_date"]}
        self.books.members[nik_hash(members)] = Member(person(outline), since, imported)
