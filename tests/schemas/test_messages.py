"""Every code that people may meet has its sentence, in both languages, and no other."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.content_rules import ELIGIBILITY
from schemas.enrolment import CODES, FIELDS, WARNINGS
from schemas.envelope import envelope_problems
from schemas.messages import (
    FIELD_NAMES,
    GROUPS,
    MESSAGES,
    error_sentence,
    field_name,
    responsible,
    sentence,
)
from schemas.sentences.fields import EXAMPLES
from schemas.words import REASONS, Flag, Responsible
from server.problems import CATALOGUE, REVIEW
from sync import problems
from tests.builders import content
from tests.schemas.broken import CASES, judge

LANGUAGES = ("id", "en")
EVERY_MEMBER_WRONG = dict.fromkeys(
    [
        *("device_id", "device_seq", "captured_at", "elapsed_s", "boot_id", "uptime_s"),
        *("clock_offset_s", "last_answer_at", "corrects", "content"),
    ],
    -1.5,
)


def test_no_code_has_two_sentences() -> None:
    for one, other in combinations(GROUPS.values(), 2):
        assert not one.keys() & other.keys()


def test_every_code_of_the_content_has_a_sentence_and_no_other() -> None:
    assert GROUPS["invalid"].keys() == CODES - ELIGIBILITY
    assert GROUPS["ineligible"].keys() == ELIGIBILITY
    assert GROUPS["warnings"].keys() == WARNINGS


def test_every_fault_of_an_envelope_has_a_sentence_and_no_other() -> None:
    found = {problem.code for problem in envelope_problems(EVERY_MEMBER_WRONG)}
    elsewhere = {"envelope.kind", "not_canonical", "too_large", "corrects_self", "corrects_cycle"}
    assert GROUPS["envelope"].keys() == found | elsewhere


def test_every_verdict_and_flag_has_a_sentence_and_no_other() -> None:
    pairs = {f"{verdict}/{reason}" for verdict, of in REASONS.items() for reason in of}
    assert GROUPS["verdicts"].keys() == pairs
    assert GROUPS["flags"].keys() == set(Flag)


def test_the_office_and_the_sentences_agree_on_who_must_act() -> None:
    for group, catalogue in (("office", CATALOGUE), ("review", REVIEW)):
        said = {code: message.responsible for code, message in GROUPS[group].items()}
        assert said == {problem.code: problem.responsible for problem in catalogue}


def test_every_problem_of_the_line_has_a_sentence() -> None:
    assert set(problems.CODES) <= MESSAGES.keys()


@pytest.mark.parametrize("code", MESSAGES)
def test_a_sentence_is_whole_in_both_languages(code: str) -> None:
    texts = [MESSAGES[code].text(lang) for lang in LANGUAGES]
    assert texts[0] != texts[1]
    for text in texts:
        assert text.endswith(".")
        assert text[0].isupper() or text.startswith("{field}")
        assert len(text) <= 220
        assert "  " not in text


@pytest.mark.parametrize(("change", "_wanted", "_looks_at"), CASES)
def test_an_error_that_check_found_can_be_told(
    change: dict[str, Any], _wanted: tuple[str, str], _looks_at: frozenset[str]
) -> None:
    for error in judge(content(1, **change)).errors:
        for lang in LANGUAGES:
            told = error_sentence(error.body(), lang)
            assert told != error.code
            assert "–" not in told
            assert "{" not in told


def test_fields_and_numbers_are_told_as_people_know_them() -> None:
    error = {"field": "street", "code": "one_needed", "params": {"fields": ["street", "lorong"]}}
    assert error_sentence(error) == "Isi salah satu: Jalan atau Lorong."
    assert error_sentence(error, "en") == "Fill in one of these: Street or Lorong."
    assert "Rp1.000.000 sebulan" in sentence("income_min", min=1_000_000)
    assert "Rp1,000,000 a month" in sentence("income_min", lang="en", min=1_000_000)
    assert sentence("format", field="phone").startswith("Nomor HP salah tulis (contoh: +62812")
    assert sentence("format", field="note").startswith("Catatan salah tulis. ")
    assert "2026-10 sampai 2027-02" in sentence("month_window", min="2026-10", max="2027-02")


def test_every_member_has_a_name_in_both_languages_and_no_other() -> None:
    assert list(FIELD_NAMES) == [row.name for row in FIELDS]
    assert all(names.keys() == set(LANGUAGES) for names in FIELD_NAMES.values())
    assert field_name("birth_date") == "Tanggal lahir"
    assert field_name("birth_date", "en") == "Date of birth"
    assert field_name("shoe_size") == "shoe_size"


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_of_a_form_is_sound_itself(name: str) -> None:
    checked = judge(content(1, **{name: EXAMPLES[name], "nik_reason": "as_on_card"}))
    assert not checked.errors


def test_who_must_act_is_known() -> None:
    assert responsible("in_review/nik_conflict") is Responsible.SUPERVISOR
    assert responsible("accepted/new") is Responsible.NOBODY
    assert responsible("sharks") is None


def test_an_unknown_code_is_shown_by_itself() -> None:
    assert sentence("accepted/by_lottery") == "accepted/by_lottery"
    assert error_sentence({"field": "nik", "code": "nik_blessed"}, "en") == "nik_blessed"


def test_an_unknown_language_is_answered_in_indonesian() -> None:
    assert sentence("busy", "bug") == sentence("busy")
    assert sentence("required", "bug", field="nik") == sentence("required", field="nik")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
PARAMS = st.dictionaries(st.sampled_from(["min", "max", "field", "fields", "digits", "code"]), JSON)


@given(st.sampled_from(sorted(MESSAGES)) | JSON, JSON, PARAMS | JSON, st.sampled_from(LANGUAGES))
def test_whatever_another_version_sends_can_be_told(
    code: Any, field: Any, params: Any, lang: str
) -> None:
    assert error_sentence({"code": code, "field": field, "params": params}, lang) != "" or not code


def test_a_number_of_5000_digits_can_be_told() -> None:
    assert "–" in error_sentence({"code": "range", "params": {"min": 10**5000}, "field": 10**5000})
