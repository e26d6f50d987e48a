"""What a revoked laptop sealed comes back to the office as a file, on both databases."""

import base64
import json
from typing import Any

import pytest
import sqlalchemy as sa
from nacl.public import PrivateKey, PublicKey, SealedBox

from server.sealed import open_sealed
from server.store import devices
from server.store.tables import devices as laptops
from server.store.tables import ledger
from sync.digest import canonical, digest_and_form
from tests.builders import content
from tests.offices import KEYS, Desk, Laptop
from tests.server.looks import aside, faults, kept_bytes, record, recorded

UNKNOWN_DEVICE = "019a9c00-0000-7000-8000-00000000dead"
FOREIGN = PrivateKey(bytes(32)).public_key


def boxed(plain: bytes, key: PublicKey = KEYS.sealing.public_key) -> str:
    return base64.b64encode(SealedBox(key).encrypt(plain)).decode()


def line(envelope: dict[str, Any], **overrides: Any) -> bytes:
    """Return an envelope as export-sealed writes it."""
    told, form = digest_and_form(envelope)
    own = {"record_id": envelope["record_id"], "digest": told, "sealed": boxed(form)}
    return json.dumps({**own, **overrides}).encode() + b"\n"


def draft(laptop: Laptop, **members: Any) -> bytes:
    """Return a draft as export-sealed writes it."""
    inner = {"kind": "draft", "device_id": laptop.device_id, "draft_id": 3, **members}
    return json.dumps({"draft_id": 3, "sealed": boxed(canonical(inner))}).encode() + b"\n"


def revoke(desk: Desk, laptop: Laptop) -> None:
    with desk.office.store.write() as tx:
        devices.revoke(tx, laptop.device_id, desk.now())


def test_is_settled_as_that_laptops_agents(desk: Desk) -> None:
    one, two = desk.join(), desk.join()
    first, second = one.envelope(content(1)), two.envelope(content(1))
    revoke(desk, one)
    revoke(desk, two)
    opened = open_sealed(desk.office, [line(first), line(second), b"\n"])
    assert opened.verdicts == {"A1": {"accepted": 1}, "A2": {"duplicate": 1}}
    assert (opened.drafts, opened.refused) == ([], [])
    query = sa.select(ledger.c.record_id, ledger.c.device_id)
    with desk.office.store.read() as tx:
        kept = {row.record_id: row.device_id for row in tx.execute(query)}
    assert kept == {first["record_id"]: one.device_id, second["record_id"]: two.device_id}
    assert kept_bytes(desk, first) == digest_and_form(first)[1]
    assert not faults(desk)


def test_again_changes_nothing_and_tells_the_present_standing(desk: Desk) -> None:
    laptop = desk.join()
    first = laptop.envelope(content(1))
    second = laptop.envelope(content(1, full_name="Lain Sekali"), corrects=first["record_id"])
    assert open_sealed(desk.office, [line(first)]).verdicts == {"A1": {"accepted": 1}}
    once = record(desk, first)
    assert open_sealed(desk.office, [line(first)]).verdicts == {"A1": {"accepted": 1}}
    assert record(desk, first) == once
    laptop.exchange(second)
    assert laptop.exchange(first)["acks"][0]["verdict"] == "accepted"
    both = open_sealed(desk.office, [line(first), line(second)]).verdicts
    assert both == {"A1": {"accepted": 1, "in_review": 1}}
    assert recorded(desk) == 2


def test_what_the_office_had_before_is_not_recorded_twice(desk: Desk) -> None:
    laptop = desk.join()
    capture = laptop.envelope()
    laptop.exchange(capture)
    revoke(desk, laptop)
    assert open_sealed(desk.office, [line(capture)]).verdicts == {"A1": {"accepted": 1}}
    assert recorded(desk) == 1


def test_is_told_to_the_laptop_that_was_let_in_again(desk: Desk) -> None:
    laptop = desk.join()
    capture = laptop.envelope()
    open_sealed(desk.office, [line(capture)])
    pair = [capture["record_id"], capture["digest"]]
    body = {"protocol": 1, "records": [pair]}
    answer = laptop.post("/api/v1/reconcile", json=body).json
    assert [(ack["record_id"], ack["verdict"]) for ack in answer["acks"]] == [
        (capture["record_id"], "accepted")
    ]


def test_is_no_report_of_the_laptop(desk: Desk) -> None:
    laptop = desk.join()
    query = sa.select(laptops)
    with desk.office.store.read() as tx:
        before = tx.execute(query).all()
    open_sealed(desk.office, [line(laptop.envelope())])
    with desk.office.store.read() as tx:
        assert tx.execute(query).all() == before


