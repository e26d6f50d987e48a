"""proof and verify: a day's proof goes out as a file, and anybody checks it, offline."""

import json
from pathlib import Path
from typing import Any

import pytest

from agent_client.sentences import sentence
from sync.receipts import key_id, new_signing_key, public_text
from tests.agent_client.office_line import AgentLaptop
from tests.agent_client.proving import hand_in, key_items, said, signed_by, written
from tests.offices import KEYS, Desk

KEY = public_text(KEYS.signing)
FINGERPRINT = " ".join(key_id(KEY)[place : place + 4] for place in (0, 4, 8, 12))


@pytest.fixture
def proven(laptop: AgentLaptop, tmp_path: Path) -> Path:
    """A day's file of two records."""
    hand_in(laptop, 1, 2)
    path = tmp_path / "bukti.json"
    assert laptop.run("proof", "--out", str(path)).exit_code == 0
    return path


@pytest.fixture
def stranger(the_desk: Desk, tmp_path: Path) -> AgentLaptop:
    """A machine without any laptop's data, on which nobody can type a passphrase."""
    return AgentLaptop(the_desk, tmp_path / "nowhere", passphrase=None)


def test_the_days_file_is_written_and_told(laptop: AgentLaptop, tmp_path: Path) -> None:
    ids = hand_in(laptop, 1, 2)
    path = tmp_path / "bukti.json"
    result = laptop.run("proof", "--day", "2026-11-20", "--out", str(path))
    assert result.exit_code == 0
    assert f"Bukti setor tertulis di {path}." in result.stdout
    lines = result.stdout.splitlines()
    assert [line.split("  ")[:3] for line in lines[:2]] == [
        ["20-11-2026 10:00 WITA", ids[0], "#1"],
        ["20-11-2026 10:00 WITA", ids[1], "#2"],
    ]
    told = laptop.json("proof", "--out", str(path))
    assert (told["day"], told["file"], told["receipts"]) == ("2026-11-20", str(path), 1)
    assert [one["record_id"] for one in told["records"]] == ids
    assert all(
        line.endswith(one["code"]) for line, one in zip(lines, told["records"], strict=False)
    )


