"""Laptop baru: a join code for an agent's laptop, shown once; those that are open."""

from typing import Any, Final

from flask import Blueprint, render_template, request
from markupsafe import Markup

from faces.qr import qr_svg
from server import administer, join_codes
from server.administer import Impossible
from server.problems import AGENT_UNKNOWN, Refused
from server.rules.stations import has_ended
from server.store import offices
from server.web.going import go
from server.web.here import gettext, here

web = Blueprint("join_codes", __name__)
_HERE: Final = "/laptops/new"


@web.get("/laptops/new")
def show() -> Any:
    """Ask for whom a code is to be, and list those that are open."""
    return render_template(
        "laptop_new.html",
        agents=_own_agents(),
        codes=join_codes.open_codes(here().office, here().user.offices),
        days=here().office.settings.join_code_days,
    )


@web.post("/laptops/codes")
def make() -> Any:
    """Make a code, and show it this once."""
    agent_code = request.form.get("agent_code", "").strip()
    one = next((row for row in _own_agents() if row.code == agent_code), None)
    if one is None:
        raise Refused(AGENT_UNKNOWN)
    try:
        return made(one, _HERE)
    except Impossible:
        raise Refused(AGENT_UNKNOWN) from None


def made(one: Any, then: str) -> str:
    """Make a code for an agent (code, name) and show it this once; `then` is where one goes.

    Raises server.administer.Impossible.
    """
    office = here().office
    until = administer.join_code_until(office)
    code = administer.make_join_code(office, one.code, by=here().user.name)
    address = office.settings.public_url
    return render_template(
        "_join_code.html",
        then=then,
        secret=code,
        address=address,
        until=until,
        name=one.name,
        drawn=Markup(qr_svg(f"{address} {code}", code)),  # noqa: S704 - made of squares alone
    )


@web.post("/laptops/codes/<code_id>/void")
def void(code_id: str) -> Any:
    """Make an open code void."""
    join_codes.void(here().office, code_id, here().user.offices, by=here().user.name)
    return go(_HERE, gettext("Kode itu dibatalkan; tidak ada laptop yang dapat memakainya."))


def _own_agents() -> list[Any]:
    """Return the agents of the user's offices who work today."""
    office, own = here().office, here().user.offices
    with office.store.read() as tx:
        rows = offices.all_agents(tx, office.today())
    return [
        row
        for row in rows
        if (own is None or row.office_id in own) and not has_ended(row, office.today())
    ]
