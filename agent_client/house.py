"""What the running page is made of: settings, the open seats, the door."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import g

from agent_client.commands.session import Session
from agent_client.gate import Gate, Visit
from agent_client.kept import Keeper, Kept
from agent_client.seats import Seat
from agent_client.store import device


@dataclass(frozen=True, slots=True)
class House:
    """Handed to every page; `session` is the laptop's, before any seat is open."""

    session: Session
    gate: Gate
    keeper: Keeper

    def seated(self, seat: Seat) -> Session:
        """Return the session of a seat: its own folder, all else the laptop's."""
        return replace(self.session, settings=self.session.settings.at(seat.home))

    @property
    def laptop_home(self) -> Path:
        """The laptop's own folder, in which every agent has a seat."""
        return self.session.settings.laptop_home


@dataclass(slots=True)
class Here:
    """Who asks, of whose page, in which house: kept for one request."""

    house: House = field(repr=False)
    lang: str
    visit: Visit | None = None
    kept: Kept | None = field(default=None, repr=False)
    _zone: ZoneInfo | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The office's zone, in which moments are shown."""
        if self._zone is None:
            self._zone = device.zone_of(None)
            if self.kept is not None:
                with self.kept.vault.reading() as tx:
                    self._zone = device.zone_of(device.device(tx))
        return self._zone


def here() -> Here:
    """Return who asks."""
    found: Any = g.here
    assert isinstance(found, Here)
    return found


def kept() -> Kept:
    """Return the open seat of who asks; no page that needs one is reached without."""
    found = here().kept
    assert found is not None
    return found
