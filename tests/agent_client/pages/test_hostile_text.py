"""Whatever is typed into a box is text wherever it is shown, and breaks no page."""

import pytest

from agent_client.form import BOXES, TICKS
from agent_client.store import captures
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.standing import answer, notice
from tests.agent_client.pages.visitor import Program, Visitor

TEXTS = ("full_name", "alias", "mother_name", "street", "lorong", "landmark", "note", "workplace")
MARK = "<script>alert(1)</script><b id=x>"
HOSTILE = [
    MARK,
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "{{ 7*7 }}{% for x in () %}",
    "%(name)s %s %d {0} {field} {0.__class__}",
    "</textarea></form><form action=//jahat.test>",
    "javascript:alert(1)",
    "&lt;b&gt; &amp; &#x3c;",
    "\u202eabc\u0000\u0007\ud7ff",
    "Ñoñó ᨅᨔ 😀 O'Neil-Daeng",
]
ODD = [
    "\x00",
    "😀" * 200,
    "9" * 600,
    "-1",
    "1e9",
    "NaN",
    "²",
    "٣١-١٢-١٩٩٠",
    "None",
    "[]",
    "{}",
    "0",
]


def dressed(text: str) -> dict[str, str]:
    """Return the boxes of person 1 with a text in each that takes any."""
    return boxes(1, **dict.fromkeys(TEXTS, text))


def assert_plain(visitor: Visitor, path: str, text: str) -> str:
    """See that a page is as any other, apart from its words; return what it says."""
    page = visitor.see(path)
    assert not [one for one in page.elements if one.tag in ("script", "img") and not one.attrs]
    assert not [one for one in page.elements if one.attrs.get("id") == "x"]
    assert not [one for one in page.all("img") if one.attrs.get("src") == "x"]
    assert not [one for one in page.elements if {"onerror", "onfocus"} & one.attrs.keys()]
    assert not [one for one in page.all("form") if "jahat" in one.attrs.get("action", "")]
    return page.said("main")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_draft_shows_it_as_it_was_typed(visitor: Visitor, text: str) -> None:
    draft = visitor.consent()
    visitor.type(draft, dressed(text))
    assert_plain(visitor, f"/drafts/{draft}", text)
    page = visitor.see(f"/drafts/{draft}")
    for name in TEXTS:
        assert page.by_id(name).attrs["value"] == text.replace("\x00", "\ufffd") or "\x00" in text
    assert_plain(visitor, "/queue?state=draft", text)
    answer_ = visitor.save(draft, dressed(text))
    assert answer_.status_code == 200


@pytest.mark.parametrize("text", HOSTILE[:-2])
def test_a_record_shows_it_on_each_of_its_pages(
    program: Program, visitor: Visitor, text: str
) -> None:
    """A capture that an older program let in, whatever its name is."""
    record_id = visitor.enrol(boxes(1, landmark=text, note=text, workplace=text))
    with program.kept().vault.writing() as tx:
        tx.execute("update captures set name = ?, sought = ?", [text, text.casefold()])
    for end in ("", "/receipt", "/saved"):
        assert " ".join(text.split()) in assert_plain(visitor, f"/captures/{record_id}{end}", text)
    assert " ".join(text.split()) in assert_plain(visitor, "/queue?state=all", text)
    found = visitor.post("/queue", {"search": text[:60]}).markup
    assert found.by_id("search").attrs["value"] == text[:60].strip()
    assert found.all("a", href=f"/captures/{record_id}")


def test_what_the_office_says_is_text_as_well(program: Program, visitor: Visitor) -> None:
    record_id = visitor.enrol(boxes(1))
    odd = [{"field": MARK, "code": MARK, "params": {"x": MARK}}, {"field": "nik", "code": "{0}"}]
    answer(program, record_id, "rejected", reason=MARK, errors=odd, flags=[MARK])
    notice(program, MARK, MARK)
    for path in (f"/captures/{record_id}", "/queue"):
        assert "<script>" in assert_plain(visitor, path, MARK)
    visitor.see("/queue")
    location = visitor.post(f"/captures/{record_id}/correct").location
    assert_plain(visitor, location, MARK)


def test_settings_and_joining_give_back_text(visitor: Visitor) -> None:
    visitor.see("/settings")
    told = visitor.post("/settings/copy", {"folder": f"/tmp/{MARK}"}).markup
    assert not told.all("b", id="x")
    sent = {"label": MARK, "address": MARK, "code": MARK, "laptop": MARK}
    told = visitor.post("/join", sent).markup
    assert not told.all("b", id="x")
    assert visitor.post("/restore", {"seat": "utama", "folder": MARK}).status_code == 200


@pytest.mark.parametrize("text", [*ODD, *HOSTILE])
def test_all_boxes_take_anything_without_failing(visitor: Visitor, text: str) -> None:
    draft = visitor.consent()
    assert visitor.save(draft, dict.fromkeys(BOXES, text)).status_code == 200
    for path in (f"/drafts/{draft}", "/queue?state=draft"):
        assert visitor.get(path).status_code == 200


@pytest.mark.parametrize("text", ["\x00", "9" * 600, "٣١-١٢-١٩٩٠"])
def test_any_box_takes_anything_without_failing(visitor: Visitor, text: str) -> None:
    draft = visitor.consent()
    for name in sorted(BOXES):
        assert visitor.type(draft, boxes(1, **{name: text})).status_code == 200, name


def test_what_nobody_can_see_is_left_out_of_what_is_saved(
    program: Program, visitor: Visitor
) -> None:
    visitor.enrol(boxes(1, full_name="Siti\x00 Aminah", alias="\u202eabc"))
    with program.kept().vault.reading() as tx:
        saved = captures.newest_capture(tx)
    assert saved is not None
    assert saved.name == "Siti Aminah"


def test_the_ticks_are_on_or_off(visitor: Visitor) -> None:
    draft = visitor.consent()
    for name in TICKS:
        visitor.type(draft, {name: "anything"})
        page = visitor.see(f"/drafts/{draft}")
        assert "checked" in page.by_id(name).attrs
        visitor.type(draft, {})
        assert "checked" not in visitor.see(f"/drafts/{draft}").by_id(name).attrs
