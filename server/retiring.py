"""A laptop is taken out of service: asked to stop, heard out, and only then safe to wipe.

The office does not believe a claim alone (sync/PROTOCOL.md, Taken out of service).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from schemas.envelope import rfc3339
from server import audit
from server.audit import Action
from server.office import Office
from server.problems import DEVICE_GONE, DEVICE_UNKNOWN, Refused
from server.rules.retiring import (
    NOTHING_HEARD,
    Standing,
    has_nothing_left,
    is_on_order,
    next_order,
    standing_of,
)
from server.store import devices, numbers, offices, stations


def retire(office: Office, device_id: str, *, by: str) -> None:
    """Ask a device to stop; asked before, it stays as it is. Raises Refused 404, 409."""

    def begin(tx: sa.Connection, device: Any) -> dict[str, Any]:
        if device.retiring_at is not None:
            return {}
        order = next_order(device.stop_order, _epoch(tx))
        begun = {"retiring_at": office.now(), "retiring_by": by, "stop_order": order}
        return begun | NOTHING_HEARD

    _change(office, device_id, begin, by, Action.RETIRED)


def keep(office: Office, device_id: str, *, by: str) -> None:
    """Take it back that a device is to stop, safe to wipe or not. Raises Refused 404, 409."""

    def end(_tx: sa.Connection, device: Any) -> dict[str, Any]:
        if device.retiring_at is None:
            return {}
        return {"retiring_at": None, "retiring_by": None} | NOTHING_HEARD

    _change(office, device_id, end, by, Action.CHANGED)


def _change(
    office: Office,
    device_id: str,
    decide: Callable[[sa.Connection, Any], dict[str, Any]],
    by: str,
    action: Action,
) -> None:
    with office.store.write() as tx:
        device = devices.get(tx, device_id)
        if device is None:
            raise Refused(DEVICE_UNKNOWN)
        if device.revoked_at is not None:
            raise Refused(DEVICE_GONE)
        values = decide(tx, device)
        if not values:
            return
        devices.change(tx, device_id, **values)
        audit.note(
            tx,
            office.keys,
            by=by,
            at=office.now(),
            action=action,
            about="device",
            about_id=device_id,
            office_id=stations.office_at(tx, device.agent_id, office.today()),
            is_to_stop=values["retiring_at"] is not None,
        )


def standing(tx: sa.Connection, device: Any) -> Standing:
    """Return where a device (a row of store.devices) stands at present."""
    return standing_of(device, _epoch(tx))


def hear(
    tx: sa.Connection, device_id: str, heartbeat: Mapping[str, Any], travelling: int, at: datetime
) -> None:
    """Take in what a device that is to stop says of itself with `travelling` envelopes.

    After its report, in the same transaction. What is not said on the present order voids
    that order, so that whatever was said on it before counts no more.
    """
    device, epoch = devices.get(tx, device_id), _epoch(tx)
    if device.retiring_at is None:
        return
    if not is_on_order(heartbeat.get("stopped"), device, epoch):
        order = next_order(device.stop_order, epoch)
        devices.change(tx, device_id, stop_order=order, **NOTHING_HEARD)
        return
    safe = has_nothing_left(heartbeat, device, travelling) and not numbers.missing_seqs(
        tx, device_id, limit=1
    )
    devices.change(
        tx,
        device_id,
        stopped_at=device.stopped_at or at,
        safe_at=(device.safe_at or at) if safe else None,
    )


def told(tx: sa.Connection, device_id: str) -> dict[str, Any]:
    """Return what an exchange's answer says of stopping: nothing to a device in service."""
    device = devices.by_id(tx, device_id)
    if device.retiring_at is None:
        return {}
    missing = sum(last - first + 1 for first, last in numbers.missing_seqs(tx, device_id))
    body: dict[str, Any] = {
        "order": device.stop_order,
        "asked_at": rfc3339(device.retiring_at),
        "missing": missing,
    }
    if standing(tx, device) == Standing.SAFE:
        body["safe_at"] = rfc3339(device.safe_at)
    return {"retire": body}


def compare(
    office: Office,
    device_id: str,
    said: Mapping[str, Any],
    pairs: Sequence[tuple[str, str]],
    *,
    all_known: bool,
) -> None:
    """Count a page of the pairs that a stopped device holds, where all of it is known.

    Pages come in ascending order of ids, each naming the id that the one before ended with;
    the first begins anew. One that does not follow, or with an unknown pair, voids all: then
    nothing follows it, and the device begins anew.
    """
    after = said.get("after")
    with office.store.write() as tx:
        device = devices.get(tx, device_id)
        if device.retiring_at is None or not is_on_order(said, device, _epoch(tx)):
            return
        ids = [record_id for record_id, _ in pairs]
        follows = after is None or (
            device.compared_pairs is not None and after == device.compared_to
        )
        ascend = all(a < b for a, b in zip([after or "", *ids], ids, strict=False))
        if not (follows and ascend and all_known):
            devices.change(tx, device_id, compared_pairs=None, compared_to=None, safe_at=None)
            return
        before = 0 if after is None else device.compared_pairs
        last = ids[-1] if ids else after
        devices.change(tx, device_id, compared_pairs=before + len(ids), compared_to=last)


def _epoch(tx: sa.Connection) -> str:
    return offices.fact(tx, "epoch") or ""
