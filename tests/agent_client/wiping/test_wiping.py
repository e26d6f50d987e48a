"""A revoked laptop: nothing readable remains, and nothing is lost."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from agent_client import cipher
from agent_client.doctor import examine
from agent_client.store import captures, drafts, notices, queue, receipts, reference, sealed
from agent_client.store.outbox import VaultOutbox
from agent_client.vault import Vault
from agent_client.wiping import Wiped, wipe
from sync.digest import digest
from sync.references import KNOWN_NIKS
from tests.agent_client.laptops import (
    NOW,
    joined_vault,
    new_vault,
    outbox_of,
    save,
)
from tests.agent_client.wiping.wiped import (
    SECRETS,
    accept,
    everything,
    keep_draft,
    opened,
    secrets,
    use,
    with_key,
    worker,
)
from tests.builders import DEVICE_ID


def test_nothing_readable_remains_in_any_table(vault: Vault) -> None:
    use(vault)
    assert all(secret in str(everything(vault)) for secret in secrets())
    assert wipe(vault, NOW) == Wiped(purged=1, sealed=1, drafts=1)
    assert not [secret for secret in secrets() if secret in str(everything(vault))]


class Unencrypted(dbapi2.Connection):  # type: ignore[misc]
    """A connection that passes over the key, so that a test can read the file's bytes."""

    def execute(self, sql: str, *parameters: Any) -> Any:
        return super().execute("select 1" if sql.startswith("PRAGMA key") else sql, *parameters)


def test_nothing_readable_remains_in_the_file_or_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = partial(dbapi2.connect, factory=Unencrypted)
    monkeypatch.setattr(cipher, "dbapi2", SimpleNamespace(connect=connect, Error=dbapi2.Error))
    plain = with_key(joined_vault(tmp_path))
    use(plain)
    outbox = outbox_of(plain)
    accept(outbox, *(save(outbox, worker(n)) for n in range(4, 60)))

    def on_disk() -> list[str]:
        raw = b"".join(path.read_bytes() for path in tmp_path.glob("agent.db*"))
        marks = (*secrets(), "Daeng Nomor", "catatan rahasia", '"mother_name"')
        return [mark for mark in marks if mark.encode() in raw]

    assert len(on_disk()) == len(SECRETS) * 3 + 3
    wipe(plain, NOW)
    assert on_disk() == []
    assert (tmp_path / "agent.db-wal").stat().st_size == 0
    plain.close()


def test_what_was_sealed_is_whole_for_the_office_alone(vault: Vault) -> None:
    _, waiting, draft_id = use(vault)
    with vault.reading() as tx:
        envelope = captures.envelope_of(tx, waiting)
    wipe(vault, NOW)
    capture, draft = opened(vault)
    assert {**capture, "digest": digest(capture)} == envelope
    assert draft == {
        "kind": "draft",
        "device_id": DEVICE_ID,
        "draft_id": draft_id,
        "content": worker(3),
        "source": "daftar.xlsx:3",
        "made_at": "2026-11-20T01:30:00.000Z",
    }
    with vault.reading() as tx:
        assert captures.envelope_of(tx, waiting) is None
        assert drafts.drafts(tx) == []


def test_ids_digests_verdicts_and_receipts_stay(vault: Vault, outbox: VaultOutbox) -> None:
    settled, *_ = use(vault)
    held = outbox.held(None, 9)
    with vault.reading() as tx:
        before = captures.capture(tx, settled)
    wipe(vault, NOW)
    assert outbox.held(None, 9) == held
    with vault.reading() as tx:
        after = captures.capture(tx, settled)
        assert receipts.receipts(tx) == [b"signed"]
        assert captures.count_captures(tx)["accepted"] == 1
    assert before is not None
    assert after is not None
    gone = {"nik", "name", "kpj", "wiped_at"}
    kept = [name for name in captures.Capture.__slots__ if name not in gone]
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert (after.state, after.wiped_at) == ("accepted", "2026-11-20T01:30:00.000Z")
    assert examine(vault).faults == ()


def test_a_restored_office_is_told_of_it_and_it_is_not_sent_again(
    vault: Vault, outbox: VaultOutbox
) -> None:
    settled, waiting, _ = use(vault)
    wipe(vault, NOW)
    accept(outbox, settled, verdict="duplicate", reason="enrolled")
    outbox.reopen([settled, waiting])
    with vault.reading() as tx:
        counts = captures.count_captures(tx)
    assert (counts["duplicate"], counts["sealed"], counts["waiting"]) == (1, 1, 0)
    assert outbox.next_batch(10, sent=(), now=NOW) == []


@pytest.mark.parametrize("verdict", ["duplicate", "in_review", "rejected", "superseded", "odd"])
def test_any_verdict_is_acknowledged(vault: Vault, outbox: VaultOutbox, verdict: str) -> None:
    accept(outbox, save(outbox), verdict=verdict, reason="new")
    assert wipe(vault, NOW) == Wiped(purged=1)


def test_what_was_tried_or_set_aside_is_sealed_too(vault: Vault, outbox: VaultOutbox) -> None:
    tried, aside, reused = save(outbox), save(outbox), save(outbox)
    accept(outbox, tried, verdict="retry", reason="not_decided")
    accept(outbox, reused, verdict="rejected", reason="id_reused")
    outbox.set_aside(aside, "faulty", NOW)
    assert wipe(vault, NOW) == Wiped(purged=1, sealed=3)
    assert {tried, aside} < {one["record_id"] for one in opened(vault)}
    with vault.reading() as tx:
        counts = captures.count_captures(tx)
    assert (counts["sealed"], counts["set_aside"], counts["resaved"]) == (3, 0, 1)
    assert examine(vault).faults == ()


