"""The second copy: whole at any instant, and never at the cost of another one."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from agent_client import copies, vault
from agent_client.copies import (
    Copy,
    choose_folder,
    chosen_folder,
    copy_in,
    copy_is_due,
    copy_to,
    known_copy,
    last_copy,
)
from agent_client.keyfile import Cost, read_label
from agent_client.problems import AgentProblem
from agent_client.seats import new_seat
from agent_client.store import drafts
from agent_client.store.captures import count_captures
from agent_client.vault import Vault
from tests.agent_client.laptops import CHEAP, NOW, PASSPHRASE, joined_vault, outbox_of, save
from tests.agent_client.test_processes import LIMITED, LONG, ROOT, command, environment
from tests.builders import content

COPYING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from agent_client.copies import copy_to
from tests.agent_client.laptops import open_vault
made = open_vault(Path(sys.argv[1]))
while True:
    copy_to(made, Path(sys.argv[2]), datetime.now(UTC))
    print("copied", flush=True)
"""


@pytest.fixture
def made(tmp_path: Path) -> Vault:
    made = joined_vault(tmp_path / "laptop")
    save(outbox_of(made))
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(AgentProblem) as caught:
        act()
    return caught.value.code


def captures_in(copy: Path) -> int:
    opened = vault.unlock(copy, PASSPHRASE, 5)
    with opened.reading() as tx:
        found = sum(count_captures(tx).values())
    assert opened.opens(opened.path)
    opened.close()
    return found


def test_a_copy_opens_with_the_same_passphrase(made: Vault, stick: Path) -> None:
    copy = copy_to(made, stick, NOW)
    assert copy == Copy(stick / "lorong-utama", NOW, 1)
    assert captures_in(copy.path) == 1
    assert [path.name for path in stick.iterdir()] == ["lorong-utama"]


def test_nothing_in_a_copy_can_be_read(made: Vault, stick: Path) -> None:
    files = list(copy_to(made, stick, NOW).path.iterdir())
    on_stick = b"".join(path.read_bytes() for path in files)
    assert {path.name for path in files} == {"agent.db", "agent.key", "about.json"}
    assert not any(secret in on_stick for secret in (b"SQLite", b"7371", PASSPHRASE.encode()))
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_a_seat_is_copied_under_its_name_with_its_label(tmp_path: Path, stick: Path) -> None:
    seat = new_seat(tmp_path / "laptop", "Daeng Ani")
    opened = vault.create(seat.home, PASSPHRASE, CHEAP, 5, seat.label)
    copy = copy_to(opened, stick, NOW)
    assert copy.path.name == "lorong-daeng-ani"
    assert read_label(copy.path / "agent.key") == "Daeng Ani"


def test_a_newer_copy_takes_the_place_of_the_former(made: Vault, stick: Path) -> None:
    copy_to(made, stick, NOW)
    save(outbox_of(made))
    vault.change_passphrase(made.path.parent, PASSPHRASE, "perahu baru", CHEAP)
    copy = copy_to(made, stick, NOW + timedelta(hours=1))
    assert (copy.captures, copy_in(stick, made.path.parent)) == (2, copy)
    vault.unlock(copy.path, "perahu baru", 5).close()
    assert [path.name for path in stick.iterdir()] == ["lorong-utama"]


def test_where_it_is_and_of_when_is_known_without_a_passphrase(made: Vault, stick: Path) -> None:
    home = made.path.parent
    assert (chosen_folder(home), last_copy(home), known_copy(home)) == (None, None, {})
    choose_folder(home, stick)
    assert (chosen_folder(home), last_copy(home)) == (stick, None)
    copy = copy_to(made, stick, NOW)
    assert last_copy(home) == copy
    told = {"folder": str(stick), "copied_at": "20-11-2026 09:30 WITA", "captures": 1}
    assert known_copy(home) == told


def test_another_folder_has_no_copy_yet(made: Vault, stick: Path, tmp_path: Path) -> None:
    copy_to(made, stick, NOW)
    (tmp_path / "other").mkdir()
    choose_folder(made.path.parent, stick)
    assert last_copy(made.path.parent) is not None
    choose_folder(made.path.parent, tmp_path / "other")
    assert last_copy(made.path.parent) is None
    assert copy_is_due(made, made.path.parent)


def test_a_copy_is_due_after_each_change(made: Vault, stick: Path) -> None:
    home, outbox = made.path.parent, outbox_of(made)
    assert not copy_is_due(made, home)
    choose_folder(home, stick)

    def draft() -> None:
        with made.writing() as tx:
            drafts.add_draft(tx, {}, (), now=NOW)

    def change() -> None:
        with made.writing() as tx:
            drafts.change_draft(tx, 1, {"nik": "1"}, (), NOW + timedelta(seconds=1))

    def discard() -> None:
        with made.writing() as tx:
            drafts.delete_draft(tx, 1)

    saved = save(outbox)
    digest = outbox.next_batch(9, sent=(), now=NOW)[-1].digest
    ack = {"record_id": saved, "digest": digest, "verdict": "accepted", "reason": "new"}

    def settle() -> None:
        outbox.settle({"acks": [ack], "changes": []}, receipt=None, now=NOW)

    def forget() -> None:
        changes = [{"kind": "forget", "record_id": saved}]
        outbox.settle({"acks": [], "changes": changes}, receipt=None, now=NOW)

    for act in (lambda: None, draft, change, discard, settle, forget):
        act()
        assert copy_is_due(made, home), act
        copy_to(made, stick, NOW)
        assert not copy_is_due(made, home), act


