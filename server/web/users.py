"""Pengguna: who may come to the desk, as what, for which offices."""

from typing import Any

from flask import Blueprint, render_template, request

from server import accounts, links
from server.problems import ROLE_UNKNOWN, Refused
from server.rules.roles import Role
from server.store import offices
from server.web.going import go
from server.web.here import gettext, here

web = Blueprint("users", __name__)
_LIST = "/users"


@web.get("/users")
def show() -> Any:
    """List everybody who is or was a user."""
    return render_template("users.html", accounts=accounts.all_users(here().office))


@web.get("/users/new")
def show_new() -> Any:
    """Ask for what makes a user."""
    return render_template("user_new.html", offices=_offices())


@web.post("/users")
def make() -> Any:
    """Make a user, and show the link this once."""
    office, by = here().office, here().user.name
    name = request.form.get("user_name", "")
    user_id = accounts.add_user(office, name, _role(), _office_names(), by=by)
    return _link(user_id, name)


@web.get("/users/<user_id>")
def show_one(user_id: str) -> Any:
    """Show a user, and what may be changed."""
    one = accounts.account(here().office, user_id)
    return render_template("user.html", one=one, offices=_offices())


@web.post("/users/<user_id>")
def change(user_id: str) -> Any:
    """Give a user another role, other offices."""
    by = here().user.name
    accounts.change_user(here().office, user_id, _role(), _office_names(), by=by)
    return go(_LIST, gettext("Peran dan kantor tersimpan; berlaku mulai sekarang."))


@web.post("/users/<user_id>/link")
def make_link(user_id: str) -> Any:
    """Show a new link this once."""
    return _link(user_id, accounts.account(here().office, user_id).name)


@web.post("/users/<user_id>/unlock")
def unlock(user_id: str) -> Any:
    """Forget a user's wrong tries."""
    accounts.unlock_user(here().office, user_id, by=here().user.name)
    return go(_LIST, gettext("Kunci dibuka; pengguna itu dapat masuk lagi."))


@web.post("/users/<user_id>/end")
def end(user_id: str) -> Any:
    """End a user."""
    accounts.end_user(here().office, user_id, by=here().user.name)
    return go(_LIST, gettext("Pengguna itu diakhiri, dan sudah keluar di semua perangkat."))


def _link(user_id: str, name: str) -> str:
    address, until = links.make_link(here().office, user_id, by=here().user.name)
    return render_template("_link.html", then=_LIST, secret=address, until=until, name=name)


def _role() -> Role:
    try:
        return Role(request.form.get("role", ""))
    except ValueError:
        raise Refused(ROLE_UNKNOWN) from None


def _office_names() -> list[str]:
    return request.form.getlist("office")


def _offices() -> list[str]:
    with here().office.store.read() as tx:
        return list(offices.names(tx).values())
