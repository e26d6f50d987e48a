"""Every page in every state: usable by everybody, and never wider than the screen."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.agent_process import PASSPHRASE, AgentProcess
from tests.browser.axe import axe
from tests.browser.door import boxes, consent, fill, kept, save, unlock
from tests.browser.guard import Guard
from tests.browser.keyboard import keys
from tests.browser.served_office import ServedOffice
from tests.builders import person

PHONE, SMALL = {"width": 390, "height": 844}, {"width": 1024, "height": 600}
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
WIDER = "() => document.documentElement.scrollWidth - innerWidth"


def look(page: Page) -> None:
    """Hold a page against both: axe, and the width of a phone and of a small laptop."""
    for size in (PHONE, SMALL):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate(WIDER) <= 0, f"{page.url} is wider than {size['width']} pixels"
    page.evaluate("scrollTo(0, 0)")  # the line on top hides half of what is scrolled under it
    axe(page)


def speak(page: Page, lang: str) -> None:
    """Switch the language by the keyboard where the page speaks another one."""
    if page.locator("html").get_attribute("lang") != lang:
        keys(page).tab_to(LANGUAGES[lang]).enter("**")
    expect(page.locator("html")).to_have_attribute("lang", lang)


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of an office that takes a call and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def join(page: Page, address: str, label: str) -> None:
    """Begin to join, in whatever language the page speaks."""
    at = keys(page).tab_to("label").type(label).tab_to("address").type(address)
    at.tab_to("code").type("ABCD-EFGH").tab_to("laptop").type("Laptop Tallo 2")
    at.tab_to("passphrase").type(PASSPHRASE).tab_to("passphrase_again").type(PASSPHRASE)
    at.press("Enter").enter("/join")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_way_in(
    agent_process: AgentProcess, page: Page, guard: Guard, silent: str, lang: str
) -> None:
    link = agent_process.start()
    page.goto(link)
    speak(page, lang)
    look(page)  # join, empty
    join(page, "http://127.0.0.1:9", "Daeng Sutte")
    expect(page.locator("#joining .banner")).to_be_visible()
    look(page)  # joining waits for a line
    keys(page).tab_to("address").press("Control+a").type(silent)
    keys(page).press("Enter", "Enter", "Enter").enter("/join")
    expect(page.locator("#joining progress")).to_be_visible()
    look(page)  # on its way
    page.goto(f"{agent_process.address}/unlock")
    look(page)  # one seat
    keys(page).tab_to("passphrase").type("salah sekali").enter("/unlock")
    expect(page.locator(".narrow .banner-problem")).to_be_visible()
    look(page)  # with an error
    page.goto(f"{agent_process.address}/join")
    page.goto(link)
    look(page)  # closed: the link was used


def test_two_seats(joined_agent: AgentProcess, page: Page) -> None:
    page.goto(joined_agent.start())
    page.goto(f"{joined_agent.address}/join")
    join(page, "http://127.0.0.1:9", "Daeng Ngalle")
    keys(page).tab_to("Kunci sekarang").enter("/unlock")
    expect(page.locator("[name=seat]")).to_have_count(2)
    for lang in LANGUAGES:
        speak(page, lang)
        look(page)


def test_a_capture_from_consent_to_saved(joined_agent: AgentProcess, page: Page) -> None:
    unlock(page, joined_agent.start())
    addresses = [page.url]  # consent; then empty, half, full with a birth date that disagrees
    for typed in ({}, {"full_name": "Sitti"}, boxes(42, birth_date="17-08-1980"), boxes(41)):
        page.goto(addresses[0])
        consent(page)
        fill(page, typed)
        if typed:
            kept(page)
        addresses.append(page.url)
    save(page)
    addresses[-1:] = [page.url, page.url.replace("/saved", "/receipt")]
    for lang in LANGUAGES:
        page.goto(f"{joined_agent.address}/settings")
        speak(page, lang)
        for address in addresses:
            page.goto(address)
            look(page)
        page.goto(addresses[1])
        show_what_a_draft_can_say(page)


def show_what_a_draft_can_say(page: Page) -> None:
    """All errors, a list that is open, one that finds nothing, and a worker known here."""
    keys(page).tab_to("save").enter()
    expect(page.locator("#problems a").first).to_be_visible()
    look(page)
    keys(page).tab_to("kelurahan").press("Control+a").type("tal")
    expect(page.locator("#kelurahan-options [role=option]")).to_have_count(8)
    look(page)
    keys(page).press("Control+a").type("zzz")
    expect(page.locator("#kelurahan-options [aria-disabled]")).to_be_visible()
    look(page)
    keys(page).tab_to("nik").press("Control+a").type(person(41)["nik"])
    expect(page.locator("#hints a")).to_be_visible()
    look(page)


def test_all_other_pages(
    joined_agent: AgentProcess, served_office: ServedOffice, page: Page, guard: Guard
) -> None:
    unlock(page, joined_agent.start())
    page.goto(f"{joined_agent.address}/performance")
    look(page)  # without figures
    served_office.cut()
    served_office.open(LORONG_MONTHS="1,2,3,6")
    paths = ["/performance", "/proofs", f"/proofs/{today()}", "/settings", "/join", "/nothing"]
    paths += [f"/queue?state={one}" for one in ("draft", "in_review", "duplicate", "all")]
    for state, typed in (
        ("accepted", boxes(51)),
        ("rejected", boxes(52, months="12")),
        ("waiting", boxes(53)),
    ):
        if state == "waiting":
            served_office.cut()
        page.goto(f"{joined_agent.address}/captures/new")
        consent(page)
        fill(page, typed)
        save(page)
        record = page.url.removeprefix(joined_agent.address).removesuffix("/saved")
        if state != "waiting":
            expect(page.locator("#line .tone-good")).to_be_visible(timeout=20_000)
        paths += [record, f"{record}/receipt", f"/queue?state={state}"]
    for lang in LANGUAGES:
        page.goto(f"{joined_agent.address}/settings")
        speak(page, lang)
        for path in paths:
            page.goto(f"{joined_agent.address}{path}")
            look(page)
        show_searches(page)


def show_searches(page: Page) -> None:
    """What a search finds, and one that finds nothing."""
    for sought in (person(51)["full_name"][:5], "zzz"):
        page.goto(page.url.partition("/captures")[0].partition("/queue")[0] + "/queue")
        keys(page).tab_to("search").press("Control+a").type(sought).enter("/queue")
        look(page)


def today() -> str:
    """Return the office's day."""
    return f"{datetime.now(UTC).astimezone(ZoneInfo('Asia/Makassar')):%Y-%m-%d}"
