"""Consent comes first: nothing is written down of a worker who did not agree."""

import pytest

from agent_client.store import drafts
from schemas.words import ConsentMethod
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.visitor import Program, Visitor


def count(program: Program) -> int:
    with program.kept().vault.reading() as tx:
        return drafts.count_drafts(tx)


def imported(program: Program) -> int:
    """Keep a draft as a branch's list brings it: without consent."""
    with program.kept().vault.writing() as tx:
        typed = {"nik": boxes(4)["nik"], "full_name": "SITI AMINAH", "months": "many"}
        return drafts.add_draft(
            tx, typed, (), now=program.laptop.desk.now(), source="daftar.xlsx:12", row_digest="r"
        )


def test_before_consent_every_box_is_shut(program: Program, visitor: Visitor) -> None:
    page = visitor.see("/captures/new")
    (fieldset,) = [one for one in page.all("fieldset") if "disabled" in one.attrs]
    boxes_shut = [one for one in page.all("input") if one.within("fieldset") is not None]
    assert fieldset.within("form") is page.by_id("capture")
    assert len(boxes_shut) > 20
    assert "hx-post" not in page.by_id("capture").attrs
    assert not page.has("save")
    assert count(program) == 0


def test_the_text_in_force_is_there_to_be_read_aloud(visitor: Visitor) -> None:
    page = visitor.see("/captures/new")
    assert len(page.said("main")) > 400
    assert "BPJS" in page.all("p", class_="card-talk")[0].said


def test_nothing_is_kept_or_saved_before(program: Program, visitor: Visitor) -> None:
    draft = imported(program)
    visitor.see(f"/drafts/{draft}")
    for answer in (
        visitor.type(draft, boxes(5)),
        visitor.save(draft, boxes(5)),
        visitor.hx(f"/drafts/{draft}/neighbour", boxes(5)),
    ):
        assert (answer.status_code, answer.headers["HX-Retarget"]) == (409, "#banner")
        assert "[consent_needed]" in answer.text
    with program.kept().vault.reading() as tx:
        kept = drafts.draft(tx, draft)
    assert kept is not None
    assert kept.content["full_name"] == "SITI AMINAH"


@pytest.mark.parametrize("method", ["", "waved", "read_aloud "])
def test_how_it_was_given_must_be_told(program: Program, visitor: Visitor, method: str) -> None:
    visitor.see("/captures/new")
    answer = visitor.post("/drafts", {"consent_method": method, "consent_language": "id"})
    assert (answer.status_code, count(program)) == (409, 0)
    assert "[consent_needed]" in answer.text


@pytest.mark.parametrize("method", list(ConsentMethod))
@pytest.mark.parametrize("language", ["id", "mak", "bug", "tor", "other"])
def test_every_way_of_agreeing_opens_the_form(visitor: Visitor, method: str, language: str) -> None:
    visitor.see("/captures/new")
    sent = {"consent_method": method, "consent_language": language}
    page = visitor.see(visitor.post("/drafts", sent).location)
    assert not [one for one in page.all("fieldset") if "disabled" in one.attrs]
    assert page.has("save")


def test_what_a_list_brought_opens_after_consent_as_it_came(
    program: Program, visitor: Visitor
) -> None:
    draft = imported(program)
    page = visitor.see(f"/drafts/{draft}")
    assert [one for one in page.all("fieldset") if "disabled" in one.attrs]
    assert page.by_id("full_name").attrs["value"] == "SITI AMINAH"
    answer = visitor.post(f"/drafts/{draft}/consent", {"consent_method": "signed"})
    opened = visitor.see(answer.location)
    assert opened.has("save")
    assert opened.by_id("full_name").attrs["value"] == "SITI AMINAH"
    assert "months" in opened.errors()
    assert "nik_again" not in opened.errors()


def test_consent_travels_with_what_is_saved(program: Program, visitor: Visitor) -> None:
    record_id = visitor.enrol(boxes(6))
    with program.kept().vault.reading() as tx:
        (form,) = tx.execute("select envelope from captures where record_id = ?", [record_id])
    assert b'"consent_method":"read_aloud"' in form[0]
    assert b'"consent_at":"2026-11-20T10:00:00+08:00"' in form[0]


def test_nobody_types_over_the_consent(program: Program, visitor: Visitor) -> None:
    draft = visitor.consent()
    forged = {"consent_at": "2020-01-01T00:00:00+08:00", "consent_version": "x"}
    visitor.type(draft, {**boxes(6), **forged, "nik_confirmed": "1"})
    with program.kept().vault.reading() as tx:
        kept = drafts.draft(tx, draft)
    assert kept is not None
    assert kept.content["consent_at"] == "2026-11-20T10:00:00+08:00"


def test_who_does_not_agree_leaves_no_trace(program: Program, visitor: Visitor) -> None:
    page = visitor.see("/captures/new")
    assert page.all("a", href="/queue")
    visitor.see("/queue")
    assert count(program) == 0
