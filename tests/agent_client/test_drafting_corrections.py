"""Drafts that did not begin at the door: corrections, rows of a list, other versions' drafts."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from agent_client import drafting
from agent_client.form import BOXES, form_of
from agent_client.problems import AgentProblem
from agent_client.store import captures, drafts
from agent_client.wiping import wipe
from schemas.envelope import FieldError
from tests.agent_client.at_the_door import Door, codes, hinted, sound, typed
from tests.agent_client.laptops import joined_vault, open_vault
from tests.agent_client.test_processes import LONG, ROOT, limited
from tests.builders import OMIT, content

REJECTED = """waiting = 0, verdict = 'rejected', reason = 'invalid',
    errors = '[{"field": "birth_date", "code": "age_max", "params": {"max": 65}}]'"""
SAVING = """
import sys
from pathlib import Path
from agent_client.problems import AgentProblem
from tests.agent_client.at_the_door import Door, typed
from tests.agent_client.laptops import open_vault
door = Door(open_vault(Path(sys.argv[1])))
try:
    for n in range(1, 10_000):
        draft_id = door.begin()
        door.keep(draft_id, **typed(n))
        print(draft_id, door.save(draft_id, **typed(n))[1].record_id, flush=True)
except AgentProblem as problem:
    print(draft_id, problem.code)
