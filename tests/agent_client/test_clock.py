import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent_client.clock import SystemClock, likely_time


def test_the_wall_clock_is_aware_and_in_utc() -> None:
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert abs(now.timestamp() - time.time()) < timedelta(minutes=1).total_seconds()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_without_suspended_time_there_is_no_uptime(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert SystemClock().uptime() is None


def test_uptime_is_boot_id_and_whole_seconds(tmp_path: Path) -> None:
    (tmp_path / "boot_id").write_text("b00t\n")
    uptime = SystemClock(boot_id=tmp_path / "boot_id").uptime()
    assert uptime is not None
    boot_id, seconds = uptime
    assert boot_id == "b00t"
    assert 0 <= seconds <= time.clock_gettime(time.CLOCK_BOOTTIME)


@pytest.mark.parametrize("content", [None, b"", b"\xff"])
def test_half_an_evidence_is_none(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "boot_id").write_bytes(content)
    assert SystemClock(boot_id=tmp_path / "boot_id").uptime() is None


def test_a_stop_ends_a_wait() -> None:
    clock = SystemClock()
    clock.stop.set()
    clock.sleep(3_600)


ANSWERED = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LATER = ANSWERED + timedelta(hours=5)
YEAR = timedelta(days=365)


@pytest.mark.parametrize(
    ("wall", "offset", "likely"),
    [
        (LATER, timedelta(), LATER),
        (LATER - YEAR, YEAR, LATER),
        (LATER + YEAR, -YEAR, LATER),
        # It was wrong at the last answer and has been set right since.
        (LATER, YEAR, LATER),
        (LATER, -YEAR, LATER),
        # It was right and jumped back: all that is known is that it is later than then.
        (LATER - YEAR, timedelta(), ANSWERED),
    ],
)
def test_the_offices_time_is_guessed_from_the_last_answer(
    wall: datetime, offset: timedelta, likely: datetime
) -> None:
    assert likely_time(wall, int(offset.total_seconds()), ANSWERED) == likely


def test_before_the_first_answer_the_wall_clock_is_taken() -> None:
    assert likely_time(LATER, None, None) == LATER
