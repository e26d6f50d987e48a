"""Unlocking and locking: tries that wait, and coming back to what was half typed."""

import pytest

from agent_client.problems import AgentProblem
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.standing import counts
from tests.agent_client.pages.visitor import HOST, HX, LOCK_SECONDS, SEAT, Program, Visitor

HALF = {
    "nik": "737101",
    "full_name": "Siti <b>",
    "birth_date": "3",
    "employer": "on",
    "months": "3",
}


def told_by(visitor: Visitor, draft: int) -> dict[str, str]:
    """Return what stands in the boxes of a draft's page."""
    page = visitor.see(f"/drafts/{draft}")
    return page.sends(page.by_id("capture"))


def autosave(visitor: Visitor, draft: int, typed: dict[str, str]) -> str:
    """Keep what is typed as the page's script does; return where it leads."""
    at = {"HX_Current_URL": f"http://{HOST}/drafts/{draft}", "X_Lorong_Seat": SEAT}
    return visitor.hx(f"/drafts/{draft}/form", typed, **at).location


def test_the_fifth_wrong_passphrase_locks_for_a_while(program: Program) -> None:
    came = program.visitor()
    for _ in range(2):
        assert "Kata sandi salah." in came.unlock(passphrase="salah").text
    assert "2" in came.unlock(passphrase="salah").markup.said("main")
    came.unlock(passphrase="salah")
    assert "Tunggu 1 menit" in came.unlock(passphrase="salah").text
    assert "Tunggu 1 menit" in came.unlock().text
    assert came.get("/queue").location == "/unlock"


def test_after_the_wait_it_opens(program: Program) -> None:
    came = program.visitor()
    for _ in range(5):
        came.unlock(passphrase="salah")
    program.laptop.desk.now.forward(minutes=2)
    for clock in program.clocks:
        clock.uptime = lambda: None  # type: ignore[method-assign]
    assert came.unlock().location == "/"


def test_what_cannot_be_purged_for_now_keeps_nobody_out(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise AgentProblem("disk_full", path="x")

    monkeypatch.setattr("agent_client.pages.entering.purge_due", full)
    assert program.visitor().unlock().location == "/"


def test_another_window_waits_as_well(program: Program) -> None:
    for _ in range(5):
        program.visitor().unlock(passphrase="salah")
    assert "Tunggu" in program.visitor().unlock().text


def test_no_passphrase_comes_back_in_a_page(program: Program) -> None:
    answer = program.visitor().unlock(passphrase="rahasia sekali")
    assert "rahasia" not in answer.text


def test_an_unknown_seat_is_told(program: Program) -> None:
    for seat in ("orang-lain", "../laptop", "utama/../utama"):
        answer = program.visitor().unlock(seat=seat)
        assert (answer.status_code, len(answer.markup.alerts())) == (200, 1)


def test_after_locking_one_goes_on_in_the_draft_as_it_was(visitor: Visitor) -> None:
    draft = visitor.consent()
    visitor.type(draft, HALF)
    before = told_by(visitor, draft)
    assert {name: before[name] for name in HALF} == HALF
    assert visitor.lock(f"/drafts/{draft}").location == "/unlock"
    assert visitor.unlock().location == f"/drafts/{draft}"
    assert told_by(visitor, draft) == before


def test_the_same_where_the_lock_fell_on_an_autosave(program: Program, visitor: Visitor) -> None:
    draft = visitor.consent()
    visitor.type(draft, HALF)
    before = told_by(visitor, draft)
    program.ticks.seconds += LOCK_SECONDS + 1
    assert autosave(visitor, draft, {**HALF, "nik": "7371011"}) == "/unlock"
    assert visitor.unlock().location == f"/drafts/{draft}"
    assert told_by(visitor, draft) == before


def test_the_same_where_the_lock_fell_on_what_the_page_asks_by_itself(
    program: Program, visitor: Visitor
) -> None:
    draft = visitor.consent()
    program.ticks.seconds += LOCK_SECONDS + 1
    at = {"HX-Current-URL": f"http://{HOST}/drafts/{draft}?x=1", "X-Lorong-Seat": SEAT}
    answer = visitor.get("/line", {**HX, **at, "X-Lorong-Quiet": "1"})
    assert answer.location == "/unlock"
    assert visitor.unlock().location == f"/drafts/{draft}"


def test_the_same_where_the_gate_locked_just_before_the_page_did(
    program: Program, visitor: Visitor
) -> None:
    draft = visitor.consent()
    program.ticks.seconds += LOCK_SECONDS + 1
    visitor.lock(f"/drafts/{draft}")
    assert visitor.unlock().location == f"/drafts/{draft}"


def test_the_same_after_a_wrong_passphrase_and_a_switch_of_language(visitor: Visitor) -> None:
    draft = visitor.consent()
    visitor.lock(f"/drafts/{draft}")
    visitor.unlock(passphrase="salah")
    assert visitor.post("/language", {"lang": "en", "at": "/unlock"}).location == "/unlock"
    visitor.get("/")
    assert visitor.unlock().location == f"/drafts/{draft}"


def test_once_come_back_one_begins_at_the_next_worker_again(visitor: Visitor) -> None:
    visitor.lock("/settings")
    assert visitor.unlock().location == "/settings"
    assert visitor.unlock().location == "/"
    assert visitor.get("/").location == "/captures/new"


def test_locking_closes_every_window_of_that_agent(program: Program, visitor: Visitor) -> None:
    other = program.unlocked()
    visitor.see("/queue")
    visitor.lock()
    assert other.get("/queue").location == "/unlock"


def test_the_locked_page_shows_nobodys_data(visitor: Visitor, lived: dict[str, str]) -> None:
    visitor.see("/queue")
    visitor.lock()
    text = visitor.get("/unlock").text + visitor.get("/join").text
    assert not [n for n in range(1, 24) if boxes(n)["full_name"] in text]
    assert "menunggu" not in text


def test_the_queue_goes_on_syncing_while_the_page_is_locked(
    program: Program, visitor: Visitor
) -> None:
    visitor.enrol(boxes(1))
    visitor.see("/queue")
    visitor.lock()
    kept = program.kept()
    with program.line_up():
        kept.send_now()
        while counts(program)["waiting"]:
            assert kept.progress().problem in (None, "line_refused")
    assert counts(program)["accepted"] == 1
    assert visitor.get("/queue").location == "/unlock"


def test_a_seat_that_was_open_too_long_is_closed_with_its_pages(
    program: Program, visitor: Visitor
) -> None:
    program.ticks.seconds += 12 * 3600 - 1
    visitor.unlock()
    program.ticks.seconds += 2
    program.house.keeper.tick()
    assert program.house.keeper.kept(SEAT) is not None
    program.ticks.seconds += 12 * 3600
    program.house.keeper.tick()
    assert program.house.keeper.kept(SEAT) is None
    assert visitor.get("/queue").location == "/unlock"
    assert visitor.unlock().status_code == 303
