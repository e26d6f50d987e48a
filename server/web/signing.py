"""In and out: the sign-in, also in a dialog over a page that was left open; language, light."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, session
from flask_login import current_user, login_user, logout_user

from schemas.envelope import parse_moment, rfc3339
from server import sign_ins
from server.problems import SIGN_IN_STALE, Refused
from server.rules.roles import User
from server.sign_ins import HalfWay
from server.web.going import own_path
from server.web.here import LANG_COOKIE, LANGS, THEME_COOKIE, THEMES, here
from server.web.sentences import said

web = Blueprint("signing", __name__)
_YEAR = 365 * 24 * 3600
_HALF_WAY = "half_way"
"""In the cookie: whose password was right."""


@web.get("/sign-in")
def show() -> Any:
    """Ask for name and password."""
    if current_user.is_authenticated:
        return redirect(own_path(request.args.get("to")), 303)
    return render_template("sign_in.html", to=own_path(request.args.get("to")))


@web.post("/sign-in")
def enter() -> Any:
    """Let somebody in, back to where they were, or ask for the code."""
    name, password = request.form.get("name", ""), request.form.get("password", "")
    try:
        answer = sign_ins.sign_in(here().office, name, password)
    except Refused as refused:
        return _ask(refused, name=name)
    if isinstance(answer, HalfWay):
        session[_HALF_WAY] = [answer.user_id, answer.stamp, rfc3339(answer.until)]
        return _ask(half_way=True)
    return _entered(answer)


@web.post("/sign-in/code")
def enter_code() -> Any:
    """Let somebody in by the second step's code."""
    try:
        half, code = _half_way(), request.form.get("code", "")
        user = sign_ins.sign_in_by_code(here().office, half, code)
    except Refused as refused:
        return _ask(refused, half_way=refused.problem is not SIGN_IN_STALE)
    del session[_HALF_WAY]
    return _entered(user)


def _half_way() -> HalfWay:
    user_id, stamp, until = session.get(_HALF_WAY) or ("", "", None)
    moment = parse_moment(until)
    if moment is None:
        raise Refused(SIGN_IN_STALE)
    return HalfWay(user_id, stamp, moment)


def _entered(user: User) -> Any:
    login_user(user)
    if "HX-Request" not in request.headers:
        return redirect(own_path(request.form.get("to")), 303)
    if request.headers.get("X-Lorong-User", user.user_id) != user.user_id:
        return Response("", headers={"HX-Redirect": "/"})  # the page is somebody else's
    return render_template("_signed_in.html")


def _ask(refused: Refused | None = None, **shown: Any) -> Response:
    """Ask for the next step, or for the same again where it was refused."""
    status, extra = 200, {}
    if refused is not None:
        status, extra = refused.problem.status, refused.headers
        seconds = int(extra.get("Retry-After", 0))
        shown["told"] = said(refused.problem.code, here().lang, seconds=seconds)
    if "HX-Request" in request.headers:
        return dialog(status, **shown)
    to = own_path(request.form.get("to"))
    return make_response(render_template("sign_in.html", to=to, **shown), status, extra)


@web.post("/sign-out")
def leave() -> Any:
    """End the sign-in."""
    sign_ins.sign_out(here().office, here().user)
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


def dialog(status: int = 401, **shown: Any) -> Response:
    """Return the sign-in as a dialog over the page that asked: nothing typed there is lost."""
    answer = make_response(render_template("_sign_in_dialog.html", **shown), status)
    answer.headers["HX-Retarget"] = "#dialog"
    answer.headers["HX-Reswap"] = "innerHTML"
    return answer


def _remember(cookie: str, value: str | None, known: tuple[str, ...]) -> Any:
    answer = make_response(redirect(own_path(request.form.get("at")), 303))
    if value in known:
        answer.set_cookie(cookie, value, max_age=_YEAR, httponly=True, samesite="Lax")
    else:
        answer.delete_cookie(cookie)
    return answer
