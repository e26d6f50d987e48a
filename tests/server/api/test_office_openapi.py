"""The OpenAPI document tells the truth of the desk's calls: schemathesis asks all it can think of."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from server.rules.roles import Role
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


@api.include(path_regex=f"^{OFFICE}/").parametrize()
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_every_call_keeps_to_its_document(case: Any, desk: Desk, program: Caller) -> None:
    reach(case, program)
    headers = {"Authorization": f"Bearer {program.token}", "Accept-Encoding": "identity"}
    case.call_and_validate(headers=headers)


def reach(case: Any, program: Caller) -> None:
    """Name what is there, in the place of what is a sound name but nobody's."""
    there = {
        "agent_id": program.get("/agents")["agents"][0]["agent_id"],
        "office_id": program.get("/offices")["offices"][0]["office_id"],
        "case_id": program.get("/cases")["cases"][0]["case_id"] if _is_open(program) else "",
        "record_id": (program.get("/cases?kind=odd_nik")["cases"] or [{}])[0].get("record_id", ""),
    }
    for name, value in there.items():
        if value and str(case.path_parameters.get(name, "")).isalnum():
            case.path_parameters[name] = value
