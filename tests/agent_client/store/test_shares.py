"""What stays countable of a capture: its day, amounts, and once for each chain."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_client.store.captures import envelope_of
from agent_client.store.outbox import VaultOutbox
from agent_client.store.saving import Evidence
from agent_client.store.shares import Share, accepted_shares, keep_share, waiting_days, work_date
from agent_client.vault import Vault
from agent_client.wiping import wipe
from tests.agent_client.laptops import (
    NOW,
    joined_vault,
    open_vault,
    outbox_of,
    save,
)
from tests.agent_client.wiping.wiped import accept
from tests.builders import content, envelope

DAY = date(2026, 11, 20)
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = joined_vault(tmp_path)
    yield made
    made.close()


@pytest.fixture
def outbox(vault: Vault) -> VaultOutbox:
    return outbox_of(vault)


def shares(vault: Vault, since: date = LONG_AGO) -> list[Share]:
    with vault.reading() as tx:
        return accepted_shares(tx, since)


def save_on(outbox: VaultOutbox, days: int, members: dict[str, Any], **more: Any) -> str:
    return outbox.put(members, Evidence(NOW + timedelta(days=days)), **more).record_id


def test_an_accepted_capture_has_its_share_and_outlives_a_wipe(
    vault: Vault, outbox: VaultOutbox
) -> None:
    two = content(1, prior_member=True)
    three = content(2, programmes=["JHT", "JKK", "JKM"], months=3)
    accept(outbox, save(outbox, two), save(outbox, three))
    save(outbox, content(3))
    wanted = [
        Share(DAY, 2, two["contribution"], prior_member=True),
        Share(DAY, 3, three["contribution"], prior_member=False),
    ]
    assert shares(vault) == wanted
    with vault.reading() as tx:
        kept = tx.execute("select months from captures order by device_seq").fetchall()
    assert kept == [(1,), (3,), (1,)]
    wipe(vault, NOW)
    assert shares(vault) == wanted
    assert shares(vault, DAY + timedelta(days=1)) == []


def test_the_amount_is_the_one_that_is_due(vault: Vault, outbox: VaultOutbox) -> None:
    accept(outbox, save(outbox, content(1, contribution=5_000)), due=16_400)
    assert [one.contribution for one in shares(vault)] == [16_400]


def test_a_corrected_chain_counts_once_and_on_its_first_day(
    vault: Vault, outbox: VaultOutbox
) -> None:
    first = save_on(outbox, 0, content(1))
    second = save_on(outbox, 9, content(1), corrects=first)
    accept(outbox, first, verdict="superseded", reason="corrected")
    accept(outbox, second, verdict="superseded", reason="corrected")
    last = save_on(outbox, 15, content(1, contribution=9), corrects=second)
    accept(outbox, last, reason="corrected")
    assert shares(vault) == [Share(DAY, 2, 9, prior_member=False)]


def test_what_was_saved_again_counts_as_what_it_was(vault: Vault, outbox: VaultOutbox) -> None:
    accept(outbox, save_on(outbox, 2, content(1)), verdict="rejected", reason="id_reused")
    [(again, _)] = outbox.held(None, 9)
    accept(outbox, again)
    assert [one.work_date for one in shares(vault)] == [DAY + timedelta(days=2)]


def test_what_waits_is_counted_by_day(vault: Vault, outbox: VaultOutbox) -> None:
    accept(outbox, save_on(outbox, 0, content(1)))
    for days in (1, 1, 3):
        save_on(outbox, days, content())
    with vault.reading() as tx:
        assert waiting_days(tx, DAY) == [(date(2026, 11, 21), 2), (date(2026, 11, 23), 1)]
        assert waiting_days(tx, date(2026, 11, 22)) == [(date(2026, 11, 23), 1)]


def test_the_day_is_the_offices(vault: Vault, outbox: VaultOutbox) -> None:
    late = datetime.fromisoformat("2026-11-30T16:30:00+00:00")
    record_id = outbox.put(content(1), Evidence(late)).record_id
    with vault.reading() as tx:
        found = envelope_of(tx, record_id)
    assert found is not None
    assert work_date(found) == date(2026, 12, 1)


def test_a_clock_that_is_a_year_behind_does_not_move_the_day() -> None:
    off = {"captured_at": "2025-11-20T23:30:00.000+08:00", "clock_offset_s": 365 * 86_400}
    assert work_date(envelope(**off)) == date(2026, 11, 20)
    assert work_date(envelope(clock_offset_s=365 * 86_400)) == DAY


def test_a_content_of_an_older_program_tells_what_it_can(vault: Vault, outbox: VaultOutbox) -> None:
    record_id = save(outbox)
    odd = {"programmes": "JKK", "contribution": True, "months": "6", "prior_member": "yes"}
    with vault.writing() as tx:
        keep_share(tx, record_id, envelope({**content(1), **odd}))
    accept(outbox, record_id)
    assert shares(vault) == [Share(DAY, None, None, prior_member=False)]


def test_a_laptop_of_before_is_brought_up_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = joined_vault(tmp_path)
    outbox = outbox_of(made)
    record_id, gone = save(outbox, content(1)), save(outbox, content(2))
    accept(outbox, record_id, gone)
    with made.writing() as tx:
        rows = tx.execute(COUNTED).fetchall()
        for name in ("captures_listed", "captures_days", "captures_asking"):
            tx.execute(f"drop index {name}")
        for name in ("asks", "asks_since", "purged_after_days", *COUNTABLE):
            tx.execute(f"alter table captures drop column {name}")
        tx.execute("alter table drafts drop column rests_since")
        tx.execute("delete from _sqlite_migrations where name in ('retention', 'lists')")
        tx.execute("update captures set envelope = x'', wiped_at = 'x' where record_id = ?", [gone])
    made.close()
    made = open_vault(tmp_path)
    with made.reading() as tx:
        again = tx.execute(COUNTED).fetchall()
    assert again == [rows[0], (gone, None, None)]
    assert len(shares(made)) == 1
    made.close()


COUNTABLE = ("work_date", "programmes", "contribution", "months", "prior_member")
COUNTED = "select record_id, work_date, contribution from captures order by device_seq"
