"""An office on the other end of a line that is a function call: steps first, then all well.

Only the line is made up: requests and answers are JSON as they would travel.
"""

import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from nacl.signing import SigningKey

from sync.digest import canonical
from sync.limits import EXCHANGE, RECONCILE
from sync.ports import Reply
from sync.receipts import key_id, public_text, receipt_payload, sign, standings
from tests.builders import BOOT_ID, DEVICE_ID

AGENT_ID = "019a9c00-0000-7000-8000-0000000000a1"
KEY = SigningKey(bytes(range(32)))
KEYS = {key_id(public_text(KEY)): public_text(KEY)}
TIME = "2026-11-20T01:32:00.000Z"

Step = Callable[[str, dict[str, Any]], Reply | None]
"""What happens to one call: its own reply, a problem raised, or None for all well."""


class ScriptedOffice:
    """A transport to an office that takes everything, once the steps are used up."""

    def __init__(self, *steps: Step) -> None:
        self.steps = deque(steps)
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.epoch = "e1"
        self.known: dict[str, tuple[str, dict[str, Any]]] = {}
        self.verdicts: dict[str, tuple[str, str]] = {}
        self.feed: list[dict[str, Any]] = []
        self.page = 100
        self.extra: dict[str, Any] = {}
        self.refuses: Callable[[list[dict[str, Any]]], int | None] = lambda envelopes: None
        self.seconds: Callable[[int], float] = lambda count: 0.2

    def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> Reply:
        raise AssertionError("a run only posts")

    def post(self, path: str, body: Mapping[str, Any]) -> Reply:
        sent = json.loads(canonical(body))
        self.asked.append((path, sent))
        reply = self.steps.popleft()(path, sent) if self.steps else None
        return self.take(path, sent) if reply is None else reply

    def take(self, path: str, sent: dict[str, Any]) -> Reply:
        """Do as an office does to which a call got through."""
        return self._exchange(sent) if path == EXCHANGE else self._reconcile(sent)

    def _exchange(self, sent: dict[str, Any]) -> Reply:
        envelopes = sent["envelopes"]
        status = self.refuses(envelopes)
        if status is not None:
            return Reply(status, {}, {"code": "scripted"})
        acks = [self._ack(envelope) for envelope in envelopes]
        return Reply(200, {}, self.answer(acks, sent), seconds=self.seconds(len(envelopes)))

    def _ack(self, envelope: dict[str, Any]) -> dict[str, Any]:
        record_id = envelope["record_id"]
        verdict, reason = self.verdicts.get(record_id, ("accepted", "new"))
        ack = {"record_id": record_id, "digest": envelope["digest"]}
        ack |= {"verdict": verdict, "reason": reason}
        if verdict != "retry" and reason != "id_reused":
            self.known[record_id] = (envelope["digest"], ack)
        return ack

    def answer(self, acks: list[dict[str, Any]], sent: Mapping[str, Any]) -> dict[str, Any]:
        """Return the body of a good answer."""
        epoch, _, place = sent.get("cursor", f"{self.epoch}.0").partition(".")
        start = int(place) if epoch == self.epoch else 0
        changes = self.feed[start : start + self.page]
        body = {
            "protocol": 1,
            "time": TIME,
            "epoch": self.epoch,
            "acks": acks,
            "unreadable": [],
            "changes": changes,
            "cursor": f"{self.epoch}.{start + len(changes)}",
            "more": start + len(changes) < len(self.feed),
            "last_seq": 0,
            "reference": {},
            "performance": {},
            **self.extra,
        }
        signed = standings(body)
        if signed:
            payload = receipt_payload(AGENT_ID, DEVICE_ID, body["epoch"], TIME, signed)
            body = {"receipt": sign(KEY, payload), **body}
        return body

    def _reconcile(self, sent: dict[str, Any]) -> Reply:
        found = {
            record_id
            for record_id, digest in sent["records"]
            if record_id in self.known and self.known[record_id][0] == digest
        }
        body = {
            "protocol": 1,
            "time": TIME,
            "acks": [self.known[record_id][1] for record_id in sorted(found)],
            "unknown": [one for one, _ in sent["records"] if one not in found],
        }
        return Reply(200, {}, body)

    @property
    def batches(self) -> list[list[str]]:
        """The record_ids of each exchange that was asked for."""
        return [
            [envelope["record_id"] for envelope in sent["envelopes"]]
            for path, sent in self.asked
            if path == EXCHANGE
        ]

    @property
    def reconciled(self) -> list[list[str]]:
        """The record_ids of each page that was reconciled."""
        return [
            [record_id for record_id, _ in sent["records"]]
            for path, sent in self.asked
            if path == RECONCILE
        ]


def status(code: int, body: Any = None, **headers: str) -> Step:
    """Return a step that answers with a status."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda path, sent: Reply(code, named, body)


def raising(problem: Exception) -> Step:
    """Return a step at which the line fails before anything got through."""

    def step(path: str, sent: dict[str, Any]) -> Reply | None:
        raise problem

    return step


def well(path: str, sent: dict[str, Any]) -> Reply | None:
    """Be a step at which all goes well."""
    return None


@dataclass
class FakeClock:
    """A clock that only moves when somebody sleeps."""

    moment: datetime = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)
    booted: tuple[str, int] | None = (BOOT_ID, 1000)

    def now(self) -> datetime:
        return self.moment

    def uptime(self) -> tuple[str, int] | None:
        return self.booted

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)
