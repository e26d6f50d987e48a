"""A record's story: how it stands, who must act, what next, in both languages."""

import pytest

from agent_client.sentences import sentence
from agent_client.store.captures import STATES
from schemas.words import REASONS, Responsible, Verdict
from tests.agent_client.pages.standing import answer, changes, one_of, outbox, put, wipe
from tests.agent_client.pages.visitor import Program, Visitor
from tests.builders import person

VERDICTS = [
    (verdict.value, reason.value)
    for verdict, reasons in REASONS.items()
    for reason in reasons
    if verdict != Verdict.RETRY and reason != "id_reused"
]
ACTS = {"agent": "Anda", "supervisor": "pengawas", "admin": "admin"}


def english(visitor: Visitor) -> None:
    visitor.see("/queue")
    visitor.post("/language", {"lang": "en", "at": "/queue"})


@pytest.mark.parametrize(("verdict", "reason"), VERDICTS)
def test_every_verdict_is_told_in_both_languages(
    program: Program, visitor: Visitor, verdict: str, reason: str
) -> None:
    record_id = put(program, 1)
    answer(program, record_id, verdict, reason=reason)
    code = f"{verdict}/{reason}"
    assert sentence(code, "id") in visitor.see(f"/captures/{record_id}").said("main")
    english(visitor)
    assert sentence(code, "en") in visitor.see(f"/captures/{record_id}").said("main")


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_story_a_receipt_and_a_saved_page(
    program: Program, visitor: Visitor, state: str
) -> None:
    record_id = one_of(program, state, 1)
    for lang in ("id", "en"):
        visitor.see("/queue")
        visitor.post("/language", {"lang": lang, "at": "/queue"})
        for end in ("", "/receipt", "/saved"):
            assert visitor.see(f"/captures/{record_id}{end}").said("main")


def test_who_must_act_is_named(program: Program, visitor: Visitor) -> None:
    for n, (state, who) in enumerate(
        (("rejected", "Anda"), ("in_review", "pengawas"), ("accepted", "tidak ada")), start=1
    ):
        page = visitor.see(f"/captures/{one_of(program, state, n)}")
        assert page.all("dd")[0].said == who


def test_a_verdict_of_a_newer_office_is_told_by_its_code(
    program: Program, visitor: Visitor
) -> None:
    record_id = put(program, 1)
    answer(program, record_id, "postponed", reason="monsoon")
    assert "postponed" in visitor.see(f"/captures/{record_id}").said("main")
    assert visitor.get("/queue?state=all").status_code == 200


def test_what_the_office_found_is_said_in_words(program: Program, visitor: Visitor) -> None:
    record_id = put(program, 1)
    found = [{"field": "phone", "code": "phone"}, {"field": "rw", "code": "of_next_year"}, {}]
    answer(program, record_id, "rejected", reason="invalid", errors=found)
    said = visitor.see(f"/captures/{record_id}").said("main")
    assert "HP" in said or "telepon" in said.lower()


def test_flags_and_another_contribution_are_told(program: Program, visitor: Visitor) -> None:
    record_id = put(program, 1)
    answer(program, record_id, "accepted", flags=["contribution_differs"], due=25_000)
    assert "Rp25.000" in visitor.see(f"/captures/{record_id}").said("main")


def test_progress_and_the_members_number_are_told(program: Program, visitor: Visitor) -> None:
    record_id = one_of(program, "accepted", 1)
    told = {"stage": "registered", "kpj": "12345678901", "paid_through": "2026-12"}
    changes(program, {"kind": "progress", "record_id": record_id, "at": None, **told})
    said = visitor.see(f"/captures/{record_id}").said("main")
    assert "registered" in said or "terdaftar" in said
    assert "12345678901" in said
    assert "2026-12" in said


def test_a_trouble_on_the_line_is_told_where_it_waits(program: Program, visitor: Visitor) -> None:
    record_id = put(program, 1)
    now = program.laptop.desk.now()
    outbox(program).attempted([record_id], "office_failed", now)
    assert sentence("office_failed", "id") in visitor.see(f"/captures/{record_id}").said("main")
    outbox(program).set_aside(record_id, "faulty", now)
    assert sentence("faulty", "id") in visitor.see(f"/captures/{record_id}").said("main")


def test_a_purged_one_says_by_which_rule(program: Program, visitor: Visitor) -> None:
    record_id = one_of(program, "accepted", 1)
    wipe(program, record_id, days=14)
    assert "aturan 14 hari" in visitor.see(f"/captures/{record_id}").said("main")


def test_what_was_written_down_is_shown_without_its_secrets(
    program: Program, visitor: Visitor
) -> None:
    record_id = put(program, 1)
    text = visitor.get(f"/captures/{record_id}").text
    assert str(person(1)["full_name"]) in text
    assert str(person(1)["mother_name"]) not in text
    assert str(person(1)["nik"]) not in text


@pytest.mark.parametrize("one", ["x", "0", "019a9c00", "%00", "%ff", "..%2f..", "a" * 3_000, "'"])
@pytest.mark.parametrize("end", ["", "/receipt", "/saved"])
def test_a_record_of_nobody_is_none(visitor: Visitor, one: str, end: str) -> None:
    told = visitor.get(f"/captures/{one}{end}")
    assert told.status_code == 404
    assert "tidak ada" in told.text.lower() or "tidak dikenal" in told.text.lower()


def test_who_acts_is_one_of_those_the_page_can_name() -> None:
    assert {one.value for one in Responsible} == {*ACTS, "nobody"}
