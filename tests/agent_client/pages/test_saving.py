"""Saving: all that is wrong at once, one record for one draft, and a page that says so."""

from agent_client.store import captures, drafts
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.standing import counts, put, restrict, wipe
from tests.agent_client.pages.visitor import HOST, Program, Visitor


def contents(program: Program, record_id: str) -> dict[str, object]:
    with program.kept().vault.reading() as tx:
        envelope = captures.envelope_of(tx, record_id)
    assert envelope is not None
    found: dict[str, object] = envelope
    return found


def test_what_is_missing_is_marked_all_at_once(visitor: Visitor) -> None:
    draft = visitor.consent()
    answer = visitor.save(draft, {})
    assert (answer.status_code, answer.headers["HX-Trigger"]) == (200, "tried")
    errors = answer.markup.errors()
    needed = {"nik", "full_name", "birth_date", "sex", "kelurahan", "occupation", "programmes"}
    assert needed <= errors.keys()
    problems = answer.markup.by_id("problems")
    links = [one.attrs["href"] for one in answer.markup.all("a") if one.said]
    assert "Belum dapat disimpan" in problems.said
    assert {f"#{name}" for name in needed} <= set(links)


def test_every_mark_leads_to_a_box_of_the_page(visitor: Visitor) -> None:
    draft = visitor.consent()
    page = visitor.see(f"/drafts/{draft}")
    for link in visitor.save(draft, {}).markup.all("a"):
        assert page.has(link.attrs["href"].removeprefix("#")), link.attrs


def test_after_a_try_each_pause_tells_all_that_is_still_wrong(visitor: Visitor) -> None:
    draft = visitor.consent()
    visitor.save(draft, {})
    assert "full_name" in visitor.type(draft, {"tried": "1"}).markup.errors()


def test_nothing_is_saved_that_is_not_sound(program: Program, visitor: Visitor) -> None:
    draft = visitor.consent()
    visitor.save(draft, boxes(1, full_name=""))
    assert counts(program)["waiting"] == 0
    page = visitor.see(f"/drafts/{draft}")
    assert page.by_id("nik").attrs["value"] == boxes(1)["nik"]


def test_a_sound_one_is_saved_and_its_draft_is_gone(program: Program, visitor: Visitor) -> None:
    record_id = visitor.enrol(boxes(1))
    page = visitor.see(f"/captures/{record_id}/saved")
    assert "Tersimpan" in page.said("main")
    assert boxes(1)["full_name"] in page.said("main")
    with program.kept().vault.reading() as tx:
        assert drafts.count_drafts(tx) == 0
    assert counts(program)["waiting"] == 1


def test_what_was_typed_is_what_is_saved(program: Program, visitor: Visitor) -> None:
    typed = boxes(1, elapsed_s="75", rw="2", monthly_income="1,5 juta", alias="Daeng Te'ne")
    envelope = contents(program, visitor.enrol(typed))
    content = envelope["content"]
    assert isinstance(content, dict)
    assert envelope["elapsed_s"] == 75
    told = (content["rw"], content["monthly_income"], content["alias"], content["sector"])
    assert told == ("002", 1_500_000, "Daeng Te'ne", "other")


def test_saving_twice_gives_the_same_record(program: Program, visitor: Visitor) -> None:
    draft = visitor.consent()
    first, second = (visitor.save(draft, boxes(1)).location for _ in range(2))
    assert first == second
    assert visitor.save(draft, boxes(2)).location == first
    assert counts(program)["waiting"] == 1


def test_a_saved_drafts_page_leads_to_its_record(visitor: Visitor) -> None:
    draft = visitor.consent()
    saved = visitor.save(draft, boxes(1)).location
    assert visitor.get(f"/drafts/{draft}").location == saved.removesuffix("/saved")
    late = visitor.type(draft, boxes(2))
    assert (late.status_code, late.text) == (204, "")


def test_after_another_start_a_saved_draft_is_told_to_be_none(
    program: Program, visitor: Visitor
) -> None:
    draft = visitor.consent()
    visitor.save(draft, boxes(1))
    program.close()
    later = program.unlocked()
    later.see("/queue")
    assert later.save(draft, boxes(1)).status_code == 404
    assert counts(program)["waiting"] == 1


