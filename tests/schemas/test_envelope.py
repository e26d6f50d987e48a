"""What travels: acks on the wire, moments as text, and what is wrong with an envelope."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.envelope import (
    Ack,
    FieldError,
    envelope_problems,
    is_digest,
    is_uuid,
    parse_moment,
    rfc3339,
)
from schemas.words import Reason, Verdict
from tests.builders import OMIT, envelope

RECORD = "019a9c00-0000-7000-8000-000000000001"
DIGEST = "ab" * 32


def fields(problems: list[FieldError]) -> list[str]:
    return [problem.field for problem in problems]


def test_an_ack_leaves_out_what_it_has_not() -> None:
    assert Ack(RECORD, DIGEST, Verdict.RETRY, Reason.NOT_DECIDED).body() == {
        "record_id": RECORD,
        "digest": DIGEST,
        "verdict": "retry",
        "reason": "not_decided",
    }


def test_an_ack_tells_all_it_has() -> None:
    ack = Ack(
        RECORD,
        DIGEST,
        Verdict.ACCEPTED,
        Reason.NEW,
        seq=7,
        received_at=datetime(2026, 11, 20, 1, 30, tzinfo=UTC),
        errors=({"field": "nik", "code": "nik_length"},),
        flags=("near_match",),
        due=0,
        corrected_by=RECORD,
    )
    assert ack.body() == {
        "record_id": RECORD,
        "digest": DIGEST,
        "verdict": "accepted",
        "reason": "new",
        "seq": 7,
        "received_at": "2026-11-20T01:30:00.000Z",
        "errors": [{"field": "nik", "code": "nik_length"}],
        "flags": ["near_match"],
        "due": 0,
        "corrected_by": RECORD,
    }


def test_an_error_tells_its_numbers_where_it_has_some() -> None:
    assert FieldError("rw", "format").body() == {"field": "rw", "code": "format"}
    assert FieldError("note", "too_long", {"max": 500}).body() == {
        "field": "note",
        "code": "too_long",
        "params": {"max": 500},
    }


def test_a_moment_is_written_in_utc() -> None:
    wita = timezone(timedelta(hours=8))
    assert rfc3339(datetime(2026, 11, 20, 9, 30, 0, 123456, wita)) == "2026-11-20T01:30:00.123Z"
    with pytest.raises(ValueError, match="offset"):
        rfc3339(datetime(2026, 11, 20))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-20T09:30:00+08:00", datetime(2026, 11, 20, 1, 30, tzinfo=UTC)),
        ("2026-11-20T01:30:00Z", datetime(2026, 11, 20, 1, 30, tzinfo=UTC)),
        ("2026-11-20t01:30:00z", datetime(2026, 11, 20, 1, 30, tzinfo=UTC)),
        ("2026-11-20T01:30:00.5Z", datetime(2026, 11, 20, 1, 30, 0, 500_000, UTC)),
        ("2026-11-20T01:30:00.123456789Z", datetime(2026, 11, 20, 1, 30, 0, 123_456, UTC)),
        ("2026-11-20T01:30:00-00:00", datetime(2026, 11, 20, 1, 30, tzinfo=UTC)),
    ],
)
def test_rfc3339_with_offset_is_a_moment(text: str, moment: datetime) -> None:
    assert parse_moment(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20T09:30:00",
        "2026-11-20",
        "2026-11-20 09:30:00Z",
        "20261120T093000Z",
        "2026-W47-5T09:30:00Z",
        "2026-11-20T24:00:00Z",
        "2026-02-30T09:30:00Z",
        "2026-11-20T09:30:00+0800",
        "2026-11-20T09:30:00+24:00",
        "2026-11-20T09:30:00Z\n",
        "\u0662026-11-20T09:30:00Z",
        "0001-01-01T00:00:00+08:00",
        "",
        20261120,
        None,
        ["2026-11-20T09:30:00Z"],
    ],
)
def test_anything_else_is_no_moment(text: object) -> None:
    assert parse_moment(text) is None


OFFSETS = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=OFFSETS))
def test_what_was_written_is_read_again(moment: datetime) -> None:
    to_the_millisecond = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert parse_moment(rfc3339(moment)) == to_the_millisecond
    assert parse_moment(moment.isoformat()) == moment


@given(st.text() | st.from_regex(r"[0-9T:.Z+-]{18,30}"))
def test_reading_a_moment_never_raises(text: str) -> None:
    read = parse_moment(text)
    assert read is None or read.utcoffset() is not None


def test_ids_and_digests_are_lower_case() -> None:
    assert is_uuid(RECORD)
    assert is_digest(DIGEST)
    for wrong in (RECORD.upper(), RECORD.replace("-", ""), RECORD + "\n", f"{{{RECORD}}}", None, 5):
        assert not is_uuid(wrong)
    for wrong in (DIGEST.upper(), DIGEST[1:], DIGEST + "\n", None, 5):
        assert not is_digest(wrong)


def test_the_builders_envelope_is_sound() -> None:
    assert envelope_problems(envelope()) == []


def test_what_is_optional_may_be_left_out_or_null() -> None:
    optional = ("elapsed_s", "boot_id", "uptime_s", "clock_offset_s", "last_answer_at", "corrects")
    for absent in (OMIT, None):
        assert envelope_problems(envelope(**dict.fromkeys(optional, absent))) == []


@pytest.mark.parametrize(
    ("member", "wrong"),
    [
        ("device_id", ["a", RECORD.upper(), None, 1, OMIT]),
        ("device_seq", [0, -1, True, "1", 1.0, 2**53, None, OMIT]),
        ("captured_at", ["2026-11-20T09:30:00", "yesterday", 0, None, OMIT]),
        ("elapsed_s", [-1, "240", 240.0, False]),
        ("boot_id", ["", "b" * 65, 1, [], "b\u0000", "\ud800"]),
        ("uptime_s", [-1, "3600", 2**53]),
        ("clock_offset_s", [0.5, "0", 2**53, -(2**53)]),
        ("last_answer_at", ["", "2026-11-20", 1]),
        ("corrects", ["", RECORD[:-1], 1, [RECORD]]),
        ("content", ["", [], 1, None, OMIT]),
    ],
)
def test_each_wrong_member_is_named(member: str, wrong: list[Any]) -> None:
    for value in wrong:
        sound = envelope()
        broken = {**sound, member: value}
        if value is OMIT:
            del broken[member]
        assert envelope_problems(broken) == [FieldError(f"envelope.{member}", f"envelope.{member}")]


def test_all_that_is_wrong_is_named_at_once_in_table_order() -> None:
    assert fields(envelope_problems({"uptime_s": -1})) == [
        "envelope.device_id",
        "envelope.device_seq",
        "envelope.captured_at",
        "envelope.uptime_s",
        "envelope.content",
    ]


def test_members_that_nobody_knows_and_those_judged_elsewhere_stop_nothing() -> None:
    odd = {**envelope(), "mood": "good", "record_id": 1, "kind": None, "digest": []}
    assert envelope_problems(odd) == []
