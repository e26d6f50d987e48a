"""A supervisor takes a record that was refused for its odd NIK alone.

Real people carry NIKs whose date is none of the calendar's (DOMAIN.md section 5).
"""

import json

import sqlalchemy as sa

from schemas.envelope import parse_moment
from schemas.words import Reason
from server import minutes, problems
from server.examine import Dated, Examined, examine_as_it_is, terms_of
from server.hearing import About, as_it_is, fitting, hearing
from server.minutes import TAKE, Minutes, Outcome
from server.office import Office
from server.problems import Refused
from server.review import ODD_NIK
from server.rules import review
from server.rules.clock import CaptureTime, Certainty
from server.rules.record import Record
from server.rules.scene import Scene
from server.store import cases, ledger, people
from sync.receiver import Arrival

CODES = frozenset({"nik_date", "nik_province"})
"""What a supervisor may overlook."""


def take_odd_nik(office: Office, record_id: str, *, by: str, note: str = "") -> Outcome:
    """Take a rejected/invalid record as it is; return what moved.

    It is judged as any new one: it holds its NIK (accepted/reinstated), or is a duplicate,
    or in conflict. `server.review.undo` of the outcome's case takes it back. Refused:
    `record_unknown`, `decision_unfit` where anything else is wrong with it, `busy`.
    """
    with office.store.read() as tx:
        item = _examined(tx, office, record_id)
    nik_hash = item.entry.nik_hash or b""
    about = About(frozenset({record_id}), frozenset({nik_hash}))
    with hearing(office, lambda _tx: about) as heard:
        record = heard.record(record_id)
        if not _is_odd_alone(record):
            raise Refused(problems.DECISION_UNFIT)
        heard.known[nik_hash] = item.known
        with fitting():
            review.take(heard.scene, _figured(record, item))
        people.put_late(heard.tx, [] if item.outline is None else [item.outline], [])
        case = {"case_id": office.new_id(), "kind": ODD_NIK, "record_id": record_id}
        cases.open_cases(heard.tx, [case | {"other_id": None, "opened_at": heard.now}])
        cases.decide(heard.tx, case["case_id"], decision=TAKE, by=by, at=heard.now)
        return minutes.write(heard, Minutes(case["case_id"], TAKE, by, note=note))


def as_taken(tx: sa.Connection, office: Office, record_id: str) -> Scene:
    """Return the scene as it would be if a record were taken; refused as `take_odd_nik` is."""
    item = _examined(tx, office, record_id)
    about = About(frozenset({record_id}), frozenset({item.entry.nik_hash or b""}))
    scene = as_it_is(tx, office, about)
    with fitting():
        review.take(scene, _figured(scene.books.records[record_id], item))
    return scene


def _is_odd_alone(record: Record) -> bool:
    codes = {error["code"] for error in record.errors}
    return record.reason == Reason.INVALID and bool(codes) and codes <= CODES


def _examined(tx: sa.Connection, office: Office, record_id: str) -> Examined:
    """Return a recorded capture as it would be examined if its NIK were not odd."""
    record = ledger.records(tx, [record_id]).get(record_id)
    if record is None:
        raise Refused(problems.RECORD_UNKNOWN)
    if not _is_odd_alone(record):
        raise Refused(problems.DECISION_UNFIT)
    form = office.keys.open(ledger.sealed(tx, [record_id])[record_id])
    envelope = json.loads(form.decode("utf-8"))
    claimed = parse_moment(envelope.get("captured_at"))
    time = CaptureTime(record.captured_at, Certainty(record.certainty), claimed)
    arrival = Arrival(record_id, record.digest, form, envelope)
    one = Dated(arrival, (), time, record.received_at)
    return examine_as_it_is(one, record.agent_id, terms_of(tx, office.keys, office.settings))


def _figured(record: Record, item: Examined) -> Record:
    return record._replace(
        errors=(),
        flags=item.entry.flags,
        nik_hash=item.entry.nik_hash,
        due=item.due,
        contribution=item.contribution,
        jht=item.jht,
        months=item.months,
        kelurahan=item.kelurahan,
    )
