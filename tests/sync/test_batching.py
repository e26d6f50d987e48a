"""The batch follows the link, and keeps within what an office takes."""

import gzip
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.batching import ENVELOPES_BYTES, FIRST_SIZE, cut_batch, grow, halve
from sync.digest import canonical
from sync.limits import BODY_BYTES, CONTENT_BYTES, UNPACKED_BYTES
from sync.ports import Waiting
from tests.builders import content, envelope


def one(number: int = 1, **members: object) -> Waiting:
    whole = envelope(content(number, **members))
    return Waiting(whole["record_id"], whole["digest"], whole, 0)


def noise(size: int, seed: int) -> str:
    """Text that does not compress."""
    return "".join(
        random.Random(seed).choices("0123456789abcdefghijklmnopqrstuvwxyzABCDEF", k=size)
    )


# Cutting


@given(count=st.integers(0, 40), size=st.integers(1, 50), most=st.integers(0, 60_000))
def test_a_batch_is_the_beginning_of_what_waits(count: int, size: int, most: int) -> None:
    waiting = [one(number) for number in range(1, count + 1)]
    batch = cut_batch(waiting, size, most)
    assert batch == waiting[: len(batch)]
    assert len(batch) <= size
    assert bool(batch) == bool(waiting)


def test_five_hundred_usual_captures_are_one_batch() -> None:
    waiting = [one(number) for number in range(1, 601)]
    assert len(cut_batch(waiting, 500)) == 500


def test_a_body_keeps_to_its_bounds_even_where_nothing_compresses() -> None:
    waiting = [one(number, note=noise(CONTENT_BYTES - 4096, number)) for number in range(1, 61)]
    batch = cut_batch(waiting, 500)
    body = canonical({"envelopes": [{**each.envelope, "digest": each.digest} for each in batch]})
    assert len(batch) > 10
    assert ENVELOPES_BYTES - CONTENT_BYTES < len(body) < ENVELOPES_BYTES + 100
    assert len(gzip.compress(body)) <= BODY_BYTES - 8192
    assert len(body) <= UNPACKED_BYTES


def test_what_is_too_large_alone_is_sent_alone() -> None:
    large, small = one(1, note="x" * 5000), one(2)
    assert cut_batch([large, small], 10, 3000) == [large]
    assert cut_batch([small, large], 10, 3000) == [small]


# Following the link


Link = Callable[[int], float]


def settled_size(link: Link, size: int = FIRST_SIZE, idle: float = 0.0) -> int:
    for _ in range(40):
        size = grow(size, link(size), idle)
    return size


@pytest.mark.parametrize("start", [1, 2, FIRST_SIZE, 500])
@pytest.mark.parametrize("fixed", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("each", [0.005, 0.02, 0.1])
def test_it_settles_where_an_exchange_takes_two_seconds(
    start: int, fixed: float, each: float
) -> None:
    size = settled_size(lambda count: fixed + each * count, start)
    assert 1.25 <= fixed + each * size <= 2.75


@pytest.mark.parametrize("start", [1, FIRST_SIZE, 500])
def test_a_fast_link_fills_the_batch_and_a_hopeless_one_sends_one(start: int) -> None:
    assert settled_size(lambda count: 0.05 + 0.001 * count, start) == 500
    assert settled_size(lambda count: 4.0 * count, start) == 1


@pytest.mark.parametrize("start", [1, FIRST_SIZE, 500])
def test_a_long_way_is_not_walked_once_for_each_envelope(start: int) -> None:
    far = 3.0
    size = settled_size(lambda count: far + 0.05 * count, start, idle=far)
    assert 4.0 <= far + 0.05 * size <= 8.0


@given(seed=st.integers(0, 10_000), each=st.floats(0.01, 0.2))
def test_a_link_that_wavers_does_not_throw_it_about(seed: int, each: float) -> None:
    chance = random.Random(seed)
    size = settled_size(lambda count: each * count)
    for _ in range(50):
        before, size = size, grow(size, each * size * chance.uniform(0.7, 1.4))
        assert before / 2 <= size <= before * 2 + 1
    assert 0.7 <= each * size <= 5.0


@given(size=st.integers(1, 500), a=st.floats(0, 1000), b=st.floats(0, 1000))
def test_it_stays_in_bounds_and_slower_is_never_larger(size: int, a: float, b: float) -> None:
    quick, slow = sorted((a, b))
    assert 1 <= grow(size, slow) <= grow(size, quick) <= 500


def test_one_step_is_at_most_twofold_and_never_none() -> None:
    assert (grow(100, 0.0), grow(100, 1000.0)) == (200, 50)
    assert (grow(1, 1.3), grow(2, 3.1)) == (2, 1)
    assert (grow(1, 2.0), grow(2, 2.0)) == (1, 2)


@given(size=st.integers(1, 500))
def test_halving_ends_at_one(size: int) -> None:
    assert halve(size) == max(size // 2, 1)
