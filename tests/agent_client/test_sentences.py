"""Every code of the laptop has a sentence in both languages, and nothing else has."""

import re
from pathlib import Path

import pytest

import agent_client
from agent_client.problems import AgentProblem
from agent_client.sentences import (
    MESSAGES,
    PROBLEMS,
    error_sentence,
    problem_sentence,
    responsible,
    sentence,
)
from schemas import messages
from schemas.envelope import FieldError
from schemas.words import Responsible

SOURCES = [path.read_text() for path in Path(agent_client.__file__).parent.rglob("*.py")]
RAISED = {code for text in SOURCES for code in re.findall(r"AgentProblem\(\s*\"([a-z_]+)\"", text)}


def test_every_problem_that_is_raised_has_its_sentence() -> None:
    assert len(RAISED) > 15
    assert PROBLEMS.keys() >= RAISED


@pytest.mark.parametrize("code", MESSAGES)
def test_every_sentence_belongs_to_a_code_of_the_program(code: str) -> None:
    said = sum(text.count(f'"{code}"') for text in SOURCES)
    assert said > 1


@pytest.mark.parametrize("code", MESSAGES)
def test_both_languages_name_the_same_and_fill_in_alike(code: str) -> None:
    message = MESSAGES[code]
    fields = [set(re.findall(r"\{(\w+)\}", text)) for text in (message.id, message.en)]
    assert fields[0] == fields[1]
    assert "{" not in sentence(code, "id")
    assert message.id.endswith(".")
    assert message.en.endswith(".")


def test_no_code_has_two_meanings() -> None:
    assert not MESSAGES.keys() & messages.MESSAGES.keys()


def test_what_others_say_is_looked_up_there() -> None:
    assert sentence("nik_length", "en") == messages.sentence("nik_length", "en")
    assert responsible("code_used") is Responsible.SUPERVISOR
    assert responsible("nik_rounded") is Responsible.AGENT
    assert (sentence("monsoon", "id"), responsible("monsoon")) == ("monsoon", None)


def test_a_problem_says_what_it_is_about() -> None:
    assert "LORONG_LANG" in problem_sentence(
        AgentProblem("setting_bad", setting="LORONG_LANG"), "id"
    )
    error = FieldError("months", "choice", {"choices": [1, 2]})
    assert error_sentence(error, "en").startswith(messages.field_name("months", "en"))
