"""The tables on the laptop, as steps that are only ever added to.

Times are RFC 3339 text in UTC with milliseconds, so that their order is the text's.
"""

import json
from typing import Final

from sqlite_utils import Database, Migrations

from agent_client.first_tables import FIRST_TABLES
from agent_client.store.shares import keep_share
from schemas.envelope import rfc3339
from sync.kept_receipts import read_kept, read_payload

APPLICATION_ID: Final = 0x4C4F524E
"""`LORN` in the file's header: this database is ours."""

migrations: Final = Migrations("agent_client")

_WIPING: Final = (
    # When the personal part of a capture was taken away, since the office revoked the laptop.
    "alter table captures add column wiped_at text",
    "drop trigger captures_are_never_edited",
    """
    create trigger captures_are_never_edited
    before update of record_id, device_seq, digest, envelope, captured_at, corrects on captures
    when new.wiped_at is null or length(new.envelope) > 0
      or (new.record_id, new.device_seq, new.digest, new.captured_at, new.corrects)
      is not (old.record_id, old.device_seq, old.digest, old.captured_at, old.corrects)
    begin select raise(abort, 'a saved capture is never edited'); end""",
    # What only the office can open: captures that wait, and drafts by their former number.
    """
    create table sealed (
      sealed_id integer primary key autoincrement,
      record_id text unique references captures (record_id) on delete cascade,
      draft_id integer unique,
      corrects text,
      box blob not null,
      sealed_at text not null,
      check ((record_id is null) <> (draft_id is null))
    ) strict""",
)

_PAGE: Final = (
    # What stands in the boxes of a draft's form, half-typed too; null where no page had it.
    "alter table drafts add column form text",
    # By name and birth date the page sees that a worker looks like one who is here already.
    "alter table captures add column birth_date text",
    "create index captures_born on captures (birth_date)",
    # Counts are asked for all day; the envelopes need not be read for them.
    "create index captures_states"
    " on captures (waiting, verdict, set_aside_at, wiped_at, resaved_as)",
    # A joining that was begun without a line. One row, gone once it went well.
    """
    create table joining (
      id integer primary key check (id = 1),
      address text not null, code text not null, name text not null,
      problem text
    ) strict""",
)

_PROOFS: Final = (
    # When the office signed, by its own clock; null where a receipt cannot be read.
    "alter table receipts add column signed_at text",
    "create index receipts_signed_at on receipts (signed_at)",
    # Which records a receipt lists, in its order. It stays when a record is purged or
    # forgotten: it shows no personal data, and proves what was handed in.
    """
    create table receipt_records (
      record_id text not null,
      receipt_digest text not null references receipts (receipt_digest),
      seq integer not null,
      verdict text not null,
      reason text not null
    ) strict""",
    "create index receipt_records_record on receipt_records (record_id)",
)

_RETENTION: Final = (
    # What the verdict asks of the agent, and the office's time in the answer that said so.
    "alter table captures add column asks text",
    "alter table captures add column asks_since text",
    "create index captures_asking on captures (asks, verdict, reason, resaved_as)"
    " where wiped_at is null",
    # After how many days the personal part was purged; null where the laptop was revoked.
    "alter table captures add column purged_after_days integer",
    # The office's time in the first answer after a draft's last change.
    "alter table drafts add column rests_since text",
    # A capture's share in its month, which shows nobody and outlives the purge.
    "alter table captures add column work_date text",
    "alter table captures add column programmes integer",
    "alter table captures add column contribution integer",
    "alter table captures add column months integer",
    "alter table captures add column prior_member integer",
    "create index captures_days on captures (work_date)",
)

_LISTS: Final = (
    # What a list is made of, so that only the rows that are shown are read: an envelope is
    # most of a row, and each page of the file has to be decrypted.
    "create index captures_listed on captures (device_seq, waiting, verdict, set_aside_at,"
    " wiped_at, resaved_as, sought, nik, record_id)",
    "drop index captures_days",
    "create index captures_days on captures (work_date, verdict, waiting, record_id, corrects,"
    " programmes, due, contribution, prior_member)",
)

_STOPPING: Final = (
    # That the office takes this laptop out of service. At most one row.
    """
    create table stopping (
      id integer primary key check (id = 1),
      stop_order text, asked_at text,
      missing integer not null default 0,
      known_at text, safe_at text
    ) strict""",
    """
    create trigger captures_are_compared_anew after insert on captures
    begin update stopping set known_at = null, safe_at = null; end""",
)


@migrations()
def first_tables(db: Database) -> None:
    """Make all tables of version 0.1."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in FIRST_TABLES:
        db.execute(statement)
    db.execute("insert into exchange (id) values (1)")


@migrations()
def wiping(db: Database) -> None:
    """Make room for what is wiped and sealed."""
    for statement in _WIPING:
        db.execute(statement)


@migrations()
def page(db: Database) -> None:
    """Make room for what the page keeps: forms, birth dates, a joining that was begun."""
    for statement in _PAGE:
        db.execute(statement)
    rows = db.execute("select record_id, envelope from captures where wiped_at is null")
    for record_id, form in rows.fetchall():
        born = json.loads(form).get("content", {}).get("birth_date")
        db.execute("update captures set birth_date = ? where record_id = ?", [born, record_id])


@migrations()
def proofs(db: Database) -> None:
    """Let a record's receipts be found; those that are kept already are listed."""
    for statement in _PROOFS:
        db.execute(statement)
    for digest, kept in db.execute("select receipt_digest, receipt from receipts").fetchall():
        try:
            signed = read_payload(read_kept(kept).payload)
        except ValueError:
            continue
        db.execute(
            "update receipts set signed_at = ? where receipt_digest = ?",
            [rfc3339(signed.time), digest],
        )
        db.conn.executemany(
            "insert into receipt_records (receipt_digest, record_id, seq, verdict, reason)"
            " values (?, ?, ?, ?, ?)",
            [[digest, ack[0], *ack[2:]] for ack in signed.acks],
        )


@migrations()
def retention(db: Database) -> None:
    """Make room for when captures and drafts go, and for what stays countable of them."""
    for statement in _RETENTION:
        db.execute(statement)
    rows = db.execute("select record_id, envelope from captures where wiped_at is null")
    for record_id, form in rows.fetchall():
        keep_share(db, record_id, json.loads(form))


@migrations()
def lists(db: Database) -> None:
    """Make the indexes that tell by themselves what a list shows."""
    for statement in _LISTS:
        db.execute(statement)


@migrations()
def stopping(db: Database) -> None:
    """Make room for what the office says of stopping."""
    for statement in _STOPPING:
        db.execute(statement)
