"""What happens while a supervisor looks at a case: the session ends, somebody else decides."""

import re
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from server import review
from server.store.desk_tables import sign_ins
from tests.browser.desk_door import ADMIN, CHIEF, LONG, PASSWORD, sign_in
from tests.browser.guard import Guard
from tests.browser.keyboard import keys
from tests.browser.served_office import ServedOffice

CASE = re.compile(r"/cases/[0-9a-f-]{36}")
NOTE = "Sudah saya telepon <b>agennya</b>"


def test_a_session_that_ends_in_the_middle_loses_nothing(
    busy_office: ServedOffice, page: Page, guard: Guard
) -> None:
    guard.expect("status of 401")
    guard.expect("status of 403")
    begin_to_decide(page, busy_office)
    end_sessions(busy_office)
    keys(page).tab_to("Putuskan Enter").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Sesi berakhir", timeout=LONG)
    expect(dialog.locator("[name=name]")).to_be_focused()
    keys(page).type(CHIEF).tab_to("password").type("ikan busuk").press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Nama atau kata sandi salah", timeout=LONG)
    keys(page).tab_to("password").type(PASSWORD).press("Enter")
    expect(dialog).to_be_hidden(timeout=LONG)
    expect(page.locator("#banner")).to_contain_text("Anda sudah masuk lagi")
    expect(page.locator("#note")).to_have_value(NOTE)
    expect(page.get_by_role("button", name="Putuskan")).to_be_focused()
    with page.expect_navigation():
        keys(page).press("Enter")
    expect(page.locator("#done")).to_contain_text("Dicatat: orang", timeout=LONG)


def begin_to_decide(page: Page, office: ServedOffice) -> str:
    """Open the oldest conflict, choose the first decision, write a note; return the case."""
    sign_in(page, office, to="/cases?kind=nik_conflict")
    keys(page).press("j")
    expect(page).to_have_url(CASE, timeout=LONG)
    keys(page).press("1").tab_to("note").type(NOTE)
    (found,) = re.findall(r"/cases/([0-9a-f-]{36})", page.url)
    return str(found)


def end_sessions(office: ServedOffice) -> None:
    """Let everybody have been away for longer than a sign-in lasts unused."""
    away = datetime.now(UTC) - timedelta(minutes=office.office.settings.session_minutes + 1)
    with office.office.store.write() as tx:
        tx.execute(sa.update(sign_ins).values(seen_at=away))


def test_what_somebody_else_decided_meanwhile_is_told(
    busy_office: ServedOffice, page: Page, guard: Guard
) -> None:
    guard.expect("status of 409")
    case_id = begin_to_decide(page, busy_office)
    review.decide(busy_office.office, case_id, "same", by=ADMIN)
    keys(page).tab_to("Putuskan Enter").press("Enter")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("[case_decided]", timeout=LONG)
    expect(told).to_be_focused()
    expect(page.get_by_role("heading", name="Keputusan: orang yang sama")).to_be_visible()
    expect(page.locator("#decided-title + p")).to_contain_text(ADMIN)
    expect(page.locator("#note")).to_have_value(NOTE)
    with page.expect_navigation():
        keys(page).press("u")
    expect(page.locator("#done")).to_contain_text("keputusan dibatalkan", timeout=LONG)
