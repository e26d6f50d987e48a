"""The office's web application: calls for laptops, pages for people."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, jsonify, request
from flask_smorest import Api
from werkzeug.exceptions import BadHost, HTTPException, SecurityError

from faces.packing import packed
from schemas.envelope import rfc3339
from schemas.problem import Problem
from server.api.calls import blueprint
from server.api.office import office_api
from server.office import Office
from server.problems import BAD_REQUEST, BUSY, INTERNAL, METHOD, NOT_FOUND, Refused
from server.store.engine import is_down
from server.web import desk
from server.web.gate import is_call
from sync.limits import HEADER, PROTOCOL

_log = logging.getLogger(__name__)


class _Calls(Api):
    """flask-smorest's OpenAPI document; refusals are this file's, not its own."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _init_spec(self, **options: Any) -> None:
        super()._init_spec(**options)
        self.ma_plugin.converter.add_attribute_function(
            lambda _converter, field, **_options: getattr(field, "described", {})
        )

    def _register_error_handlers(self, *_args: Any) -> None:
        """Leave every failure to `create_app`."""


def create_app(office: Office) -> Flask:
    """Make the office's application."""
    app = Flask("server", static_folder=None, template_folder="templates")
    app.config.update(
        API_TITLE="Lorong",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "components": {
                "securitySchemes": {
                    "device": {"type": "http", "scheme": "bearer"},
                    "user": {"type": "http", "scheme": "bearer"},
                }
            },
        },
    )
    app.register_error_handler(Refused, lambda error: _refuse(office, error.problem, error.headers))
    app.register_error_handler(HTTPException, lambda error: _http_error(office, error))
    app.register_error_handler(Exception, lambda error: _failed(office, error))
    app.after_request(_finish)
    calls = blueprint(office)
    document = _Calls(app)
    for one in (calls, office_api):
        document.register_blueprint(one)
    desk.install(app, office, calls, office_api)
    app.wsgi_app = _with_header(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _with_header(inner: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Put the protocol's header on every answer, whatever made it."""

    def answer(environ: Any, start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start_response(status, [*headers, (HEADER, str(PROTOCOL))], *more)

        return inner(environ, start)

    return answer


def _refuse(office: Office, problem: Problem, headers: dict[str, str]) -> Response:
    if not is_call() and request.blueprint != "exchange":
        return desk.tell(problem, headers)
    return _body(office, problem, headers)


def _body(office: Office, problem: Problem, headers: dict[str, str]) -> Response:
    body = problem.body() | {"protocol": PROTOCOL, "time": rfc3339(office.now())}
    answer = jsonify(body)
    answer.status_code = problem.status
    answer.mimetype = "application/problem+json"
    answer.headers.update(headers)
    return answer


def _http_error(office: Office, error: HTTPException) -> Response:
    if isinstance(
        error, BadHost | SecurityError
    ):  # no sound host: a page could not name its own parts
        return _body(office, BAD_REQUEST, {})
    known = {404: NOT_FOUND, 405: METHOD}
    headers = dict(error.get_headers())
    allow = {"Allow": headers["Allow"]} if "Allow" in headers else {}
    if error.code is not None and 300 <= error.code < 400:
        return _refuse(office, NOT_FOUND, {})
    return _refuse(office, known.get(error.code or 400, BAD_REQUEST), allow)


def _failed(office: Office, error: Exception) -> Response:
    # An exception's text may quote what was sent, so only its kind and place are written down.
    _log.error(
        "a call failed: %s at %s", type(error).__name__, request.url_rule, exc_info=_place(error)
    )
    if is_down(error):
        return _refuse(office, BUSY, {"Retry-After": "60"})
    return _refuse(office, INTERNAL, {})


def _place(error: Exception) -> Any:
    return (RuntimeError, RuntimeError(type(error).__name__), error.__traceback__)


def _finish(answer: Response) -> Response:
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    answer.headers.setdefault("Cache-Control", "no-store")
    return packed(answer)
