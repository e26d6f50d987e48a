"""What OPERATIONS.md tells an administrator to type does what it says, on each database."""

import re
import shlex
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.docs.reading import DOCUMENTS
from tests.offices import Desk
from tests.server.conftest import terminal as terminal
from tests.server.terminal import Terminal

TEXT = DOCUMENTS["docs/OPERATIONS.md"]
(NEW_EPOCH,) = re.findall(r"```sql\n(.*?)```", TEXT, re.DOTALL)
(REVOKE,) = re.findall(r"^lorong-server (revoke .*)$", TEXT, re.MULTILINE)


def typed(desk: Desk, statement: str) -> list[tuple[object, ...]]:
    """Run a statement as an administrator types it."""
    with desk.office.store.write() as tx:
        result = tx.execute(sa.text(statement))
        return [tuple(row) for row in result] if result.returns_rows else []


def test_a_laptop_is_found_by_its_agent_and_revoked(desk: Desk, terminal: Terminal) -> None:
    lost = desk.join()
    found = terminal.json("devices")["devices"]
    assert [(row["device_id"], row["agent_code"]) for row in found] == [(lost.device_id, "A1")]
    words = shlex.split(REVOKE.replace("DEVICE_ID", lost.device_id))
    assert terminal.run(*words).exit_code == 0
    answer = lost.post("/api/v1/exchange", json=lost.request())
    assert (answer.status_code, answer.json["code"]) == (403, "device_revoked")


def test_a_restored_office_has_a_new_epoch(desk: Desk) -> None:
    laptop = desk.join()
    laptop.send(laptop.envelope())
    former = laptop.exchange()
    typed(desk, NEW_EPOCH)
    answer = laptop.exchange()
    assert answer["epoch"] != former["epoch"]
    assert not former["changes"]
    assert answer["cursor"].startswith(answer["epoch"])


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_backup_is_made_while_the_office_is_open(desk: Desk, tmp_path: Path) -> None:
    laptop = desk.join()
    laptop.send(laptop.envelope())
    statement = re.search(r'"(VACUUM INTO [^"]+)"', TEXT)
    assert statement
    copy = tmp_path / "copy.db"
    told = re.sub(r"'[^']+'", f"'{copy}'", statement[1])
    with sqlite3.connect(str(desk.office.store.url.database)) as connection:
        connection.execute(told)
    connection.close()
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT count(*) FROM ledger").fetchone() == (1,)
    connection.close()
