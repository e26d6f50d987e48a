"""doctor finds planted damage, and says which."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.agent_client.laptops import NOW, open_vault, outbox_of
from tests.agent_client.office_line import AgentLaptop
from tests.builders import content


def plant(laptop: AgentLaptop, *statements: str) -> None:
    opened = open_vault(laptop.home)
    with opened.writing() as tx:
        tx.execute("drop trigger captures_are_never_edited")
        for statement in statements:
            tx.execute(statement)
    opened.close()


def faults(laptop: AgentLaptop) -> list[str]:
    result = laptop.run("doctor")
    told = laptop.json("doctor")
    assert result.exit_code == (1 if told["faults"] else 0)
    assert told["sound"] is not bool(told["faults"])
    for fault in told["faults"]:
        assert f"{fault['code']}: {fault['about']}" in result.stderr
    return [fault["code"] for fault in told["faults"]]


@pytest.fixture
def used(laptop: AgentLaptop) -> AgentLaptop:
    for n in (1, 2, 3):
        laptop.capture(content(n))
    laptop.run("sync")
    laptop.capture(content(4))
    return laptop


def test_sound_books(used: AgentLaptop) -> None:
    assert faults(used) == []
    counts = used.json("doctor")["counts"]
    assert (counts["captures"], counts["accepted"], counts["waiting"]) == (4, 3, 1)
    assert "Semua cocok." in used.run("doctor").stdout


def test_books_stay_sound_through_all_that_may_happen(used: AgentLaptop) -> None:
    opened = open_vault(used.home)
    outbox = outbox_of(opened)
    [forgotten, reused, _, _] = outbox.held(None, 9)
    acks = [
        {"record_id": reused[0], "digest": reused[1], "verdict": "rejected", "reason": "id_reused"}
    ]
    changes = [{"kind": "forget", "record_id": forgotten[0]}]
    outbox.settle({"acks": acks, "changes": changes}, receipt=None, now=NOW)
    outbox.raise_seq(40)
    opened.close()
    used.capture(content(5))
    assert faults(used) == []
    counts = used.json("doctor")["counts"]
    assert (counts["forgotten"], counts["resaved"], counts["last_seq"]) == (1, 1, 41)


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (["delete from captures where device_seq = 2"], {"number_missing"}),
        (["update captures set digest = 'x' where device_seq = 1"], {"digest_differs"}),
        (
            ["update captures set envelope = cast('{}' as blob) where device_seq = 1"],
            {"digest_differs"},
        ),
        (["update captures set device_seq = 9 where device_seq = 3"], {"number_missing"}),
        (["update captures set waiting = 1 where device_seq = 1"], {"verdict_while_waiting"}),
        (["update captures set waiting = 0 where device_seq = 4"], {"settled_without_verdict"}),
        (
            ["insert into forgotten select record_id, device_seq, 'x' from captures limit 1"],
            {"forgotten_but_here"},
        ),
        (
            [
                "update captures set wiped_at = 'x', purged_after_days = 14, envelope = x'',"
                " nik = '', name = '', sought = '', birth_date = null where device_seq = 4"
            ],
            {"purged_while_waiting"},
        ),
        (
            ["update captures set wiped_at = 'x', purged_after_days = 14 where device_seq = 1"],
            {"purge_incomplete"},
        ),
    ],
)
def test_planted_damage(used: AgentLaptop, statements: list[str], found: set[str]) -> None:
    plant(used, *statements)
    assert found <= set(faults(used))


def flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[4096 * 10 + 99] ^= 1
    path.write_bytes(raw)


@pytest.mark.parametrize("spoil", [flip])
def test_a_page_changed_on_disk(used: AgentLaptop, spoil: Callable[[Path], None]) -> None:
    opened = open_vault(used.home)
    with opened.reading() as tx:
        assert tx.execute("PRAGMA page_count").fetchone()[0] > 11
    opened.close()
    spoil(used.home / "agent.db")
    result = used.run("doctor")
    assert result.exit_code == 1
    assert "damaged" in result.stderr
