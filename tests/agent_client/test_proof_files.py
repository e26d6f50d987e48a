"""A day's file proves what the office signed, and any change of it is noticed."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_client import proof_files
from agent_client.problems import AgentProblem
from agent_client.proof_files import verify_file
from sync.receipts import keyring, public_text, sign
from tests.agent_client.office_line import AgentLaptop
from tests.agent_client.proving import (
    DAY,
    OTHER,
    file_of,
    hand_in,
    key_items,
    keys_of,
    payload_of,
    said,
    signed_by,
)
from tests.offices import KEYS, Desk

OFFICE = keyring(public_text(KEYS.signing))
Body = dict[str, Any]


@pytest.fixture
def body(laptop: AgentLaptop) -> Body:
    """A day's file of two receipts, three records and one."""
    hand_in(laptop, 1, 2, 3)
    laptop.desk.now.forward(minutes=5)
    hand_in(laptop, 4)
    read: Body = json.loads(file_of(laptop))
    return read


def raw(body: object) -> bytes:
    return json.dumps(body).encode()


def outcomes(body: object, keys: dict[str, str] = OFFICE) -> list[str]:
    return [one.outcome for one in verify_file(raw(body), keys).receipts]


def test_a_days_file_is_good_under_the_offices_key(laptop: AgentLaptop) -> None:
    ids = hand_in(laptop, 1, 2)
    found = verify_file(file_of(laptop), keys_of(laptop))
    assert (found.sound, found.trusted, found.problem, found.unconfirmed) == (True, True, None, ())
    assert (found.agent_name, found.office_name, found.day) == ("Agen 1", "Makassar", DAY)
    [receipt] = found.receipts
    assert (receipt.number, receipt.outcome) == (1, "receipt_good")
    assert [one.record_id for one in receipt.records] == ids
    assert {one.verdict for one in receipt.records} == {"accepted"}
    assert {(one.time, one.checked) for one in receipt.records} == {(laptop.desk.now(), True)}


def test_the_file_has_the_members_of_the_protocol_and_no_workers_data(body: Body) -> None:
    assert sorted(body) == sorted(
        ("format", "agent_name", "office_name", "device_id", "day", "timezone", "receipts", "keys")
    )
    assert (body["format"], body["day"]) == ("lorong-proof-1", "2026-11-20")
    assert body["keys"] == key_items(KEYS.signing)
    assert {tuple(sorted(one)) for one in body["receipts"]} == {
        ("key_id", "payload", "signature"),
    }
    assert not [text for text in ("7371", "Aminah", "nik", "+62") if text in json.dumps(body)]


def test_without_a_trusted_key_the_file_proves_no_more_than_itself(body: Body) -> None:
    found = verify_file(raw(body), {})
    assert (found.sound, found.trusted, found.problem) == (True, False, "proof_unconfirmed")
    assert found.unconfirmed == tuple(OFFICE)
    assert len(found.receipts[0].records) == 3
    assert not found.receipts[0].records[0].checked


def test_a_key_that_nobody_has_tells_nothing(body: Body) -> None:
    found = verify_file(raw({**body, "keys": []}), {})
    assert [one.outcome for one in found.receipts] == ["receipt_key_unknown"] * 2
    assert (found.sound, found.problem) == (False, "proof_key_unknown")


def change(body: Body, act: Callable[[Body], None]) -> Body:
    """Change what the first receipt says and leave its signature."""
    first = body["receipts"][0]
    content = said(first)
    act(content)
    changed = {**first, "payload": payload_of(content).decode()}
    return {**body, "receipts": [changed, *body["receipts"][1:]]}


def flip_verdict(content: Body) -> None:
    content["acks"][0][3:] = ["rejected", "invalid"]


def other_record(content: Body) -> None:
    content["acks"][0][0] = "019a9c00-0000-7000-8000-000000000001"


def drop_ack(content: Body) -> None:
    del content["acks"][1]


def earlier(content: Body) -> None:
    content["time"] = "2026-11-20T01:00:00.000Z"


@pytest.mark.parametrize("act", [flip_verdict, other_record, drop_ack, earlier])
@pytest.mark.parametrize("keys", [OFFICE, {}])
def test_a_change_breaks_the_receipt_that_it_is_in(
    body: Body, act: Callable[[Body], None], keys: dict[str, str]
) -> None:
    found = verify_file(raw(change(body, act)), keys)
    good = "receipt_good" if keys else "receipt_unconfirmed"
    assert [one.outcome for one in found.receipts] == ["receipt_forged", good]
    assert [one.number for one in found.receipts] == [1, 2]
    assert (found.sound, found.trusted, found.problem) == (False, False, "proof_broken")
    assert found.receipts[0].records == ()


def test_another_key_in_the_file_is_told_from_the_offices(body: Body) -> None:
    mine = {
        **body,
        "receipts": [signed_by(OTHER, said(one)) for one in body["receipts"]],
        "keys": key_items(OTHER),
    }
    found = verify_file(raw(mine), OFFICE)
    assert (found.problem, found.unconfirmed) == (
        "proof_unconfirmed",
        tuple(keyring(public_text(OTHER))),
    )
    pretended = [{**one, "key_id": next(iter(OFFICE))} for one in mine["receipts"]]
    assert outcomes({**mine, "receipts": pretended}) == ["receipt_forged"] * 2
    # Whatever id a file gives its key, the id is reckoned of the key itself.
    lying = [{**key_items(OTHER)[0], "key_id": next(iter(OFFICE))}]
    assert outcomes({**mine, "receipts": pretended, "keys": lying}, {}) == [
        "receipt_key_unknown",
        "receipt_key_unknown",
    ]


