"""The line, for real, on loopback: what is an answer of the office, and what is none."""

import gzip
import socket
from collections.abc import Callable
from threading import Thread

import pytest

from sync.problems import LineProblem
from sync.transport import ANSWER_BYTES, HttpTransport
from tests.sync.line import CERTIFICATE, Line, Said, line
from tests.sync.transports import OFFICE, TOKEN, got, problem, said, transport


@pytest.mark.parametrize("status", [201, 400, 401, 403, 404, 426, 500, 503])
def test_a_status_of_any_kind_is_an_answer_with_the_header(status: int) -> None:
    answer = Said(
        status,
        {"Lorong-Protocol": "1", "Content-Type": "application/problem+json; charset=utf-8"},
        b'{"code": "x"}',
    )
    reply = got(answer)
    assert (reply.status, reply.body) == (status, {"code": "x"})


@pytest.mark.parametrize("status", [400, 500, 502])
@pytest.mark.parametrize("body", [b"{", b"", b"<html>", b"[" * 5000])
def test_a_failure_that_cannot_be_read_is_told_by_its_status(status: int, body: bytes) -> None:
    reply = got(Said(status, OFFICE, body))
    assert (reply.status, reply.body) == (status, None)


def test_a_gzipped_answer_is_unpacked() -> None:
    packed = gzip.compress(b'{"a": 1}')
    assert got(Said(200, OFFICE | {"Content-Encoding": "gzip"}, packed)).body == {"a": 1}


def test_bytes_are_bytes() -> None:
    headers = {"Lorong-Protocol": "1", "Content-Type": "application/octet-stream"}
    reply = got(Said(200, headers, b"LKN1\0\xff"))
    assert (reply.body, reply.raw) == (None, b"LKN1\0\xff")


def test_unchanged_has_no_body() -> None:
    reply = got(Said(304, OFFICE))
    assert (reply.status, reply.body, reply.raw) == (304, None, b"")


def test_a_connection_serves_more_than_one_call() -> None:
    with line(said({"n": 1}), said({"n": 2})) as server, transport(server) as office:
        assert [office.get("/").body["n"] for _ in range(2)] == [1, 2]


# What is no answer of the office


PORTAL = b"<html>Silakan masuk ke Wi-Fi Warkop</html>"


@pytest.mark.parametrize(
    "answer",
    [
        Said(200, {"Content-Type": "text/html"}, PORTAL),
        Said(200, {"Content-Type": "application/json"}, b'{"acks": []}'),
        Said(302, {"Location": "http://127.0.0.1:9/masuk"}),
        Said(401, {}, b"{}"),
        Said(511, {}, PORTAL),
        Said(502, {}, b"Bad Gateway"),
        Said(200, {"Lorong-Protocol": ""}, b"{}"),
        Said(200, {"Lorong-Protocol": "yes"}, b"{}"),
    ],
)
def test_without_the_header_it_is_a_captive_portal(answer: Said) -> None:
    assert problem(answer) == ("captive", False)


def test_a_redirect_is_not_followed() -> None:
    with line(said({"acks": []})) as elsewhere:
        moved = Said(307, {"Location": elsewhere.address + "/api/v1/exchange"})
        assert problem(moved) == ("captive", False)
    assert elsewhere.asked == []


def test_a_later_protocol_is_still_an_office() -> None:
    assert got(Said(426, OFFICE | {"Lorong-Protocol": "2"}, b"{}")).status == 426


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"<html>",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": 9007199254740992}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b"[" * 33 + b"]" * 33,
        b"[" * 100_000,
        b'{"a": "\xff"}',
        b'{"a": "\\ud800"}',
        b'{"\\ud800": 1}',
        b"\xef\xbb\xbf{}",
    ],
)
def test_json_that_is_none_or_beyond_bounds_is_malformed(body: bytes) -> None:
    answer = Said(200, OFFICE, body)
    if body:
        assert problem(answer) == ("answer_malformed", True)
    else:
        assert got(answer).body is None


