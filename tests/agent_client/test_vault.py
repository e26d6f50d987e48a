"""The encrypted database: made, opened, refused; each with its code and nothing lost."""

import json
import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from agent_client import vault
from agent_client.cipher import connect
from agent_client.keyfile import read_label
from agent_client.problems import AgentProblem
from agent_client.store.captures import count_captures
from tests.agent_client.laptops import (
    CHEAP,
    PASSPHRASE,
    joined_vault,
    new_vault,
    open_vault,
    outbox_of,
    save,
)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(AgentProblem) as caught:
        act()
    return caught.value.code


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_was_saved_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    made = joined_vault(tmp_path / "data")
    save(outbox_of(made))
    made.close()
    with open_vault(tmp_path / "data").reading() as tx:
        assert count_captures(tx)["waiting"] == 1


def test_files_are_their_owners_alone(tmp_path: Path) -> None:
    home = tmp_path / "data"
    made = joined_vault(home)
    save(outbox_of(made))
    assert mode(home) == 0o700
    assert {mode(path) for path in home.iterdir()} == {0o600}
    assert {path.name for path in home.iterdir()} >= {"agent.db", "agent.db-wal", "agent.key"}


def test_nothing_on_disk_can_be_read(tmp_path: Path) -> None:
    made = joined_vault(tmp_path)
    save(outbox_of(made))
    on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"SQLite" not in on_disk
    assert b"7371" not in on_disk
    assert PASSPHRASE.encode() not in on_disk


def test_captures_are_durable_when_saved(tmp_path: Path) -> None:
    with new_vault(tmp_path).reading() as tx:
        settings = {
            name: tx.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
    }


def test_a_wrong_passphrase(tmp_path: Path) -> None:
    new_vault(tmp_path).close()
    assert refused(lambda: vault.unlock(tmp_path, "salah", 5)) == "passphrase_wrong"
    assert refused(lambda: vault.create(tmp_path, "salah", CHEAP, 5)) == "passphrase_wrong"
    open_vault(tmp_path)


def test_no_empty_passphrase(tmp_path: Path) -> None:
    assert refused(lambda: vault.create(tmp_path / "a", "", CHEAP, 5)) == "passphrase_empty"
    assert not (tmp_path / "a").exists()


def test_no_database_is_not_joined(tmp_path: Path) -> None:
    assert refused(lambda: vault.unlock(tmp_path / "nowhere", PASSPHRASE, 5)) == "not_joined"


def test_a_database_without_its_key_is_never_written_over(tmp_path: Path) -> None:
    joined_vault(tmp_path).close()
    (tmp_path / "agent.key").unlink()
    before = (tmp_path / "agent.db").read_bytes()
    assert refused(lambda: open_vault(tmp_path)) == "key_missing"
    assert refused(lambda: new_vault(tmp_path)) == "key_missing"
    assert (tmp_path / "agent.db").read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"format": "lorong-key-1"}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_key(tmp_path: Path, damage: bytes) -> None:
    new_vault(tmp_path).close()
    (tmp_path / "agent.key").write_bytes(damage)
    assert refused(lambda: open_vault(tmp_path)) == "key_damaged"


@pytest.mark.parametrize(
    ("member", "value"),
    [("memory_mib", 10**9), ("rounds", 10**9), ("rounds", 0), ("salt", "00"), ("box", "zz")],
)
def test_a_damaged_number_never_freezes_the_laptop(
    tmp_path: Path, member: str, value: object
) -> None:
    new_vault(tmp_path).close()
    key = json.loads((tmp_path / "agent.key").read_text())
    (tmp_path / "agent.key").write_text(json.dumps({**key, member: value}))
    assert refused(lambda: open_vault(tmp_path)) == "key_damaged"


def plain_database(path: Path) -> None:
    path.unlink()
    other = sqlite3.connect(path)
    other.execute("create table theirs (a)")
    other.commit()
    other.close()


def cut(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])