def test_nothing_is_known_of_the_laptops_clock(desk: Desk) -> None:
    capture = desk.join().envelope()
    open_sealed(desk.office, [line(capture)])
    kept = record(desk, capture)
    assert kept is not None
    assert (kept.captured_at, kept.certainty) == (None, "unknown")


def test_more_than_one_exchange_would_hold(desk: Desk) -> None:
    laptop = desk.join()
    lines = [line(laptop.envelope(content(n))) for n in range(1, 504)]
    assert open_sealed(desk.office, lines).verdicts == {"A1": {"accepted": 503}}


def test_what_is_not_decided_is_counted_and_kept(desk: Desk) -> None:
    laptop = desk.join()
    assert open_sealed(desk.office, [line(laptop.envelope(kind="payment"))]).verdicts == {
        "A1": {"retry": 1}
    }
    assert [row.reason for row in aside(desk)] == ["kind_unknown"]


def test_half_a_character_is_judged_as_in_an_exchange(desk: Desk) -> None:
    capture = desk.join().envelope(content(note="x\\\ud800"))
    assert open_sealed(desk.office, [line(capture)]).verdicts == {"A1": {"rejected": 1}}
    assert kept_bytes(desk, capture) == digest_and_form(capture)[1]


def test_drafts_are_handed_out_with_their_agent(desk: Desk) -> None:
    laptop = desk.join()
    content = {"nik": "7371", "deep": [[[[[[[[[[1.5]]]]]]]]]], "note": "\ud800"}
    opened = open_sealed(desk.office, [draft(laptop, content=content)])
    own = {"kind": "draft", "device_id": laptop.device_id, "draft_id": 3, "content": content}
    assert opened.drafts == [{"agent_code": "A1", **own}]
    assert (opened.verdicts, recorded(desk)) == ({}, 0)
    assert "7371" not in repr(opened)


@pytest.mark.parametrize(
    "bad",
    [
        b"NIK;NAMA",
        b"\xff\xfe\x00",
        b"[1]",
        b'"sealed"',
        b"{}",
        b'{"sealed": 7}',
        b'{"sealed": "!"}',
        b'{"sealed": "\\u00e9"}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_line_of_an_export_is_refused(desk: Desk, bad: bytes) -> None:
    capture = desk.join().envelope()
    opened = open_sealed(desk.office, [bad, line(capture)])
    assert opened.refused == [(1, "sealed_unreadable")]
    assert opened.verdicts == {"A1": {"accepted": 1}}


def test_what_this_office_cannot_open_is_refused(desk: Desk) -> None:
    laptop = desk.join()
    _, form = digest_and_form(laptop.envelope())
    own = boxed(form)
    damaged = own[:100] + ("A" if own[100] != "A" else "B") + own[101:]
    boxes = [boxed(form, FOREIGN), damaged, own[:40], ""]
    lines = [line(laptop.envelope(), sealed=box) for box in boxes]
    opened = open_sealed(desk.office, lines)
    assert opened.refused == [(number, "sealed_foreign") for number in (1, 2, 3, 4)]
    assert recorded(desk) == 0


def test_a_box_under_another_name_is_refused(desk: Desk) -> None:
    laptop = desk.join()
    mine, other = laptop.envelope(), laptop.envelope()
    lines = [
        line(mine, record_id=other["record_id"]),
        line(mine, digest=other["digest"]),
        line(mine, digest=None),
    ]
    opened = open_sealed(desk.office, lines)
    assert opened.refused == [(number, "sealed_differs") for number in (1, 2, 3)]
    assert recorded(desk) == 0


@pytest.mark.parametrize(
    "plain",
    [
        b"\xff",
        b"{",
        b"[]",
        b"{}",
        b'{"device_id": 7}',
        b"[" * 100_000,
        b'{"device_id": "d", "n": ' + b"9" * 5_000 + b"}",
        b'{"device_id": "d", "record_id": "x"}',
        b'{"device_id": "d", "n": NaN}',
        b'{"device_id": "d", "a": [[[[[[[[[[1]]]]]]]]]]}',
    ],
)
def test_a_box_without_an_envelope_is_refused(desk: Desk, plain: bytes) -> None:
    bad = json.dumps({"record_id": "x", "digest": "x", "sealed": boxed(plain)}).encode()
    assert open_sealed(desk.office, [bad]).refused == [(1, "sealed_differs")]


def test_a_laptop_that_never_joined_here_is_refused(desk: Desk) -> None:
    laptop = desk.join()
    stranger = laptop.envelope(device_id=UNKNOWN_DEVICE)
    laptop.device_id = UNKNOWN_DEVICE
    opened = open_sealed(desk.office, [line(stranger), draft(laptop)])
    assert opened.refused == [(1, "sealed_device_unknown"), (2, "sealed_device_unknown")]
    assert (recorded(desk), opened.drafts) == (0, [])
