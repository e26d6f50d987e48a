"""The tables on the laptop, as steps that are only ever added to.

Times are RFC 3339 text in UTC with milliseconds, so that their order is the text's.
"""

import json
from typing import Final

from sqlite_utils import Database, Migrations

from agent_client.store.shares import keep_share
from schemas.envelope import rfc3339
from sync.kept_receipts import read_kept, read_payload

APPLICATION_ID: Final = 0x4C4F524E
"""`LORN` in the file's header: this database is ours."""

migrations: Final = Migrations("agent_client")

_TABLES: Final = (
    # Who this laptop is, and for whom. One row.
    """
    create table device (
      id integer primary key check (id = 1),
      device_id text not null,
      last_seq integer not null default 0,
      restored integer not null default 0,
      name text, office_url text, token text,
      agent_id text, agent_name text,
      office_id text, office_name text, timezone text,
      receipt_key text, office_key text, joined_at text
    ) strict""",
    # What the office last said, and how the last try went. One row.
    """
    create table exchange (
      id integer primary key check (id = 1),
      tried_at text, problem text,
      cursor text, epoch text,
      answered_at text, office_time text, clock_offset_s integer,
      performance text, reference text
    ) strict""",
    # The queue. `envelope` is the canonical form without the digest.
    """
    create table captures (
      record_id text primary key,
      device_seq integer not null,
      digest text not null,
      envelope blob not null,
      captured_at text not null,
      corrects text,
      nik text not null,
      name text not null,
      sought text not null,
      row_digest text,
      waiting integer not null default 1,
      attempts integer not null default 0,
      attempted_at text, problem text,
      set_aside_at text, set_aside_by text,
      verdict text, reason text, seq integer, received_at text,
      errors text, flags text, due integer, corrected_by text,
      settled_at text,
      resaved_as text,
      restricted integer not null default 0,
      stage text, stage_at text, kpj text, paid_through text
    ) strict""",
    "create unique index captures_device_seq on captures (device_seq) where resaved_as is null",
    "create index captures_waiting on captures (attempts, record_id) where waiting",
    "create index captures_nik on captures (nik)",
    "create index captures_row on captures (row_digest)",
    """
    create trigger captures_are_never_edited
    before update of record_id, device_seq, digest, envelope, captured_at, corrects on captures
    begin select raise(abort, 'a saved capture is never edited'); end""",
    # What was forgotten stays forgotten: only its id and number are kept.
    """
    create table forgotten (
      record_id text primary key,
      device_seq integer,
      forgotten_at text not null
    ) strict""",
    # Numbers that were skipped, since the office knew greater ones of this laptop.
    """
    create table skipped (
      first integer primary key,
      last integer not null,
      skipped_at text not null
    ) strict""",
    # The story of each record, and what an agent has not been told yet.
    """
    create table changes (
      change_id integer primary key autoincrement,
      record_id text not null,
      at text not null,
      kind text not null,
      verdict text, reason text, detail text
    ) strict""",
    "create index changes_record on changes (record_id, change_id)",
    """
    create table notices (
      notice_id text primary key,
      record_id text,
      text_id text not null,
      text_en text not null,
      until text,
      received_at text not null,
      shown_at text
    ) strict""",
    """
    create table drafts (
      draft_id integer primary key autoincrement,
      content text not null,
      missing text not null,
      source text,
      corrects text,
      row_digest text,
      made_at text not null,
      changed_at text not null
    ) strict""",
    "create index drafts_row on drafts (row_digest)",
    """
    create table receipts (
      receipt_digest text primary key,
      kept_at text not null,
      receipt blob not null
    ) strict""",
    """
    create table reference (
      name text primary key,
      version text not null,
      body blob not null,
      fetched_at text not null
    ) strict""",
    # What was added to a list since it was fetched whole (known_niks).
    """
    create table additions (
      addition_id integer primary key autoincrement,
      name text not null references reference (name) on delete cascade,
      body blob not null
    ) strict""",
)


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


@migrations()
def first_tables(db: Database) -> None:
    """Make all tables of version 0.1."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in _TABLES:
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
