"""The tables of version 0.1; what came later stands in agent_client/migrations.py."""

from typing import Final

FIRST_TABLES: Final = (
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
