"""The line to the office: the only file with requests.

What comes back is either an answer of the office (any status, with its header) or a
LineProblem. Nothing is tried twice here, not by urllib3 either: how long to wait, whether
to halve or to stop depends on the answer and on the queue, which only the sender knows;
a second layer of retries beneath would multiply its waits and hide them from `stop`.
Bodies, tokens and codes are never logged, and never part of a problem.
"""

import gzip
import io
import re
import time
import zlib
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from types import TracebackType
from typing import Any, Final, NoReturn, Self

import requests
import urllib3

from sync.answers import parse_answer
from sync.digest import canonical
from sync.limits import CONNECT_SECONDS, HEADER, READ_SECONDS
from sync.ports import Reply
from sync.problems import LineProblem

ANSWER_BYTES: Final = 16 * 1024 * 1024
"""The largest answer that is taken, unpacked; five million known NIKs fit."""
ANSWER_SECONDS: Final = 900.0
"""The longest one answer may trickle in; 1 MB over the poorest 2G line fits."""

_PIECE: Final = 16 * 1024
"""Unpacks to 16 MiB at most: a bomb is seen after one piece too many."""
_ADDRESS: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:/[\w./~-]*)?",
    re.ASCII,
)
_PROTOCOL: Final = re.compile(r"\d{1,9}", re.ASCII)


class BadAddress(ValueError):
    """The office's address cannot be used; `code` is `address_malformed` or `address_plain`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def office_address(text: str) -> str:
    """Return the office's address without a slash at its end.

    BadAddress where it is no plain http(s) address, or names http on another machine: what
    is sent must not be read on the way. http is for loopback alone.
    """
    address = text.strip()
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise BadAddress("address_malformed")
    if match["scheme"] == "http" and not _is_loopback(match["host"]):
        raise BadAddress("address_plain")
    return address.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class HttpTransport:
    """The office over HTTP(S), with one connection kept open between calls.

    `client` is the client's version, for User-Agent; `token` the device's, None before it
    joined; `timer` counts seconds and never jumps.
    """

    def __init__(
        self,
        address: str,
        *,
        client: str,
        token: str | None = None,
        connect_seconds: float = CONNECT_SECONDS,
        read_seconds: float = READ_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        """Raise BadAddress where the address is none, or is plain http to elsewhere."""
        self._address = office_address(address)
        self._timeouts = (connect_seconds, read_seconds)
        self._answer_seconds = answer_seconds
        self._timer = timer
        self._session = requests.Session()
        # A proxy from the environment must not carry loopback's plain text elsewhere.
        self._session.trust_env = self._address.startswith("https:")
        self._session.auth = _Bearer(token)
        self._session.headers = requests.structures.CaseInsensitiveDict(
            {"Accept": "*/*", "Accept-Encoding": "gzip", "User-Agent": f"lorong-agent/{client}"}
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the connection go."""
        self._session.close()

    def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> Reply:
        """Fetch a path below the office's address; raises LineProblem."""
        return self._call("GET", path, dict(headers or {}), None)

    def post(self, path: str, body: Mapping[str, Any]) -> Reply:
        """Send JSON, gzipped; once more as it is where the office answers 415.

        Every office takes gzip, so a 415 comes of something on the way that lost or undid
        the encoding; the other form that every office takes is the plain one.
        """
        plain = canonical(body)
        packed = gzip.compress(plain, 6, mtime=0)
        reply = self._call("POST", path, _json_headers("gzip"), packed)
        if reply.status == 415:
            reply = self._call("POST", path, _json_headers(None), plain)
        return reply

    def _call(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> Reply:
        began = self._timer()
        try:
            answer = self._session.request(
                method,
                self._address + path,
                headers=headers,
                # A file goes out piece by piece, each with the connect time-out for itself;
                # bytes would have to be through within that one, which slow lines never are.
                data=None if body is None else io.BytesIO(body),
                timeout=self._timeouts,
                allow_redirects=False,
                stream=True,
            )
            with answer:
                return self._read(answer, began)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            _raise_line_problem(error)

    def _read(self, answer: requests.Response, began: float) -> Reply:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        if not _PROTOCOL.fullmatch(headers.get(HEADER.lower(), "")):
            raise LineProblem("captive")
        raw = self._unpacked(answer, headers.get("content-encoding", ""), began)
        return Reply(
            status=answer.status_code,
            headers=headers,
            body=_body_of(answer.status_code, headers.get("content-type", ""), raw),
            raw=raw,
            seconds=self._timer() - began,
        )

    def _unpacked(self, answer: requests.Response, encoding: str, began: float) -> bytes:
        if encoding.strip().lower() not in ("", "identity", "gzip"):
            raise LineProblem("answer_malformed", reached=True)
        inflate = zlib.decompressobj(31) if encoding.strip().lower() == "gzip" else None
        taken = bytearray()
        # read1 gives what is there, so that the deadline is seen even while bytes trickle.
        while piece := answer.raw.read1(_PIECE, decode_content=False):
            taken += _inflated(inflate, piece) if inflate else piece
            if len(taken) > ANSWER_BYTES:
                raise LineProblem("answer_too_large", reached=True)
            if self._timer() - began > self._answer_seconds:
                raise LineProblem("line_timeout", reached=True)
        if inflate and not inflate.eof and answer.raw.tell():
            raise LineProblem("line_reset", reached=True)
        return bytes(taken)


class _Bearer(requests.auth.AuthBase):
    """Puts the token on; being there at all, it keeps a .netrc from taking its place."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token is not None:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _json_headers(encoding: str | None) -> dict[str, str]:
    headers = {"Content-Type": "application/json"}
    return headers | {"Content-Encoding": encoding} if encoding else headers


def _inflated(inflate: "zlib._Decompress", piece: bytes) -> bytes:
    if inflate.eof:
        raise LineProblem("answer_malformed", reached=True)
    try:
        return inflate.decompress(piece)
    except zlib.error:
        raise LineProblem("answer_malformed", reached=True) from None


def _body_of(status: int, content_type: str, raw: bytes) -> Any:
    """Return a JSON answer's value, None for any other.

    A failure that cannot be read is still told by its status; anything else is malformed.
    """
    if not raw or "json" not in content_type.partition(";")[0].lower():
        return None
    try:
        return parse_answer(raw)
    except (ValueError, RecursionError):
        if status >= 400:
            return None
        raise LineProblem("answer_malformed", reached=True) from None


def _raise_line_problem(error: Exception) -> NoReturn:
    """Raise the LineProblem that an exception of requests, urllib3 or the system means."""
    # No cause is kept: those texts hold addresses, and nobody acts on them.
    if isinstance(error, requests.exceptions.SSLError | urllib3.exceptions.SSLError):
        raise LineProblem("line_tls") from None
    if isinstance(error, requests.exceptions.ConnectTimeout):
        raise LineProblem("line_timeout") from None
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
        raise LineProblem("line_timeout", reached=True) from None
    if not isinstance(error, requests.ConnectionError | urllib3.exceptions.ProtocolError):
        raise LineProblem() from None
    first = error.args[0] if error.args else None
    if isinstance(first, urllib3.exceptions.MaxRetryError):
        raise LineProblem("line_refused") from None
    raise LineProblem("line_reset", reached=True) from None
