"""In and out: the sign-in, also in a dialog over a page that was left open; language, light."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask_login import current_user, login_user, logout_user

from server import accounts
from server.problems import Refused
from server.web.here import LANG_COOKIE, LANGS, THEME_COOKIE, THEMES, here
from server.web.sentences import said

web = Blueprint("signing", __name__)
_YEAR = 365 * 24 * 3600


@web.get("/sign-in")
def show() -> Any:
    """Ask for name and password."""
    if current_user.is_authenticated:
        return redirect(_own(request.args.get("to")), 303)
    return render_template("sign_in.html", to=_own(request.args.get("to")))


@web.post("/sign-in")
def enter() -> Any:
    """Let somebody in, back to where they were."""
    to, name = _own(request.form.get("to")), request.form.get("name", "")
    try:
        user = accounts.sign_in(here().office, name, request.form.get("password", ""))
    except Refused as refused:
        seconds = int(refused.headers.get("Retry-After", 0))
        told = said(refused.problem.code, here().lang, seconds=seconds)
        if "HX-Request" in request.headers:
            return dialog(told=told, name=name, status=refused.problem.status)
        page = render_template("sign_in.html", to=to, told=told, name=name)
        return make_response(page, refused.problem.status, refused.headers)
    login_user(user)
    if "HX-Request" not in request.headers:
        return redirect(to, 303)
    if request.headers.get("X-Lorong-User", user.user_id) != user.user_id:
        return Response("", headers={"HX-Redirect": "/"})  # the page is somebody else's
    return render_template("_signed_in.html")


@web.post("/sign-out")
def leave() -> Any:
    """End the sign-in."""
    accounts.sign_out(here().office, here().user)
    logout_user()
    return redirect("/sign-in", 303)


@web.post("/language")
def language() -> Any:
    """Speak another language from now on."""
    return _remember(LANG_COOKIE, request.form.get("lang"), LANGS)


@web.post("/theme")
def theme() -> Any:
    """Be light or dark from now on, or as the system is."""
    return _remember(THEME_COOKIE, request.form.get("theme"), THEMES)


def dialog(*, told: str = "", name: str = "", status: int = 401) -> Response:
    """Return the sign-in as a dialog over the page that asked: nothing typed there is lost."""
    answer = make_response(render_template("_sign_in_dialog.html", told=told, name=name), status)
    answer.headers["HX-Retarget"] = "#dialog"
    answer.headers["HX-Reswap"] = "innerHTML"
    return answer


def _remember(cookie: str, value: str | None, known: tuple[str, ...]) -> Any:
    answer = make_response(redirect(_own(request.form.get("at")), 303))
    if value in known:
        answer.set_cookie(cookie, value, max_age=_YEAR, httponly=True, samesite="Lax")
    else:
        answer.delete_cookie(cookie)
    return answer


def _own(path: str | None) -> str:
    """Return a path of this site alone, `/` where it is none: nobody is led elsewhere."""
    parts = urlsplit(path or "/")
    plain = (path or "").startswith("/") and not (path or "").startswith(("//", "/\\"))
    return path if path and plain and not (parts.scheme or parts.netloc) else "/"
