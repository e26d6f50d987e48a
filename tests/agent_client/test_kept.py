"""A seat that is open: it joins by itself, and goes on exchanging while its page is locked."""

from threading import Event, Thread

import pytest

from agent_client.copies import choose_folder, copy_in
from agent_client.kept import Progress
from agent_client.problems import AgentProblem
from sync.limits import PING
from sync.problems import Busy, LineProblem, SyncProblem
from sync.references import NAMES
from tests.agent_client.laptops import new_vault, outbox_of, save
from tests.agent_client.office_line import AgentLaptop
from tests.agent_client.open_seats import (
    LONG,
    Line,
    Rest,
    Seat,
    begin_joining,
    has_joined,
    line_problem,
    seat_of,
    states,
)


@pytest.fixture
def line(laptop: AgentLaptop) -> Line:
    return Line(laptop)


@pytest.fixture
def new(bare: AgentLaptop) -> AgentLaptop:
    """A laptop with an empty database that has joined nothing."""
    new_vault(bare.home).close()
    return bare


def through(seat: Seat) -> None:
    """Wait until a joining is through."""
    joiner = seat._joiner
    assert joiner is not None
    joiner.join(LONG)
    assert not joiner.is_alive()


def test_an_open_seat_sends_what_waits(laptop: AgentLaptop, line: Line) -> None:
    seat = seat_of(laptop, line)
    save(outbox_of(seat.vault))
    seat.start()
    assert line.exchanged.wait(LONG)
    seat.close()
    assert states(laptop) == {"accepted": 1}


def test_closing_finishes_the_exchange_at_work(laptop: AgentLaptop, line: Line) -> None:
    seat, begun, may_go = seat_of(laptop, line), Event(), Event()
    save(outbox_of(seat.vault))

    def hold(path: str) -> None:
        if path.endswith("/exchange"):
            begun.set()
            assert may_go.wait(LONG)

    line.meet = hold
    seat.start()
    assert begun.wait(LONG)
    closing = Thread(target=seat.close)
    closing.start()
    may_go.set()
    closing.join(LONG)
    assert states(laptop) == {"accepted": 1}


def test_a_run_that_raises_is_told_and_the_next_goes_on(laptop: AgentLaptop, line: Line) -> None:
    seat = seat_of(laptop, line)
    save(outbox_of(seat.vault))

    def fail(_path: str) -> None:
        raise ValueError("unforeseen")

    line.meet = fail
    seat.start()
    assert seat.failed_once.wait(LONG)
    assert seat.progress() == Progress(total=1, problem="unexpected")
    assert "unforeseen" not in (laptop.home / "agent-error.txt").read_text()
    line.meet = lambda path: None
    seat.send_now()
    assert line.exchanged.wait(LONG)
    seat.close()
    assert (states(laptop), seat.progress().problem) == ({"accepted": 1}, None)


def test_a_problem_of_the_line_is_told_by_its_code(laptop: AgentLaptop, line: Line) -> None:
    laptop.problem = LineProblem("line_timeout")
    seat = seat_of(laptop, line)
    seat.start()
    assert line.used.wait(LONG)
    seat.close()
    assert (seat.progress(), line_problem(laptop)) == (Progress(), "line_timeout")


def test_a_run_counts_what_it_sends(laptop: AgentLaptop, line: Line) -> None:
    seat, seen = seat_of(laptop, line), []
    for _ in range(3):
        save(outbox_of(seat.vault))
    line.meet = lambda path: seen.append(seat.progress())
    seat.start()
    assert line.exchanged.wait(LONG)
    seat.close()
    assert seen[0] == Progress(True, 0, 3)
    assert seat.progress() == Progress(False, 3, 3)


def test_what_the_office_asks_to_wait_for_is_not_called_sending(
    laptop: AgentLaptop, line: Line
) -> None:
    def be_busy(path: str) -> None:
        if path:
            raise Busy(seconds=3_600)

    line.meet = be_busy
    seat = seat_of(laptop, line)
    seat.start()
    assert line.used.wait(LONG)
    worker = seat._worker
    assert worker is not None
    with worker._running:
        pass  # the run at work is through
    seat.send_now()
    assert (seat.progress(), line_problem(laptop)) == (Progress(), "busy")
    seat.close()


