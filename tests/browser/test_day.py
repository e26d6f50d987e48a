"""A whole day of an agent, from the first start to the lock, by the keyboard alone."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from faces.formats import rupiah
from schemas.envelope import rfc3339
from schemas.tariff import contribution_due, relief_until, seed_tariff
from server import known
from server.store.tables import ledger
from tests.browser.agent_process import PASSPHRASE, AgentProcess
from tests.browser.door import boxes, consent, fill, kept, save, shown, unlock
from tests.browser.guard import Guard
from tests.browser.keyboard import keys
from tests.browser.served_office import ServedOffice
from tests.builders import content, person
from tests.offices import Desk

PLAIN, KNOWN, DISAGREEING, REJECTED, CUT = 11, 12, 13, 14, 15
AS_ON_CARD = "1"


@pytest.fixture
def office(served_office: ServedOffice) -> ServedOffice:
    """An office to which another agent has brought person KNOWN, and that lets laptops know."""
    now = datetime.now(UTC)
    laptop = Desk(served_office.office).join()
    brought = content(KNOWN, first_month=f"{now:%Y-%m}", consent_at=rfc3339(now))
    assert laptop.send(laptop.envelope(brought, captured_at=rfc3339(now)))[0][0] == "accepted"
    known.build_known_niks(served_office.office)
    return served_office


def test_a_whole_day_by_keys_alone(
    office: ServedOffice, agent_process: AgentProcess, page: Page, guard: Guard
) -> None:
    guard.expect_gone()
    page.add_init_script("window.print = () => { document.body.dataset.printed = 'yes'; }")
    join(page, agent_process.start(), office)
    capture_a_plain_one(page)
    capture_one_who_is_known(page)
    capture_one_whose_card_disagrees(page)
    says(page, "Semua sudah terkirim")
    office.cut()
    capture_one_without_a_line(page)
    lose_power_in_the_middle(page, agent_process)
    office.open(LORONG_MONTHS="1,2,3,6")
    says(page, "Semua sudah terkirim")
    correct_what_was_rejected(page)
    see_own_performance(page)
    print_a_receipt(page)
    lock_and_unlock(page)
    with office.office.store.read() as tx:
        counted = Counter(tx.scalars(sa.select(ledger.c.verdict)))
    assert counted == {"accepted": 5, "duplicate": 1, "superseded": 1}


def join(page: Page, link: str, office: ServedOffice) -> None:
    page.goto(link)
    at = keys(page).tab_to("label").type("Daeng Sutte").press("Enter")
    at.type(office.url).press("Enter").type(office.add_agent()).press("Enter")
    at.type("Laptop Tallo 2").press("Enter").type(PASSPHRASE).press("Enter")
    at.type(PASSPHRASE).press("Enter").enter("/captures/new")


def capture_a_plain_one(page: Page) -> None:
    consent(page)
    typed = boxes(PLAIN)
    assert keys(page).focused()["name"] == "nik"
    fill(page, {"nik": typed.pop("nik")}).press("Control+a", "Control+c")
    keys(page).tab_to("nik_again").press("Control+v")
    expect(page.locator("#nik_again-error")).to_contain_text("tidak dapat ditempel")
    expect(page.locator("#nik_again")).to_have_value("")
    fill(page, typed)
    month = page.locator("#first_month").input_value()
    due = contribution_due(2_500_000, ["JKK", "JKM"], "other", "self", month, 1, seed_tariff())
    expect(page.locator("#amount output")).to_have_text(rupiah(due.total))
    halved = relief_until("other", "self", month, seed_tariff())
    told = "JKK dan JKM dibayar separuh" if halved else "Tarif penuh"
    expect(page.locator("#amount")).to_contain_text(told)
    save(page)


def capture_one_who_is_known(page: Page) -> None:
    keys(page).enter("/captures/new")
    consent(page)
    fill(page, boxes(KNOWN))
    expect(page.locator("#hints")).to_contain_text("kemungkinan sudah terdaftar")
    keys(page).tab_to("Simpan").enter()
    expect(page.locator("#hint_reason")).to_be_focused()
    keys(page).type("Kartu lamanya tidak aktif")
    save(page)


def capture_one_whose_card_disagrees(page: Page) -> None:
    keys(page).enter("/captures/new")
    consent(page)
    fill(page, boxes(DISAGREEING, birth_date="17-08-1980"))
    expect(page.locator("#nik-differs")).to_contain_text("sesuai KTP")
    keys(page).tab_to("Simpan").enter()
    expect(page.locator("[name=nik_reason]")).to_be_focused()
    keys(page).press(AS_ON_CARD)
    save(page)


def capture_one_without_a_line(page: Page) -> None:
    keys(page).tab_to("Isian berikutnya").enter("/captures/new")
    consent(page)
    fill(page, boxes(REJECTED, months="12"))
    save(page)
    says(page, "1 menunggu, tidak ada jaringan ke kantor")


def lose_power_in_the_middle(page: Page, laptop: AgentProcess) -> None:
    keys(page).enter("/captures/new")
    consent(page)
    typed = boxes(CUT)
    half = dict(list(typed.items())[:9])
    fill(page, half)
    kept(page)
    before = shown(page)
    unlock(page, laptop.restart())
    keys(page).tab_to("Antrean").enter("/queue")
    keys(page).tab_to("Draf 1").enter("/queue?state=draft")
    keys(page).tab_to(person(CUT)["full_name"]).enter("/drafts/*")
    assert shown(page) == before
    fill(page, {name: text for name, text in typed.items() if name not in half})
    save(page)
    says(page, "2 menunggu")


def correct_what_was_rejected(page: Page) -> None:
    keys(page).tab_to("Antrean").enter("/queue")
    keys(page).tab_to(person(REJECTED)["full_name"]).enter("/captures/*")
    expect(page.locator("h1")).to_contain_text("ditolak")
    keys(page).tab_to("Perbaiki").enter("/drafts/*")
    expect(page.locator("#months")).to_be_focused()
    expect(page.locator("#months")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#months-error")).to_contain_text("pilihan")
    keys(page).press("6")
    save(page)
    keys(page).tab_to("Kirim sekarang").enter()
    says(page, "Semua sudah terkirim")
    keys(page).tab_to("Antrean").enter("/queue")
    expect(page.locator(".tabs")).to_contain_text(re.compile(r"Perlu diperbaiki\s+0"))
    expect(page.locator(".tabs")).to_contain_text(re.compile(r"Diterima\s+4"))


def see_own_performance(page: Page) -> None:
    keys(page).tab_to("Kinerja saya").enter("/performance")
    text = page.locator("main")
    for words in ("4 dari target 25", "peringkat dari 1", "estimasi", "Bagian dari iuran"):
        expect(text).to_contain_text(words)
    expect(page.get_by_role("img", name="Diterima per hari")).to_be_visible()


def print_a_receipt(page: Page) -> None:
    keys(page).tab_to("Antrean").enter("/queue")
    keys(page).tab_to("Diterima 4").enter("/queue?state=accepted")
    keys(page).tab_to(person(PLAIN)["full_name"]).enter("/captures/*")
    keys(page).tab_to("Tanda terima").enter("/receipt")
    keys(page).tab_to("Cetak").press("Enter")
    expect(page.locator("body")).to_have_attribute("data-printed", "yes")
    page.emulate_media(media="print")
    expect(page.locator("header")).to_be_hidden()
    expect(page.get_by_role("button", name="Cetak")).to_be_hidden()
    expect(page.locator(".print-sheet")).to_contain_text("Jawaban kantor")
    assert person(PLAIN)["nik"] not in page.content()
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    page.emulate_media(media="screen")


def lock_and_unlock(page: Page) -> None:
    left = page.url
    keys(page).tab_to("Kunci sekarang").enter("/unlock")
    page.goto(left)
    expect(page.locator("h1")).to_have_text("Buka kunci")
    keys(page).tab_to("passphrase").type(PASSPHRASE).enter("/receipt")


def says(page: Page, words: str) -> None:
    """Wait until the line on top says something."""
    expect(page.locator("#line")).to_contain_text(words, timeout=20_000)
