"""Lists are read page by page, and no row is read that is not shown."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from agent_client.store.captures import STATES, count_captures, newest_captures
from agent_client.store.drafts import add_draft, newest_drafts
from agent_client.store.shares import accepted_shares, waiting_days
from agent_client.vault import Vault
from tests.agent_client.laptops import NOW, joined_vault, outbox_of, save
from tests.agent_client.wiping.wiped import accept
from tests.builders import content


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = joined_vault(tmp_path)
    yield made
    made.close()


def test_each_capture_is_counted_in_its_state(vault: Vault) -> None:
    outbox = outbox_of(vault)
    first, _, third, _ = (save(outbox, content(n)) for n in range(4))
    accept(outbox, first, third)
    with vault.reading() as tx:
        assert count_captures(tx) == dict.fromkeys(STATES, 0) | {"accepted": 2, "waiting": 2}


def test_what_is_saved_again_stands_before_its_former_row(vault: Vault) -> None:
    outbox = outbox_of(vault)
    former = save(outbox, content(1))
    digest = dict(outbox.held(None, 9))[former]
    ack = {"record_id": former, "digest": digest, "verdict": "rejected", "reason": "id_reused"}
    outbox.settle({"acks": [ack]}, receipt=None, now=NOW)
    with vault.reading() as tx:
        [newest, older], total = newest_captures(tx, (), None, limit=2, offset=0)
    assert (newest.state, older.record_id, total) == ("waiting", former, 2)


def test_the_newest_drafts_come_first_page_by_page(vault: Vault) -> None:
    with vault.writing() as tx:
        numbers = [add_draft(tx, {}, (), now=NOW) for _ in range(5)]
        pages = [newest_drafts(tx, limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    newest = numbers[::-1]
    assert [[one.draft_id for one in few] for few in pages] == [
        newest[:2],
        newest[2:4],
        newest[4:],
        [],
    ]


@pytest.mark.parametrize("asked", ["all", *STATES, "search", "count", "month"])
def test_an_index_alone_tells_what_is_listed(vault: Vault, asked: str) -> None:
    """An envelope is most of a row, and to read 5,000 of them is to decrypt 10 MB."""
    asking = {
        "all": lambda tx: newest_captures(tx, (), None, limit=2, offset=0),
        "search": lambda tx: newest_captures(tx, (), "daeng", limit=2, offset=0),
        "count": count_captures,
        "month": lambda tx: (accepted_shares(tx, date(2026, 1, 1)), waiting_days(tx, date.min)),
    }
    ask = asking.get(asked, lambda tx: newest_captures(tx, (asked,), None, limit=2, offset=0))
    asked_for: list[str] = []
    with vault.reading() as tx:
        tx.conn.set_trace_callback(asked_for.append)
        ask(tx)
        tx.conn.set_trace_callback(None)
        steps = [row[3] for sql in asked_for for row in tx.execute(f"explain query plan {sql}")]
    read = [step for step in steps if "SCAN captures" in step or "(work_date" in step]
    assert read
    assert all("COVERING INDEX" in step for step in read)
