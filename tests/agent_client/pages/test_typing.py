"""What each pause in typing answers: errors of filled boxes, what follows, and nothing else."""

import pytest

from schemas.words import PhoneOwner, Sector
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.standing import put
from tests.agent_client.pages.visitor import Program, Visitor
from tests.builders import person


@pytest.fixture
def draft(visitor: Visitor) -> int:
    return visitor.consent()


def test_an_empty_form_is_told_nothing(visitor: Visitor, draft: int) -> None:
    assert visitor.type(draft, {}).markup.errors() == {}


def test_nobody_is_told_of_half_a_number_while_typing_it(visitor: Visitor, draft: int) -> None:
    assert visitor.type(draft, {"nik": "737101"}, at="nik").markup.errors() == {}
    assert "nik" in visitor.type(draft, {"nik": "737101"}, at="full_name").markup.errors()


def test_a_whole_number_that_cannot_be_is_told_at_once(visitor: Visitor, draft: int) -> None:
    assert "nik" in visitor.type(draft, {"nik": "7371019913900001"}, at="nik").markup.errors()


def test_a_nik_tells_birth_date_sex_and_region(visitor: Visitor, draft: int) -> None:
    one = person(2)
    page = visitor.type(draft, {"nik": str(one["nik"])}, at="nik").markup
    said = page.said("derived")
    year, month, day = str(one["birth_date"]).split("-")
    assert year in said
    assert "perempuan" in said
    assert "Kec." in said
    assert int(day) > 0
    assert int(month) > 0


def test_the_second_nik_is_held_against_the_first(visitor: Visitor, draft: int) -> None:
    nik = str(person(2)["nik"])
    wrong = nik[:5] + ("1" if nik[5] != "1" else "2")
    errors = visitor.type(draft, {"nik": nik, "nik_again": wrong}, at="nik_again").markup.errors()
    assert "6" in errors["nik_again"]
    page = visitor.type(draft, {"nik": nik, "nik_again": nik}).markup
    assert "sama ✓" in page.said("derived")
    assert "nik_again" not in page.errors()


def test_a_nik_that_was_confirmed_and_changed_is_to_be_typed_again(
    visitor: Visitor, draft: int
) -> None:
    typed = boxes(2)
    visitor.type(draft, typed)
    other = {**typed, "nik": boxes(4)["nik"], "nik_again": ""}
    assert "nik_again" in visitor.save(draft, other).markup.errors()


def test_a_birth_date_unlike_the_niks_asks_for_the_reason(visitor: Visitor, draft: int) -> None:
    typed = boxes(2, birth_date="01-01-1980")
    assert visitor.type(draft, typed).markup.said("nik-differs")
    assert "nik_reason" in visitor.save(draft, typed).markup.errors()
    assert visitor.save(draft, {**typed, "nik_reason": "as_on_card"}).location


def test_boxes_that_agree_ask_for_no_reason(visitor: Visitor, draft: int) -> None:
    assert visitor.type(draft, boxes(2)).markup.said("nik-differs") == ""


def test_the_contribution_appears_split_by_month_with_the_relief(
    visitor: Visitor, draft: int
) -> None:
    said = visitor.type(draft, boxes(2)).markup.said("amount")
    assert "Rp" in said
    assert "JKK" in said
    assert "PP 50/2025" in said
    assert "separuh" in said


def test_across_the_end_of_the_relief_two_rates_stand(visitor: Visitor, draft: int) -> None:
    page = visitor.type(draft, boxes(2, first_month="2026-12", months="3")).markup
    rows = [one.said for one in page.all("tr") if one.within("tbody") is not None]
    assert len(rows) == 2
    assert "(2×)" in rows[1]
    assert "Desember 2026" in page.said("amount")


def test_without_relief_that_is_said(visitor: Visitor, draft: int) -> None:
    assert "Tarif penuh" in visitor.type(draft, boxes(2, first_month="2027-01")).markup.said(
        "amount"
    )


