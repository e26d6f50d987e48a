"""The page's door: links that work once, and the lock after a while without use."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_client.gate import LINK_SECONDS, Gate, Visit, make_link

KEY = bytes(range(32))
LOCK = 900.0


@dataclass
class Door:
    """A gate whose clocks a test holds in its hands."""

    seconds: float = 1_000.0
    wall: float = 1_795_000_000.0
    gate: Gate = field(init=False)

    def __post_init__(self) -> None:
        self.gate = Gate(KEY, LOCK, timer=lambda: self.seconds, now=lambda: self.wall)

    def come_in(self, seat: str | None = "utama") -> str:
        visit_id = self.gate.enter(self.gate.link())
        assert visit_id is not None
        self.visit(visit_id).seat = seat
        return visit_id

    def visit(self, visit_id: str, *, uses: bool = True) -> Visit:
        found = self.gate.visit(visit_id, uses=uses)
        assert found is not None
        return found


@pytest.fixture
def door() -> Door:
    return Door()


def test_a_link_opens_a_visit_that_sees_nobodys_page(door: Door) -> None:
    visit_id = door.gate.enter(door.gate.link())
    assert visit_id is not None
    assert door.visit(visit_id).seat is None


def test_a_link_works_once(door: Door) -> None:
    token = door.gate.link()
    assert door.gate.enter(token) is not None
    assert door.gate.enter(token) is None


def test_a_second_start_makes_links_that_work(door: Door) -> None:
    assert door.gate.enter(make_link(KEY, door.wall)) is not None


def test_a_link_works_for_a_minute(door: Door) -> None:
    token, late = door.gate.link(), door.gate.link()
    door.wall += LINK_SECONDS
    assert door.gate.enter(token) is not None
    door.wall += 1
    assert door.gate.enter(late) is None


def test_a_clock_that_is_set_back_makes_no_used_link_new(door: Door) -> None:
    token = door.gate.link()
    assert door.gate.enter(token) is not None
    for hours in (1, 24, 1):
        door.wall -= hours * 3_600
        assert door.gate.enter(token) is None


def test_a_link_from_far_ahead_is_none(door: Door) -> None:
    assert door.gate.enter(make_link(KEY, door.wall + 3_600)) is None


def test_another_programs_key_opens_nothing(door: Door) -> None:
    assert door.gate.enter(make_link(bytes(32), door.wall)) is None


@given(st.integers(0, 112), st.sampled_from("0123456789abcdef.~é"))
def test_a_link_that_is_cut_or_changed_opens_nothing(at: int, other: str) -> None:
    door = Door()
    token = door.gate.link()
    at %= len(token)
    changed = token[:at] + other + token[at + 1 :]
    assert changed == token or door.gate.enter(changed) is None
    assert door.gate.enter(token[:at]) is None
    assert door.gate.enter(token + other) is None
    assert door.gate.enter(token) is not None


@given(st.text(max_size=200))
def test_any_text_at_the_door_is_refused_quietly(token: str) -> None:
    assert Door().gate.enter(token) is None


def test_a_page_without_use_is_locked_and_remembers_whose_it_was(door: Door) -> None:
    visit_id = door.come_in()
    door.seconds += LOCK
    assert door.visit(visit_id).seat == "utama"
    door.seconds += LOCK + 1
    locked = door.visit(visit_id)
    assert (locked.seat, locked.left_by) == (None, "utama")


def test_use_keeps_a_page_open(door: Door) -> None:
    visit_id = door.come_in()
    for _ in range(5):
        door.seconds += LOCK
        assert door.visit(visit_id).seat == "utama"


def test_what_the_page_asks_by_itself_keeps_nothing_open(door: Door) -> None:
    visit_id = door.come_in()
    for _ in range(3):
        door.seconds += LOCK / 2
        last = door.visit(visit_id, uses=False)
    assert last.seat is None


def test_a_wall_clock_that_jumps_locks_nothing_and_opens_nothing(door: Door) -> None:
    visit_id = door.come_in()
    door.wall += 1_000_000
    assert door.visit(visit_id).seat == "utama"
    door.seconds += LOCK + 1
    door.wall -= 2_000_000
    assert door.visit(visit_id).seat is None


def test_every_page_of_a_seat_is_locked_and_no_others(door: Door) -> None:
    mine, also_mine, anothers = door.come_in(), door.come_in(), door.come_in("ani")
    door.gate.lock_seat("utama")
    assert [door.visit(one).seat for one in (mine, also_mine, anothers)] == [None, None, "ani"]
    assert door.visit(mine).left_by == "utama"


def test_an_unknown_visit_is_none(door: Door) -> None:
    assert door.gate.visit(None, uses=True) is None
    assert door.gate.visit("", uses=True) is None
    assert door.gate.visit("made-up", uses=True) is None


def test_the_visits_that_are_kept_are_bounded_and_the_longest_unused_go(door: Door) -> None:
    first = door.come_in()
    many = []
    for _ in range(200):
        door.seconds += 1
        door.visit(first)
        many.append(door.come_in())
    alive = [one for one in many if door.gate.visit(one, uses=False) is not None]
    assert door.gate.visit(first, uses=False) is not None
    assert alive == many[-63:]
