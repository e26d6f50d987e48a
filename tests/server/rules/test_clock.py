"""When a capture was made: proven, likely, or only before it was received."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.envelope import rfc3339
from server.rules.clock import CaptureTime, Certainty, ExchangeClock, capture_time, exchange_clock

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
BOOT = "boot-1"
INTEGER = 2**53 - 1


def capture(**members: Any) -> dict[str, Any]:
    """Return the evidence of a capture one hour before NOW; None leaves a member out."""
    evidence = {
        "captured_at": "2026-11-20T09:00:00+08:00",
        "boot_id": BOOT,
        "uptime_s": 1_000,
        "clock_offset_s": 0,
        "last_answer_at": "2026-11-20T00:30:00Z",
    }
    return {name: value for name, value in {**evidence, **members}.items() if value is not None}


def clock(**named: Any) -> ExchangeClock:
    """Return the clocks of an exchange at NOW, one hour of uptime after the capture."""
    values = {"received_at": NOW, "offset_s": 0, "boot_id": BOOT, "uptime_s": 4_600}
    return ExchangeClock(**{**values, **named})


class TestProven:
    def test_is_what_the_running_system_counted(self) -> None:
        assert capture_time(capture(), clock(), None) == CaptureTime(
            NOW - HOUR, Certainty.PROVEN, NOW - HOUR
        )

    def test_holds_whatever_the_wall_clock_says(self) -> None:
        wild = capture(captured_at="2027-11-20T09:00:00+08:00", clock_offset_s=-31_536_000)
        found = capture_time(wild, clock(offset_s=7), NOW)
        assert (found.at, found.certainty) == (NOW - HOUR, Certainty.PROVEN)

    @pytest.mark.parametrize(
        ("members", "clocks"),
        [
            ({"boot_id": "boot-0"}, {}),
            ({"boot_id": None}, {}),
            ({"uptime_s": None}, {}),
            ({"uptime_s": 4_601}, {}),
            ({}, {"boot_id": None, "uptime_s": None}),
            ({"boot_id": None}, {"boot_id": None, "uptime_s": None}),
            ({"uptime_s": 0}, {"uptime_s": INTEGER}),
        ],
    )
    def test_needs_one_running_system_at_both_ends(
        self, members: dict[str, Any], clocks: dict[str, Any]
    ) -> None:
        assert capture_time(capture(**members), clock(**clocks), None).certainty == "likely"

    def test_at_the_very_instant_of_the_exchange(self) -> None:
        assert capture_time(capture(uptime_s=4_600), clock(), None).at == NOW


class TestLikely:
    """The offsets before and now agree within two minutes, and nothing known speaks against."""

    def without_proof(self, **members: Any) -> dict[str, Any]:
        return capture(boot_id=None, uptime_s=None, **members)

    def test_is_the_laptop_s_clock_set_right_by_the_offset_before(self) -> None:
        slow = self.without_proof(captured_at="2026-11-20T08:55:00+08:00", clock_offset_s=300)
        found = capture_time(slow, clock(offset_s=300), None)
        assert found == CaptureTime(NOW - HOUR, Certainty.LIKELY, NOW - HOUR - timedelta(minutes=5))

    @pytest.mark.parametrize(("now", "agree"), [(120, True), (-120, True), (121, False)])
    def test_offsets_agree_within_two_minutes(self, now: int, agree: bool) -> None:
        found = capture_time(self.without_proof(), clock(offset_s=now), None)
        assert (found.certainty == Certainty.LIKELY) is agree

    @pytest.mark.parametrize(
        "members",
        [{"clock_offset_s": None}, {"captured_at": None}, {"captured_at": "yesterday"}],
    )
    def test_needs_an_offset_before_and_a_time(self, members: dict[str, Any]) -> None:
        found = capture_time(self.without_proof(**members), clock(), None)
        assert (found.at, found.certainty) == (None, Certainty.UNKNOWN)

    def test_needs_an_offset_now(self) -> None:
        assert capture_time(self.without_proof(), clock(offset_s=None), None).at is None

    @pytest.mark.parametrize(
        ("answered", "known"),
        [
            ("2026-11-20T00:59:59Z", True),
            ("2026-11-20T01:00:02Z", True),
            (None, True),
            ("2026-11-20T01:00:03Z", False),
        ],
    )
    def test_is_not_before_the_last_answer(self, answered: str | None, known: bool) -> None:
        found = capture_time(self.without_proof(last_answer_at=answered), clock(), None)
        assert (found.at is not None) is known

    @pytest.mark.parametrize(("seconds", "known"), [(-60, True), (2, True), (3, False)])
    def test_is_not_before_a_capture_of_a_smaller_number(self, seconds: int, known: bool) -> None:
        floor = NOW - HOUR + timedelta(seconds=seconds)
        found = capture_time(self.without_proof(), clock(), floor)
        assert (found.at is not None) is known

    def test_is_never_after_the_receipt(self) -> None:
        ahead = self.without_proof(captured_at="2026-11-20T10:01:30+08:00")
        assert capture_time(ahead, clock(), None).at == NOW
        far = self.without_proof(captured_at="2026-11-20T10:02:01+08:00")
        assert capture_time(far, clock(), None).at is None


class TestUnknown:
    """It lies before the receipt, no more; ages block only where both moments break them."""

    def test_a_clock_that_was_set_meanwhile_is_no_evidence(self) -> None:
        drifted = capture(boot_id="boot-0", clock_offset_s=-31_536_000)
        found = capture_time(drifted, clock(), None)
        assert found == CaptureTime(None, Certainty.UNKNOWN, NOW - HOUR)
        assert found.moments(NOW) == (NOW - HOUR, NOW)

    def test_a_known_time_is_the_only_moment(self) -> None:
        assert capture_time(capture(), clock(), None).moments(NOW) == (NOW - HOUR,)

    def test_without_any_claim_the_receipt_is_the_only_moment(self) -> None:
        assert CaptureTime(None, Certainty.UNKNOWN).moments(NOW) == (NOW,)


class TestExchangeClock:
    """The device's offset is the office's own time less `sent_at`."""

    @pytest.mark.parametrize(
        ("sent", "offset"),
        [
            ("2026-11-20T10:00:00+08:00", 0),
            ("2026-11-20T01:58:30Z", 90),
            ("2027-11-20T02:00:00Z", -31_536_000),
            ("0001-01-01T00:00:00Z", 63_930_736_800),
            ("no time", None),
        ],
    )
    def test_offset(self, sent: str, offset: int | None) -> None:
        assert exchange_clock({"sent_at": sent}, NOW).offset_s == offset

    @pytest.mark.parametrize(
        ("request_", "kept"),
        [
            ({"boot_id": BOOT, "uptime_s": 5}, (BOOT, 5)),
            ({"boot_id": BOOT}, (None, None)),
            ({"uptime_s": 5}, (None, None)),
            ({"boot_id": BOOT, "uptime_s": True}, (None, None)),
            ({"boot_id": BOOT, "uptime_s": -1}, (None, None)),
            ({"boot_id": 7, "uptime_s": 5}, (None, None)),
        ],
    )
    def test_proof_needs_both_halves(self, request_: dict[str, Any], kept: tuple[Any, Any]) -> None:
        found = exchange_clock({"sent_at": rfc3339(NOW), **request_}, NOW)
        assert (found.boot_id, found.uptime_s) == kept


_moments = st.datetimes(timezones=st.just(UTC)).map(rfc3339)
_offsets = st.integers(-INTEGER, INTEGER)


@given(
    st.fixed_dictionaries(
        {"captured_at": _moments},
        optional={
            "boot_id": st.sampled_from([BOOT, "boot-0"]),
            "uptime_s": st.integers(0, INTEGER),
            "clock_offset_s": _offsets,
            "last_answer_at": _moments,
        },
    ),
    st.builds(
        ExchangeClock,
        st.just(NOW),
        _offsets,
        st.sampled_from([BOOT, None]),
        st.integers(0, INTEGER),
    ),
    st.none() | st.datetimes(timezones=st.just(UTC)),
)
def test_any_evidence_gives_a_time_that_is_not_after_the_receipt(
    envelope: dict[str, Any], clocks: ExchangeClock, floor: datetime | None
) -> None:
    found = capture_time(envelope, clocks, floor)
    assert found.at is None or found.at <= NOW
    assert (found.at is None) == (found.certainty == Certainty.UNKNOWN)
    assert all(moment.tzinfo is not None for moment in found.moments(NOW))
