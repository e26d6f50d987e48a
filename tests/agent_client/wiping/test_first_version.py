"""A laptop whose tables are those of the first version is brought up to date, and wiped."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from agent_client import vault as vaults
from agent_client.migrations import migrations
from agent_client.store import device
from agent_client.wiping import Wiped, wipe
from schemas.envelope import rfc3339
from sync.digest import digest_and_form
from tests.agent_client.laptops import (
    JOINED,
    NOW,
    new_vault,
    open_vault,
)
from tests.agent_client.wiping.wiped import (
    opened,
    with_key,
)
from tests.builders import DEVICE_ID, content, envelope


def test_a_laptop_of_the_first_version_is_brought_up_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        vaults, "migrations", SimpleNamespace(pending=lambda _: [1], apply=first_alone)
    )
    old = new_vault(tmp_path)
    with old.writing() as tx:
        device.name_device(tx, UUID(DEVICE_ID))
        device.keep_joining(tx, JOINED, name="Laptop", office_url="http://127.0.0.1:9", now=NOW)
    with old.writing() as tx:
        record_id = saved_by_first_version(tx)
    old.close()
    monkeypatch.undo()
    made = with_key(open_vault(tmp_path))
    assert wipe(made, NOW) == Wiped(purged=0, sealed=1)
    assert [one["record_id"] for one in opened(made)] == [record_id]
    made.close()


def saved_by_first_version(tx: Any) -> str:
    """Put a capture into the queue as the first version's tables have it."""
    made = envelope(content(), device_seq=1)
    del made["digest"]
    sealed_as, form = digest_and_form(made)
    columns = ("record_id", "device_seq", "digest", "envelope", "captured_at", "nik", "name")
    values = [made["record_id"], 1, sealed_as, form, rfc3339(NOW), content()["nik"], "Nama"]
    tx.execute("update device set last_seq = 1")
    tx.execute(
        f"insert into captures ({', '.join(columns)}, sought) values (?, ?, ?, ?, ?, ?, ?, '')",
        values,
    )
    return str(made["record_id"])


def first_alone(tx: Any) -> None:
    migrations.apply(tx, stop_before="wiping")