def test_without_a_place_it_goes_where_one_is(
    laptop: AgentLaptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(laptop, 1)
    monkeypatch.chdir(tmp_path)
    laptop.lang = "en"
    assert "The proof is in bukti-setor-2026-11-20.json." in laptop.run("proof").stdout
    assert json.loads(Path("bukti-setor-2026-11-20.json").read_bytes())["day"] == "2026-11-20"


def test_a_day_on_which_nothing_was_signed(laptop: AgentLaptop, tmp_path: Path) -> None:
    path = tmp_path / "bukti.json"
    for day in ("2026-11-19", "0001-01-01", "9999-12-31"):
        told = laptop.json("proof", "--day", day, "--out", str(path))
        assert (told["problem"]["code"], day in told["problem"]["sentence"]) == ("proof_none", True)
    assert not path.exists()
    assert laptop.run("proof", "--day", "kemarin").exit_code == 2


def test_a_place_that_cannot_be_written(laptop: AgentLaptop, tmp_path: Path) -> None:
    hand_in(laptop, 1)
    assert laptop.json("proof", "--out", str(tmp_path))["problem"]["code"] == "proof_unwritable"


def test_a_laptop_that_has_not_joined_has_no_proof(bare: AgentLaptop) -> None:
    assert bare.json("proof")["problem"]["code"] == "not_joined"


def test_the_laptop_trusts_its_own_office(laptop: AgentLaptop, proven: Path) -> None:
    result = laptop.run("verify", str(proven))
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"1. {sentence('receipt_good', 'id')} [receipt_good] {FINGERPRINT}" in result.stdout
    assert "Agen 1, Makassar, 2026-11-20 (kata berkas, tidak ditandatangani)" in result.stdout
    told = laptop.json("verify", str(proven))
    assert (told["sound"], told["trusted"], told["problem"]) == (True, True, None)
    listed = laptop.json("proof", "--out", str(proven))["records"]
    assert told["receipts"][0]["records"] == listed
    for one in listed:
        assert f"{one['record_id']}  #{one['seq']}  diterima" in result.stdout
        assert one["code"] in result.stdout


def test_by_the_offices_key_no_passphrase_and_no_laptop_is_needed(
    laptop: AgentLaptop, stranger: AgentLaptop, proven: Path
) -> None:
    laptop.passphrase = None
    for one in (laptop, stranger):
        result = one.run("verify", str(proven), "--key", KEY)
        assert (result.exit_code, result.stderr) == (0, "")
    assert not stranger.home.exists()


def test_without_any_key_it_says_what_it_cannot_tell(stranger: AgentLaptop, proven: Path) -> None:
    result = stranger.run("verify", str(proven))
    assert result.exit_code == 1
    assert sentence("proof_unconfirmed", "id", keys=FINGERPRINT) in result.stderr
    assert "[proof_unconfirmed]" in result.stderr
    stranger.lang = "en"
    told = stranger.json("verify", str(proven))
    assert (told["sound"], told["trusted"], told["unconfirmed"]) == (True, False, [key_id(KEY)])
    assert FINGERPRINT in told["problem"]["sentence"]
    assert told["problem"]["responsible"] == "supervisor"
    assert "the file says so, unsigned" in stranger.run("verify", str(proven)).stdout


def test_another_offices_key_is_not_enough(stranger: AgentLaptop, proven: Path) -> None:
    other = public_text(new_signing_key())
    result = stranger.run("verify", str(proven), "--key", other)
    assert (result.exit_code, "[proof_unconfirmed]" in result.stderr) == (1, True)


@pytest.mark.parametrize("key", ["", "AAAA", "bukan kunci", "é"])
def test_a_key_that_is_none(stranger: AgentLaptop, proven: Path, key: str) -> None:
    told = stranger.json("verify", str(proven), "--key", key)
    assert told["problem"]["code"] == "proof_key_malformed"


def test_a_passphrase_is_asked_for_where_there_is_a_laptop_and_no_key(
    laptop: AgentLaptop, proven: Path
) -> None:
    laptop.passphrase = None
    assert "[passphrase_needed]" in laptop.run("verify", str(proven)).stderr


def flipped(body: dict[str, Any]) -> dict[str, Any]:
    changed = body["receipts"][0]["payload"].replace('"accepted"', '"rejected"', 1)
    return {**body, "receipts": [{**body["receipts"][0], "payload": changed}]}


def resigned(body: dict[str, Any]) -> dict[str, Any]:
    key = new_signing_key()
    return {
        **body,
        "receipts": [signed_by(key, said(body["receipts"][0]))],
        "keys": key_items(key),
    }


@pytest.mark.parametrize(
    ("plant", "outcome", "code"),
    [
        (flipped, "receipt_forged", "proof_broken"),
        (resigned, "receipt_unconfirmed", "proof_unconfirmed"),
        (lambda body: {**resigned(body), "keys": []}, "receipt_key_unknown", "proof_key_unknown"),
    ],
)
def test_a_planted_change_is_told_and_where(
    laptop: AgentLaptop, proven: Path, tmp_path: Path, plant: Any, outcome: str, code: str
) -> None:
    path = written(tmp_path, plant(json.loads(proven.read_bytes())))
    result = laptop.run("verify", str(path))
    assert result.exit_code == 1
    assert f"1. {sentence(outcome, 'id')} [{outcome}]" in result.stdout
    assert f"[{code}]" in result.stderr
    told = laptop.json("verify", str(path))
    assert [one["code"] for one in told["receipts"]] == [outcome]
    assert (told["trusted"], told["problem"]["code"]) == (False, code)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"[" * 1_000_000, "proof_malformed"),
        (b"{}", "proof_other_format"),
        (b" " * 9_000_000, "proof_too_large"),
    ],
)
def test_what_is_no_proof_is_a_problem(
    stranger: AgentLaptop, tmp_path: Path, content: bytes, code: str
) -> None:
    result = stranger.run("verify", str(written(tmp_path, content)))
    assert (result.exit_code, f"[{code}]" in result.stderr) == (1, True)
    assert not stranger.home.exists()


def test_a_file_that_is_not_there(stranger: AgentLaptop, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "tidak-ada.json"):
        assert stranger.json("verify", str(path))["problem"]["code"] == "file_missing"
