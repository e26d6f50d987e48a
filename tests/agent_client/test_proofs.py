"""What the office signed can be shown: of a record, of a day, aloud and as a QR code."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import segno
from sqlite_utils import Database

from agent_client.proofs import (
    Proof,
    day_proof,
    qr_text,
    record_proof,
)
from agent_client.store import captures, receipts
from sync.digest import canonical
from sync.receipts import short_code
from tests.agent_client.laptops import NOW
from tests.agent_client.office_line import AgentLaptop
from tests.agent_client.proving import DAY, OTHER, hand_in, reading, said, signed_by, writing
from tests.builders import content
from tests.offices import KEYS

ZONE = ZoneInfo("Asia/Makassar")
PROOF = Proof(
    record_id="019a9c00-0000-7000-8000-000000000001",
    digest="d" * 64,
    seq=7,
    verdict="in_review",
    reason="person_changed",
    time=datetime(2026, 11, 20, 2, tzinfo=UTC),
    key_id="0123456789abcdef",
    code="7K2QM-9XF4T",
    trust="checked",
)


def proof_in(laptop: AgentLaptop, record_id: str) -> Proof:
    with reading(laptop) as tx:
        found = record_proof(tx, record_id)
    assert found is not None
    return found


def newest(tx: Database) -> dict[str, str]:
    body: dict[str, str] = json.loads(receipts.receipts(tx)[-1])
    return body


def test_a_record_that_was_handed_in_is_proven(laptop: AgentLaptop) -> None:
    [record_id] = hand_in(laptop, 1)
    proof = proof_in(laptop, record_id)
    with reading(laptop) as tx:
        held, kept = captures.capture(tx, record_id), newest(tx)
    assert held is not None
    assert (proof.digest, proof.seq) == (held.digest, held.seq)
    assert (proof.verdict, proof.reason) == ("accepted", "new")
    assert (proof.time, proof.checked) == (laptop.desk.now(), True)
    assert (proof.key_id, proof.code) == (
        kept["key_id"],
        short_code(kept["signature"], record_id),
    )


def test_what_waits_or_is_not_here_has_none(laptop: AgentLaptop) -> None:
    waiting = laptop.capture(content(1))["record_id"]
    with reading(laptop) as tx:
        assert record_proof(tx, waiting) is None
        assert record_proof(tx, "nothing") is None


def test_the_newest_standing_is_shown(laptop: AgentLaptop) -> None:
    [first] = hand_in(laptop, 1)
    code = proof_in(laptop, first).code
    laptop.desk.now.forward(hours=1)
    laptop.capture(content(1, phone="+628123456789"), "--corrects", first)
    laptop.run("sync")
    proof = proof_in(laptop, first)
    assert (proof.verdict, proof.reason) == ("superseded", "corrected")
    assert (proof.time, proof.code != code) == (laptop.desk.now(), True)


@pytest.mark.parametrize(
    "act",
    [
        lambda tx, one: tx.execute("delete from captures where record_id = ?", [one]),
        lambda tx, one: tx.execute(
            "update captures set wiped_at = 'now', envelope = x'', nik = '', name = ''"
        ),
    ],
)
def test_it_holds_when_the_record_is_gone(
    laptop: AgentLaptop, act: Callable[[Database, str], object]
) -> None:
    [record_id] = hand_in(laptop, 1)
    before = proof_in(laptop, record_id)
    with writing(laptop) as tx:
        act(tx, record_id)
    assert proof_in(laptop, record_id) == before


def test_it_holds_when_the_office_asks_to_forget_the_record(laptop: AgentLaptop) -> None:
    [record_id] = hand_in(laptop, 1)
    before = proof_in(laptop, record_id)
    opened = laptop.session()
    with opened.vault() as vault:
        forget = {"kind": "forget", "record_id": record_id}
        answer = {"acks": [], "changes": [forget]}
        opened.outbox(vault).settle(answer, receipt=None, now=NOW)
        with vault.reading() as tx:
            assert captures.capture(tx, record_id) is None
    assert proof_in(laptop, record_id) == before


def test_what_is_said_of_another_content_under_the_same_id_does_not_count(
    laptop: AgentLaptop,
) -> None:
    [record_id] = hand_in(laptop, 1)
    before = proof_in(laptop, record_id)
    with writing(laptop) as tx:
        body = said(newest(tx))
        body["acks"][0][1] = "0" * 64
        body["time"] = "2026-11-20T05:00:00.000Z"
        kept = canonical({**signed_by(KEYS.signing, body), "checked": True})
        receipts.keep_receipt(tx, kept, NOW)
    assert proof_in(laptop, record_id) == before


def unknown_key(laptop: AgentLaptop) -> None:
    """Make a laptop know no key of its office."""
    with writing(laptop) as tx:
        tx.execute("update device set receipt_key = ''")
        tx.execute("delete from reference where name = 'keys'")


def test_a_key_that_comes_later_is_enough(laptop: AgentLaptop) -> None:
    unknown_key(laptop)
    laptop.capture(content(1))
    assert laptop.json("sync")["receipts_unchecked"] == 1
    with reading(laptop) as tx:
        kept = newest(tx)
        record_id = said(kept)["acks"][0][0]
    assert kept["checked"] is False
    # The run that kept it fetched the list of keys at its end.
    assert proof_in(laptop, record_id).trust == "checked"
    unknown_key(laptop)
    proof = proof_in(laptop, record_id)
    assert (proof.trust, proof.checked, proof.verdict) == ("unchecked", False, "accepted")


def test_what_was_checked_once_stays_checked(laptop: AgentLaptop) -> None:
    [record_id] = hand_in(laptop, 1)
    unknown_key(laptop)
    assert proof_in(laptop, record_id).checked


def forge(laptop: AgentLaptop) -> None:
    """Put a later receipt in, unchecked, that only pretends to be signed by the office."""
    with writing(laptop) as tx:
        kept = newest(tx)
        body = {**said(kept), "time": "2026-11-20T05:00:00.000Z"}
        forged = {**signed_by(OTHER, body), "key_id": kept["key_id"], "checked": False}
        receipts.keep_receipt(tx, canonical(forged), NOW)


def test_a_broken_receipt_is_shown_only_where_there_is_no_other(laptop: AgentLaptop) -> None:
    [record_id] = hand_in(laptop, 1)
    before = proof_in(laptop, record_id)
    forge(laptop)
    assert proof_in(laptop, record_id) == before
    with writing(laptop) as tx:
        tx.execute("delete from receipt_records where rowid = 1")
    assert proof_in(laptop, record_id).trust == "broken"


def test_a_day_has_what_was_signed_on_it_in_the_offices_zone(laptop: AgentLaptop) -> None:
    first = hand_in(laptop, 1, 2)
    laptop.desk.now.moment = datetime(2026, 11, 20, 15, 59, 59, tzinfo=UTC)
    late = hand_in(laptop, 3)
    laptop.desk.now.forward(seconds=1)
    next_day = hand_in(laptop, 4)
    with reading(laptop) as tx:
        one, two = day_proof(tx, DAY, ZONE), day_proof(tx, date(2026, 11, 21), ZONE)
        far = [day_proof(tx, day, ZONE) for day in (date.min, date.max, date(2026, 11, 22))]
    assert [proof.record_id for proof in one.records] == [*first, *late]
    assert (one.day, one.zone, len(one.receipts)) == (DAY, ZONE, 2)
    assert [proof.record_id for proof in two.records] == next_day
    assert [(proof.receipts, proof.records) for proof in far] == [((), ())] * 3


def test_a_day_has_each_record_once_as_it_stood_last(laptop: AgentLaptop) -> None:
    [first] = hand_in(laptop, 1)
    laptop.desk.now.forward(minutes=1)
    laptop.capture(content(1, phone="+628123456789"), "--corrects", first)
    laptop.run("sync")
    with reading(laptop) as tx:
        proven = day_proof(tx, DAY, ZONE)
    assert len(proven.receipts) == 2
    assert [proof.verdict for proof in proven.records] == ["superseded", "accepted"]


def test_a_day_has_nothing_broken_and_nothing_of_another_agent(laptop: AgentLaptop) -> None:
    hand_in(laptop, 1)
    forge(laptop)
    with writing(laptop) as tx:
        foreign = {**said(newest(tx)), "agent_id": "another"}
        receipts.keep_receipt(
            tx, canonical({**signed_by(KEYS.signing, foreign), "checked": True}), NOW
        )
        assert len(day_proof(tx, DAY, ZONE).receipts) == 1
        tx.execute("delete from device")
        assert day_proof(tx, DAY, ZONE).receipts == ()


def test_the_text_of_the_qr_code_is_short_and_names_nobody(laptop: AgentLaptop) -> None:
    assert qr_text(PROOF) == (
        "LORONG1:019a9c00-0000-7000-8000-000000000001:7:in_review/person_changed"
        ":20261120T020000Z:7K2QM-9XF4T"
    )
    [record_id] = hand_in(laptop, 1)
    text = qr_text(proof_in(laptop, record_id))
    pattern = rf"LORONG1:{record_id}:1:accepted/new:20261120T020000Z:[0-9A-Z]{{5}}-[0-9A-Z]{{5}}"
    assert re.fullmatch(pattern, text)


def test_the_longest_text_fits_a_small_code() -> None:
    longest = qr_text(replace(PROOF, seq=2**53 - 1, verdict="v" * 40, reason="r" * 40))
    assert (len(longest), longest.isascii()) == (172, True)
    assert int(segno.make_qr(longest, error="m").version) <= 10
