"""The receipts of a record and of a day are found, whatever became of the record."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from agent_client import vault as vaults
from agent_client.migrations import migrations
from agent_client.store import receipts
from sync.digest import canonical
from tests.agent_client.laptops import NOW, new_vault, open_vault
from tests.agent_client.proving import OTHER, signed_by
from tests.builders import DEVICE_ID

ONE, TWO = (f"019a9c00-0000-7000-8000-00000000000{n}" for n in (1, 2))


def receipt(time: str, *acks: list[Any]) -> bytes:
    """Return a kept receipt that was signed at some time."""
    body = {"agent_id": "A", "device_id": DEVICE_ID, "epoch": "e", "time": time, "acks": acks}
    return canonical({**signed_by(OTHER, body), "checked": True})


def ack(record_id: str, verdict: str = "accepted", reason: str = "new") -> list[Any]:
    return [record_id, "d" * 64, 7, verdict, reason]


FIRST = receipt("2026-11-20T01:00:00.000Z", ack(ONE), ack(TWO, "duplicate", "enrolled"))
LATER = receipt("2026-11-20T02:00:00.000Z", ack(ONE), ack(ONE, "superseded", "corrected"))


def test_a_records_receipts_newest_first(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    with made.writing() as tx:
        for kept in (LATER, FIRST, LATER):
            receipts.keep_receipt(tx, kept, NOW)
        assert receipts.receipts_of(tx, ONE) == [LATER, FIRST]
        assert receipts.receipts_of(tx, TWO) == [FIRST]
        assert receipts.receipts_of(tx, DEVICE_ID) == []
        assert tx.execute("select seq, verdict, reason from receipt_records").fetchall() == [
            (7, "accepted", "new"),
            (7, "superseded", "corrected"),
            (7, "accepted", "new"),
            (7, "duplicate", "enrolled"),
        ]


def test_a_span_is_that_of_the_offices_clock_not_of_the_laptops(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    start = datetime(2026, 11, 20, 1, tzinfo=UTC)
    with made.writing() as tx:
        receipts.keep_receipt(tx, LATER, NOW - timedelta(days=365))
        receipts.keep_receipt(tx, FIRST, NOW + timedelta(days=365))
        assert receipts.receipts_between(tx, start, start + timedelta(hours=2)) == [FIRST, LATER]
        assert receipts.receipts_between(tx, start, start + timedelta(hours=1)) == [FIRST]
        assert receipts.receipts_between(tx, start - timedelta(hours=1), start) == []


@pytest.mark.parametrize("kept", [b"signed", b'{"key_id":"k"}', receipt("once", ack(ONE))])
def test_what_cannot_be_read_is_kept_and_lists_nothing(tmp_path: Path, kept: bytes) -> None:
    made = new_vault(tmp_path)
    with made.writing() as tx:
        receipts.keep_receipt(tx, kept, NOW)
        assert receipts.receipts(tx) == [kept]
        assert receipts.receipts_of(tx, ONE) == []


def before_proofs(tx: Any) -> None:
    migrations.apply(tx, stop_before="proofs")


def test_what_an_older_version_kept_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        vaults, "migrations", SimpleNamespace(pending=lambda _: [1], apply=before_proofs)
    )
    old = new_vault(tmp_path)
    with old.writing() as tx:
        for number, kept in enumerate((FIRST, b"signed", LATER)):
            tx.execute("insert into receipts values (?, ?, ?)", [str(number), "then", kept])
    old.close()
    monkeypatch.undo()
    with open_vault(tmp_path).reading() as tx:
        assert receipts.receipts_of(tx, ONE) == [LATER, FIRST]
        assert receipts.receipts_of(tx, TWO) == [FIRST]
        assert len(receipts.receipts(tx)) == 3
        assert receipts.receipts_between(tx, NOW - timedelta(days=1), NOW) == [FIRST]
