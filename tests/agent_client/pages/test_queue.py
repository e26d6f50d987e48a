"""The queue: counted by the database, found again, and the names of nobody who is hidden."""

import pytest

from agent_client.store import drafts
from agent_client.telling import state_name
from schemas.nik import mask_nik
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.markup import Markup
from tests.agent_client.pages.standing import (
    STATES,
    answer,
    counts,
    notice,
    one_of,
    put,
    restrict,
    wipe,
)
from tests.agent_client.pages.visitor import Program, Visitor
from tests.builders import person

TABS = {
    "waiting": ("waiting", "set_aside", "sealed"),
    "rejected": ("rejected",),
    "in_review": ("in_review",),
    "accepted": ("accepted",),
    "duplicate": ("duplicate",),
    "all": STATES,
}


def tabs(page: Markup) -> dict[str, int]:
    """Return what each tab counts."""
    (nav,) = page.all("nav", class_="tabs")
    links = [one for one in page.all("a") if one.within("nav") is nav]
    counted = [one for one in page.all("b") if one.within("nav") is nav]
    names = [one.attrs["href"].rpartition("=")[2] for one in links]
    return dict(zip(names, (int(one.said) for one in counted), strict=True))


def listed(page: Markup) -> list[str]:
    """Return the records that a page lists."""
    inside = [one for one in page.all("a") if one.within("th") is not None]
    return [one.attrs["href"].removeprefix("/captures/") for one in inside]


def names_of(visitor: Visitor, search: str) -> list[str]:
    """Return whom a search finds."""
    visitor.see("/queue")
    page = visitor.post("/queue", {"search": search}).markup
    return [one.said for one in page.all("a") if one.within("th") is not None]


def test_every_count_is_the_databases(
    program: Program, visitor: Visitor, lived: dict[str, str]
) -> None:
    held = counts(program)
    shown = tabs(visitor.see("/queue"))
    assert shown.pop("draft") == 1
    assert shown == {tab: sum(held[state] for state in states) for tab, states in TABS.items()}
    assert shown["all"] == sum(held.values()) == len(STATES) + 3


def test_counts_follow_every_change(program: Program, visitor: Visitor) -> None:
    record_id = put(program, 1)
    assert tabs(visitor.see("/queue"))["waiting"] == 1
    for verdict in ("in_review", "rejected", "accepted"):
        answer(program, record_id, verdict)
        shown = tabs(visitor.see("/queue"))
        assert {tab: count for tab, count in shown.items() if count} == {verdict: 1, "all": 1}


@pytest.mark.parametrize("state", STATES)
def test_each_state_is_listed_behind_its_tabs(
    program: Program, visitor: Visitor, state: str
) -> None:
    record_id = one_of(program, state, 1)
    for tab, states in TABS.items():
        page = visitor.see(f"/queue?state={tab}")
        assert (record_id in listed(page)) == (state in states), tab
    assert state_name(state, "id") in visitor.see("/queue?state=all").said("main")


def test_an_unknown_tab_is_none(visitor: Visitor) -> None:
    for odd in ("../x", "%00", "all'--", "Waiting"):
        assert visitor.get(f"/queue?state={odd}").status_code == 200


def test_what_asks_something_of_the_agent_comes_first(program: Program, visitor: Visitor) -> None:
    put(program, 1)
    record_id = one_of(program, "rejected", 2)
    page = visitor.see("/queue")
    assert listed(page) == [record_id]
    assert page.all("a", href="/queue?state=rejected", aria_current="page")


def test_pages_follow_each_other_newest_first(program: Program, visitor: Visitor) -> None:
    ids = [put(program, n) for n in range(1, 54)]
    first = visitor.see("/queue?state=waiting")
    found = [listed(first)]
    for number in ("2", "3"):
        found.append(listed(visitor.post("/queue?state=waiting", {"page": number}).markup))
    assert [len(one) for one in found] == [25, 25, 3]
    assert [one for page in found for one in page] == ids[::-1]
    assert "1 / 3" in first.said("main")


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999", "9" * 30, "", "1.5", "²"])
def test_an_odd_page_number_is_no_failure(program: Program, visitor: Visitor, number: str) -> None:
    put(program, 1)
    visitor.see("/queue")
    assert visitor.post("/queue?state=all", {"page": number}).status_code == 200
    assert visitor.get(f"/queue?state=all&page={number}").status_code == 200


