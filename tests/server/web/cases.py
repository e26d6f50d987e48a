"""Every kind of doubtful record, and a supervisor who decides on it through the pages."""

import re
from typing import Any

import sqlalchemy as sa

from server.store.desk_tables import audit
from tests.builders import content
from tests.offices import Desk, Laptop
from tests.server.supervisor import (
    ELSEWHERE,
    STRANGER,
    WORKER,
    corrected,
    earlier_capture,
    sent,
    under,
)
from tests.server.web.visitor import Visitor

ODD = {**WORKER, "nik": "7371119913990001"}
"""A NIK that names no day of the calendar."""


def doubtful(kind: str, one: Laptop, two: Laptop) -> tuple[dict[str, Any], dict[str, Any]]:
    """Send what brings a case of a kind; return the other's envelope and the doubtful one's."""
    first = sent(one, WORKER)
    if kind == "nik_conflict":
        return first, sent(two, STRANGER)
    if kind == "near_match":
        return first, sent(two, ELSEWHERE)
    if kind == "nik_changed":
        changed = {**WORKER, "nik": content(4)["nik"], "nik_reason": "as_on_card"}
        return first, corrected(one, first, changed)
    if kind == "person_changed":
        return first, corrected(one, first, under(content(4), WORKER))
    return first, earlier_capture(two, WORKER)


def form_of(page: str, ends: str) -> dict[str, str]:
    """Return what a page's form to an address with this end would send, unchosen."""
    found = re.search(rf'<form [^>]*action="[^"]*/{ends}[^"]*".*?</form>', page, re.DOTALL)
    assert found is not None, page
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', found[0])
    return {name: value for name, value in hidden if name != "csrf_token"}


def choices_of(page: str) -> list[str]:
    """Return the decisions that a case's page offers, in order."""
    return re.findall(r'name="choice" value="([^"]+)"', page)


def decide(visitor: Visitor, case_id: str, choice: str, **more: str) -> Any:
    """Look at a case, choose, and send it."""
    form = form_of(visitor.see(f"/cases/{case_id}"), "decide")
    return visitor.hx(f"/cases/{case_id}/decide", {**form, "choice": choice, **more})


def noted(desk: Desk) -> list[tuple[str, str, str]]:
    """Return (action, about, by) of the trail without the sign-ins, oldest first."""
    query = sa.select(audit).where(audit.c.about.in_(("case", "record"))).order_by(audit.c.number)
    with desk.office.store.read() as tx:
        return [(row.action, row.about, row.by) for row in tx.execute(query)]
