"""The pictures of the desk: `make screens` makes them again. Everybody in them is made up."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.desk_door import LONG, lands, sign_in
from tests.browser.keyboard import keys
from tests.browser.screens import Screens
from tests.browser.served_office import ServedOffice

WIDE = {"width": 1280, "height": 800}


def test_the_desk_has_its_pictures(
    busy_office: ServedOffice, open_page: OpenPage, shot: Screens
) -> None:
    page = open_page(viewport=WIDE)
    sign_in(page, busy_office)
    shot(page, "leaderboard")
    keys(page).tab_to("Andi Firman").enter("/agents/*")
    shot(page, "agent")
    page.goto(f"{busy_office.url}/cases?kind=nik_conflict")
    keys(page).press("j")
    expect(page).to_have_url(re.compile("/cases/[0-9a-f-]{36}"), timeout=LONG)
    expect(page.locator("h1")).to_be_focused()
    shot(page, "case")
    page.goto(f"{busy_office.url}/laptops")
    shot(page, "laptops")
    show_the_letter(page, shot)
    page.goto(f"{busy_office.url}/audit")
    lands(page, "Jejak")
    shot(page, "audit")
    page.goto(f"{busy_office.url}/leaderboard")
    keys(page).tab_to("Ibu Rahma").press("Enter").tab_to("Gelap").enter("/leaderboard")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    shot(page, "leaderboard-dark")


def show_the_letter(page: Page, shot: Screens) -> None:
    """Go from the list to the lost laptop, and on to the letter about it."""
    lost = page.get_by_role("row").filter(has_text="hilang").get_by_role("link").first
    keys(page).tab_to(lost.inner_text()).enter("/laptops/*").press("h")
    expect(page).to_have_url(re.compile("/lost$"), timeout=LONG)
    keys(page).press("1")
    expect(page).to_have_url(re.compile("/letters"), timeout=LONG)
    shot(page, "lost-letter")