def joining_seat(
    laptop: AgentLaptop, rest: Rest, line: Line | None = None, code: str | None = None
) -> Seat:
    """Return an open seat that has begun to join."""
    seat = seat_of(laptop, line, rest)
    begin_joining(seat.vault, code or laptop.desk.code(laptop.desk.agent()))
    seat.start()
    return seat


def test_a_joining_goes_through_and_fetches_every_list(new: AgentLaptop) -> None:
    line, seen = Line(new), []
    seat = seat_of(new, line)
    line.meet = lambda path: seen.append((seat.progress().done, seat.progress().total))
    begin_joining(seat.vault, new.desk.code(new.desk.agent()))
    seat.start()
    through(seat)
    assert line.exchanged.wait(LONG)
    seat.close()
    assert has_joined(new)
    total = len(NAMES) + 1
    assert {(done, total) for done in range(total)} <= set(seen)


def test_a_joining_that_was_begun_offline_goes_on_by_itself(new: AgentLaptop) -> None:
    rest = Rest()
    new.problem = LineProblem("line_failed")
    seat = joining_seat(new, rest)
    assert (rest.next(), seat.progress().problem) == (5.0, "line_failed")
    new.problem = None
    rest.set()
    through(seat)
    seat.close()
    assert has_joined(new)


def test_a_joining_that_was_begun_is_taken_up_at_the_next_unlocking(new: AgentLaptop) -> None:
    rest = Rest()
    new.problem = LineProblem("line_failed")
    seat = joining_seat(new, rest)
    rest.next()
    seat.close()
    new.problem = None
    seat = seat_of(new)
    seat.start()
    through(seat)
    seat.close()
    assert has_joined(new)


@pytest.mark.parametrize(
    ("problem", "seconds"),
    [
        (LineProblem("captive"), 5.0),
        (Busy(seconds=90), 90),
        (Busy(seconds=0), 5.0),
        (SyncProblem("internal"), 5.0),
        (AgentProblem("sync_running"), 5.0),
        (SyncProblem("code_used"), None),
        (AgentProblem("agent_differs"), None),
        (ValueError("unforeseen"), None),
    ],
)
def test_what_passes_is_tried_again_and_all_else_waits_for_a_person(
    new: AgentLaptop, problem: Exception, seconds: float | None
) -> None:
    def fail(path: str) -> None:
        if path:
            raise problem

    line, rest = Line(new, meet=fail), Rest()
    seat = joining_seat(new, rest, line)
    assert rest.next() == seconds
    line.meet = lambda path: None
    seat.send_now()
    through(seat)
    seat.close()
    assert has_joined(new)


def test_a_code_that_was_used_is_told_and_another_may_take_its_place(new: AgentLaptop) -> None:
    rest, agent = Rest(), new.desk.agent()
    used = new.desk.code(agent)
    new.desk.join(agent, code=used)
    seat = joining_seat(new, rest, code=used)
    assert rest.next() is None
    problem = seat.progress().problem
    begin_joining(seat.vault, new.desk.code(agent))
    seat.start()
    through(seat)
    seat.close()
    assert (problem, has_joined(new)) == ("code_used", True)


def test_a_seat_that_is_closed_while_it_joins_leaves_nothing_running(new: AgentLaptop) -> None:
    begun, may_go = Event(), Event()

    def hold(path: str) -> None:
        if path == PING:
            begun.set()
            assert may_go.wait(LONG)

    seat = joining_seat(new, Rest(), Line(new, meet=hold))
    assert begun.wait(LONG)
    closing = Thread(target=seat.close)
    closing.start()
    may_go.set()
    closing.join(LONG)
    assert seat._worker is None
    assert not (new.home / "agent.db-wal").exists()


def test_a_second_copy_that_is_due_is_made_when_it_is_closed(
    laptop: AgentLaptop, line: Line, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stick = tmp_path_factory.mktemp("stick")
    choose_folder(laptop.home, stick)
    seat = seat_of(laptop, line)
    save(outbox_of(seat.vault))
    seat.close()
    assert copy_in(stick, laptop.home).captures == 1


def test_a_stick_that_is_gone_hinders_no_closing(laptop: AgentLaptop, line: Line) -> None:
    stick = laptop.home.parent / "stick"
    stick.mkdir()
    choose_folder(laptop.home, stick)
    stick.rmdir()
    seat = seat_of(laptop, line)
    save(outbox_of(seat.vault))
    seat.close()
    assert not (laptop.home / "agent.db-wal").exists()
