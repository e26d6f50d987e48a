"""Requests that no page sends: too large, misshapen, of nobody; and drafts of other programs."""

from datetime import timedelta

import pytest

from agent_client.store import captures, drafts
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.visitor import HX, Program, Visitor
from tests.builders import content

MOST = 256 * 1024


@pytest.mark.parametrize("end", ["form", "save", "neighbour", "consent"])
def test_a_body_too_large_changes_nothing(program: Program, visitor: Visitor, end: str) -> None:
    draft = visitor.consent()
    visitor.type(draft, {"full_name": "Siti"})
    told = visitor.hx(f"/drafts/{draft}/{end}", {"full_name": "x" * MOST})
    assert (told.status_code, told.headers["HX-Retarget"]) == (413, "#banner")
    assert "xxx" not in told.text
    assert visitor.see(f"/drafts/{draft}").by_id("full_name").attrs["value"] == "Siti"


def test_a_body_just_below_is_taken_and_cut(visitor: Visitor) -> None:
    draft = visitor.consent()
    told = visitor.type(draft, {"note": "x" * (MOST - 4_096)})
    assert told.status_code == 200
    assert len(visitor.see(f"/drafts/{draft}").by_id("note").attrs["value"]) == 600


def test_too_many_parts_are_refused(visitor: Visitor) -> None:
    draft = visitor.consent()
    many = {f"x{n}": "" for n in range(2_000)}
    sent = {**many, "csrf_token": visitor.token}
    told = visitor.ask(
        "POST", f"/drafts/{draft}/form", data=sent, content_type="multipart/form-data"
    )
    assert told.status_code == 413


def test_fields_that_the_form_has_not_are_left(program: Program, visitor: Visitor) -> None:
    draft = visitor.consent()
    odd = {"record_id": "x", "device_seq": "1", "__proto__": "x", "corrects": "x", "schema": "9"}
    visitor.type(draft, {**boxes(1), **odd, "latitude_e6": "1", "contribution": "1"})
    record_id = visitor.save(draft, {**boxes(1), **odd, "contribution": "1"}).location.split("/")[2]
    with program.kept().vault.reading() as tx:
        envelope = captures.envelope_of(tx, record_id)
    assert envelope is not None
    assert envelope["content"]["contribution"] == content(1)["contribution"]
    assert not {"latitude_e6", "__proto__"} & envelope["content"].keys()
    assert "corrects" not in envelope


def test_a_field_sent_twice_counts_once(visitor: Visitor) -> None:
    draft = visitor.consent()
    body = f"full_name=Siti&full_name=Baso&csrf_token={visitor.token}"
    kind = "application/x-www-form-urlencoded"
    visitor.ask("POST", f"/drafts/{draft}/form", data=body, content_type=kind)
    assert visitor.see(f"/drafts/{draft}").by_id("full_name").attrs["value"] == "Siti"


def test_a_body_that_is_no_utf8_is_taken_as_it_can_be(visitor: Visitor) -> None:
    draft = visitor.consent()
    body = b"full_name=%ff%fe%00&csrf_token=" + visitor.token.encode()
    kind = "application/x-www-form-urlencoded"
    told = visitor.ask("POST", f"/drafts/{draft}/form", data=body, content_type=kind)
    assert told.status_code == 200


@pytest.mark.parametrize(
    "number", ["0", "9", str(2**53), str(2**63), str(10**40), "-1", "1.0", "x"]
)
def test_a_draft_of_nobody_is_none(visitor: Visitor, number: str) -> None:
    visitor.see("/queue")
    assert visitor.get(f"/drafts/{number}").status_code == 404
    for end in ("form", "save", "neighbour", "consent"):
        sent = {**boxes(1), "consent_method": "read"}
        assert visitor.hx(f"/drafts/{number}/{end}", sent).status_code == 404, end


