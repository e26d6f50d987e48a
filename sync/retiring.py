"""A laptop that is taken out of service compares all that it holds (sync/PROTOCOL.md)."""

from collections.abc import Mapping
from typing import Any

from schemas.envelope import parse_moment
from sync.answers import reconcile_answer
from sync.limits import PROTOCOL, RECONCILE, RECONCILE_RECORDS
from sync.ports import Clock, Outbox, Transport
from sync.problems import problem_of


def retire_order(answer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what an exchange's answer says of stopping, None where the laptop is in service.

    What is there and cannot be read is an order as well, of which nothing is known: better
    to stop, and to ask again.
    """
    if "retire" not in answer:
        return None
    said = answer["retire"]
    order = said.get("order") if isinstance(said, Mapping) else None
    if not isinstance(order, str) or not order:
        return {}
    moments = {name: said.get(name) for name in ("asked_at", "safe_at")}
    missing = said.get("missing")
    return {
        "order": order,
        "missing": missing if type(missing) is int else 0,
        **{name: moment for name, moment in moments.items() if parse_moment(moment) is not None},
    }


def compare_all(
    outbox: Outbox, transport: Transport, clock: Clock, order: str
) -> tuple[int, str] | None:
    """Reconcile every pair held on an order to stop; return how many, and the office's time.

    None where the office does not know one of them: those wait again. SyncProblem.
    """
    counted, after, held = 0, None, outbox.held(None, RECONCILE_RECORDS)
    while True:
        answer = _page(transport, order, after, held)
        acks = {"acks": answer["acks"], "changes": []}
        outbox.settle(acks, receipt=None, now=clock.now())
        asked = {record_id for record_id, _ in held}
        unknown = [record_id for record_id in answer["unknown"] if record_id in asked]
        if unknown:
            outbox.reopen(unknown)
            return None
        counted += len(held)
        after = held[-1][0] if held else None
        held = outbox.held(after, RECONCILE_RECORDS) if held else []
        if not held:
            return counted, str(answer["time"])


def _page(
    transport: Transport, order: str, after: str | None, held: list[tuple[str, str]]
) -> Mapping[str, Any]:
    stopped = {"order": order} if after is None else {"order": order, "after": after}
    body = {
        "protocol": PROTOCOL,
        "records": [list(pair) for pair in held],
        "stopped": stopped,
    }
    reply = transport.post(RECONCILE, body)
    problem = problem_of(reply)
    if problem is not None:
        raise problem
    return reconcile_answer(reply)