def test_again_is_harmless(vault: Vault) -> None:
    use(vault)
    wipe(vault, NOW)
    once = everything(vault)
    assert wipe(vault, NOW) == Wiped(0)
    assert everything(vault) == once


def test_what_is_saved_after_it_is_sealed_the_next_time(vault: Vault, outbox: VaultOutbox) -> None:
    use(vault)
    wipe(vault, NOW)
    later = save(outbox, worker(5))
    assert [one.record_id for one in outbox.next_batch(9, sent=(), now=NOW)] == [later]
    assert wipe(vault, NOW) == Wiped(purged=0, sealed=1)
    assert outbox.next_batch(9, sent=(), now=NOW) == []


@pytest.mark.parametrize("step", ["purge_settled", "seal_waiting", "seal_drafts"])
def test_a_crash_on_the_way_loses_nothing(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    use(vault)
    before = everything(vault)
    whole: Callable[..., int] = getattr(sealed, step)

    def crash(*arguments: Any) -> int:
        whole(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(sealed, step, crash)
    with pytest.raises(KeyboardInterrupt):
        wipe(vault, NOW)
    assert everything(vault) == before
    monkeypatch.undo()
    assert wipe(vault, NOW) == Wiped(purged=1, sealed=1, drafts=1)


@pytest.mark.parametrize("key", ["", "not base64", "c2hvcnQ="])
def test_without_the_offices_key_what_waits_is_left_as_it_is(vault: Vault, key: str) -> None:
    _, waiting, draft_id = use(vault)
    with_key(vault, key)
    assert wipe(vault, NOW) == Wiped(purged=1)
    with vault.reading() as tx:
        assert captures.envelope_of(tx, waiting) is not None
        assert drafts.draft(tx, draft_id) is not None


def test_a_laptop_that_never_joined_has_nothing_to_wipe(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    assert wipe(made, NOW) == Wiped(0)
    made.close()


def test_known_niks_and_shown_words_go_unshown_ones_stay(vault: Vault, outbox: VaultOutbox) -> None:
    notice = {"kind": "notice", "text_id": "Tanyakan Ibu Aminah", "text_en": "Ask Ibu Aminah"}
    outbox.settle({"changes": [{**notice, "notice_id": "n1"}]}, receipt=None, now=NOW)
    with vault.writing() as tx:
        notices.show_notices(tx, NOW)
        reference.keep_reference(tx, reference.Reference(KNOWN_NIKS, "1.0", b"LKN1"), NOW)
        reference.keep_addition(tx, KNOWN_NIKS, "1.1", b"LKD1", NOW)
    assert "Aminah" in str(everything(vault)["notices"])
    wipe(vault, NOW)
    assert "Aminah" not in str(everything(vault))
    assert everything(vault)["additions"] == []
    outbox.settle({"changes": [{**notice, "notice_id": "n2"}]}, receipt=None, now=NOW)
    wipe(vault, NOW)
    with vault.writing() as tx:
        assert [one.notice_id for one in notices.show_notices(tx, NOW)] == ["n2"]


def test_the_heartbeat_counts_what_is_sealed_as_waiting(vault: Vault, outbox: VaultOutbox) -> None:
    use(vault)
    wipe(vault, NOW)
    assert (outbox.heartbeat().waiting, outbox.heartbeat().set_aside) == (1, 0)
    with vault.reading() as tx:
        assert queue.never_sent(tx) == 0


def test_a_sealed_capture_cannot_be_saved_again(vault: Vault, outbox: VaultOutbox) -> None:
    _, waiting, _ = use(vault)
    wipe(vault, NOW)
    accept(outbox, waiting, verdict="rejected", reason="id_reused")
    with vault.reading() as tx:
        assert captures.count_captures(tx)["sealed"] == 1
    assert len(opened(vault)) == 2


def test_forgetting_takes_what_is_sealed_with_it(vault: Vault, outbox: VaultOutbox) -> None:
    settled, waiting, _ = use(vault)
    keep_draft(vault, 4, corrects=settled)
    wipe(vault, NOW)
    assert len(opened(vault)) == 3
    gone = [{"kind": "forget", "record_id": record_id} for record_id in (settled, waiting)]
    outbox.settle({"changes": gone}, receipt=None, now=NOW)
    assert [one["content"]["nik"] for one in opened(vault)] == [worker(3)["nik"]]


@pytest.mark.parametrize(
    "change",
    [
        "envelope = cast('{}' as blob)",
        "envelope = x'', record_id = 'x'",
        "envelope = x'', digest = 'x'",
        "envelope = x'', wiped_at = null",
        "captured_at = 'x', wiped_at = 'x'",
    ],
)
def test_a_capture_is_emptied_but_never_edited(vault: Vault, change: str) -> None:
    use(vault)
    for _ in range(2):
        with pytest.raises(dbapi2.IntegrityError, match="never edited"), vault.writing() as tx:
            tx.execute(f"update captures set {change}")
        wipe(vault, NOW)
