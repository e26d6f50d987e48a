"""One doubtful record as whoever decides sees it: both sides, why, what would move, the past.

Everything of both sides is shown to whoever answers for one of them, since both must be
compared; each look is noted in the trail. Nothing here knows of pages.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
import sqlalchemy as sa

from schemas.envelope import parse_moment
from server import audit, odd_nik, problems, review
from server.audit import Action
from server.books import content_of
from server.case_past import Past, named, past_of
from server.hearing import About, as_it_is
from server.minutes import VOID
from server.office import Office
from server.problems import Refused
from server.rehearsal import Moves, Option, Undoing, moves_of, options, undoing
from server.review import ODD_NIK
from server.rules.dedup import judge
from server.rules.record import Record
from server.rules.review import Case, at_ends
from server.rules.scene import Scene
from server.rules.undoing import named_in
from server.store import cases, devices, ledger, roll


@dataclass(frozen=True, slots=True)
class Sided:
    """One side of a case: a record with its content, and the evidence of its capture."""

    record: Record
    content: Mapping[str, Any] = field(repr=False)
    device: str | None
    claimed_at: datetime | None
    """What the laptop's own clock said."""
    elapsed_s: int | None
    """How long the form was in front; None for what was imported."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The other side, where that is a member of the roll: what the roll has of the NIK."""

    folded_name: str | None = field(repr=False)
    birth_date: str | None = field(repr=False)
    since: str | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case; an odd NIK that was not taken has no id yet.

    `names` are by record, `agents` (code, name) and `offices` by their ids: of all records
    that stand or move anywhere here. `decision` is None while it is open, `void` where nobody
    needs to decide any more.
    """

    case_id: str | None
    kind: str
    opened_at: datetime
    decision: str | None
    decided_by: str | None
    decided_at: datetime | None
    record: Sided
    other: Sided | None
    member: Enrolled | None
    why: tuple[str, ...]
    options: tuple[Option, ...]
    taking: Moves | None
    undoing: Undoing | None
    past: tuple[Past, ...]
    names: Mapping[str, str] = field(repr=False)
    agents: Mapping[str, tuple[str, str]]
    offices: Mapping[str, str]

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for a decision."""
        return self.decision is None

    @property
    def own_past(self) -> tuple[Past, ...]:
        """Return what was decided and asked in this case itself."""
        return tuple(one for one in self.past if one.decided.case_id == self.case_id)


def see(office: Office, case_id: str, *, by: str) -> CaseView:
    """Return a case for somebody to look at, which is noted. Refused: `case_unknown`."""
    with office.store.read() as tx:
        row = cases.find(tx, case_id)
        if row is None:
            raise Refused(problems.CASE_UNKNOWN)
        view = _view(tx, office, row)
    note_seen(office, [row.office_id, row.other_office_id], "case", case_id, by=by)
    return view


def see_odd(office: Office, record_id: str, *, by: str) -> CaseView:
    """Return a record that was refused for its odd NIK alone, which is noted.

    Refused: `record_unknown`, `decision_unfit` where anything else is wrong with it.
    """
    with office.store.read() as tx:
        scene = odd_nik.as_taken(tx, office, record_id)
        before = scene.before.get(record_id, scene.books.records[record_id])
        sides = _sides(tx, office, {record_id: before})
        view = CaseView(
            case_id=None,
            kind=ODD_NIK,
            opened_at=before.received_at,
            decision=None,
            decided_by=None,
            decided_at=None,
            record=sides[record_id],
            other=None,
            member=None,
            why=tuple(str(error["code"]) for error in before.errors),
            options=(),
            taking=moves_of(scene),
            undoing=None,
            past=past_of(tx, office, scene.books.records),
            **named(tx, scene.books.records.values(), _contents(sides)),
        )
    note_seen(office, [before.office_id], "record", record_id, by=by)
    return view


def reveal(office: Office, record_id: str, *, by: str) -> str:
    """Return a record's NIK in full, which is noted. Refused: `record_unknown`."""
    with office.store.read() as tx:
        found = ledger.records(tx, [record_id]).get(record_id)
        if found is None:
            raise Refused(problems.RECORD_UNKNOWN)
        content = content_of(office.keys.open(ledger.sealed(tx, [record_id])[record_id]))
    with office.store.write() as tx:
        _note(tx, office, Action.REVEALED, [found.office_id], "record", record_id, by)
    return str(content.get("nik", ""))


