"""The OpenAPI document tells the truth of the desk's calls too: schemathesis asks them all."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from server.rules.roles import Role
from server.web.gate import ROUTES
from tests.builders import content
from tests.offices import Desk, Laptop
from tests.server.api.caller import OFFICE, Caller, caller
from tests.server.test_openapi import EXPECTED, Switchboard
from tests.server.web.cases import ODD, doubtful

# No schema can say which days, places and cursors there are (422).
TAKEN = [*EXPECTED["positive_data_acceptance"], "422"]
REFUSED = EXPECTED["negative_data_rejection"]
CONFIG = SchemathesisConfig.from_dict(
    {
        "generation": {"max-examples": 20, "deterministic": True},
        "checks": {
            "positive_data_acceptance": {"expected-statuses": TAKEN},
            "negative_data_rejection": {"expected-statuses": [*REFUSED, "409"]},
        },
    }
)

switchboard = Switchboard()
api = schemathesis.openapi.from_wsgi("/openapi.json", switchboard, config=CONFIG)


@pytest.fixture
def program(desk: Desk, one: Laptop, two: Laptop) -> Caller:
    """An administrator's program, at an office where something is of every kind."""
    switchboard.app = desk.app
    doubtful("nik_conflict", one, two)
    one.send(one.envelope(ODD), one.envelope(content(5), corrects=two.device_id))
    return caller(desk, Role.ADMINISTRATOR, name="Admin Satu")


@pytest.fixture
def there(program: Caller, one: Laptop) -> dict[str, str]:
    """What is there, by the names under which calls name it."""
    (case,), (odd,) = (
        program.get(f"/cases?kind={kind}")["cases"] for kind in ("nik_conflict", "odd_nik")
    )
    (aside,), (home,) = (
        program.get(path)[name]
        for path, name in (("/set-aside", "set_aside"), ("/offices", "offices"))
    )
    named = {"case_id": case["case_id"], "record_id": odd["record_id"], "digest": aside["digest"]}
    named["device_id"] = one.device_id
    return named | {"agent_id": aside["agent_id"], "office_id": home["office_id"]}


@api.include(path_regex=f"^{OFFICE}/").parametrize()
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_every_call_keeps_to_its_document(
    case: Any, program: Caller, there: dict[str, str]
) -> None:
    for members in (case.path_parameters, case.body):
        reach(members, there)
    headers = {"Authorization": f"Bearer {program.token}", "Accept-Encoding": "identity"}
    case.call_and_validate(headers=headers)


def reach(members: Any, there: dict[str, str]) -> None:
    """Name what is there, in the place of what has a sound name and is nobody's."""
    if isinstance(members, dict):
        for name in members.keys() & there:
            if isinstance(members[name], str) and members[name][:1].isalnum():
                members[name] = there[name]


def test_every_call_stands_in_the_document_and_in_the_gate() -> None:
    document: Any = switchboard.app.test_client().get("/openapi.json").json
    there = {
        (verb, path)
        for path, calls in document["paths"].items()
        for verb in calls
        if path.startswith(OFFICE) and verb != "parameters"
    }
    assert len(there) == sum(endpoint.startswith("office_api.") for endpoint in ROUTES)
    assert all(document["paths"][path][verb]["security"] == [{"user": []}] for verb, path in there)
