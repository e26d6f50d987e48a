"""The demo as people start it, twice at once: to its end, and until somebody stops it."""

import json
import os
import re
import select
import signal
import sqlite3
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest

from demo.laptop import PASSPHRASE
from demo.weeks import HABITS

FEW = ("--people", "45", "--seed", "11")
NAMES = ("tallo", "mariso", "wajo")
SCRIPTS = Path(sysconfig.get_path("scripts"))


@dataclass(frozen=True)
class Played:
    """One demo that went to its end; `left` is what it left behind."""

    code: int
    said: str
    left: Path


@contextmanager
def demo(*arguments: str, temporary: Path) -> Iterator[subprocess.Popen[str]]:
    temporary.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "demo", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(temporary), "PYTHONUTF8": "1", "LORONG_LANG": "id"},
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            process.terminate()


def read_until(lines: IO[str], wanted: str) -> str:
    said = ""
    for line in lines:
        said += line
        if wanted in line:
            break
    return said


def await_end(processes: list[str]) -> None:
    """Wait for processes that are just ending: those of an office whose power was cut."""
    for process in processes:
        with suppress(ProcessLookupError):
            select.select([os.pidfd_open(int(process))], [], [], 30)


def processes_of(folder: Path) -> list[str]:
    """The processes that still work in a folder."""
    found = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"LORONG_HOME={folder}/" in environ.read_text(errors="replace"):
                found.append(environ.parent.name)
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Played, Played]:
    """One demo that ended by itself and kept its folder, one that was stopped by Ctrl-C."""
    kept, other = tmp_path_factory.mktemp("kept"), tmp_path_factory.mktemp("other")
    with (
        demo("--once", "--folder", str(kept), *FEW, temporary=kept / "tmp") as once,
        demo(*FEW, temporary=other) as staying,
    ):
        assert once.stdout is not None
        assert staying.stdout is not None
        second = read_until(staying.stdout, "Ctrl-C")
        staying.send_signal(signal.SIGINT)
        first = once.stdout.read()
        second += staying.stdout.read()
        codes = once.wait(), staying.wait()
    return Played(codes[0], first, kept), Played(codes[1], second, other)


def command(name: str, *arguments: str, home: Path) -> dict[str, Any]:
    done = subprocess.run(
        [SCRIPTS / name, *arguments, "--json"],
        capture_output=True,
        check=True,
        env={"LORONG_HOME": str(home), "LORONG_PASSPHRASE": PASSPHRASE, "PYTHONUTF8": "1"},
    )
    body: dict[str, Any] = json.loads(done.stdout)
    return body


def captures_of(folder: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = command("lorong-agent", "list", home=folder / name)["captures"]
    return found


def test_it_ends_well_by_itself_and_by_ctrl_c(played: tuple[Played, Played]) -> None:
    assert [one.code for one in played] == [0, 0], played[0].said + played[1].said


def test_the_same_seed_says_the_same_but_for_the_address(played: tuple[Played, Played]) -> None:
    one, other = (re.split("Halaman kantor", each.said)[0] for each in played)
    assert one == other
    assert "Papan peringkat" in one
    assert "Dokter: sehat." in one
    assert all(re.search(r"Halaman kantor: http://127\.0\.0\.1:\d+/\n", p.said) for p in played)


def test_every_kind_of_answer_is_among_them(played: tuple[Played, Played]) -> None:
    captures = [one for name in NAMES for one in captures_of(played[0].left, name)]
    assert {f"{one['verdict']}/{one['reason']}" for one in captures} == {
        "accepted/new",
        "accepted/corrected",
        "duplicate/enrolled",
        "duplicate/member",
        "in_review/nik_conflict",
        "in_review/nik_changed",
        "rejected/invalid",
        "rejected/ineligible",
        "superseded/corrected",
    }
    flags = {flag for one in captures for flag in one["flags"]}
    assert flags == {"near_match", "contribution_differs"}


def test_laptops_and_office_agree_record_by_record(played: tuple[Played, Played]) -> None:
    folder = played[0].left
    captures = [one for name in NAMES for one in captures_of(folder, name)]
    ledger = records(folder, "d.name in ('Tallo', 'Mariso', 'Wajo')")
    told = [(one["record_id"], one["digest"], one["verdict"], one["reason"]) for one in captures]
    assert sorted(told) == sorted(ledger)
    assert len({record_id for record_id, *_ in told}) == len(told) > 30


def records(folder: Path, whose: str) -> list[tuple[str, str, str, str]]:
    """Return the records of laptops (`d`) in the ledger, as it is."""
    with closing(sqlite3.connect(folder / "kantor" / "office.db")) as books:
        return books.execute(
            "select l.record_id, l.digest, l.verdict, l.reason from ledger l"
            f" join devices d on d.device_id = l.device_id where {whose}"
        ).fetchall()


def test_the_weeks_before_were_taken_in_from_other_laptops(played: tuple[Played, Played]) -> None:
    others = records(played[0].left, "d.name like 'Laptop %'")
    assert len(others) == sum(sum(habit.weeks) for habit in HABITS)
    assert {verdict for _, _, verdict, _ in others} == {"accepted", "duplicate", "in_review"}


def test_it_ends_on_the_office_s_pages_with_a_sign_in(played: tuple[Played, Played]) -> None:
    for one in played:
        assert re.search(r"Masuk sebagai Ibu Rahma, kata sandi \S{12,}\n", one.said)


def test_the_doctor_finds_all_of_it_right(played: tuple[Played, Played]) -> None:
    word = command("lorong-server", "doctor", home=played[0].left / "kantor")
    assert word["sound"] is True
    assert all(one["wrong"] == 0 for one in word["checks"])


def test_ctrl_c_leaves_nothing_behind(played: tuple[Played, Played]) -> None:
    left = played[1].left
    assert list(left.iterdir()) == []
    assert processes_of(left) == processes_of(played[0].left) == []


def test_what_it_did_in_between_leaves_nothing_either(tmp_path: Path) -> None:
    with demo("--once", *FEW, temporary=tmp_path) as process:
        assert process.stdout is not None
        read_until(process.stdout, "diimpor")
        assert len(processes_of(tmp_path)) >= 3
        process.send_signal(signal.SIGTERM)
        said = process.stdout.read()
        code = process.wait()
    assert (code, said.splitlines()[-1]) == (130, "Dihentikan.")
    assert list(tmp_path.iterdir()) == []
    await_end(processes_of(tmp_path))
    assert processes_of(tmp_path) == []


def test_a_part_that_fails_is_told_with_its_log(tmp_path: Path) -> None:
    (tmp_path / "kantor").write_text("not a folder", encoding="utf-8")
    with demo("--once", "--folder", str(tmp_path), *FEW, temporary=tmp_path / "tmp") as process:
        assert process.stdout is not None
        said = process.stdout.read()
        assert process.wait() == 1
    assert "Gagal pada: lorong-server migrate" in said
    assert "[database_unreachable]" in said
