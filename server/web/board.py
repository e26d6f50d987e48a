"""Papan peringkat: who enrolled how many."""

from typing import Any

from flask import Blueprint, redirect, render_template, request

from server.leaderboard import OfficeUnknown, leaderboard_of, office_ids
from server.problems import PAGE_UNKNOWN, Refused
from server.rules.spans import Asked, month_span
from server.web.here import here

web = Blueprint("board", __name__)


@web.get("/")
def home() -> Any:
    """Lead to the leaderboard."""
    return redirect("/leaderboard", 303)


@web.get("/leaderboard")
def show() -> Any:
    """Show a month's leaderboard, of one office or of all."""
    office = here().office
    month = request.args.get("month") or office.now().astimezone(here().zone).strftime("%Y-%m")
    try:
        first, last = month_span(month)
        name = request.args.get("office") or None
        board = leaderboard_of(office, Asked(first, last, offices=office_ids(office, name)))
    except (ValueError, OfficeUnknown):
        raise Refused(PAGE_UNKNOWN) from None
    return render_template(
        "leaderboard.html",
        board=board,
        month=month,
        office=name,
        quiet_days=office.settings.quiet_days,
    )
