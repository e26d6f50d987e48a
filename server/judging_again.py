"""What lies in set_aside is judged again: by a later program, or since what it names has come.

The kept bytes are settled as an exchange settles them. They were received when they were
first seen: what the office could not judge then must not move the day for which the record
counts, the age, or what was on the roll by then; and it is a moment at which the laptop did
exchange, by which a lost one's holdings are reckoned. Who has a NIK is decided as ever by who
is first in the ledger, so a record never displaces one that was judged meanwhile. Whether the
laptop's clock was right is told by its offset at its last report, which came no earlier: that
makes a capture's time likely, never proven, so that no dispute about credit begins here.
"""

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from schemas.words import Reason, Verdict
from server import audit
from server.audit import Action
from server.exchange import desk
from server.office import Office
from server.problems import ASIDE_FINAL, ASIDE_UNKNOWN, Refused
from server.rules.aside import may_be_judged
from server.rules.clock import ExchangeClock
from server.store import devices, feed, ledger, set_aside, stations
from sync.receiver import answer_exchange


@dataclass(frozen=True, slots=True)
class Pair:
    """What is to be judged: an agent's record by its id and digest."""

    agent_id: str
    record_id: str
    digest: str


def judge_again(office: Office, pair: Pair, *, by: str) -> tuple[Verdict, Reason]:
    """Judge what is set aside; return how it stands then, `retry` where it stays.

    Judged meanwhile, by whatever way, its standing is returned. The agent's feed tells a
    verdict; the laptop hears the same where it sends the record again. Raises Refused 404,
    and 409 for what can never be judged.
    """
    if not (pair.record_id + pair.digest).isprintable():  # PostgreSQL refuses to look for NUL
        raise Refused(ASIDE_UNKNOWN)
    with office.store.read() as tx:
        row = set_aside.get(tx, pair.agent_id, pair.record_id, pair.digest)
        if row is None:
            return _standing(tx, pair)
        device = devices.by_id(tx, row.device_id)
    if not may_be_judged(row.reason):
        raise Refused(ASIDE_FINAL)
    told = _Told(office, pair, by)
    received = ExchangeClock(row.first_seen_at, device.offset_s)
    with office.store.long_work():
        settling = desk(office, device, received, told.write, office.now())
        answered = answer_exchange([_envelope(office, row)], settling)
    (ack,) = answered.acks
    if not told.written:  # it failed, and nothing of it stayed
        with office.store.write() as tx:
            told.write(tx)
    return ack.verdict, ack.reason


def _standing(tx: sa.Connection, pair: Pair) -> tuple[Verdict, Reason]:
    record = ledger.records(tx, [pair.record_id]).get(pair.record_id)
    if record is None or (record.digest, record.agent_id) != (pair.digest, pair.agent_id):
        raise Refused(ASIDE_UNKNOWN)
    return record.verdict, record.reason


def _envelope(office: Office, row: Any) -> dict[str, Any]:
    """Return the envelope as it came; its canonical bytes may hold half a character."""
    form = office.keys.open(row.sealed).decode("utf-8", "surrogatepass")
    envelope: dict[str, Any] = json.loads(form)
    return envelope | {"digest": row.digest}


class _Told:
    """Tells the agent and the trail what came of it, in the transaction that settles."""

    def __init__(self, office: Office, pair: Pair, by: str) -> None:
        self._office = office
        self._pair = pair
        self._by = by
        self.written = False

    def write(self, tx: sa.Connection) -> None:
        """Write both; the agent's feed is locked where there is a verdict."""
        office, pair = self._office, self._pair
        waiting = set_aside.get(tx, pair.agent_id, pair.record_id, pair.digest)
        if waiting is None:
            verdict, reason = _standing(tx, pair)
            changes = [{"kind": "standing", "record_id": pair.record_id}]
            feed.append(tx, pair.agent_id, changes, office.now())
        else:
            verdict, reason = Verdict.RETRY, waiting.reason
        audit.note(
            tx,
            office.keys,
            by=self._by,
            at=office.now(),
            action=Action.JUDGED_AGAIN,
            about="record",
            about_id=pair.record_id,
            office_id=stations.office_at(tx, pair.agent_id, office.today()),
            verdict=f"{verdict}/{reason}",
        )
        self.written = True