def test_without_a_script_a_form_saves_as_well(visitor: Visitor) -> None:
    draft = visitor.consent()
    answer = visitor.post(f"/drafts/{draft}/save", boxes(1))
    assert answer.status_code == 303
    assert answer.location.endswith("/saved")


def test_what_a_closing_window_sends_is_kept(visitor: Visitor) -> None:
    draft = visitor.consent()
    sent = {**boxes(1, full_name=""), "csrf_token": visitor.token}
    answer = visitor.ask(
        "POST", f"/drafts/{draft}/form", data=sent, content_type="multipart/form-data"
    )
    assert answer.status_code == 200
    assert visitor.see(f"/drafts/{draft}").by_id("nik").attrs["value"] == boxes(1)["nik"]


def test_the_neighbours_address_is_offered_and_taken(visitor: Visitor) -> None:
    last = boxes(1, street="Jl. Kandea", rw="9")
    visitor.enrol(last)
    draft = visitor.consent()
    page = visitor.see(f"/drafts/{draft}")
    assert "Jl. Kandea" in page.said("address")
    taken = visitor.hx(f"/drafts/{draft}/neighbour", {"full_name": "Baso", "nik": "73"}).markup
    assert taken.by_id("street").attrs["value"] == "Jl. Kandea"
    assert taken.by_id("rw").attrs["value"] == "009"
    assert taken.by_id("kelurahan-code").attrs["value"] == last["kelurahan"]
    kept = visitor.see(f"/drafts/{draft}")
    assert kept.by_id("full_name").attrs["value"] == "Baso"
    assert kept.by_id("street").attrs["value"] == "Jl. Kandea"


def test_no_address_is_offered_where_none_was_saved(visitor: Visitor) -> None:
    draft = visitor.consent()
    assert "tetangga" not in visitor.see(f"/drafts/{draft}").said("address")
    assert visitor.hx(f"/drafts/{draft}/neighbour", {}).status_code == 200


def test_no_address_is_offered_of_who_is_restricted_or_purged(
    program: Program, visitor: Visitor
) -> None:
    visitor.see("/queue")
    for n, hide in (
        (1, lambda one: restrict(program, one)),
        (2, lambda one: wipe(program, one, 14)),
    ):
        hide(put(program, n, street=f"Jl. Rahasia {n}"))
    draft = visitor.consent()
    assert "Rahasia" not in visitor.get(f"/drafts/{draft}").text
    answer = visitor.hx(f"/drafts/{draft}/neighbour", {})
    assert "Rahasia" not in answer.text


def test_a_draft_is_thrown_away(program: Program, visitor: Visitor) -> None:
    draft = visitor.consent()
    visitor.see(f"/drafts/{draft}")
    assert visitor.post(f"/drafts/{draft}/delete").location == "/queue?state=draft"
    assert visitor.get(f"/drafts/{draft}").status_code == 404
    assert visitor.post(f"/drafts/{draft}/delete").status_code == 303


def test_a_number_is_never_given_to_a_second_draft(visitor: Visitor) -> None:
    first = visitor.consent()
    visitor.save(first, boxes(1))
    assert visitor.consent() != first


def test_before_joining_a_draft_is_kept_and_not_saved(program: Program, visitor: Visitor) -> None:
    draft = visitor.consent()
    with program.kept().vault.writing() as tx:
        tx.execute("update device set office_url = null")
    answer = visitor.save(draft, boxes(1))
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (409, "#banner")
    assert "[not_joined]" in answer.text
    with program.kept().vault.writing() as tx:
        tx.execute("update device set office_url = 'https://kantor.test'")
    assert visitor.save(draft, boxes(1)).location


def test_the_page_before_a_record_is_remembered_by_nobody(visitor: Visitor) -> None:
    record_id = visitor.enrol(boxes(1))
    for end in ("", "/saved", "/receipt"):
        answer = visitor.get(f"/captures/{record_id}{end}")
        assert answer.headers["Cache-Control"] == "no-store"
        assert f"http://{HOST}" not in answer.text
