"""A copy is put back: over no sound database, nothing deleted, nothing lost or doubled."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from agent_client import restoring, vault
from agent_client.copies import copy_to
from agent_client.doctor import examine
from agent_client.problems import AgentProblem
from agent_client.restoring import restore
from agent_client.sentences import problem_sentence
from agent_client.tries import unlock_guarded
from tests.agent_client.laptops import (
    CHEAP,
    NOW,
    PASSPHRASE,
    SetClock,
    joined_vault,
    new_vault,
    open_vault,
    outbox_of,
    save,
)

CLOCK = SetClock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A laptop with one capture, a copy of it on a stick, and one capture more."""
    made = joined_vault(tmp_path / "laptop")
    save(outbox_of(made))
    (tmp_path / "stick").mkdir()
    copy_to(made, tmp_path / "stick", NOW)
    save(outbox_of(made))
    made.close()
    return tmp_path / "laptop"


@pytest.fixture
def stick(home: Path) -> Path:
    return home.parent / "stick"


def refused(act: Callable[[], object]) -> AgentProblem:
    with pytest.raises(AgentProblem) as caught:
        act()
    return caught.value


def spoil(home: Path) -> bytes:
    """Damage a database at its beginning; return what is there now."""
    path = home / "agent.db"
    path.write_bytes(b"\xff" * 64 + path.read_bytes()[64:])
    return path.read_bytes()


def numbers(home: Path) -> list[int]:
    opened = open_vault(home)
    with opened.reading() as tx:
        found = [row[0] for row in tx.execute("select device_seq from captures order by 1")]
    assert examine(opened).faults == ()
    opened.close()
    return found


def put_back(home: Path, stick: Path, passphrase: str = PASSPHRASE) -> restoring.Restored:
    return restore(stick, home, passphrase, CLOCK, 5)


def test_a_damaged_database_says_where_its_copy_is(home: Path, stick: Path) -> None:
    spoil(home)
    problem = refused(lambda: unlock_guarded(home, PASSPHRASE, 5, CLOCK))
    assert problem.code == "database_damaged"
    said = problem_sentence(problem, "id")
    assert f"Salinan kedua ada di {stick}, dibuat 20-11-2026 09:30 WITA, berisi 1" in said


def test_a_damaged_database_is_replaced_and_kept(home: Path, stick: Path) -> None:
    damaged = spoil(home)
    (home / "agent.db-wal").write_bytes(b"log")
    done = put_back(home, stick)
    assert (done.key_only, done.copy.captures) == (False, 1)
    assert done.damaged == home / "agent.db.damaged-20261120T013000Z"
    assert done.damaged.read_bytes() == damaged
    assert (home / "agent.db.damaged-20261120T013000Z-wal").read_bytes() == b"log"
    assert numbers(home) == [1]


@pytest.mark.parametrize("damage", ["", "empty", "middle"])
def test_a_lost_or_half_damaged_database_too(home: Path, stick: Path, damage: str) -> None:
    path = home / "agent.db"
    whole = path.read_bytes()
    path.unlink()
    if damage:
        path.write_bytes(b"" if damage == "empty" else whole[:30_000] + b"\0" + whole[30_001:])
    assert (put_back(home, stick).damaged is None) is not bool(damage)
    assert numbers(home) == [1]


def test_a_sound_database_is_never_replaced(home: Path, stick: Path) -> None:
    assert refused(lambda: put_back(home, stick)).code == "restore_over_database"
    assert numbers(home) == [1, 2]


def test_two_damaged_ones_are_both_kept(home: Path, stick: Path) -> None:
    kept = []
    for _ in range(2):
        spoil(home)
        kept.append(put_back(home, stick).damaged)
    assert len({path.read_bytes() for path in kept if path}) == 2


@pytest.mark.parametrize("damage", [None, b"", b"\xff"])
def test_where_only_the_key_is_gone_nothing_else_goes_back(
    home: Path, stick: Path, damage: bytes | None
) -> None:
    (home / "agent.key").unlink()
    if damage is not None:
        (home / "agent.key").write_bytes(damage)
    assert put_back(home, stick).key_only
    assert numbers(home) == [1, 2]
    assert not open_vault(home).path.with_name("agent.db.damaged-20261120T013000Z").exists()


