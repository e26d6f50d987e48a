"""Who may come in: every address, every role, and nobody."""

from typing import Any

import pytest
from flask import Flask

from server.app import create_app
from server.rules.roles import Access, Role
from server.web.gate import ROUTES
from tests.offices import Desk
from tests.server.api.caller import OFFICE, caller
from tests.server.web.visitor import HX, Visitor, user

LET_IN = {
    Access.OWN: set(Role),
    Access.FIGURES: set(Role),
    Access.WORK: {Role.ADMINISTRATOR, Role.SUPERVISOR},
    Access.ALL: {Role.ADMINISTRATOR},
}
END_IT = {"signing.leave", "account.leave_everywhere"}
"""What ends the sign-in by which the others are asked."""


def asked(app: Flask) -> list[tuple[str, str, str]]:
    """Return (endpoint, method, path) of every address, with made-up names in it."""
    with app.test_request_context():
        rules = sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint)
        return [
            (rule.endpoint, method, _path(rule))
            for rule in rules
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        ]


def _path(rule: Any) -> str:
    names = dict.fromkeys(rule.arguments, "0")
    built = rule.build(names)
    assert built is not None, rule
    path: str = built[1]
    return path


def was_let_in(answer: Any) -> bool:
    """Tell whether the gate let a request pass, whatever was said behind it."""
    body = answer.data.decode(errors="replace")  # a workbook is no text
    gone = answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in?")
    return not gone and "sign_in_needed" not in body and "not_allowed" not in body


def test_every_address_is_classified(desk: Desk) -> None:
    there = {rule.endpoint for rule in desk.app.url_map.iter_rules()}
    assert there == ROUTES.keys()


def test_an_address_that_nobody_classified_lets_nobody_in(desk: Desk) -> None:
    app = create_app(desk.office)
    app.add_url_rule("/new", "new", lambda: "secret")
    desk.app = app
    for visitor in (Visitor(desk), user(desk, Role.ADMINISTRATOR, name="Admin")):
        answer = visitor.get("/new")
        assert "secret" not in answer.text
        assert not was_let_in(answer)


@pytest.mark.parametrize("role", Role)
def test_every_address_lets_in_who_may(desk: Desk, role: Role) -> None:
    visitor = user(desk, role, name="Siapa Saja")
    token = visitor.token()
    program = caller(desk, role, name="Sebuah Program")
    for endpoint, method, path in asked(desk.app):
        access = ROUTES[endpoint]
        if path.startswith(OFFICE):
            answer = program.ask(method, path.removeprefix(OFFICE))
        else:
            answer = visitor.client.open(path, method=method, data={"csrf_token": token})
        if endpoint in END_IT:
            visitor.sign_in("Siapa Saja")
            token = visitor.token()
        expected = access in (Access.OPEN, Access.LAPTOP) or role in LET_IN[access]
        assert was_let_in(answer) == expected, (endpoint, method, answer.status_code)


def test_nobody_is_let_in_without_signing_in(nobody: Visitor) -> None:
    token = nobody.token()
    for endpoint, method, path in asked(nobody.desk.app):
        answer = nobody.client.open(path, method=method, data={"csrf_token": token})
        expected = ROUTES[endpoint] in (Access.OPEN, Access.LAPTOP)
        assert was_let_in(answer) == expected, (endpoint, method, answer.status_code)
        if not expected and not path.startswith("/api/"):
            asked_in = nobody.client.open(
                path, method=method, data={"csrf_token": token}, headers=HX
            )
            assert asked_in.status_code == 401
            assert "<dialog" in asked_in.text
