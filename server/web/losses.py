"""A lost laptop: the clock of the notices, who must be told, and the letters."""

from typing import Any, Final

from flask import Blueprint, render_template, request

from faces import formats
from server import losses
from server.problems import PAGE_UNKNOWN, Refused
from server.web import laptop_words
from server.web.here import here

web = Blueprint("losses", __name__)
_LETTERS: Final = ("authority", "anybody", "each")
"""To the authority; to a person, with blanks; to each person by name, a page each."""


@web.get("/laptops/<device_id>/lost")
def show(device_id: str) -> Any:
    """Show by when who must be told of what."""
    loss = losses.see(here().office, device_id, by=here().user.name, form="people")
    return render_template("laptop_lost.html", loss=loss, say=laptop_words)


@web.get("/laptops/<device_id>/letters")
def letters(device_id: str) -> Any:
    """Show letters to be printed; they are Indonesian whoever looks."""
    to = request.args.get("to", "")
    if to not in _LETTERS:
        raise Refused(PAGE_UNKNOWN)
    office = here().office
    return render_template(
        "laptop_letters.html",
        loss=losses.see(office, device_id, by=here().user.name, form="letters"),
        to=to,
        today=formats.day(office.today(), "id"),
        moment_id=lambda at: formats.moment(at, office.settings.timezone, "id"),
    )
