"""What was done with cases before: each decision, what it moved, and the names for telling it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from server.minutes import VOID
from server.office import Office
from server.rehearsal import Moves
from server.rules.record import Record
from server.rules.undoing import as_kept
from server.store import cases, decisions, ledger, offices, people
from server.store.decisions import Decided


@dataclass(frozen=True, slots=True)
class Past:
    """Something that was decided before about the same people."""

    decided: Decided
    kind: str
    offices: frozenset[str]
    """Whose the case is."""
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """What was last done with a case, what that moved, and whether it can be undone."""

    kind: str
    decided: Decided
    moves: Moves
    can_undo: bool
    names: Mapping[str, str] = field(repr=False)
    agents: Mapping[str, tuple[str, str]]
    offices: Mapping[str, str]


def done(office: Office, case_id: str) -> Done | None:
    """Return what was last done with a case; None where there is none, or nothing was."""
    with office.store.read() as tx:
        row, deeds = cases.find(tx, case_id), decisions.of_case(tx, case_id)
        if row is None or not deeds:
            return None
        last = deeds[-1]
        was, became = last.before["records"], last.after["records"]
        records = ledger.records(tx, was)
        moved = tuple(
            (as_kept(record, was[record_id]), as_kept(record, became[record_id]))
            for record_id, record in sorted(records.items())
        )
        moves = Moves(moved, len(last.after["opened"]))
        undone = row.decided_at is None or row.decision == VOID
        return Done(row.kind, last, moves, not undone, **named(tx, records.values(), {}))


def past_of(tx: sa.Connection, office: Office, record_ids: Iterable[str]) -> tuple[Past, ...]:
    """Return everything that was decided about these records, also what was undone."""
    known = {row.case_id: row for row in cases.about(tx, record_ids)}
    return tuple(
        _past(office, known[str(one.case_id)], one) for one in decisions.of_cases(tx, known)
    )


def _past(office: Office, row: Any, one: Decided) -> Past:
    own = frozenset({row.office_id, row.other_office_id} - {None})
    return Past(one, row.kind, own, _note_of(office, one))


def _note_of(office: Office, one: Decided) -> str:
    return "" if one.sealed_note is None else office.keys.open(one.sealed_note).decode()


def named(
    tx: sa.Connection, records: Iterable[Record], contents: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the names of records, agents and offices."""
    there = list(records)
    names = people.names(tx, [record.record_id for record in there])
    names |= {i: str(content.get("full_name", "")) for i, content in contents.items()}
    agents = offices.agents_of(tx, {record.agent_id for record in there})
    known = {agent_id: (row.code, row.name) for agent_id, row in agents.items()}
    return {"names": names, "agents": known, "offices": offices.names(tx)}
