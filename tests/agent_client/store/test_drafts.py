"""Drafts keep what stands in their form beside what it means."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_client.store import drafts
from agent_client.vault import Vault
from schemas.envelope import FieldError
from tests.agent_client.laptops import NOW, joined_vault

any_text = st.text(max_size=30)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return joined_vault(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.dictionaries(any_text, any_text))
def test_a_form_comes_back_as_it_was_kept(vault: Vault, form: dict[str, str]) -> None:
    with vault.writing() as tx:
        draft_id = drafts.add_draft(tx, {}, (), now=NOW, form=form)
        kept = drafts.draft(tx, draft_id)
        assert kept is not None
        assert kept.form == form
        drafts.change_draft(tx, draft_id, {}, (), NOW, {**form, "note": "x"})
        changed = drafts.draft(tx, draft_id)
        assert changed is not None
        assert changed.form == {**form, "note": "x"}


def test_a_draft_that_no_page_has_seen_has_no_form(vault: Vault) -> None:
    missing = (FieldError("nik", "required"), FieldError("months", "choice", {"choices": [1]}))
    with vault.writing() as tx:
        draft_id = drafts.add_draft(tx, {"full_name": "Basri"}, missing, now=NOW, source="a.csv:2")
        kept = drafts.draft(tx, draft_id)
    assert kept is not None
    assert (kept.form, kept.missing, kept.source) == (None, missing, "a.csv:2")


def test_a_change_without_a_form_lets_the_page_fill_it_anew(vault: Vault) -> None:
    with vault.writing() as tx:
        draft_id = drafts.add_draft(tx, {}, (), now=NOW, form={"note": "x"})
        drafts.change_draft(tx, draft_id, {"full_name": "Basri"}, (), NOW)
        kept = drafts.draft(tx, draft_id)
    assert kept is not None
    assert kept.form is None


def test_the_draft_that_corrects_a_record_is_found(vault: Vault) -> None:
    with vault.writing() as tx:
        drafts.add_draft(tx, {}, (), now=NOW)
        first = drafts.add_draft(tx, {}, (), now=NOW, corrects="one")
        drafts.add_draft(tx, {}, (), now=NOW, corrects="one")
        found = drafts.draft_correcting(tx, "one")
        assert found is not None
        assert found.draft_id == first
        assert drafts.draft_correcting(tx, "two") is None


def test_a_form_is_shown_nowhere_that_a_draft_is_printed(vault: Vault) -> None:
    with vault.writing() as tx:
        drafts.add_draft(tx, {"full_name": "Basri"}, (), now=NOW, form={"full_name": "Basri"})
        assert "Basri" not in repr(drafts.drafts(tx))
