"""A supervisor comes to the desk: who may, and the way in by keys alone."""

from playwright.sync_api import Page, expect

from server import accounts
from server.rules.roles import Role
from tests.browser.keyboard import Keys, keys
from tests.browser.served_office import NAME, ServedOffice

CHIEF, ADMIN, PASSWORD = "Ibu Rahma", "Pak Arif", "ikan segar pagi hari"
LONG = 30_000
"""Milliseconds that a busy machine may take for a page."""


def add_chief(office: ServedOffice, *more_offices: str) -> None:
    """Add a supervisor of the served office, who is known by CHIEF and PASSWORD."""
    own = (NAME, *more_offices)
    accounts.add_user(office.office, CHIEF, Role.SUPERVISOR, own, by="uji", password=PASSWORD)


def add_admin(office: ServedOffice) -> None:
    """Add an administrator, who is known by ADMIN and PASSWORD."""
    accounts.add_user(office.office, ADMIN, Role.ADMINISTRATOR, (), by="uji", password=PASSWORD)


def sign_in(page: Page, office: ServedOffice, name: str = CHIEF, to: str = "/leaderboard") -> Keys:
    """Ask for a page, sign in on the way, and be there."""
    page.goto(office.url + to)
    expect(page.locator("[name=name]")).to_be_focused(timeout=LONG)
    return keys(page).type(name).tab_to("password").type(PASSWORD).enter(to)


def lands(page: Page, words: str) -> None:
    """Wait for a page whose title has these words."""
    expect(page.locator("h1")).to_contain_text(words, timeout=LONG)
