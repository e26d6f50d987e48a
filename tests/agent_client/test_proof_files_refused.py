"""What is no sound file of proofs is a clear problem."""

import json
from typing import Any

import pytest

from agent_client.problems import AgentProblem
from agent_client.proof_files import MOST_BYTES, verify_file
from sync.receipts import keyring, public_text
from tests.agent_client.office_line import AgentLaptop
from tests.agent_client.proving import (
    file_of,
    hand_in,
)
from tests.offices import KEYS

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


def refused(given: bytes) -> str:
    with pytest.raises(AgentProblem) as caught:
        verify_file(given, OFFICE)
    return caught.value.code


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (b"", "proof_malformed"),
        (b"\xff\xfe", "proof_malformed"),
        (b'{"format":', "proof_malformed"),
        (b"[" * 1_000_000, "proof_malformed"),
        (b'{"a":' * 100_000, "proof_malformed"),
        (b'{"format":"\\ud800"}', "proof_malformed"),
        (b"1" * 5_000, "proof_malformed"),
        (b"[]", "proof_other_format"),
        (b"{}", "proof_other_format"),
        (b'{"format":"lorong-proof-2"}', "proof_other_format"),
        (b'{"format":"lorong-proof-1"}', "proof_malformed"),
        (b" " * (MOST_BYTES + 1), "proof_too_large"),
    ],
)
def test_what_is_no_such_file_is_a_clear_problem(given: bytes, code: str) -> None:
    assert refused(given) == code


@pytest.mark.parametrize(
    ("member", "value"),
    [
        *((name, None) for name in ("agent_name", "office_name", "device_id", "day", "timezone")),
        *((name, {}) for name in ("receipts", "keys")),
        ("receipts", []),
        ("agent_name", "\x1b[2J"),
        ("agent_name", "a" * 201),
        ("office_name", "\u202e"),
        ("day", "kemarin"),
        ("day", "2026-11-31"),
        *(("timezone", zone) for zone in ("", "Asia", "../../etc/passwd", "/etc", "a" * 200)),
    ],
)
def test_a_member_that_is_missing_or_odd_is_a_clear_problem(
    body: Body, member: str, value: object
) -> None:
    assert refused(raw({**body, member: value})) == "proof_malformed"
    del body[member]
    assert refused(raw(body)) == "proof_malformed"
