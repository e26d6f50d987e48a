"""The outer shapes of the calls: what is taken, what is refused, what is ignored."""

from typing import Any

import pytest
from marshmallow import Schema, ValidationError

from schemas import wire
from tests.builders import DEVICE_ID, OMIT, envelope

INTEGER = 2**53 - 1
DIGEST = "0" * 64

JOIN: dict[str, Any] = {
    "code": "K7QM-2F9X",
    "device_id": DEVICE_ID,
    "name": "Laptop Tallo",
    "platform": "Windows 11",
    "client": "0.1.0",
}
HEARTBEAT: dict[str, Any] = {"waiting": 3}
EXCHANGE: dict[str, Any] = {
    "protocol": 1,
    "device_id": DEVICE_ID,
    "sent_at": "2026-11-20T10:00:00+08:00",
    "heartbeat": HEARTBEAT,
    "envelopes": [],
}
RECONCILE: dict[str, Any] = {"protocol": 1, "records": [[DEVICE_ID, DIGEST]]}


def without(members: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """Return members with some changed, or left out by OMIT."""
    changed = {**members, **changed}
    return {name: value for name, value in changed.items() if value is not OMIT}


def loads(schema: Schema, members: Any) -> bool:
    """Tell whether a shape takes a request."""
    try:
        schema.load(members)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("schema", "members"),
    [
        (wire.JoinRequest(), JOIN),
        (wire.ExchangeRequest(), EXCHANGE),
        (wire.ReconcileRequest(), RECONCILE),
    ],
)
class TestEveryRequest:
    def test_is_taken_as_it_stands_in_the_protocol(
        self, schema: Schema, members: dict[str, Any]
    ) -> None:
        assert schema.load(members) == members | (
            {"records": [(DEVICE_ID, DIGEST)]} if "records" in members else {}
        )

    def test_needs_each_of_these(self, schema: Schema, members: dict[str, Any]) -> None:
        for name in members:
            assert not loads(schema, without(members, **{name: OMIT})), name
            assert not loads(schema, without(members, **{name: None})), name

    def test_ignores_what_it_does_not_know(self, schema: Schema, members: dict[str, Any]) -> None:
        assert "later" not in schema.load({**members, "later": {"a": [1]}})

    @pytest.mark.parametrize("odd", [None, [], "text", 7, True], ids=repr)
    def test_is_an_object(self, schema: Schema, members: dict[str, Any], odd: Any) -> None:
        assert not loads(schema, odd)


class TestWhole:
    """Whole numbers as JSON has them."""

    @pytest.mark.parametrize("number", [0, 1, 1.0, INTEGER, float(2**40)])
    def test_takes(self, number: Any) -> None:
        taken = wire.Heartbeat().load({"waiting": number})["waiting"]
        assert (taken, type(taken)) == (number, int)

    @pytest.mark.parametrize("odd", [-1, True, False, "1", 1.5, INTEGER + 1, 1e300, [1], {}])
    def test_refuses(self, odd: Any) -> None:
        assert not loads(wire.Heartbeat(), {"waiting": odd})

    @pytest.mark.parametrize("odd", [0, 2, 2.0, True, "1", -1])
    def test_the_protocol_is_one(self, odd: Any) -> None:
        assert not loads(wire.ExchangeRequest(), without(EXCHANGE, protocol=odd))
        assert not loads(wire.ReconcileRequest(), without(RECONCILE, protocol=odd))


