"""capture and drafts, as an agent types them."""

import json
from pathlib import Path

import pytest

from tests.agent_client.office_line import AgentLaptop
from tests.builders import OMIT, content


def test_a_content_from_a_file_is_saved(laptop: AgentLaptop, tmp_path: Path) -> None:
    file = tmp_path / "isian.json"
    file.write_text(json.dumps(content(1)))
    result = laptop.run("capture", str(file))
    [one] = laptop.json("list")["captures"]
    assert (result.exit_code, result.stdout) == (0, f"tersimpan {one['record_id']}\n")


def test_what_was_saved_is_told_to_programs(laptop: AgentLaptop) -> None:
    told = laptop.capture(content(1, contribution=OMIT, schema=OMIT, tariff_version=OMIT))
    [one] = laptop.json("list")["captures"]
    assert told["saved"] is True
    assert (told["record_id"], told["digest"]) == (one["record_id"], one["digest"])
    assert (told["device_seq"], told["contribution"], told["warnings"]) == (1, 16_400, [])


def test_every_error_is_told_and_the_content_kept(laptop: AgentLaptop) -> None:
    result = laptop.run("capture", "-", stdin=json.dumps(content(1, nik="73", months=5)))
    assert result.exit_code == 1
    assert "tersimpan " not in result.stdout
    assert "[content_refused]" in result.stderr
    assert "[nik: nik_length]" in result.stderr
    assert "[months: choice]" in result.stderr
    assert "lorong-agent capture FILE --draft 1" in result.stdout
    [draft] = laptop.json("drafts")["drafts"]
    assert [error["code"] for error in draft["errors"]] == ["nik_length", "choice"]


def test_a_draft_is_completed_and_gone(laptop: AgentLaptop) -> None:
    laptop.capture(content(1, consent_at=OMIT))
    told = laptop.capture({"consent_at": content(1)["consent_at"]}, "--draft", "1")
    assert told["saved"] is True
    assert laptop.json("drafts") == {"drafts": [], "sealed": []}


def test_a_draft_is_thrown_away(laptop: AgentLaptop) -> None:
    laptop.capture(content(1, consent_at=OMIT))
    assert laptop.run("drafts", "--discard", "1").stdout == "Tidak ada draf.\n"
    assert "[draft_unknown]" in laptop.run("drafts", "--discard", "1").stderr


def test_no_draft_where_none_is_wanted(laptop: AgentLaptop) -> None:
    assert laptop.capture({}, "--no-draft")["draft_id"] is None
    assert laptop.json("status")["drafts"] == 0


def test_a_correction_by_the_end_of_an_id(laptop: AgentLaptop) -> None:
    first = laptop.capture(content(1))["record_id"]
    second = laptop.capture(content(1, phone="+628123456789"), "--corrects", first[-8:])
    [_, one] = laptop.json("list")["captures"]
    assert (one["record_id"], one["corrects"]) == (second["record_id"], first)


@pytest.mark.parametrize(
    ("stdin", "code"),
    [
        ("{", "json_bad"),
        ("[]", "json_no_object"),
        (b"\xff", "json_bad"),
        ("[" * 60_000, "json_bad"),
        ("1" * 70_000, "content_too_large"),
    ],
)
def test_what_is_no_content(laptop: AgentLaptop, stdin: str | bytes, code: str) -> None:
    assert laptop.json("capture", "-", stdin=stdin)["problem"]["code"] == code
    assert laptop.json("status")["drafts"] == 0


def test_a_file_that_is_not_there(laptop: AgentLaptop, tmp_path: Path) -> None:
    told = laptop.json("capture", str(tmp_path / "nowhere.json"))
    assert told["problem"]["code"] == "file_missing"


def test_where_the_content_comes_by_standard_input_no_passphrase_does(
    laptop: AgentLaptop,
) -> None:
    laptop.passphrase = None
    told = laptop.json("capture", "-", stdin=json.dumps(content(1)))
    assert told["problem"]["code"] == "passphrase_needed"


def test_before_joining_nothing_is_captured(bare: AgentLaptop) -> None:
    result = bare.run("capture", "-", stdin=json.dumps(content(1)))
    assert (result.exit_code, "[not_joined]" in result.stderr) == (1, True)


def test_nothing_secret_is_printed(laptop: AgentLaptop) -> None:
    told = content(1)
    printed = ""
    for command in (
        ("capture", "-"),
        ("capture", "-", "--json"),
    ):
        for typed in (told, {**told, "months": 5}):
            result = laptop.run(*command, stdin=json.dumps(typed))
            printed += result.output
    for arguments in (["list"], ["drafts"], ["status"], ["doctor"], ["sync"], ["list"]):
        printed += laptop.run(*arguments).output
        printed += laptop.run(*arguments, "--json").output
    record_id = laptop.json("list")["captures"][0]["record_id"]
    printed += laptop.run("show", record_id).output + laptop.run("show", record_id, "--json").output
    for secret in (told["nik"], told["mother_name"], told["phone"], told["phone"][3:]):
        assert secret not in printed
