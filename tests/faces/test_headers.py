"""What every page's answer forbids the browser."""

import pytest
from flask import Blueprint, Flask, Response

from faces.headers import HEADERS, protect


@pytest.fixture
def app() -> Flask:
    """An app with a page, one that says how it is kept, and one that fails."""
    app = Flask("try")
    app.add_url_rule("/", "page", lambda: "page")
    app.add_url_rule("/kept", "kept", lambda: Response("k", headers={"Cache-Control": "public"}))
    return app


@pytest.mark.parametrize("path", ["/", "/kept", "/none"])
def test_every_answer_has_them(app: Flask, path: str) -> None:
    protect(app)
    answer = app.test_client().get(path)
    kept = {"Cache-Control": "public"} if path == "/kept" else {}
    assert {name: answer.headers.getlist(name) for name in HEADERS} == {
        name: [value] for name, value in (HEADERS | kept).items()
    }


def test_only_what_comes_from_here_runs() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"


def test_one_blueprint_alone_can_have_them(app: Flask) -> None:
    pages = Blueprint("pages", __name__, url_prefix="/pages")
    pages.add_url_rule("/", "page", lambda: "page")
    protect(pages)
    app.register_blueprint(pages)
    client = app.test_client()
    assert set(client.get("/pages/").headers.keys()) >= HEADERS.keys()
    assert not set(client.get("/").headers.keys()) & HEADERS.keys()
