"""What OPERATIONS.md tells an administrator to type does what it says, on each database."""

import re
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.docs.reading import DOCUMENTS
from tests.offices import Desk

TEXT = DOCUMENTS["docs/OPERATIONS.md"]
FIND, REVOKE, NEW_EPOCH = re.findall(r"```sql\n(.*?)```", TEXT, re.DOTALL)


def typed(desk: Desk, statement: str) -> list[tuple[object, ...]]:
    """Run a statement as an administrator types it."""
    with desk.office.store.write() as tx:
        result = tx.execute(sa.text(statement))
        return [tuple(row) for row in result] if result.returns_rows else []


def test_a_laptop_is_found_by_its_agent_and_revoked(desk: Desk) -> None:
    lost = desk.join()
    found = typed(desk, FIND.replace("PKK-001", "A1"))
    assert [row[0] for row in found] == [lost.device_id]
    typed(desk, REVOKE.replace("DEVICE_ID", lost.device_id))
    answer = lost.post("/api/v1/exchange", json=lost.request())
    assert (answer.status_code, answer.json["code"]) == (403, "device_revoked")


def test_a_new_code_makes_a_revoked_laptop_welcome_again(desk: Desk) -> None:
    lost = desk.join()
    typed(desk, REVOKE.replace("DEVICE_ID", lost.device_id))
    assert desk.join("A1", device_id=lost.device_id).exchange()["acks"] == []


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
