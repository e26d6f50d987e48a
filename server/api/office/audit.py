"""The trail of what people do at the desk."""

from collections.abc import Mapping
from typing import Any

from server import trail
from server.api.office.answers import AuditAnswer
from server.api.office.asking import call
from server.api.office.bodies import AuditQuery
from server.trail import Wanted
from server.web.here import here


@call("GET", "/audit", AuditAnswer, query=AuditQuery)
def list_audit(asked: Mapping[str, Any]) -> Any:
    """List what was done that the user may see, the newest first."""
    sought = {name: value for name, value in asked.items() if name != "cursor"}
    below = int(asked["cursor"]) if asked["cursor"] else None
    return trail.page_of(here().office, here().user, Wanted(**sought), below)
