"""Drafts: what an agent began and has not saved. A draft is not in the queue."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from agent_client.store.stopping import refuse_new
from schemas.envelope import FieldError, rfc3339


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft by its local number; `missing` is what kept it from being saved.

    `source` is where it came from ("daftar.xlsx:12"), `corrects` the record that it mends,
    `form` what stands in the boxes of its page, None where it was never opened there,
    `rests_since` the office's time in the first answer after its last change.
    """

    draft_id: int
    content: Mapping[str, Any] = field(repr=False)
    missing: tuple[FieldError, ...]
    source: str | None
    corrects: str | None
    row_digest: str | None
    made_at: str
    changed_at: str
    form: Mapping[str, str] | None = field(default=None, repr=False)
    rests_since: str | None = None


def add_draft(
    tx: Database,
    content: Mapping[str, Any],
    missing: Iterable[FieldError],
    *,
    now: datetime,
    source: str | None = None,
    corrects: str | None = None,
    row_digest: str | None = None,
    form: Mapping[str, str] | None = None,
) -> int:
    """Keep a draft and return its number; AgentProblem `retired`."""
    refuse_new(tx)
    cursor = tx.execute(
        "insert into drafts (content, missing, source, corrects, row_digest, made_at, changed_at,"
        " form) values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            json.dumps(content),
            _dumped(missing),
            source,
            corrects,
            row_digest,
            rfc3339(now),
            rfc3339(now),
            None if form is None else json.dumps(form),
        ],
    )
    return int(cursor.lastrowid or 0)


def change_draft(
    tx: Database,
    draft_id: int,
    content: Mapping[str, Any],
    missing: Iterable[FieldError],
    now: datetime,
    form: Mapping[str, str] | None = None,
) -> None:
    """Keep a draft's present state; without a `form` its page is filled from the content."""
    tx.execute(
        "update drafts set content = ?, missing = ?, changed_at = ?, form = ?, rests_since = null"
        " where draft_id = ?",
        [
            json.dumps(content),
            _dumped(missing),
            rfc3339(now),
            None if form is None else json.dumps(form),
            draft_id,
        ],
    )


def draft(tx: Database, draft_id: int) -> Draft | None:
    """Return one draft."""
    found = _drafts(tx, "where draft_id = ?", [draft_id])
    return found[0] if found else None


def drafts(tx: Database) -> list[Draft]:
    """Return all drafts, oldest first."""
    return _drafts(tx, "order by draft_id", [])


def newest_drafts(tx: Database, *, limit: int, offset: int) -> list[Draft]:
    """Return one page of all drafts, newest first."""
    return _drafts(tx, "order by draft_id desc limit ? offset ?", [limit, offset])


def count_drafts(tx: Database) -> int:
    """Return how many drafts there are."""
    return int(tx.execute("select count(*) from drafts").fetchone()[0])


def delete_draft(tx: Database, draft_id: int) -> bool:
    """Throw a draft away; tell whether there was one."""
    return bool(tx.execute("delete from drafts where draft_id = ?", [draft_id]).rowcount)


def date_drafts(tx: Database, office_time: datetime) -> None:
    """Note of each draft that was changed since the last answer that it rests from now on."""
    tx.execute(
        "update drafts set rests_since = ? where rests_since is null", [rfc3339(office_time)]
    )


def purge_drafts(tx: Database, rested: datetime) -> int:
    """Throw away the drafts that rest since `rested` or longer; return how many."""
    done = tx.execute("delete from drafts where rests_since <= ?", [rfc3339(rested)])
    return int(done.rowcount)


def draft_of_row(tx: Database, row_digest: str) -> Draft | None:
    """Return the draft that was made of a list's row of this digest."""
    found = _drafts(tx, "where row_digest = ?", [row_digest])
    return found[0] if found else None


def draft_correcting(tx: Database, record_id: str) -> Draft | None:
    """Return the draft that corrects a record, None where nobody began one."""
    found = _drafts(tx, "where corrects = ? order by draft_id", [record_id])
    return found[0] if found else None


def imported_untouched(tx: Database, nik: str) -> list[Draft]:
    """Return the drafts of a NIK that came out of a list and nobody worked on since."""
    return _drafts(
        tx,
        "where row_digest is not null and changed_at = made_at"
        " and json_extract(content, '$.nik') = ? order by draft_id",
        [nik],
    )


def _drafts(tx: Database, clause: str, parameters: Sequence[Any]) -> list[Draft]:
    # The clauses are this file's own constants.
    rows = tx.query(f"select * from drafts {clause}", parameters)  # noqa: S608
    return [
        Draft(
            **{
                **row,
                "content": json.loads(row["content"]),
                "missing": tuple(FieldError(**one) for one in json.loads(row["missing"])),
                "form": json.loads(row["form"] or "null"),
            }
        )
        for row in rows
    ]


def _dumped(missing: Iterable[FieldError]) -> str:
    return json.dumps([one.body() for one in missing])
