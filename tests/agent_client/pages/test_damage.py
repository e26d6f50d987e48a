"""A damaged or lost database at unlocking: said, mended from the second copy, nothing deleted."""

from pathlib import Path

import pytest

from tests.agent_client.laptops import PASSPHRASE
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.standing import counts
from tests.agent_client.pages.visitor import SEAT, Program, Visitor


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def copied(program: Program, visitor: Visitor, stick: Path) -> str:
    """A record that is in the second copy, and one that is not; the program ended."""
    record_id = visitor.enrol(boxes(1))
    visitor.see("/settings")
    assert visitor.post("/settings/copy", {"folder": str(stick)}).location
    visitor.enrol(boxes(2))
    # Without the stick no newer copy is made when the program ends.
    stick.rename(stick.with_name("elsewhere"))
    program.close()
    stick.with_name("elsewhere").rename(stick)
    return record_id


def spoil(program: Program) -> bytes:
    """Damage the database at its beginning; return what is there now."""
    path = program.laptop.home / "agent.db"
    path.write_bytes(b"\xff" * 64 + path.read_bytes()[64:])
    return path.read_bytes()


def restore(visitor: Visitor, folder: object, passphrase: str = PASSPHRASE) -> list[str]:
    """Send the page's form; return what it says went wrong."""
    sent = {"seat": SEAT, "folder": str(folder), "passphrase": passphrase}
    answer = visitor.post("/restore", sent)
    if answer.location:
        assert answer.location == "/queue"
        return []
    return answer.markup.alerts()


@pytest.mark.usefixtures("copied")
def test_damage_is_said_and_the_copy_offered_where_it_lies(program: Program, stick: Path) -> None:
    spoil(program)
    came = program.visitor()
    page = came.unlock().markup
    assert "Basis data rusak" in page.alerts()[0]
    assert page.all("form", action="/restore")
    assert page.by_id("folder").attrs["value"] == str(stick)
    assert came.get("/queue").location == "/unlock"


def test_the_page_restores_and_the_damaged_file_is_kept(
    program: Program, copied: str, stick: Path
) -> None:
    damaged = spoil(program)
    came = program.visitor()
    came.unlock()
    assert restore(came, stick) == []
    assert came.see(f"/captures/{copied}").said("main")
    assert counts(program)["waiting"] == 1
    (kept,) = program.laptop.home.glob("agent.db.damaged-*")
    assert kept.read_bytes() == damaged


@pytest.mark.usefixtures("copied")
def test_a_lost_database_is_restored_as_well(program: Program, stick: Path) -> None:
    for path in program.laptop.home.glob("agent.db*"):
        path.unlink()
    came = program.visitor()
    assert "Basis data hilang" in came.unlock().markup.alerts()[0]
    assert restore(came, stick) == []
    assert came.get("/queue").status_code == 200


@pytest.mark.usefixtures("copied")
def test_a_restored_laptop_tells_the_office_and_doubles_nothing(
    program: Program, stick: Path
) -> None:
    spoil(program)
    came = program.visitor()
    came.unlock()
    restore(came, stick)
    program.sync()
    assert counts(program)["accepted"] == 1
    assert came.enrol(boxes(2))
    program.sync()
    assert counts(program)["accepted"] == 2


@pytest.mark.usefixtures("copied")
def test_a_wrong_passphrase_restores_nothing(program: Program, stick: Path) -> None:
    damaged = spoil(program)
    came = program.visitor()
    came.unlock()
    assert "Kata sandi salah" in restore(came, stick, "salah")[0]
    assert (program.laptop.home / "agent.db").read_bytes() == damaged
    assert not list(program.laptop.home.glob("*.damaged-*"))


@pytest.mark.usefixtures("copied")
@pytest.mark.parametrize("folder", ["", "   ", "/nirgends", "\x00", "."])
def test_a_folder_without_a_copy_is_told(program: Program, folder: str) -> None:
    damaged = spoil(program)
    came = program.visitor()
    came.unlock()
    answer = came.post("/restore", {"seat": SEAT, "folder": folder, "passphrase": PASSPHRASE})
    assert len(answer.markup.alerts()) == 1
    assert answer.markup.all("form", action="/restore")
    assert (program.laptop.home / "agent.db").read_bytes() == damaged


@pytest.mark.usefixtures("copied")
def test_a_sound_database_is_never_replaced(program: Program, stick: Path) -> None:
    came = program.unlocked()
    came.get("/unlock")
    assert restore(came, stick)
    came.unlock()
    assert counts(program)["waiting"] == 2
    assert not list(program.laptop.home.glob("*.damaged-*"))


@pytest.mark.usefixtures("copied")
def test_a_database_damaged_while_it_was_open_is_restored(program: Program, stick: Path) -> None:
    came = program.unlocked()
    program.stop_sending()
    spoil(program)
    other = program.visitor()
    other.unlock()
    assert restore(other, stick) == []
    assert other.get("/queue").status_code == 200
    assert came.get("/queue").status_code == 200


def test_a_failing_database_ends_in_words_on_every_page(program: Program, visitor: Visitor) -> None:
    with program.kept().vault.writing() as tx:
        tx.execute("alter table captures rename to taken_away")
    for path in ("/queue", "/captures/new", "/performance", "/settings", "/nowhere"):
        told = visitor.get(path)
        assert told.status_code in (404, 500), path
        assert len(told.markup.alerts()) == 1, path
        assert "Traceback" not in told.text
