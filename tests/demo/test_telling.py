from collections import Counter
from typing import Any

import pytest

from demo.telling import LaptopsDay, doctor_lines, leaderboard_lines, told_lines
from schemas.words import REASONS, Verdict

VERDICTS = [
    {"verdict": verdict.value, "reason": reason.value, "flags": ["near_match"]}
    for verdict, reasons in REASONS.items()
    if verdict != Verdict.RETRY
    for reason in reasons
]
HELD = Counter(
    {("draft", code): 1 for code in ("age_min", "age_max", "consent", "nik_date")}
    | {("refused", "nik_rounded"): 2}
)
LAPTOPS = [LaptopsDay(name, 1234, HELD, VERDICTS) for name in ("Tallo", "Mariso", "Wajo")]
AGENT: dict[str, Any] = {
    "rank": 1,
    "name": "Sitti Hasnah",
    "accepted": 1234,
    "duplicate": 0,
    "in_review": 1,
    "rejected": 2,
    "target_percent": 252,
    "contribution": 26_031_850,
}
WORD: dict[str, Any] = {
    "records": {"accepted": 1200, "duplicate": 34},
    "checks": [{"check": f"a_check_of_{n}", "compared": 1000 + n} for n in range(12)],
}


@pytest.mark.parametrize("lang", ["id", "en"])
def test_nothing_is_wider_than_a_terminal(lang: str) -> None:
    lines = [
        *told_lines(LAPTOPS, lang),
        *leaderboard_lines([AGENT], lang),
        *doctor_lines(WORD, lang),
    ]
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_figures_stand_below_each_other(lang: str) -> None:
    rows = [line for line in told_lines(LAPTOPS, lang) if line.startswith("    ")]
    assert {len(line) for line in rows} == {78}


def test_each_verdict_is_counted_for_each_laptop_and_in_all() -> None:
    text = "\n".join(told_lines(LAPTOPS, "id"))
    assert "sudah peserta                              1         1         1         3" in text
    assert "tak diambil: NIK dibulatkan Excel          2         2         2         6" in text
    assert "tersimpan                              1.234     1.234     1.234     3.702" in text


def test_a_verdict_without_words_is_shown_by_its_code() -> None:
    strange = LaptopsDay("Tallo", 1, Counter(), [{"verdict": "x", "reason": "y", "flags": []}])
    assert any("x/y" in line for line in told_lines([strange], "id"))


def test_an_agent_who_has_not_reported_has_no_rank() -> None:
    lines = list(leaderboard_lines([AGENT, {**AGENT, "rank": None}], "id"))
    assert lines[2].split()[:2] == ["1", "Sitti"]
    assert lines[3].split()[:2] == ["·", "Sitti"]
    assert lines[2].endswith("Rp26.031.850")


def test_the_doctor_tells_what_was_compared() -> None:
    text = "\n".join(doctor_lines(WORD, "en"))
    assert "1,234 records" in text
    assert text.count("a_check_of_") == 12
