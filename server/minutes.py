"""Write down what a hearing decided: standings, holders, days, cases, history and feed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import sqlalchemy as sa

from schemas.words import Verdict
from server import audit
from server.audit import Action
from server.examine import traces_of
from server.hearing import Hearing
from server.rules.record import Record
from server.rules.review import Case, Side, follow, take_back
from server.rules.undoing import differences
from server.store import cases, decisions, feed, holders, known_niks, ledger, people, performance
from server.store.decisions import Decided

ASK, UNDO, TAKE, WITHDRAW = "ask", "undo", "take", "withdraw"
"""What is done beside choosing."""
VOID = "void"
"""How a case was closed that nobody needs to decide any more."""

_DEEDS: Final[Mapping[str, Action]] = {
    ASK: Action.ASKED,
    UNDO: Action.UNDID,
    TAKE: Action.TOOK,
    WITHDRAW: Action.WITHDREW,
}
Cases = dict[str, Case]
Back = Mapping[str, tuple[Case, Case]]


@dataclass(frozen=True, slots=True)
class Moved:
    """One record that stands otherwise now; `before` and `after` are (verdict, reason)."""

    record_id: str
    agent_id: str
    before: tuple[str, str]
    after: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision came to: its number in the history, what moved, which cases it opened."""

    number: int
    case_id: str | None
    moved: tuple[Moved, ...]
    opened: tuple[str, ...]


@dataclass(slots=True)
class Minutes:
    """What is to be written of a hearing beyond its records."""

    case_id: str | None
    action: str
    by: str
    side: str | None = None
    void: Iterable[str] = ()
    """Cases that nobody needs to decide any more."""
    back: Back = field(default_factory=dict)
    """What is taken back of open cases: as they were before a decision and after, by id."""
    tell: Sequence[tuple[str, Mapping[str, Any]]] = ()
    """More changes for the feed: (agent_id, change)."""
    note: str = ""
    """What the person wrote beside it; kept sealed, since it may name people."""


def write(hearing: Hearing, minutes: Minutes) -> Outcome:
    """Write everything, in the order in which locks are taken; return what it came to."""
    moved = list(hearing.scene.moved())
    _write_holders(hearing)
    _write_records(hearing, moved)
    was, became = _write_cases(hearing, minutes)
    opened = _open_cases(hearing)
    number = _write_history(hearing, minutes, moved, (was, became, opened))
    _tell(hearing, moved, minutes.tell)
    _count(hearing, moved)
    outcome = Outcome(
        number, minutes.case_id, tuple(_moved(*pair) for pair in moved), tuple(opened)
    )
    _note(hearing, minutes, outcome)
    return outcome


def _moved(before: Record, after: Record) -> Moved:
    return Moved(
        record_id=after.record_id,
        agent_id=after.agent_id,
        before=(before.verdict.value, before.reason.value),
        after=(after.verdict.value, after.reason.value),
    )


def _write_holders(hearing: Hearing) -> None:
    tx, held, final = hearing.tx, hearing.held, hearing.scene.books.holders
    seated = {nik: (final[nik], hearing.known[nik][0]) for nik in hearing.claimed & final.keys()}
    holders.seat(tx, seated)
    holders.hand(tx, {nik: final[nik] for nik in held.keys() & final if held[nik] != final[nik]})
    holders.let_go(tx, (hearing.claimed | held.keys()) - final.keys())


def _write_records(hearing: Hearing, moved: Sequence[tuple[Record, Record]]) -> None:
    ledger.move(hearing.tx, [after for _, after in moved])
    ledger.refigure(hearing.tx, [after for before, after in moved if _refigured(before, after)])
    keys = hearing.office.keys
    accepted = [after for _, after in moved if after.verdict == Verdict.ACCEPTED]
    person_of = hearing.scene.books.person_of
    traces = [
        (key, one.seq) for one in accepted for key in traces_of(person_of(one.record_id), keys)
    ]
    people.put_late(hearing.tx, [], traces)


def _refigured(before: Record, after: Record) -> bool:
    return (before.nik_hash, before.errors) != (after.nik_hash, after.errors)


def _write_cases(hearing: Hearing, minutes: Minutes) -> tuple[Cases, Cases]:
    """Let open cases follow their records; return them as they were and as they became."""
    for case_id in minutes.void:
        cases.decide(hearing.tx, case_id, decision=VOID, by=minutes.by, at=hearing.now)
    was = {case.case_id: case for case in _open_cases_here(hearing)}
    became = {case_id: _now(hearing, case, minutes.back) for case_id, case in was.items()}
    for case_id, now in became.items():
        put_sides(hearing.tx, was[case_id], now)
    return was, became


def put_sides(tx: sa.Connection, was: Case, now: Case) -> None:
    """Write what is otherwise of a case's sides now."""
    moved = [side for side in Side if now.side(side) != was.side(side)]
    cases.put_sides(tx, now.case_id, {side.value: now.side(side) for side in moved})


