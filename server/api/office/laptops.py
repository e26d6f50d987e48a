"""Laptops: how they stand, and taking one out of service."""

from collections.abc import Mapping
from typing import Any

from server import laptop_list, retiring, revoking
from server.api.office.asking import call
from server.api.office.bodies import LaptopsQuery, RevokeBody
from server.api.office.laptop_answers import LaptopAnswer, LaptopsAnswer
from server.laptop_list import Wanted
from server.laptop_view import view_of
from server.web.here import here


@call("GET", "/laptops", LaptopsAnswer, query=LaptopsQuery)
def list_laptops(asked: Mapping[str, Any]) -> Any:
    """List the laptops, those first that need somebody, fifty to a page."""
    return laptop_list.list_of(here().office, here().user.offices, Wanted(**asked))


@call("GET", "/laptops/<string:device_id>", LaptopAnswer)
def show_laptop(device_id: str) -> Any:
    """Show a laptop: what it reported, and what it may still hold."""
    return view_of(here().office, device_id)


@call("POST", "/laptops/<string:device_id>/retire", LaptopAnswer, fits=False)
def retire_laptop(device_id: str) -> Any:
    """Ask a laptop to stop."""
    retiring.retire(here().office, device_id, by=here().user.name)
    return view_of(here().office, device_id)


@call("POST", "/laptops/<string:device_id>/keep", LaptopAnswer, fits=False)
def keep_laptop(device_id: str) -> Any:
    """Let a laptop work on that was asked to stop."""
    retiring.keep(here().office, device_id, by=here().user.name)
    return view_of(here().office, device_id)


@call("POST", "/laptops/<string:device_id>/revoke", LaptopAnswer, body=RevokeBody)
def revoke_laptop(device_id: str, sent: Mapping[str, Any]) -> Any:
    """Take a laptop's right to exchange; `lost_at` says since when its loss is known."""
    office, reason = here().office, revoking.sound_reason(sent["reason"])
    lost_at = sent["lost_at"] and revoking.known_at(office, sent["lost_at"])
    revoking.revoke(office, device_id, by=here().user.name, lost_at=lost_at, reason=reason)
    return view_of(office, device_id)
