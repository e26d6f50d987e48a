"""One laptop: how it stands, what it last reported, what it still holds."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from server import retiring, revoking
from server.laptop_list import terms_of
from server.office import Office
from server.revoking import Held
from server.rules.laptops import Need, needs
from server.rules.retiring import Standing
from server.store import laptop_list, numbers, offices, stations

_RECEIPTS: Final = 20
_REUSED: Final = 20


@dataclass(frozen=True, slots=True)
class LaptopView:
    """A laptop; `device` is its row with its agent, `report` what it last said of itself.

    `receipts` are the newest moments at which it brought records (received_at, records):
    of its reports the last alone is kept.
    """

    device: Any
    office: str
    standing: Standing
    needs: Sequence[Need]
    report: Mapping[str, Any]
    held: Held
    reused: Sequence[int]
    receipts: Sequence[Any]

    @property
    def missing(self) -> int:
        """Return how many of its numbers are missing."""
        return sum(last - first + 1 for first, last in self.held.missing)


def view_of(office: Office, device_id: str) -> LaptopView:
    """Return a laptop; raises Refused 404."""
    held = revoking.held_by(office, device_id)
    device = held.device
    with office.store.read() as tx:
        standing = retiring.standing(tx, device)
        office_id = stations.office_at(tx, device.agent_id, office.today())
        return LaptopView(
            device=device,
            office=offices.names(tx)[office_id],
            standing=standing,
            needs=needs(device, standing, terms_of(office)),
            report=json.loads(device.heartbeat or "{}"),
            held=held,
            reused=numbers.reused_seqs(tx, device_id)[:_REUSED],
            receipts=laptop_list.receipts(tx, device_id, _RECEIPTS),
        )