def _now(hearing: Hearing, case: Case, back: Back) -> Case:
    """Return a case with its sides as of now; what a decision did to them is taken back."""
    if case.case_id in back:
        return take_back(case, *back[case.case_id], hearing.scene)
    return follow(case, hearing.scene)


def _open_cases_here(hearing: Hearing) -> list[Case]:
    rows = cases.open_of(hearing.tx, hearing.scene.books.records)
    found = [Case(row.case_id, row.kind, row.record_id, row.other_id) for row in rows]
    return sorted(found, key=lambda case: case.case_id)


def _open_cases(hearing: Hearing) -> list[str]:
    """Open the cases that judging again brought; return their ids."""
    known = {_question(case) for case in _open_cases_here(hearing)}
    asked = [Case(hearing.office.new_id(), *case) for case in hearing.scene.opened]
    new = [case for case in asked if _question(case) not in known]
    rows = [
        {
            "case_id": case.case_id,
            "kind": case.kind,
            "record_id": case.record_id,
            "other_id": case.other_id,
            "opened_at": hearing.now,
        }
        for case in new
    ]
    cases.open_cases(hearing.tx, rows)
    return [case.case_id for case in new]


def _question(case: Case) -> tuple[str, frozenset[str | None]]:
    return case.kind, frozenset((case.record_id, case.other_id))


def _write_history(
    hearing: Hearing,
    minutes: Minutes,
    moved: Sequence[tuple[Record, Record]],
    changed_cases: tuple[Cases, Cases, list[str]],
) -> int:
    records_were, records_became = differences(moved)
    were, became, opened = changed_cases
    keys = hearing.office.keys
    return decisions.append(
        hearing.tx,
        Decided(
            case_id=minutes.case_id,
            action=minutes.action,
            side=minutes.side,
            by=minutes.by,
            at=hearing.now,
            before={"records": records_were, "cases": _kept(were)},
            after={"records": records_became, "cases": _kept(became), "opened": opened},
            sealed_note=keys.seal(minutes.note.encode()) if minutes.note else None,
        ),
    )


def _kept(cases_here: Cases) -> dict[str, dict[str, Any]]:
    return {case_id: asdict(case) for case_id, case in cases_here.items()}


def _tell(
    hearing: Hearing,
    moved: Sequence[tuple[Record, Record]],
    more: Sequence[tuple[str, Mapping[str, Any]]],
) -> None:
    """Tell each agent, once a record, what stands otherwise than the laptop knows."""
    told: dict[str, list[Mapping[str, Any]]] = {}
    for before, after in moved:
        if _looks(before) != _looks(after):
            change = {"kind": "standing", "record_id": after.record_id}
            told.setdefault(after.agent_id, []).append(change)
    for agent_id, another in more:
        told.setdefault(agent_id, []).append(another)
    for agent_id, changes in sorted(told.items()):
        feed.append(hearing.tx, agent_id, changes, hearing.now)


def _looks(record: Record) -> tuple[Any, ...]:
    return ledger.ack(record, record.digest), record.counts_as


def _count(hearing: Hearing, moved: Sequence[tuple[Record, Record]]) -> None:
    days = performance.no_days()
    for before, after in moved:
        performance.add(days, before, -1)
        performance.add(days, after, 1)
    performance.apply(hearing.tx, days)
    fresh = hearing.claimed & hearing.scene.books.holders.keys()
    known_niks.add(hearing.tx, [hearing.known[nik][1] for nik in sorted(fresh)])


def _note(hearing: Hearing, minutes: Minutes, outcome: Outcome) -> None:
    """Put it into the trail, a line for each office whose records it is about."""
    for office_id, about, about_id, detail in _lines(hearing, minutes, outcome):
        audit.note(
            hearing.tx,
            hearing.office.keys,
            by=minutes.by,
            at=hearing.now,
            action=_DEEDS.get(minutes.action, Action.DECIDED),
            about=about,
            about_id=about_id,
            office_id=office_id,
            **detail,
            number=outcome.number,
            moved=len(outcome.moved),
            opened=len(outcome.opened),
        )


def _lines(
    hearing: Hearing, minutes: Minutes, outcome: Outcome
) -> list[tuple[str | None, str, str, dict[str, Any]]]:
    if minutes.case_id is not None:
        case = cases.find(hearing.tx, minutes.case_id)
        own = sorted({case.office_id, case.other_office_id} - {None})
        detail = {"kind": case.kind, "choice": minutes.action}
        detail |= {} if minutes.side is None else {"side": str(minutes.side)}
        return [(office_id, "case", minutes.case_id, detail) for office_id in own]
    first = {hearing.record(one.record_id).office_id: one for one in outcome.moved[::-1]}
    return [(office_id, "record", one.record_id, {}) for office_id, one in sorted(first.items())]
