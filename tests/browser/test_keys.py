"""The keys of the capture page: Enter, Tab, digits, arrows; and more than one tab."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.agent_process import AgentProcess
from tests.browser.conftest import OpenPage
from tests.browser.door import boxes, consent, fill, kept, save, shown, unlock
from tests.browser.guard import Guard
from tests.browser.keyboard import keys
from tests.browser.served_office import ServedOffice
from tests.builders import person

PLACE = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect();
  const steps = [...document.querySelectorAll(".step")];
  return [steps.indexOf(it.closest(".step")), box.top + scrollY, box.left];
}"""
ROW = 40
"""Pixels by which boxes of one row may differ in height."""


@dataclass(frozen=True)
class Unlocked:
    """A laptop's page, and what a browser has to show to come in again."""

    address: str
    known_by: StorageState


@pytest.fixture(scope="module")
def unlocked(
    browser: Browser, migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Unlocked]:
    """One laptop for all: no test here cuts anything."""
    home = tmp_path_factory.mktemp("keys")
    (home / "office").mkdir()
    shutil.copy(migrated_sqlite, home / "office" / "office.db")
    office, laptop = ServedOffice(home / "office"), AgentProcess(home / "laptop")
    office.open()
    laptop.join(office.url, office.add_agent())
    context = browser.new_context()
    unlock(context.new_page(), laptop.start())
    yield Unlocked(laptop.address, context.storage_state())
    context.close()
    laptop.kill()
    office.close()


@pytest.fixture
def draft(unlocked: Unlocked, open_page: OpenPage) -> Page:
    """A draft that was just begun."""
    page = open_page(storage_state=unlocked.known_by)
    page.goto(f"{unlocked.address}/captures/new")
    consent(page)
    return page


def marked(page: Page, name: str) -> str:
    """Return the suggestion that Enter would take."""
    one = page.locator(f"#{name}-options [aria-selected=true]")
    expect(page.locator(f"#{name}")).to_have_attribute(
        "aria-activedescendant", str(one.get_attribute("id"))
    )
    return one.inner_text()


def test_enter_goes_through_the_form_and_never_sends_it(draft: Page, guard: Guard) -> None:
    at, way = keys(draft), []
    for _ in range(60):
        it: Any = at.focused()
        if it["id"] == "save":
            break
        way.append(it["name"])
        at.press("Enter" if it["kind"] != "button" else "Tab")
    assert way[:4] == ["nik", "nik_again", "full_name", "alias"]
    assert {"kelurahan_text", "occupation_text", "months", "payer", "prior_member"} <= set(way)
    assert not [url for url in guard.requests if url.endswith("/save")]


def test_tab_runs_from_the_top_to_the_bottom(draft: Page) -> None:
    at, way = keys(draft).tab_to("nik"), []
    while at.focused() and at.focused()["id"] != "save":  # type: ignore[index]
        way.append(draft.evaluate(PLACE))
        at.press("Tab")
    assert len(way) > 20
    for (step, top, left), (next_step, next_top, next_left) in pairwise(way):
        lower, beside = next_top > top + ROW, abs(next_top - top) <= ROW and next_left > left
        assert next_step > step or (next_step == step and (lower or beside))


def test_a_digit_chooses(draft: Page) -> None:
    keys(draft).tab_to("sex").press("2").tab_to("phone_owner").press("3").press("2", "9")
    kept(draft)
    found = shown(draft)
    assert (found["sex"], found["phone_owner"]) == ("M", "family")


def test_arrows_move_among_suggestions_and_escape_closes_them(draft: Page) -> None:
    at = keys(draft).tab_to("kelurahan").type("kaluk")
    options = draft.locator("#kelurahan-options [role=option]")
    expect(options.first).to_be_visible()
    first = marked(draft, "kelurahan")
    second = marked(keys(draft).press("ArrowDown").page, "kelurahan")
    assert first != second
    assert marked(at.press("ArrowUp").page, "kelurahan") == first
    at.press("ArrowUp")
    assert marked(draft, "kelurahan") == options.last.inner_text()
    at.press("Escape")
    expect(options.first).to_be_hidden()
    expect(draft.locator("#kelurahan")).to_have_attribute("aria-expanded", "false")
    expect(draft.locator("#kelurahan")).to_have_value("kaluk")
    at.press("ArrowDown", "ArrowDown", "Enter")
    expect(draft.locator("#kelurahan")).to_have_value(second)
    expect(draft.locator("#rw")).to_be_focused()


def test_who_types_on_before_the_suggestions_are_there_loses_nothing(draft: Page) -> None:
    keys(draft).tab_to("kelurahan").type("kaluku").press("Enter").type("2")
    expect(draft.locator("#kelurahan")).to_have_value("Kalukuang — Kec. Tallo, Kota Makassar")
    expect(draft.locator("#rw")).to_have_value("2")
    expect(draft.locator("#rw")).to_be_focused()


def test_letters_that_fit_nothing_are_told(draft: Page) -> None:
    keys(draft).tab_to("occupation").type("zzz")
    expect(draft.locator("#occupation-options")).to_contain_text("Tidak ada yang cocok")
    keys(draft).press("ArrowDown", "Enter")
    expect(draft.locator("#occupation-code")).to_have_value("")
    expect(draft.locator("#monthly_income")).to_be_focused()


def test_pressing_save_twice_saves_once(draft: Page) -> None:
    fill(draft, boxes(31))
    with draft.expect_navigation(url="**/saved"):
        keys(draft).tab_to("Simpan").press("Enter", "Enter")
    draft.goto(draft.url.partition("/captures")[0] + "/queue?state=all")
    expect(draft.get_by_role("link", name=person(31)["full_name"])).to_have_count(1)


def test_what_is_missing_is_marked_and_the_first_of_it_has_the_focus(draft: Page) -> None:
    fill(draft, {name: text for name, text in boxes(32).items() if name != "mother_name"})
    keys(draft).tab_to("Simpan").press("Enter")
    expect(draft.locator("#mother_name")).to_be_focused()
    expect(draft.locator("#mother_name")).to_have_attribute("aria-invalid", "true")
    expect(draft.locator("#problems a")).to_have_count(1)
    keys(draft).type("Ratna Basri")
    kept(draft)
    expect(draft.locator("#mother_name")).not_to_have_attribute("aria-invalid", "true")
    save(draft)


def test_a_second_tab_works_beside_the_first(draft: Page) -> None:
    fill(draft, {"full_name": "Sitti Nurhaliza"})
    kept(draft)
    second = draft.context.new_page()
    second.goto(draft.url)
    expect(second.locator("#full_name")).to_have_value("Sitti Nurhaliza")
    fill(second, boxes(33))
    save(second)
    draft.bring_to_front()
    keys(draft).tab_to("Simpan").enter("/saved")
    assert draft.url == second.url


def test_what_is_pasted_into_the_second_nik_is_refused_until_it_is_typed(draft: Page) -> None:
    keys(draft).tab_to("nik").type(person(34)["nik"]).press("Control+a", "Control+c")
    keys(draft).tab_to("nik_again").press("Control+v")
    kept(draft)
    expect(draft.locator("#nik_again-error")).to_contain_text("Ketik dari KTP")
    expect(draft.locator("#nik_again")).to_have_value("")
    keys(draft).type(person(34)["nik"])
    kept(draft)
    expect(draft.locator("#nik_again-error")).to_be_empty()
