"""What every answer keeps to: headers, no script or style in the markup, nothing personal."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from faces.headers import HEADERS
from schemas.nik import mask_nik
from tests.agent_client.pages import routes
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.standing import STATES
from tests.agent_client.pages.visitor import HX, Answer, Program, Visitor
from tests.builders import person

PEOPLE = [person(n) for n in (*range(1, len(STATES) + 1), 21, 22, 23)]
NAMES = ("nik", "full_name", "mother_name", "phone")


def all_answers(visitor: Visitor, ids: dict[str, str]) -> Iterator[tuple[str, Answer]]:
    """Yield every page, every fragment and some refusals."""
    for path in routes.pages(ids):
        yield path, visitor.get(path)
    for path in ("/line", "/places?kelurahan_text=tal", "/occupations?x_text=da", "/join/state"):
        yield path, visitor.get(path, HX)
    draft = int(ids["draft"])
    yield "typing", visitor.type(draft, boxes(23, nik="737"))
    yield "saving", visitor.save(draft, boxes(23, full_name=""))
    yield "neighbour", visitor.hx(f"/drafts/{draft}/neighbour", boxes(23))
    yield "searching", visitor.post("/queue", {"search": str(PEOPLE[0]["nik"])[-5:]})
    yield "refused", visitor.hx("/drafts/9/form", boxes(23))
    yield "wrong", visitor.post("/unlock", {"seat": "utama", "passphrase": "Daeng"})
    yield "closed", Visitor(visitor.program).get("/queue")


def test_every_answer_has_the_guarding_headers(visitor: Visitor, lived: dict[str, str]) -> None:
    for path, answer in all_answers(visitor, lived):
        told = {name: answer.headers.get(name) for name in HEADERS}
        assert told == HEADERS, path


def test_the_policy_lets_no_markup_run_or_paint() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*", policy)


def test_no_page_has_a_style_a_script_or_an_event_in_its_markup(
    visitor: Visitor, lived: dict[str, str]
) -> None:
    for path, answer in all_answers(visitor, lived):
        for one in answer.markup.elements:
            assert one.tag != "style", path
            assert one.tag != "script" or (one.attrs.get("src") and not one.said), path
            odd = [
                name for name in one.attrs if name == "style" or name.startswith(("on", "hx-on"))
            ]
            assert not odd, f"{path}: {one.tag} {odd}"
            assert "js:" not in str(one.attrs), path


def test_no_page_names_another_host(visitor: Visitor, lived: dict[str, str]) -> None:
    for path, answer in all_answers(visitor, lived):
        for address in answer.markup.addresses():
            ours = re.match(r"/(?!/)|#|data:,$", address)
            assert ours, f"{path} leads to {address}"
        assert "//" not in answer.location, path


def test_no_address_holds_anything_personal(visitor: Visitor, lived: dict[str, str]) -> None:
    personal = [str(one[name]) for one in PEOPLE for name in NAMES]
    for path, answer in all_answers(visitor, lived):
        told = [*answer.markup.addresses(), *(text for _, text in answer.headers)]
        for address in map(unquote, told):
            assert not [one for one in personal if one in address], f"{path}: {address}"


def test_a_search_is_posted(visitor: Visitor) -> None:
    page = visitor.see("/queue")
    (form,) = page.all("form", role="search")
    assert form.attrs["method"] == "post"
    assert not page.all("form", method="get")


def test_no_page_shows_a_whole_nik_or_a_mothers_name_but_the_form(
    visitor: Visitor, lived: dict[str, str]
) -> None:
    form = f"/drafts/{lived['draft']}"
    for path, answer in all_answers(visitor, lived):
        if path in (form, "neighbour"):
            continue
        for one in PEOPLE:
            assert str(one["nik"]) not in answer.text, path
            assert str(one["mother_name"]) not in answer.text or _is_anothers(one), path


def _is_anothers(one: dict[str, object]) -> bool:
    """Two made-up people may have one name."""
    return any(one["mother_name"] == other["full_name"] for other in PEOPLE)


def test_the_form_alone_shows_what_was_typed_into_it(
    visitor: Visitor, lived: dict[str, str]
) -> None:
    page = visitor.see(f"/drafts/{lived['draft']}")
    typed = boxes(23)
    assert page.by_id("nik").attrs["value"] == typed["nik"]
    assert page.by_id("mother_name").attrs["value"] == typed["mother_name"]
    elsewhere = [one for one in page.elements if one.attrs.get("id") not in ("nik", "nik_again")]
    assert not [one for one in elsewhere if typed["nik"] in str(one.attrs)]
    assert typed["nik"] not in page.said("main")


def test_lists_show_masked_niks(visitor: Visitor, lived: dict[str, str]) -> None:
    text = visitor.get("/queue?state=all").text
    assert mask_nik(str(PEOPLE[0]["nik"])) in text


@pytest.mark.parametrize("path", ["/agent/../app.py", "/agent/%2e%2e/app.py", "/faces/..%2f.%2e"])
def test_no_file_outside_is_served(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("path", ["", "%00", "page.js.gz", "page.js%00.css", "etc/passwd"])
def test_no_file_but_a_style_or_script_is_served(visitor: Visitor, path: str) -> None:
    assert visitor.get(f"/agent/{path}").status_code == 404


def test_an_unexpected_failure_tells_and_keeps_nothing_typed(
    program: Program, visitor: Visitor
) -> None:
    draft = visitor.consent()
    with program.kept().vault.writing() as tx:
        tx.execute("alter table captures rename to taken_away")
    typed = boxes(5)
    for answer in (visitor.hx(f"/drafts/{draft}/form", typed), visitor.get(f"/drafts/{draft}")):
        assert answer.status_code == 500
        assert "[unexpected]" in answer.text
    kept = (program.laptop.home / "agent-error.txt").read_text()
    assert "OperationalError" in kept
    for text in (answer.text, kept):
        assert not [name for name in NAMES if typed[name] in text]
        assert "no such table" not in text
