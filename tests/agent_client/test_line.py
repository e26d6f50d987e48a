"""The one honest line on top: what waits by the database, why, and the clock."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_client.kept import Progress
from agent_client.line import SHORT, Line, clock_words, line
from agent_client.sentences import sentence
from agent_client.store import exchange, joining
from agent_client.vault import Vault
from agent_client.wiping import wipe
from schemas.messages import GROUPS
from sync.problems import CODES
from tests.agent_client.laptops import NOW, joined_vault, new_vault, outbox_of, save

DAY = 86_400


@dataclass
class Laptop:
    """A laptop's database, and what its line says."""

    vault: Vault
    progress: Progress = field(default_factory=Progress)

    def says(self, lang: str = "id", later: timedelta = timedelta()) -> Line:
        with self.vault.reading() as tx:
            return line(tx, self.progress, NOW + later, lang)

    def wait(self, count: int = 1) -> None:
        for _ in range(count):
            save(outbox_of(self.vault))

    def tried(self, problem: str | None, offset_s: int | None = None) -> None:
        with self.vault.writing() as tx:
            exchange.keep_try(tx, problem, NOW)
            if offset_s is not None:
                office_time = (NOW + timedelta(seconds=offset_s)).isoformat()
                exchange.keep_answer(tx, {"time": office_time}, NOW)

    def change(self, clause: str) -> None:
        with self.vault.writing() as tx:
            tx.execute(f"update captures set {clause}")


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return Laptop(joined_vault(tmp_path))


def test_all_is_sent_and_when(laptop: Laptop) -> None:
    laptop.tried(None, offset_s=0)
    said = laptop.says()
    assert (said.tone, said.text, said.detail, said.clock) == (
        "good",
        "Semua sudah terkirim 09.30",
        "",
        None,
    )
    assert laptop.says("en").text == "Everything was sent, 09.30"


def test_on_another_day_the_day_is_said(laptop: Laptop) -> None:
    laptop.tried(None, offset_s=0)
    assert laptop.says(later=timedelta(days=1)).text == "Semua sudah terkirim 20-11 09.30"


def test_before_the_first_answer_nothing_is_called_sent(laptop: Laptop) -> None:
    assert laptop.says().text == "Belum ada yang perlu dikirim"


def test_what_waits_without_a_line_is_counted(laptop: Laptop) -> None:
    laptop.wait(12)
    laptop.tried("line_failed")
    said = laptop.says()
    assert (said.tone, said.text, said.waiting) == (
        "problem",
        "12 menunggu, tidak ada jaringan",
        12,
    )
    assert said.detail == sentence("line_failed", "id")


def test_what_waits_is_counted_anew_each_time(laptop: Laptop) -> None:
    laptop.wait(2)
    assert laptop.says().text == "2 menunggu"
    laptop.wait()
    laptop.progress = Progress(done=9, total=9)
    assert (laptop.says().text, laptop.says().waiting) == ("3 menunggu", 3)


def test_a_line_that_is_not_the_internet_is_said_when_nothing_waits_too(laptop: Laptop) -> None:
    laptop.tried("captive")
    assert laptop.says().text == "Jaringan belum masuk internet"
    laptop.wait()
    assert laptop.says().text == "1 menunggu, jaringan belum masuk internet"
    assert laptop.says("en").text == "1 waiting, the line does not reach the internet yet"


def test_while_it_sends_it_says_how_much(laptop: Laptop) -> None:
    laptop.wait(3)
    laptop.tried("line_failed")
    laptop.progress = Progress(running=True, done=0, total=0, problem="line_failed")
    assert laptop.says().text == "Menghubungi kantor …"
    laptop.progress = Progress(running=True, done=1, total=3)
    said = laptop.says()
    assert (said.text, said.tone, said.running, said.done, said.total) == (
        "Mengirim 1 dari 3 …",
        "waiting",
        True,
        1,
        3,
    )


def test_a_run_that_could_not_begin_is_told(laptop: Laptop) -> None:
    laptop.tried(None, offset_s=0)
    laptop.progress = Progress(problem="disk_full")
    assert laptop.says().text == "Disk penuh"


