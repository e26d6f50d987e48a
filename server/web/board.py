"""Papan peringkat: who enrolled how many."""

from typing import Any

from flask import Blueprint, redirect, render_template, request

from server.leaderboard import OfficeUnknown, leaderboard_of, span_of
from server.problems import PAGE_UNKNOWN, Refused
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
        span_of(month)
        board = leaderboard_of(office, month, request.args.get("office") or None)
    except (ValueError, OfficeUnknown):
        raise Refused(PAGE_UNKNOWN) from None
    return render_template("leaderboard.html", board=board, quiet_days=office.settings.quiet_days)
