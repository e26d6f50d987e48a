"""What a decision changed, in the form in which it is kept, and its undoing; pure.

Only members that changed are kept, as plain JSON values: `{record_id: {member: value}}`, once
as they were and once as they became.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from schemas.words import Reason, Verdict
from server.rules.record import Record
from server.rules.scene import Scene, Unfit

Members = Mapping[str, Mapping[str, Any]]

_MEMBERS: Final = (
    *("verdict", "reason", "flags", "errors", "due", "corrected_by", "duplicate_of", "counts_as"),
    *("nik_hash", "contribution", "jht", "months"),
)


def differences(
    moved: Iterable[tuple[Record, Record]],
) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """Return what records were and became, each as it is kept."""
    was: dict[str, dict[str, Any]] = {}
    became: dict[str, dict[str, Any]] = {}
    for before, after in moved:
        changed = [name for name in _MEMBERS if getattr(before, name) != getattr(after, name)]
        was[before.record_id] = {name: _plain(getattr(before, name)) for name in changed}
        became[after.record_id] = {name: _plain(getattr(after, name)) for name in changed}
    return was, became


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    if isinstance(value, Mapping):
        return dict(value)
    return value.hex() if isinstance(value, bytes) else value


def as_kept(record: Record, members: Mapping[str, Any]) -> Record:
    """Return a record with the values that were kept of it, as it was or as it became."""
    return record._replace(**{name: _read(name, value) for name, value in members.items()})


def named_in(members: Members) -> set[str]:
    """Return every record that kept values are of, or name."""
    named = {
        changed[name]
        for changed in members.values()
        for name in ("duplicate_of", "corrected_by")
        if changed.get(name) is not None
    }
    return members.keys() | named


def restore(scene: Scene, was: Members, became: Members) -> None:
    """Let everything stand as before a decision.

    Raises Unfit `undo_blocked` where a record was moved on since, or another holds its NIK.
    Flags that came since stay; what was merged since into a record that loses its NIK here
    is judged again.
    """
    now = {record_id: _as_of_now(scene, record_id, became[record_id]) for record_id in became}
    restored = [
        record._replace(**_restored(record, was[record_id], became[record_id]))
        for record_id, record in now.items()
    ]
    for record in restored:
        scene.put(record)
    for record in restored:
        if record.duplicate_of is not None:
            scene.put(record._replace(duplicate_of=_place(scene, record.duplicate_of)))
    scene.hand_on()
    scene.settle_credit()
    if not scene.is_sound():
        raise Unfit("undo_blocked")


def in_the_way(scene: Scene, was: Members, became: Members) -> list[Record]:
    """Return the records that keep a decision from being undone: as they stand now.

    Those that were moved on since, and whoever holds a NIK by now that would be taken back.
    """
    found: dict[str, Record] = {}
    for record_id, members in became.items():
        try:
            _as_of_now(scene, record_id, members)
        except Unfit:
            end = scene.books.end_of(record_id)
            found[end.record_id] = end
    for record_id, members in was.items():
        if members.get("verdict") == Verdict.ACCEPTED:
            record = scene.books.records[record_id]
            holder = scene.books.holders.get(record.nik_hash or b"", record_id)
            if holder not in became:
                found[holder] = scene.books.records[holder]
    return [found[record_id] for record_id in sorted(found)]


def _as_of_now(scene: Scene, record_id: str, became: Mapping[str, Any]) -> Record:
    """Return the record that a change is to be taken back from; raises Unfit where it moved on.

    A flag is taken back from the present end of the record's chain.
    """
    record = scene.books.records[record_id]
    if set(became) == {"flags"}:
        record = scene.books.end_of(record_id)
    if record.reason == Reason.WITHDRAWN or not _is_as(record, became, scene):
        raise Unfit("undo_blocked")
    return record


def _is_as(record: Record, became: Mapping[str, Any], scene: Scene) -> bool:
    """Tell whether a record still is what a decision made of it, its flags apart."""
    expected = {name: value for name, value in became.items() if name != "flags"}
    if expected.get("duplicate_of") is not None:
        expected["duplicate_of"] = _place(scene, expected["duplicate_of"])
    return all(_plain(getattr(record, name)) == value for name, value in expected.items())


def _place(scene: Scene, record_id: str) -> str:
    """Return who is named by now: the record may have been corrected since."""
    return scene.books.end_of(record_id).record_id


def _restored(record: Record, was: Mapping[str, Any], became: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: _read(name, value) for name, value in was.items()}
    if "flags" in was:
        since = [flag for flag in record.flags if flag not in became["flags"]]
        lost = [flag for flag in became["flags"] if flag not in record.flags]
        kept = [flag for flag in was["flags"] if flag not in lost and flag not in since]
        values["flags"] = (*kept, *since)
    return values


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in ("verdict", "counts_as"):
        return Verdict(value)
    if name == "reason":
        return Reason(value)
    if name == "nik_hash":
        return bytes.fromhex(value)
    return tuple(value) if name in ("flags", "errors") else value
