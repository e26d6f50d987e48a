"""Captures: saved, never edited, *waiting* for a verdict or *settled* by one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlite_utils import Database

from agent_client.store.shares import keep_share
from schemas.envelope import rfc3339
from sync.digest import digest_and_form

STATES: Final = {
    "waiting": "waiting and set_aside_at is null and wiped_at is null",
    "set_aside": "waiting and set_aside_at is not null and wiped_at is null",
    "sealed": "waiting and wiped_at is not null",
    "accepted": "verdict = 'accepted'",
    "duplicate": "verdict = 'duplicate'",
    "in_review": "verdict = 'in_review'",
    "rejected": "verdict = 'rejected' and resaved_as is null",
    "superseded": "verdict = 'superseded'",
    "resaved": "resaved_as is not null",
}
"""What `list --state` and `status` tell apart, and how. Each capture is in one of them."""


@dataclass(frozen=True, slots=True)
class NewCapture:
    """A capture about to be saved; `form` is the canonical form that `digest` is taken of."""

    record_id: str
    device_seq: int
    digest: str
    form: bytes = field(repr=False)
    captured_at: datetime
    corrects: str | None
    content: Mapping[str, Any] = field(repr=False)
    row_digest: str | None


@dataclass(frozen=True, slots=True)
class Capture:
    """A saved capture and what became of it; times are RFC 3339 text in UTC.

    `problem` is why it still waits, `stage` how far an accepted enrolment has come. Of a
    capture that has `wiped_at` the personal part is gone: `nik` and `name` are empty, since the
    laptop was revoked, or `purged_after_days` after the office had settled it.
    """

    record_id: str
    device_seq: int
    digest: str
    captured_at: str
    corrects: str | None
    nik: str = field(repr=False)
    name: str = field(repr=False)
    waiting: bool
    attempts: int
    attempted_at: str | None
    problem: str | None
    set_aside_at: str | None
    verdict: str | None
    reason: str | None
    seq: int | None
    received_at: str | None
    errors: tuple[Mapping[str, Any], ...]
    flags: tuple[str, ...]
    due: int | None
    corrected_by: str | None
    settled_at: str | None
    resaved_as: str | None
    restricted: bool
    stage: str | None
    stage_at: str | None
    kpj: str | None = field(repr=False)
    paid_through: str | None
    wiped_at: str | None
    purged_after_days: int | None

    @property
    def state(self) -> str:
        """One of STATES, or a verdict that this program does not know, by its code."""
        if self.resaved_as is not None:
            return "resaved"
        if self.waiting and self.wiped_at:
            return "sealed"
        if self.waiting:
            return "set_aside" if self.set_aside_at else "waiting"
        return str(self.verdict)


_STANDS: Final = "resaved_as is null and coalesce(verdict, '') not in ('rejected', 'superseded')"
_COLUMNS: Final = ", ".join(Capture.__slots__)


def insert_capture(tx: Database, new: NewCapture) -> None:
    """Put a capture into the queue."""
    names = (new.content.get("full_name"), new.content.get("alias"))
    tx.execute(
        "insert into captures (record_id, device_seq, digest, envelope, captured_at, corrects,"
        " nik, name, sought, row_digest, birth_date) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            new.record_id,
            new.device_seq,
            new.digest,
            new.form,
            rfc3339(new.captured_at),
            new.corrects,
            str(new.content["nik"]),
            str(new.content["full_name"]),
            " ".join(str(name) for name in names if name).casefold(),
            new.row_digest,
            new.content.get("birth_date"),
        ],
    )
    keep_share(tx, new.record_id, unfold(new.form, new.digest))


def insert_resaved(tx: Database, record_id: str, envelope: dict[str, Any]) -> None:
    """Save a capture again as `envelope`, whose record_id is new and whose digest is not yet.

    The former row keeps what it was told and points to the new one.
    """
    fresh, form = digest_and_form(envelope)
    tx.execute(
        "update captures set resaved_as = ? where record_id = ?",
        [envelope["record_id"], record_id],
    )
    tx.execute(
        "insert into captures (record_id, device_seq, digest, envelope, captured_at, corrects,"
        " nik, name, sought, row_digest, birth_date) select ?, device_seq, ?, ?, captured_at,"
        " corrects, nik, name, sought, row_digest, birth_date from captures where record_id = ?",
        [envelope["record_id"], fresh, form, record_id],
    )
    keep_share(tx, envelope["record_id"], envelope)


def capture(tx: Database, record_id: str) -> Capture | None:
    """Return one capture."""
    found = _captures(tx, "record_id = ?", [record_id])
    return found[0] if found else None


def captures_named(tx: Database, part: str) -> list[Capture]:
    """Return the captures whose id begins or ends with `part`, as people abbreviate it."""
    return _captures(
        tx,
        "substr(record_id, 1, length(:part)) = :part or substr(record_id, -length(:part)) = :part",
        {"part": part},
    )


def captures(tx: Database, state: str | None = None, search: str | None = None) -> list[Capture]:
    """Return captures in order of saving: of one of STATES, and found by `search`.

    `search` is part of name or alias, the last digits of a NIK (3 at least), or the end of
    the id (8 characters at least: ids begin with the time, so many of them alike).
    """
    where, parameters = _sought((state,) if state else (), search)
    return _captures(tx, where, parameters)


def newest_captures(
    tx: Database, states: Sequence[str], search: str | None, *, limit: int, offset: int
) -> tuple[list[Capture], int]:
    """Return one page of the captures in any of `states`, newest first, and how many there are.

    No states are all of them; `search` as in `captures`.
    """
    where, parameters = _sought(states, search)
    # The clauses are this file's own constants.
    counted = tx.execute(f"select count(*) from captures where {where}", parameters)  # noqa: S608
    newest = "device_seq desc, rowid desc"
    # The index tells which they are: of the rows, which are large, only theirs are read.
    page = (
        f"select rowid from captures indexed by captures_listed where {where}"  # noqa: S608
        f" order by {newest} limit :limit offset :offset"
    )
    wanted = {**parameters, "limit": limit, "offset": offset}
    found = _captures(tx, f"rowid in ({page})", wanted, newest)
    return found, int(counted.fetchone()[0])


def newest_capture(tx: Database) -> Capture | None:
    """Return the capture that was saved last and can still be read here, None where none can."""
    where = "wiped_at is null and not restricted and resaved_as is null"
    found = _captures(tx, where, [], "device_seq desc limit 1")
    return found[0] if found else None


def _sought(states: Sequence[str], search: str | None) -> tuple[str, dict[str, str]]:
    wanted = ["(" + " or ".join(f"({STATES[state]})" for state in states) + ")"] if states else []
    if search:
        wanted.append(
            "(instr(sought, :text)"
            " or (length(:text) > 7 and substr(record_id, -length(:text)) = :text)"
            " or (length(:text) > 2 and substr(nik, -length(:text)) = :text))"
        )
    return " and ".join(wanted) or "true", {"text": (search or "").strip().casefold()}


def count_captures(tx: Database) -> dict[str, int]:
    """Return how many captures are in each of STATES."""
    each = ", ".join(f"count(*) filter (where {rule})" for rule in STATES.values())
    # The rules are this file's own constants.
    counts = tx.execute(f"select {each} from captures").fetchone()  # noqa: S608
    return dict(zip(STATES, counts, strict=True))


def count_unsettled(counts: Mapping[str, int]) -> int:
    """Return how many captures have no verdict, out of how many are in each of STATES."""
    return counts["waiting"] + counts["set_aside"] + counts["sealed"]


def forms(tx: Database) -> Iterable[tuple[str, int, str, bytes]]:
    """Return (record_id, device_seq, digest, canonical form) of every capture not wiped."""
    rows: Iterable[tuple[str, int, str, bytes]] = tx.execute(
        "select record_id, device_seq, digest, envelope from captures"
        " where wiped_at is null order by record_id"
    )
    return rows


def envelope_of(tx: Database, record_id: str) -> dict[str, Any] | None:
    """Return a capture's envelope as it was saved, its digest with it; None once wiped."""
    row = tx.execute(
        "select envelope, digest from captures where record_id = ? and wiped_at is null",
        [record_id],
    ).fetchone()
    return None if row is None else unfold(row[0], row[1])


