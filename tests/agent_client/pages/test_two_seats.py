"""Two agents on one laptop: neither sees a name, a number or a draft of the other's."""

from collections.abc import Iterator

import pytest

from schemas.nik import mask_nik
from tests.agent_client.laptops import PASSPHRASE
from tests.agent_client.pages import routes
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.visitor import HOST, HX, SEAT, Answer, Program, Visitor

OTHER = "kata sandi Baso yang lain"


@pytest.fixture
def baso(program: Program) -> Visitor:
    """Another agent, who made himself a seat in the page while there was no line."""
    came = program.visitor()
    came.get("/join")
    sent = {"label": "Baso", "address": "https://kantor.test", "code": "X", "laptop": "Laptop B"}
    answer = came.post("/join", {**sent, "passphrase": OTHER, "passphrase_again": OTHER})
    assert answer.status_code == 303, answer.text
    return came


def everything(visitor: Visitor, ids: dict[str, str]) -> Iterator[Answer]:
    """Ask for each address with the ids of another agent's records."""
    for record in ids.values():
        for method, path in routes.calls(
            visitor.program.app,
            {**routes.OPEN, "entering.unlock": "/unlock", "entering.join": "/join"},
            {"draft": ids["draft"], "record": record},
        ):
            if method == "GET":
                yield visitor.get(path)
            elif path not in ("/settings/copy", "/settings/passphrase"):
                yield visitor.post(path, boxes(30))
    for tab in ("draft", "waiting", "all"):
        yield visitor.get(f"/queue?state={tab}")
    for n in range(1, 24):
        yield visitor.post("/queue", {"search": boxes(n)["nik"][-6:]})


def test_nothing_of_an_agent_is_seen_by_another(
    program: Program, lived: dict[str, str], baso: Visitor
) -> None:
    people = [boxes(n) for n in (*range(1, 10), 21, 22, 23)]
    for answer in everything(baso, lived):
        text = answer.text
        assert "Rapat" not in text
        for one in people:
            assert one["full_name"] not in text, answer.response.request.path
            assert mask_nik(one["nik"]) not in text, answer.response.request.path


def test_another_agents_records_are_of_nobody(lived: dict[str, str], baso: Visitor) -> None:
    for name, record in lived.items():
        path = "/drafts/" if name == "draft" else "/captures/"
        assert baso.get(f"{path}{record}").status_code == 404, name


def test_no_count_of_an_agent_is_told_to_another(lived: dict[str, str], baso: Visitor) -> None:
    tabs = baso.see("/queue").all("b", class_="number")
    assert {one.said for one in tabs} == {"0"}


def test_the_chooser_shows_labels_alone(program: Program, baso: Visitor) -> None:
    page = program.visitor().see("/unlock")
    choices = [one.attrs["value"] for one in page.all("input", type="radio")]
    assert choices == ["utama", "baso"]
    assert [one.said for one in page.all("label", class_="choice")] == ["1 utama", "2 Baso"]


def test_wrong_passphrases_of_one_lock_no_other(program: Program, baso: Visitor) -> None:
    came = program.visitor()
    for _ in range(5):
        came.unlock("baso", "salah")
    assert "Tunggu" in came.unlock("baso", OTHER).text
    assert came.unlock("utama").location == "/"
    assert "Tunggu" in program.visitor().unlock("baso", OTHER).text


def test_one_agents_passphrase_opens_no_other_seat(program: Program, baso: Visitor) -> None:
    assert program.visitor().unlock("baso", PASSPHRASE).status_code == 200
    assert program.visitor().unlock("utama", OTHER).status_code == 200


def test_locking_one_leaves_the_other_open(
    program: Program, visitor: Visitor, baso: Visitor
) -> None:
    visitor.see("/queue")
    visitor.lock()
    assert baso.get("/queue").status_code == 200


def test_another_agent_does_not_come_to_the_formers_draft(visitor: Visitor, baso: Visitor) -> None:
    draft = visitor.consent()
    visitor.lock(f"/drafts/{draft}")
    assert visitor.unlock("baso", OTHER).location == "/"
    visitor.see("/queue")
    visitor.lock("/settings")
    assert visitor.unlock().location == "/"


def test_nor_does_he_by_a_window_that_was_left_open(visitor: Visitor, baso: Visitor) -> None:
    draft = visitor.consent()
    visitor.lock(f"/drafts/{draft}")
    visitor.unlock("baso", OTHER)
    visitor.see("/queue")
    visitor.lock("/queue")
    # The former's window asks by itself, and is the last that does.
    left = {"HX-Current-URL": f"http://{HOST}/drafts/{draft}", "X-Lorong-Seat": SEAT}
    visitor.get("/line", {**HX, **left})
    assert visitor.unlock("baso", OTHER).location == "/queue"


def test_a_window_of_the_former_agent_shows_and_changes_nothing_more(
    program: Program, visitor: Visitor, baso: Visitor
) -> None:
    draft = visitor.consent()
    stale = visitor.token
    visitor.lock(f"/drafts/{draft}")
    visitor.unlock("baso", OTHER)
    his = visitor.consent()
    assert his == draft
    before = visitor.see(f"/drafts/{his}").by_id("full_name").attrs["value"]
    by_script = {**HX, "X-CSRFToken": stale, "X-Lorong-Seat": SEAT}
    sent = {**boxes(1), "csrf_token": stale}
    answer = visitor.ask("POST", f"/drafts/{draft}/form", data=sent, headers=by_script)
    assert (answer.text, answer.location) == ("", "/")
    answer = visitor.get("/line", {**HX, "X-Lorong-Seat": SEAT, "X-Lorong-Quiet": "1"})
    assert (answer.text, answer.location) == ("", "/")
    # What a window sends when it is closed has no header of its own.
    assert visitor.ask("POST", f"/drafts/{draft}/form", data=sent).status_code == 400
    after = visitor.see(f"/drafts/{his}").by_id("full_name").attrs["value"]
    assert (before, after) == ("", "")


def test_unlocking_a_second_seat_without_locking_the_first_is_no_different(
    visitor: Visitor, baso: Visitor
) -> None:
    draft = visitor.consent()
    stale = visitor.token
    visitor.unlock("baso", OTHER)
    sent = {**boxes(1), "csrf_token": stale}
    assert visitor.ask("POST", f"/drafts/{draft}/form", data=sent).status_code == 400


def test_each_has_a_database_of_his_own(program: Program, baso: Visitor) -> None:
    assert program.kept("baso").vault.path == program.laptop.home / "agents" / "baso" / "agent.db"


def test_nobody_closes_anothers_open_queue_without_his_passphrase(
    program: Program, visitor: Visitor, baso: Visitor
) -> None:
    baso.get("/queue")
    answer = baso.post("/restore", {"seat": SEAT, "folder": "/tmp", "passphrase": OTHER})
    assert "Kata sandi salah" in answer.text
    assert program.house.keeper.kept(SEAT) is not None
    assert visitor.get("/queue").status_code == 200