def test_a_missing_page_is_told_in_words(visitor: Visitor) -> None:
    told = visitor.get("/nowhere")
    assert (told.status_code, told.markup.alerts()) == (
        404,
        ["Halaman itu tidak ada. Kembali ke antrean. [page_unknown]"],
    )
    banner = visitor.get("/nowhere", HX)
    assert (banner.status_code, banner.headers["HX-Retarget"]) == (404, "#banner")


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"nik": 7371, "full_name": None, "programmes": "JKK", "months": "x", "rw": [1]},
        {"kelurahan": "Tallo", "occupation": "tukang", "birth_date": "kemarin", "sex": "perempuan"},
        {"first_month": "2019-01", "months": 99, "monthly_income": -5, "payer": "budget"},
        {"full_name": {"a": 1}, "second_occupation": [], "work_kelurahan": 7, "employer": "ya"},
        {"consent_at": "soon", "schema": 99, "tariff_version": "x", "unknown": {"deep": [1]}},
    ],
)
def test_a_draft_of_an_older_program_opens(
    program: Program, visitor: Visitor, typed: dict[str, object]
) -> None:
    now = program.laptop.desk.now() - timedelta(days=20)
    with program.kept().vault.writing() as tx:
        bare = drafts.add_draft(tx, typed, (), now=now)
        agreed = {**typed, "consent_at": "2026-11-01T10:00:00+08:00", "consent_version": "old"}
        opened = drafts.add_draft(tx, agreed, (), now=now, form={"months": "1", "of_old": "x"})
        copied = drafts.add_draft(tx, agreed, (), now=now)
    for draft in (bare, opened, copied):
        assert visitor.see(f"/drafts/{draft}").by_id("capture")
    assert visitor.get("/queue?state=draft").status_code == 200
    for draft in (opened, copied):
        assert visitor.type(draft, {"full_name": "Siti"}).status_code == 200
        assert visitor.save(draft, boxes(1)).status_code == 200


def test_a_draft_that_corrects_what_is_gone_opens(program: Program, visitor: Visitor) -> None:
    with program.kept().vault.writing() as tx:
        now = program.laptop.desk.now()
        draft = drafts.add_draft(tx, {}, (), now=now, corrects="019a9c00", form={"nik": "7"})
    assert visitor.see(f"/drafts/{draft}").has("capture")


def test_a_clock_set_back_during_a_capture_loses_nothing(
    program: Program, visitor: Visitor
) -> None:
    draft = visitor.consent()
    visitor.type(draft, {"full_name": "Siti"})
    program.set_clock(days=-3)
    typed = boxes(1)
    assert visitor.type(draft, typed).status_code == 200
    assert visitor.see(f"/drafts/{draft}").by_id("nik").attrs["value"] == typed["nik"]
    saved = visitor.save(draft, typed)
    assert saved.location.endswith("/saved"), saved.markup.errors()
    program.set_clock()
    program.sync()
    record_id = saved.location.split("/")[2]
    assert "diterima" in visitor.see(f"/captures/{record_id}").said("main")


def test_a_clock_far_off_says_what_is_wrong_and_keeps_the_draft(
    program: Program, visitor: Visitor
) -> None:
    draft = visitor.consent()
    program.set_clock(days=-4_000)
    for path in ("/captures/new", f"/drafts/{draft}", "/queue", "/performance", "/settings"):
        assert visitor.get(path).status_code == 200, path
    assert visitor.type(draft, boxes(1)).status_code == 200
    program.set_clock()
    assert visitor.save(draft, boxes(1)).location.endswith("/saved")


def test_before_any_text_of_consent_that_is_told(program: Program, visitor: Visitor) -> None:
    program.set_clock(days=-4_000)
    page = visitor.see("/captures/new")
    if "Belum ada teks persetujuan" in page.said("main"):
        assert not page.all("form", action="/drafts")
    program.set_clock()
    assert visitor.see("/captures/new").all("form", action="/drafts")
