"""Prove the books: what is kept twice must agree, what is promised must hold.

Each check counts what it compared and says what it found wrong; nothing is mended here.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from nacl.exceptions import CryptoError

from schemas.words import Reason, Verdict
from server.books import content_of
from server.doctor_stations import stations
from server.doctor_trail import trail
from server.finding import Finding
from server.keys import Keys
from server.office import Office
from server.store import case_queue as queue
from server.store import migrate, performance
from server.store.case_tables import cases
from server.store.list_tables import known_additions
from server.store.list_tables import known_niks as known
from server.store.tables import (
    COUNTERS,
    agents,
    feed,
    holders,
    ledger,
    people,
)
from sync.digest import digest_and_form


def examine_all(office: Office) -> list[Finding]:
    """Run every check in one reading of the books; an office is sound where none found a fault."""
    with office.store.read() as tx:
        findings = [check(tx) for check in CHECKS]
        findings += [contents(tx, office.keys), trail(tx, office.keys)]
    return findings


def shape(tx: sa.Connection) -> Finding:
    """Tell whether the database has the newest shape."""
    finding = Finding("schema", 1)
    if not migrate.is_current(tx):
        finding.add("migrations are missing: run lorong-server migrate")
    return finding


def standings(tx: sa.Connection) -> Finding:
    """Promise 7: the verdicts add up to the records, per agent and per device."""
    finding = Finding("standings")
    verdicts = [v.value for v in Verdict if v != Verdict.RETRY]
    for column in (ledger.c.agent_id, ledger.c.device_id):
        known_verdict = sa.case((ledger.c.verdict.in_(verdicts), 1), else_=0)
        query = sa.select(column, sa.func.count(), sa.func.sum(known_verdict)).group_by(column)
        for who, recorded, standing in tx.execute(query):
            finding.compared += 1
            if recorded != standing:
                finding.add(f"{who}: {recorded} records, {standing} standings")
    return finding


def serial_numbers(tx: sa.Connection) -> Finding:
    """Each serial number was handed out once."""
    total = tx.execute(sa.select(sa.func.count()).select_from(ledger)).scalar_one()
    finding = Finding("serial_numbers", total)
    query = sa.select(ledger.c.seq).group_by(ledger.c.seq).having(sa.func.count() > 1)
    for seq in tx.execute(query).scalars():
        finding.add(f"seq {seq} stands on more than one record")
    return finding


def days(tx: sa.Connection) -> Finding:
    """The days, months, quarters and years that are kept equal a fold over the ledger."""
    days, finding = performance.fold(tx), Finding("performance")
    for (day, agent_id, *_), off in _differing(finding, days, performance.kept(tx)):
        finding.add(f"agent {agent_id} on {day}: {off} differ from the ledger")
    periods = performance.periods_of(days), performance.kept_periods(tx)
    for (basis, period, _, agent_id, _), off in _differing(finding, *periods):
        finding.add(f"agent {agent_id} in {period} ({basis}): {off} differ from the ledger")
    return finding


def _differing(
    finding: Finding, told: Mapping[Any, Sequence[int]], kept: Mapping[Any, Sequence[int]]
) -> Iterator[tuple[Any, str]]:
    """Give each key under which what is kept is not what is told, and the counters' names."""
    finding.compared += len(told)
    nothing = [0] * len(COUNTERS)
    for key in sorted(told.keys() | kept.keys()):
        one, other = told.get(key, nothing), kept.get(key, nothing)
        off = [name for name, a, b in zip(COUNTERS, one, other, strict=True) if a != b]
        if off:
            yield key, ", ".join(off)


def one_holder(tx: sa.Connection) -> Finding:
    """Promise 5: at most one accepted record for a NIK, and each holds its own."""
    accepted = ledger.c.verdict == Verdict.ACCEPTED.value
    finding = Finding("holders")
    twice = (
        sa.select(sa.func.min(ledger.c.record_id), sa.func.max(ledger.c.record_id))
        .where(accepted)
        .group_by(ledger.c.nik_hash)
        .having(sa.func.count() > 1)
    )
    for first, last in tx.execute(twice):
        finding.add(f"two holders of one NIK: {first} and {last}")
    joined = sa.select(
        ledger.c.record_id, ledger.c.verdict, holders.c.record_id.label("holder")
    ).join_from(ledger, holders, ledger.c.nik_hash == holders.c.nik_hash, isouter=True)
    for row in tx.execute(joined.where(accepted)):
        finding.compared += 1
        if row.holder != row.record_id:
            finding.add(f"accepted {row.record_id} does not hold its NIK")
    stray = (
        sa.select(holders.c.record_id)
        .join_from(holders, ledger, ledger.c.record_id == holders.c.record_id, isouter=True)
        .where(sa.or_(ledger.c.record_id.is_(None), ~accepted))
    )
    for record_id in tx.execute(stray).scalars():
        finding.add(f"holder {record_id} is no accepted record")
    return finding


def lost_rows(tx: sa.Connection) -> Finding:
    """Whatever names a record names one that is in the ledger."""
    finding = Finding("ledger_rows")
    naming = [
        people.c.record_id,
        holders.c.record_id,
        cases.c.record_id,
        cases.c.other_id,
        feed.c.record_id,
        ledger.c.root_id,
        ledger.c.corrected_by,
        ledger.c.duplicate_of,
    ]
    target = ledger.alias("target")
    for column in naming:
        query = (
            sa.select(column, target.c.record_id.label("found"))
            .join_from(column.table, target, target.c.record_id == column, isouter=True)
            .where(column.is_not(None))
        )
        for named, found in tx.execute(query):
            finding.compared += 1
            if found is None:
                finding.add(
                    f"{column.table.name}.{column.name} names {named}, lost from the ledger"
                )
    return finding


