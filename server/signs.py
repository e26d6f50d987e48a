"""An agent's captures looked at: signs worth a question, and what corrections changed.

An agent's own contents are opened, the newest OPENED of them; of others at the office only
what stands in clear is read, so that a look at one agent opens nobody else's.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from schemas.enrolment import normalise
from schemas.words import Flag
from server.office import Office
from server.rules.signs import Kind, Seen, Sign, signs_of
from server.store import ledger, signs
from server.store.agent_work import Stretch

OPENED: Final = 500
"""At most so many captures are looked at, the newest."""
PEERS: Final = 10
"""So many others at the office tell what is usual, by so many of their newest captures each."""
OF_A_PEER: Final = 60
_SHOWN_DIGITS: Final = 3
_ITS_OWN: Final = frozenset(
    {
        *("schema", "tariff_version", "hint_reason"),
        *("consent_version", "consent_at", "consent_method", "consent_language"),
        *("latitude_e6", "longitude_e6", "accuracy_m"),
    }
)
"""What each capture has of its own, also where nothing was corrected."""


class Looked(NamedTuple):
    """What a look at an agent's captures gave; it holds nothing of any worker.

    `phones` are the ends of the numbers that a sign names, by their keyed hashes; `changed`
    counts the members that corrections changed, most first, out of `compared` corrections.
    """

    captures: int
    signs: Sequence[Sign]
    phones: Mapping[int, str]
    changed: Sequence[tuple[str, int]]
    compared: int


class _Opened(NamedTuple):
    """An envelope's evidence and the normal form of its content."""

    elapsed_s: int | None
    content: Mapping[str, Any]

    def __repr__(self) -> str:
        return "<Opened>"


def look(tx: sa.Connection, office: Office, stretch: Stretch, office_id: str) -> Looked:
    """Look at an agent's newest captures of a stretch, beside others at an office."""
    rows = signs.captures(tx, stretch, OPENED)
    opened = _open(tx, office, [row.record_id for row in rows])
    zone = ZoneInfo(office.settings.timezone)
    seen = [_with_content(_seen(row, zone), row, opened.get(row.record_id), office) for row in rows]
    found = signs_of(seen, _peers(tx, stretch, office_id, zone))
    changed, compared = _changed(tx, office, rows, opened)
    return Looked(len(rows), found, _ends(found, rows, seen, opened), changed, compared)


def _ends(
    found: Sequence[Sign],
    rows: Sequence[Any],
    seen: Sequence[Seen],
    opened: Mapping[str, "_Opened"],
) -> dict[int, str]:
    """Return the last digits of the phones that a sign names, by their keyed hashes."""
    named = {key for sign in found if sign.kind == Kind.PHONE for key, _ in sign.most}
    return {
        one.phone: opened[row.record_id].content["phone"][-_SHOWN_DIGITS:]
        for row, one in zip(rows, seen, strict=True)
        if one.phone is not None and one.phone in named
    }


def _open(tx: sa.Connection, office: Office, record_ids: Sequence[str]) -> dict[str, _Opened]:
    """Open envelopes; a content that is no object is as an empty one."""
    found = {}
    for record_id, sealed in ledger.sealed(tx, record_ids).items():
        envelope = json.loads(office.keys.open(sealed))
        content, elapsed = envelope.get("content"), envelope.get("elapsed_s")
        found[record_id] = _Opened(
            elapsed if type(elapsed) is int else None,
            normalise(content) if isinstance(content, dict) else {},
        )
    return found


def _seen(row: Any, zone: ZoneInfo) -> Seen:
    """Return what the ledger tells in clear of a capture."""
    sound = row.birth_date is not None
    captured: datetime | None = row.captured_at
    return Seen(
        root=row.root_id,
        corrects=row.corrects is not None,
        fast=Flag.TOO_FAST in row.flags.split() if sound else None,
        hour=None if captured is None else captured.astimezone(zone).hour,
        worker=row.nik_hash if sound else None,
        born=row.birth_date,
        nik_edited=None not in (row.nik_before, row.nik_hash) and row.nik_before != row.nik_hash,
    )


def _with_content(seen: Seen, row: Any, opened: _Opened | None, office: Office) -> Seen:
    """Add what the envelope tells: how long the form took, whose phone, how the NIK fits."""
    if opened is None:
        return seen._replace(fast=None)
    elapsed, phone = opened.elapsed_s, opened.content.get("phone")
    return seen._replace(
        fast=None if elapsed is None else elapsed < office.settings.too_fast_seconds,
        phone=office.keys.trace(phone) if seen.worker and isinstance(phone, str) else None,
        nik_differs="nik_reason" in opened.content if seen.worker else None,
    )


def _peers(tx: sa.Connection, stretch: Stretch, office_id: str, zone: ZoneInfo) -> list[list[Seen]]:
    others = signs.peers(tx, office_id, stretch.agent_id)
    spread = others[:: max(1, len(others) // PEERS)][:PEERS]
    here = frozenset({office_id})
    ever = (Stretch(one, date.min, stretch.last, here) for one in spread)
    return [[_seen(row, zone) for row in signs.captures(tx, one, OF_A_PEER)] for one in ever]


def _changed(
    tx: sa.Connection, office: Office, rows: Sequence[Any], opened: Mapping[str, _Opened]
) -> tuple[list[tuple[str, int]], int]:
    """Count which members the corrections changed, each beside the record that it names."""
    named = {row.record_id: row.before_id for row in rows if row.before_id is not None}
    missing = sorted(set(named.values()) - opened.keys())
    known = {**opened, **_open(tx, office, missing)}
    pairs = [(known[one].content, known[of].content) for one, of in named.items()]
    counts = Counter(
        name
        for one, of in pairs
        for name in (one.keys() | of.keys()) - _ITS_OWN
        if one.get(name) != of.get(name)
    )
    return sorted(counts.items(), key=lambda item: (-item[1], item[0])), len(pairs)
