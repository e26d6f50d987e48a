"""A lost laptop: which persons must be told, and by when (docs/DOMAIN.md section 8, article 46).

Names and addresses are needed for the letters, so whoever looks is noted in the trail.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from schemas.regions import region
from schemas.words import Verdict
from server import audit, revoking
from server.audit import Action
from server.books import content_of
from server.office import Office
from server.problems import DEVICE_NOT_LOST, Refused
from server.revoking import Held, HeldRecord
from server.store import ledger, offices, stations

_PLACE = ("street", "lorong", "house", "landmark")


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a record is about, as far as its content tells."""

    held: HeldRecord
    name: str = field(repr=False)
    nik: str = field(repr=False)
    """In full: to be masked wherever it is shown."""
    address: Sequence[str] = field(repr=False)
    """Lines for an envelope."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A lost laptop; `counts` are its records by verdict, `left` is negative past the deadline."""

    device: Any
    office: str
    held: Held
    people: Sequence[Person]
    counts: Mapping[Verdict, int]
    deadline: datetime
    left: timedelta

    @property
    def missing(self) -> int:
        """Return how many numbers never arrived."""
        return sum(last - first + 1 for first, last in self.held.missing)


def see(office: Office, device_id: str, *, by: str, form: str) -> Loss:
    """Return a lost laptop with the persons on it, and note who looked at them, as what.

    Raises Refused 404.
    """
    held = revoking.held_by(office, device_id)
    device, now = held.device, office.now()
    if held.deadline is None:
        raise Refused(DEVICE_NOT_LOST)
    with office.store.read() as tx:
        sealed = ledger.sealed(tx, [one.record_id for one in held.records])
        office_id = stations.office_at(tx, device.agent_id, office.today())
        name = offices.names(tx)[office_id]
    opened = {key: content_of(office.keys.open(box)) for key, box in sealed.items()}
    people = [_person(one, opened[one.record_id]) for one in held.records]
    with office.store.write() as tx:
        audit.note(
            tx,
            office.keys,
            by=by,
            at=now,
            action=Action.SAW,
            about="device",
            about_id=device_id,
            office_id=office_id,
            form=form,
            count=len(people),
        )
    return Loss(
        device=device,
        office=name,
        held=held,
        people=people,
        counts=Counter(one.verdict for one in held.records),
        deadline=held.deadline,
        left=held.deadline - now,
    )


def _person(held: HeldRecord, content: Mapping[str, Any]) -> Person:
    """Return whom a content is about; what was refused may hold anything."""
    place = region(str(content.get("kelurahan", "")))
    parts = [_text(content, name) for name in _PLACE]
    district = "" if place is None else f"{place.kelurahan}, {place.kecamatan}"
    lines = (", ".join(filter(None, parts)), district)
    name, nik = _text(content, "full_name"), _text(content, "nik")
    return Person(held, name, nik, [line for line in lines if line])


def _text(content: Mapping[str, Any], name: str) -> str:
    value = content.get(name)
    return value if isinstance(value, str) else ""
