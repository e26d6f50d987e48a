"""What a revoked laptop sealed goes to the office, as a file or asked about on the line."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from nacl.public import SealedBox

from agent_client.store import captures, sealed
from agent_client.store.outbox import VaultOutbox
from agent_client.vault import Vault
from agent_client.wiping import export_sealed, settle_handed_in, wipe
from schemas.envelope import rfc3339
from sync.ports import Reply
from sync.problems import LineProblem
from tests.agent_client.laptops import (
    CLIENT,
    NOW,
    outbox_of,
    save,
)
from tests.agent_client.wiping.wiped import (
    KEY,
    opened,
    use,
    worker,
)
from tests.sync.scripted_office import ScriptedOffice, raising, status


def test_an_export_holds_every_box_with_its_name(vault: Vault, tmp_path: Path) -> None:
    _, waiting, draft_id = use(vault)
    wipe(vault, NOW)
    file = tmp_path / "tersegel.jsonl"
    assert export_sealed(vault, file) == (1, 1)
    assert export_sealed(vault, file) == (1, 1)
    capture, draft = map(json.loads, file.read_text().splitlines())
    [(_, told)] = [pair for pair in outbox_of(vault).held(None, 9) if pair[0] == waiting]
    assert {name: capture[name] for name in ("record_id", "digest")} == {
        "record_id": waiting,
        "digest": told,
    }
    assert set(draft) == {"draft_id", "sealed"}
    assert draft["draft_id"] == draft_id
    boxes = [base64.b64decode(one["sealed"]) for one in (capture, draft)]
    assert [json.loads(SealedBox(KEY).decrypt(box)) for box in boxes] == opened(vault)
    assert file.stat().st_mode & 0o777 == 0o600


def test_no_file_is_written_where_nothing_is_sealed(vault: Vault, tmp_path: Path) -> None:
    assert export_sealed(vault, tmp_path / "kosong") == (0, 0)
    assert not (tmp_path / "kosong").exists()


class TestHandedIn:
    def test_is_asked_for_and_settled(self, vault: Vault, outbox: VaultOutbox) -> None:
        _, waiting, _ = use(vault)
        later = save(outbox, worker(6))
        wipe(vault, NOW)
        office, pairs = ScriptedOffice(), dict(outbox.held(None, 9))
        ack = {"record_id": waiting, "digest": pairs[waiting], "verdict": "accepted"}
        body = {"time": rfc3339(NOW), "acks": [{**ack, "reason": "new"}], "unknown": [later]}
        office.steps.append(lambda path, sent: Reply(200, {}, body))
        settle_handed_in(vault, outbox, office, NOW)
        [(_, sent)] = office.asked
        assert sent["records"] == [[waiting, pairs[waiting]], [later, pairs[later]]]
        with vault.reading() as tx:
            assert sealed.sealed_pairs(tx) == [(later, pairs[later])]
            counts = captures.count_captures(tx)
        assert (counts["accepted"], counts["sealed"]) == (2, 1)

    def test_is_not_asked_for_where_nothing_is_sealed(
        self, vault: Vault, outbox: VaultOutbox
    ) -> None:
        save(outbox)
        office = ScriptedOffice()
        settle_handed_in(vault, outbox, office, NOW)
        assert office.asked == []

    @pytest.mark.parametrize(
        "step", [raising(LineProblem("line_reset")), status(503, {"code": "busy"})]
    )
    def test_waits_for_the_next_run_where_the_line_fails(
        self, vault: Vault, outbox: VaultOutbox, step: Any
    ) -> None:
        use(vault)
        wipe(vault, NOW)
        settle_handed_in(vault, outbox, ScriptedOffice(step), NOW)
        assert len(opened(vault)) == 2


def test_what_waits_shows_nobody_in_a_trace(outbox: VaultOutbox) -> None:
    save(outbox, worker(1))
    [one] = outbox.next_batch(1, sent=(), now=NOW)
    assert worker(1)["nik"] not in repr(one)
    assert one.envelope["content"]["nik"] == worker(1)["nik"]
    assert CLIENT not in repr(one)
