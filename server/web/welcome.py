"""The page of a one-time link: its user sets the password, and is in."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_login import login_user

from server import links
from server.problems import PASSWORDS_DIFFER, Refused
from server.web.going import go
from server.web.here import gettext, here

web = Blueprint("welcome", __name__)


@web.get("/welcome/<secret>")
def show(secret: str) -> Any:
    """Ask for a password."""
    name = links.whose(here().office, secret)
    return render_template("welcome.html", name=name, secret=secret)


@web.post("/welcome/<secret>")
def enter(secret: str) -> Any:
    """Set the password, and let its user in."""
    login_user(links.use_link(here().office, secret, typed_twice()))
    return go("/", gettext("Kata sandi tersimpan. Anda sudah masuk."))


def typed_twice() -> str:
    """Return the new password of a form; raises Refused `passwords_differ`."""
    password = request.form.get("new_password", "")
    if password != request.form.get("again", ""):
        raise Refused(PASSWORDS_DIFFER)
    return password
