"""What travels: envelopes to the office, acks back (sync/PROTOCOL.md, Words).

Plain frozen shapes without any input or output. An envelope stays the dict that came,
since members that nobody knows are part of its digest and are kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from schemas.words import Reason, Verdict

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)
_INTEGER = 2**53 - 1


@dataclass(frozen=True, slots=True)
class FieldError:
    """One broken rule: which field, which rule, its numbers; never content."""

    field: str
    code: str
    params: Mapping[str, Any] | None = None

    def body(self) -> dict[str, Any]:
        """Return the error's members on the wire."""
        out: dict[str, Any] = {"field": self.field, "code": self.code}
        if self.params:
            out["params"] = dict(self.params)
        return out


class Ack(NamedTuple):
    """The office's word on one pair (record_id, digest); absent members are None."""

    record_id: str
    digest: str
    verdict: Verdict
    reason: Reason
    seq: int | None = None
    received_at: datetime | None = None
    errors: tuple[Mapping[str, Any], ...] = ()
    flags: tuple[str, ...] = ()
    due: int | None = None
    corrected_by: str | None = None

    def body(self) -> dict[str, Any]:
        """Return the ack's members on the wire; what is absent is left out, never null."""
        out: dict[str, Any] = {
            "record_id": self.record_id,
            "digest": self.digest,
            "verdict": self.verdict.value,
            "reason": self.reason.value,
        }
        if self.seq is not None:
            out["seq"] = self.seq
        if self.received_at is not None:
            out["received_at"] = rfc3339(self.received_at)
        if self.errors:
            out["errors"] = [dict(error) for error in self.errors]
        if self.flags:
            out["flags"] = list(self.flags)
        if self.due is not None:
            out["due"] = self.due
        if self.corrected_by is not None:
            out["corrected_by"] = self.corrected_by
        return out


@lru_cache(maxsize=64)  # all answers of one exchange tell the same moment
def rfc3339(moment: datetime) -> str:
    """Return an aware moment as RFC 3339 text in UTC with milliseconds and Z."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a moment needs its offset")
    plain = moment.replace(tzinfo=None) - offset
    return plain.isoformat(timespec="milliseconds") + "Z"


@lru_cache(maxsize=4096)
def _parse(text: str) -> datetime | None:
    if not _MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def parse_moment(text: object) -> datetime | None:
    """Return RFC 3339 text with offset as a moment in UTC, or None where it is none."""
    return _parse(text) if isinstance(text, str) else None


def is_uuid(value: object) -> bool:
    """Tell whether a value is a UUID as lower-case hyphenated text."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def is_digest(value: object) -> bool:
    """Tell whether a value is a lower-case hex SHA-256."""
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def _whole(value: object, least: int) -> bool:
    return type(value) is int and least <= value <= _INTEGER


def _is_boot_id(value: object) -> bool:
    # Kept as text beside the record, and no database takes NUL or half a character there.
    return isinstance(value, str) and 0 < len(value) <= 64 and value.isprintable()


def _sound_moment(value: object) -> bool:
    return parse_moment(value) is not None


_MEMBERS = (
    ("device_id", True, is_uuid),
    ("device_seq", True, lambda value: _whole(value, 1)),
    ("captured_at", True, _sound_moment),
    ("elapsed_s", False, lambda value: _whole(value, 0)),
    ("boot_id", False, _is_boot_id),
    ("uptime_s", False, lambda value: _whole(value, 0)),
    ("clock_offset_s", False, lambda value: _whole(value, -_INTEGER)),
    ("last_answer_at", False, _sound_moment),
    ("corrects", False, is_uuid),
    ("content", True, lambda value: isinstance(value, dict)),
)


def envelope_problems(envelope: Mapping[str, Any]) -> list[FieldError]:
    """Return what is wrong with an envelope outside its content, in table order.

    Codes and fields are `envelope.<member>`; `record_id`, `kind` and `digest` are not
    judged here, since they decide whether there is an answer at all.
    """
    return [
        FieldError(f"envelope.{name}", f"envelope.{name}")
        for name, required, sound in _MEMBERS
        if (required or envelope.get(name) is not None) and not sound(envelope.get(name))
    ]
