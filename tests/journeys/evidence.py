"""What the promises are held against: what was delivered, and what lies in both databases."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from schemas.envelope import Ack, is_digest, is_uuid
from server.rules.record import Record
from server.store import ledger as ledger_store
from server.store.case_tables import decisions
from server.store.tables import devices, ledger, metadata, set_aside
from sync.digest import canonical, digest_and_form
from tests.journeys.journey import Journey
from tests.journeys.line import Delivery

Pair = tuple[str, str]
_MOVING = {"set_aside": {"reason", "times_seen", "last_seen_at"}}
"""What a repeated envelope does change: where it has no standing, how often it was seen."""


def pair_of(envelope: Any) -> Pair | None:
    """Return what an answer to an envelope names; None where it cannot be answered."""
    if not isinstance(envelope, dict) or not is_uuid(envelope.get("record_id")):
        return None
    claimed = str(envelope.get("digest"))
    digest = claimed if is_digest(claimed) else digest_and_form(envelope)[0]
    return str(envelope["record_id"]), digest


@dataclass(frozen=True)
class Sent:
    """One envelope as it was delivered, by whom, and what it was answered."""

    agent_id: str
    envelope: Any
    ack: Mapping[str, Any] | None

    @property
    def form(self) -> bytes:
        """The bytes that are to be kept."""
        if pair_of(self.envelope) is None:
            return canonical(self.envelope)
        return digest_and_form(self.envelope)[1]


class Evidence:
    """A finished journey, looked at once; whatever is read here is read afresh."""

    def __init__(self, journey: Journey) -> None:
        self.journey = journey
        self.keys = journey.counter.office.keys

    def agent_of(self, delivery: Delivery) -> str:
        """Return the agent whose token a request carried."""
        return str(self.journey.tokens[delivery.asked.token].agent_id)

    def sent(self) -> Iterator[Sent]:
        """Give every envelope that the office took and did not lose again, in order."""
        for delivery in self.journey.deliveries():
            answer = json.loads(delivery.answered.plain)
            acks = {(ack["record_id"], ack["digest"]): ack for ack in answer["acks"]}
            for envelope in delivery.asked.json()["envelopes"]:
                ack = acks.get(pair_of(envelope))  # type: ignore[arg-type]
                yield Sent(self.agent_of(delivery), envelope, ack)

    @cached_property
    def records(self) -> dict[str, Record]:
        """The ledger's records by id."""
        with self.journey.store.read() as tx:
            ids = tx.execute(sa.select(ledger.c.record_id)).scalars().all()
            return ledger_store.records(tx, ids)

    @cached_property
    def kept(self) -> dict[Pair, bytes]:
        """The opened bytes of every recorded pair."""
        with self.journey.store.read() as tx:
            rows = tx.execute(sa.select(ledger.c.record_id, ledger.c.digest, ledger.c.sealed))
            return {(row.record_id, row.digest): self.keys.open(row.sealed) for row in rows}

    @cached_property
    def aside(self) -> dict[tuple[str, str, str], bytes]:
        """The opened bytes of what is set aside, by agent, record_id and digest."""
        with self.journey.store.read() as tx:
            rows = tx.execute(sa.select(set_aside))
            return {
                (row.agent_id, row.record_id, row.digest): self.keys.open(row.sealed)
                for row in rows
            }

    @cached_property
    def ruled_on(self) -> set[bytes | None]:
        """The NIKs of records that a person moved: there people say who is first."""
        with self.journey.store.read() as tx:
            texts = tx.execute(sa.select(decisions.c.before)).scalars().all()
        moved = {record_id for text in texts for record_id in json.loads(text)["records"]}
        return {self.records[record_id].nik_hash for record_id in moved}

    def standing(self, record_id: str) -> Ack:
        """Return a record's present answer."""
        record = self.records[record_id]
        return ledger_store.ack(record, record.digest)

    def root(self, record: Record) -> str:
        """Return the first record of a chain, over refused ones that came too early too."""
        seen = set()
        while record.record_id not in seen:
            seen.add(record.record_id)
            above = record.root_id if record.root_id != record.record_id else record.corrects
            if above not in self.records or self.records[above].agent_id != record.agent_id:
                break
            record = self.records[above]
        return record.record_id

    def books(self) -> dict[str, Any]:
        """Return everything that judging and crediting may change, to compare."""
        found: dict[str, Any] = {}
        with self.journey.store.read() as tx:
            for table in metadata.sorted_tables:
                if table is devices:
                    continue
                moving = _MOVING.get(table.name, ())
                columns = [column for column in table.c if column.name not in moving]
                found[table.name] = sorted(repr(row) for row in tx.execute(sa.select(*columns)))
        return found
