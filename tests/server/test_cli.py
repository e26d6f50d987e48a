"""lorong-server: every command, what it prints, how it ends; never a stack trace."""

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from click.testing import CliRunner

from server import cli
from server.joining import code_hash
from server.keys import make_key_file
from server.store import devices
from server.store.engine import Store
from server.store.tables import performance
from tests.builders import content
from tests.offices import Desk
from tests.server.terminal import Terminal

COMMAND = str(Path(sys.executable).parent / "lorong-server")


class TestMigrate:
    def test_says_what_it_seeded(self, bare: Terminal) -> None:
        found = bare.run("migrate")
        assert found.exit_code == 0
        assert found.stdout.startswith("Basis data siap. Daftar baru: ")
        assert "tariff" in found.stdout
        assert bare.run("migrate").stdout == "Basis data siap. Daftar baru: tidak ada.\n"

    def test_as_json(self, bare: Terminal) -> None:
        first = bare.json("migrate")
        assert (first["migrated"], "consent" in first["seeded"]) == (True, True)
        assert bare.json("migrate") == {"migrated": True, "seeded": []}

    def test_is_needed_before_all_else(self, bare: Terminal) -> None:
        make_key_file(Path(bare.environ["LORONG_HOME"]))
        assert bare.problem("add-office", "Tallo") == "not_migrated"
        assert bare.run("serve", "--port", "0").exit_code == 1


class TestSetUp:
    def test_an_office_an_agent_and_a_code(self, terminal: Terminal, store: Store) -> None:
        office = terminal.json("add-office", "Tallo")
        assert (office["name"], len(office["office_id"])) == ("Tallo", 36)
        agent = terminal.json("add-agent", "Daeng Sutte", "--office", "Tallo", "--code", "A-7")
        assert agent | {"agent_id": ""} == {
            "agent_id": "",
            "code": "A-7",
            "name": "Daeng Sutte",
            "office": "Tallo",
        }
        made = terminal.json("join-code", "A-7")
        assert made["agent_code"] == "A-7"
        with store.read() as tx:
            assert (
                devices.code(tx, code_hash(made["code"]), date.today()).agent_id
                == agent["agent_id"]
            )

    def test_each_prints_one_word_alone(self, terminal: Terminal) -> None:
        words = [
            ("add-office", "Tallo"),
            ("add-agent", "Daeng Sutte", "--office", "Tallo", "--code", "A-7"),
            ("join-code", "A-7"),
        ]
        printed = [terminal.run(*one).stdout for one in words]
        assert [len(text) for text in printed] == [37, 37, 10]
        assert all(text.split() == [text.strip()] for text in printed)

    def test_what_is_there_or_not_is_told(self, terminal: Terminal) -> None:
        terminal.run("add-office", "Tallo")
        terminal.run("add-agent", "Naba", "--office", "Tallo", "--code", "A-7")
        assert terminal.problem("add-office", "Tallo") == "office_taken"
        agent = ("add-agent", "Sutte", "--code", "A-7", "--office")
        assert terminal.problem(*agent, "Tallo") == "agent_taken"
        assert terminal.problem(*agent, "Nowhere") == "office_unknown"
        assert terminal.problem("join-code", "A-8") == "agent_unknown"


@pytest.fixture
def busy(desk: Desk, terminal: Terminal) -> Iterator[Terminal]:
    """A terminal, that afternoon, at an office where two agents worked and a third did not."""
    one, other = desk.join(), desk.join()
    desk.agent()
    worker = content()
    one.exchange(one.envelope(worker), one.envelope(), heartbeat={"waiting": 12})
    other.exchange(other.envelope(worker), other.envelope(content(sex="X")))
    with time_machine.travel(desk.now() + timedelta(hours=6), tick=False):
        yield terminal


