"""A finished journey is examined: the promises, the office's own word, the receipts."""

import json
from collections.abc import Callable, Mapping

from agent_client.store import receipts
from server import doctor
from server.references import receipt_key
from sync.receipts import keyring, verify
from tests.journeys.evidence import Evidence
from tests.journeys.journey import Journey
from tests.journeys.laptop import Laptop
from tests.journeys.promises import (
    Broken,
    promise_1,
    promise_2,
    promise_3,
    promise_4,
    promise_5,
    promise_6,
    promise_7,
    promise_8,
)


def doctors_word(evidence: Evidence) -> Broken:
    """The office's own examination finds nothing wrong."""
    for finding in doctor.examine_all(evidence.journey.counter.office):
        for text in finding.listed:
            yield f"{finding.check}: {text}"


def receipts_hold(evidence: Evidence) -> Broken:
    """Every receipt that a laptop keeps is signed by the office, for this agent and device."""
    keys = keyring(receipt_key(evidence.keys)["key"])
    for laptop in evidence.journey.laptops:
        yield from _bad_receipts(laptop, keys)


def _bad_receipts(laptop: Laptop, keys: Mapping[str, str]) -> Broken:
    here = laptop.device
    with laptop.vault.reading() as tx:
        kept = [json.loads(receipt) for receipt in receipts.receipts(tx)]
    for receipt in kept:
        signed = json.loads(receipt["payload"].partition("\n")[2])
        if not verify(receipt, receipt["payload"].encode(), keys):
            yield "a receipt is not signed by the office"
        if (signed["agent_id"], signed["device_id"]) != (here.agent_id, here.device_id):
            yield "a receipt is another's"


CHECKS: Mapping[str, Callable[[Evidence], Broken]] = {
    "1": promise_1,
    "2": promise_2,
    "4": promise_4,
    "5": promise_5,
    "6": promise_6,
    "7": promise_7,
    "3": promise_3,  # it sends everything again, so that what follows sees that too
    "8": promise_8,
    "doctor": doctors_word,
    "receipts": receipts_hold,
}


def broken_promises(journey: Journey) -> dict[str, list[str]]:
    """Return what was found broken, by the promise's number; nothing where all hold."""
    evidence = Evidence(journey)
    found = {name: list(check(evidence)) for name, check in CHECKS.items()}
    return {name: texts for name, texts in found.items() if texts}