"""


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(joined_vault(tmp_path))


def test_a_correction_is_a_copy_with_the_offices_errors(door: Door) -> None:
    record_id = door.capture(1)
    door.change(record_id, REJECTED)
    draft_id = door.correct(record_id)
    [draft] = door.drafts()
    assert draft.missing == (FieldError("birth_date", "age_max", {"max": 65}),)
    assert draft.corrects == record_id
    assert door.look(draft_id).form["full_name"] == content(1)["full_name"]


def test_a_correction_keeps_the_consent_and_the_nik_as_confirmed(door: Door) -> None:
    record_id = door.capture(1)
    look = door.look(door.correct(record_id))
    told = door.envelope(record_id)["content"]
    for name in ("consent_version", "consent_at", "consent_method", "consent_language"):
        assert look.content[name] == told[name]
    assert look.is_sound
    assert hinted(look) == set()


def test_what_it_costs_is_told_anew_in_a_correction(door: Door) -> None:
    record_id = door.capture(1)
    draft_id = door.correct(record_id)
    form = {**door.look(draft_id).form, "monthly_income": "5.000.000"}
    look, saved = door.save(draft_id, **form)
    assert saved is not None
    assert look.due is not None
    told = door.envelope(saved.record_id)
    assert told["corrects"] == record_id
    assert told["content"]["contribution"] == look.due.total > 16_400


def test_a_correction_that_was_begun_goes_on(door: Door) -> None:
    record_id = door.capture(1)
    draft_id = door.correct(record_id)
    door.keep(draft_id, **{**door.look(draft_id).form, "alias": "Daeng Sutte"})
    assert door.correct(record_id) == draft_id
    assert door.look(draft_id).form["alias"] == "Daeng Sutte"
    assert len(door.drafts()) == 1


def test_what_is_not_here_cannot_be_corrected(door: Door) -> None:
    with pytest.raises(AgentProblem, match="capture_unknown"):
        door.correct("019a9c00-0000-7000-8000-000000000000")


def test_what_may_not_be_read_cannot_be_corrected(door: Door) -> None:
    record_id = door.capture(1)
    door.change(record_id, "restricted = 1")
    with pytest.raises(AgentProblem, match="capture_purged"):
        door.correct(record_id)
    assert door.drafts() == []


def test_what_was_purged_cannot_be_corrected(door: Door) -> None:
    record_id = door.capture(1)
    door.change(record_id, "waiting = 0, verdict = 'accepted', reason = 'new'")
    wipe(door.vault, door.clock.now())
    with pytest.raises(AgentProblem, match="capture_purged"):
        door.correct(record_id)
    assert door.drafts() == []


def test_what_was_saved_again_is_corrected_under_its_new_id(door: Door) -> None:
    record_id = door.capture(1)
    again = "019a9c00-0000-7000-8000-00000000aaaa"
    with door.vault.writing() as tx:
        envelope = captures.envelope_of(tx, record_id)
        assert envelope is not None
        del envelope["digest"]
        captures.insert_resaved(tx, record_id, {**envelope, "record_id": again})
    draft_id = door.correct(record_id)
    look, saved = door.save(draft_id, **door.look(draft_id).form)
    assert saved is not None, (look.errors, look.hints)
    assert door.envelope(saved.record_id)["corrects"] == again


def test_a_correction_of_a_correction_is_no_stranger_to_the_first(door: Door) -> None:
    first = door.capture(1)
    draft_id = door.correct(first)
    _, saved = door.save(draft_id, **door.look(draft_id).form)
    assert saved is not None
    again = door.correct(saved.record_id)
    renamed = {**door.look(again).form, "nik": content(2)["nik"], "nik_again": content(2)["nik"]}
    assert hinted(door.look(again)) == set()
    assert hinted(door.keep(again, **renamed)) == set()


def test_a_row_of_a_list_opens_with_its_boxes_filled(door: Door) -> None:
    row = sound(1, **{name: OMIT for name in content(1) if name.startswith("consent")})
    draft_id = door.add(row, source="daftar.xlsx:12", row_digest="0" * 64)
    look = door.look(draft_id)
    assert look.form.items() >= form_of(row).items()
    assert not look.has_consent
    assert {code for _, code in codes(look)} == {"required"}


def test_a_row_of_a_list_is_completed_with_consent_at_the_door(door: Door) -> None:
    row = sound(1, **{name: OMIT for name in content(1) if name.startswith("consent")})
    draft_id = door.add(row, source="daftar.xlsx:12", row_digest="0" * 64)
    with door.vault.writing() as tx:
        drafting.agree(tx, door.bench(tx), draft_id, "signed", "id")
    look, saved = door.save(draft_id, **door.look(draft_id).form)
    assert saved is not None, look.errors
    told = door.envelope(saved.record_id)["content"]
    assert (told["consent_method"], told["latitude_e6"]) == ("signed", row["latitude_e6"])
    with door.vault.reading() as tx:
        assert captures.has_row(tx, "0" * 64)


ODD: dict[str, Any] = {
    "full_name": 7,
    "nik": 7371,
    "birth_date": 19900101,
    "sex": ["F"],
    "phone": {"home": "0411"},
    "rw": 4,
    "monthly_income": 1.5,
    "programmes": {"JKK": True},
    "months": [],
    "employer": "ya",
    "occupation": None,
    "kelurahan": ["73.71"],
    "contribution": "16.400",
    "schema": 0,
    "consent_at": 5,
    "shoe_size": 43,
}


def test_a_draft_of_another_version_opens_whatever_is_in_it(door: Door) -> None:
    draft_id = door.add(ODD)
    look = door.look(draft_id)
    assert not look.is_sound
    assert (look.form["full_name"], look.form["rw"], look.form["nik"]) == ("7", "4", "7371")
    assert set(look.form) <= BOXES
    assert door.drafts()[0].content == ODD


def test_what_a_list_said_that_it_costs_is_told_anew(door: Door) -> None:
    look = door.look(door.add({**sound(1), "contribution": 5_000, "tariff_version": "old"}))
    told = (look.content["contribution"], look.content["tariff_version"])
    assert told == (16_400, "2026-11-20.1")
    assert look.is_sound


def test_a_draft_of_another_version_keeps_what_no_box_shows(door: Door) -> None:
    consent = {name: value for name, value in content(1).items() if name.startswith("consent_")}
    draft_id = door.add({**ODD, **consent})
    door.keep(draft_id, **{**door.look(draft_id).form, "full_name": "Basri"})
    kept = door.drafts()[0].content
    assert (kept["full_name"], kept["shoe_size"]) == ("Basri", 43)
    assert kept.items() >= consent.items()


def test_an_older_draft_becomes_a_capture_without_what_nobody_knows(door: Door) -> None:
    draft_id = door.add({**sound(1), "shoe_size": 43})
    _, saved = door.save(draft_id, **door.look(draft_id).form)
    assert saved is not None
    assert "shoe_size" not in door.envelope(saved.record_id)["content"]


def test_a_command_that_changes_a_draft_fills_its_page_anew(door: Door) -> None:
    draft_id = door.begin()
    door.keep(draft_id, **typed(1))
    with door.vault.writing() as tx:
        drafts.change_draft(tx, draft_id, {**sound(1), "alias": "Daeng"}, (), door.clock.now())
    assert door.look(draft_id).form["alias"] == "Daeng"


def test_on_a_full_disk_a_draft_is_gone_only_where_its_capture_is_there(tmp_path: Path) -> None:
    joined_vault(tmp_path).close()
    command = limited(600_000, [sys.executable, "-c", SAVING, str(tmp_path)])
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=LONG, check=True
    )
    *saved, (last, problem) = [line.split() for line in done.stdout.splitlines()]
    assert (problem, len(saved) > 5) == ("disk_full", True)
    vault = open_vault(tmp_path)
    with vault.reading() as tx:
        assert [one.record_id for one in captures.captures(tx)] == [record for _, record in saved]
        left = [one.draft_id for one in drafts.drafts(tx)]
        assert set(left) <= {int(last)}
    vault.close()
