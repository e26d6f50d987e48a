"""How a call of the desk is asked and answered: its address, what it takes, what it gives."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final

from flask import request
from flask_smorest import Blueprint
from marshmallow import Schema

from schemas.wire import ProblemBody
from server.api import admission
from server.api.office.bodies import Nothing
from server.problems import SHAPE, Refused

office_api = Blueprint(
    "office_api", __name__, url_prefix="/api/v1/office", description="The desk, by a personal token"
)

_ASKED: Final = {
    401: "No personal token was sent, or one that holds no longer.",
    403: "The user's role does not allow that.",
    422: "A member is missing, unknown or of a wrong form.",
    503: "The office cannot answer now.",
}
_NAMED: Final = {404: "There is no such thing, or it is of none of the user's offices."}
_SENT: Final = {
    400: "The body is no sound JSON.",
    413: "The body is too large.",
    415: "The encoding is unknown.",
}
_CONFLICT: Final = {409: "It does not fit how things stand; nothing was changed."}

View = Callable[..., Any]


def call(
    method: str,
    rule: str,
    answer: type[Schema],
    *,
    query: type[Schema] = Nothing,
    body: type[Schema] | None = None,
    status: int = 200,
    fits: bool = True,
) -> Callable[[View], View]:
    """Make a function a call: it gets what its address names, `asked` and `sent` where there are.

    What is asked in the address has the form of `query`, what is sent that of `body`; any other
    is refused. `fits` is False where the call may be refused for how things stand (409).
    """
    refusals = _ASKED | (_NAMED if "<" in rule or body else {}) | (_SENT if body else {})
    refusals |= {} if fits else _CONFLICT

    def decorate(view: View) -> View:
        @wraps(view)
        def answered(**given: Any) -> Any:
            asked = _load(query, _once(request.args.to_dict(flat=False)))
            given |= {} if query is Nothing else {"asked": asked}
            given |= {} if body is None else {"sent": _load(body, admission.read_json(request))}
            return view(**given)

        documented: View = office_api.response(status, answer)(answered)
        for code, told in sorted(refusals.items()):
            documented = office_api.alt_response(
                code,
                schema=ProblemBody,
                description=told,
                content_type="application/problem+json",
            )(documented)
        documented = office_api.doc(security=[{"user": []}], **_asks(query, body))(documented)
        office_api.route(rule, methods=[method])(documented)
        return documented

    return decorate


def _asks(query: type[Schema], body: type[Schema] | None) -> dict[str, Any]:
    """Return what OpenAPI is told of the address and the body."""
    told: dict[str, Any] = {}
    if query is not Nothing:
        told["parameters"] = [{"in": "query", "schema": query}]
    if body is not None:
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return told


def _once(asked: Mapping[str, list[str]]) -> dict[str, str]:
    """Return each member of an address; Refused 422 where one stands there twice."""
    if any(len(values) > 1 for values in asked.values()):
        raise Refused(SHAPE)
    return {name: values[0] for name, values in asked.items()}


def _load(schema: type[Schema], value: Any) -> Mapping[str, Any]:
    return admission.load(schema(), value)
