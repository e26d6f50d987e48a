"""Laptop: which report, what lies on them, and taking one out of service or revoking it."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from server import laptop_list, retiring, revoking
from server.laptop_list import PAGE, STATES, Wanted
from server.laptop_view import view_of
from server.problems import LOSS_UNFIT, Refused
from server.store import offices, set_aside
from server.web import laptop_words
from server.web.going import go
from server.web.here import gettext, here

web = Blueprint("laptops", __name__)


@web.get("/laptops")
def index() -> Any:
    """List the laptops, those first that need somebody."""
    office, own = here().office, here().user.offices
    wanted = _wanted()
    found = laptop_list.list_of(office, own, wanted)
    with office.store.read() as tx:
        named = offices.names(tx)
        aside = set_aside.count(tx, office.today(), own)
    return render_template(
        "laptops.html",
        found=found,
        states=STATES,
        first=(found.wanted.page - 1) * PAGE,
        choices=[(i, name) for i, name in named.items() if own is None or i in own],
        offices=named,
        aside=aside,
        least=office.settings.min_client,
        at=_address,
        say=laptop_words,
    )


@web.get("/laptops/<device_id>")
def show(device_id: str) -> Any:
    """Show one laptop."""
    return _page("laptop.html", device_id)


@web.get("/laptops/<device_id>/retire")
def ask_retire(device_id: str) -> Any:
    """Tell what happens when a laptop is taken out of service."""
    return _page("laptop_retire.html", device_id)


@web.post("/laptops/<device_id>/retire")
def retire(device_id: str) -> Any:
    """Ask a laptop to stop."""
    retiring.retire(here().office, device_id, by=here().user.name)
    return go(_path(device_id), gettext("Laptop diminta berhenti; ia tahu saat melapor lagi."))


@web.get("/laptops/<device_id>/keep")
def ask_keep(device_id: str) -> Any:
    """Tell what happens when a laptop is to work on after all."""
    return _page("laptop_keep.html", device_id)


@web.post("/laptops/<device_id>/keep")
def keep(device_id: str) -> Any:
    """Let a laptop work on."""
    retiring.keep(here().office, device_id, by=here().user.name)
    return go(_path(device_id), gettext("Penarikan dibatalkan; laptop ini dipakai terus."))


@web.get("/laptops/<device_id>/revoke")
def ask_revoke(device_id: str) -> Any:
    """Tell what happens when a laptop is revoked, and ask for the reason."""
    now = here().office.now().astimezone(here().zone)
    return _page("laptop_revoke.html", device_id, now=f"{now:%Y-%m-%dT%H:%M}")


@web.post("/laptops/<device_id>/revoke")
def revoke(device_id: str) -> Any:
    """Revoke a laptop; from a lost one go on to who must be told."""
    reason = revoking.sound_reason(request.form.get("reason", ""))
    is_lost = request.form.get("kind") == "lost"
    lost_at = _moment(request.form.get("lost_at", "")) if is_lost else None
    revoking.revoke(here().office, device_id, by=here().user.name, lost_at=lost_at, reason=reason)
    if is_lost:
        return go(f"{_path(device_id)}/lost", gettext("Izin laptop ini dicabut. Waktu berjalan."))
    return go(_path(device_id), gettext("Izin laptop ini dicabut."))


def _moment(text: str) -> datetime:
    """Return a moment that was typed in the office's zone, or raise Refused 422."""
    try:
        at = datetime.fromisoformat(text).replace(tzinfo=here().zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused(LOSS_UNFIT) from None
    return revoking.known_at(here().office, at)


def _page(template: str, device_id: str, **more: Any) -> str:
    office = here().office
    return render_template(
        template,
        view=view_of(office, device_id),
        least=office.settings.min_client,
        say=laptop_words,
        **more,
    )


def _path(device_id: str) -> str:
    return f"/laptops/{device_id}"


def _wanted() -> Wanted:
    asked = {name: value if value.isprintable() else "" for name, value in request.args.items()}
    page = asked.get("page", "1")
    return Wanted(
        state=asked.get("state", ""),
        office_id=asked.get("office", ""),
        text=asked.get("q", "").strip(),
        page=int(page) if page.isdecimal() and page.isascii() and len(page) < 7 else 1,
    )


def _address(wanted: Wanted, **other: Any) -> str:
    """Return the address of the same list, or of another part of it."""
    values = {"state": wanted.state, "office": wanted.office_id, "q": wanted.text} | other
    asked = {name: value for name, value in values.items() if value not in ("", 1)}
    return f"/laptops?{urlencode(asked)}" if asked else "/laptops"
