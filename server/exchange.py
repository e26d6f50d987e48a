"""One exchange at the office: settle what came, tell what moved, how it stands, what is new."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from schemas.envelope import rfc3339
from server import leaderboard, references, retiring
from server.examine import terms_of
from server.office import Office
from server.reconcile import Reconciler, Sender
from server.rules.clock import ExchangeClock, exchange_clock
from server.store import devices, feed, ledger, offices
from sync import receipts
from sync.limits import PROTOCOL
from sync.receiver import Answered, answer_exchange, plain_form

CHANGES_AT_ONCE = 500


def exchange(office: Office, device: Any, request: Mapping[str, Any]) -> dict[str, Any]:
    """Answer an exchange of sound shape by a device (a row of store.devices.by_token).

    Raises what the database raises where it cannot be written: then nothing was recorded.
    """
    now = office.now()
    clock = exchange_clock(request, now)
    report = _Report(device, request["heartbeat"], len(request["envelopes"]), clock)
    with office.store.long_work():
        answered = answer_exchange(request["envelopes"], desk(office, device, clock, report.write))
    if report.last_seq is None:
        with office.store.write() as tx:
            report.write(tx)
    with office.store.read() as tx:
        body = _answer(tx, office, device, request, answered, now)
    body["last_seq"] = report.last_seq
    _sign(office, device, body)
    return body


class _Report:
    """What a laptop says of itself, written in the transaction that settles its batch."""

    def __init__(
        self, device: Any, heartbeat: Mapping[str, Any], travelling: int, clock: ExchangeClock
    ) -> None:
        self._device = device
        self._heartbeat = heartbeat
        self._travelling = travelling
        self._clock = clock
        self.last_seq: int | None = None

    def write(self, tx: sa.Connection) -> None:
        """Write the report, and learn the device's greatest number; again is harmless."""
        device, clock = self._device, self._clock
        recorded = ledger.last_seq(tx, device.agent_id, device.device_id)
        reported = self._heartbeat.get("last_seq") or 0
        self.last_seq = max(recorded, device.last_seq, reported)
        devices.report(
            tx, device.device_id, self._heartbeat, self.last_seq, clock.offset_s, clock.received_at
        )
        if device.retiring_at is not None:
            retiring.hear(
                tx, device.device_id, self._heartbeat, self._travelling, clock.received_at
            )


def desk(
    office: Office,
    device: Any,
    clock: ExchangeClock,
    at_end: Callable[[sa.Connection], None],
    decided_at: datetime | None = None,
) -> Reconciler:
    """Return what settles the envelopes of a device's agent; `at_end` ends each transaction.

    `decided_at` is given where it is later than the clock's receipt.
    """
    settings = office.settings
    with office.store.read() as tx:
        terms = terms_of(tx, office.keys, settings)
    sender = Sender(device.agent_id, device.device_id)
    return Reconciler(
        store=office.store,
        terms=terms,
        sender=sender,
        clock=clock,
        new_id=office.new_id,
        at_end=at_end,
        corrects_days=settings.corrects_days,
        decided_at=decided_at,
    )


def _answer(
    tx: sa.Connection,
    office: Office,
    device: Any,
    request: Mapping[str, Any],
    answered: Answered,
    now: datetime,
) -> dict[str, Any]:
    epoch = offices.fact(tx, "epoch") or ""
    changes = Changes(tx, device.agent_id, place_of(request.get("cursor"), epoch))
    local = now.astimezone(ZoneInfo(office.settings.timezone))
    return {
        "protocol": PROTOCOL,
        "time": rfc3339(now),
        "epoch": epoch,
        "acks": [ack.body() for ack in answered.acks],
        "unreadable": answered.unreadable,
        "changes": changes.bodies,
        "cursor": f"{epoch}.{changes.last}",
        "more": changes.more,
        "reference": references.versions(tx),
        "performance": {
            "as_of": rfc3339(now),
            "months": leaderboard.of_agent(tx, device, local),
        },
    } | (retiring.told(tx, device.device_id) if device.retiring_at is not None else {})


def _sign(office: Office, device: Any, body: dict[str, Any]) -> None:
    standings = receipts.standings(body)
    if standings:
        payload = receipts.receipt_payload(
            device.agent_id, device.device_id, body["epoch"], body["time"], standings, plain_form
        )
        body["receipt"] = receipts.sign(office.keys.signing, payload)


def place_of(cursor: Any, epoch: str) -> int:
    """Return the feed's number that a cursor stands for; 0 where it is none of this epoch."""
    if not isinstance(cursor, str):
        return 0
    made_in, _, number = cursor.rpartition(".")
    known = made_in == epoch and number.isascii() and number.isdigit() and len(number) <= 18
    return int(number) if known else 0


class Changes:
    """An agent's feed behind a number, as the wire carries it."""

    def __init__(self, tx: sa.Connection, agent_id: str, number: int) -> None:
        """Read one page; a number beyond the feed's end is unknown, so from the beginning."""
        if number > feed.last_number(tx, agent_id):
            number = 0
        rows = feed.after(tx, agent_id, number, CHANGES_AT_ONCE + 1)
        self.more = len(rows) > CHANGES_AT_ONCE
        self._rows = rows[:CHANGES_AT_ONCE]
        self._tx = tx
        self.last = self._rows[-1].number if self._rows else number

    @cached_property
    def bodies(self) -> list[dict[str, Any]]:
        """Return the changes in order; of several standings of one record the last alone."""
        moved = {row.record_id: row.number for row in self._rows if row.kind == "standing"}
        records = ledger.records(self._tx, moved)
        bodies = []
        for row in self._rows:
            if row.kind != "standing":
                bodies.append(_change(row))
            elif moved[row.record_id] == row.number and row.record_id in records:
                record = records[row.record_id]
                bodies.append({"kind": "standing"} | ledger.ack(record, record.digest).body())
        return bodies


def _change(row: Any) -> dict[str, Any]:
    named = {} if row.record_id is None else {"record_id": row.record_id}
    return {"kind": row.kind} | named | (json.loads(row.body) if row.body else {})


def reconcile(office: Office, device: Any, request: Mapping[str, Any]) -> dict[str, Any]:
    """Answer which of these (record_id, digest) are recorded, and how they stand.

    A pair whose digest differs, or another agent's record, is unknown. What a stopped device
    asks is counted (server/retiring.py).
    """
    wanted = list(dict.fromkeys((record_id, digest) for record_id, digest in request["records"]))
    with office.store.read() as tx:
        records = ledger.records(tx, {record_id for record_id, _ in wanted})
    own = {
        (record_id, record.digest): record
        for record_id, record in records.items()
        if record.agent_id == device.agent_id
    }
    unknown = list(dict.fromkeys(pair[0] for pair in wanted if pair not in own))
    if "stopped" in request:
        said = request["stopped"]
        retiring.compare(office, device.device_id, said, wanted, all_known=not unknown)
    return {
        "protocol": PROTOCOL,
        "time": rfc3339(office.now()),
        "acks": [ledger.ack(own[pair], pair[1]).body() for pair in wanted if pair in own],
        "unknown": unknown,
    }
