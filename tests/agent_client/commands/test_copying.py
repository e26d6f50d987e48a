"""copy, restore: a day with a stick, before a real office; nothing is lost, nothing doubled."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from server import doctor
from server.store.tables import devices, ledger
from tests.agent_client.office_line import AgentLaptop
from tests.agent_client.test_restoring import spoil
from tests.builders import content


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def test_the_command_remembers_the_folder(laptop: AgentLaptop, stick: Path) -> None:
    assert laptop.json("copy")["problem"]["code"] == "copy_folder_unknown"
    laptop.capture(content(1))
    first = laptop.json("copy", str(stick))
    assert (first["path"], first["captures"]) == (str(stick / "lorong-utama"), 1)
    laptop.capture(content(2))
    assert laptop.json("copy")["captures"] == 2
    assert "2 pendaftaran" in laptop.run("copy").stdout


def taken(laptop: AgentLaptop) -> list[tuple[str, str, int]]:
    """Return (record_id, verdict, device_seq) of all that the office has recorded."""
    with laptop.desk.office.store.read() as tx:
        rows = tx.execute(
            sa.select(ledger.c.record_id, ledger.c.verdict, ledger.c.device_seq).order_by(
                ledger.c.seq
            )
        )
        return [tuple(row) for row in rows]  # type: ignore[misc]


def catch(laptop: AgentLaptop, *people: int) -> list[str]:
    return [str(laptop.capture(content(n))["record_id"]) for n in people]


def states(laptop: AgentLaptop) -> Counter[str]:
    found: Any = laptop.json("list")["captures"]
    return Counter(one["state"] for one in found)


@pytest.mark.parametrize("synced_before", [True, False])
def test_nothing_is_lost_or_doubled_by_an_old_copy(
    laptop: AgentLaptop, stick: Path, synced_before: bool
) -> None:
    """Three captures, a copy (of them waiting, or settled), two more, sent; then the old copy."""
    first = catch(laptop, 1, 2, 3)
    if synced_before:
        laptop.run("sync")
    laptop.run("copy", str(stick))
    laptop.run("sync")
    more = catch(laptop, 4, 5)
    laptop.run("sync")
    lost = catch(laptop, 6)
    spoil(laptop.home)
    assert "[database_damaged]" in laptop.run("status").stderr

    assert laptop.run("restore", str(stick)).exit_code == 0
    assert states(laptop) == {"accepted" if synced_before else "waiting": 3}
    assert laptop.run("sync").exit_code == 0
    assert states(laptop) == {"accepted": 3}
    new = catch(laptop, 7)
    assert laptop.run("sync").exit_code == 0

    assert [(record_id, seq) for record_id, _, seq in taken(laptop)] == [
        (record_id, seq) for seq, record_id in enumerate([*first, *more, *new], 1)
    ]
    assert {verdict for _, verdict, _ in taken(laptop)} == {"accepted"}
    assert lost[0] not in [record_id for record_id, _, _ in taken(laptop)]
    assert all(not found.listed for found in doctor.examine_all(laptop.desk.office))
    assert laptop.run("doctor").exit_code == 0
    with laptop.desk.office.store.read() as tx:
        assert tx.execute(sa.select(devices.c.last_seq)).scalars().all() == [6]


def test_a_worker_met_again_after_the_copy_is_covered_already(
    laptop: AgentLaptop, stick: Path
) -> None:
    laptop.run("copy", str(stick))
    catch(laptop, 1)
    laptop.run("sync")
    spoil(laptop.home)
    laptop.run("restore", str(stick))
    laptop.run("sync")
    catch(laptop, 1)
    laptop.run("sync")
    assert Counter(verdict for _, verdict, _ in taken(laptop)) == {"accepted": 1, "duplicate": 1}
    assert [seq for _, _, seq in taken(laptop)] == [1, 2]
