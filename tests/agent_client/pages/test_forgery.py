"""Nothing is changed by a form that this page did not make, and nobody is led elsewhere."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.agent_client.laptops import PASSPHRASE
from tests.agent_client.pages import routes
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.visitor import HX, Program, Visitor

SENT = {
    **boxes(7),
    "consent_method": "read",
    "lang": "en",
    "seat": "utama",
    "passphrase": PASSPHRASE,
    "at": "/settings",
    "folder": "/tmp",
    "label": "Orang lain",
    "address": "https://jahat.test",
    "code": "x",
    "laptop": "x",
}


def dumped(program: Program) -> list[Any]:
    """Return all that is in the database, the line's own remarks left out."""
    kept = []
    with program.kept().vault.reading() as tx:
        for table in ("captures", "drafts", "notices", "joining", "changes", "device"):
            kept.append(tx.execute(f"select * from {table}").fetchall())
    return kept


def posts(program: Program, lived: dict[str, str]) -> Iterator[str]:
    ids = {"draft": lived["draft"], "record": lived["accepted"]}
    everything = {**routes.WAYS_IN, **routes.OPEN}
    return (path for _, path in routes.calls(program.app, everything, ids, "POST"))


@pytest.mark.parametrize("token", [None, "", "x", "Imx8.aaa.bbb"])
def test_no_form_of_another_page_changes_anything(
    program: Program, visitor: Visitor, lived: dict[str, str], token: str | None
) -> None:
    before = dumped(program)
    sent = SENT if token is None else {**SENT, "csrf_token": token}
    for path in posts(program, lived):
        answer = visitor.ask("POST", path, data=sent)
        assert (answer.status_code, "[page_stale]" in answer.text) == (400, True), path
        answer = visitor.ask("POST", path, data=sent, headers={**HX, "X-CSRFToken": token or ""})
        assert (answer.status_code, answer.headers["HX-Retarget"]) == (400, "#banner"), path
    assert dumped(program) == before
    assert visitor.get("/queue").status_code == 200
    assert 'lang="id"' in visitor.get("/queue").text
    assert not (program.laptop.home / "agents").exists()


def test_no_token_of_another_visit_is_taken(program: Program, visitor: Visitor) -> None:
    draft = visitor.consent()
    other = program.unlocked()
    other.see("/queue")
    visitor.token = other.token
    assert visitor.type(draft, boxes(3)).status_code == 400


def test_json_and_other_kinds_of_body_are_no_form(program: Program, visitor: Visitor) -> None:
    draft = visitor.consent()
    before = dumped(program)
    for kind in ("application/json", "text/plain", "application/octet-stream"):
        body = b'{"full_name": "Siti"}'
        answer = visitor.ask("POST", f"/drafts/{draft}/form", data=body, content_type=kind)
        assert answer.status_code == 400
    assert dumped(program) == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_no_other_method_does_anything(
    program: Program, visitor: Visitor, lived: dict[str, str], method: str
) -> None:
    before = dumped(program)
    for path in posts(program, lived):
        assert visitor.ask(method, path, data=SENT).status_code == 405
    assert dumped(program) == before


ELSEWHERE = [
    "//jahat.test",
    "///jahat.test",
    "/\\jahat.test",
    "\\\\jahat.test",
    "https://jahat.test",
    "https:jahat.test",
    "//jahat.test/queue",
    "/\t/jahat.test",
    "/\n/jahat.test",
    " //jahat.test",
    "javascript:alert(1)",
    "/queue\r\nSet-Cookie: a=b",
    "/%2f/jahat.test",
    "/.//jahat.test",
    "/enter/x",
    "/lock",
    "/nowhere",
    "queue",
    "",
]


@pytest.mark.parametrize("at", ELSEWHERE)
def test_a_switch_of_language_leads_nowhere_else(visitor: Visitor, at: str) -> None:
    visitor.see("/queue")
    answer = visitor.post("/language", {"lang": "en", "at": at})
    assert (answer.status_code, answer.location) == (303, "/")


@pytest.mark.parametrize("at", ELSEWHERE)
def test_unlocking_leads_nowhere_else(visitor: Visitor, at: str) -> None:
    visitor.see("/queue")
    visitor.lock(at)
    assert visitor.unlock().location == "/"


@pytest.mark.parametrize("path", ["//jahat.test/x", "/%5cjahat.test", "/%2f%2fjahat.test", "/nix"])
def test_an_odd_address_is_no_place_to_come_back_to(program: Program, path: str) -> None:
    came = program.visitor()
    came.get(path)
    for told in (f"http://127.0.0.1{path}", "https://jahat.test/queue", "http://[", path):
        answer = came.hx("/sync", None, HX_Current_URL=told)
        assert (answer.status_code, answer.location) == (200, "/unlock")
    assert came.unlock().location == "/"
