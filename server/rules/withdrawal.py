"""What becomes of records when a worker withdraws consent; pure (DOMAIN.md section 8)."""

from schemas.words import Reason, Verdict
from server.rules.record import Record
from server.rules.scene import Scene
from server.rules.standing import is_withdrawn


def withdraw(scene: Scene, nik_hash: bytes | None, record_id: str | None) -> set[str]:
    """Withdraw a NIK's records, or one record that has none; return the ids of those withdrawn.

    The books say since when (`withdrawn`): a record with a later consent stays, and what it
    may now stand for is judged again. What was merged into a withdrawn record under another
    NIK, and what waits to take its place, is that person's too. Nothing withdrawn is ever
    reinstated.
    """
    first = [record for record in _standing(scene) if _is_meant(record, nik_hash, record_id)]
    todo = [r for r in first if nik_hash is None or is_withdrawn(scene.entry_of(r), scene.books)]
    done: set[str] = set()
    while todo:
        record = todo.pop()
        done.add(record.record_id)
        todo += [r for r in _belonging(scene, record) if r.record_id not in done]
        scene.reject(record._replace(counts_as=None), Reason.WITHDRAWN)
    scene.hand_on()
    scene.settle_credit()
    return done


def _standing(scene: Scene) -> list[Record]:
    return [
        record
        for record in scene.books.records.values()
        if record.verdict != Verdict.SUPERSEDED and record.reason != Reason.WITHDRAWN
    ]


def _is_meant(record: Record, nik_hash: bytes | None, record_id: str | None) -> bool:
    return record.record_id == record_id if nik_hash is None else record.nik_hash == nik_hash


def _belonging(scene: Scene, record: Record) -> list[Record]:
    """Return what goes with a record: merged into it across NIKs, or a change of it in review."""
    return [
        other
        for other in _standing(scene)
        if (other.duplicate_of == record.record_id and other.nik_hash != record.nik_hash)
        or (
            other.verdict == Verdict.IN_REVIEW
            and other.record_id != record.record_id
            and scene.books.end_of(other.record_id).record_id == record.record_id
        )
    ]


def forgotten(scene: Scene, withdrawn: set[str]) -> list[Record]:
    """Return every record whose copies are to be deleted: the withdrawn, and their chains."""
    return [
        record
        for record in scene.books.records.values()
        if record.record_id in withdrawn
        or (
            record.verdict == Verdict.SUPERSEDED
            and scene.books.end_of(record.record_id).record_id in withdrawn
        )
    ]
