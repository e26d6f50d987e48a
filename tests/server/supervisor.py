"""A supervisor as a test drives one: cases, decisions, and how everything stands after."""

from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa

from server import doctor, review
from server.minutes import Outcome
from server.office import Office
from server.problems import Refused
from server.rules.record import Record
from server.store import ledger, performance
from server.store.case_tables import cases
from server.store.tables import holders
from server.store.tables import ledger as records
from tests.builders import content
from tests.offices import Desk, Laptop

WHO = "pengawas-1"
EARLIER: dict[str, Any] = {"boot_id": "b00710ad-0000-4000-8000-00000000000e", "uptime_s": 3_600}
"""What proves a capture that was made hours before its exchange."""
WORKER = content(1)


def under(members: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return a person under another's NIK."""
    return {**members, "nik": other["nik"], "nik_reason": "as_on_card"}


STRANGER = under(content(2), WORKER)
"""Somebody else altogether, under the worker's NIK."""
ELSEWHERE = {**WORKER, "nik": WORKER["nik"][:-1] + "7"}
"""The worker under another NIK."""


class Supervisor:
    """Decides in an office, and looks at what came of it."""

    def __init__(self, desk: Desk) -> None:
        self.office: Office = desk.office

    def decide(self, case_id: str, choice: str, **options: Any) -> Outcome:
        """Decide a case, and insist that the books are sound afterwards."""
        outcome = review.decide(self.office, case_id, choice, by=WHO, **options)
        self.insist_sound()
        return outcome

    def undo(self, case_id: str) -> Outcome:
        """Undo a decision, and insist that the books are sound afterwards."""
        outcome = review.undo(self.office, case_id, by=WHO)
        self.insist_sound()
        return outcome

    def cases(self, kind: str | None = None) -> list[Any]:
        """Return the open cases, of one kind or of all, oldest first."""
        query = sa.select(cases).where(cases.c.decided_at.is_(None)).order_by(cases.c.case_id)
        with self.office.store.read() as tx:
            return [row for row in tx.execute(query) if kind in (None, row.kind)]

    def case(self, kind: str) -> str:
        """Return the id of the only open case of a kind."""
        (row,) = self.cases(kind)
        found: str = row.case_id
        return found

    def record(self, envelope: dict[str, Any]) -> Record:
        """Return how an envelope's record stands."""
        with self.office.store.read() as tx:
            return ledger.records(tx, [envelope["record_id"]])[envelope["record_id"]]

    def told(self, *envelopes: dict[str, Any]) -> list[str]:
        """Return verdict/reason of each envelope's record."""
        return [f"{r.verdict}/{r.reason}" for r in map(self.record, envelopes)]

    def holder(self, members: dict[str, Any]) -> str | None:
        """Return the record that holds a content's NIK."""
        nik_hash = self.office.keys.nik_hash(members["nik"])
        query = sa.select(holders.c.record_id).where(holders.c.nik_hash == nik_hash)
        with self.office.store.read() as tx:
            found: str | None = tx.execute(query).scalar()
            return found

    def counted(self, laptop: Laptop) -> dict[str, int]:
        """Return what counts for a laptop's agent, over all days, zeros left out."""
        agent_id = laptop.joined["agent"]["agent_id"]
        with self.office.store.read() as tx:
            days = performance.kept(tx)
        total: dict[str, int] = {}
        for (_, agent, *_), counts in days.items():
            for name, count in counts._asdict().items() if agent == agent_id else ():
                total[name] = total.get(name, 0) + count
        return {name: count for name, count in total.items() if count}

    def snapshot(self) -> Sequence[Any]:
        """Return all that an undo must bring back: standings, holders, days, open cases."""
        with self.office.store.read() as tx:
            standings = {
                row.record_id: ledger.as_record(row)
                for row in tx.execute(sa.select(*(records.c[n] for n in Record._fields)))
            }
            held = {tuple(row) for row in tx.execute(sa.select(holders))}
            days = performance.kept(tx)
            opened = {(row.case_id, row.record_id, row.other_id) for row in self.cases()}
        return standings, held, days, opened

    def insist_sound(self) -> None:
        """Insist that the doctor finds nothing wrong."""
        wrong = [text for finding in doctor.examine_all(self.office) for text in finding.listed]
        assert wrong == [], wrong


def refused(code: str) -> Any:
    """Expect a refusal with this code."""
    return pytest.raises(Refused, match=f"^{code}$")


def sent(laptop: Laptop, members: dict[str, Any], **overrides: Any) -> dict[str, Any]:
    """Send one capture, and return its envelope."""
    envelope = laptop.envelope(members, **overrides)
    laptop.exchange(envelope)
    return envelope


def corrected(laptop: Laptop, first: dict[str, Any], members: dict[str, Any]) -> dict[str, Any]:
    """Send a correction, and return its envelope."""
    return sent(laptop, members, corrects=first["record_id"])


def heard(laptop: Laptop) -> list[tuple[str, str]]:
    """Exchange nothing, and return the standings of what moved."""
    changes = laptop.exchange()["changes"]
    return [(c["verdict"], c["reason"]) for c in changes if c["kind"] == "standing"]


def earlier_capture(laptop: Laptop, members: dict[str, Any]) -> dict[str, Any]:
    """Send a capture that was provably made hours ago; what was first recorded holds its NIK."""
    capture = laptop.envelope(members, **EARLIER)
    laptop.exchange(capture, **EARLIER | {"uptime_s": 30_000})
    return capture