def test_no_folder_is_ever_made_in_place_of_a_stick(made: Vault, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert refused(lambda: copy_to(made, gone, NOW)) == "copy_folder_missing"
    assert refused(lambda: choose_folder(made.path.parent, gone)) == "copy_folder_missing"
    assert not gone.exists()


def test_a_copy_beside_itself_is_none(tmp_path: Path) -> None:
    made = joined_vault(tmp_path / "lorong-utama")
    (tmp_path / "lorong-utama" / "backup").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "lorong-utama")
    for folder in (made.path.parent, made.path.parent / "backup", tmp_path, tmp_path / "link"):
        assert refused(lambda folder=folder: copy_to(made, folder, NOW)) == "copy_inside"  # type: ignore[misc]


def test_the_copy_of_another_laptop_is_left(made: Vault, stick: Path, tmp_path: Path) -> None:
    first = copy_to(made, stick, NOW)
    other = joined_vault(tmp_path / "other")
    assert refused(lambda: copy_to(other, stick, NOW)) == "copy_of_another"
    assert captures_in(first.path) == 1


@pytest.mark.parametrize("fault", ["opens", "copy_into"])
def test_what_is_not_whole_never_takes_the_place(
    made: Vault, stick: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    copy_to(made, stick, NOW)
    save(outbox_of(made))

    def half(_: Vault, path: Path) -> bool:
        if fault == "copy_into":
            path.write_bytes(b"half a database" * 99)
        return False

    with monkeypatch.context() as failing:
        failing.setattr(Vault, fault, half)
        assert refused(lambda: copy_to(made, stick, NOW)) == "copy_unwritable"
    assert captures_in(copy_in(stick, made.path.parent).path) == 1
    assert [path.name for path in stick.iterdir()] == ["lorong-utama"]


def test_a_damaged_key_is_not_copied_over_a_sound_one(made: Vault, stick: Path) -> None:
    copy = copy_to(made, stick, NOW)
    (made.path.parent / "agent.key").write_bytes(b"\xff")
    assert refused(lambda: copy_to(made, stick, NOW)) == "key_damaged"
    assert captures_in(copy.path) == 1


def test_a_folder_that_cannot_be_written(made: Vault) -> None:
    assert refused(lambda: copy_to(made, Path("/proc"), NOW)) == "copy_unwritable"


def test_a_full_stick_leaves_the_former_copy(made: Vault, stick: Path) -> None:
    copy_to(made, stick, NOW)
    home = made.path.parent
    for n in range(2, 40):
        save(outbox_of(made), content(n))
    made.close()
    size = (stick / "lorong-utama" / "agent.db").stat().st_size
    result = subprocess.run(
        [sys.executable, "-c", LIMITED, str(size), *command("copy", str(stick), "--json")],
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )
    assert json.loads(result.stdout)["problem"]["code"] == "copy_unwritable"
    assert captures_in(stick / "lorong-utama") == 1


@pytest.mark.parametrize("times", range(1, 8))
def test_a_kill_at_any_instant_leaves_a_whole_copy(made: Vault, stick: Path, times: int) -> None:
    home = made.path.parent
    copy_to(made, stick, NOW)
    made.close()
    process = subprocess.Popen(
        [sys.executable, "-c", COPYING, str(home), str(stick)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for _ in range(times):
        assert process.stdout.readline() == "copied\n"
    process.kill()
    process.wait(LONG)
    process.stdout.close()
    assert captures_in(copy_in(stick, home).path) == 1
    again = vault.unlock(home, PASSPHRASE, 5)
    copy_to(again, stick, NOW)
    assert [path.name for path in stick.iterdir()] == ["lorong-utama"]


class Pulled(BaseException):
    """The stick is out."""


@pytest.mark.parametrize("step", range(40))
def test_a_stick_pulled_at_any_step_has_a_whole_copy(
    made: Vault, stick: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Nothing is tidied up after any of the steps that change names on the medium."""
    home = made.path.parent
    copy_to(made, stick, NOW)
    save(outbox_of(made))
    left = [step]

    def pulled(act: Callable[..., object]) -> Callable[..., object]:
        def one(*arguments: object, **options: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise Pulled
            return act(*arguments, **options)

        return one

    with monkeypatch.context() as pulling:
        for name in ("rename", "replace", "mkdir", "unlink"):
            pulling.setattr(Path, name, pulled(getattr(Path, name)))
        for name in ("settle_file", "settle_folder", "replace_file"):
            pulling.setattr(copies, name, pulled(getattr(copies, name)))
        pulling.setattr(copies.shutil, "rmtree", pulled(copies.shutil.rmtree))
        try:
            copy_to(made, stick, NOW)
        except Pulled:
            assert captures_in(copy_in(stick, home).path) in (1, 2)
    assert copy_to(made, stick, NOW).captures == 2
    assert [path.name for path in stick.iterdir()] == ["lorong-utama"]


def test_a_stretched_key_costs_what_it_did(made: Vault, stick: Path) -> None:
    vault.change_passphrase(made.path.parent, PASSPHRASE, "x" * 9, Cost(2, 1))
    copy = copy_to(made, stick, NOW)
    assert (copy.path / "agent.key").read_bytes() == (made.path.parent / "agent.key").read_bytes()
