"""What lorong-server says, it says in Indonesian, and in English by a switch."""

import re
from collections.abc import Mapping

import pytest

from server.sentences import HEADS, SENTENCES, TEXTS
from tests.offices import Desk
from tests.server.terminal import Terminal


@pytest.fixture
def busy(desk: Desk, terminal: Terminal) -> Terminal:
    """A terminal at an office where a record came in."""
    desk.join().send(desk.join().envelope())
    return terminal


def test_a_switch_and_the_environment_choose_the_language(busy: Terminal) -> None:
    assert busy.run("--lang", "en", "rebuild-performance").stdout == "Days counted again: 1.\n"
    assert busy.run("doctor", LORONG_LANG="en").stdout.startswith("Records: 1 (accepted 1)")
    board = busy.run("leaderboard", "--month", "2026-05", LORONG_LANG="en").stdout
    assert board.startswith("Leaderboard May 2026")
    told = busy.run("--lang", "id", "doctor", LORONG_LANG="en").stdout
    assert told.startswith("Pendaftaran: 1 (accepted 1)")


def test_a_problem_is_told_in_english_too(busy: Terminal) -> None:
    assert busy.run("--lang", "en", "join-code", "nobody").stderr == (
        "There is no agent with that code. Admin: add one with add-agent. [agent_unknown]\n"
    )


def test_another_language_is_refused_by_its_name(busy: Terminal) -> None:
    assert busy.problem("doctor", LORONG_LANG="bugis") == "setting_wrong"
    assert "LORONG_LANG" in busy.run("doctor", LORONG_LANG="bugis").stderr
    assert busy.run("--lang", "bugis", "doctor").exit_code == 2


@pytest.mark.parametrize("pairs", [SENTENCES, TEXTS], ids=["sentences", "texts"])
def test_whatever_is_told_is_told_in_both(pairs: Mapping[str, tuple[str, str]]) -> None:
    for code, (indonesian, english) in pairs.items():
        named = [set(re.findall(r"{(\w+)", told)) for told in (indonesian, english)]
        assert indonesian, code
        assert english, code
        assert named[0] == named[1], code
    assert len(HEADS["id"]) == len(HEADS["en"])
