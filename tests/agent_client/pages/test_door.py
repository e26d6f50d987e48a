"""Who may look: nobody without a link, with a locked page only the way in."""

import pytest

from tests.agent_client.laptops import PASSPHRASE
from tests.agent_client.pages import routes
from tests.agent_client.pages.visitor import HOST, HX, LOCK_SECONDS, Program, Visitor

IDS = {"draft": "1", "record": "019a9c00-0000-7000-8000-000000000001"}


def test_every_address_says_who_may_come_there(program: Program) -> None:
    known = {*routes.PUBLIC, *routes.WAYS_IN, *routes.OPEN}
    assert {rule.endpoint for rule in program.app.url_map.iter_rules()} == known


def test_without_a_visit_there_is_no_page(program: Program) -> None:
    stranger = Visitor(program)
    for method, path in routes.calls(program.app, {**routes.WAYS_IN, **routes.OPEN}, IDS):
        assert stranger.ask(method, path).status_code == 403, f"{method} {path}"
        assert stranger.ask(method, path, headers=HX).status_code == 403, f"{method} {path}"
    assert stranger.get("/nowhere").status_code == 403


def test_a_locked_visit_comes_to_the_way_in_and_nowhere_else(program: Program) -> None:
    locked = program.visitor()
    for method, path in routes.calls(program.app, routes.OPEN, IDS):
        answer = locked.ask(method, path)
        assert (answer.status_code, answer.location) == (303, "/unlock"), f"{method} {path}"
        answer = locked.ask(method, path, headers=HX)
        assert (answer.text, answer.location) == ("", "/unlock"), f"{method} {path}"
    for _, path in routes.calls(program.app, routes.WAYS_IN, IDS, "GET"):
        assert locked.get(path).status_code == 200, path


@pytest.mark.parametrize("host", ["localhost", "localhost.evil", "evil.test", "127.0.0.1.evil"])
@pytest.mark.parametrize("path", ["/queue", "/faces/lorong.css", "/enter/x", "/nowhere"])
def test_another_host_name_is_refused(visitor: Visitor, host: str, path: str) -> None:
    answer = visitor.ask("GET", path, base_url=f"http://{host}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/plain")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_another_host_name_changes_nothing(program: Program, visitor: Visitor) -> None:
    sent = {"consent_method": "read_aloud", "csrf_token": visitor.token}
    answer = visitor.ask("POST", "/drafts", data=sent, base_url="http://evil.test")
    assert answer.status_code == 400
    assert not (program.laptop.home / "agent-error.txt").exists()


def test_any_port_of_the_host_is_this_page(program: Program) -> None:
    assert Visitor(program).ask("GET", "/queue", base_url=f"http://{HOST}:8517").status_code == 403


def test_a_link_opens_the_page_once(program: Program) -> None:
    link = f"/enter/{program.house.gate.link()}"
    assert Visitor(program).get(link).status_code == 303
    again = Visitor(program).get(link)
    assert (again.status_code, again.headers.get("Set-Cookie")) == (403, None)
    assert "sekali pakai" in again.text


def test_a_link_holds_for_a_minute(program: Program) -> None:
    link = f"/enter/{program.house.gate.link()}"
    program.ticks.seconds += 62
    assert Visitor(program).get(link).status_code == 403


@pytest.mark.parametrize("token", ["x", "..", "a.9999999999.b", "%ff.%ff.%ff", "a" * 5_000])
def test_what_is_no_link_opens_nothing(program: Program, token: str) -> None:
    stranger = Visitor(program)
    assert stranger.get(f"/enter/{token}").status_code in (403, 404)
    assert stranger.get("/queue").status_code == 403


def test_the_cookie_is_for_this_page_and_no_script(program: Program) -> None:
    answer = Visitor(program).get(f"/enter/{program.house.gate.link()}")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    said = {part.strip() for part in cookie.split(";")}
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= said
    assert not any(part.startswith(("Expires", "Max-Age", "Domain")) for part in said)


def test_the_language_is_kept_for_later_visits(program: Program, visitor: Visitor) -> None:
    visitor.see("/queue")
    answer = visitor.post("/language", {"lang": "en", "at": "/queue"})
    assert answer.location == "/queue"
    kept = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("lorong_lang")]
    assert "HttpOnly" in kept[0]
    assert "SameSite=Strict" in kept[0]
    assert 'lang="en"' in visitor.get("/queue").text


def test_a_made_up_cookie_is_nobody(program: Program, visitor: Visitor) -> None:
    stranger = Visitor(program)
    real = visitor.client.get_cookie("lorong", domain=HOST)
    assert real is not None
    stranger.client.set_cookie("lorong", real.decoded_value[:-3] + "abc", domain=HOST)
    assert stranger.get("/queue").status_code == 403


def test_another_start_of_the_program_knows_no_visit_of_the_former(
    program: Program, visitor: Visitor
) -> None:
    cookie = visitor.client.get_cookie("lorong", domain=HOST)
    assert cookie is not None
    program.close()
    later = Program(program.laptop)
    stranger = Visitor(later)
    stranger.client.set_cookie("lorong", cookie.decoded_value, domain=HOST)
    assert stranger.get("/queue").status_code == 403
    told = stranger.hx("/drafts/1/form", {"full_name": "Siti"})
    assert (told.status_code, told.headers["HX-Retarget"]) == (403, "#banner")
    assert "[page_stale]" in told.text


def test_the_gates_timer_locks_what_is_left_alone(program: Program, visitor: Visitor) -> None:
    program.ticks.seconds += LOCK_SECONDS + 1
    assert visitor.get("/queue").location == "/unlock"
    assert visitor.unlock(passphrase=PASSPHRASE).status_code == 303
    assert visitor.get("/queue").status_code == 200


def test_what_the_page_asks_by_itself_keeps_it_open_no_longer(
    program: Program, visitor: Visitor
) -> None:
    for _ in range(3):
        program.ticks.seconds += LOCK_SECONDS / 2
        answer = visitor.get("/line", {**HX, "X-Lorong-Quiet": "1"})
    assert answer.location == "/unlock"


def test_use_keeps_it_open(program: Program, visitor: Visitor) -> None:
    for _ in range(4):
        program.ticks.seconds += LOCK_SECONDS / 2
        assert visitor.get("/queue").status_code == 200
