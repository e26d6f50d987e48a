"""Rows for the suites of the store, valid by default."""

from datetime import UTC, datetime, timedelta
from typing import Any

from server.rules.record import Record
from server.store import ledger
from server.store.engine import Store
from tests.server.rules.books import Shelf

NOW = datetime(2026, 11, 20, 2, 0, 0, 123456, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ONE, TWO = "agent-1", "agent-2"
NIK, OTHER = b"n" * 16, b"o" * 16


def device(device_id: str = "device-1", agent_id: str = ONE, **named: Any) -> dict[str, Any]:
    """Return the row of a device that joins."""
    return {
        "device_id": device_id,
        "agent_id": agent_id,
        "name": "Laptop",
        "platform": "test",
        "client": "0.1.0",
        "device_key": None,
        "token_hash": f"token of {device_id}",
        "token_used": False,
        "joined_at": NOW,
        **named,
    }


def record(record_id: str, **named: Any) -> Record:
    """Return an accepted record of agent-1."""
    values = {"agent_id": ONE, "received_at": NOW, "captured_at": NOW - HOUR, "nik_hash": NIK}
    return Shelf().put(record_id, **{**values, **named})


def write(store: Store, *records: Record) -> None:
    """Write records into the ledger."""
    with store.write() as tx:
        ledger.record(tx, [(one, b"\x00sealed\xff") for one in records], "device-1", 0)