@pytest.mark.parametrize(
    "spoil",
    [
        plain_database,
        lambda path: path.write_text("Daftar belanja\n" * 500),
        lambda path: path.write_bytes(os.urandom(8192)),
        lambda path: cut(path, 0),
        lambda path: cut(path, 1),
        lambda path: cut(path, 4_000),
        lambda path: cut(path, 4_096),
        lambda path: cut(path, 40_960),
    ],
)
def test_what_the_own_key_does_not_open_is_damaged_and_left_as_it_is(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    made = joined_vault(tmp_path)
    save(outbox_of(made))
    made.close()
    spoil(tmp_path / "agent.db")
    before = (tmp_path / "agent.db").read_bytes()
    assert refused(lambda: open_vault(tmp_path)) == "database_damaged"
    assert refused(lambda: new_vault(tmp_path)) == "database_damaged"
    assert (tmp_path / "agent.db").read_bytes() == before


def test_a_database_without_tables_is_never_given_new_ones(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    key = made._key
    made.close()
    (tmp_path / "agent.db").write_bytes(b"")
    empty = connect(tmp_path / "agent.db", key, 5)
    empty.execute("vacuum")
    empty.close()
    assert (tmp_path / "agent.db").stat().st_size > 0
    assert refused(lambda: open_vault(tmp_path)) == "database_damaged"


def test_a_database_that_is_gone_is_never_made_anew(tmp_path: Path) -> None:
    new_vault(tmp_path).close()
    (tmp_path / "agent.db").unlink()
    assert refused(lambda: open_vault(tmp_path)) == "database_missing"
    assert refused(lambda: new_vault(tmp_path)) == "database_missing"


def test_a_database_of_another_program_under_our_key(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    with made.writing() as tx:
        tx.execute("PRAGMA application_id = 7")
    made.close()
    assert refused(lambda: open_vault(tmp_path)) == "database_foreign"


class Cut(BaseException):
    """The power is gone."""


def fail(*_: object) -> None:
    raise Cut


@pytest.mark.parametrize(
    ("place", "there"),
    [
        ("agent_client.vault.Vault.make_tables", {"agent.db.new"}),
        ("agent_client.vault.write_key", {"agent.db.new"}),
        ("agent_client.vault.open_with", {"agent.db.new", "agent.key"}),
    ],
)
def test_a_creation_cut_short_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, there: set[str]
) -> None:
    with monkeypatch.context() as cutting:
        cutting.setattr(place, fail)
        with pytest.raises(Cut):
            new_vault(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} >= there
    assert not (tmp_path / "agent.db").exists()
    new_vault(tmp_path).close()
    open_vault(tmp_path)
    assert not (tmp_path / "agent.db.new").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert refused(lambda: new_vault(tmp_path / "file" / "data")) == "folder_read_only"
    assert refused(lambda: new_vault(Path("/proc/lorong"))) == "folder_read_only"


def test_a_database_that_another_program_holds(tmp_path: Path) -> None:
    made = joined_vault(tmp_path)
    other = vault.unlock(tmp_path, PASSPHRASE, busy_seconds=0)
    with made.writing():
        assert refused(lambda: save(outbox_of(other))) == "database_busy"
    save(outbox_of(other))


def test_a_new_passphrase_opens_the_same_data(tmp_path: Path) -> None:
    made = joined_vault(tmp_path)
    save(outbox_of(made))
    made.close()
    vault.change_passphrase(tmp_path, PASSPHRASE, "perahu baru", CHEAP)
    assert refused(lambda: open_vault(tmp_path)) == "passphrase_wrong"
    with vault.unlock(tmp_path, "perahu baru", 5).reading() as tx:
        assert count_captures(tx)["waiting"] == 1


def test_a_new_passphrase_leaves_the_label(tmp_path: Path) -> None:
    vault.create(tmp_path, PASSPHRASE, CHEAP, 5, "Ani").close()
    vault.change_passphrase(tmp_path, PASSPHRASE, "perahu baru", CHEAP)
    assert read_label(tmp_path / "agent.key") == "Ani"


def test_the_wrong_old_passphrase_changes_nothing(tmp_path: Path) -> None:
    new_vault(tmp_path).close()
    change = lambda: vault.change_passphrase(tmp_path, "salah", "perahu baru", CHEAP)  # noqa: E731
    assert refused(change) == "passphrase_wrong"
    open_vault(tmp_path)


def test_a_failed_change_leaves_nothing_behind(tmp_path: Path) -> None:
    made = joined_vault(tmp_path)

    def rename_and_fail() -> None:
        with made.writing() as tx:
            tx.execute("update device set name = 'half'")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rename_and_fail()
    with made.reading() as tx:
        assert tx.execute("select name from device").fetchone() == ("Laptop uji",)


def test_each_thread_has_a_connection_of_its_own(tmp_path: Path) -> None:
    made = joined_vault(tmp_path)
    outbox = outbox_of(made)
    threads = [Thread(target=lambda: [save(outbox) for _ in range(5)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with made.reading() as tx:
        numbers = tx.execute("select device_seq from captures order by 1").fetchall()
    assert [number for (number,) in numbers] == list(range(1, 21))
    made.close()