def test_json_within_bounds_is_taken() -> None:
    body = b'{"a": 9007199254740991, "b": -0.5, "c": "\\ud83d\\ude00"}'
    assert got(Said(200, OFFICE, body)).body == {"a": 2**53 - 1, "b": -0.5, "c": "😀"}
    assert got(Said(200, OFFICE, b"[" * 32 + b"]" * 32)).status == 200


GZIP = OFFICE | {"Content-Encoding": "gzip"}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Said(200, OFFICE, b'{"a":', length=1000), "line_reset"),
        (Said(200, GZIP, gzip.compress(b'{"a": 1}')[:-4], length=None), "line_reset"),
        (Said(200, OFFICE | {"Transfer-Encoding": "chunked"}, b"5\r\n{}", None), "line_reset"),
        (Said(200, GZIP, b'{"a": 1}'), "answer_malformed"),
        (Said(200, GZIP, gzip.compress(b"{}") + b"x" * 70_000), "answer_malformed"),
        (Said(200, OFFICE | {"Content-Encoding": "br"}, b"{}"), "answer_malformed"),
    ],
)
def test_an_answer_that_is_cut_or_garbled_settles_nothing(answer: Said, code: str) -> None:
    assert problem(answer) == (code, True)


def bomb() -> bytes:
    return gzip.compress(b"[" + b" " * (ANSWER_BYTES + 1) + b"]")


@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize(
    "make",
    [
        lambda status: Said(status, GZIP, bomb()),
        lambda status: Said(status, OFFICE, b" " * (ANSWER_BYTES + 1)),
        lambda status: Said(status, OFFICE, b" " * (ANSWER_BYTES + 1), length=None),
    ],
    ids=["gzip bomb", "with a length", "without"],
)
def test_an_answer_too_large_is_not_taken(make: Callable[[int], Said], status: int) -> None:
    assert problem(make(status)) == ("answer_too_large", True)


def test_an_answer_of_just_the_size_is_taken() -> None:
    headers = {"Lorong-Protocol": "1", "Content-Encoding": "gzip"}
    assert len(got(Said(200, headers, gzip.compress(bytes(ANSWER_BYTES)))).raw) == ANSWER_BYTES


def test_silence_is_a_time_out() -> None:
    assert problem(Said(waits=True), read_seconds=0.05) == ("line_timeout", True)


def test_an_answer_that_trickles_for_ever_is_a_time_out() -> None:
    ticks = iter(range(0, 10_000, 100))
    answer = Said(200, OFFICE, b" " * 1_000_000)
    options = {"timer": lambda: float(next(ticks)), "answer_seconds": 250.0}
    assert problem(answer, **options) == ("line_timeout", True)


def test_nobody_listening_is_refused() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with HttpTransport(address, client="0.1.0") as office, pytest.raises(LineProblem) as caught:
        office.post("/api/v1/exchange", {})
    assert (caught.value.code, caught.value.reached) == ("line_refused", False)


def test_hanging_up_without_a_word_is_a_reset() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with listener, HttpTransport(address, client="0.1.0") as office:
        hangs_up = Thread(target=lambda: listener.accept()[0].close())
        hangs_up.start()
        with pytest.raises(LineProblem) as caught:
            office.get("/api/v1/ping")
        hangs_up.join()
    assert (caught.value.code, caught.value.reached) == ("line_reset", True)


# TLS


def over_tls(server: Line) -> HttpTransport:
    return HttpTransport(f"https://localhost:{server.server_port}", client="0.1.0", token=TOKEN)


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    with (
        line(said({}), tls=True) as server,
        over_tls(server) as office,
        pytest.raises(LineProblem) as caught,
    ):
        office.get("/api/v1/ping")
    assert (caught.value.code, server.asked) == ("line_tls", [])


def test_a_certificate_that_is_vouched_for_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
    with line(said({"a": 1}), tls=True) as server, over_tls(server) as office:
        assert office.get("/api/v1/ping").body == {"a": 1}


def test_plain_http_behind_https_is_a_tls_failure() -> None:
    with (
        line(said({})) as server,
        over_tls(server) as office,
        pytest.raises(LineProblem) as caught,
    ):
        office.get("/api/v1/ping")
    assert (caught.value.code, caught.value.reached) == ("line_tls", False)
