"""Proves that the laptop's books are whole: files, digests, numbers, counts."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlite_utils import Database

from agent_client.store import captures, device, drafts, forgotten
from agent_client.vault import Vault
from sync.digest import digest_and_form

_SHOWN_NUMBERS: Final = 20
_SEALED_MISSING: Final = (
    "waiting and wiped_at is not null and purged_after_days is null"
    " and not exists (select 1 from sealed where sealed.record_id = captures.record_id)"
)
_PURGE_INCOMPLETE: Final = (
    "wiped_at is not null and (length(envelope) > 0 or nik <> '' or name <> ''"
    " or sought <> '' or birth_date is not null)"
)


@dataclass(frozen=True, slots=True)
class Examination:
    """What was counted, and every fault: a code and what it is about (never personal data)."""

    counts: dict[str, int]
    faults: tuple[tuple[str, str], ...]


def examine(vault: Vault) -> Examination:
    """Examine the laptop at one moment; changes nothing."""
    with vault.reading() as tx:
        here = device.device(tx)
        last_seq = 0 if here is None else here.last_seq
        counted = captures.count_captures(tx)
        readable = list(captures.forms(tx))
        in_all = int(tx.execute("select count(*) from captures").fetchone()[0])
        counts = {
            **counted,
            "captures": in_all,
            "drafts": drafts.count_drafts(tx),
            "forgotten": len(forgotten.forgotten_numbers(tx)),
            "last_seq": last_seq,
        }
        faults = (
            *_damage(tx),
            *_digests(readable),
            *_numbers(tx, last_seq),
            *_states(tx, sum(counted.values()), in_all),
        )
    return Examination(counts, faults)


def _damage(tx: Database) -> Iterator[tuple[str, str]]:
    """What SQLCipher finds: pages changed outside it, a structure that is broken."""
    for (found,) in tx.execute("PRAGMA cipher_integrity_check").fetchall():
        yield "page_damaged", str(found)
    for (found,) in tx.execute("PRAGMA integrity_check(20)").fetchall():
        if found != "ok":
            yield "structure_damaged", str(found)


def _digests(readable: Iterable[tuple[str, int, str, bytes]]) -> Iterator[tuple[str, str]]:
    """Captures whose envelope is not the one that the digest was taken of."""
    for record_id, device_seq, digest, form in readable:
        envelope = captures.unfold(form, digest)
        same = (envelope.get("record_id"), envelope.get("device_seq")) == (record_id, device_seq)
        if not same or digest_and_form(envelope) != (digest, form):
            yield "digest_differs", record_id


def _numbers(tx: Database, last_seq: int) -> Iterator[tuple[str, str]]:
    """device_seq that are missing, or stand on two captures that are not one saved again."""
    given = [
        row[0]
        for row in tx.execute("select device_seq from captures where resaved_as is null").fetchall()
    ]
    gone = set(forgotten.forgotten_numbers(tx))
    for first, last in forgotten.skipped_numbers(tx):
        gone.update(range(first, last + 1))
    missing = sorted(set(range(1, last_seq + 1)) - set(given) - gone)
    twice = [number for number, count in Counter(given).items() if count > 1]
    beyond = [number for number in given if number > last_seq]
    for code, numbers in (
        ("number_missing", missing),
        ("number_twice", twice),
        ("number_beyond", beyond),
    ):
        for number in numbers[:_SHOWN_NUMBERS]:
            yield code, str(number)


def _states(tx: Database, in_states: int, in_all: int) -> Iterator[tuple[str, str]]:
    """Captures that are in no state or in two, settled without a verdict, or forgotten."""
    strange = tx.execute(
        "select count(*) from captures where not waiting and verdict not in"
        " ('accepted', 'duplicate', 'in_review', 'rejected', 'superseded')"
    ).fetchone()[0]
    if in_states + strange != in_all:
        yield "counts_differ", f"{in_states + strange} / {in_all}"
    for code, rule in (
        ("verdict_while_waiting", "waiting and verdict is not null"),
        ("settled_without_verdict", "not waiting and verdict is null"),
        ("forgotten_but_here", "record_id in (select record_id from forgotten)"),
        ("sealed_missing", _SEALED_MISSING),
        ("purge_incomplete", _PURGE_INCOMPLETE),
        ("purged_while_waiting", "waiting and purged_after_days is not null"),
    ):
        # The rules are constants.
        sql = f"select record_id from captures where {rule}"  # noqa: S608
        for (record_id,) in tx.execute(sql).fetchall():
            yield code, record_id


def examination_body(found: Examination) -> dict[str, Any]:
    """Return the examination as `--json` shows it."""
    return {
        "sound": not found.faults,
        "counts": found.counts,
        "faults": [{"code": code, "about": about} for code, about in found.faults],
    }
