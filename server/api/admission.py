"""What a call must pass before its meaning is looked at, in the protocol's order.

Token, device, encoding, size, JSON, protocol, shape (sync/PROTOCOL.md, Transport).
"""

import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NoReturn

import orjson
from flask import Request
from marshmallow import Schema, ValidationError

from server.joining import hash_of
from server.office import Office
from server.problems import (
    BODY_TOO_LARGE,
    DEVICE_OTHER,
    DEVICE_REVOKED,
    ENCODING_UNKNOWN,
    JSON_INVALID,
    PROTOCOL_OLD,
    PROTOCOL_UNKNOWN,
    SHAPE,
    TOKEN_UNKNOWN,
    TOO_MANY_ENVELOPES,
    Refused,
)
from server.store import devices
from sync.limits import (
    BATCH,
    BODY_BYTES,
    DEPTH,
    INTEGER,
    PROTOCOL,
    PROTOCOL_MIN,
    UNPACKED_BYTES,
)

_GZIP = 31  # zlib's window size that means a gzip header


def bearer_of(request: Request) -> str:
    """Return the request's bearer token, empty text where it has none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def device_of(request: Request, office: Office) -> Any:
    """Return the device of the request's bearer token; Refused 401, 403."""
    token = bearer_of(request)
    if not token:
        raise Refused(TOKEN_UNKNOWN, headers={"WWW-Authenticate": "Bearer"})
    with office.store.read() as tx:
        device = devices.by_token(tx, hash_of(token))
    if device is None:
        raise Refused(TOKEN_UNKNOWN, headers={"WWW-Authenticate": "Bearer"})
    if device.revoked_at is not None:
        raise Refused(DEVICE_REVOKED)
    if not device.token_used:
        with office.store.write() as tx:
            devices.use_token(tx, device.device_id)
    return device


def read_json(request: Request) -> Any:
    """Return the request's JSON value within its bounds; Refused 415, 413, 400."""
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip"):
        raise Refused(ENCODING_UNKNOWN, headers={"Accept-Encoding": "gzip, identity"})
    if (request.content_length or 0) > BODY_BYTES:
        raise Refused(BODY_TOO_LARGE)
    sent = request.stream.read(BODY_BYTES + 1)
    if len(sent) > BODY_BYTES:
        raise Refused(BODY_TOO_LARGE)
    return parse(unpacked(sent) if encoding == "gzip" else sent)


def unpacked(sent: bytes) -> bytes:
    """Return gzipped bytes unpacked; Refused 413 before a bomb has grown, 400 for no gzip."""
    inflater = zlib.decompressobj(_GZIP)
    try:
        plain = inflater.decompress(sent, UNPACKED_BYTES + 1)
    except zlib.error:
        raise Refused(JSON_INVALID) from None
    if len(plain) > UNPACKED_BYTES:
        raise Refused(BODY_TOO_LARGE)
    if not inflater.eof:
        raise Refused(JSON_INVALID)
    return plain


def parse(text: bytes) -> Any:
    """Return a JSON value: depth at most 8, integers within 2^53-1, no NaN; Refused 400.

    What orjson reads without a fraction it reads as the standard library does, in a third
    of the time. The rest is for the latter to judge: fractions, since orjson makes them of
    integers that are too great, and lone surrogates, which it refuses.
    """
    with suppress(orjson.JSONDecodeError):
        value = orjson.loads(text)
        if _is_bounded(value, DEPTH, fractions=False):
            return value
    try:
        value = json.loads(text.decode("utf-8"), parse_float=_fraction, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Refused(JSON_INVALID) from None
    if not _is_bounded(value, DEPTH):
        raise Refused(JSON_INVALID)
    return value


def _fraction(text: str) -> float:
    number = float(text)
    if not -INTEGER <= number <= INTEGER:
        raise ValueError("beyond 2^53-1")
    return number


def _refuse(_constant: str) -> NoReturn:
    raise ValueError("no number")


def _is_bounded(value: Any, depth: int, *, fractions: bool = True) -> bool:
    """Tell whether containers lie at most `depth` deep and integers within 2^53-1."""
    kind = type(value)
    if kind is int:
        return bool(-INTEGER <= value <= INTEGER)
    if kind is float:
        return fractions
    if kind is dict:
        value = value.values()
    elif kind is not list:
        return True
    if depth == 0:
        return False
    for member in value:
        if type(member) in _TO_BOUND and not _is_bounded(member, depth - 1, fractions=fractions):
            return False
    return True


_TO_BOUND = {dict, list, int, float}


def check_protocol(value: Any) -> None:
    """Let a request pass that speaks a protocol of the office; Refused 426, 400."""
    spoken: Any = value.get("protocol") if isinstance(value, dict) else None
    if type(spoken) not in (int, float) or spoken % 1:
        return  # no number of a protocol: the shape's to refuse
    if spoken < PROTOCOL_MIN:
        raise Refused(PROTOCOL_OLD)
    if spoken > PROTOCOL:
        raise Refused(PROTOCOL_UNKNOWN)


def check_device(value: Any, device: Any) -> None:
    """Let a request pass that names the token's own device, if any; Refused 403."""
    named = value.get("device_id") if isinstance(value, dict) else None
    if isinstance(named, str) and named != device.device_id:
        raise Refused(DEVICE_OTHER)


def check_batch(value: Any) -> None:
    """Let a request pass with at most 500 envelopes; Refused 413."""
    envelopes = value.get("envelopes") if isinstance(value, dict) else None
    if isinstance(envelopes, list) and len(envelopes) > BATCH:
        raise Refused(TOO_MANY_ENVELOPES)


def load(schema: Schema, value: Any) -> Mapping[str, Any]:
    """Return the request as its schema has it; Refused 422."""
    try:
        loaded: Mapping[str, Any] = schema.load(value)
    except ValidationError:
        raise Refused(SHAPE) from None
    return loaded
