"""What the trail says of users, as tests read it."""

import json
from typing import Any

from server import audit
from server.office import Office
from server.store import audit as lines


def trail(office: Office) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Return (by, action, about, detail) of the lines about users, links and tokens, in order.

    The whole trail must be sound.
    """
    with office.store.read() as tx:
        assert list(audit.broken(tx, office.keys)) == []
        return [
            (line.by, line.action, line.about, json.loads(line.detail))
            for line in lines.lines(tx)
            if line.about in ("user", "link", "token")
        ]
