"""The way in, and the leaderboard: filtered, taken along, and looked at for a while."""

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from schemas.envelope import rfc3339
from tests.browser.desk_door import CHIEF, LONG, PASSWORD, sign_in
from tests.browser.desk_laptops import today
from tests.browser.keyboard import keys
from tests.browser.served_office import NAME, ServedOffice
from tests.builders import content
from tests.offices import Desk

SHOWN = """() => [...document.querySelectorAll("#standings tbody tr:not(.part)")].map(line => [
  line.querySelector("th a").textContent,
  Number(line.querySelector(".accepted strong").textContent.replaceAll(".", "")),
])"""
LOOKS_AT = "() => [document.activeElement.id, scrollY, document.getElementById('q').value]"
PATIENT = 31_000
"""Milliseconds after which the leaderboard has asked once more."""


def test_a_wrong_password_first(busy_office: ServedOffice, page: Page) -> None:
    page.goto(f"{busy_office.url}/leaderboard?by=received")
    at = keys(page).tab_to("name").type(CHIEF)
    at.tab_to("password").type("ikan busuk").enter("/sign-in")
    expect(page.get_by_role("alert")).to_contain_text("Nama atau kata sandi salah")
    expect(page.locator("[name=name]")).to_have_value(CHIEF)
    expect(page.locator("[name=password]")).to_be_focused()
    expect(page.locator("[name=password]")).to_have_value("")
    keys(page).type(PASSWORD).enter("/leaderboard?by=received")
    expect(page.locator("summary")).to_contain_text(CHIEF)


def test_one_office_is_asked_for_and_taken_along(busy_office: ServedOffice, page: Page) -> None:
    sign_in(page, busy_office)
    keys(page).tab_to("office")
    page.keyboard.type(NAME)
    with page.expect_navigation(url=re.compile("office=")):
        keys(page).tab_to("Tampilkan").press("Enter")
    expect(page.locator("#standings tbody tr th a")).to_have_count(4, timeout=LONG)
    shown = page.evaluate(SHOWN)
    assert [count for _, count in shown] == sorted((n for _, n in shown), reverse=True)
    assert taken(page, "Unduh CSV", read_csv) == shown
    assert taken(page, "Unduh XLSX", read_xlsx) == shown


def taken(page: Page, button: str, read: Any) -> list[list[Any]]:
    """Download a sheet by the keyboard, and return agents and accepted of its lines."""
    with page.expect_download() as begun:
        keys(page).tab_to(button).press("Enter")
    file = begun.value
    assert re.fullmatch(r"papan-peringkat_\S+\.(csv|xlsx)", file.suggested_filename)
    lines = read(Path(file.path()))
    head = next(number for number, line in enumerate(lines) if "Diterima" in line)
    agent, accepted = lines[head].index("Agen"), lines[head].index("Diterima")
    return [[line[agent], int(line[accepted])] for line in lines[head + 1 :]]


def read_csv(path: Path) -> list[list[Any]]:
    """Return a CSV's lines."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def read_xlsx(path: Path) -> list[list[Any]]:
    """Return a workbook's lines."""
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_it_refreshes_itself_under_nobodys_hands(busy_office: ServedOffice, page: Page) -> None:
    page.clock.install()
    sign_in(page, busy_office)
    before = dict(page.evaluate(SHOWN))
    keys(page).tab_to("q").type("a")
    keys(page).tab_to("Rosmiati")
    page.evaluate("scrollTo(0, 150)")
    looked_at = page.evaluate(LOOKS_AT)
    assert looked_at[1:] == [150, "a"]
    bring_one_more(busy_office, "PRS-13")
    with page.expect_response(lambda answer: "/leaderboard?" in answer.url, timeout=LONG):
        page.clock.run_for(PATIENT)
    row = page.get_by_role("row").filter(has_text="Rosmiati")
    expect(row.locator(".accepted strong")).to_have_text(str(before["Rosmiati"] + 1), timeout=LONG)
    assert page.evaluate(LOOKS_AT) == looked_at
    keys(page).enter("/agents/*")


def bring_one_more(office: ServedOffice, agent_code: str) -> None:
    """Let an agent bring somebody new."""
    laptop = Desk(office.office).join(agent_code)
    met = content(9001, **today())
    told = laptop.send(laptop.envelope(met, captured_at=rfc3339(datetime.now(UTC))))
    assert told == [("accepted", "new")]
