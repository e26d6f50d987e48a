"""What can be said of a capture before the books are opened: pure, and most of the work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from schemas.enrolment import Checked, Rules, check
from schemas.envelope import envelope_problems, is_uuid, parse_moment
from schemas.tariff import Tariff
from schemas.words import Flag, Programme
from server import references
from server.config import Settings
from server.keys import Keys
from server.rules.blocking import blocking_keys
from server.rules.clock import CaptureTime, Certainty, ExchangeClock, capture_time
from server.rules.credit import work_date
from server.rules.person import Person, person
from server.rules.record import Entry
from sync.known_niks import digest8, digest16
from sync.limits import ERRORS
from sync.receiver import Arrival


@dataclass(frozen=True, slots=True)
class Terms:
    """By what an office examines: its settings and the tariffs it knows, by version."""

    keys: Keys
    rules: Rules
    tariff: Tariff
    tariffs: Mapping[str, Tariff]
    too_fast_seconds: int


def terms_of(tx: sa.Connection, keys: Keys, settings: Settings) -> Terms:
    """Return the terms in force."""
    tariffs = references.tariffs(tx)
    return Terms(
        keys=keys,
        rules=settings.rules,
        tariff=list(tariffs.values())[-1],
        tariffs=tariffs,
        too_fast_seconds=settings.too_fast_seconds,
    )


class Examined(NamedTuple):
    """One capture with all that needs no books: ready to be judged and written down."""

    arrival: Arrival
    sealed: bytes
    """The envelope's canonical bytes, sealed: here, since nobody waits for this meanwhile."""
    entry: Entry
    content: Mapping[str, Any]
    work_date: date
    known: tuple[bytes, bytes]
    """The NIK's digests for known_niks, of 16 and of 8 bytes; empty where there is no NIK."""
    traces: tuple[int, ...]
    due: int | None
    contribution: int
    jht: int
    months: int

    def __repr__(self) -> str:
        return f"<Examined {self.entry.record_id}>"


def examine(
    arrival: Arrival,
    agent_id: str,
    clock: ExchangeClock,
    not_before: datetime | None,
    terms: Terms,
) -> Examined:
    """Examine one arrival; never raises for what it holds."""
    envelope, received_at = arrival.envelope, clock.received_at
    faults = [problem.body() for problem in envelope_problems(envelope)]
    faults += [_fault(code) for code in arrival.faults]
    if faults:
        claimed = parse_moment(envelope.get("captured_at"))
        time = CaptureTime(None, Certainty.UNKNOWN, claimed)
    else:
        time = capture_time(envelope, clock, not_before)
    content = envelope.get("content")
    if not isinstance(content, dict):
        return _unfit(arrival, agent_id, time, received_at, faults, terms)
    checked = _check(content, time, received_at, terms)
    errors = (*faults, *(error.body() for error in checked.errors))[:ERRORS]
    if errors:
        ineligible = checked.ineligible and not faults
        return _unfit(arrival, agent_id, time, received_at, errors, terms, checked, ineligible)
    return _fit(arrival, agent_id, time, received_at, checked, terms)


def examine_as_it_is(
    arrival: Arrival, agent_id: str, time: CaptureTime, received_at: datetime, terms: Terms
) -> Examined:
    """Examine an arrival whose NIK is odd, and nothing else wrong, as if it were sound."""
    checked = _check(arrival.envelope["content"], time, received_at, terms)
    return _fit(arrival, agent_id, time, received_at, checked, terms)


def _check(
    content: Mapping[str, Any], time: CaptureTime, received_at: datetime, terms: Terms
) -> Checked:
    tariff = terms.tariffs.get(str(content.get("tariff_version")), terms.tariff)
    return check(content, moments=time.moments(received_at), rules=terms.rules, tariff=tariff)


def _fault(code: str) -> dict[str, Any]:
    return {"field": code if code.startswith("envelope.") else "envelope", "code": code}


def _unfit(
    arrival: Arrival,
    agent_id: str,
    time: CaptureTime,
    received_at: datetime,
    errors: Sequence[Mapping[str, Any]],
    terms: Terms,
    checked: Checked | None = None,
    ineligible: bool = False,
) -> Examined:
    """Return what is invalid or ineligible; its NIK is still found again where it is one."""
    content = checked.content if checked is not None else {}
    broken = {error["field"] for error in errors}
    has_nik = "nik" in content and "nik" not in broken
    entry = Entry(
        record_id=arrival.record_id,
        digest=arrival.digest,
        agent_id=agent_id,
        corrects=_corrects(arrival),
        errors=tuple(errors),
        ineligible=ineligible,
        flags=(Flag.CLOCK_DRIFT.value,) if time.certainty == Certainty.UNKNOWN else (),
        nik_hash=terms.keys.nik_hash(content["nik"]) if has_nik else None,
        person=None,
        consent_at=None,
        time=time,
        received_at=received_at,
    )
    day = work_date(time, received_at, terms.rules.timezone)
    sealed = terms.keys.seal(arrival.form)
    return Examined(arrival, sealed, entry, content, day, (b"", b""), (), None, 0, 0, 0)


def _fit(
    arrival: Arrival,
    agent_id: str,
    time: CaptureTime,
    received_at: datetime,
    checked: Checked,
    terms: Terms,
) -> Examined:
    content, keys = checked.content, terms.keys
    who = person(content)
    due = checked.due
    differs = due is not None and due.total != content["contribution"]
    nik = content["nik"]
    entry = Entry(
        record_id=arrival.record_id,
        digest=arrival.digest,
        agent_id=agent_id,
        corrects=_corrects(arrival),
        errors=(),
        ineligible=False,
        flags=_flags(arrival, checked, time, differs, terms),
        nik_hash=keys.nik_hash(nik),
        person=who,
        consent_at=parse_moment(content["consent_at"]),
        time=time,
        received_at=received_at,
    )
    return Examined(
        arrival=arrival,
        sealed=keys.seal(arrival.form),
        entry=entry,
        content=content,
        work_date=work_date(time, received_at, terms.rules.timezone),
        known=known_as(nik, keys),
        traces=traces_of(who, keys),
        due=due.total if differs and due is not None else None,
        contribution=due.total if due is not None else 0,
        jht=due.per_programme.get(Programme.JHT, 0) if due is not None else 0,
        months=content["months"],
    )


def traces_of(who: Person, keys: Keys) -> tuple[int, ...]:
    """Return the keyed traces by which people like this one are found."""
    return tuple([keys.trace(key) for key in blocking_keys(who)])


def known_as(nik: str, keys: Keys) -> tuple[bytes, bytes]:
    """Return a NIK's digests for known_niks, of 16 and of 8 bytes."""
    return digest16(nik, keys.known_key), digest8(nik, keys.known_key)


def _corrects(arrival: Arrival) -> str | None:
    corrects = arrival.envelope.get("corrects")
    return corrects if is_uuid(corrects) else None


def _flags(
    arrival: Arrival, checked: Checked, time: CaptureTime, differs: bool, terms: Terms
) -> tuple[str, ...]:
    elapsed = arrival.envelope.get("elapsed_s")
    signs = {
        Flag.CONTRIBUTION_DIFFERS: differs,
        Flag.AGE_UNSURE: checked.age_unsure,
        Flag.CLOCK_DRIFT: time.certainty == Certainty.UNKNOWN,
        Flag.TOO_FAST: isinstance(elapsed, int) and elapsed < terms.too_fast_seconds,
    }
    return tuple(flag.value for flag, holds in signs.items() if holds)
