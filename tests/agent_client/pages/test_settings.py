"""Settings: the second copy on a stick, the passphrase, what this laptop is."""

import shutil
from pathlib import Path

import pytest

from agent_client.copies import read_copy
from agent_client.durable import replace_file
from tests.agent_client.laptops import PASSPHRASE
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.visitor import Program, Visitor

NEW = "perahu pinisi yang baru"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def copy(visitor: Visitor, folder: object) -> str:
    """Press the button; return what the page says went wrong, "" where all went well."""
    visitor.see("/settings")
    answer = visitor.post("/settings/copy", {"folder": str(folder)})
    if answer.location:
        assert answer.location == "/settings#copy"
        return ""
    return " ".join(answer.markup.alerts())


def change(visitor: Visitor, old: str, new: str, again: str | None = None) -> str:
    visitor.see("/settings")
    sent = {"passphrase_old": old, "passphrase": new, "passphrase_again": again or new}
    page = visitor.post("/settings/passphrase", sent).markup
    assert not [one for one in page.all("input", type="password") if one.attrs.get("value")]
    return " ".join(page.alerts())


def test_a_copy_is_made_and_told(visitor: Visitor, stick: Path) -> None:
    assert "Belum pernah dibuat" in visitor.see("/settings").said("copy")
    assert copy(visitor, stick) == ""
    page = visitor.see("/settings")
    assert "Terakhir dibuat 20 Nov 2026 10.00 WITA" in page.said("copy")
    assert page.by_id("folder").attrs["value"] == str(stick)
    found = read_copy(stick / "lorong-utama")
    assert found is not None


def test_a_folder_that_is_not_there_is_told_and_not_made(visitor: Visitor, stick: Path) -> None:
    assert f"Folder {stick / 'x'} tidak ada" in copy(visitor, stick / "x")
    assert list(stick.iterdir()) == []
    assert copy(visitor, stick / "%s{0}{{7*7}}")


@pytest.mark.parametrize("folder", ["", "   ", "\x00", "a\x00b", "~", "x" * 5_000, "\udcff"])
def test_what_is_no_folder_is_told(visitor: Visitor, folder: str) -> None:
    assert copy(visitor, folder.encode("utf-8", "replace").decode())


def test_a_folder_inside_the_data_is_refused(program: Program, visitor: Visitor) -> None:
    assert "ada di dalam data" in copy(visitor, program.laptop.home)


def test_a_full_stick_leaves_the_former_copy(
    visitor: Visitor, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy(visitor, stick)
    visitor.enrol(boxes(1))

    def full(*_: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr("agent_client.copies.replace_file", full)
    assert "tidak dapat ditulis" in copy(visitor, stick)
    monkeypatch.setattr("agent_client.copies.replace_file", replace_file)
    former = read_copy(stick / "lorong-utama")
    assert former is not None
    assert former.captures == 0


def test_locking_makes_the_copy_that_is_due(
    program: Program, visitor: Visitor, stick: Path
) -> None:
    copy(visitor, stick)
    visitor.enrol(boxes(1))
    visitor.see("/queue")
    program.close()
    made = read_copy(stick / "lorong-utama")
    assert made is not None
    assert made.captures == 1


def test_a_stick_that_was_pulled_stops_nothing(
    program: Program, visitor: Visitor, stick: Path
) -> None:
    copy(visitor, stick)
    shutil.rmtree(stick)
    visitor.enrol(boxes(1))
    visitor.see("/queue")
    assert visitor.lock().location == "/unlock"
    assert visitor.unlock().status_code == 303
    program.close()
    assert not stick.exists()


def test_the_passphrase_is_changed(program: Program, visitor: Visitor) -> None:
    assert change(visitor, PASSPHRASE, NEW) == ""
    assert visitor.get("/queue").status_code == 200
    assert program.visitor().unlock(passphrase=PASSPHRASE).status_code == 200
    assert program.visitor().unlock(passphrase=NEW).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "again", "word"),
    [
        ("salah", NEW, None, "Kata sandi salah"),
        (PASSPHRASE, NEW, "lain", "tidak sama"),
        (PASSPHRASE, "pendek", None, "terlalu pendek"),
        (PASSPHRASE, "", None, "terlalu pendek"),
    ],
)
def test_a_change_that_cannot_be_changes_nothing(
    program: Program, visitor: Visitor, old: str, new: str, again: str | None, word: str
) -> None:
    assert word in change(visitor, old, new, again)
    assert program.visitor().unlock(passphrase=PASSPHRASE).status_code == 303


def test_guessing_the_old_one_waits_as_unlocking_does(program: Program, visitor: Visitor) -> None:
    for _ in range(5):
        told = change(visitor, "salah", NEW)
    assert "Tunggu" in told
    assert "Tunggu" in program.visitor().unlock().text


def test_the_page_tells_what_this_laptop_is(visitor: Visitor) -> None:
    said = visitor.see("/settings").said("main")
    assert "Agen 1" in said
    assert "Makassar" in said
    assert "Laptop uji" in said
    assert "14 hari" in said
