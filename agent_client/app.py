"""The agent's page: a Flask application for one laptop, behind waitress on 127.0.0.1."""

import secrets
from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, g, make_response, redirect, render_template, request
from flask import session as cookie
from flask_babel import Babel
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from agent_client import words
from agent_client.commands.session import keep_trace
from agent_client.gate import Visit
from agent_client.house import Here, House
from agent_client.pages import capturing, entering, looking, performing, proving, setting, syncing
from agent_client.pages.entering import leave
from agent_client.problems import AgentProblem
from agent_client.sentences import sentence
from faces import assets, headers
from faces.packing import packed

QUIET: Final = "X-Lorong-Quiet"
"""A request that the page makes by itself: it keeps no page open."""
SEAT: Final = "X-Lorong-Seat"
"""Whose page asks: another agent may have sat down in this browser since it was made."""
HOST: Final = "127.0.0.1"
_LANGS: Final = ("id", "en")
_STATUS: Final = {
    "disk_full": 507,
    "draft_unknown": 404,
    "capture_unknown": 404,
    "page_unknown": 404,
    "database_busy": 503,
}


def create_app(house: House) -> Flask:
    """Return the application of a house; all that it knows is handed in by it."""
    app = Flask(__name__, static_folder=None)
    app.config.update(
        SECRET_KEY=secrets.token_bytes(32),
        SESSION_COOKIE_NAME="lorong",
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_HTTPONLY=True,
        TRUSTED_HOSTS=[HOST],
        MAX_CONTENT_LENGTH=256 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="id",
        BABEL_TRANSLATION_DIRECTORIES="translations",
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app, locale_selector=lambda: g.here.lang if "here" in g else "id")
    headers.protect(app)
    app.after_request(packed)
    app.register_blueprint(assets.blueprint())
    app.register_blueprint(assets.asset_blueprint("agent", Path(app.root_path) / "static"))
    app.before_request(lambda: _admit(house))
    CSRFProtect(app)
    _tell_problems(app, house)
    words.fill(app)
    for pages in (entering, capturing, looking, performing, proving, setting, syncing):
        app.register_blueprint(pages.web)
    return app


def _admit(house: House) -> Any:
    """Let in who came by a link; whoever's page is locked is asked to unlock it."""
    lang = cookie.get("lang") or request.cookies.get("lorong_lang")
    g.here = Here(house, lang if lang in _LANGS else house.session.lang)
    if isinstance(request.routing_exception, SecurityError):
        # A foreign host name has no addresses, so there is no page to render either.
        return Response(sentence("page_failed", g.here.lang), 400, content_type="text/plain")
    if request.blueprint in ("faces", "agent") or request.endpoint == "entering.enter":
        return None
    visit = house.gate.visit(cookie.get("visit"), uses=QUIET not in request.headers)
    if visit is None:
        return _closed()
    g.here.visit, g.here.kept = visit, house.keeper.kept(visit.seat)
    if g.here.kept is None and request.blueprint != "entering":
        return _to_unlock(visit)
    if visit.seat is not None and request.headers.get(SEAT, visit.seat) != visit.seat:
        return _lead_to("/")
    return None


def _closed() -> Response:
    """Tell that nobody is let in; a page that was left open keeps what was typed into it."""
    if "HX-Request" in request.headers:
        return tell_problem("page_stale", 403)
    return make_response(render_template("closed.html"), 403)


def _to_unlock(visit: Visit) -> Response:
    """Send a page to be unlocked, and remember it: that is where its agent goes on."""
    left = None
    if "HX-Request" not in request.headers:
        left = request.path if request.method == "GET" else None
    elif request.headers.get(SEAT) == visit.left_by:
        left = request.headers.get("HX-Current-URL", "").removeprefix(request.host_url[:-1])
    leave(visit, (left or "").partition("?")[0])
    return _lead_to("/unlock")


def _lead_to(path: str) -> Response:
    if "HX-Request" not in request.headers:
        return make_response(redirect(path, 303))
    response = make_response("", 200)
    response.headers["HX-Redirect"] = path
    return response


def _tell_problems(app: Flask, house: House) -> None:
    @app.errorhandler(AgentProblem)
    def problem(error: AgentProblem) -> Any:
        return tell_problem(error.code, _STATUS.get(error.code, 409), **error.params)

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> Any:
        return tell_problem("page_stale", 400)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Any:
        if error.code is not None and error.code < 400:
            return error
        code = {404: "page_unknown", 413: "content_too_large"}.get(error.code or 500, "page_failed")
        return tell_problem(code, error.code or 500, most=app.config["MAX_CONTENT_LENGTH"])

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Any:
        path = keep_trace(house.session.settings.home, error)
        return tell_problem("unexpected", 500, path=str(path))


def tell_problem(code: str, status: int, **params: Any) -> Response:
    """Return a problem as a page of its own, or in the banner of the page that asked.

    What was typed stays where it is: nothing but the banner is put in its place.
    """
    lang = g.here.lang if "here" in g else "id"
    said = sentence(code, lang, **params)
    if "HX-Request" in request.headers:
        response = make_response(render_template("_banner.html", said=said, code=code), status)
        response.headers["HX-Retarget"] = "#banner"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    try:
        page = render_template("problem.html", said=said, code=code)
    except Exception:
        # What broke may be the database, which tells the line on top of every page.
        page = render_template("problem.html", said=said, code=code, kept=None)
    return make_response(page, status)