def reveal_side(office: Office, case_id: str, side: str, *, by: str) -> tuple[str, str]:
    """Return the NIK of a side (`record`, `other`) in full, which is noted, and the other's.

    Where there is no other record both are the same. Refused: `case_unknown`, `record_unknown`.
    """
    with office.store.read() as tx:
        row = cases.find(tx, case_id)
        if row is None:
            raise Refused(problems.CASE_UNKNOWN)
        ids = {"record": row.record_id, "other": row.other_id}
        sealed = ledger.sealed(tx, [one for one in ids.values() if one is not None])
    niks = {i: str(content_of(office.keys.open(form)).get("nik", "")) for i, form in sealed.items()}
    shown = reveal(office, ids.get(side) or "", by=by)
    return shown, next((nik for i, nik in niks.items() if i != ids[side]), shown)


def note_seen(
    office: Office, own: Iterable[str | None], about: str, about_id: str, *, by: str
) -> None:
    """Note that somebody looked, a line for each office that it is of."""
    with office.store.write() as tx:
        _note(tx, office, Action.SAW, own, about, about_id, by)


def _note(
    tx: sa.Connection,
    office: Office,
    action: Action,
    own: Iterable[str | None],
    about: str,
    about_id: str,
    by: str,
) -> None:
    for office_id in sorted({one for one in own if one is not None}):
        audit.note(
            tx,
            office.keys,
            by=by,
            at=office.now(),
            action=action,
            about=about,
            about_id=about_id,
            office_id=office_id,
        )


def _view(tx: sa.Connection, office: Office, row: Any) -> CaseView:
    case = Case(row.case_id, row.kind, row.record_id, row.other_id)
    is_decided = row.decided_at is not None and row.decision != VOID
    last = review.last_decision(tx, row.case_id) if is_decided else None
    ids = {row.record_id, row.other_id} - {None}
    if last is not None:
        ids |= named_in(last.before["records"]) | named_in(last.after["records"])
    scene = as_it_is(tx, office, About(frozenset(ids)))
    case = case if is_decided else at_ends(case, scene)
    records = scene.books.records
    own = {i: records[i] for i in (case.record_id, case.other_id) if i is not None}
    sides = _sides(tx, office, own)
    return CaseView(
        case_id=row.case_id,
        kind=row.kind,
        opened_at=row.opened_at,
        decision=row.decision,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        record=sides[case.record_id],
        other=sides.get(case.other_id or ""),
        member=_member(tx, row.kind, case, scene),
        why=_why(case, scene),
        options=options(scene, case) if row.decided_at is None else (),
        taking=None,
        undoing=None if last is None else undoing(tx, scene, last),
        past=past_of(tx, office, records),
        **named(tx, records.values(), _contents(sides)),
    )


def _sides(tx: sa.Connection, office: Office, own: Mapping[str, Record]) -> dict[str, Sided]:
    found = {}
    for record_id, sealed in ledger.sealed(tx, own).items():
        form, record = office.keys.open(sealed), own[record_id]
        envelope = _envelope(form)
        device = devices.by_id(tx, record.device_id) if record.device_id else None
        elapsed = envelope.get("elapsed_s")
        found[record_id] = Sided(
            record=record,
            content=content_of(form),
            device=None if device is None else device.name,
            claimed_at=parse_moment(envelope.get("captured_at")),
            elapsed_s=elapsed if type(elapsed) is int else None,
        )
    return found


def _envelope(form: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = orjson.loads(form)
    except orjson.JSONDecodeError:  # half a character, as in server/books.py
        found = json.loads(form.decode("utf-8", "surrogatepass"))
    return found


def _member(tx: sa.Connection, kind: str, case: Case, scene: Scene) -> Enrolled | None:
    if case.other_id is not None or kind == ODD_NIK:
        return None
    nik = scene.books.records[case.record_id].nik_hash or b""
    row = roll.members(tx, [nik]).get(nik)
    if row is None:
        return Enrolled(None, None, None)
    since = None if row.since is None else row.since.isoformat()
    return Enrolled(row.folded_name, row.birth_date.isoformat(), since)


def _why(case: Case, scene: Scene) -> tuple[str, ...]:
    """Return the judge's reasons, by their codes."""
    one = scene.books.person_of(case.record_id)
    if case.other_id is not None:
        return judge(one, scene.books.person_of(case.other_id)).why
    nik = scene.books.records[case.record_id].nik_hash or b""
    member = scene.books.members.get(nik)
    return () if member is None else judge(one, member.person._replace(nik=one.nik)).why


def _contents(sides: Mapping[str, Sided]) -> dict[str, Mapping[str, Any]]:
    return {record_id: sided.content for record_id, sided in sides.items()}
