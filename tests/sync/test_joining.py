"""Joining: a code becomes a token, or a problem with the office's own code."""

from collections.abc import Mapping
from typing import Any

import pytest

from sync.joining import Joined, join
from sync.ports import Reply
from sync.problems import Busy, Faulty, LineProblem, SyncProblem, Unwelcome
from tests.builders import DEVICE_ID

ANSWER: dict[str, Any] = {
    "protocol": 1,
    "time": "2026-11-20T01:30:00.000Z",
    "device_id": DEVICE_ID,
    "agent": {
        "agent_id": "a1",
        "name": "Fatma",
        "office": {"office_id": "o1", "name": "Kantor Perisai", "timezone": "Asia/Makassar"},
    },
    "token": "a-token-of-some-length",
    "receipt_key": "cmVjZWlwdA==",
    "office_key": "b2ZmaWNl",
}


class Devices:
    """A transport to an office that only lets laptops join."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.asked: list[tuple[str, Mapping[str, Any]]] = []

    def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> Reply:
        raise AssertionError("joining only posts")

    def post(self, path: str, body: Mapping[str, Any]) -> Reply:
        self.asked.append((path, body))
        return self.reply


def joined(reply: Reply) -> Joined:
    return join(Devices(reply), "KODE-1234", DEVICE_ID, "Laptop Fatma", "linux", "0.1.0")


def test_joining_sends_the_code_and_who_it_is() -> None:
    office = Devices(Reply(201, {}, ANSWER))
    join(office, "KODE-1234", DEVICE_ID, "Laptop Fatma", "linux", "0.1.0")
    body = {
        "code": "KODE-1234",
        "device_id": DEVICE_ID,
        "name": "Laptop Fatma",
        "platform": "linux",
        "client": "0.1.0",
    }
    assert office.asked == [("/api/v1/devices", body)]


def test_joining_tells_who_the_agent_is_and_gives_the_token() -> None:
    answer = joined(Reply(201, {}, {**ANSWER, "weather": "rain"}))
    assert answer == Joined(
        device_id=DEVICE_ID,
        agent_id="a1",
        agent_name="Fatma",
        office_id="o1",
        office_name="Kantor Perisai",
        timezone="Asia/Makassar",
        token="a-token-of-some-length",
        receipt_key="cmVjZWlwdA==",
        office_key="b2ZmaWNl",
        time="2026-11-20T01:30:00.000Z",
    )
    assert "a-token" not in repr(answer)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (403, "code_unknown", Unwelcome),
        (403, "code_used", Unwelcome),
        (403, "code_expired", Unwelcome),
        (409, "device_of_another", Faulty),
        (429, "too_many", Busy),
        (502, "office_failed", LineProblem),
    ],
)
def test_a_refusal_has_the_offices_code(status: int, code: str, kind: type[SyncProblem]) -> None:
    with pytest.raises(kind) as caught:
        joined(Reply(status, {}, {"code": code}))
    assert caught.value.code == code


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {**ANSWER, "agent": None},
        {**ANSWER, "agent": {**ANSWER["agent"], "office": "Kantor"}},
        {**ANSWER, "token": 7},
        {**ANSWER, "token": "with\r\nheader: x"},
        {**ANSWER, "token": ""},
        {**ANSWER, "device_id": "another"},
        {name: value for name, value in ANSWER.items() if name != "receipt_key"},
    ],
)
def test_an_answer_that_is_not_whole_joins_nobody(body: Any) -> None:
    with pytest.raises(LineProblem) as caught:
        joined(Reply(201, {}, body))
    assert caught.value.code == "answer_malformed"
