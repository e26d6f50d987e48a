"""A laptop of memory and an office that answers as scripted, for the sender's half."""

from typing import Any

from sync.report import Identity, Report
from sync.sender import exchange_until_settled
from tests.builders import DEVICE_ID, content
from tests.memory_outbox import MemoryOutbox
from tests.sync.scripted_office import (
    AGENT_ID,
    KEYS,
    FakeClock,
    ScriptedOffice,
)


class Laptop:
    """A memory outbox with captures, and one run of it at a time."""

    def __init__(self, captures: int = 0) -> None:
        self.outbox = MemoryOutbox()
        self.clock = FakeClock()
        self.ids = [self.save(number) for number in range(1, captures + 1)]

    def save(self, number: int, **members: Any) -> str:
        return self.outbox.put(content(number, **members), self.clock.now())

    def run(self, office: ScriptedOffice, **options: Any) -> Report:
        identity = Identity(
            DEVICE_ID, AGENT_ID, options.pop("keys", KEYS), options.pop("restored", False)
        )
        options = {"stop": lambda: False, "random": lambda: 0.5, **options}
        return exchange_until_settled(self.outbox, office, self.clock, identity, **options)

    @property
    def waiting(self) -> list[str]:
        records = self.outbox.shelf.records
        return [record_id for record_id, record in records.items() if record.waiting]

    @property
    def set_aside(self) -> list[str]:
        records = self.outbox.shelf.records
        return [record_id for record_id in self.waiting if records[record_id].set_aside_at]

    def verdict(self, record_id: str) -> tuple[str, str]:
        standing = self.outbox.shelf.records[record_id].standing
        return standing["verdict"], standing["reason"]