class TestIds:
    @pytest.mark.parametrize(
        "odd", ["", DEVICE_ID.upper(), DEVICE_ID.replace("-", ""), DEVICE_ID + "\n", 7, None, [""]]
    )
    def test_are_lower_case_hyphenated_text(self, odd: Any) -> None:
        assert not loads(wire.ExchangeRequest(), without(EXCHANGE, device_id=odd))
        assert not loads(wire.ReconcileRequest(), without(RECONCILE, records=[[odd, DIGEST]]))

    @pytest.mark.parametrize("odd", ["", "0" * 63, "A" * 64, DIGEST + "\n", 7, None])
    def test_digests_are_lower_case_hex(self, odd: Any) -> None:
        assert not loads(wire.ReconcileRequest(), without(RECONCILE, records=[[DEVICE_ID, odd]]))

    @pytest.mark.parametrize("odd", [[], [DEVICE_ID], [DEVICE_ID, DIGEST, DIGEST], DEVICE_ID, {}])
    def test_a_pair_is_two(self, odd: Any) -> None:
        assert not loads(wire.ReconcileRequest(), without(RECONCILE, records=[odd]))

    def test_a_thousand_pairs_and_no_more(self) -> None:
        pair = [DEVICE_ID, DIGEST]
        assert loads(wire.ReconcileRequest(), without(RECONCILE, records=[pair] * 1000))
        assert not loads(wire.ReconcileRequest(), without(RECONCILE, records=[pair] * 1001))


class TestMoments:
    @pytest.mark.parametrize("moment", ["2026-11-20T02:00:00Z", "2026-11-20T10:00:00.123+08:00"])
    def test_stay_text(self, moment: str) -> None:
        assert wire.ExchangeRequest().load(without(EXCHANGE, sent_at=moment))["sent_at"] == moment

    @pytest.mark.parametrize("odd", ["2026-11-20T10:00:00", "20 Nov 2026", "", 1_763_604_000, None])
    def test_have_an_offset(self, odd: Any) -> None:
        assert not loads(wire.ExchangeRequest(), without(EXCHANGE, sent_at=odd))


class TestText:
    """What is kept as text must fit every database: PostgreSQL refuses NUL, both half signs."""

    @pytest.mark.parametrize("odd", ["", "x" * 201, "a\x00b", "\ud83d", 7, None, ["x"]])
    @pytest.mark.parametrize("name", ["name", "platform", "client", "device_key", "code"])
    def test_refuses(self, name: str, odd: Any) -> None:
        assert not loads(wire.JoinRequest(), without(JOIN, **{name: odd}))

    @pytest.mark.parametrize("text", ["x", "Daeng Naba’", "😀", "\x01", "\ufffd"])
    def test_takes(self, text: str) -> None:
        assert wire.JoinRequest().load(without(JOIN, name=text))["name"] == text

    @pytest.mark.parametrize("odd", ["\x00", "\udfff", "x" * 81])
    def test_a_laptop_s_version_is_kept_too(self, odd: str) -> None:
        assert not loads(wire.Heartbeat(), {**HEARTBEAT, "client": odd})


class TestExchange:
    @pytest.mark.parametrize(
        "raw", [None, True, 7, 1.5, "text", [], [[]], {}, {"record_id": None}, envelope()], ids=repr
    )
    def test_takes_envelopes_as_they_are(self, raw: Any) -> None:
        loaded = wire.ExchangeRequest().load(without(EXCHANGE, envelopes=[raw]))
        assert loaded["envelopes"] == [raw]

    @pytest.mark.parametrize("odd", [None, {}, "text", 7])
    def test_envelopes_are_a_list(self, odd: Any) -> None:
        assert not loads(wire.ExchangeRequest(), without(EXCHANGE, envelopes=odd))

    def test_optional_members(self) -> None:
        more = {"boot_id": "b", "uptime_s": 5, "cursor": None}
        assert wire.ExchangeRequest().load({**EXCHANGE, **more}) == {**EXCHANGE, **more}

    def test_a_whole_heartbeat(self) -> None:
        beat = {
            "waiting": 1,
            "drafts": 2,
            "set_aside": 3,
            "oldest_waiting_at": "2026-11-20T02:00:00Z",
            "last_seq": 4,
            "client": "0.1.0",
            "disk_free_mb": 5,
            "reference": {"tariff": "2026-11-20.1"},
        }
        assert wire.Heartbeat().load(beat) == beat
        assert wire.Heartbeat().load({**beat, "oldest_waiting_at": None})
