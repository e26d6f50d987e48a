"""Notices on the page: each stays until somebody has read it."""

from datetime import timedelta
from pathlib import Path

import pytest

from agent_client.store import notices
from agent_client.vault import Vault
from tests.agent_client.laptops import NOW, joined_vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    vault = joined_vault(tmp_path)
    with vault.writing() as tx:
        for minute, name in enumerate(("b", "a")):
            change = {"notice_id": name, "text_id": f"Kabar {name}", "text_en": f"News {name}"}
            notices.keep_notice(tx, change, NOW + timedelta(minutes=minute))
    return vault


def unread(vault: Vault, later: timedelta = timedelta()) -> list[str]:
    with vault.reading() as tx:
        return [one.notice_id for one in notices.unread_notices(tx, NOW + later)]


def test_looking_at_notices_reads_none(vault: Vault) -> None:
    assert unread(vault) == unread(vault) == ["b", "a"]


def test_one_that_was_read_is_gone_and_the_others_stay(vault: Vault) -> None:
    with vault.writing() as tx:
        notices.mark_read(tx, "b", NOW)
    assert unread(vault) == ["a"]
    with vault.writing() as tx:
        assert [one.notice_id for one in notices.show_notices(tx, NOW)] == ["a"]
    assert unread(vault) == []


def test_reading_what_is_not_there_changes_nothing(vault: Vault) -> None:
    with vault.writing() as tx:
        notices.mark_read(tx, "c", NOW)
    assert unread(vault) == ["b", "a"]


def test_the_first_time_of_reading_stays(vault: Vault) -> None:
    with vault.writing() as tx:
        for day in range(2):
            notices.mark_read(tx, "a", NOW + timedelta(days=day))
        row = tx.execute("select shown_at from notices where notice_id = 'a'").fetchone()
    assert row[0] == "2026-11-20T01:30:00.000Z"


def test_one_whose_time_is_over_is_not_shown(vault: Vault) -> None:
    with vault.writing() as tx:
        change = {"notice_id": "c", "text_id": "Besok", "until": "2026-11-21T00:00:00Z"}
        notices.keep_notice(tx, change, NOW + timedelta(hours=1))
    assert unread(vault) == ["b", "a", "c"]
    assert unread(vault, timedelta(days=1)) == ["b", "a"]


def test_what_comes_again_over_the_feed_stays_read(vault: Vault) -> None:
    with vault.writing() as tx:
        notices.mark_read(tx, "a", NOW)
        assert not notices.keep_notice(tx, {"notice_id": "a", "text_id": "Kabar a"}, NOW)
    assert unread(vault) == ["b"]