class TestLeaderboard:
    def test_is_a_table(self, busy: Terminal) -> None:
        found = busy.run("leaderboard", "--month", "2026-11")
        lines = found.stdout.splitlines()
        assert lines[0] == "Papan peringkat November 2026"
        assert [line.split()[0] for line in lines[2:]] == ["1", "2", "belum"]
        assert "Agen 1 (A1)         2" in lines[2]
        assert "Rp\u00a032.800" in lines[2]
        assert "20 Nov 2026 10.00 WITA" in lines[2]
        assert len({len(line) for line in lines[1:]}) == 1

    def test_as_json(self, busy: Terminal) -> None:
        board = busy.json("leaderboard", "--month", "2026-11")
        assert (board["month"], board["office"]) == ("2026-11", None)
        first = board["agents"][0]
        assert {name: first[name] for name in ("agent_code", "accepted", "waiting", "target")} == {
            "agent_code": "A1",
            "accepted": 2,
            "waiting": 12,
            "target": 25,
        }
        assert first["last_report"] == "2026-11-20T02:00:00+00:00"

    def test_of_one_office_and_of_an_empty_month(self, busy: Terminal) -> None:
        busy.run("add-office", "Tallo")
        month = ("leaderboard", "--month", "2026-11", "--office")
        assert busy.json(*month, "Tallo")["agents"] == []
        assert len(busy.json(*month, "Makassar")["agents"]) == 3
        assert busy.run(*month, "Tallo").exit_code == 0
        nothing = busy.json("leaderboard", "--month", "1999-01")["agents"]
        assert {agent["accepted"] for agent in nothing} == {0}

    def test_of_no_office_or_month_is_told(self, terminal: Terminal) -> None:
        for month in ("2026-13", "2026", "November", "0000-01", "2026-11-20", ""):
            assert terminal.problem("leaderboard", "--month", month) == "month_unreadable"
        nowhere = ("leaderboard", "--month", "2026-11", "--office", "Nowhere")
        assert terminal.problem(*nowhere) == "office_unknown"


class TestRoll:
    def test_counts_and_lists(self, terminal: Terminal, tmp_path: Path) -> None:
        worker = content()
        file = tmp_path / "roll.csv"
        file.write_text(
            "nik,nama,tanggal_lahir\n"
            f"{worker['nik']},{worker['full_name']},{worker['birth_date']}\n"
            "7371,Seseorang,1990-01-01\n"
        )
        found = terminal.run("import-roll", str(file))
        assert found.stdout.splitlines() == [
            "baris 3: nik_length",
            "1 baris diterapkan, 1 ditolak, 0 pendaftaran ditandai menjadi peserta.",
        ]
        assert terminal.json("import-roll", str(file)) == {
            "good": 1,
            "bad": 1,
            "flagged": 0,
            "bad_rows": [{"line": 3, "code": "nik_length"}],
        }

    def test_what_is_no_roll_is_told(self, terminal: Terminal, tmp_path: Path) -> None:
        file = tmp_path / "roll.csv"
        file.write_text("nik,nama\n1,x\n")
        assert terminal.problem("import-roll", str(file)) == "columns_missing"
        file.write_bytes(b"")
        assert terminal.problem("import-roll", str(file)) == "columns_missing"
        file.write_bytes(b"nik,nama,tanggal_lahir\n\xff\xfe,x,y\n")
        assert terminal.problem("import-roll", str(file)) == "file_unreadable"
        file.write_text(f"nik,nama,tanggal_lahir\n{'9' * 200_000},x,y\n")
        assert terminal.problem("import-roll", str(file)) == "file_unreadable"

    def test_no_file_is_a_wrong_use(self, terminal: Terminal, tmp_path: Path) -> None:
        for wrong in (tmp_path / "none.csv", tmp_path):
            found = terminal.run("import-roll", str(wrong))
            assert (found.exit_code, "Traceback" in found.output) == (2, False)


