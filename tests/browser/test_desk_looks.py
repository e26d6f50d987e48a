"""Every page of the desk, in both languages, light and dark: for everybody, at any width."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from server.app import create_app
from server.rules.roles import Access
from server.web.gate import ROUTES
from tests.browser.axe import axe
from tests.browser.conftest import OpenPage
from tests.browser.desk_door import ADMIN, PASSWORD
from tests.browser.keyboard import keys
from tests.browser.served_office import ServedOffice

PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
WIDER = "() => document.documentElement.scrollWidth - innerWidth"
LINKS = """() => [...document.querySelectorAll("a[href]:not([download])")]
  .map(it => it.href.split("#")[0]).filter(href => href !== location.href)"""
MORE = (
    "/sign-in",
    "/nothing",
    "/leaderboard?span=days&from=2026-13-01",
    "/leaderboard?kecamatan=73.71.07&q=zzz",
    "/cases?state=decided",
    "/cases?kind=odd_nik",
    "/cases?agent=zzz",
    "/audit?by=zzz",
)
"""Addresses that no link leads to, and states of pages that a link has otherwise."""
PARTS = frozenset({"board.home", "board.kelurahan", "cases.question"})
"""What is asked for by GET, and is no page of its own."""


@pytest.mark.parametrize(("lang", "theme"), [("Bahasa Indonesia", "Terang"), ("English", "Dark")])
def test_every_page(busy_office: ServedOffice, open_page: OpenPage, lang: str, theme: str) -> None:
    page = open_page(viewport=WIDE)
    page.goto(f"{busy_office.url}/sign-in")
    keys(page).tab_to(lang).enter("/sign-in").tab_to(theme).enter("/sign-in")
    look(page)
    keys(page).tab_to("name").type(ADMIN).tab_to("password").type(PASSWORD).enter("/leaderboard")
    rules = create_app(busy_office.office).url_map.bind("")
    seen = set()
    for endpoint in walk(page, busy_office.url, rules):
        seen.add(endpoint)
        look(page)
    assert pages(rules) <= seen, f"no link leads to {pages(rules) - seen}"


def walk(page: Page, url: str, rules: MapAdapter) -> Iterator[str]:
    """Go to one page of each kind that a link leads to, and to MORE; yield their endpoints."""
    ahead, known = [page.url, *(url + path for path in MORE)], set[str]()
    while ahead:
        address = ahead.pop(0)
        page.goto(address)
        yield endpoint_of(address, rules)
        for link in page.evaluate(LINKS):
            endpoint = endpoint_of(link, rules)
            assert endpoint, f"{address} leads to {link}, and there is no such page"
            if endpoint not in known:
                known.add(endpoint)
                ahead.append(link)


def endpoint_of(address: str, rules: MapAdapter) -> str:
    """Return the endpoint of an address; "" where there is none."""
    try:
        return str(rules.match(urlsplit(address).path, method="GET")[0])
    except HTTPException:
        return ""


def pages(rules: MapAdapter) -> set[str]:
    """Return the endpoints of all pages for who has signed in."""
    inside = {name for name, access in ROUTES.items() if access not in (Access.OPEN, Access.LAPTOP)}
    shown = {rule.endpoint for rule in rules.map.iter_rules() if "GET" in (rule.methods or ())}
    files = {name for name in shown if name.rpartition(".as_")[1] or name.startswith("office_api")}
    return (inside & shown) - PARTS - files


def look(page: Page) -> None:
    """Hold a page against both: axe, and the width of a phone and of a usual screen."""
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate(WIDER) <= 0, f"{page.url} is wider than {size['width']} pixels"
    axe(page)
