"""The canonical form and its digest (sync/PROTOCOL.md, Words)."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


def canonical(value: Any) -> bytes:
    """Return the canonical form of a JSON value: sorted members, no white space, UTF-8.

    Equal to RFC 8785 for what the exchange allows (no fractions, integers of at most
    2^53-1, ASCII member names). A lone surrogate, which no well-formed text holds, keeps
    its three bytes, so that whatever JSON can carry has a form and thus a digest.
    """
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


def digest(envelope: Mapping[str, Any]) -> str:
    """Return the lowercase hex SHA-256 of an envelope's canonical form without `digest`."""
    return digest_and_form(envelope)[0]


def next_id(record_id: str, digest: str) -> str:
    """Return the id under which a capture is saved again whose own was taken: a UUIDv7.

    Of the same millisecond, its other bits the digest's: every copy of a laptop's data
    arrives at the same one, so that one capture never becomes two records.
    """
    variant = "89ab"[int(digest[3], 16) % 4]
    return f"{record_id[:13]}-7{digest[:3]}-{variant}{digest[4:7]}-{digest[7:19]}"


def digest_and_form(envelope: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return an envelope's digest and the canonical bytes that it was taken of."""
    form = canonical({name: value for name, value in envelope.items() if name != "digest"})
    return hashlib.sha256(form).hexdigest(), form