class TestBooks:
    def test_known_niks_are_built(self, busy: Terminal) -> None:
        assert busy.json("build-known-niks") == {"version": "1.0", "niks": 2, "bytes": 32_801}
        assert busy.run("build-known-niks").stdout == "known_niks 2.0: 2 NIK, 32.801 byte\n"

    def test_the_doctor_prints_what_it_compared(self, busy: Terminal) -> None:
        found = busy.run("doctor")
        assert found.exit_code == 0, found.output
        lines = found.stdout.splitlines()
        assert lines[0] == "Pendaftaran: 4 (accepted 2, duplicate 1, rejected 1)"
        *checks, trail = lines[1:]
        assert all(line.endswith("ok") and "dibandingkan" in line for line in checks)
        assert trail.startswith("  ")
        told = busy.json("doctor")
        assert told["sound"] is True
        assert told["records"] == {"accepted": 2, "duplicate": 1, "rejected": 1}

    def test_damage_makes_the_doctor_end_with_1_and_say_which(
        self, busy: Terminal, store: Store
    ) -> None:
        with store.write() as tx:
            tx.execute(sa.update(performance).values(accepted=performance.c.accepted + 1))
        found = busy.run("doctor")
        assert found.exit_code == 1
        assert "2 SALAH" in found.stdout
        assert "accepted differ from the ledger" in found.stdout
        told = busy.run("doctor", "--json")
        assert (told.exit_code, json.loads(told.stdout)["sound"]) == (1, False)
        assert busy.json("rebuild-performance") == {"days": 2}
        assert busy.run("doctor").exit_code == 0
        assert busy.run("rebuild-performance").stdout == "Hari yang dihitung ulang: 2.\n"


class TestJudge:
    def judge(self, lone: Terminal, *lines: bytes) -> tuple[int, list[Any]]:
        """Judge lines from standard input; return the exit code and what was written."""
        typed = b"\n".join(lines) + b"\n"
        found = CliRunner().invoke(cli.main, ["judge"], input=typed, env=lone.environ)
        return found.exit_code, [json.loads(line) for line in found.stdout.splitlines()]

    def test_writes_a_line_for_each_line(self, lone: Terminal) -> None:
        worker, other = content(1), content(2)
        pairs = [{"a": worker, "b": worker}, {"a": worker, "b": other}]
        code, written = self.judge(lone, *(json.dumps(pair).encode() for pair in pairs))
        assert code == 0
        assert [set(line) for line in written] == [{"same", "near_match", "why"}] * 2
        assert [line["same"] for line in written] == [True, False]

    def test_a_line_that_is_no_pair_stops_nothing(self, lone: Terminal) -> None:
        sound = json.dumps({"a": content(1), "b": content(1)}).encode()
        broken = [
            b"{",
            b"[]",
            b"{}",
            b'{"a": {}}',
            b'{"a": [], "b": 5}',
            b'{"a": "x", "b": {}}',
            b"null",
            b"\xff\xfe",
            b"9" * 5_000,
            b'{"a": {"nik": ' + b"9" * 5_000 + b'}, "b": {}}',
            b"[" * 2_000 + b"]" * 2_000,
            b'{"a":' * 2_000 + b"1" + b"}" * 2_000,
        ]
        code, written = self.judge(lone, *broken, b"", b"   ", sound)
        assert code == 1
        assert written[:-1] == [{"error": "pair_unreadable"}] * len(broken)
        assert written[-1]["same"] is True

    def test_odd_contents_are_judged_all_the_same(self, lone: Terminal) -> None:
        odd = [
            {},
            {"nik": None, "full_name": 7, "birth_date": ["x"], "mother_name": {}},
            {"nik": "\x00", "full_name": "\ud800", "birth_date": "99999-99-99", "phone": "☎"},
            {"full_name": "x" * 100_000},
        ]
        pairs = [json.dumps({"a": one, "b": other}).encode() for one in odd for other in odd]
        code, written = self.judge(lone, *pairs)
        assert (code, len(written)) == (0, 16)

    def test_reads_a_file_and_windows_line_ends(self, lone: Terminal, tmp_path: Path) -> None:
        file = tmp_path / "pairs.jsonl"
        pair = json.dumps({"a": content(1), "b": content(1)})
        file.write_bytes(b"\xef\xbb\xbf" + f"{pair}\r\n{pair}".encode())
        found = lone.run("judge", str(file))
        assert (found.exit_code, len(found.stdout.splitlines())) == (0, 2)
        assert lone.run("judge", str(tmp_path / "none")).exit_code == 2