def test_the_sectors_slot_is_changed_with_the_job_alone(visitor: Visitor, draft: int) -> None:
    typed = boxes(2)
    first = visitor.type(draft, typed).markup
    assert "Lainnya" in first.said("sector-slot")
    job = first.all("input", name="sector_for")[0].attrs["value"]
    assert job == typed["occupation"]
    assert not visitor.type(draft, {**typed, "sector_for": job}).markup.has("sector-slot")


def test_a_job_of_either_sector_asks_which(program: Program, visitor: Visitor, draft: int) -> None:
    with program.kept().vault.reading() as tx:
        jobs = program.kept().lists(tx).occupations.values()
    either = next(one.code for one in jobs if one.sector == "either")
    typed = boxes(2, occupation=either)
    page = visitor.type(draft, typed).markup
    choices = [one.attrs["value"] for one in page.all("input", name="sector", type="radio")]
    assert choices == list(Sector)
    assert "sector" in visitor.save(draft, typed).markup.errors()
    assert visitor.save(draft, {**typed, "sector": "transport"}).location


def test_an_employer_needs_the_pension_too(visitor: Visitor, draft: int) -> None:
    typed = boxes(2, employer="on", programmes="2")
    assert "programmes" in visitor.save(draft, typed).markup.errors()
    assert visitor.save(draft, {**typed, "programmes": "3"}).location


def test_a_worker_who_is_here_already_is_told_with_a_way_there(
    program: Program, visitor: Visitor, draft: int
) -> None:
    record_id = put(program, 2)
    page = visitor.type(draft, {"nik": boxes(2)["nik"]}, at="nik").markup
    assert page.all("a", href=f"/captures/{record_id}")
    assert person(2)["full_name"] in page.said("hints")
    told = visitor.save(draft, boxes(2)).markup
    assert "hint_reason" in told.errors()
    assert visitor.save(draft, boxes(2, hint_reason="Kartu lama")).location


def test_a_namesake_born_that_day_is_told(program: Program, visitor: Visitor, draft: int) -> None:
    record_id = put(program, 2)
    typed = boxes(2, nik=boxes(2)["nik"][:-1] + "9")
    page = visitor.type(draft, typed).markup
    assert page.all("a", href=f"/captures/{record_id}")


def test_letters_find_places_and_jobs(visitor: Visitor) -> None:
    places = visitor.see("/places?kelurahan_text=rappo").all("li", role="option")
    assert places
    assert all("Kec." in one.said for one in places)
    jobs = visitor.see("/occupations?occupation_text=pedagang").all("li", role="option")
    assert jobs
    assert all(one.attrs["data-code"] for one in jobs)


@pytest.mark.parametrize("text", ["", "zzz", "%25", "%00", "%F0%9F%98%80", "'", "[", "a" * 9_000])
def test_odd_letters_find_nothing(visitor: Visitor, text: str) -> None:
    for path in (f"/places?kelurahan_text={text}", f"/occupations?x_text={text}", "/places"):
        assert visitor.get(path).status_code == 200


def test_the_time_of_the_last_keeping_is_told(visitor: Visitor, draft: int) -> None:
    assert "10.00" in visitor.type(draft, {"alias": "D"}).markup.said("kept")


@pytest.mark.parametrize(
    ("box", "words"),
    [
        ("payer", ("self", "donor")),
        ("phone_owner", tuple(PhoneOwner)),
        ("sex", ("F", "M")),
        ("programmes", ("2", "3")),
        ("months", ("1", "2", "3", "6", "12")),
    ],
)
def test_every_word_of_a_vocabulary_stands_in_the_form(
    visitor: Visitor, draft: int, box: str, words: tuple[str, ...]
) -> None:
    page = visitor.see(f"/drafts/{draft}")
    offered = [one.attrs["value"] for one in page.all("input", name=box, type="radio")]
    if not offered:
        select = page.by_id(box)
        options = [one for one in page.all("option") if one.within("select") is select]
        offered = [one.attrs["value"] for one in options]
    assert sorted(offered) == sorted(words)
    for word in words:
        visitor.type(draft, {**boxes(2), box: word})
        kept = visitor.see(f"/drafts/{draft}")
        assert kept.sends(kept.by_id("capture"))[box] == word
