"""lorong-server open-sealed: what it prints, writes and ends with."""

import json
from pathlib import Path
from typing import Any

import pytest

from server.sentences import SENTENCES
from server.store.engine import Store
from tests.builders import content
from tests.offices import KEY, Desk
from tests.server.test_cli import Terminal
from tests.server.test_sealed import draft, line


@pytest.fixture
def terminal(store: Store, tmp_path: Path) -> Terminal:
    """A terminal at the office of `desk`."""
    url = store.url.render_as_string(hide_password=False)
    home = {"LORONG_HOME": str(tmp_path / "home"), "LORONG_OFFICE_KEY": KEY}
    return Terminal({**home, "LORONG_DATABASE_URL": url})


@pytest.fixture
def file(desk: Desk, tmp_path: Path) -> Path:
    """A file with two captures of one worker and a draft."""
    laptop = desk.join()
    lines = [line(laptop.envelope(content(1))), line(laptop.envelope(content(1)))]
    path = tmp_path / "tersegel.jsonl"
    path.write_bytes(b"".join([*lines, draft(laptop, content={"full_name": "Hasnah"})]))
    return path


def test_counts_verdicts_by_agent(terminal: Terminal, file: Path) -> None:
    found = terminal.run("open-sealed", str(file))
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout == (
        "A1: accepted 1, duplicate 1\n1 draf belum ditulis; ulangi dengan --drafts\n"
    )
    assert terminal.run("open-sealed", str(file)).stdout == found.stdout


def test_as_json(terminal: Terminal, file: Path) -> None:
    assert terminal.json("open-sealed", str(file)) == {
        "verdicts": {"A1": {"accepted": 1, "duplicate": 1}},
        "drafts": 1,
        "refused": [],
    }


def test_drafts_are_written_for_the_owner_alone(
    terminal: Terminal, file: Path, tmp_path: Path
) -> None:
    drafts = tmp_path / "draf.jsonl"
    found = terminal.run("open-sealed", str(file), "--drafts", str(drafts))
    assert found.stdout.endswith(f"1 draf di {drafts}\n")
    written: dict[str, Any] = json.loads(drafts.read_text())
    assert (written["agent_code"], written["content"]) == ("A1", {"full_name": "Hasnah"})
    assert drafts.stat().st_mode & 0o777 == 0o600


def test_what_is_refused_is_listed_and_the_rest_is_settled(terminal: Terminal, file: Path) -> None:
    file.write_bytes(b"spoilt\n" + file.read_bytes())
    found = terminal.run("open-sealed", str(file))
    assert found.exit_code == 1
    told = SENTENCES["sealed_unreadable"][0]
    assert found.stderr == f"baris 1: {told} [sealed_unreadable]\n"
    assert found.stdout.startswith("A1: accepted 1, duplicate 1\n")
    again = json.loads(terminal.run("open-sealed", str(file), "--json").stdout)
    assert again["refused"] == [{"line": 1, "code": "sealed_unreadable"}]


def test_an_empty_file(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "kosong").write_bytes(b"\n")
    found = terminal.run("open-sealed", str(tmp_path / "kosong"))
    assert (found.exit_code, found.stdout) == (0, "Tidak ada yang dibuka.\n")


def test_drafts_that_cannot_be_written(terminal: Terminal, file: Path, tmp_path: Path) -> None:
    place = str(tmp_path / "nowhere" / "draf")
    assert terminal.problem("open-sealed", str(file), "--drafts", place) == "drafts_unwritable"
