"""A content becomes a capture, or a draft with all that is wrong with it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from uuid6 import uuid7

from agent_client.capture import Captured, capture, read_content
from agent_client.problems import AgentProblem
from agent_client.store import captures, drafts, reference
from agent_client.store.saving import Evidence
from agent_client.vault import Vault
from schemas.seeds import seed
from sync.known_niks import build, digest16
from tests.agent_client.laptops import NOW, joined_vault, new_vault
from tests.builders import BOOT_ID, OMIT, content


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return joined_vault(tmp_path)


def take(vault: Vault, raw: dict[str, Any], **more: Any) -> Captured:
    return capture(vault, raw, Evidence(NOW, (BOOT_ID, 7), 240), new_id=uuid7, **more)


def saved_id(captured: Captured) -> str:
    assert captured.saved is not None
    return captured.saved.record_id


def envelope(vault: Vault, record_id: str) -> dict[str, Any]:
    with vault.reading() as tx:
        found = captures.envelope_of(tx, record_id)
    assert found is not None
    return found


def warnings(captured: Captured) -> set[str]:
    return {warning.code for warning in captured.judged.warnings}


def test_the_laptop_fills_in_what_it_knows_better(vault: Vault) -> None:
    bare = content(1, schema=OMIT, contribution=OMIT, tariff_version=OMIT)
    sealed = envelope(vault, saved_id(take(vault, bare)))
    assert sealed["content"] == content(1)
    assert sealed["captured_at"] == "2026-11-20T09:30:00.000+08:00"
    assert (sealed["boot_id"], sealed["uptime_s"], sealed["elapsed_s"]) == (BOOT_ID, 7, 240)


def test_what_the_worker_was_told_stays_and_is_warned_of(vault: Vault) -> None:
    captured = take(vault, content(1, contribution=5_000))
    assert envelope(vault, saved_id(captured))["content"]["contribution"] == 5_000
    [warning] = captured.judged.warnings
    assert (warning.code, warning.params) == ("contribution_differs", {"due": 16_400})


def test_the_normal_form_is_saved(vault: Vault) -> None:
    told = content(1)
    nik = f"{told['nik'][:6]} {told['nik'][6:12]}.{told['nik'][12:]}"
    captured = take(vault, {**told, "nik": nik, "full_name": "  Sitti \t Aminah\0 "})
    kept = envelope(vault, saved_id(captured))["content"]
    assert (kept["nik"], kept["full_name"]) == (told["nik"], "Sitti Aminah")


def test_all_errors_at_once_and_the_content_is_a_draft(vault: Vault) -> None:
    captured = take(vault, content(1, nik="73", monthly_income=5, consent_at=OMIT, months=OMIT))
    assert captured.saved is None
    errors = {(error.field, error.code) for error in captured.judged.errors}
    assert errors == {
        ("nik", "nik_length"),
        ("monthly_income", "income_min"),
        ("months", "required"),
        ("consent_at", "required"),
    }
    with vault.reading() as tx:
        [kept] = drafts.drafts(tx)
    assert kept.draft_id == captured.draft_id
    assert kept.content["nik"] == "73"
    assert {error.code for error in kept.missing} == {code for _, code in errors}


def test_no_draft_where_none_is_wanted(vault: Vault) -> None:
    assert take(vault, {}, keep_draft=False).draft_id is None
    with vault.reading() as tx:
        assert drafts.count_drafts(tx) == 0


def test_a_draft_is_completed(vault: Vault) -> None:
    draft_id = take(vault, content(1, consent_at=OMIT, nik="73")).draft_id
    assert take(vault, {"nik": content(1)["nik"]}, draft_id=draft_id).draft_id == draft_id
    captured = take(vault, {"consent_at": content(1)["consent_at"]}, draft_id=draft_id)
    assert envelope(vault, saved_id(captured))["content"] == content(1)
    with vault.reading() as tx:
        assert drafts.count_drafts(tx) == 0


def test_a_correction_and_its_draft_name_what_they_correct(vault: Vault) -> None:
    first = saved_id(take(vault, content(1)))
    draft_id = take(vault, content(1, nik="73"), corrects=first).draft_id
    captured = take(vault, content(1), draft_id=draft_id)
    assert envelope(vault, saved_id(captured))["corrects"] == first
    assert warnings(captured) == set()


@pytest.mark.parametrize(
    ("more", "code"),
    [({"corrects": "unknown"}, "capture_unknown"), ({"draft_id": 7}, "draft_unknown")],
)
def test_what_is_not_here_cannot_be_corrected_or_completed(
    vault: Vault, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(AgentProblem) as caught:
        take(vault, content(1), **more)
    assert caught.value.code == code


def test_a_nik_that_is_here_already_is_said(vault: Vault) -> None:
    first = saved_id(take(vault, content(1)))
    captured = take(vault, content(1))
    [warning] = captured.judged.warnings
    assert (warning.code, warning.params) == ("nik_here", {"record": first[-8:]})
    assert captured.saved is not None


def test_a_nik_that_the_office_knows_is_said(vault: Vault) -> None:
    key = bytes(16)
    blob = build([digest16(content(1)["nik"], key)], key, base=1)
    with vault.writing() as tx:
        reference.keep_reference(tx, reference.Reference("known_niks", "1.0", blob), NOW)
    assert warnings(take(vault, content(1))) == {"nik_known"}
    assert warnings(take(vault, content(2))) == set()


def test_misspelt_members_are_said_but_never_a_value(vault: Vault) -> None:
    captured = take(vault, {**content(1), "ful_name": "x", "7371010101900001": "y"})
    [warning] = captured.judged.warnings
    assert (warning.code, warning.params) == ("unknown_member", {"names": "…, ful_name"})


def test_a_laptop_that_has_not_joined_saves_nothing(tmp_path: Path) -> None:
    with pytest.raises(AgentProblem) as caught:
        take(new_vault(tmp_path / "bare"), content(1))
    assert caught.value.code == "not_joined"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "json_bad"),
        (b"{", "json_bad"),
        (b"\xff\xfe", "json_bad"),
        (b'{"a": NaN}', "json_bad"),
        (b'{"a": 1' + b"0" * 5_000 + b"}", "json_bad"),
        (b"[" * 20_000, "json_bad"),
        (b"[1]", "json_no_object"),
        (b'"nik"', "json_no_object"),
        (b" " * 65_537, "content_too_large"),
    ],
)
def test_what_is_no_content(raw: bytes, code: str) -> None:
    with pytest.raises(AgentProblem) as caught:
        read_content(raw)
    assert caught.value.code == code


def test_a_content_is_read_with_or_without_a_mark_before_it() -> None:
    told = content(1)
    for raw in (json.dumps(told).encode(), b"\xef\xbb\xbf" + json.dumps(told).encode()):
        assert read_content(raw) == told


@pytest.mark.parametrize(
    "odd",
    [
        {"full_name": "Dg \ud800"},
        {"nik": 7371010101900001},
        {"note": {"deep": [[[[]]]]}},
        {"monthly_income": 1.5},
        {"programmes": [None, 3]},
    ],
)
def test_odd_values_end_in_a_draft(vault: Vault, odd: dict[str, Any]) -> None:
    captured = take(vault, {**content(1), **odd})
    assert captured.draft_id is not None
    with vault.reading() as tx:
        assert drafts.drafts(tx)[0].content == {**content(1), **odd}


def test_without_a_tariff_for_the_month_the_agent_is_told(vault: Vault) -> None:
    items = [{**item, "until": "2026-11"} for item in seed("tariff").items if _is_first(item)]
    body = json.dumps({"version": "2026-01-01.1", "items": items}).encode()
    with vault.writing() as tx:
        reference.keep_reference(tx, reference.Reference("tariff", "2026-01-01.1", body), NOW)
    captured = take(vault, content(1, contribution=OMIT))
    errors = [(error.field, error.code) for error in captured.judged.errors]
    assert (captured.saved, errors) == (None, [("contribution", "required")])


def _is_first(item: Mapping[str, Any]) -> bool:
    """Tell whether a rule of the tariff is the first of its payer and sector."""
    same = [
        one
        for one in seed("tariff").items
        if (one["payer"], one["sector"]) == (item["payer"], item["sector"])
    ]
    return item == min(same, key=lambda one: str(one["from"]))
