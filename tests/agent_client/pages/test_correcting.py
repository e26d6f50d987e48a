"""A correction begins from the story, shows what the office found, and becomes a new record."""

import pytest

from agent_client.store import captures
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.standing import (
    answer,
    counts,
    one_of,
    put,
    restrict,
    state_of,
    wipe,
)
from tests.agent_client.pages.visitor import Answer, Program, Visitor

ERRORS = [{"field": "phone", "code": "phone"}, {"field": "full_name", "code": "name_digits"}]

ELSEWHERE = "019a9c00-0000-7000-8000-00000000ffff"


@pytest.fixture
def rejected(program: Program, visitor: Visitor) -> str:
    record_id = put(program, 1)
    answer(program, record_id, "rejected", errors=ERRORS)
    return record_id


def correct(visitor: Visitor, record_id: str) -> Answer:
    visitor.see("/queue")
    return visitor.post(f"/captures/{record_id}/correct")


def test_the_story_of_a_refused_one_offers_it(visitor: Visitor, rejected: str) -> None:
    page = visitor.see(f"/captures/{rejected}")
    (form,) = page.all("form", action=f"/captures/{rejected}/correct")
    assert "Anda" in page.said("main")
    assert form.attrs["method"] == "post"


def test_the_copy_holds_all_and_marks_what_is_faulty(visitor: Visitor, rejected: str) -> None:
    page = visitor.see(correct(visitor, rejected).location)
    filled = page.sends(page.by_id("capture"))
    expected = {name: text for name, text in boxes(1).items() if name not in ("nik_again",)}
    assert {name: filled[name] for name in expected} == expected
    assert {"phone", "full_name"} <= page.errors().keys()
    assert "Perbaikan" in page.said("main")


def test_a_box_that_was_mended_is_marked_no_longer(visitor: Visitor, rejected: str) -> None:
    draft = int(correct(visitor, rejected).location.rpartition("/")[2])
    errors = visitor.type(draft, boxes(1, full_name="Siti Aminah", tried="1")).markup.errors()
    assert "full_name" not in errors
    assert "phone" in errors


def test_asking_twice_goes_on_with_the_same_copy(visitor: Visitor, rejected: str) -> None:
    assert correct(visitor, rejected).location == correct(visitor, rejected).location
    assert visitor.see(f"/captures/{rejected}").all("a", class_="btn btn-primary")


def test_the_corrected_one_names_the_former(
    program: Program, visitor: Visitor, rejected: str
) -> None:
    draft = int(correct(visitor, rejected).location.rpartition("/")[2])
    saved = visitor.save(draft, boxes(1, full_name="Siti Aminah")).location
    record_id = saved.split("/")[2]
    with program.kept().vault.reading() as tx:
        found = captures.capture(tx, record_id)
    assert found is not None
    assert (found.corrects, found.name) == (rejected, "Siti Aminah")
    assert state_of(program, rejected) == "rejected"
    assert counts(program)["waiting"] == 1


def test_a_chain_of_corrections_leads_from_each_to_the_next(
    program: Program, visitor: Visitor
) -> None:
    first, second, third = (put(program, 1) for _ in range(3))
    answer(program, first, "superseded", corrected_by=second)
    answer(program, second, "superseded", corrected_by=third)
    assert visitor.see(f"/captures/{first}").all("a", href=f"/captures/{second}")
    assert visitor.see(f"/captures/{second}").all("a", href=f"/captures/{third}")


def test_what_was_saved_again_leads_to_the_new_one(program: Program, visitor: Visitor) -> None:
    record_id = one_of(program, "resaved", 1)
    with program.kept().vault.reading() as tx:
        found = captures.capture(tx, record_id)
    assert found is not None
    page = visitor.see(f"/captures/{record_id}")
    assert page.all("a", href=f"/captures/{found.resaved_as}")


def test_nothing_leads_to_a_record_that_is_not_on_this_laptop(
    program: Program, visitor: Visitor
) -> None:
    record_id = put(program, 1)
    answer(program, record_id, "superseded", corrected_by=ELSEWHERE)
    assert not visitor.see(f"/captures/{record_id}").all("a", href=f"/captures/{ELSEWHERE}")


@pytest.mark.parametrize("state", ["waiting", "set_aside", "superseded", "resaved"])
def test_what_needs_none_offers_none(program: Program, visitor: Visitor, state: str) -> None:
    record_id = one_of(program, state, 1)
    page = visitor.see(f"/captures/{record_id}")
    assert not page.all("form", action=f"/captures/{record_id}/correct")


@pytest.mark.parametrize("state", ["in_review", "accepted", "duplicate"])
def test_what_was_answered_can_be_corrected(program: Program, visitor: Visitor, state: str) -> None:
    assert correct(visitor, one_of(program, state, 1)).location.startswith("/drafts/")


def test_what_is_purged_or_restricted_has_a_clear_word(
    program: Program, visitor: Visitor, rejected: str
) -> None:
    wipe(program, rejected, days=90)
    hidden = one_of(program, "accepted", 2)
    restrict(program, hidden)
    for record_id in (rejected, hidden):
        page = visitor.see(f"/captures/{record_id}")
        assert not page.all("form", action=f"/captures/{record_id}/correct")
        told = correct(visitor, record_id)
        assert (told.status_code, "[capture_purged]" in told.text) == (409, True)


def test_a_record_of_nobody_cannot_be_corrected(visitor: Visitor) -> None:
    assert correct(visitor, ELSEWHERE).status_code == 404
