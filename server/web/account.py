"""The own account: password, second step, tokens for programs, all sign-ins."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_login import logout_user
from markupsafe import Markup

from faces.qr import qr_svg
from server import accounts, sign_ins, tokens, two_steps
from server.problems import DAYS_UNFIT, Refused
from server.web.going import go
from server.web.here import gettext, here
from server.web.welcome import typed_twice

web = Blueprint("account", __name__)
_HERE = "/account"


@web.get("/account")
def show() -> Any:
    """Show who one is, and what one may change of it."""
    office, user = here().office, here().user
    return render_template(
        "account.html",
        own=accounts.account(office, user.user_id),
        tokens=tokens.own_tokens(office, user),
    )


@web.post("/account/password")
def change_password() -> Any:
    """Change the password."""
    present = request.form.get("present_password", "")
    sign_ins.change_password(here().office, here().user, present, typed_twice())
    return go(_HERE, gettext("Kata sandi diganti. Di perangkat lain Anda sudah keluar."))


@web.post("/account/two-steps")
def begin_two_steps() -> Any:
    """Show the secret of a second step, which a code must confirm."""
    _require_password()
    address = two_steps.begin(here().office, here().user)
    picture = Markup(qr_svg(address, gettext("Kode QR untuk aplikasi")))  # noqa: S704
    return render_template("_two_steps_begun.html", picture=picture, secret=secret_in(address))


def secret_in(address: str) -> str:
    """Return an otpauth address's secret in groups of four, for who types it."""
    secret = address.partition("secret=")[2].partition("&")[0]
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


@web.post("/account/two-steps/code")
def confirm_two_steps() -> Any:
    """Ask for a code at each sign-in from now on."""
    two_steps.confirm(here().office, here().user, request.form.get("app_code", ""))
    return go(_HERE, gettext("Kode dua langkah menyala. Mulai sekarang diminta setiap kali masuk."))


@web.post("/account/two-steps/end")
def end_two_steps() -> Any:
    """Ask for no code any more."""
    _require_password()
    two_steps.end(here().office, here().user)
    return go(_HERE, gettext("Kode dua langkah dimatikan."))


def _require_password() -> None:
    password = request.form.get("two_steps_password", "")
    sign_ins.require_password(here().office, here().user, password)


@web.post("/account/tokens")
def make_token() -> Any:
    """Make a token, and show it this once."""
    name, days = request.form.get("token_name", ""), request.form.get("days", "")
    if not (days.isascii() and days.isdigit() and len(days) < 5):
        raise Refused(DAYS_UNFIT)
    token = tokens.make_token(here().office, here().user, name, int(days))
    return render_template("_token.html", then=_HERE, secret=token, name=name)


@web.post("/account/tokens/<token_id>/end")
def end_token(token_id: str) -> Any:
    """End a token."""
    tokens.end_token(here().office, here().user, token_id)
    return go(_HERE, gettext("Token itu sudah tidak berlaku."))


@web.post("/account/sign-out")
def leave_everywhere() -> Any:
    """End all own sign-ins."""
    sign_ins.sign_out_everywhere(here().office, here().user)
    logout_user()
    return go("/sign-in", gettext("Anda sudah keluar dari semua perangkat."))
