"""What the person at the terminal is told when a command cannot do what was asked."""

import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from server import administer
from server.keys import KEY_FILE
from server.store.engine import Store
from tests.offices import KEY
from tests.server.terminal import Terminal

COMMAND = str(Path(sys.executable).parent / "lorong-server")


COMMANDS = [
    ("migrate",),
    ("add-office", "Tallo"),
    ("add-agent", "Naba", "--office", "Tallo", "--code", "A-1"),
    ("join-code", "A-1"),
    ("leaderboard", "--month", "2026-11"),
    ("import-roll", __file__),
    ("build-known-niks",),
    ("doctor",),
    ("rebuild-performance",),
]


class TestProblems:
    """What is wrong with the office itself, whichever command is asked for."""

    @pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
    def test_of_each_command(self, lone: Terminal, words: tuple[str, ...], tmp_path: Path) -> None:
        assert lone.problem(*words, LORONG_AGE_MIN="young") == "setting_wrong"
        assert lone.problem(*words, LORONG_DATABASE_URL="mysql://x") == "setting_wrong"
        assert lone.problem(*words, LORONG_OFFICE_KEY="no key") == "office_key_missing"
        (tmp_path / "office.db").write_bytes(b"this is no database at all" * 99)
        assert lone.problem(*words, LORONG_OFFICE_KEY=KEY) == "database_unreachable"
        nowhere = f"sqlite:///{tmp_path}/no/such/folder/office.db"
        down = {"LORONG_OFFICE_KEY": KEY, "LORONG_DATABASE_URL": nowhere}
        assert lone.problem(*words, **down) == "database_unreachable"

    def test_of_a_server_that_is_not_there(self, lone: Terminal) -> None:
        url = "postgresql://nobody@127.0.0.1:1/nothing"
        down = {"LORONG_OFFICE_KEY": KEY, "LORONG_DATABASE_URL": url}
        for words in (("migrate",), ("doctor",)):
            assert lone.problem(*words, **down) == "database_unreachable"

    def test_of_a_missing_key(self, bare: Terminal) -> None:
        bare.run("migrate")
        (Path(bare.environ["LORONG_HOME"]) / KEY_FILE).unlink()
        for words in (("migrate",), ("doctor",), ("add-office", "Tallo")):
            assert bare.problem(*words) == "office_key_missing"

    def test_of_another_office_s_key(self, bare: Terminal) -> None:
        bare.run("migrate")
        for words in (("migrate",), ("doctor",), ("add-office", "Tallo")):
            assert bare.problem(*words, LORONG_OFFICE_KEY=KEY) == "office_key_wrong"

    def test_of_a_database_that_is_not_ours(self, bare: Terminal) -> None:
        store = Store(bare.environ["LORONG_DATABASE_URL"])
        with store.write() as tx:
            tx.execute(sa.text("CREATE TABLE theirs (id integer)"))
        store.close()
        for words in (("migrate",), ("doctor",)):
            assert bare.problem(*words, LORONG_OFFICE_KEY=KEY) == "database_foreign"

    def test_of_a_place_where_nothing_can_be_written(self, lone: Terminal) -> None:
        assert lone.problem("migrate", LORONG_HOME="/proc/lorong") == "database_unreachable"
        assert lone.problem("migrate", LORONG_HOME="/dev/null/x") == "database_unreachable"

    def test_of_what_nobody_foresaw(
        self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_args: Any) -> None:
            raise LookupError("7371150101900001")

        monkeypatch.setattr(administer, "add_office", fail)
        assert terminal.problem("add-office", "Tallo") == "unexpected"
        told = terminal.run("add-office", "Tallo")
        assert "7371150101900001" not in told.output
        assert "(LookupError, test_console.py:" in told.stderr


class TestProcess:
    """The real program, where only a process of its own shows it."""

    def run(self, home: Path, *words: str, **options: Any) -> "subprocess.CompletedProcess[str]":
        """Run the program with a folder of its own."""
        environ = {"LORONG_HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        return subprocess.run(
            [COMMAND, *words], env=environ, capture_output=True, text=True, check=False, **options
        )

    def test_from_nothing_to_a_join_code(self, tmp_path: Path) -> None:
        assert self.run(tmp_path, "migrate").returncode == 0
        assert (tmp_path / KEY_FILE).stat().st_mode & 0o077 == 0
        self.run(tmp_path, "add-office", "Tallo")
        self.run(tmp_path, "add-agent", "Naba", "--office", "Tallo", "--code", "A-1")
        code = self.run(tmp_path, "join-code", "A-1")
        assert (code.returncode, len(code.stdout), code.stderr) == (0, 10, "")

    def test_on_a_full_disk(self, tmp_path: Path) -> None:
        def full() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

        found = self.run(tmp_path, "migrate", preexec_fn=full)
        assert found.returncode == 1
        assert found.stderr.rstrip().endswith("[database_unreachable]")
        assert self.run(tmp_path, "migrate").returncode == 0
