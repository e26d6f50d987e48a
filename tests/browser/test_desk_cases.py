"""Every kind of doubtful record, decided and undone by keys alone; the laptops hear of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from server.case_queue import KINDS
from tests.browser.agent_process import AgentProcess
from tests.browser.desk_door import LONG, sign_in
from tests.browser.desk_doubts import Doubts
from tests.browser.desk_laptops import command, exchange
from tests.browser.desk_weeks import opened
from tests.browser.keyboard import keys
from tests.browser.served_office import ServedOffice

DECIDED = {
    "NIK bentrok": "2",
    "Mirip": "1",
    "NIK diganti": "1",
    "Orang diganti": "2",
    "Sengketa kredit": "2",
}
"""The key of what is decided of each kind: of all choices one that moves something."""
VERDICTS = ("accepted", "duplicate", "in_review", "rejected", "superseded")
CASE, ODD = re.compile(r"/cases/[0-9a-f-]{36}"), re.compile(r"/cases/odd-nik/")


@pytest.fixture(scope="module")
def doubts(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doubts]:
    """An office with one open case of each kind; a test leaves them open."""
    home = tmp_path_factory.mktemp("doubts")
    with opened(migrated_sqlite, home / "office") as office:
        made = Doubts(office, AgentProcess(home / "one"), AgentProcess(home / "two"))
        made.bring_all()
        yield made


def test_each_kind_is_decided_and_undone_and_the_laptops_hear_of_it(
    doubts: Doubts, page: Page
) -> None:
    sign_in(page, doubts.office, to="/cases")
    keys(page).press("j")
    decided = [decide_and_go_on(page) for _ in DECIDED]
    assert sorted(decided) == sorted(DECIDED)
    expect(page).to_have_url(re.compile(r"/cases\?done="))
    take_the_odd_one(page)
    hear_what_was_decided(doubts)
    for kind in KINDS:
        undo(page, doubts.office, kind)
    hear_what_was_undone(doubts)


def decide_and_go_on(page: Page) -> str:
    """Decide the case that is looked at, and return its kind; the next one comes by itself."""
    expect(page).to_have_url(CASE, timeout=LONG)
    expect(page.locator(":focus")).to_have_count(1)
    (kind,) = [one for one in DECIDED if f"· {one} ·" in page.locator(".case-head").inner_text()]
    keys(page).press(DECIDED[kind])
    expect(page.locator(f"[name=choice][data-key='{DECIDED[kind]}']")).to_be_checked()
    with page.expect_navigation():
        keys(page).press("Enter")
    expect(page.locator("#done")).to_contain_text(kind)
    expect(page.locator("#done")).to_be_focused()
    return kind


def take_the_odd_one(page: Page) -> None:
    """Take the record with the odd NIK, which leaves none."""
    keys(page).tab_to("NIK ganjil 1").enter("/cases?kind=odd_nik")
    keys(page).press("j")
    expect(page).to_have_url(ODD, timeout=LONG)
    with page.expect_navigation(url="**/cases?kind=odd_nik&done=*"):
        keys(page).press("1")
    expect(page.locator("#done")).to_contain_text("NIK ganjil diterima")


def undo(page: Page, office: ServedOffice, kind: str) -> None:
    """Open the only decision of a kind in the list of those, and take it back."""
    page.goto(f"{office.url}/cases?state=decided&kind={kind}")
    keys(page).press("j")
    expect(page).to_have_url(CASE, timeout=LONG)
    with page.expect_navigation():
        keys(page).press("u")
    expect(page.locator("#done")).to_contain_text("keputusan dibatalkan")
    expect(page.get_by_role("heading", name="Keputusan", exact=True)).to_be_visible()


def hear_what_was_decided(doubts: Doubts) -> None:
    """Both agents' laptops are told at their next exchange, and what counts has moved."""
    first, doubtful = doubts.first, doubts.doubtful
    assert exchange(doubts.one) == {
        first["nik_conflict"]: "duplicate/enrolled",
        first["nik_changed"]: "superseded/corrected",
        doubtful["nik_changed"]: "accepted/corrected",
        doubtful["person_changed"]: "rejected/refused",
    }
    assert exchange(doubts.two) == {
        doubtful["nik_conflict"]: "accepted/reinstated",
        doubtful["near_match"]: "duplicate/enrolled",
        doubtful["credit_dispute"]: "duplicate/enrolled",
        doubtful["odd_nik"]: "accepted/reinstated",
    }
    assert counted(doubts.two) == {"accepted": 3, "duplicate": 1}  # the credit is moved too


def hear_what_was_undone(doubts: Doubts) -> None:
    """Everything is as it was before."""
    first, doubtful = doubts.first, doubts.doubtful
    assert exchange(doubts.one) == {
        first["nik_conflict"]: "accepted/new",
        first["nik_changed"]: "accepted/new",
        doubtful["nik_changed"]: "in_review/nik_changed",
        doubtful["person_changed"]: "in_review/person_changed",
    }
    assert exchange(doubts.two) == {
        doubtful["nik_conflict"]: "in_review/nik_conflict",
        doubtful["near_match"]: "accepted/new",
        doubtful["credit_dispute"]: "duplicate/enrolled",
        doubtful["odd_nik"]: "rejected/invalid",
    }
    assert counted(doubts.two) == {"accepted": 1, "duplicate": 1, "in_review": 1, "rejected": 1}


def counted(laptop: AgentProcess) -> dict[str, int]:
    """Return what counts for an agent this month, as the laptop shows it, zeros left out."""
    month = command(laptop, "status")["performance"]["months"][0]
    return {one: month[one] for one in VERDICTS if month[one]}


def test_an_agent_is_asked_and_the_question_is_on_the_laptop(doubts: Doubts, page: Page) -> None:
    text = "Siapa <b>nama</b> ibunya? Tanya keluarganya."
    sign_in(page, doubts.office, to="/cases?kind=near_match")
    keys(page).press("j")
    expect(page).to_have_url(CASE, timeout=LONG)
    keys(page).press("a").tab_to("text_id").press("Control+a").type(text)
    keys(page).tab_to("text_en").press("Control+a").type("What is her mother's name?")
    with page.expect_navigation():
        keys(page).tab_to("Kirim pertanyaan").press("Enter")
    expect(page.locator("#done")).to_contain_text("agen ditanya")
    (notice,) = command(doubts.two, "sync")["notices"]
    assert (notice["text_id"], notice["record_id"]) == (text, doubts.doubtful["near_match"])
    assert notice["text_en"] == "What is her mother's name?"
    assert command(doubts.one, "sync")["notices"] == []
