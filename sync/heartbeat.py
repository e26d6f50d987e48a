"""What the laptop reports of itself, as it travels with each exchange."""

from typing import Any, Final

from schemas.envelope import rfc3339
from sync.ports import Heartbeat

_MEMBERS: Final = ("waiting", "drafts", "set_aside", "last_seq", "client", "disk_free_mb")


def heartbeat_body(heartbeat: Heartbeat, travelling: int) -> dict[str, Any]:
    """Return the heartbeat as it travels; where nothing waits there is no oldest.

    What travels with it no longer waits on the laptop: the office would count it twice.
    """
    body: dict[str, Any] = {name: getattr(heartbeat, name) for name in _MEMBERS}
    body["waiting"] = max(heartbeat.waiting - travelling, 0)
    if body["waiting"] and heartbeat.oldest_waiting_at is not None:
        body["oldest_waiting_at"] = rfc3339(heartbeat.oldest_waiting_at)
    if heartbeat.stopped is not None:
        body["stopped"] = dict(heartbeat.stopped)
    return {**body, "reference": dict(heartbeat.reference)}
