"""A laptop of an earlier version is brought up, and nothing of it is lost."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from agent_client import vault as vaults
from agent_client.migrations import migrations
from agent_client.store import captures, drafts, joining
from agent_client.vault import Vault
from schemas.envelope import rfc3339
from sync.digest import digest_and_form
from tests.agent_client.at_the_door import Door
from tests.agent_client.laptops import NOW, new_vault, open_vault
from tests.builders import content, envelope

COLUMNS = "record_id, device_seq, digest, envelope, captured_at, nik, name, sought"


def before(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let databases be as they were before a step."""

    def apply(tx: Any) -> None:
        migrations.apply(tx, stop_before=step)

    older = SimpleNamespace(pending=lambda _: [1], apply=apply)
    monkeypatch.setattr(vaults, "migrations", older)


def put(tx: Any, number: int, members: dict[str, Any]) -> str:
    """Save a capture as the tables before the page have it."""
    made = envelope(members, device_seq=number)
    del made["digest"]
    digest, form = digest_and_form(made)
    values = [made["record_id"], number, digest, form, rfc3339(NOW), members["nik"], "Nama", "nama"]
    tx.execute(f"insert into captures ({COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)", values)
    return str(made["record_id"])


@pytest.fixture
def brought_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    """A laptop from before the page, with two captures, one wiped, and a draft."""
    before("page", monkeypatch)
    old = new_vault(tmp_path)
    with old.writing() as tx:
        put(tx, 1, content(1))
        wiped = put(tx, 2, content(2))
        tx.execute(
            "update captures set wiped_at = ?, envelope = x'', nik = '', name = ''"
            " where record_id = ?",
            [rfc3339(NOW), wiped],
        )
        tx.execute(
            "insert into drafts (content, missing, made_at, changed_at) values (?, '[]', ?, ?)",
            ['{"full_name": "Basri"}', rfc3339(NOW), rfc3339(NOW)],
        )
    old.close()
    monkeypatch.undo()
    return open_vault(tmp_path)


def test_captures_are_found_by_their_birth_date(brought_up: Vault) -> None:
    with brought_up.reading() as tx:
        [one] = captures.born_on(tx, content(1)["birth_date"])
        assert one.nik == content(1)["nik"]
        assert captures.born_on(tx, content(2)["birth_date"]) == []
        assert captures.count_captures(tx)["waiting"] == 1


def test_what_was_signed_for_is_the_same_byte_for_byte(brought_up: Vault) -> None:
    with brought_up.reading() as tx:
        for _, _, digest, form in captures.forms(tx):
            told = captures.unfold(form, digest)
            del told["digest"]
            assert digest_and_form(told) == (digest, form)


def test_its_drafts_open_on_the_page(brought_up: Vault) -> None:
    with brought_up.reading() as tx:
        [one] = drafts.drafts(tx)
    assert one.form is None
    assert Door(brought_up).look(one.draft_id).form["full_name"] == "Basri"


def test_it_has_begun_no_joining(brought_up: Vault) -> None:
    with brought_up.reading() as tx:
        assert joining.begun_joining(tx) is None


def test_counting_reads_no_envelope(brought_up: Vault) -> None:
    with brought_up.reading() as tx:
        plan = tx.execute(
            "explain query plan select count(*) from captures where waiting"
            " and set_aside_at is null and wiped_at is null"
        ).fetchall()
    assert any("COVERING INDEX" in str(row) for row in plan)


def test_it_is_brought_up_once(brought_up: Vault) -> None:
    with brought_up.reading() as tx:
        assert migrations.pending(tx) == []
    brought_up.migrate()
