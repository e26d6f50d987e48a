"""How steps and states are told, in both languages."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent_client.store.captures import STATES, capture
from agent_client.store.changes import Change, story_of
from agent_client.store.outbox import VaultOutbox
from agent_client.telling import (
    STATE_NAMES,
    rupiah,
    shown_time,
    state_name,
    story,
    story_steps,
)
from agent_client.vault import Vault
from agent_client.wiping import wipe
from tests.agent_client.laptops import NOW, joined_vault, outbox_of, save

ZONE = ZoneInfo("Asia/Makassar")
AT = "2026-11-20T02:00:00.000Z"


def test_every_state_has_a_name() -> None:
    assert STATE_NAMES.keys() == STATES.keys()
    assert (state_name("in_review", "id"), state_name("in_review", "en")) == (
        "diperiksa",
        "in review",
    )
    assert state_name("postponed", "id") == "postponed"


def test_times_and_amounts_are_shown_as_people_write_them() -> None:
    assert shown_time(AT, ZONE) == "20-11-2026 10:00 WITA"
    assert shown_time(NOW, ZONE) == "20-11-2026 09:30 WITA"
    assert shown_time(None, ZONE) == shown_time("soon", ZONE) == "–"
    assert rupiah(1_234_567) == "Rp1.234.567"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return joined_vault(tmp_path)


@pytest.mark.parametrize(
    ("change", "indonesian", "english"),
    [
        (
            Change(1, "r", AT, "progress", None, None, {"stage": "registered"}),
            "tahap: registered",
            "stage: registered",
        ),
        (Change(1, "r", AT, "reopened", None, None), "kantor dipulihkan", "was restored"),
        (Change(1, "r", AT, "retry", None, "not_decided"), "Kantor", "office"),
        (Change(1, "r", AT, "set_aside", None, "faulty"), "tidak dapat dikirim", "cannot be sent"),
        (Change(1, "r", AT, "standing", "postponed", "monsoon"), "postponed/monsoon", "postponed"),
    ],
)
def test_each_kind_of_step_is_told(
    vault: Vault, change: Change, indonesian: str, english: str
) -> None:
    record_id = save(outbox_of(vault))
    with vault.reading() as tx:
        one = capture(tx, record_id)
    assert one is not None
    assert any(indonesian in line for line in story(one, [change], "id", ZONE))
    assert any(english in line for line in story(one, [change], "en", ZONE))


def test_what_was_saved_again_says_where(vault: Vault) -> None:
    outbox: VaultOutbox = outbox_of(vault)
    record_id = save(outbox)
    [(_, digest)] = outbox.held(None, 9)
    ack = {"record_id": record_id, "digest": digest, "verdict": "rejected", "reason": "id_reused"}
    outbox.settle({"acks": [ack]}, receipt=None, now=NOW)
    [(again, _)] = outbox.held(None, 9)
    with vault.reading() as tx:
        one = capture(tx, record_id)
    assert one is not None
    assert list(story(one, [], "id", ZONE))[-1] == f"→ {again[-8:]}"


def test_what_was_revoked_is_not_told_as_kept_long_enough(vault: Vault) -> None:
    outbox = outbox_of(vault)
    record_id = save(outbox)
    [(_, digest)] = outbox.held(None, 9)
    ack = {"record_id": record_id, "digest": digest, "verdict": "accepted", "reason": "new"}
    outbox.settle({"acks": [ack]}, receipt=None, now=NOW)
    wipe(vault, NOW)
    with vault.reading() as tx:
        one = capture(tx, record_id)
    assert one is not None
    told = " ".join(story(one, [], "id", ZONE))
    assert "izin laptop dicabut" in told
    assert "aturan" not in told


def test_why_it_waits_is_told_once(vault: Vault) -> None:
    outbox = outbox_of(vault)
    record_id = save(outbox)
    outbox.set_aside(record_id, "faulty", NOW)
    with vault.reading() as tx:
        one, told_of = capture(tx, record_id), story_of(tx, record_id)
    assert one is not None
    told = " ".join(story(one, told_of, "id", ZONE))
    assert told.count("tidak dapat dikirim") == 1


def steps(vault: Vault, record_id: str, changes: list[Change]) -> list[tuple[str | None, str]]:
    with vault.reading() as tx:
        one = capture(tx, record_id)
    assert one is not None
    return list(story_steps(one, changes, "id"))


def test_a_story_begins_with_saving_and_ends_with_what_it_waits_for(vault: Vault) -> None:
    [saved, waits] = steps(vault, save(outbox_of(vault)), [])
    assert saved == ("2026-11-20T01:30:00.000Z", "tersimpan di laptop ini")
    assert waits == (None, "Menunggu dikirim; tidak ada yang hilang.")


def test_a_verdict_that_is_the_last_step_is_not_said_twice(vault: Vault) -> None:
    outbox = outbox_of(vault)
    record_id = save(outbox)
    [(_, digest)] = outbox.held(None, 9)
    ack = {"record_id": record_id, "digest": digest, "verdict": "accepted", "reason": "new"}
    outbox.settle({"acks": [ack]}, receipt=None, now=NOW)
    told = Change(1, record_id, AT, "standing", "accepted", "new")
    [_, (at, said)] = steps(vault, record_id, [told])
    assert at == AT
    assert said.startswith("diterima: ")
    former = Change(1, record_id, AT, "standing", "in_review", "similar")
    *_, (last_at, last) = steps(vault, record_id, [former])
    assert last_at is None
    assert said.endswith(last)


def test_every_step_but_the_standing_has_its_moment(vault: Vault) -> None:
    record_id = save(outbox_of(vault))
    changes = [
        Change(1, record_id, AT, "retry", None, "not_decided"),
        Change(2, record_id, AT, "reopened", None, None),
    ]
    told = steps(vault, record_id, changes)
    assert [at for at, _ in told] == ["2026-11-20T01:30:00.000Z", AT, AT, None]
