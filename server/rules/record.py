"""What is judged and what comes of it: records, entries, decisions, members of the roll.

Named tuples where thousands are made a second: they cannot be changed, and cost a third of
a frozen dataclass.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from schemas.words import Reason, Verdict
from server.rules import credit
from server.rules.clock import CaptureTime, Certainty
from server.rules.person import Person


class Record(NamedTuple):
    """One record's standing in the ledger; whole rupiah, moments in UTC."""

    record_id: str
    seq: int
    digest: str
    agent_id: str
    office_id: str
    device_id: str | None
    device_seq: int | None
    received_at: datetime
    captured_at: datetime | None
    certainty: str
    work_date: date
    received_date: date
    """The day of the receipt in the office's zone; as the work date, of its chain's first."""
    verdict: Verdict
    reason: Reason
    root_id: str
    flags: tuple[str, ...] = ()
    errors: tuple[Mapping[str, Any], ...] = ()
    due: int | None = None
    corrects: str | None = None
    corrected_by: str | None = None
    duplicate_of: str | None = None
    nik_hash: bytes | None = None
    contribution: int = 0
    jht: int = 0
    months: int = 0
    kelurahan: str = ""
    """Where the worker lives, by the region's code; empty where the content names none known."""
    counts_as: Verdict | None = None
    """What it counts as where a supervisor moved the credit; None: as its verdict."""

    @property
    def counted(self) -> Verdict:
        """Return the verdict under which it counts for its agent."""
        return self.counts_as or self.verdict

    @property
    def claim(self) -> credit.Claim:
        """Return what speaks for this record's agent, where it is the first of its chain."""
        certainty = Certainty(self.certainty)
        return credit.Claim(self.agent_id, self.received_at, self.captured_at, certainty)


@dataclass(frozen=True, slots=True)
class Member:
    """One row of the roll of members: a covered NIK."""

    person: Person
    since: date | None
    imported_at: datetime

    def began_before(self, received_at: datetime, timezone: str) -> bool:
        """Tell whether the membership began before the day a record was received.

        Where the roll gives no date, whether the roll was imported before. The day itself
        does not count: it may well be this record that made the membership.
        """
        if self.since is None:
            return self.imported_at <= received_at
        return self.since < received_at.astimezone(ZoneInfo(timezone)).date()


class Entry(NamedTuple):
    """One examined capture, ready to be judged: all that needs no database is in it."""

    record_id: str
    digest: str
    agent_id: str
    corrects: str | None
    errors: tuple[Mapping[str, Any], ...]
    ineligible: bool
    flags: tuple[str, ...]
    nik_hash: bytes | None
    person: Person | None
    consent_at: datetime | None
    time: CaptureTime
    received_at: datetime

    def __repr__(self) -> str:
        return f"<Entry {self.record_id}>"

    @property
    def claim(self) -> credit.Claim:
        """Return what speaks for this capture's agent."""
        return credit.Claim(self.agent_id, self.received_at, self.time.at, self.time.certainty)


class Decision(NamedTuple):
    """What is decided of one entry, and what else moves with it."""

    verdict: Verdict
    reason: Reason
    errors: tuple[Mapping[str, Any], ...] = ()
    flags: tuple[str, ...] = ()
    root_id: str | None = None
    supersedes: str | None = None
    duplicate_of: str | None = None
    cases: tuple[tuple[str, str | None], ...] = ()
    """Cases to open: kind and the other record."""
