"""The OpenAPI document tells the truth: schemathesis asks all it can think of, all checks on."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from schemas.envelope import is_uuid
from server.app import create_app
from server.config import Settings
from server.office import Office
from server.store.engine import Store
from tests.offices import KEYS, Desk, Laptop
from tests.server.api.caller import OFFICE

EXPECTED = {
    # What fits the document may still be too much at once (413), or the word of an older or
    # newer program (426, 400): no JSON schema can say so.
    "positive_data_acceptance": ["2xx", "304", "400", "401", "403", "404", "409", "413", "426"],
    # What does not fit it is refused, a protocol of the past by its own status.
    "negative_data_rejection": ["400", "401", "403", "404", "405", "413", "415", "422", "426"],
}
"""The statuses beyond schemathesis' own that are right, each with its reason."""

CONFIG = SchemathesisConfig.from_dict(
    {
        "generation": {"max-examples": 60, "deterministic": True},
        "checks": {name: {"expected-statuses": found} for name, found in EXPECTED.items()},
    }
)


class Switchboard:
    """The application whose document is read once, and that is another for each test."""

    def __init__(self) -> None:
        # The document needs no database.
        nowhere = Office(Store("sqlite:////nowhere/office.db"), KEYS, Settings(Path(), ""))
        self.app = create_app(nowhere)

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """Answer as whichever application is on the line."""
        return self.app(environ, start_response)


switchboard = Switchboard()
api = schemathesis.openapi.from_wsgi("/openapi.json", switchboard, config=CONFIG)


@pytest.fixture
def laptop(desk: Desk) -> Laptop:
    """The laptop with whose token all is asked, at an office on each database."""
    switchboard.app = desk.app
    return desk.join()


@api.exclude(path_regex=f"^{OFFICE}/").parametrize()
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_every_call_keeps_to_its_document(case: Any, desk: Desk, laptop: Laptop) -> None:
    desk.now.forward(minutes=2)  # or wrong codes would soon be too many
    if isinstance(case.body, dict):
        reach(case.body, desk, laptop)
    if str(case.path_parameters.get("name", "")).isdigit():
        case.path_parameters["name"] = "tariff"
    # It unpacks nothing in process.
    headers = {"Authorization": f"Bearer {laptop.token}", "Accept-Encoding": "identity"}
    case.call_and_validate(headers=headers)


def reach(body: dict[str, Any], desk: Desk, laptop: Laptop) -> None:
    """Put in what nobody could guess, in the place of what has its form."""
    if "envelopes" in body and is_uuid(body.get("device_id")):
        body["device_id"] = laptop.device_id
    if isinstance(body.get("code"), str) and body["code"].isalnum() and len(body["code"]) < 65:
        body["code"] = desk.code("A1")


CALLS = {  # of laptops; those of the desk are tried in api/test_office_openapi.py
    ("get", "/api/v1/ping"),
    ("post", "/api/v1/devices"),
    ("post", "/api/v1/exchange"),
    ("get", "/api/v1/reference/{name}"),
    ("post", "/api/v1/reconcile"),
}


def test_the_document_is_openapi_3_1_of_the_five_calls() -> None:
    document: Any = switchboard.app.test_client().get("/openapi.json").json
    assert document["openapi"].startswith("3.1.")
    found = document["paths"].items()
    paths = [(path, calls) for path, calls in found if not path.startswith(OFFICE)]
    assert {
        (verb, path) for path, calls in paths for verb in calls if verb != "parameters"
    } == CALLS


def test_nothing_is_fetched_from_elsewhere() -> None:
    client = switchboard.app.test_client()
    assert "http://" not in client.get("/openapi.json").text
    assert "https://" not in client.get("/openapi.json").text
    rules = {rule.rule for rule in switchboard.app.url_map.iter_rules()}
    assert not {rule for rule in rules if "swagger" in rule or "redoc" in rule}
