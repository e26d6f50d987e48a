"""What lorong-server says, it says in Indonesian, and in English by a switch."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from server.sentences import HEADS, SENTENCES, TEXTS
from tests.offices import KEY, Desk
from tests.server.terminal import Terminal


@pytest.fixture
def terminal(desk: Desk, tmp_path: Path) -> Terminal:
    """A terminal at an office where a record came in."""
    desk.join().send(desk.join().envelope())
    url = desk.office.store.url.render_as_string(hide_password=False)
    home = {"LORONG_HOME": str(tmp_path / "home"), "LORONG_OFFICE_KEY": KEY}
    return Terminal({**home, "LORONG_DATABASE_URL": url})


def test_a_switch_and_the_environment_choose_the_language(terminal: Terminal) -> None:
    assert terminal.run("--lang", "en", "rebuild-performance").stdout == "Days counted again: 1.\n"
    assert terminal.run("doctor", LORONG_LANG="en").stdout.startswith("Records: 1 (accepted 1)")
    board = terminal.run("leaderboard", "--month", "2026-05", LORONG_LANG="en").stdout
    assert board.startswith("Leaderboard May 2026")
    told = terminal.run("--lang", "id", "doctor", LORONG_LANG="en").stdout
    assert told.startswith("Pendaftaran: 1 (accepted 1)")


def test_a_problem_is_told_in_english_too(terminal: Terminal) -> None:
    assert terminal.run("--lang", "en", "join-code", "nobody").stderr == (
        "There is no agent with that code. Admin: add one with add-agent. [agent_unknown]\n"
    )


def test_another_language_is_refused_by_its_name(terminal: Terminal) -> None:
    assert terminal.problem("doctor", LORONG_LANG="bugis") == "setting_wrong"
    assert "LORONG_LANG" in terminal.run("doctor", LORONG_LANG="bugis").stderr
    assert terminal.run("--lang", "bugis", "doctor").exit_code == 2


@pytest.mark.parametrize("pairs", [SENTENCES, TEXTS], ids=["sentences", "texts"])
def test_whatever_is_told_is_told_in_both(pairs: Mapping[str, tuple[str, str]]) -> None:
    for code, (indonesian, english) in pairs.items():
        named = [set(re.findall(r"{(\w+)", told)) for told in (indonesian, english)]
        assert indonesian, code
        assert english, code
        assert named[0] == named[1], code
    assert len(HEADS["id"]) == len(HEADS["en"])
