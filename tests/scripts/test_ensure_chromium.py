"""A Chromium is found where it is, and what is missing is told in one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.ensure_chromium import NAMES, find_chromium

SCRIPT = Path(__file__).parents[2] / "scripts" / "ensure_chromium.py"


def program(folder: Path, name: str) -> str:
    """Make a program of that name."""
    file = folder / name
    file.touch(mode=0o755)
    return str(file)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_found_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv("LORONG_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_chromium() is None
    there = program(tmp_path, name)
    assert find_chromium() == there


def test_the_setting_goes_before_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "chromium")
    named = program(tmp_path, "my-own")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("LORONG_CHROMIUM", named)
    assert find_chromium() == named


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"LORONG_CHROMIUM": "/nowhere/chromium"}, "LORONG_CHROMIUM names no program; "),
        ({}, "there is no apt-get here: install it, or run `make test-core`"),
    ],
)
def test_what_is_missing_is_told_in_one_sentence(
    tmp_path: Path, settings: dict[str, str], told: str
) -> None:
    inherited = {name: it for name, it in os.environ.items() if name != "LORONG_CHROMIUM"}
    done = subprocess.run(
        [sys.executable, str(SCRIPT)],
        env={**inherited, "PATH": str(tmp_path), **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
