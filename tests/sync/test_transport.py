"""The line, for real, on loopback: addresses, and what a call carries."""

import gzip
import logging

import pytest

from sync.transport import BadAddress, HttpTransport, office_address
from tests.sync.line import line
from tests.sync.transports import TOKEN, got, said, transport

# Addresses


@pytest.mark.parametrize(
    "address",
    [
        "https://kantor.example",
        "https://kantor.example:8443/lorong",
        "http://127.0.0.1:8000",
        "http://127.8.9.10",
        "http://localhost:8000",
        "http://[::1]:8000",
    ],
)
def test_an_address_that_is_taken(address: str) -> None:
    assert office_address(f" {address}/ ") == address


@pytest.mark.parametrize(
    "address",
    [
        "http://kantor.example",
        "http://192.168.1.10:8000",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "http://0.0.0.0",
        "http://127.1",
        "http://[::2]",
    ],
)
def test_plain_http_to_elsewhere_is_refused(address: str) -> None:
    with pytest.raises(BadAddress) as caught:
        HttpTransport(address, client="0.1.0")
    assert caught.value.code == "address_plain"
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "kantor.example",
        "ftp://kantor.example",
        "https://",
        "https://user:pass@kantor.example",
        "http://localhost@evil.example",
        "http://evil.example\\@localhost",
        "http://localhost#@evil.example",
        "https://kantor.example/?q=1",
        "https://kantor.example/#a",
        "https://kantor example",
        "https://kantor\n.example",
        "https://kantor.example:port",
        "https://kantör.example",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadAddress) as caught:
        office_address(address)
    assert caught.value.code == "address_malformed"


# What goes out


def test_a_get_carries_token_version_and_the_headers_given() -> None:
    with line(said({})) as server, transport(server) as office:
        office.get("/api/v1/reference/tariff", headers={"if-none-match": '"2026-11-20.1"'})
    [asked] = server.asked
    assert (asked.method, asked.path, asked.body) == ("GET", "/api/v1/reference/tariff", b"")
    assert asked.headers["authorization"] == f"Bearer {TOKEN}"
    assert asked.headers["user-agent"] == "lorong-agent/0.1.0"
    assert asked.headers["accept-encoding"] == "gzip"
    assert asked.headers["if-none-match"] == '"2026-11-20.1"'


def test_a_post_is_gzipped_json_that_is_the_same_every_time() -> None:
    with line(said({})) as server, transport(server) as office:
        for _ in range(2):
            office.post("/api/v1/exchange", {"b": "Daeng Naba é", "a": 1})
    first, second = server.asked
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["content-type"] == "application/json"
    assert "transfer-encoding" not in first.headers
    assert gzip.decompress(first.body) == '{"a":1,"b":"Daeng Naba é"}'.encode()
    assert first.body == second.body
    assert first.body[4:8] == bytes(4), "the time of packing must not be in it"


def test_a_large_body_arrives_whole() -> None:
    body = {"text": "".join(f"{number:x}" for number in range(200_000))}
    with line(said({})) as server, transport(server) as office:
        office.post("/api/v1/exchange", body)
    assert server.asked[0].json() == body


def test_without_a_token_none_is_sent() -> None:
    with line(said({})) as server, HttpTransport(server.address, client="0.1.0") as office:
        office.get("/api/v1/ping")
    assert "authorization" not in server.asked[0].headers


def test_an_unknown_encoding_is_sent_once_more_as_it_is() -> None:
    refused = said({"code": "encoding_unknown"}, 415)
    with line(refused, said({"ok": True})) as server, transport(server) as office:
        reply = office.post("/api/v1/exchange", {"a": 1})
    assert reply.status == 200
    assert [asked.headers.get("content-encoding") for asked in server.asked] == ["gzip", None]
    assert server.asked[1].body == b'{"a":1}'


def test_415_twice_is_the_answer() -> None:
    with line(said({}, 415)) as server, transport(server) as office:
        assert office.post("/api/v1/exchange", {}).status == 415
    assert len(server.asked) == 2


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_nothing_is_tried_twice_here(status: int) -> None:
    with line(said({}, status, Retry_After="0")) as server, transport(server) as office:
        assert office.post("/api/v1/exchange", {}).status == status
    assert len(server.asked) == 1


def test_the_environment_sends_loopback_through_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert got(said({"a": 1})).body == {"a": 1}


def test_bodies_and_tokens_are_never_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with line(said({"name": "Fatma"})) as server, transport(server) as office:
        office.post("/api/v1/exchange", {"nik": "7371015011660001"})
    assert not any(text in caplog.text for text in (TOKEN, "7371015011660001", "Fatma"))


# What comes back


def test_an_answer_has_status_headers_body_and_seconds() -> None:
    ticks = iter(range(100))
    reply = got(said({"a": [1, "é", None]}, 200, ETag='"7"'), timer=lambda: float(next(ticks)))
    assert (reply.status, reply.body) == (200, {"a": [1, "é", None]})
    assert reply.headers["etag"] == '"7"'
    assert reply.seconds >= 1
