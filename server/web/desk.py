"""The desk as a part of the office's application: its look, its gate, its pages."""

from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, make_response, render_template, request
from flask.sessions import SecureCookieSessionInterface
from flask_babel import Babel
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError

from faces import assets, headers
from schemas.problem import Problem
from server import accounts
from server.office import Office
from server.problems import NOT_FOUND, PAGE_STALE, PAGE_UNKNOWN
from server.web import (
    account,
    agents,
    board,
    cases,
    gate,
    join_codes,
    laptops,
    losses,
    offices,
    set_aside,
    signing,
    trail,
    users,
    welcome,
    words,
)
from server.web.here import here
from server.web.sentences import said

PAGES = (
    signing,
    welcome,
    account,
    users,
    board,
    agents,
    cases,
    offices,
    laptops,
    losses,
    join_codes,
    set_aside,
    trail,
)
_FORM_BYTES = 256 * 1024
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class _Cookies(SecureCookieSessionInterface):
    """The cookie goes over TLS alone; only this machine itself is talked to in the clear."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return urlsplit(f"//{request.host}").hostname not in _LOOPBACK


def install(app: Flask, office: Office, *calls: Blueprint) -> None:
    """Put the desk into an application; `calls` come with tokens, and need none of its forms'."""
    app.extensions["office"] = office
    app.config.update(
        SECRET_KEY=office.keys.cookies,
        SESSION_COOKIE_NAME="lorong_desk",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # the proxy has the TLS, so the Referer is of another scheme
        BABEL_DEFAULT_LOCALE="id",
        BABEL_TRANSLATION_DIRECTORIES="translations",
    )
    app.session_interface = _Cookies()
    Babel(app, locale_selector=lambda: here().lang)
    # Not init_app: what that adds is for remember-me alone, looks into the cookie at each answer
    # and so adds a header to every call of every laptop.
    logins = app.login_manager = LoginManager()  # type: ignore[attr-defined]
    logins.user_loader(
        lambda token: accounts.user_of(office, token, quiet=gate.QUIET in request.headers)
    )
    app.before_request(_bound)
    app.before_request(gate.admit)
    protection = CSRFProtect(app)
    for one in calls:
        protection.exempt(one)
    app.register_blueprint(assets.blueprint())
    app.register_blueprint(assets.asset_blueprint("desk", Path(app.root_path) / "static"))
    words.fill(app)
    for pages in PAGES:
        app.register_blueprint(pages.web)
    app.after_request(_protected)
    app.register_error_handler(CSRFError, lambda _error: tell(PAGE_STALE, {}))


def _bound() -> None:
    """Read no form that is larger than any of the desk's; calls have bounds of their own."""
    if not gate.is_call():
        request.max_content_length = _FORM_BYTES


def tell(problem: Problem, extra: dict[str, str]) -> Response:
    """Return a problem as a page of its own, or in the banner of the page that asked.

    What was typed stays where it is: nothing but the banner is put in its place.
    """
    problem = PAGE_UNKNOWN if problem is NOT_FOUND else problem
    told = said(problem.code, here().lang, seconds=extra.get("Retry-After", ""))
    if "HX-Request" in request.headers:
        page = render_template("_banner.html", told=told, code=problem.code)
        answer = make_response(page, problem.status, extra)
        answer.headers["HX-Retarget"] = "#banner"
        answer.headers["HX-Reswap"] = "innerHTML"
    else:
        page = render_template("problem.html", told=told, code=problem.code)
        answer = make_response(page, problem.status, extra)
    return answer


def _protected(answer: Response) -> Response:
    """Protect pages, but not calls: on a bad line every byte counts, and no browser makes them."""
    return answer if gate.is_call() else headers.finished(answer)
