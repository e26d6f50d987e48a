"""A person decides a case: merge, part again, take a change, move credit, ask, undo.

Each function is one transaction: it locks what it may move, moves it by the pure rules of
server/rules/review.py, and writes standings, holders, days, history and feed together. Each
returns what moved, and raises server.problems.Refused with nothing changed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from schemas.envelope import rfc3339
from server import minutes, problems
from server.hearing import About, Hearing, fitting, hearing
from server.minutes import ASK, UNDO, VOID, Minutes, Outcome
from server.office import Office
from server.problems import Refused
from server.rules import review
from server.rules.review import Case, Side, at_ends, moved_on
from server.rules.scene import Scene
from server.rules.undoing import named_in, restore
from server.store import cases, decisions
from server.store.decisions import Decided

ODD_NIK = "odd_nik"
"""The kind of a case that only stands for the taking of an odd NIK, to be undone."""


def decide(
    office: Office,
    case_id: str,
    choice: str,
    *,
    by: str,
    holder: str = Side.OTHER,
    seen: tuple[str, str | None] | None = None,
    note: str = "",
) -> Outcome:
    """Decide an open case (`server.rules.review.CHOICES` by kind) and return what moved.

    `holder` says which side of the case has the NIK from now on: the `other`, who was first,
    or the doubtful `record`. `by` names who decides, `seen` the two records that were looked
    at, `note` why (kept sealed). Refused: `case_unknown`, `case_decided`, `case_moved` where
    it is about others than those seen, `decision_unfit`, `nik_held`, `busy`.
    """
    with _open_case(office, case_id) as (heard, case):
        if seen not in (None, (case.record_id, case.other_id)):
            raise Refused(problems.CASE_MOVED)
        with fitting():
            review.decide(heard.scene, case, choice, review.side(holder))
        _drop_flag(heard, case)
        cases.decide(heard.tx, case_id, decision=choice, by=by, at=heard.now)
        return minutes.write(heard, Minutes(case_id, choice, by, side=holder, note=note))


def _drop_flag(heard: Hearing, case: Case) -> None:
    """Take a flag away that says that a case is open, unless another one is."""
    record = heard.record(case.record_id)
    others = [
        row
        for row in cases.open_of(heard.tx, [case.record_id])
        if (row.kind, row.record_id) == (case.kind, case.record_id) and row.case_id != case.case_id
    ]
    if case.kind in record.flags and not others:
        flags = tuple(flag for flag in record.flags if flag != case.kind)
        heard.scene.put(record._replace(flags=flags))


def ask(
    office: Office,
    case_id: str,
    text_id: str,
    text_en: str,
    *,
    by: str,
    side: str = Side.RECORD,
    until: datetime | None = None,
) -> Outcome:
    """Ask the agent of one side of an open case, in both languages; the case stays open.

    The question reaches the laptops as a notice that names the record. Refused:
    `case_unknown`, `case_decided`, `decision_unfit` where that side is a member of the roll, or
    none of the two.
    """
    with fitting():
        asked = review.side(side)
    with _open_case(office, case_id) as (heard, case):
        record_id = case.side(asked)
        if record_id is None:
            raise Refused(problems.DECISION_UNFIT)
        notice = {"kind": "notice", "record_id": record_id, "notice_id": office.new_id()}
        notice |= {"text_id": text_id, "text_en": text_en}
        notice |= {} if until is None else {"until": rfc3339(until)}
        tell = [(heard.record(record_id).agent_id, notice)]
        return minutes.write(heard, Minutes(case_id, ASK, by, side=asked, tell=tell, note=text_id))


def undo(office: Office, case_id: str, *, by: str, note: str = "") -> Outcome:
    """Take back the decision of a case, which is open again; return what moved.

    Every record stands as before, exactly. Refused: `case_unknown`, `case_open`,
    `undo_blocked` where what came later rests on the decision.
    """
    with _case(office, case_id) as (heard, row):
        if row.decided_at is None or row.decision == VOID:
            raise Refused(problems.CASE_OPEN)
        last = last_decision(heard.tx, case_id)
        with fitting():
            restore(heard.scene, last.before["records"], last.after["records"])
        void = [case.case_id for case in _opened(heard, last) if case.decided_at is None]
        back = cases_of(last)
        for other_id, sides in back.items():
            if is_settled_since(cases.get(heard.tx, other_id), heard.scene, *sides):
                raise Refused(problems.UNDO_BLOCKED)
        if row.kind == ODD_NIK:
            void.append(case_id)
        else:
            cases.decide(heard.tx, case_id, decision=None, by=None, at=None)
        own = Case(case_id, row.kind, row.record_id, row.other_id)
        back[case_id] = (own, own)
        return minutes.write(heard, Minutes(case_id, UNDO, by, void=void, back=back, note=note))


def last_decision(tx: sa.Connection, case_id: str) -> Decided:
    """Return the decision of a case that was decided: what an undo takes back."""
    decided = [d for d in decisions.of_case(tx, case_id) if d.action not in (ASK, UNDO)]
    return decided[-1]


def cases_of(last: Decided) -> dict[str, tuple[Case, Case]]:
    """Return the cases that were open beside a decision, as they were and as they became."""
    became = last.after["cases"]
    return {i: (Case(**was), Case(**became[i])) for i, was in last.before["cases"].items()}


def _opened(heard: Hearing, last: Decided) -> Iterator[Any]:
    for case_id in last.after["opened"]:
        yield cases.get(heard.tx, case_id)


def is_settled_since(row: Any, scene: Scene, was: Case, became: Case) -> bool:
    """Tell whether a case that followed a decision was decided, or moved on, since."""
    now = Case(row.case_id, row.kind, row.record_id, row.other_id)
    is_decided = was != became and row.decided_at is not None
    return is_decided or moved_on(now, was, became, scene)


@contextmanager
def _case(office: Office, case_id: str) -> Iterator[tuple[Hearing, Any]]:
    """Give a hearing of a case and the case's locked row."""

    def about(tx: sa.Connection) -> About:
        row = cases.find(tx, case_id)
        if row is None:
            raise Refused(problems.CASE_UNKNOWN)
        sides = {row.record_id, row.other_id} - {None}
        if row.decided_at is not None and row.decision != VOID:
            last = last_decision(tx, case_id)
            sides |= named_in(last.before["records"]) | named_in(last.after["records"])
        return About(frozenset(sides))

    with hearing(office, about) as heard:
        yield heard, cases.get(heard.tx, case_id)


@contextmanager
def _open_case(office: Office, case_id: str) -> Iterator[tuple[Hearing, Case]]:
    """Give a hearing of an open case, its sides at the ends of their chains.

    One that was corrected while another agent's exchange opened the case is still named in it.
    """
    with _case(office, case_id) as (heard, row):
        if row.decided_at is not None:
            raise Refused(problems.CASE_DECIDED)
        was = Case(row.case_id, row.kind, row.record_id, row.other_id)
        case = at_ends(was, heard.scene)
        minutes.put_sides(heard.tx, was, case)
        yield heard, case
