"""Every page in both languages, on a laptop that has seen something of everything."""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from agent_client.app import create_app
from agent_client.gate import Gate
from agent_client.house import House
from agent_client.kept import Keeper
from agent_client.store import captures, drafts, notices
from scripts.build_translations import End, build, pairs
from sync.problems import LineProblem
from tests.agent_client.laptops import NOW, PASSPHRASE, open_vault, outbox_of, save
from tests.agent_client.office_line import AgentLaptop
from tests.agent_client.proving import DAY
from tests.builders import content

SEAT = "utama"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
INDONESIAN = "yang|dan|tidak|belum|untuk|dengan|dari|atau|sudah|ini|pekerja|iuran|bulan|kode"
ENGLISH = "the|and|not|yet|for|with|from|or|already|this|worker|contribution|month|code"
OTHER = {
    lang: re.compile(rf"\b({words})\b", re.IGNORECASE)
    for lang, words in {"en": INDONESIAN, "id": ENGLISH}.items()
}
"""Words of the other language that stand in nearly all of its sentences."""
ENGLISH_OF = dict(pairs(build(End("agent_client")))) | {"Makassar": "Makassar"}
"""The catalogue; Makassar is a language in it, and a city everywhere else."""


class Page(HTMLParser):
    """What people see of a page, but not what is said to be of another language."""

    def __init__(self, answer: TestResponse) -> None:
        super().__init__()
        self.lang, self.texts, self._foreign = "", list[str](), False
        self.feed(answer.text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "html":
            self.lang = known.get("lang") or ""
        self._foreign = tag != "html" and "lang" in known
        seen = ("aria-label", "data-confirm", "data-no-paste", "placeholder")
        self.texts += [known[name] or "" for name in seen if name in known]

    def handle_endtag(self, tag: str) -> None:
        self._foreign = False

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._foreign:
            self.texts.append(" ".join(data.split()))


class Browser:
    """Somebody who came by a link; forms are sent with the token of the page before."""

    def __init__(self, house: House, app: Flask) -> None:
        self.client: Client = app.test_client()
        self.house, self.last = house, ""
        self.get(f"/enter/{house.gate.link()}")

    def get(self, path: str) -> TestResponse:
        return self._seen(self.client.get(path, base_url="http://127.0.0.1"))

    def post(self, path: str, **form: str) -> TestResponse:
        token = TOKEN.search(self.last)
        sent = {"csrf_token": token[1] if token else "", **form}
        return self._seen(self.client.post(path, data=sent, base_url="http://127.0.0.1"))

    def speak(self, lang: str, at: str = "/") -> TestResponse:
        self.get("/unlock")
        return self.post("/language", lang=lang, at=at)

    def unlock(self) -> None:
        self.get("/unlock")
        assert self.post("/unlock", seat=SEAT, passphrase=PASSPHRASE).status_code == 303

    def _seen(self, answer: TestResponse) -> TestResponse:
        if TOKEN.search(answer.text):
            self.last = answer.text
        return answer


def start(laptop: AgentLaptop) -> tuple[House, Flask]:
    """Start the program on a laptop."""
    gate = Gate(b"k" * 32, lock_seconds=900)
    house = House(laptop.session(), gate, Keeper(12, gate.lock_seat))
    return house, create_app(house)


@pytest.fixture
def lived(bare: AgentLaptop) -> AgentLaptop:
    """A laptop with drafts, a notice, and captures in every state, now without a line."""
    bare.join()
    bare.capture(content(1))
    bare.capture(content(2, second_occupation="ojek-pangkalan", email="a@contoh.id"))
    assert bare.run("sync").exit_code == 0
    bare.problem = LineProblem("line_failed")
    opened = open_vault(bare.home)
    outbox = outbox_of(opened)
    acks = [
        {"verdict": "duplicate", "reason": "member"},
        {"verdict": "in_review", "reason": "nik_conflict", "flags": ["near_match"]},
        {"verdict": "rejected", "reason": "invalid", "errors": ERRORS},
        {"verdict": "superseded", "reason": "corrected", "corrected_by": "0" * 36},
        {"verdict": "retry", "reason": "not_decided"},
    ]
    for number, said in enumerate(acks, start=3):
        record_id = save(outbox, content(number))
        about = {"record_id": record_id, "digest": dict(outbox.held(None, 99))[record_id]}
        changes = [{"kind": "restrict", "record_id": record_id, "on": number == 3}]
        outbox.settle({"acks": [{**about, **said}], "changes": changes}, receipt=None, now=NOW)
    outbox.set_aside(save(outbox, content(20)), "faulty", NOW)
    save(outbox, content(21))
    with opened.writing() as tx:
        drafts.add_draft(tx, {}, (), now=NOW, source="daftar.xlsx:12")
        notices.keep_notice(tx, NOTICE, NOW)
    opened.close()
    return bare


ERRORS = [{"field": "nik", "code": "nik_date"}, {"field": "months", "code": "required"}]
NOTICE = {"notice_id": "n", "text_id": "Rapat pada hari Senin.", "text_en": "Meeting on Monday."}
FORM = {
    "nik": "7371014107900001",
    "nik_again": "7371014107900002",
    "full_name": "Ahmad Alwi Latief",
    "birth_date": "31-12-1990",
    "sex": "M",
    "occupation": "pedagang-pasar",
    "monthly_income": "1.500.000",
    "programmes": "3",
    "first_month": "2026-12",
    "months": "6",
    "payer": "self",
    "kelurahan": "73.71.07.1001",
    "phone_owner": "none",
    "phone": "12",
}


def closed_pages(browser: Browser) -> Iterator[tuple[str, TestResponse]]:
    """Yield what is seen before anything is unlocked."""
    yield "unlock", browser.get("/unlock")
    yield "wrong passphrase", browser.post("/unlock", seat=SEAT, passphrase="salah sekali")
    yield "join", browser.get("/join")
    yield "join, empty", browser.post("/join", address="https://kantor.test")
    yield "join, too short", browser.post("/join", **JOINING, passphrase="a", passphrase_again="a")
    yield "a form of before", browser.client.post("/unlock", base_url="http://127.0.0.1")


JOINING = {"label": "Sitti", "address": "https://kantor.test", "code": "1", "laptop": "Dua"}


def form_pages(browser: Browser, ids: Mapping[str, str]) -> Iterator[tuple[str, TestResponse]]:
    """Yield the form in all its stages."""
    yield "consent", browser.get("/captures/new")
    draft = browser.post("/drafts", consent_method="read", consent_language="mak").location
    yield "form", browser.get(draft)
    yield "form, typed", browser.post(f"{draft}/form", **FORM, at="nik")
    yield "form, tried", browser.post(f"{draft}/save", **FORM, tried="1")
    known = {**content(21), "nik_again": content(21)["nik"]}
    known = {name: str(text) for name, text in known.items() if name in FORM}
    yield "form, known here", browser.post(f"{draft}/save", **known, tried="1")
    yield "form again", browser.get(draft)
    yield "neighbour", browser.post(f"{draft}/neighbour")
    yield "draft of a list", browser.get("/drafts/1")
    correction = browser.post(f"/captures/{ids['rejected']}/correct").location
    yield "correction", browser.get(correction)
    yield "corrected", browser.post(f"{correction}/save", **FORM)
    yield "options", browser.get("/occupations?occupation_text=ojek")


def other_pages(browser: Browser, ids: Mapping[str, str]) -> Iterator[tuple[str, TestResponse]]:
    """Yield all that is neither the form nor the way in."""
    for state in ("draft", "waiting", "rejected", "in_review", "accepted", "duplicate", "all"):
        yield f"queue, {state}", browser.get(f"/queue?state={state}")
    yield "queue, sought", browser.post("/queue", search="zzz")
    for state, record_id in ids.items():
        yield f"story, {state}", browser.get(f"/captures/{record_id}")
        yield f"receipt, {state}", browser.get(f"/captures/{record_id}/receipt")
    yield "saved", browser.get(f"/captures/{ids['waiting']}/saved")
    yield "line", browser.get("/line")
    yield "proofs", browser.get("/proofs")
    for day in (DAY.isoformat(), "2020-01-01"):
        yield f"proof, {day}", browser.get(f"/proofs/{day}")
    for month in ("2026-11", "2026-10"):
        yield f"performance, {month}", browser.get(f"/performance?month={month}")
    yield "joined", browser.get("/join")
    yield "settings", browser.get("/settings")
    yield "copy", browser.post("/settings/copy", folder="/nowhere/at/all")
    yield "passphrase", browser.post("/settings/passphrase", passphrase="a", passphrase_again="b")
    new = {"passphrase": PASSPHRASE + "!", "passphrase_again": PASSPHRASE + "!"}
    yield "changed", browser.post("/settings/passphrase", passphrase_old=PASSPHRASE, **new)
    yield "no such page", browser.get("/nowhere")
    yield "no such record", browser.get("/captures/none")
    yield "no such draft", browser.get("/drafts/999")


def ids_by_state(browser: Browser) -> dict[str, str]:
    kept = browser.house.keeper.kept(SEAT)
    assert kept is not None
    with kept.vault.reading() as tx:
        found, _ = captures.newest_captures(tx, (), None, limit=99, offset=0)
    return {one.state: one.record_id for one in found}


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_page_is_in_the_language_alone(lived: AgentLaptop, lang: str) -> None:
    house, app = start(lived)
    browser = Browser(house, app)
    browser.speak(lang)
    seen = dict(closed_pages(browser))
    browser.unlock()
    ids = ids_by_state(browser)
    assert len(ids) == 7
    seen |= dict(form_pages(browser, ids)) | dict(other_pages(browser, ids))
    seen["closed"] = browser.get("/enter/used")
    house.keeper.close_all()
    for name, answer in seen.items():
        page = Page(answer)
        assert answer.status_code < 500, name
        assert page.lang == (lang if "<html" in answer.text else ""), name
        assert [text for text in page.texts if OTHER[lang].search(text)] == [], name
        if lang == "en":
            assert [text for text in page.texts if ENGLISH_OF.get(text, text) != text] == [], name
    assert seen["joined"].text.count("banner-good") == 1


def test_the_language_stays_on_the_page_and_through_a_restart(lived: AgentLaptop) -> None:
    house, app = start(lived)
    browser = Browser(house, app)
    browser.unlock()
    assert Page(browser.get("/settings")).lang == "id"
    answer = browser.post("/language", lang="en", at="/settings")
    assert (answer.status_code, answer.location) == (303, "/settings")
    page = Page(browser.get(answer.location))
    assert (page.lang, "Settings" in page.texts) == ("en", True)
    house.keeper.close_all()

    house, again = start(lived)
    kept = browser.client.get_cookie("lorong_lang", "127.0.0.1")
    browser.client.application = again
    assert (kept.value, kept.http_only, kept.same_site) == ("en", True, "Strict")
    assert Page(browser.get("/settings")).lang == "en"
    browser.get(f"/enter/{house.gate.link()}")
    assert Page(browser.get("/unlock")).lang == "en"
    browser.post("/language", lang="id", at="/unlock")
    assert Page(browser.get("/unlock")).lang == "id"


@pytest.mark.parametrize("path", ["/settings/passphrase", "/settings/copy"])
def test_a_page_that_answers_a_form_leads_back_to_where_it_stood(
    lived: AgentLaptop, path: str
) -> None:
    house, app = start(lived)
    browser = Browser(house, app)
    browser.unlock()
    browser.get("/settings")
    page = browser.post(path)
    assert 'name="at" value="/settings"' in page.text
    assert f'name="at" value="{path}"' not in page.text
    house.keeper.close_all()


@pytest.mark.parametrize("lang", ["", "de", "ID; drop"])
def test_an_unknown_language_is_indonesian(lived: AgentLaptop, lang: str) -> None:
    house, app = start(lived)
    browser = Browser(house, app)
    browser.speak(lang)
    assert Page(browser.get("/unlock")).lang == "id"
    browser.client.set_cookie("lorong_lang", lang, domain="127.0.0.1")
    assert Page(browser.get("/unlock")).lang == "id"
