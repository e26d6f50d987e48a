"""What a call must pass, in the protocol's order, before its meaning is looked at."""

import gzip
import json
from collections.abc import Callable
from typing import Any

from server.joining import hash_of
from server.problems import Refused
from server.store import devices
from sync.limits import BODY_BYTES, UNPACKED_BYTES
from tests.offices import Desk, Laptop
from tests.server.looks import aside, recorded

EXCHANGE, RECONCILE = "/api/v1/exchange", "/api/v1/reconcile"
INTEGER = 2**53 - 1
BOMB = gzip.compress(b" " * (UNPACKED_BYTES + 1))


def refused(call: Callable[[bytes], Any], body: bytes) -> tuple[int, str] | None:
    """Return status and code of a refusal, None where the body is taken."""
    try:
        call(body)
    except Refused as refusal:
        return refusal.problem.status, refusal.problem.code
    return None


STAGES: list[tuple[str, tuple[int, str]]] = [
    ("route", (404, "not_found")),
    ("token", (401, "token_unknown")),
    ("revoked", (403, "device_revoked")),
    ("encoding", (415, "encoding_unknown")),
    ("size", (413, "body_too_large")),
    ("json", (400, "json_invalid")),
    ("device", (403, "device_other")),
    ("batch", (413, "too_many_envelopes")),
    ("protocol", (426, "protocol_old")),
    ("shape", (422, "shape")),
]
"""Each check of Transport's order with its answer; each may be broken beside those after it."""


def call(desk: Desk, laptop: Laptop, broken: set[str]) -> tuple[int, str]:
    """Exchange with these stages broken, and return status and code."""
    body: Any = laptop.request()
    if "shape" in broken:
        del body["heartbeat"]
    if "protocol" in broken:
        body["protocol"] = 0
    if "batch" in broken:
        body["envelopes"] = [None] * 501
    if "device" in broken:
        body["device_id"] = "019a9c00-0000-7000-8000-00000000dddd"
    data = json.dumps(body).encode()
    if "json" in broken:
        data = data[:-1]
    if "size" in broken:
        data = data.rjust(BODY_BYTES + 1)
    headers = {"Authorization": f"Bearer {'wrong' if 'token' in broken else laptop.token}"}
    if "encoding" in broken:
        headers["Content-Encoding"] = "br"
    if "revoked" in broken:
        with desk.office.store.write() as tx:
            devices.revoke(tx, laptop.device_id, desk.now())
    path = "/api/v1/nothing" if "route" in broken else EXCHANGE
    answer = laptop.client.post(path, data=data, headers=headers)
    assert answer.json is not None
    return answer.status_code, answer.json.get("code", "")


class TestOrder:
    def test_each_check_comes_before_all_after_it(self, desk: Desk) -> None:
        names = [name for name, _ in STAGES]
        found = [call(desk, desk.join(), set(names[place:])) for place in range(len(names))]
        assert found == [answer for _, answer in STAGES]

    def test_each_check_stands_alone(self, desk: Desk) -> None:
        found = [call(desk, desk.join(), {name}) for name, _ in STAGES]
        assert found == [answer for _, answer in STAGES]

    def test_what_passes_all_is_answered(self, desk: Desk) -> None:
        assert call(desk, desk.join(), set()) == (200, "")

    def test_joining_has_the_same_order_without_a_token(self, desk: Desk) -> None:
        client, url = desk.client(), "/api/v1/devices"
        br = {"Content-Encoding": "br"}
        codes = [
            client.post(url, data=b"{" * (BODY_BYTES + 1), headers=br).json,
            client.post(url, data=b"{" * (BODY_BYTES + 1)).json,
            client.post(url, data=b"{").json,
            client.post(url, json={"protocol": 2}).json,
            client.post(url, json={"protocol": 0}).json,
            client.post(url, json={}).json,
        ]
        assert [problem["code"] for problem in codes if problem] == [
            "encoding_unknown",
            "body_too_large",
            "json_invalid",
            "protocol_unknown",
            "protocol_old",
            "shape",
        ]


class TestToken:
    def test_another_is_unknown(self, desk: Desk) -> None:
        token, url = desk.join().token, "/api/v1/reference/tariff"
        wrong = ["", "Bearer", "Bearer ", f"Basic {token}", token, "Bearer x", "Bearer \xff"]
        for environ in [{}, *({"HTTP_AUTHORIZATION": text} for text in wrong)]:
            answer = desk.client().get(url, environ_overrides=environ)
            assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")

    def test_is_taken_whatever_the_case_of_its_scheme(self, desk: Desk) -> None:
        headers = {"Authorization": f"bearer {desk.join().token}"}
        answer = desk.client().get("/api/v1/reference/tariff", headers=headers)
        assert answer.status_code == 200

    def test_is_kept_by_its_hash_alone(self, desk: Desk) -> None:
        laptop = desk.join()
        with desk.office.store.read() as tx:
            device = devices.by_token(tx, hash_of(laptop.token))
        assert device.device_id == laptop.device_id
        assert laptop.token not in repr(device)

    def test_of_a_revoked_laptop_asks_it_to_wipe(self, desk: Desk) -> None:
        laptop = desk.join()
        with desk.office.store.write() as tx:
            devices.revoke(tx, laptop.device_id, desk.now())
        answer = laptop.post(EXCHANGE, json=laptop.request())
        assert (answer.status_code, answer.json["wipe"]) == (403, True)

    def test_of_another_device_is_403_without_a_wipe(self, desk: Desk) -> None:
        laptop, other = desk.join(), desk.join()
        answer = laptop.post(EXCHANGE, json=laptop.request(device_id=other.device_id))
        assert (answer.status_code, answer.json["code"]) == (403, "device_other")
        assert "wipe" not in answer.json
        named = {"protocol": 1, "records": [], "device_id": other.device_id}
        assert laptop.post(RECONCILE, json=named).status_code == 403


