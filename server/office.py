"""The office as a whole: its database, keys, settings and clock, handed to whoever acts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import uuid6

from server.config import Settings
from server.keys import Keys, load_keys
from server.store.engine import Store


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return a new UUIDv7 as lower-case hyphenated text."""
    return str(uuid6.uuid7())


@dataclass(frozen=True, slots=True)
class Office:
    """Everything that a call or a command needs; nothing is global."""

    store: Store
    keys: Keys
    settings: Settings
    now: Callable[[], datetime] = utc_now
    new_id: Callable[[], str] = new_id

    def today(self) -> date:
        """Return the present day in the office's zone."""
        return self.now().astimezone(ZoneInfo(self.settings.timezone)).date()


def open_office(settings: Settings) -> Office:
    """Open the office that the settings name; raises server.keys.KeyMissing."""
    return Office(
        Store(settings.database_url), load_keys(settings.home, settings.office_key), settings
    )
