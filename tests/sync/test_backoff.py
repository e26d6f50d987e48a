"""How long the laptop waits."""

from hypothesis import given
from hypothesis import strategies as st

from sync.backoff import RETRY_AFTER_MOST_SECONDS, next_delay, rest, retry_after

DATE = "Fri, 20 Nov 2026 01:30:00 GMT"
chance = st.floats(0, 1, exclude_max=True)


def test_the_most_doubles_from_two_seconds_to_five_minutes() -> None:
    most = [next_delay(attempt, lambda: 1.0) for attempt in range(10)]
    assert most == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


@given(attempt=st.integers(-5, 10_000), x=chance)
def test_jitter_is_full(attempt: int, x: float) -> None:
    delay = next_delay(attempt, lambda: x)
    assert 0 <= delay < 300
    assert delay == x * next_delay(attempt, lambda: 1.0)


@given(seconds=st.floats(0, 10_000), x=chance)
def test_a_rest_is_never_shorter_than_asked(seconds: float, x: float) -> None:
    assert seconds <= rest(seconds, lambda: x) <= seconds * 1.25


def test_a_rest_is_longer_by_up_to_a_quarter() -> None:
    assert (rest(100, lambda: 0.0), rest(100, lambda: 1.0)) == (100, 125)


def test_a_rest_without_end_is_bounded() -> None:
    assert rest(1e300, lambda: 0.0) == RETRY_AFTER_MOST_SECONDS
    assert rest(-5, lambda: 0.5) == 0


def test_retry_after_in_seconds() -> None:
    assert retry_after("120", None) == 120
    assert retry_after(" 0 ", None) == 0
    assert retry_after("9" * 5000, None) == RETRY_AFTER_MOST_SECONDS


def test_retry_after_as_a_date_counts_from_the_answers_own() -> None:
    assert retry_after("Fri, 20 Nov 2026 01:32:30 GMT", DATE) == 150
    assert retry_after("Fri, 20 Nov 2026 01:32:30 -0000", DATE) == 150
    assert retry_after("Thu, 19 Nov 2026 01:30:00 GMT", DATE) == 0
    assert retry_after("Sat, 20 Nov 2027 01:30:00 GMT", DATE) == RETRY_AFTER_MOST_SECONDS


def test_a_retry_after_that_says_nothing() -> None:
    for header in (None, "", "soon", "-5", "1.5", "٣", "Fri, 99 Nov 2026 01:30:00 GMT"):
        assert retry_after(header, DATE) is None
    assert retry_after(DATE, None) is None


@given(header=st.text(max_size=60), date=st.none() | st.text(max_size=60))
def test_no_header_is_a_crash(header: str, date: str | None) -> None:
    seconds = retry_after(header, date)
    assert seconds is None or 0 <= seconds <= RETRY_AFTER_MOST_SECONDS
