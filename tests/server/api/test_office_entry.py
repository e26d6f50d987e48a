"""Who may come in with a personal token, where, and what the trail tells of it."""

import json

import pytest

from server import accounts, tokens
from server.rules.roles import Role
from tests.offices import Desk, Laptop
from tests.server.api.caller import OFFICE, Caller, caller
from tests.server.web.visitor import user

NEEDED = (401, "sign_in_needed")


def test_nobody_comes_in_without_a_token(desk: Desk, one: Laptop) -> None:
    for token in (None, "", "lorong_none", one.token):
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        answer = desk.client().get(f"{OFFICE}/cases", headers=headers)
        assert (answer.status_code, answer.json["code"]) == NEEDED
        assert answer.mimetype == "application/problem+json"
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_call_takes_no_cookie_and_a_page_no_token(desk: Desk, chief: Caller) -> None:
    visitor = user(desk, Role.ADMINISTRATOR)
    assert visitor.get(f"{OFFICE}/cases").status_code == 401
    headers = {"Authorization": f"Bearer {chief.token}"}
    page = desk.client().get("/cases", headers=headers)
    assert (page.status_code, page.headers["Location"][:8]) == (303, "/sign-in")
    assert chief.ask("GET", "/cases").headers.get("Set-Cookie") is None
    assert "Cookie" not in chief.ask("GET", "/cases").headers.get("Vary", "")


def test_a_token_holds_until_its_day_or_its_end(desk: Desk, chief: Caller) -> None:
    (one,) = tokens.own_tokens(desk.office, chief.user)
    assert one.used_at is None
    chief.get("/cases")
    (one,) = tokens.own_tokens(desk.office, chief.user)
    assert one.used_at == desk.now()
    desk.now.forward(days=30)
    assert chief.refused("GET", "/cases") == NEEDED
    chief.token = tokens.make_token(desk.office, chief.user, "lagi", 1)
    chief.get("/cases")
    (one,) = tokens.own_tokens(desk.office, chief.user)
    tokens.end_token(desk.office, chief.user, one.token_id)
    assert chief.refused("GET", "/cases") == NEEDED


def test_who_has_ended_asks_no_more(desk: Desk, admin: Caller, chief: Caller) -> None:
    accounts.end_user(desk.office, chief.user.user_id, by=admin.user.name)
    assert chief.refused("GET", "/cases") == NEEDED


def test_a_role_is_as_at_the_pages(desk: Desk, chief: Caller, viewer: Caller) -> None:
    viewer.get("/leaderboard")
    assert viewer.refused("GET", "/cases") == (403, "not_allowed")
    assert viewer.refused("GET", "/audit") == (403, "not_allowed")
    assert chief.refused("POST", "/offices", json={"name": "Tallo"}) == (403, "not_allowed")


def test_what_is_of_another_office_is_not_there(desk: Desk, admin: Caller, one: Laptop) -> None:
    agent_id = one.joined["agent"]["agent_id"]
    admin.post("/offices", {"name": "Tallo"})
    stranger = caller(desk, Role.SUPERVISOR, "Tallo", name="Pak Tallo")
    gone = (404, "not_found")
    assert stranger.refused("GET", f"/agents/{agent_id}") == gone
    assert stranger.refused("POST", f"/agents/{agent_id}/join-codes") == gone
    assert admin.refused("GET", "/agents/0") == gone
    assert admin.refused("PATCH", "/offices/0", json={"name": "Lain"}) == gone
    assert admin.refused("GET", "/nothing") == gone
    assert stranger.get("/agents") == {"agents": []}
    assert [one["name"] for one in stranger.get("/offices")["offices"]] == ["Tallo"]


@pytest.mark.parametrize("path", ["/leaderboard", "/agents", "/cases", "/audit", "/set-aside"])
def test_what_a_call_does_not_know_is_refused(admin: Caller, path: str) -> None:
    shape = (422, "shape")
    assert admin.refused("GET", f"{path}?nik=1") == shape
    if path != "/agents":
        name = {"/cases": "cursor", "/audit": "cursor"}.get(path, "page")
        assert admin.refused("GET", f"{path}?{name}=1&{name}=1") == shape
        assert admin.refused("GET", f"{path}?{name}=x") == shape
    for day in ("from=0001-01-01", "to=9999-12-31", "from="):
        assert admin.refused("GET", f"/audit?{day}") == shape
    assert admin.refused("POST", "/offices", json={"name": "Tallo", "city": "x"}) == shape
    assert admin.refused("POST", "/offices", data=b"{") == (400, "json_invalid")


def test_the_trail_tells_by_which_token_something_was_done(desk: Desk, admin: Caller) -> None:
    admin.post("/offices", {"name": "Tallo"})
    user(desk, Role.ADMINISTRATOR, name="Admin Dua").hx("/offices", {"office_name": "Rappocini"})
    made = {line["name"]: line for line in admin.get("/audit?about=office")["lines"]}
    assert (made["Tallo"]["by"], made["Tallo"]["detail"]["token"]) == (
        "Admin Satu",
        "laporan malam",
    )
    assert (made["Rappocini"]["by"], made["Rappocini"]["detail"].get("token")) == (
        "Admin Dua",
        None,
    )
    lines = admin.get("/audit?about=office&q=laporan")["lines"]
    assert [line["detail"]["token"] for line in lines] == ["laporan malam"]
    assert admin.token not in json.dumps(admin.get("/audit"))
