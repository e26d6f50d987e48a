"""Offices."""

from collections.abc import Mapping
from typing import Any

from server import administer, agents
from server.api.office.answers import OfficeAnswer, OfficesAnswer
from server.api.office.asking import call
from server.api.office.bodies import OfficeBody
from server.web.here import here


@call("GET", "/offices", OfficesAnswer)
def list_offices() -> Any:
    """List the user's offices."""
    office, user = here().office, here().user
    found = [one for one in agents.all_offices(office) if user.sees(frozenset({one.office_id}))]
    return {"offices": found}


@call("POST", "/offices", OfficeAnswer, body=OfficeBody, status=201, fits=False)
def make_office(sent: Mapping[str, Any]) -> Any:
    """Make an office."""
    with administer.fitting():
        office_id = administer.add_office(here().office, sent["name"], by=here().user.name)
        return agents.office(here().office, office_id)


@call("PATCH", "/offices/<string:office_id>", OfficeAnswer, body=OfficeBody, fits=False)
def name_office(office_id: str, sent: Mapping[str, Any]) -> Any:
    """Give an office another name."""
    with administer.fitting():
        administer.rename_office(here().office, office_id, sent["name"], by=here().user.name)
        return agents.office(here().office, office_id)
