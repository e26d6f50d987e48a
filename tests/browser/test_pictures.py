"""The pictures of the documents: `make screens` makes them again. Everybody in them is made up."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.agent_process import PASSPHRASE, AgentProcess
from tests.browser.conftest import OpenPage
from tests.browser.door import boxes, consent, fill, kept, save
from tests.browser.keyboard import keys
from tests.browser.screens import Screens
from tests.browser.served_office import ServedOffice
from tests.builders import person

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
ACCEPTED, REJECTED, WAITING, AT_THE_DOOR = (61, 62), 64, (65,), 68


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page of the size that the pictures have."""
    return open_page(viewport=WIDE)


def test_the_main_pages_have_their_pictures(
    agent_process: AgentProcess, served_office: ServedOffice, page: Page, shot: Screens
) -> None:
    join(page, agent_process, served_office, shot)
    served_office.cut()
    served_office.open(LORONG_MONTHS="1,2,3,6")
    for n in ACCEPTED:
        capture(page, agent_process, boxes(n))
    capture(page, agent_process, boxes(REJECTED, months="12"))
    expect(page.locator("#line .tone-good")).to_be_visible(timeout=20_000)
    served_office.cut()
    for n in WAITING:
        capture(page, agent_process, boxes(n))
    expect(page.locator("#line")).to_contain_text("tidak ada jaringan", timeout=20_000)
    look_around(page, agent_process, shot)
    at_the_door(page, agent_process, shot)
    keys(page).tab_to("Kunci sekarang").enter("/unlock")
    shot(page, "unlock")


def join(page: Page, laptop: AgentProcess, office: ServedOffice, shot: Screens) -> None:
    page.goto(laptop.start())
    at = keys(page).tab_to("label").type("Daeng Sutte").tab_to("address").type(office.url)
    at.tab_to("code").type(office.add_agent()).tab_to("laptop").type("Laptop Tallo 2")
    at.tab_to("passphrase").type(PASSPHRASE).tab_to("passphrase_again").type(PASSPHRASE)
    shot(page, "join")
    at.press("Enter").enter("/captures/new")


def capture(page: Page, laptop: AgentProcess, typed: dict[str, str]) -> None:
    page.goto(f"{laptop.address}/captures/new")
    consent(page)
    fill(page, typed)
    save(page)


def look_around(page: Page, laptop: AgentProcess, shot: Screens) -> None:
    page.goto(f"{laptop.address}/queue?state=all")
    shot(page, "queue")
    keys(page).tab_to(person(REJECTED)["full_name"]).enter("/captures/*")
    shot(page, "story-rejected")
    page.goto(f"{laptop.address}/queue?state=accepted")
    keys(page).tab_to(person(ACCEPTED[0])["full_name"]).enter("/captures/*")
    keys(page).tab_to("Tanda terima").enter("/receipt")
    shot(page, "receipt")
    page.goto(f"{laptop.address}/performance")
    shot(page, "performance")


def at_the_door(page: Page, laptop: AgentProcess, shot: Screens) -> None:
    page.goto(f"{laptop.address}/captures/new")
    consent(page)
    fill(page, boxes(AT_THE_DOOR, programmes="2", months="3"))
    expect(page.locator("#amount output")).to_be_visible()
    kept(page)
    shot(page, "capture")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    shot(page, "capture-phone")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