def test_the_passphrase_of_today_stays_the_one(home: Path, stick: Path) -> None:
    vault.change_passphrase(home, PASSPHRASE, "perahu baru", CHEAP)
    spoil(home)
    assert refused(lambda: put_back(home, stick)).code == "passphrase_wrong"
    put_back(home, stick, "perahu baru")
    vault.unlock(home, "perahu baru", 5).close()


def test_on_a_new_laptop(home: Path, stick: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "new" / "lorong"
    assert refused(lambda: put_back(fresh, stick, "salah")).code == "passphrase_wrong"
    assert not fresh.exists()
    put_back(fresh, stick)
    assert numbers(fresh) == [1]
    assert fresh.stat().st_mode & 0o777 == 0o700


def test_over_what_is_left_of_another_database(home: Path, stick: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    new_vault(other).close()
    key = (other / "agent.key").read_bytes()
    assert refused(lambda: put_back(other, stick)).code == "restore_over_database"
    spoil(other)
    put_back(other, stick)
    assert numbers(other) == [1]
    assert (other / "agent.key.damaged-20261120T013000Z").read_bytes() == key


def test_wrong_passphrases_are_counted(home: Path, stick: Path) -> None:
    spoil(home)
    codes = [refused(lambda: put_back(home, stick, "salah")).code for _ in range(5)]
    assert codes[-1] == "passphrase_locked"
    assert refused(lambda: put_back(home, stick)).code == "passphrase_locked"


@pytest.mark.parametrize("size", [0, 5_000, 40_960])
def test_a_damaged_copy_changes_nothing(home: Path, stick: Path, size: int) -> None:
    damaged = spoil(home)
    path = stick / "lorong-utama" / "agent.db"
    path.write_bytes(path.read_bytes()[:size])
    assert refused(lambda: put_back(home, stick)).code == "copy_damaged"
    assert (home / "agent.db").read_bytes() == damaged
    assert not list(home.glob("*.restoring*"))


def test_no_copy(home: Path, stick: Path, tmp_path: Path) -> None:
    spoil(home)
    assert refused(lambda: put_back(home, home.parent / "gone")).code == "copy_folder_missing"
    assert refused(lambda: put_back(home, tmp_path)).code == "copy_missing"
    shutil.copytree(stick / "lorong-utama", stick / "lorong-ani")
    shutil.move(stick / "lorong-utama", stick / "lorong-baso")
    assert refused(lambda: put_back(home, stick)).code == "copy_missing"
    put_back(home, stick / "lorong-baso")


def test_a_copy_that_somebody_made_by_hand(home: Path, tmp_path: Path) -> None:
    made = open_vault(home)
    save(outbox_of(made))
    shutil.copytree(home, tmp_path / "by hand")
    made.close()
    assert (tmp_path / "by hand" / "agent.db-wal").stat().st_size > 0
    spoil(home)
    done = put_back(home, tmp_path / "by hand")
    assert done.copy.captures is None
    assert numbers(home) == [1, 2, 3]


class Cut(BaseException):
    """The power is gone."""


@pytest.mark.parametrize("step", range(12))
def test_restoring_cut_short_is_begun_again(
    home: Path, stick: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Whatever has the name of the database is the damaged one or a copy noted as restored."""
    spoil(home)
    left = [step]

    def cut(act: Callable[..., object]) -> Callable[..., object]:
        def one(*arguments: object, **options: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise Cut
            return act(*arguments, **options)

        return one

    with monkeypatch.context() as cutting:
        for name in ("rename", "replace"):
            cutting.setattr(Path, name, cut(getattr(Path, name)))
        for name in ("_carry", "_note", "settle_file", "settle_folder", "replace_file"):
            cutting.setattr(restoring, name, cut(getattr(restoring, name)))
        with suppress(Cut):
            put_back(home, stick)
    with suppress(AgentProblem):  # where the first try got as far as that: restore_over_database
        put_back(home, stick)
    with open_vault(home).reading() as tx:
        assert tx.execute("select restored from device").fetchone() == (1,)
    assert numbers(home) == [1]