def duplicates(tx: sa.Connection) -> Finding:
    """Each duplicate/enrolled names an accepted record."""
    finding = Finding("duplicates")
    target = ledger.alias("target")
    query = (
        sa.select(ledger.c.record_id, target.c.verdict)
        .join_from(ledger, target, target.c.record_id == ledger.c.duplicate_of, isouter=True)
        .where(
            ledger.c.verdict == Verdict.DUPLICATE.value, ledger.c.reason == Reason.ENROLLED.value
        )
    )
    for record_id, verdict in tx.execute(query):
        finding.compared += 1
        if verdict != Verdict.ACCEPTED.value:
            finding.add(f"duplicate {record_id} names no accepted record")
    return finding


def reviews(tx: sa.Connection) -> Finding:
    """Each record in review has an open case, and each case is filed under its records'."""
    finding = Finding("cases")
    waiting = sa.select(ledger.c.record_id).where(ledger.c.verdict == Verdict.IN_REVIEW.value)
    opened = set(
        tx.execute(sa.select(cases.c.record_id).where(cases.c.decided_at.is_(None))).scalars()
    )
    for record_id in tx.execute(waiting).scalars():
        finding.compared += 1
        if record_id not in opened:
            finding.add(f"{record_id} is in review without an open case")
    for case_id in tx.execute(queue.misfiled()).scalars():
        finding.add(f"case {case_id} is filed under another agent or office than its records")
    return finding


def credits(tx: sa.Connection) -> Finding:
    """Credit that was moved is had once, and a duplicate has it of the record that it names."""
    finding = Finding("credits")
    giver = ledger.alias("giver")
    query = (
        sa.select(ledger.c.record_id, ledger.c.counts_as, giver.c.record_id, giver.c.counts_as)
        .join_from(ledger, giver, giver.c.record_id == ledger.c.duplicate_of, isouter=True)
        .where(ledger.c.counts_as.is_not(None))
    )
    had = Counter[str]()
    for record_id, counts_as, named, named_counts_as in tx.execute(query):
        finding.compared += 1
        had[counts_as] += 1
        if named is not None and named_counts_as != Verdict.DUPLICATE.value:
            finding.add(f"{record_id} has the credit of {named}, which has it too")
    taken, given = had[Verdict.ACCEPTED.value], had[Verdict.DUPLICATE.value]
    if taken != given:
        finding.add(f"credit was moved to {taken} records, and from {given}")
    return finding


def feeds(tx: sa.Connection) -> Finding:
    """Each agent's feed is numbered without a gap up to its number."""
    finding = Finding("feeds")
    counted = sa.func.count(feed.c.number)
    query = (
        sa.select(agents.c.agent_id, agents.c.feed_number, counted, sa.func.max(feed.c.number))
        .join_from(agents, feed, feed.c.agent_id == agents.c.agent_id, isouter=True)
        .group_by(agents.c.agent_id, agents.c.feed_number)
    )
    for agent_id, number, changes, last in tx.execute(query):
        finding.compared += 1
        if not number == changes == (last or 0):
            finding.add(f"feed of agent {agent_id}: {changes} changes, last {last}, given {number}")
    return finding


def additions(tx: sa.Connection) -> Finding:
    """The additions to known_niks are numbered without a gap."""
    finding = Finding("known_niks")
    number = known_additions.c.number
    query = (
        sa.select(known.c.base, known.c.additions, sa.func.count(number), sa.func.max(number))
        .join_from(known, known_additions, known_additions.c.base == known.c.base, isouter=True)
        .group_by(known.c.base, known.c.additions)
    )
    for base, given, found, last in tx.execute(query):
        finding.compared += found
        if not given == found == (last or 0):
            finding.add(f"base {base}: {given} additions given, {found} there, last {last}")
    return finding


CHECKS: tuple[Callable[[sa.Connection], Finding], ...] = (
    shape,
    standings,
    serial_numbers,
    days,
    one_holder,
    lost_rows,
    duplicates,
    reviews,
    credits,
    stations,
    feeds,
    additions,
)


def contents(tx: sa.Connection, keys: Keys) -> Finding:
    """Each record opens, is what its digest says, and has the NIK that it is filed under."""
    finding = Finding("contents")
    query = sa.select(ledger.c.record_id, ledger.c.digest, ledger.c.nik_hash, ledger.c.sealed)
    for row in tx.execute(query.execution_options(yield_per=1000)):
        finding.compared += 1
        for fault in _faults(row, keys):
            finding.add(f"{row.record_id} {fault}")
    return finding


def _faults(row: Any, keys: Keys) -> Iterator[str]:
    try:
        form = keys.open(row.sealed)
    except CryptoError:
        yield "does not open with this office's key"
        return
    envelope = json.loads(form.decode("utf-8", "surrogatepass"))
    if envelope.get("record_id") != row.record_id or digest_and_form(envelope)[0] != row.digest:
        yield "is not what its digest says"
    if row.nik_hash is not None and keys.nik_hash(content_of(form)["nik"]) != row.nik_hash:
        yield "is filed under another NIK"


def summary(tx: sa.Connection) -> dict[str, int]:
    """Return how many records stand under each verdict."""
    counted = sa.func.count().label("counted")
    query = sa.select(ledger.c.verdict, counted).group_by(ledger.c.verdict)
    rows = tx.execute(query.order_by(ledger.c.verdict))
    return {row.verdict: row.counted for row in rows}