def test_what_cannot_be_sent_is_not_said_to_wait_for_no_reason(laptop: Laptop) -> None:
    laptop.wait()
    laptop.tried(None, offset_s=0)
    laptop.change("set_aside_at = '2026-11-20T01:30:00.000Z', set_aside_by = 'faulty'")
    said = laptop.says()
    assert (said.tone, said.text) == ("problem", "1 menunggu, admin perlu memeriksa")
    laptop.wait()
    assert laptop.says().text == "2 menunggu"


def test_what_is_sealed_says_what_to_do(laptop: Laptop) -> None:
    laptop.wait()
    with laptop.vault.writing() as tx:
        tx.execute("update captures set wiped_at = '2026-11-20T01:30:00.000Z', envelope = x''")
    said = laptop.says()
    assert said.text == "1 menunggu, disegel untuk kantor"
    assert "export-sealed" in said.detail


@pytest.mark.parametrize(
    ("offset", "indonesian", "english"),
    [
        (3 * DAY, "jam laptop salah 3 hari", "the laptop's clock is wrong by 3 day(s)"),
        (-2 * 3_600, "jam laptop salah 2 jam", "the laptop's clock is wrong by 2 hour(s)"),
        (600, "jam laptop salah 10 menit", "the laptop's clock is wrong by 10 minute(s)"),
    ],
)
def test_a_wrong_clock_is_said_beside(
    laptop: Laptop, offset: int, indonesian: str, english: str
) -> None:
    laptop.tried(None, offset_s=offset)
    assert (laptop.says().clock, laptop.says("en").clock) == (indonesian, english)
    assert laptop.says().tone == "good"


@pytest.mark.parametrize("offset", [None, 0, 599, -599])
def test_a_clock_that_is_nearly_right_is_not_spoken_of(offset: int | None) -> None:
    assert clock_words(offset, "id") is None


@pytest.mark.parametrize("code", [*CODES, *GROUPS["office"]])
def test_every_problem_of_the_line_has_a_few_words(laptop: Laptop, code: str) -> None:
    laptop.wait()
    laptop.tried(code)
    assert code in SHORT
    for lang, words in zip(("id", "en"), SHORT[code], strict=True):
        said = laptop.says(lang)
        assert said.text.endswith(f", {words}")
        assert len(said.text) < 60
        assert said.detail == sentence(code, lang) != code


def test_a_problem_that_nobody_knows_is_not_hidden(laptop: Laptop) -> None:
    laptop.wait()
    laptop.tried("monsoon")
    assert laptop.says().text == "1 menunggu, belum terkirim"


@pytest.fixture
def alone(tmp_path: Path) -> Laptop:
    return Laptop(new_vault(tmp_path))


def begin(laptop: Laptop) -> None:
    with laptop.vault.writing() as tx:
        joining.keep_joining_begun(tx, joining.Begun("https://kantor.test", "KODE", "Laptop"))


def test_a_laptop_that_has_joined_nothing_says_so(alone: Laptop) -> None:
    said = alone.says()
    assert (said.tone, said.text) == ("problem", "Belum bergabung dengan kantor")
    assert said.detail == sentence("not_joined", "id")


@pytest.mark.parametrize(
    ("progress", "text", "detail"),
    [
        (Progress(running=True), "Bergabung dengan kantor …", ""),
        (Progress(problem="line_failed"), "Belum bergabung dengan kantor", "line_failed"),
        (Progress(problem="code_used"), "Belum bergabung dengan kantor", "code_used"),
    ],
)
def test_a_joining_that_was_begun_says_what_is_missing(
    alone: Laptop, progress: Progress, text: str, detail: str
) -> None:
    begin(alone)
    alone.progress = progress
    said: Any = alone.says()
    assert (said.text, said.detail) == (text, sentence(detail, "id") if detail else "")


def test_a_revoked_laptop_says_that_it_was_revoked(laptop: Laptop) -> None:
    laptop.wait()
    laptop.tried("device_revoked")
    wipe(laptop.vault, NOW)
    said = laptop.says()
    assert (said.text, said.waiting) == ("1 menunggu, izin laptop dicabut", 1)
