"""A laptop is revoked, or taken out of service: the desk and the real laptop agree on it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.agent_process import AgentProcess
from tests.browser.desk_door import LONG, add_chief, sign_in
from tests.browser.desk_laptops import bring, command, exchange, line
from tests.browser.keyboard import keys
from tests.browser.served_office import ServedOffice

SENT, WAITING = (401, 402), 403
ONE = re.compile(r"/laptops/[0-9a-f-]{36}$")


@pytest.fixture
def laptop(served_office: ServedOffice, joined_agent: AgentProcess) -> AgentProcess:
    """A laptop with two records at the office and one that waits."""
    add_chief(served_office)
    bring(joined_agent, *map(line, SENT))
    assert set(exchange(joined_agent).values()) == {"accepted/new"}
    bring(joined_agent, line(WAITING))
    return joined_agent


def test_a_lost_laptop_is_refused_and_holds_nothing_any_more(
    served_office: ServedOffice, laptop: AgentProcess, page: Page
) -> None:
    open_laptop(page, served_office)
    keys(page).press("c")
    expect(page).to_have_url(re.compile("/revoke$"), timeout=LONG)
    keys(page).press("2").tab_to("reason").type("Dicuri di pasar").press("Enter")
    expect(page).to_have_url(re.compile("/lost$"), timeout=LONG)
    expect(page.locator(".deadline")).to_contain_text("Tenggat surat")
    expect(page.locator(".desk-table tbody tr")).to_have_count(len(SENT))
    keys(page).press("1")
    expect(page.get_by_text("Pemberitahuan kegagalan pelindungan")).to_be_visible(timeout=LONG)
    assert command(laptop, "sync", ends=1)["problem"]["code"] == "device_revoked"
    held = command(laptop, "list")["captures"]
    assert [one["state"] for one in held] == ["accepted", "accepted", "sealed"]
    assert {(one["name"], one["nik"]) for one in held} == {(None, None)}


def test_a_laptop_is_safe_to_wipe_on_both_ends(
    served_office: ServedOffice, laptop: AgentProcess, page: Page
) -> None:
    open_laptop(page, served_office)
    keys(page).press("t")
    expect(page).to_have_url(re.compile("/retire$"), timeout=LONG)
    keys(page).press("y")
    expect(page).to_have_url(ONE, timeout=LONG)
    expect(page.locator("main")).to_contain_text("belum; laptop tahu saat melapor lagi")
    command(laptop, "sync")
    told = command(laptop, "status")["retiring"]
    assert (told["pairs"], told["waiting"], told["missing"]) == (len(SENT) + 1, 0, 0)
    assert told["safe_at"]
    page.reload()
    expect(page.locator(".page-head")).to_contain_text("Aman dihapus")
    expect(page.locator("main")).to_contain_text("tidak ada yang hilang bersamanya")


def open_laptop(page: Page, office: ServedOffice) -> None:
    """Sign in, and open the only laptop."""
    sign_in(page, office, to="/laptops")
    keys(page).press("j")
    expect(page).to_have_url(ONE, timeout=LONG)
