"""How far a laptop is on its way out of service; pure.

The order that it stopped on, what it must say, and what the office holds that against stand
in sync/PROTOCOL.md, Taken out of service.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final


class Standing(StrEnum):
    """Where a laptop stands: in service, asked to stop, stopped, safe to wipe, or revoked."""

    WORKING = "working"
    ASKED = "asked"
    STOPPED = "stopped"
    SAFE = "safe"
    REVOKED = "revoked"


NOTHING_HEARD: Final = dict.fromkeys(("stopped_at", "compared_pairs", "compared_to", "safe_at"))
"""What is known under a new order, by column of a device."""


def standing_of(device: Any, epoch: str) -> Standing:
    """Return where a device (a row of store.devices) stands, in an epoch of the office."""
    if device.revoked_at is not None:
        return Standing.REVOKED
    if device.retiring_at is None:
        return Standing.WORKING
    if device.stopped_at is None or _epoch_of(device.stop_order) != epoch:
        return Standing.ASKED
    return Standing.STOPPED if device.safe_at is None else Standing.SAFE


def next_order(former: str | None, epoch: str) -> str:
    """Return an order to stop that was never given before: `epoch.number`."""
    number = (former or "").rpartition(".")[2]
    return f"{epoch}.{int(number or 0) + 1}"


def is_on_order(said: Any, device: Any, epoch: str) -> bool:
    """Tell whether what a laptop says is said on its device's present order."""
    if not isinstance(said, Mapping) or device.stop_order is None:
        return False
    return said.get("order") == device.stop_order and _epoch_of(device.stop_order) == epoch


def has_nothing_left(heartbeat: Mapping[str, Any], device: Any, travelling: int) -> bool:
    """Tell whether a stopped laptop claims to be done, and the office's comparing bears it out.

    `travelling` counts the envelopes that came with the heartbeat. Whether numbers are
    missing is asked of the ledger besides.
    """
    said = heartbeat["stopped"]
    left = (travelling, heartbeat["waiting"], said["drafts"], said["damaged"])
    is_known = said.get("known_at") is not None and device.compared_pairs == said["pairs"]
    return is_known and not any(left)


def _epoch_of(order: str | None) -> str:
    return (order or "").rpartition(".")[0]
