"""A worker withdraws consent: nothing of the NIK counts any more, and laptops forget it.

The least that the law's own part will build on (DOMAIN.md section 8, UU PDP 27/2022
article 40): records stay until their retention ends, as rejected/withdrawn.
"""

from datetime import datetime

import sqlalchemy as sa

from schemas.words import Verdict
from server import minutes, problems
from server.hearing import About, Hearing, hearing
from server.minutes import WITHDRAW, Minutes, Outcome
from server.office import Office
from server.problems import Refused
from server.rules.withdrawal import forgotten
from server.rules.withdrawal import withdraw as withdraw_records
from server.store import cases, ledger, roll


def withdraw(
    office: Office,
    *,
    by: str,
    at: datetime,
    nik_hash: bytes | None = None,
    record_id: str | None = None,
) -> Outcome:
    """Withdraw consent for a NIK, named by its hash or by one of its records, as of `at`.

    Every record of the NIK without a later consent is rejected/withdrawn; none is
    reinstated, and the NIK is free. The agents are told, and their laptops forget it. Again
    is harmless. Refused: `record_unknown`, `busy`.
    """
    about = _about(office, nik_hash, record_id)
    nik = next(iter(about.niks), None)
    with hearing(office, lambda tx: _with_changes(tx, about)) as heard:
        if nik is not None:
            heard.scene.books.withdrawn[nik] = roll.withdraw(heard.tx, nik, at)
        done = withdraw_records(heard.scene, nik, record_id)
        forget = [
            (record.agent_id, {"kind": "forget", "record_id": record.record_id})
            for record in forgotten(heard.scene, done)
        ]
        return minutes.write(
            heard, Minutes(None, WITHDRAW, by, void=_void(heard, done), tell=forget)
        )


def _about(office: Office, nik_hash: bytes | None, record_id: str | None) -> About:
    """Return the NIK that is meant; of a record that has none, the record alone."""
    if nik_hash is not None:
        return About(niks=frozenset({nik_hash}))
    with office.store.read() as tx:
        record = ledger.records(tx, [record_id or ""]).get(record_id or "")
    if record is None:
        raise Refused(problems.RECORD_UNKNOWN)
    niks = () if record.nik_hash is None else (record.nik_hash,)
    return About(frozenset({record.record_id}), frozenset(niks))


def _with_changes(tx: sa.Connection, about: About) -> About:
    """Add the corrections that wait to take a record's place under another NIK."""
    ids = {*about.record_ids, *ledger.of_niks(tx, about.niks)}
    waiting = {case.record_id for case in cases.open_of(tx, ids)}
    return About(frozenset(ids | waiting), about.niks)


def _void(heard: Hearing, withdrawn: set[str]) -> list[str]:
    """Return the cases that nobody needs to decide: of the withdrawn, unless another waits."""
    records = heard.scene.books.records.values()
    waiting = {r.record_id for r in records if r.verdict == Verdict.IN_REVIEW}
    opened = cases.open_of(heard.tx, withdrawn)
    return [case.case_id for case in opened if case.record_id not in waiting - withdrawn]
