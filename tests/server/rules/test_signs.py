"""Signs of made-up work: asked about when they stand out, silent where there is too little."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.signs import (
    BARS,
    ESTIMATED,
    HOUSEHOLD,
    LEAST,
    MINIMUM,
    PEERS,
    Kind,
    Seen,
    Sign,
    signs_of,
)

HASHES = st.integers(0, 40).map(lambda number: number.to_bytes(16))
CAPTURES = st.builds(
    Seen,
    root=st.sampled_from([f"r{number}" for number in range(60)]),
    corrects=st.booleans(),
    fast=st.none() | st.booleans(),
    hour=st.none() | st.integers(0, 23),
    worker=st.none() | HASHES,
    born=st.none() | st.dates(date(1950, 1, 1), date(2009, 1, 1)),
    phone=st.none() | st.integers(0, 9),
    nik_edited=st.booleans(),
    nik_differs=st.none() | st.booleans(),
)
MANY = st.lists(CAPTURES, max_size=120)


@dataclass
class Made:
    """Makes captures of people who have nothing in common, but for what a test names."""

    numbers: Any = field(default_factory=count)

    def captures(self, many: int, **named: Any) -> list[Seen]:
        return [self.capture(**named) for _ in range(many)]

    def capture(self, **named: Any) -> Seen:
        number = next(self.numbers)
        born = date(1980, number % 12 + 1, number * 7 % 7 + 2 + number % 7)
        own = {
            "root": f"r{number}",
            "corrects": False,
            "fast": False,
            "hour": 10,
            "worker": number.to_bytes(16),
            "born": born,
            "phone": number,
            "nik_differs": False,
        }
        return Seen(**{**own, **named})


@pytest.fixture
def made() -> Made:
    return Made()


def sign(kind: Kind, *args: Any) -> Sign:
    return {one.kind: one for one in signs_of(*args)}[kind]


@given(MANY, st.lists(MANY, max_size=8))
def test_nothing_is_told_of_too_few_and_no_share_is_beyond_all(
    seen: list[Seen], peers: list[list[Seen]]
) -> None:
    found = signs_of(seen, peers)
    assert [one.kind for one in found] == list(Kind)
    for one in found:
        assert 0 <= one.found <= one.sample <= len(seen)
        assert (one.share is None) == (one.sample < MINIMUM)
        assert one.share is None or 0 <= one.share <= 1
        assert one.usual is None or 0 <= one.usual <= 1
        if one.asks:
            assert one.sample >= MINIMUM
            assert one.found >= LEAST
            assert (one.share or 0) >= BARS[one.kind]


@given(MANY)
def test_what_everybody_does_is_no_sign(seen: list[Seen]) -> None:
    found = signs_of(seen, [seen] * PEERS)
    assert [one.kind for one in found if one.asks and one.kind in (Kind.FAST, Kind.NIGHT)] == []


def test_who_works_as_people_do_is_asked_nothing(made: Made) -> None:
    assert [one.kind for one in signs_of(made.captures(200)) if one.asks] == []


def test_forms_filled_in_too_fast(made: Made) -> None:
    seen = made.captures(41, fast=True) + made.captures(19)
    found = sign(Kind.FAST, seen + made.captures(9, fast=None) + made.captures(9, corrects=True))
    assert (found.found, found.sample, found.asks) == (41, 60, True)
    assert not sign(Kind.FAST, made.captures(11, fast=True) + made.captures(49)).asks


@pytest.mark.parametrize("few", [LEAST - 1, MINIMUM - 1])
def test_of_too_few_nothing_is_asked(made: Made, few: int) -> None:
    found = sign(Kind.FAST, made.captures(few, fast=True))
    assert (found.share, found.asks) == (None, False)


@pytest.mark.parametrize(("hour", "asks"), [(21, False), (22, True), (4, True), (5, False)])
def test_captures_at_night(made: Made, hour: int, asks: bool) -> None:
    assert sign(Kind.NIGHT, made.captures(MINIMUM, hour=hour)).asks == asks
    assert sign(Kind.NIGHT, made.captures(MINIMUM, hour=None)).sample == 0


def test_what_is_usual_at_the_office_is_not_asked_about(made: Made) -> None:
    seen = made.captures(20, hour=23) + made.captures(20)
    market = [made.captures(20, hour=23) + made.captures(20) for _ in range(PEERS)]
    found = sign(Kind.NIGHT, seen, market)
    assert (found.share, found.usual, found.asks) == (0.5, 0.5, False)
    assert sign(Kind.NIGHT, seen, market[1:]).usual is None
    assert sign(Kind.NIGHT, seen, market[1:]).asks
    quiet = [made.captures(MINIMUM) for _ in range(PEERS)]
    assert sign(Kind.NIGHT, seen, quiet + market[:2]).usual == 0


def test_who_has_too_few_captures_does_not_tell_what_is_usual(made: Made) -> None:
    few = [made.captures(MINIMUM - 1, hour=23) for _ in range(PEERS)]
    assert sign(Kind.NIGHT, made.captures(40), few).usual is None


def test_one_birth_day_for_many(made: Made) -> None:
    seen = made.captures(36) + [
        made.capture(born=date(1960 + number, 8, 17)) for number in range(6)
    ]
    found = sign(Kind.SAME_DAY, seen)
    assert (found.found, found.sample, found.most, found.asks) == (6, 42, (((8, 17), 6),), True)


@pytest.mark.parametrize("day", sorted(ESTIMATED))
def test_a_birth_day_that_nobody_knows_is_fair(made: Made, day: tuple[int, int]) -> None:
    seen = made.captures(40) + made.captures(60, born=date(1970, *day))
    for kind in (Kind.SAME_DAY, Kind.ROUND_DAY):
        found = sign(kind, seen)
        assert (found.sample, found.left_out, found.asks) == (40, 60, False)


def test_birth_days_on_round_days(made: Made) -> None:
    seen = made.captures(20) + [
        made.capture(born=date(1980, month, day)) for month in range(2, 7) for day in (1, 10, 20)
    ]
    found = sign(Kind.ROUND_DAY, seen)
    assert (found.found, found.sample, found.asks) == (15, 35, True)


def test_a_worker_counts_once_by_the_newest_capture(made: Made) -> None:
    worker = b"w" * 16
    old = made.captures(40, worker=worker, born=date(1980, 8, 17))
    new = made.capture(worker=worker, born=date(1981, 3, 4))
    found = sign(Kind.SAME_DAY, [new, *old])
    assert (found.sample, found.most) == (1, (((3, 4), 1),))


def test_one_phone_for_many_workers_and_one_for_a_household(made: Made) -> None:
    family = made.captures(HOUSEHOLD, phone=-1)
    seen = made.captures(30) + family + made.captures(HOUSEHOLD + 1, phone=-2)
    found = sign(Kind.PHONE, seen)
    assert (found.found, found.sample) == (HOUSEHOLD + 1, 30 + 2 * HOUSEHOLD + 1)
    assert found.most == ((-2, HOUSEHOLD + 1),)
    assert sign(Kind.PHONE, seen + made.captures(6, phone=-3)).asks
    assert sign(Kind.PHONE, made.captures(40, phone=None)).sample == 0


def test_a_nik_that_was_changed_counts_once_a_chain(made: Made) -> None:
    seen = made.captures(30)
    edits = [
        made.capture(root=f"r{number % 6}", corrects=True, nik_edited=True) for number in range(12)
    ]
    found = sign(Kind.NIK_EDITED, seen + edits)
    assert (found.found, found.sample, found.asks) == (6, 30, True)


def test_birth_days_that_differ_from_the_nik(made: Made) -> None:
    seen = made.captures(30, nik_differs=True) + made.captures(30)
    found = sign(Kind.NIK_DIFFERS, seen)
    assert (found.found, found.sample, found.asks) == (30, 60, True)
