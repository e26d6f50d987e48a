"""Every page of the desk, in both languages, light and dark: for everybody, at any width."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
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
LINK = re.compile(r'<a (?![^>]*\bdownload\b)[^>]*href="(/[^"#]*)')
OF_A_KIND = {"laptops.show": 4}
"""Pages of which there are several kinds under one address: so many are looked at."""
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


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize(("lang", "theme"), [("Bahasa Indonesia", "Terang"), ("English", "Dark")])
def test_every_page(
    busy_office: ServedOffice, open_page: OpenPage, lang: str, theme: str, half: int
) -> None:
    page = open_page(viewport=WIDE)
    page.goto(f"{busy_office.url}/sign-in")
    keys(page).tab_to(lang).enter("/sign-in").tab_to(theme).enter("/sign-in")
    look(page)
    keys(page).tab_to("name").type(ADMIN).tab_to("password").type(PASSWORD).enter("/leaderboard")
    rules = create_app(busy_office.office).url_map.bind("")
    for path in list(walk(page, busy_office.url, rules))[half::2]:
        page.goto(busy_office.url + path)
        look(page)


def walk(page: Page, url: str, rules: MapAdapter) -> Iterator[str]:
    """Yield MORE, and a page of each kind that links lead to; there is no other kind."""
    ahead, seen = ["/leaderboard", *MORE], Counter[str]()
    while ahead:
        path = ahead.pop(0)
        yield path
        for link in LINK.findall(page.request.get(url + path).text()):
            found = unescape(link)
            endpoint = endpoint_of(found, rules)
            assert endpoint, f"{path} leads to {found}, and there is no such page"
            if found not in ahead and seen[endpoint] < OF_A_KIND.get(endpoint, 1):
                seen[endpoint] += 1
                ahead.append(found)
    assert pages(rules) <= seen.keys(), f"no link leads to {pages(rules) - seen.keys()}"


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
