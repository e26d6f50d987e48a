"""The five calls of the exchange: parse, call one function, dump."""

from http import HTTPStatus
from typing import Any

import orjson
from flask import Response, jsonify, request
from flask.views import MethodView
from flask_smorest import Blueprint

from schemas import wire
from schemas.envelope import rfc3339
from server import references
from server.api import admission
from server.exchange import exchange, reconcile
from server.joining import Joined, join
from server.office import Office
from server.problems import NOT_FOUND, Refused
from server.references import receipt_key
from server.store import offices
from sync.limits import ENCODINGS, PROTOCOL, SCHEMA

FAILURES: dict[int, str] = {
    400: "The body is no sound JSON, or of an unknown protocol.",
    401: "The token is unknown.",
    403: "The device was revoked, or the token is another's.",
    413: "The body is too large.",
    415: "The encoding is unknown.",
    422: "A member is missing or of a wrong form.",
    426: "The protocol is too old.",
    503: "The office cannot write now.",
}
JOIN_FAILURES = FAILURES | {
    403: "The code is unknown, used or expired.",
    409: "The device is another agent's.",
    429: "Too many failed tries from this address.",
}

REFERENCE_FAILURES = {status: FAILURES[status] for status in (401, 403, 503)} | {
    404: "There is no such list.",
}


def _body(schema: type[Any]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _failures(blueprint: Blueprint, statuses: dict[int, str]) -> Any:
    def decorate(view: Any) -> Any:
        for status, text in statuses.items():
            view = blueprint.alt_response(
                status,
                schema=wire.ProblemBody,
                description=text,
                content_type="application/problem+json",
            )(view)
        return view

    return decorate


_TOKEN: list[dict[str, list[str]]] = [{"device": []}]
_ASKED = [
    {
        "in": "query",
        "name": "since",
        "schema": {"type": "string"},
        "description": "Of known_niks: the version held; only what was added since is sent.",
    },
    {"in": "header", "name": "If-None-Match", "schema": {"type": "string"}},
]
_LIST_OR_BYTES = {
    "application/json": {"schema": wire.ReferenceAnswer},
    "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
}


def blueprint(office: Office) -> Blueprint:
    """Return the calls, bound to an office."""
    calls = Blueprint("exchange", __name__, url_prefix="/api/v1", description="The exchange")
    for add in (_ping, _devices, _exchange, _reconcile, _reference):
        add(calls, office)
    return calls


def _ping(calls: Blueprint, office: Office) -> None:
    @calls.route("/ping")
    class Ping(MethodView):
        @_failures(calls, {503: FAILURES[503]})
        @calls.response(200, wire.PingAnswer)
        def get(self) -> Any:
            """Tell that this is an office, and the time."""
            with office.store.read() as tx:
                epoch = offices.fact(tx, "epoch") or ""
            return {
                "protocol": PROTOCOL,
                "time": rfc3339(office.now()),
                "epoch": epoch,
                "min_client": office.settings.min_client,
                "encodings": list(ENCODINGS),
                "schemas": list(range(1, SCHEMA + 1)),
            }


def _devices(calls: Blueprint, office: Office) -> None:
    @calls.route("/devices")
    class Devices(MethodView):
        @_failures(calls, {s: t for s, t in JOIN_FAILURES.items() if s != 401})
        @calls.response(201, wire.JoinAnswer)
        @calls.doc(requestBody=_body(wire.JoinRequest))
        def post(self) -> Any:
            """Join a laptop by a code."""
            value = admission.read_json(request)
            admission.check_protocol(value)
            loaded = admission.load(wire.JoinRequest(), value)
            joined = join(office, loaded, request.remote_addr or "")
            return _welcome(office, joined)


def _welcome(office: Office, joined: Joined) -> dict[str, Any]:
    return {
        "protocol": PROTOCOL,
        "time": rfc3339(office.now()),
        "device_id": joined.device_id,
        "agent": {
            "agent_id": joined.agent_id,
            "name": joined.agent_name,
            "office": {
                "office_id": joined.office_id,
                "name": joined.office_name,
                "timezone": joined.timezone,
            },
        },
        "token": joined.token,
        "receipt_key": receipt_key(office.keys)["key"],
        "office_key": office.keys.sealing_text(),
    }


def _exchange(calls: Blueprint, office: Office) -> None:
    @calls.route("/exchange")
    class Exchange(MethodView):
        @_failures(calls, FAILURES)
        @calls.response(200, wire.ExchangeAnswer)
        @calls.doc(security=_TOKEN, requestBody=_body(wire.ExchangeRequest))
        def post(self) -> Response:
            """Send captures, fetch what moved, report how the laptop is."""
            device = admission.device_of(request, office)
            value = admission.read_json(request)
            admission.check_device(value, device)
            admission.check_batch(value)
            admission.check_protocol(value)
            loaded = admission.load(_EXCHANGE, value)
            return _json(exchange(office, device, loaded))


def _reconcile(calls: Blueprint, office: Office) -> None:
    @calls.route("/reconcile")
    class Reconcile(MethodView):
        @_failures(calls, FAILURES)
        @calls.response(200, wire.ReconcileAnswer)
        @calls.doc(security=_TOKEN, requestBody=_body(wire.ReconcileRequest))
        def post(self) -> Response:
            """Ask which records the office has, and how they stand."""
            device = admission.device_of(request, office)
            value = admission.read_json(request)
            admission.check_device(value, device)
            admission.check_protocol(value)
            loaded = admission.load(wire.ReconcileRequest(), value)
            return jsonify(reconcile(office, device, loaded))


def _reference(calls: Blueprint, office: Office) -> None:
    @calls.route("/reference/<string:name>")
    class Reference(MethodView):
        @_failures(calls, REFERENCE_FAILURES)
        @calls.alt_response(304, description="Unchanged.", schema=None)
        @calls.response(200, wire.ReferenceAnswer)
        @calls.doc(security=_TOKEN, parameters=_ASKED)
        @calls.doc(responses={"200": {"content": _LIST_OR_BYTES}})
        def get(self, name: str) -> Response:
            """Fetch a reference list, or the list of known NIKs as bytes."""
            admission.device_of(request, office)
            return _known(office) if name == "known_niks" else _list(office, name)


_EXCHANGE = wire.ExchangeRequest()


def _json(body: dict[str, Any]) -> Response:
    return Response(orjson.dumps(body), mimetype="application/json")


def _list(office: Office, name: str) -> Response:
    with office.store.read() as tx:
        version = references.versions(tx).get(name)
        if version is None:
            raise Refused(NOT_FOUND)
        if request.if_none_match.contains_weak(version):
            return _unchanged(version)
        answer = jsonify(references.body(tx, name, version, office.now()))
    answer.set_etag(version)
    return answer


def _known(office: Office) -> Response:
    with office.store.read() as tx:
        current = references.versions(tx).get("known_niks")
        if current is not None and request.if_none_match.contains_weak(current):
            return _unchanged(current)
        found = references.known_body(tx, request.args.get("since"))
    if found is None:
        raise Refused(NOT_FOUND)
    version, data = found
    # The whole list stays as it is while additions come: its version is then an older one.
    if request.if_none_match.contains_weak(version):
        return _unchanged(version)
    answer = Response(data, mimetype="application/octet-stream")
    answer.set_etag(version)
    return answer


def _unchanged(version: str) -> Response:
    answer = Response(status=HTTPStatus.NOT_MODIFIED)
    answer.set_etag(version)
    return answer
