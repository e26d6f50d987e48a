"""The queue of doubtful records: what waits for a supervisor, and what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from server.books import content_of
from server.minutes import VOID
from server.office import Office
from server.problems import PAGE_UNKNOWN, Refused
from server.review import ODD_NIK
from server.rules.review import CHOICES
from server.store import case_queue, offices, whose
from server.store.case_queue import Sought

KINDS: Final = (*(str(kind) for kind in CHOICES), ODD_NIK)
"""All kinds of doubt, in the order in which they are shown."""
PAGE: Final = 50
"""How many stand on a page."""


_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the queue, as an address has it; empty text asks for all.

    Records with odd NIKs are no cases yet: they are listed where that kind alone is wanted.
    """

    kind: str = ""
    office_id: str = ""
    agent: str = ""
    decided: bool = False
    page: int = 1

    @property
    def is_odd(self) -> bool:
        """Tell whether records are wanted that no case stands for yet."""
        return self.kind == ODD_NIK and not self.decided


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue; of an odd NIK that was not taken, `case_id` is None."""

    case_id: str | None
    record_id: str
    kind: str
    name: str = field(repr=False)
    other_name: str | None = field(repr=False)
    agent_code: str
    other_agent_code: str | None
    at: datetime
    decision: str | None = None
    decided_by: str | None = None
    nik: str = field(default="", repr=False)
    """In full, of an odd NIK alone: to be masked wherever it is shown."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue, with how many there are of each kind."""

    wanted: Wanted
    lines: tuple[Waiting, ...]
    counts: Mapping[str, int]
    total: int

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def queue_of(office: Office, own: frozenset[str] | None, wanted: Wanted) -> Queue:
    """Return a page of the queue for a user of these offices (None: of all).

    What fits nobody is empty; Refused `page_unknown` for a kind that there is not.
    """
    if wanted.kind not in ("", *KINDS):
        raise Refused(PAGE_UNKNOWN)
    with office.store.read() as tx:
        sought = _sought(tx, own, wanted)
        counts = dict.fromkeys(KINDS, 0) | case_queue.count(tx, sought)
        if not wanted.decided:
            counts[ODD_NIK] = case_queue.count_odd(tx, sought)
        cases_alone = sum(counts.values()) - (0 if wanted.decided else counts[ODD_NIK])
        total = counts[wanted.kind] if wanted.kind else cases_alone
        wanted = replace(wanted, page=min(max(1, wanted.page), max(1, -(-total // PAGE))))
        part = (PAGE, (wanted.page - 1) * PAGE)
        if wanted.is_odd:
            lines = [_odd_line(office, row) for row in case_queue.listed_odd(tx, sought, *part)]
        else:
            lines = [_line(row) for row in case_queue.listed(tx, sought, *part)]
    return Queue(wanted, tuple(lines), counts, total)


def part_of(
    office: Office, own: frozenset[str] | None, wanted: Wanted, cursor: str
) -> tuple[Sequence[Waiting], str | None]:
    """Return what stands behind a cursor (empty text: all), and the next one, None at the end.

    Nothing is left out or told twice however many are decided meanwhile. Raises ValueError for
    what is no cursor of the queue.
    """
    with office.store.read() as tx:
        sought = _sought(tx, own, wanted)
        if wanted.is_odd:
            rows = case_queue.listed_odd(tx, sought, PAGE + 1, behind=int(cursor or 0))
            lines = [_odd_line(office, row) for row in rows[:PAGE]]
        else:
            rows = case_queue.listed(tx, sought, PAGE + 1, behind=_place(cursor))
            lines = [_line(row) for row in rows[:PAGE]]
    if len(rows) <= PAGE:
        return lines, None
    return lines, str(rows[PAGE - 1].seq) if wanted.is_odd else _cursor(lines[-1])


def _cursor(line: Waiting) -> str:
    return f"{(line.at - _BEGINNING) // _TICK}.{line.case_id}"


def _place(cursor: str) -> tuple[datetime, str] | None:
    ticks, _, case_id = cursor.partition(".")
    return (_BEGINNING + int(ticks) * _TICK, case_id) if cursor else None


def beside(
    office: Office, own: frozenset[str] | None, wanted: Wanted, one_id: str
) -> tuple[str | None, str | None]:
    """Return what is open before and behind a case, or a record with an odd NIK."""
    with office.store.read() as tx:
        sought = _sought(tx, own, replace(wanted, decided=False))
        if wanted.is_odd:
            return case_queue.beside_odd(tx, sought, one_id)
        return case_queue.beside(tx, sought, one_id)


def next_open(
    office: Office, own: frozenset[str] | None, wanted: Wanted, done_id: str
) -> str | None:
    """Return what to look at after a case was decided: the next one, else the last before it."""
    before, behind = beside(office, own, wanted, done_id)
    return behind or before


def is_own(office: Office, own: frozenset[str] | None, case_id: str) -> bool:
    """Tell whether a case is of these offices, on either side."""
    with office.store.read() as tx:
        found = whose.offices_of(tx, "case_id", case_id, office.today()) or frozenset()
    return bool(found if own is None else own & found)


def _sought(tx: sa.Connection, own: frozenset[str] | None, wanted: Wanted) -> Sought:
    asked = frozenset({wanted.office_id}) if wanted.office_id else None
    if own is not None:
        asked = own if asked is None else own & asked
    agent_id = _agent_id(tx, wanted.agent) if wanted.agent else None
    return Sought(asked, wanted.decided, wanted.kind or None, agent_id)


def _agent_id(tx: sa.Connection, code: str) -> str:
    """Return the id of an agent's code; of a code that nobody has, one that nobody has either."""
    row = offices.agent_coded(tx, code.strip()) if code.isprintable() else None
    return "" if row is None else str(row.agent_id)


def _line(row: Any) -> Waiting:
    decision = None if row.decision == VOID else row.decision
    return Waiting(
        case_id=row.case_id,
        record_id=row.record_id,
        kind=row.kind,
        name=row.name or "",
        other_name=None if row.other_id is None else row.other_name or "",
        agent_code=row.agent_code or "",
        other_agent_code=row.other_agent_code,
        at=row.decided_at or row.opened_at,
        decision=decision,
        decided_by=row.decided_by,
    )


def _odd_line(office: Office, row: Any) -> Waiting:
    content = content_of(office.keys.open(row.sealed))
    return Waiting(
        case_id=None,
        record_id=row.record_id,
        kind=ODD_NIK,
        name=str(content.get("full_name", "")),
        other_name=None,
        agent_code=row.agent_code,
        other_agent_code=None,
        at=row.received_at,
        nik=str(content.get("nik", "")),
    )
