"""An agent at a worker's door: what is pressed on the page, box after box, by keys alone."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from playwright.sync_api import Page, expect

from tests.browser.agent_process import PASSPHRASE
from tests.browser.keyboard import Keys, keys
from tests.builders import person

LISTS: Final = frozenset({"kelurahan", "work_kelurahan", "occupation", "second_occupation"})
CHOICES: Final = frozenset({"sex", "nik_reason", "phone_owner", "programmes", "sector", "payer"})
TICKS: Final = frozenset({"unknown_mother", "employer", "prior_member"})
WOMAN, MAN = "1", "2"
"""Keys of the choices of `sex`."""


def boxes(n: int, **others: str) -> dict[str, str]:
    """Return what is typed for person `n` of tests.builders, box by box in the page's order.

    A choice has the key that chooses it, a list a few letters; "" leaves a box alone.
    """
    one = person(n)
    usual = {
        "nik": one["nik"],
        "nik_again": one["nik"],
        "full_name": one["full_name"],
        "alias": f"Daeng {one['full_name'].split()[1]}",
        "birth_date": f"{date.fromisoformat(one['birth_date']):%d-%m-%Y}",
        "sex": WOMAN if one["sex"] == "F" else MAN,
        "nik_reason": "",
        "mother_name": one["mother_name"],
        "phone_owner": "1",
        "phone": "0812 3456 7890",
        "kelurahan": "kaluk",
        "rw": "2",
        "rt": "4",
        "street": "",
        "lorong": "Lorong 4",
        "landmark": "Depan musala",
        "occupation": "pasar",
        "monthly_income": "2.500.000",
        "programmes": "1",
        "months": "",
    }
    return {name: text for name, text in {**usual, **others}.items() if text}


def unlock(page: Page, link: str, to: str = "/captures/new") -> Keys:
    """Come in by a link, and unlock the only seat; `to` is the page that follows."""
    page.goto(link)
    return keys(page).tab_to("passphrase").type(PASSPHRASE).enter(to)


def consent(page: Page) -> Keys:
    """Begin with a worker who agreed, from wherever on the page of a new capture."""
    return keys(page).tab_to("Pekerja setuju, mulai mengisi").enter("/drafts/*")


def fill(page: Page, typed: Mapping[str, str]) -> Keys:
    """Fill boxes in, from the first to the last."""
    at = keys(page)
    for name, text in typed.items():
        at.tab_to(name)
        if name in LISTS:
            pick(page, name, text)
        elif name in CHOICES or name in TICKS:
            at.press(text)
        else:
            at.type(text)
    return at


def pick(page: Page, name: str, letters: str) -> None:
    """Type letters into a box with a list, and take the first that it offers."""
    keys(page).type(letters).press("Enter")
    expect(page.locator(f"#{name}-code")).not_to_have_value("")


def save(page: Page) -> Keys:
    """Save what is filled in; the page after it says that it is."""
    return keys(page).tab_to("Simpan").enter("/captures/*/saved")


def capture(page: Page, typed: Mapping[str, str]) -> Keys:
    """Capture a worker without trouble, from anywhere in the page."""
    page.goto(page.url.partition("/captures")[0] + "/captures/new")
    consent(page)
    fill(page, typed)
    return save(page)


def kept(page: Page) -> None:
    """Wait until the page says that what is typed lies on the disk."""
    expect(page.locator("#kept:not([data-pending])")).to_contain_text("Draf tersimpan")


def shown(page: Page) -> dict[str, Any]:
    """Return what stands in the boxes of a draft, by name; choices by their value."""
    found: dict[str, Any] = page.evaluate(
        """() => Object.fromEntries([...new FormData(document.getElementById("capture"))]
            .filter(([name, text]) => text && !["elapsed_s", "at", "tried"].includes(name)))"""
    )
    return found
