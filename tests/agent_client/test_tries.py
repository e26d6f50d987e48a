"""Wrong passphrases: counted, made to wait by clocks that somebody may set, and forgiven."""

from datetime import timedelta
from pathlib import Path

import pytest

from agent_client import tries
from agent_client.problems import AgentProblem
from agent_client.sentences import problem_sentence
from tests.agent_client.laptops import CHEAP, NOW, PASSPHRASE, SetClock, new_vault


@pytest.fixture
def home(tmp_path: Path) -> Path:
    new_vault(tmp_path).close()
    return tmp_path


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


def attempt(home: Path, clock: SetClock, passphrase: str = "salah") -> AgentProblem | None:
    try:
        tries.unlock_guarded(home, passphrase, 5, clock).close()
    except AgentProblem as problem:
        return problem
    return None


def lock(home: Path, clock: SetClock) -> None:
    for _ in range(tries.FREE):
        attempt(home, clock)


def forward(clock: SetClock, **span: float) -> None:
    """Let time go by, on both clocks."""
    clock.moment += timedelta(**span)
    if clock.up is not None:
        clock.up = (clock.up[0], clock.up[1] + int(timedelta(**span).total_seconds()))


def code(problem: AgentProblem | None) -> str:
    return "" if problem is None else problem.code


def test_the_fifth_wrong_one_locks(home: Path, clock: SetClock) -> None:
    found = [attempt(home, clock) for _ in range(5)]
    assert [code(one) for one in found] == ["passphrase_wrong"] * 4 + ["passphrase_locked"]
    assert [one.params.get("left") for one in found if one] == [None, None, 2, 1, None]
    assert code(attempt(home, clock, PASSPHRASE)) == "passphrase_locked"


def test_it_is_said_how_many_are_left_and_how_long_to_wait(home: Path, clock: SetClock) -> None:
    found = [attempt(home, clock) for _ in range(5)]
    said = [problem_sentence(one, "id") for one in found if one]
    assert "Sisa" not in said[1]
    assert "Sisa 1 kali" in said[3]
    assert "Tunggu 1 menit" in said[4]
    assert found[4] is not None
    assert found[4].params == {"minutes": 1, "until": NOW + timedelta(minutes=1)}


def test_each_further_one_waits_longer(home: Path, clock: SetClock) -> None:
    lock(home, clock)
    waits = []
    for minutes in (1, 5, 15, 60, 60):
        forward(clock, minutes=minutes, seconds=-1)
        assert code(attempt(home, clock, PASSPHRASE)) == "passphrase_locked"
        forward(clock, seconds=1)
        locked = attempt(home, clock)
        assert locked is not None
        waits.append(locked.params["minutes"])
    assert waits == [5, 15, 60, 60, 60]


def test_the_right_one_after_the_wait_clears_it(home: Path, clock: SetClock) -> None:
    lock(home, clock)
    forward(clock, minutes=1)
    assert attempt(home, clock, PASSPHRASE) is None
    assert not (home / tries.FILE).exists()
    assert code(attempt(home, clock)) == "passphrase_wrong"


@pytest.mark.parametrize("days", [400, -400])
def test_a_clock_that_is_set_opens_nothing_early(home: Path, clock: SetClock, days: int) -> None:
    lock(home, clock)
    clock.moment += timedelta(days=days)
    assert code(attempt(home, clock, PASSPHRASE)) == "passphrase_locked"
    forward(clock, minutes=1)
    assert attempt(home, clock, PASSPHRASE) is None


@pytest.mark.parametrize("up", [None, ("another boot", 5)])
def test_without_the_boots_clock_one_set_back_waits_anew(
    home: Path, clock: SetClock, up: tuple[str, int] | None
) -> None:
    lock(home, clock)
    clock.up = up
    clock.moment -= timedelta(days=400)
    locked = attempt(home, clock, PASSPHRASE)
    assert locked is not None
    assert locked.params["minutes"] == 1
    forward(clock, seconds=59)
    assert code(attempt(home, clock, PASSPHRASE)) == "passphrase_locked"
    forward(clock, seconds=1)
    assert attempt(home, clock, PASSPHRASE) is None


def test_after_a_restart_the_wall_clock_tells(home: Path, clock: SetClock) -> None:
    lock(home, clock)
    clock.up = ("another boot", 5)
    assert code(attempt(home, clock, PASSPHRASE)) == "passphrase_locked"
    forward(clock, minutes=1)
    assert attempt(home, clock, PASSPHRASE) is None


@pytest.mark.parametrize(
    "damage",
    [b"", b"[]", b"\xff", b"{}", b'{"wrong": "9", "at": "x", "boot_id": 1, "uptime_s": 1}'],
)
def test_a_damaged_count_is_none(home: Path, clock: SetClock, damage: bytes) -> None:
    lock(home, clock)
    (home / tries.FILE).write_bytes(damage)
    assert attempt(home, clock, PASSPHRASE) is None


def test_checking_and_changing_count_alike(home: Path, clock: SetClock) -> None:
    for _ in range(2):
        with pytest.raises(AgentProblem):
            tries.check(home, "salah", clock)
        with pytest.raises(AgentProblem):
            tries.change_passphrase(home, "salah", "perahu baru", CHEAP, clock)
    assert code(attempt(home, clock)) == "passphrase_locked"
    forward(clock, minutes=1)
    tries.check(home, PASSPHRASE, clock)
    tries.change_passphrase(home, PASSPHRASE, "perahu baru", CHEAP, clock)
    assert attempt(home, clock, "perahu baru") is None


def test_where_nothing_is_nothing_is_counted_or_made(tmp_path: Path, clock: SetClock) -> None:
    assert code(attempt(tmp_path / "nowhere", clock)) == "not_joined"
    assert not (tmp_path / "nowhere").exists()


def test_the_count_holds_no_secret(home: Path, clock: SetClock) -> None:
    attempt(home, clock, "hampir benar")
    assert "benar" not in (home / tries.FILE).read_text()
    assert (home / tries.FILE).stat().st_mode & 0o777 == 0o600