def unfold(form: bytes, digest: str) -> dict[str, Any]:
    """Return the envelope of a canonical form, its digest with it."""
    return {**json.loads(form.decode("utf-8", "surrogatepass")), "digest": digest}


def same_nik(tx: Database, nik: str) -> list[Capture]:
    """Return the captures of one NIK that still stand: not refused, replaced or saved again."""
    return _captures(tx, f"nik = ? and {_STANDS}", [nik])


def born_on(tx: Database, birth_date: str) -> list[Capture]:
    """Return the captures of one birth date that still stand, as `same_nik` does."""
    return _captures(tx, f"birth_date = ? and {_STANDS}", [birth_date])


def has_row(tx: Database, row_digest: str) -> bool:
    """Tell whether a capture was made of a list's row of this digest."""
    found = tx.execute("select 1 from captures where row_digest = ?", [row_digest]).fetchone()
    return found is not None


def last_resaved(tx: Database, record_id: str) -> str:
    """Return the id under which a capture goes on, its own where it was never saved again."""
    seen = {record_id}
    while True:
        row = tx.execute(
            "select resaved_as from captures where record_id = ?", [record_id]
        ).fetchone()
        if row is None or row[0] is None or row[0] in seen:
            return record_id
        record_id = row[0]
        seen.add(record_id)


def chain_of(tx: Database, corrects: str | None) -> set[str]:
    """Return the ids of the record that a correction names and of all that it goes back to."""
    found: set[str] = set()
    while corrects is not None and corrects not in found:
        found |= {corrects, last_resaved(tx, corrects)}
        row = tx.execute("select corrects from captures where record_id = ?", [corrects]).fetchone()
        corrects = None if row is None else row[0]
    return found


def _captures(
    tx: Database,
    where: str,
    parameters: Sequence[Any] | dict[str, Any],
    order: str = "device_seq, rowid",
) -> list[Capture]:
    # The clauses are this file's own constants; what people type comes as parameters.
    sql = f"select {_COLUMNS} from captures where {where} order by {order}"  # noqa: S608
    return [_capture(row) for row in tx.query(sql, parameters)]


def _capture(row: dict[str, Any]) -> Capture:
    return Capture(
        **{
            **row,
            "waiting": bool(row["waiting"]),
            "restricted": bool(row["restricted"]),
            "errors": tuple(json.loads(row["errors"] or "[]")),
            "flags": tuple(json.loads(row["flags"] or "[]")),
        }
    )