def test_a_search_turns_its_pages(program: Program, visitor: Visitor) -> None:
    for n in range(1, 31):
        put(program, n, alias=f"Daeng Uji {n}")
    visitor.see("/queue")
    second = visitor.post("/queue?state=all", {"search": "daeng uji", "page": "2"}).markup
    assert len(listed(second)) == 5
    assert second.by_id("search").attrs["value"] == "daeng uji"


def test_names_aliases_and_last_digits_find(program: Program, visitor: Visitor) -> None:
    put(program, 1, alias="Daeng Te'ne")
    put(program, 2)
    one, other = person(1), person(2)
    for text in (str(one["full_name"])[:6].upper(), "te'ne", str(one["nik"])[-6:]):
        assert names_of(visitor, text) == [one["full_name"]]
    assert names_of(visitor, str(other["full_name"]).casefold()) == [other["full_name"]]


def test_drafts_are_found_too(visitor: Visitor) -> None:
    draft = visitor.consent()
    typed = boxes(1, alias="Daeng Caya", birth_date="")
    visitor.type(draft, typed)
    for text in ("caya", typed["full_name"], typed["nik"][-5:]):
        assert names_of(visitor, text) == [typed["full_name"]]


@pytest.mark.parametrize("text", ["zzz", "%", "_", "' or 1=1 --", "\x00", "😀", "01", "x" * 500])
def test_what_nobody_has_finds_nobody(program: Program, visitor: Visitor, text: str) -> None:
    put(program, 1)
    assert names_of(visitor, text) == []
    assert "Tidak ada yang cocok" in visitor.post("/queue", {"search": text}).text


@pytest.mark.parametrize("path", ["/queue?state=all", "/captures/{}", "/captures/{}/saved"])
def test_who_is_restricted_or_purged_is_shown_without_a_name(
    program: Program, visitor: Visitor, path: str
) -> None:
    hidden, gone = one_of(program, "accepted", 1), one_of(program, "accepted", 2)
    restrict(program, hidden)
    wipe(program, gone, days=14)
    for record_id, word in ((hidden, "(dibatasi)"), (gone, "(dihapus)")):
        text = visitor.get(path.format(record_id)).text
        assert word in text
        for n in (1, 2):
            secret = (str(person(n)[name]) for name in ("full_name", "phone", "nik"))
            assert not [one for one in secret if one in text]
            assert mask_nik(str(person(n)["nik"])) not in text


def test_a_receipt_shows_no_name_of_who_is_hidden(program: Program, visitor: Visitor) -> None:
    record_id = one_of(program, "accepted", 1)
    restrict(program, record_id)
    assert str(person(1)["full_name"]) not in visitor.get(f"/captures/{record_id}/receipt").text


def test_a_notice_stands_there_until_it_is_read(program: Program, visitor: Visitor) -> None:
    record_id = one_of(program, "accepted", 1)
    notice(program, "Bawa kartu", record_id)
    for _ in range(2):
        page = visitor.see("/queue")
        assert "Bawa kartu" in page.said("notice-1")
        assert page.all("a", href=f"/captures/{record_id}")
    (form,) = [one for one in page.all("form") if one.within("div") is page.by_id("notice-1")]
    assert visitor.post(form.attrs["action"]).location == "/queue"
    assert "Bawa kartu" not in visitor.get("/queue").text


def test_a_draft_of_another_program_is_listed_whatever_is_in_it(
    program: Program, visitor: Visitor
) -> None:
    with program.kept().vault.writing() as tx:
        typed = {"nik": 7371, "full_name": ["Siti"], "months": None}
        now = program.laptop.desk.now()
        drafts.add_draft(tx, typed, (), now=now, source="daftar.xlsx:3", row_digest="r")
    page = visitor.see("/queue?state=draft")
    assert "daftar.xlsx:3" in page.said("main")