class TestEncodings:
    def test_gzip_is_taken(self, desk: Desk) -> None:
        laptop = desk.join()
        for name in ("gzip", "GZIP", " gzip "):
            data = gzip.compress(json.dumps(laptop.request([laptop.envelope()])).encode())
            answer = laptop.post(EXCHANGE, data=data, headers={"Content-Encoding": name})
            assert [ack["verdict"] for ack in answer.json["acks"]] == ["accepted"]

    def test_identity_is_taken_by_its_name(self, desk: Desk) -> None:
        laptop = desk.join()
        headers = {"Content-Encoding": "identity"}
        assert laptop.post(EXCHANGE, json=laptop.request(), headers=headers).status_code == 200

    def test_another_is_415_and_names_what_is_taken(self, desk: Desk) -> None:
        laptop = desk.join()
        for name in ("br", "deflate", "gzip, gzip", "zstd", "*"):
            answer = laptop.post(EXCHANGE, data=b"", headers={"Content-Encoding": name})
            found = answer.status_code, answer.headers["Accept-Encoding"]
            assert found == (415, "gzip, identity"), name

    def test_a_bomb_is_413(self, desk: Desk) -> None:
        answer = desk.join().post(EXCHANGE, data=BOMB, headers={"Content-Encoding": "gzip"})
        assert (answer.status_code, answer.json["code"]) == (413, "body_too_large")


class TestSizes:
    def test_a_mebibyte_sent_and_no_more(self, desk: Desk) -> None:
        laptop = desk.join()
        data = json.dumps(laptop.request()).encode()
        assert laptop.post(EXCHANGE, data=data.ljust(BODY_BYTES)).status_code == 200
        assert laptop.post(EXCHANGE, data=data.ljust(BODY_BYTES + 1)).status_code == 413

    def test_five_hundred_envelopes_and_no_more(self, desk: Desk) -> None:
        laptop = desk.join()
        assert laptop.exchange(*[None] * 500)["unreadable"] == list(range(500))
        answer = laptop.post(EXCHANGE, json=laptop.request([None] * 501))
        assert (answer.status_code, answer.json["code"]) == (413, "too_many_envelopes")


PROTOCOLS: list[tuple[Any, tuple[int, str]]] = [
    (1, (200, "")),
    (1.0, (200, "")),
    (0, (426, "protocol_old")),
    (-1, (426, "protocol_old")),
    (0.0, (426, "protocol_old")),
    (2, (400, "protocol_unknown")),
    (2.0, (400, "protocol_unknown")),
    (INTEGER, (400, "protocol_unknown")),
    (1.5, (422, "shape")),
    (True, (422, "shape")),
    ("1", (422, "shape")),
    (None, (422, "shape")),
]


def test_the_protocol_is_neither_older_nor_newer(desk: Desk) -> None:
    laptop = desk.join()
    for protocol, wanted in PROTOCOLS:
        for path, body in ((EXCHANGE, laptop.request()), (RECONCILE, {"records": []})):
            answer = laptop.post(path, json={**body, "protocol": protocol})
            found = answer.status_code, answer.json.get("code", "")
            assert found == wanted, (path, protocol)


def test_a_problem_says_nothing_of_what_was_sent(desk: Desk) -> None:
    laptop = desk.join()
    secret = "7371150101900001"
    answer = laptop.post(EXCHANGE, json={**laptop.request(), "heartbeat": secret})
    assert answer.status_code == 422
    assert secret not in answer.text


UNSOUND = {
    "2,000 deep": b'{"envelopes": [' + b"[" * 2_000 + b"]" * 2_000 + b"]}",
    "5,000 digits": b'{"uptime_s": ' + b"9" * 5_000 + b"}",
    "beyond 2^53-1": b'{"uptime_s": 9007199254740992}',
    "beyond all bounds": b'{"uptime_s": 1e999}',
    "not a number": b'{"uptime_s": NaN}',
    "half a character": '{"cursor": "\ud800"}'.encode("utf-8", "surrogatepass"),
    "nothing": b"",
}


def test_an_unsound_body_is_400_at_every_call_and_nothing_is_kept(desk: Desk) -> None:
    laptop = desk.join()
    for name, body in UNSOUND.items():
        for path in (EXCHANGE, RECONCILE, "/api/v1/devices"):
            for data, encoding in ((body, "identity"), (gzip.compress(body), "gzip")):
                answer = laptop.post(path, data=data, headers={"Content-Encoding": encoding})
                found = answer.status_code, answer.json["code"]
                assert found == (400, "json_invalid"), (name, path)
    assert (recorded(desk), aside(desk)) == (0, [])


def test_what_no_database_keeps_is_422_outside_of_envelopes(desk: Desk) -> None:
    laptop = desk.join()
    join = {"code": desk.code("A1"), "device_id": laptop.device_id, "platform": "P", "client": "C"}
    for odd in ("\0", "\ud800", "a\udfff"):
        beat = {"waiting": 0, "client": odd}
        assert laptop.post(EXCHANGE, json=laptop.request(heartbeat=beat)).status_code == 422
        answer = desk.client().post("/api/v1/devices", json={**join, "name": odd})
        assert answer.status_code == 422
        kept = {"waiting": 0, "reference": {odd: odd}}
        strange = laptop.request(heartbeat=kept, cursor=odd, boot_id=odd)
        assert laptop.post(EXCHANGE, json=strange).status_code == 200
