"""Doubtful records of each kind, as they come and as they were decided, with their rows."""

import json
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from schemas.names import fold_name
from schemas.words import Flag, Reason, Verdict
from server.odd_nik import TAKE
from server.review import ODD_NIK
from server.rules.record import Record
from server.rules.review import Choice, Side
from server.rules.undoing import differences
from server.store.people import Outline

Content = dict[str, Any]

SAID: Final[dict[str, str]] = {
    Reason.NIK_CONFLICT.value: Choice.SAME.value,
    Flag.NEAR_MATCH.value: Choice.DIFFERENT.value,
    Reason.NIK_CHANGED.value: Choice.NO.value,
    Reason.PERSON_CHANGED.value: Choice.NO.value,
    Flag.CREDIT_DISPUTE.value: Choice.STAYS.value,
    ODD_NIK: TAKE,
}
"""Every kind, and what is said of it where it is decided."""
WHO: Final = "pengawas"
LATER: Final = timedelta(days=2)
"""When a case is decided."""
CORRECTIONS: Final = (Reason.NIK_CHANGED.value, Reason.PERSON_CHANGED.value)


class Agent(NamedTuple):
    """An agent, with the laptop and the kelurahan where the agent walks."""

    agent_id: str
    office_id: str
    device_id: str
    kelurahan: tuple[str, ...]


class Made(NamedTuple):
    """One enrolment of an agent, as it came and as it stands.

    Of a doubtful one also its kind, and `was`, how it stood before it was decided.
    """

    agent: Agent
    content: dict[str, Any]
    sealed: bytes
    record: Record
    kind: str | None = None
    other_id: str | None = None
    was: Record | None = None


def doubtful(kind: str, new: Content, other: Content, first: Record) -> tuple[Content, Content]:
    """Return the content of a record that is doubtful beside another, and how it stands.

    `new` is somebody else's content with a NIK of its own, `first` the other's record.
    """
    of_other = {**other, "nik": new["nik"]}
    under_other = {**new, "nik": other["nik"]}
    chain = {
        "corrects": first.record_id,
        "root_id": first.record_id,
        "office_id": first.office_id,
        "work_date": first.work_date,
        "received_date": first.received_date,
    }
    review = {"verdict": Verdict.IN_REVIEW}
    duplicate = {"verdict": Verdict.DUPLICATE, "reason": Reason.ENROLLED}
    duplicate |= {"duplicate_of": first.record_id, "flags": (Flag.CREDIT_DISPUTE.value,)}
    odd = {**new, "nik": f"{new['nik'][:6]}99{new['nik'][8:]}"}
    nothing = dict.fromkeys(("contribution", "jht", "months"), 0)
    refused = {"verdict": Verdict.REJECTED, "reason": Reason.INVALID, "nik_hash": None}
    refused |= {"errors": ({"field": "nik", "code": "nik_date"},), **nothing}
    ways: dict[str, tuple[Content, Content]] = {
        Reason.NIK_CONFLICT.value: (under_other, review | {"reason": Reason.NIK_CONFLICT}),
        Flag.NEAR_MATCH.value: (of_other, {"flags": (Flag.NEAR_MATCH.value,)}),
        Reason.NIK_CHANGED.value: (of_other, chain | review | {"reason": Reason.NIK_CHANGED}),
        Reason.PERSON_CHANGED.value: (
            under_other,
            chain | review | {"reason": Reason.PERSON_CHANGED},
        ),
        Flag.CREDIT_DISPUTE.value: (dict(other), duplicate),
        ODD_NIK: (odd, refused),
    }
    return ways[kind]


def decided(kind: str, record: Record, other_id: str, taken: Content) -> Record:
    """Return how a doubtful record stands once it was decided; `taken` is what an odd one is."""
    refused = {"verdict": Verdict.REJECTED, "reason": Reason.REFUSED}
    merged = {"verdict": Verdict.DUPLICATE, "reason": Reason.ENROLLED, "duplicate_of": other_id}
    reinstated = {"verdict": Verdict.ACCEPTED, "reason": Reason.REINSTATED, "errors": ()}
    ways: dict[str, Content] = {
        Reason.NIK_CONFLICT.value: merged,
        Flag.NEAR_MATCH.value: {"flags": ()},
        Reason.NIK_CHANGED.value: refused,
        Reason.PERSON_CHANGED.value: refused,
        Flag.CREDIT_DISPUTE.value: {"flags": ()},
        ODD_NIK: reinstated | taken,
    }
    return record._replace(**ways[kind])


def case_of(made: Made, case_id: str) -> Content:
    """Return the row of a case about a record, decided where the record was."""
    kind, at = made.kind or "", made.record.received_at
    return {
        "case_id": case_id,
        "kind": kind,
        "record_id": made.record.record_id,
        "other_id": None if kind == ODD_NIK else made.other_id,
        "opened_at": at,
        "decision": SAID[kind] if made.was else None,
        "decided_at": at + LATER if made.was else None,
        "decided_by": WHO if made.was else None,
    }


def decision_of(made: Made, case_id: str) -> Content:
    """Return the row of what was decided of a record."""
    assert made.was is not None
    before, after = differences([(made.was, made.record)])
    return {
        "case_id": case_id,
        "action": SAID[made.kind or ""],
        "side": Side.OTHER.value,
        "by": WHO,
        "at": made.record.received_at + LATER,
        "before": json.dumps({"records": before, "cases": {}}),
        "after": json.dumps({"records": after, "cases": {}, "opened": []}),
    }


def outline_of(made: Made) -> Outline:
    """Return what is written of a person in clear."""
    content, record = made.content, made.record
    return Outline(
        record.record_id,
        record.nik_hash or b"",
        content["full_name"],
        fold_name(content["full_name"]),
        date.fromisoformat(content["birth_date"]),
        content["sex"],
        content["kelurahan"],
    )
