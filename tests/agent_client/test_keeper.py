"""All open seats of a laptop: who comes again finds his open, and each closes in its time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier

import pytest

from agent_client.commands.session import Session
from agent_client.gate import Gate
from agent_client.kept import Keeper, Kept
from agent_client.store import drafts
from tests.agent_client.laptops import NOW, open_vault, outbox_of, save
from tests.agent_client.office_line import AgentLaptop
from tests.agent_client.open_seats import LONG, Line, states

HOURS = 12


@dataclass
class Place:
    """A keeper whose timer a test moves, beside the gate that locks the pages."""

    seconds: float = 0.0
    gate: Gate = field(default_factory=lambda: Gate(bytes(32), 900.0))
    keeper: Keeper = field(init=False)

    def __post_init__(self) -> None:
        self.keeper = Keeper(HOURS, self.gate.lock_seat, timer=lambda: self.seconds)

    def unlock(self, laptop: AgentLaptop, line: Line, name: str = "utama") -> Kept:
        return self.keeper.keep(name, session_of(laptop, line), open_vault(laptop.home))

    def page_of(self, name: str) -> str:
        """Return the id of a visit that sees a seat's page."""
        visit_id = self.gate.enter(self.gate.link())
        visit = self.gate.visit(visit_id, uses=True)
        assert visit_id is not None
        assert visit is not None
        visit.seat = name
        return visit_id


def session_of(laptop: AgentLaptop, line: Line) -> Session:
    session = laptop.session()
    session.dial = line.dial
    return session


def is_closed(laptop: AgentLaptop) -> bool:
    """Tell whether nobody has a laptop's database open: SQLite has put its log away."""
    return not (laptop.home / "agent.db-wal").exists()


@pytest.fixture
def place(laptop: AgentLaptop) -> Iterator[Place]:
    # It is closed before the laptop's office is.
    place = Place()
    yield place
    place.keeper.close_all()


@pytest.fixture
def line(laptop: AgentLaptop) -> Line:
    return Line(laptop)


def test_locking_the_page_closes_no_vault_and_the_queue_goes_on(
    place: Place, laptop: AgentLaptop, line: Line
) -> None:
    kept, page = place.unlock(laptop, line), place.page_of("utama")
    assert line.exchanged.wait(LONG)
    place.gate.lock_seat("utama")
    visit = place.gate.visit(page, uses=False)
    assert visit is not None
    assert visit.seat is None
    save(outbox_of(kept.vault))
    line.exchanged.clear()
    kept.send_now()
    assert line.exchanged.wait(LONG)
    place.keeper.close_all()
    assert states(laptop) == {"accepted": 1}


def test_who_unlocks_again_finds_his_vault_open(
    place: Place, laptop: AgentLaptop, line: Line
) -> None:
    kept = place.unlock(laptop, line)
    opened = open_vault(laptop.home)
    assert place.keeper.keep("utama", session_of(laptop, line), opened) is kept
    assert opened._open == []
    assert place.keeper.kept("utama") is kept


def test_a_seat_is_closed_and_its_page_locked_after_its_hours(
    place: Place, laptop: AgentLaptop, line: Line
) -> None:
    place.unlock(laptop, line)
    page = place.page_of("utama")
    place.seconds = HOURS * 3600
    place.keeper.tick()
    assert place.keeper.kept("utama") is not None
    place.seconds += 1
    place.keeper.tick()
    assert place.keeper.kept("utama") is None
    visit = place.gate.visit(page, uses=False)
    assert visit is not None
    assert (visit.seat, visit.left_by) == (None, "utama")
    assert is_closed(laptop)


def test_unlocking_begins_the_hours_anew(place: Place, laptop: AgentLaptop, line: Line) -> None:
    place.unlock(laptop, line)
    place.seconds = HOURS * 3600
    place.unlock(laptop, line)
    place.seconds += HOURS * 3600
    place.keeper.tick()
    assert place.keeper.kept("utama") is not None


def test_one_seat_is_closed_and_the_others_stay(
    place: Place, laptop: AgentLaptop, line: Line, tmp_path: Path
) -> None:
    other = AgentLaptop(laptop.desk, tmp_path / "ani")
    other.join()
    place.unlock(laptop, line)
    place.seconds = HOURS * 3600
    place.unlock(other, Line(other), "ani")
    place.seconds += 1
    place.keeper.tick()
    assert place.keeper.kept("utama") is None
    assert place.keeper.kept("ani") is not None


def test_two_seats_exchange_side_by_side_and_each_its_own(
    place: Place, laptop: AgentLaptop, tmp_path: Path
) -> None:
    other = AgentLaptop(laptop.desk, tmp_path / "ani")
    other.join()
    both, lines = Barrier(2), {}

    def meet_the_other(path: str) -> None:
        if path.endswith("/exchange"):
            both.wait(LONG)

    for name, one, count in (("utama", laptop, 1), ("ani", other, 2)):
        vault = open_vault(one.home)
        for _ in range(count):
            save(outbox_of(vault))
        vault.close()
        lines[name] = Line(one, meet=meet_the_other)
        place.unlock(one, lines[name], name)
    assert all(line.exchanged.wait(LONG) for line in lines.values())
    place.keeper.close_all()
    assert (states(laptop), states(other)) == ({"accepted": 1}, {"accepted": 2})


def test_a_seat_that_is_not_open_is_nobodys(place: Place) -> None:
    assert place.keeper.kept("utama") is None
    assert place.keeper.kept(None) is None
    place.keeper.close("utama")
    place.keeper.copy_soon("utama")


def test_one_seats_stop_is_not_anothers(place: Place, laptop: AgentLaptop, line: Line) -> None:
    session = session_of(laptop, line)
    kept = place.keeper.keep("utama", session, open_vault(laptop.home))
    place.keeper.close("utama")
    assert kept.session.clock.stop.is_set()
    assert not session.clock.stop.is_set()


def test_lists_are_read_anew_only_when_the_office_sent_others(
    place: Place, laptop: AgentLaptop, line: Line
) -> None:
    kept = place.unlock(laptop, line)
    with kept.vault.writing() as tx:
        first = kept.lists(tx)
        assert kept.lists(tx) is first
        tx.execute("update reference set version = 'x' where name = 'tariff'")
        assert kept.lists(tx) is not first


def test_what_is_typed_while_it_closes_was_on_disk(
    place: Place, laptop: AgentLaptop, line: Line
) -> None:
    kept = place.unlock(laptop, line)
    with kept.vault.writing() as tx:
        drafts.add_draft(tx, {"full_name": "Basri"}, (), now=NOW)
    place.keeper.close_all()
    assert is_closed(laptop)
    vault = open_vault(laptop.home)
    with vault.reading() as tx:
        assert [one.content for one in drafts.drafts(tx)] == [{"full_name": "Basri"}]
    vault.close()
