"""The line: how it stands, and sending now."""

from typing import Any

from flask import Blueprint, render_template, request

from agent_client.house import here, kept
from agent_client.line import line

web = Blueprint("syncing", __name__)


@web.app_context_processor
def the_line() -> dict[str, Any]:
    """Give templates the line: every page has it on top."""
    return {"line": _line} if here().kept is not None else {}


def _line() -> Any:
    with kept().vault.reading() as tx:
        return line(tx, kept().progress(), here().house.session.clock.now(), here().lang)


@web.get("/line")
def show() -> Any:
    """Return the line alone: the page asks for it every few seconds.

    What it shows already is not sent again: nothing moves, and no reader says it twice.
    """
    if request.args.get("seen") == _line().mark:
        return "", 204
    return render_template("_line.html")


@web.post("/sync")
def send() -> Any:
    """Exchange at once."""
    kept().send_now()
    return render_template("_line.html")
