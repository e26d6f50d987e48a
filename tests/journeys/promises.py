"""Promises 1 to 8 of sync/PROTOCOL.md, each held against a finished journey.

A promise gives one sentence for each way in which it was found broken.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

import sqlalchemy as sa

from agent_client.store import captures
from agent_client.store.forgotten import is_forgotten
from schemas.words import Reason, Verdict
from server.store.tables import holders, performance
from sync.digest import digest
from tests.journeys.evidence import Evidence, pair_of
from tests.journeys.line import Delivery

Broken = Iterator[str]
_PERSONAL = ("nik", "full_name", "mother_name", "phone")
_COUNTED = ("accepted", "duplicate", "in_review", "rejected", "superseded")


def promise_1(evidence: Evidence) -> Broken:
    """A capture shown as "tersimpan" survives a power cut at that instant."""
    for laptop in evidence.journey.laptops:
        laptop.kill()
        with laptop.vault.reading() as tx:
            forms = {record_id: (told, form) for record_id, _, told, form in captures.forms(tx)}
            forgotten = {one for one in laptop.said if is_forgotten(tx, one)}
        for record_id, told in laptop.said.items():
            if record_id in forgotten:
                continue
            if record_id not in forms:
                yield f"{record_id} was said to be saved and is gone"
            elif forms[record_id][0] != told or digest(json.loads(forms[record_id][1])) != told:
                yield f"{record_id} is not what was saved"


def promise_2(evidence: Evidence) -> Broken:
    """Every envelope that reaches the office gets exactly one answer of its own.

    By `record_id` and `digest`. What an answer does not list is not acknowledged. One bad
    envelope never delays another.
    """
    for delivery in evidence.journey.deliveries():
        yield from _answered_once(delivery)
    for laptop in evidence.journey.laptops:
        for capture in laptop.captures():
            yield from _agreed(evidence, capture)


def _answered_once(delivery: Delivery) -> Broken:
    answer = json.loads(delivery.answered.plain)
    pairs = [pair_of(envelope) for envelope in delivery.asked.json()["envelopes"]]
    wanted = list(dict.fromkeys(pair for pair in pairs if pair is not None))
    told = [(ack["record_id"], ack["digest"]) for ack in answer["acks"]]
    if told != wanted:
        yield f"{len(wanted)} pairs were sent, {len(told)} answered, or in another order"
    if answer["unreadable"] != [place for place, pair in enumerate(pairs) if pair is None]:
        yield "what cannot be read is not named by its place"


def _agreed(evidence: Evidence, capture: captures.Capture) -> Broken:
    record_id = capture.record_id
    if capture.resaved_as is not None:
        if capture.reason != Reason.ID_REUSED:
            yield f"{record_id} was saved again without need"
        return
    if capture.waiting or record_id not in evidence.records:
        yield f"{record_id} has no verdict on the laptop, or none at the office"
        return
    office = evidence.standing(record_id).body()
    here = {
        "digest": capture.digest,
        "verdict": capture.verdict,
        "reason": capture.reason,
        "seq": capture.seq,
        "received_at": capture.received_at,
        "errors": list(capture.errors),
        "flags": list(capture.flags),
        "due": capture.due,
        "corrected_by": capture.corrected_by,
    }
    off = [name for name, value in here.items() if (value or None) != (office.get(name) or None)]
    if off:
        yield f"{record_id}: laptop and office differ on {', '.join(off)}"


def promise_3(evidence: Evidence) -> Broken:
    """The same envelope sent any number of times is recorded once, judged once, credited once.

    In any batch, over any device; each time the answer is that record's present standing.
    """
    alike = Counter(_without_id(form) for form in evidence.kept.values())
    twice = sum(1 for times in alike.values() if times > 1)
    if twice:
        yield f"{twice} captures are recorded more than once"
    before = evidence.books()
    yield from _replayed(evidence)
    after = evidence.books()
    for table in before:
        if before[table] != after[table]:
            yield f"sending everything again changed the table {table}"


def _without_id(form: bytes) -> str:
    envelope = json.loads(form)
    return digest({name: value for name, value in envelope.items() if name != "record_id"})


def _replayed(evidence: Evidence) -> Broken:
    journey, shuffled = evidence.journey, Random(1)
    by_agent: dict[str, dict[Any, Any]] = defaultdict(dict)
    for sent in evidence.sent():
        pair = pair_of(sent.envelope)
        if pair is not None and sent.ack is not None:
            by_agent[sent.agent_id][pair] = sent.envelope
    for agent_id, envelopes in sorted(by_agent.items()):
        devices = [one for one in journey.laptops if one.device.agent_id == agent_id]
        pairs = sorted(envelopes)
        shuffled.shuffle(pairs)
        while pairs:
            size = shuffled.choice((1, 3, 50, 500))
            batch, pairs = pairs[:size], pairs[size:]
            body = journey.send_raw(shuffled.choice(devices), [envelopes[pair] for pair in batch])
            for ack in body["acks"]:
                yield from _present(evidence, agent_id, ack)


def _present(evidence: Evidence, agent_id: str, ack: Mapping[str, Any]) -> Broken:
    record_id = ack["record_id"]
    record = evidence.records.get(record_id)
    if record is None or (record.digest, record.agent_id) != (ack["digest"], agent_id):
        if (agent_id, record_id, ack["digest"]) not in evidence.aside:
            yield f"{record_id} is neither recorded nor set aside"
        elif ack["verdict"] != Verdict.RETRY and ack["reason"] != Reason.ID_REUSED:
            yield f"{record_id} was answered {ack['verdict']} without a standing"
    elif dict(ack) != evidence.standing(record_id).body():
        yield f"{record_id} was answered {ack['verdict']} and stands as {record.verdict.value}"


def promise_4(evidence: Evidence) -> Broken:
    """Nothing received is thrown away: it is kept as it came, with the reason."""
    unreadable = {form for (_, record_id, _), form in evidence.aside.items() if not record_id}
    for sent in evidence.sent():
        pair = pair_of(sent.envelope)
        if pair is None:
            if sent.form not in unreadable:
                yield "an envelope that could not be read was thrown away"
            continue
        own = evidence.records.get(pair[0])
        is_recorded = own is not None and own.agent_id == sent.agent_id and pair in evidence.kept
        there = evidence.kept[pair] if is_recorded else evidence.aside.get((sent.agent_id, *pair))
        if there != sent.form:
            yield f"{pair[0]} was thrown away, or is not kept as it came"


def promise_5(evidence: Evidence) -> Broken:
    """At any time at most one record holds a NIK, and every accepted record holds its own.

    `duplicate/enrolled` names, at the office, the accepted record that it is a duplicate of.
    """
    with evidence.journey.store.read() as tx:
        held = {row.nik_hash: row.record_id for row in tx.execute(sa.select(holders))}
    records = evidence.records
    accepted = [record for record in records.values() if record.verdict == Verdict.ACCEPTED]
    for times in Counter(record.nik_hash for record in accepted).values():
        if times > 1:
            yield f"{times} accepted records hold one NIK"
    for record in accepted:
        if record.nik_hash is None or held.get(record.nik_hash) != record.record_id:
            yield f"accepted {record.record_id} does not hold its NIK"
    for record_id in held.values():
        if record_id not in records or records[record_id].verdict != Verdict.ACCEPTED:
            yield f"{record_id} holds a NIK and is not accepted"
    for record in records.values():
        named = records.get(record.duplicate_of or "")
        if record.reason != Reason.ENROLLED:
            continue
        alike = named is not None and (
            named.nik_hash == record.nik_hash or record.nik_hash in evidence.ruled_on
        )
        if not alike or named is None or named.verdict != Verdict.ACCEPTED:
            yield f"duplicate {record.record_id} names no accepted record of its NIK"


def promise_6(evidence: Evidence) -> Broken:
    """Device clocks are evidence, never arbiters: "first" means first recorded at the office.

    But where a person at the office has said otherwise.
    """
    first: dict[bytes, int] = {}
    told = [(sent.ack, evidence.records.get(sent.ack["record_id"])) for sent in _acked(evidence)]
    for ack, record in told:
        if record is not None and ack["verdict"] == Verdict.ACCEPTED and record.nik_hash:
            first[record.nik_hash] = min(first.get(record.nik_hash, ack["seq"]), ack["seq"])
    by_seq = {record.seq: record for record in evidence.records.values()}
    for record in evidence.records.values():
        if record.verdict != Verdict.ACCEPTED or record.nik_hash in evidence.ruled_on:
            continue
        winner = by_seq[first.get(record.nik_hash or b"", record.seq)]
        if evidence.root(winner) != evidence.root(record):
            yield f"{record.record_id} holds a NIK that was given to {winner.record_id} before"
    for ack, record in told:
        nik = record.nik_hash if record is not None else None
        is_second = nik not in evidence.ruled_on and ack["reason"] == Reason.ENROLLED
        if is_second and ack["seq"] < first.get(nik or b"", 0):
            yield f"{ack['record_id']} is a duplicate of what was recorded after it"


def _acked(evidence: Evidence) -> Iterator[Any]:
    return (sent for sent in evidence.sent() if sent.ack is not None and "seq" in sent.ack)


def promise_7(evidence: Evidence) -> Broken:
    """The verdicts add up to the records recorded, per agent and per device, at any time."""
    got: dict[str, set[str]] = defaultdict(set)
    for sent in _acked(evidence):
        got[sent.agent_id].add(sent.ack["record_id"])
        got[str(sent.envelope.get("device_id"))].add(sent.ack["record_id"])
    counted: Counter[str] = Counter()
    for record in evidence.records.values():
        if record.verdict.value in _COUNTED:
            counted.update((record.agent_id, str(record.device_id)))
    for who in got.keys() | counted.keys():
        if len(got[who]) != counted[who]:
            yield f"{who}: {len(got[who])} records recorded, {counted[who]} standings"
    sums = sum((performance.c[name] for name in _COUNTED), start=sa.literal(0))
    query = sa.select(performance.c.agent_id, sa.func.sum(sums)).group_by(performance.c.agent_id)
    with evidence.journey.store.read() as tx:
        for agent_id, days in tx.execute(query):
            if days != len(got[agent_id]):
                yield f"{agent_id}: {len(got[agent_id])} records recorded, {days} on its days"


def promise_8(evidence: Evidence) -> Broken:
    """No answer carries personal data of a record that the asking agent did not send."""
    own: dict[str, set[str]] = defaultdict(set)
    for delivery in evidence.journey.line.deliveries:
        if delivery.asked.token in evidence.journey.tokens:
            own[evidence.agent_of(delivery)] |= _personal(delivery)
    everything = set().union(*own.values())
    for delivery in evidence.journey.line.deliveries:
        agent_id = evidence.journey.tokens.get(delivery.asked.token)
        if agent_id is None or not delivery.asked.path.endswith(("exchange", "reconcile")):
            continue
        yield from _others(evidence, str(agent_id.agent_id), delivery)
        text = delivery.answered.plain.decode()
        shown = [one for one in everything - own[str(agent_id.agent_id)] if one in text]
        if shown:
            yield f"an answer shows {len(shown)} pieces of other agents' records"


def _others(evidence: Evidence, agent_id: str, delivery: Delivery) -> Broken:
    answer = json.loads(delivery.answered.plain)
    for told in (*answer.get("acks", ()), *answer.get("changes", ())):
        record = evidence.records.get(told.get("record_id", ""))
        standing = "seq" in told and record is not None and told["digest"] == record.digest
        if standing and record is not None and record.agent_id != agent_id:
            yield f"another agent is told how {record.record_id} stands"


def _personal(delivery: Delivery) -> set[str]:
    if delivery.asked.path.endswith("reconcile"):
        return {record_id for record_id, _ in delivery.asked.json()["records"]}
    if not delivery.asked.path.endswith("exchange"):
        return set()
    envelopes = [one for one in delivery.asked.json()["envelopes"] if isinstance(one, dict)]
    pieces = [one.get("record_id") for one in envelopes]
    for content in (one.get("content") for one in envelopes):
        if isinstance(content, dict):
            pieces += [content.get(name) for name in _PERSONAL]
    return {piece for piece in pieces if isinstance(piece, str) and piece}