def test_one_receipt_of_ones_own_among_the_offices_is_named(body: Body) -> None:
    mixed = {
        **body,
        "receipts": [body["receipts"][0], signed_by(OTHER, said(body["receipts"][1]))],
        "keys": key_items(KEYS.signing, OTHER),
    }
    assert outcomes(mixed) == ["receipt_good", "receipt_unconfirmed"]
    assert not verify_file(raw(mixed), OFFICE).trusted


def test_a_receipt_of_another_agent_or_laptop_or_day(laptop: AgentLaptop, body: Body) -> None:
    for member in ("agent_id", "device_id"):
        theirs = signed_by(KEYS.signing, {**said(body["receipts"][0]), member: "another"})
        mixed = {**body, "receipts": [*body["receipts"], theirs]}
        assert outcomes(mixed) == ["receipt_good", "receipt_good", "receipt_foreign"]
        assert verify_file(raw(mixed), OFFICE).problem == "proof_broken"
    laptop.desk.now.moment = datetime(2026, 11, 20, 16, tzinfo=UTC)
    hand_in(laptop, 5)
    later = json.loads(file_of(laptop, date(2026, 11, 21)))
    mixed = {**body, "receipts": body["receipts"] + later["receipts"]}
    assert outcomes(mixed) == ["receipt_good", "receipt_good", "receipt_other_day"]


def test_another_agents_file_under_ones_own_name_still_says_whose_it_is(
    laptop: AgentLaptop, body: Body
) -> None:
    found = verify_file(raw({**body, "agent_name": "Agen 2"}), OFFICE)
    assert found.agent_id == said(body["receipts"][0])["agent_id"]
    assert outcomes({**body, "device_id": "another"}) == ["receipt_foreign"] * 2


@pytest.mark.parametrize(
    "entry",
    [
        None,
        7,
        [],
        {},
        {"key_id": 7, "signature": "", "payload": ""},
        {"key_id": "\x1b[2J", "signature": "", "payload": ""},
        {"key_id": "0123456789abcdef", "signature": "", "payload": None},
    ],
)
def test_what_is_no_receipt_is_named(body: Body, entry: object) -> None:
    mixed = {**body, "receipts": [body["receipts"][0], entry]}
    assert outcomes(mixed) == ["receipt_good", "receipt_malformed"]


@pytest.mark.parametrize("text", ["", "lorong-receipt-1\n{}", "Saya sudah setor", "[" * 100_000])
def test_a_good_signature_over_something_else_is_no_receipt(body: Body, text: str) -> None:
    odd = {**sign(KEYS.signing, text.encode()), "payload": text}
    assert outcomes({**body, "receipts": [odd]}) == ["receipt_malformed"]


def test_keys_that_are_none_are_passed_over(body: Body) -> None:
    odd = [None, 7, {}, {"key": 7}, {"key": "AAAA"}, *body["keys"]]
    assert verify_file(raw({**body, "keys": odd}), {}).sound


def test_there_is_no_file_of_nothing_and_none_that_nobody_could_read(
    laptop: AgentLaptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(AgentProblem, match="proof_none"):
        file_of(laptop)
    hand_in(laptop, 1)
    monkeypatch.setattr(proof_files, "MOST_BYTES", 100)
    with pytest.raises(AgentProblem, match="proof_too_large"):
        file_of(laptop)


@pytest.fixture
def whole(laptop: AgentLaptop) -> bytes:
    hand_in(laptop, 1, 2)
    return file_of(laptop)


def came_to(given: bytes, keys: dict[str, str]) -> str:
    """Return the code that a verification ends with; any other exception fails the test."""
    try:
        return verify_file(given, keys).problem or "trusted"
    except AgentProblem as problem:
        return problem.code


_anything = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@_anything
@given(data=st.data())
def test_any_changed_byte_of_the_signed_parts_is_noticed(whole: bytes, data: Any) -> None:
    # Members are sorted: from `receipts` to `timezone` there is nothing but receipts.
    start, end = whole.index(b'"receipts":'), whole.index(b',"timezone"')
    place = data.draw(st.integers(start, end - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != whole[place]))
    changed = whole[:place] + bytes([byte]) + whole[place + 1 :]
    assert came_to(whole, OFFICE) == "trusted"
    assert came_to(changed, OFFICE) != "trusted"


@_anything
@given(data=st.data())
def test_no_change_anywhere_ends_in_anything_but_a_problem_or_a_verification(
    whole: bytes, data: Any
) -> None:
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(start + 40, len(whole))))
    changed = whole[:start] + data.draw(st.binary(max_size=8)) + whole[end:]
    assert came_to(changed, {}).startswith("proof_")


def test_the_files_of_two_offices_do_not_mix(
    laptop: AgentLaptop, second_desk: Desk, tmp_path: Any, body: Body
) -> None:
    other = AgentLaptop(second_desk, tmp_path / "other")
    other.join()
    hand_in(other, 9)
    theirs = json.loads(file_of(other))
    mixed = {**body, "receipts": body["receipts"] + theirs["receipts"]}
    assert outcomes(mixed)[-1] == "receipt_foreign"
