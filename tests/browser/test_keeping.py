"""What is typed is not lost: not to a cut of power, not to a lock, not to a page that is left."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Dialog, Page, expect

from agent_client import vault
from agent_client.store import drafts
from tests.browser.agent_process import PASSPHRASE, AgentProcess
from tests.browser.conftest import OpenPage
from tests.browser.door import boxes, consent, fill, kept, shown, unlock
from tests.browser.guard import Guard
from tests.browser.keyboard import keys

BUSY_S = 30
_SHOWS = "([url, text]) => fetch(url).then(it => it.text()).then(it => it.includes(text))"


@pytest.fixture
def draft(joined_agent: AgentProcess, page: Page) -> Page:
    """A draft that was just begun; the page's own clock is the test's to stop and move."""
    page.clock.install()
    unlock(page, joined_agent.start())
    consent(page)
    return page


def stand_still(page: Page) -> None:
    """Stop the page's clock: whatever it means to do later it does not do."""
    page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=5))


def on_disk(laptop: AgentProcess) -> list[dict[str, str]]:
    """Return what stands in the boxes of the drafts on a laptop that is off."""
    opened = vault.unlock(laptop.home, PASSPHRASE, BUSY_S)
    try:
        with opened.reading() as tx:
            return [dict(one.form or {}) for one in drafts.drafts(tx)]
    finally:
        opened.close()


def test_it_is_kept_while_one_goes_on_typing(draft: Page, joined_agent: AgentProcess) -> None:
    stand_still(draft)
    at = keys(draft).tab_to("full_name").type("Sitti")
    draft.clock.run_for(300)
    at.type(" Nur")
    draft.clock.run_for(300)
    kept(draft)
    at.type("haliza")
    expect(draft.locator("#kept[data-pending]")).to_be_visible()
    joined_agent.kill()
    assert [form["full_name"] for form in on_disk(joined_agent)] == ["Sitti Nur"]


def test_the_program_is_gone_while_one_types(
    draft: Page, joined_agent: AgentProcess, guard: Guard
) -> None:
    guard.expect_gone()
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    fill(draft, {"full_name": "Sitti", "alias": "Daeng Kanang"})
    kept(draft)
    before = shown(draft)
    joined_agent.kill()
    keys(draft).tab_to("mother_name").type("Ratna")
    expect(draft.locator("#gone")).to_contain_text("Program Lorong tidak menjawab")
    expect(draft.locator("#mother_name")).to_have_value("Ratna")
    url = draft.url.partition("/drafts")[2]
    draft.on("dialog", leave)
    unlock(draft, joined_agent.start())
    assert asked == ["beforeunload"]
    draft.goto(f"{joined_agent.address}/drafts{url}")
    assert shown(draft) == before


def test_a_lock_does_not_overtake_what_was_typed(draft: Page) -> None:
    stand_still(draft)
    keys(draft).tab_to("full_name").type("Sitti").tab_to("Kunci sekarang").enter("/unlock")
    keys(draft).type(PASSPHRASE).enter("/drafts/*")
    expect(draft.locator("#full_name")).to_have_value("Sitti")


def test_a_page_that_is_left_keeps_what_was_typed(draft: Page) -> None:
    stand_still(draft)
    address = draft.url
    keys(draft).tab_to("full_name").type("Sitti").tab_to("Antrean").enter("/queue")
    draft.wait_for_function(_SHOWS, arg=[address, "Sitti"])
    draft.goto(address)
    expect(draft.locator("#full_name")).to_have_value("Sitti")


def test_letters_that_chose_nothing_are_kept_too(draft: Page) -> None:
    keys(draft).tab_to("kelurahan").type("zzz").tab_to("rw")
    expect(draft.locator("#kelurahan-error")).to_contain_text("Pilih dari daftar")
    kept(draft)
    draft.reload()
    expect(draft.locator("#kelurahan")).to_have_value("zzz")
    expect(draft.locator("#kelurahan-code")).to_have_value("")


def test_a_page_left_alone_locks_itself_and_loses_nothing(
    joined_agent: AgentProcess, open_page: OpenPage
) -> None:
    joined_agent.more = {"LORONG_LOCK_MINUTES": "1"}
    page = open_page()
    page.clock.install()
    unlock(page, joined_agent.start())
    consent(page)
    fill(page, dict(list(boxes(21).items())[:12]))
    kept(page)
    before, address = shown(page), page.url
    page.clock.fast_forward(30_000)
    keys(page).press("ArrowLeft")
    page.clock.fast_forward(50_000)
    expect(page.locator("#capture")).to_be_visible()
    page.clock.fast_forward(61_000)
    # The line on top may lead there at the same moment: then the one takes over from the other.
    expect(page).to_have_url(f"{joined_agent.address}/unlock", timeout=20_000)
    page.go_back()
    expect(page.locator("h1")).to_have_text("Buka kunci")
    keys(page).tab_to("passphrase").type(PASSPHRASE).enter(address.partition("127.0.0.1")[2][6:])
    assert shown(page) == before
