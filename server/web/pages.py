"""The office's plain page: the month's leaderboard."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request

from faces import formats
from faces.headers import protect
from server.leaderboard import OfficeUnknown, leaderboard_of, span_of
from server.office import Office
from server.problems import NOT_FOUND, Refused


def pages(office: Office) -> Blueprint:
    """Return the pages, bound to an office."""
    web = Blueprint("web", __name__)
    protect(web)  # not the calls: on a bad line every byte counts, and no browser makes them
    zone = office.settings.timezone
    web.add_app_template_filter(formats.number, "number")
    web.add_app_template_filter(formats.rupiah, "rupiah")
    web.add_app_template_filter(formats.month_name, "month_name")
    web.add_app_template_filter(lambda value: formats.moment(value, zone), "moment")

    @web.get("/")
    def home() -> Any:
        """Show a month's leaderboard, of one office or of all."""
        month = request.args.get("month") or office.now().astimezone(ZoneInfo(zone)).strftime(
            "%Y-%m"
        )
        try:
            span_of(month)
            board = leaderboard_of(office, month, request.args.get("office") or None)
        except (ValueError, OfficeUnknown):
            raise Refused(NOT_FOUND) from None
        return render_template(
            "leaderboard.html", board=board, quiet_days=office.settings.quiet_days
        )

    return web
