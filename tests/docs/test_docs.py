"""The documents list what the code has: nothing is missing, and nothing else is there."""

import ast
import importlib
import re
from collections import Counter
from pathlib import Path
from typing import Any

import click
import pytest

from agent_client.cli import cli as agent
from agent_client.config import Settings as LaptopSettings
from agent_client.importer import columns
from agent_client.sentences import MESSAGES as LAPTOP
from schemas.content_rules import ELIGIBILITY
from schemas.enrolment import CODES, WARNINGS
from schemas.messages import GROUPS, MESSAGES
from schemas.words import REASONS, Flag, Verdict
from scripts.build_docs import LISTS, build
from server.cli import main as office
from server.config import settings_from
from server.problems import CATALOGUE, REVIEW
from server.rules.why import WHY
from server.sentences import SENTENCES
from sync import problems
from tests.docs.reading import (
    DOCUMENTS,
    PRODUCT,
    ROOT,
    codes_in,
    commands_in,
    commands_of,
    first_arguments,
    first_cells,
    options_of,
    pairs_with_code,
    section,
    sources,
    texts_in,
)

CODES_MD = DOCUMENTS["docs/CODES.md"]
COMMANDS_MD = DOCUMENTS["docs/COMMANDS.md"]
SETTINGS_MD = DOCUMENTS["docs/SETTINGS.md"]
PROGRAMS = {"lorong-agent": agent, "lorong-server": office}
IN_CHARGE = {name: text for name, text in DOCUMENTS.items() if name != "docs/DOMAIN.md"}
"""Documents that speak of this project; DOMAIN.md quotes others' files and names."""
TESTING = ("scripts", "tests/browser")


def tree_of(name: str) -> ast.Module:
    """Return the syntax of one file."""
    return ast.parse((ROOT / name).read_text("utf-8"))


@pytest.mark.parametrize("name", ["docs/CODES.md", "docs/COMMANDS.md"])
def test_the_lists_are_as_the_code_has_them(name: str) -> None:
    assert build(DOCUMENTS[name]) == DOCUMENTS[name], "run: python scripts/build_docs.py"


def test_every_list_that_can_be_made_stands_in_a_document_once() -> None:
    marks = [mark for text in DOCUMENTS.values() for mark in re.findall(r"made: (\S+) -->", text)]
    assert sorted(marks) == sorted(LISTS)


def under(*headings: str) -> list[str]:
    """Return the codes of the tables under a heading of CODES.md."""
    return [code for heading in headings for code in first_cells(section(CODES_MD, heading))]


PAIRS = {f"{verdict}/{reason}" for verdict, of in REASONS.items() for reason in of}
OFFICE_CHECKS = {code for tree in sources("server") for code in first_arguments(tree, "Finding")}
LAPTOP_FAULTS = pairs_with_code(tree_of("agent_client/doctor.py"))
ROLL = first_arguments(tree_of("server/roll_import.py"), "ValueError")
RAISED = {
    code
    for tree in sources("sync", "agent_client")
    for code in first_arguments(tree, "BadAddress", *(name for name in dir(problems)))
}
TOLD = {code for tree in sources("agent_client") for code in first_arguments(tree, "sentence")}


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("## Verdicts and reasons", PAIRS),
        ("## Flags", set(Flag)),
        ("## What is wrong with a content", CODES | WARNINGS),
        ("## What is wrong with an envelope", set(GROUPS["envelope"])),
        ("## What the office refuses a call for", {problem.code for problem in CATALOGUE}),
        ("## Why a decision is not taken", {problem.code for problem in REVIEW}),
        (
            "## What happens on the line",
            ({*problems.CODES} | RAISED | TOLD & GROUPS["line"].keys()) - GROUPS["office"].keys(),
        ),
        ("## Why a command of the laptop stops", LAPTOP.keys() | LAPTOP_FAULTS),
        (
            "## Why a command of the office stops",
            SENTENCES.keys() | OFFICE_CHECKS | (ROLL - {"nik_rounded"}),
        ),
        ("## Why two contents are one person, or are not", WHY.keys()),
    ],
)
def test_every_code_stands_under_its_heading_and_no_other(heading: str, known: set[str]) -> None:
    found = under(heading)
    assert set(found) == known
    assert len(found) == len(known)


def test_every_code_stands_in_the_documents_once_and_every_heading_was_looked_at() -> None:
    headings = re.findall(r"^## .*$", CODES_MD, re.MULTILINE)
    assert sorted(under(*headings)) == sorted(first_cells(CODES_MD))
    assert set(first_cells(CODES_MD)) >= MESSAGES.keys() | LAPTOP.keys() | SENTENCES.keys()


def test_eligibility_has_a_table_of_its_own() -> None:
    tables = section(CODES_MD, "## What is wrong with a content").split("<!-- end -->")
    assert set(first_cells(tables[0])) == CODES - ELIGIBILITY
    assert set(first_cells(tables[1])) == ELIGIBILITY


def test_every_verdict_is_told_of_in_the_lead() -> None:
    lead = section(CODES_MD, "## Verdicts and reasons").partition("<!-- made")[0]
    assert {code for code in codes_in(lead) if code in set(Verdict)} == set(Verdict)


def test_whatever_the_office_ends_a_command_with_has_a_sentence() -> None:
    ends = ("fail", "Ended", "Taken", "Unknown", "Wrong", "unique")
    said = [first_arguments(tree, *ends) for tree in sources("server")]
    assert set().union(*said) <= SENTENCES.keys()


def test_every_sentence_of_a_command_belongs_to_a_code_of_the_office() -> None:
    said = Counter(texts_in("server"))
    assert not [code for code in SENTENCES if said[code] < 2]


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_command_and_option_stands_in_the_documents_and_no_other(program: str) -> None:
    told: dict[str, set[str]] = {}
    parts = re.split(r"^### ", COMMANDS_MD, flags=re.MULTILINE)[1:]
    for part in parts:
        usage = re.match(rf"`{program}( [a-z -]+?)?( [^a-z`]*)?`", part)
        if usage:
            told[(usage[1] or "").strip()] = set(re.findall(r"^- `(--[a-z-]+)", part, re.MULTILINE))
    there = {words: options_of(one) for words, one in commands_of(PROGRAMS[program]).items()}
    assert told == there


@pytest.mark.parametrize("name", IN_CHARGE)
def test_every_command_that_is_shown_can_be_given(name: str) -> None:
    for program, group in PROGRAMS.items():
        for words in commands_in(IN_CHARGE[name], program):
            assert is_known(words, group), f"{program} {' '.join(words)}"


def is_known(words: list[str], group: click.Group) -> bool:
    """Tell whether a command and its options are there."""
    command: click.Command = group
    for place, word in enumerate(words):
        if isinstance(command, click.Group) and not word.startswith("-"):
            if word not in command.commands:
                return False
            command = command.commands[word]
        elif word.startswith("--") and word.partition("=")[0] not in options_of(command):
            return word == "--help" and place == len(words) - 1
    return True


def test_every_make_command_stands_in_the_documents_and_no_other() -> None:
    makefile = (ROOT / "Makefile").read_text()
    there = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    told = set(re.findall(r"`make ([a-z-]+)", "".join(IN_CHARGE.values())))
    assert told == there
    assert {f"make {name}" for name in ("demo", "test", "check", "bench")} <= set(
        first_cells(DOCUMENTS["README.md"])
    )


def settings_in(*folders: str) -> set[str]:
    """Return every setting that the code of some folders names."""
    whole = {text for text in texts_in(*folders) if re.fullmatch(r"LORONG_[A-Z_]+", text)}
    short = {name for tree in sources(*folders) for name in first_arguments(tree, "setting")}
    return whole | {f"LORONG_{name}" for name in short}


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("## The office", settings_in("server", "sync", "schemas")),
        ("## The laptop", settings_in("agent_client")),
        ("## Testing", settings_in(*TESTING) - settings_in(*PRODUCT)),
        ("## Measuring", settings_in("bench", "demo") - settings_in(*PRODUCT)),
    ],
)
def test_every_setting_stands_in_the_documents_and_no_other(heading: str, known: set[str]) -> None:
    assert known
    assert set(first_cells(section(SETTINGS_MD, heading))) == known


def usual_in(heading: str) -> dict[str, str]:
    """Return what a section of SETTINGS.md says is usual, where it is a plain value."""
    rows = re.findall(r"^\| `LORONG_(\w+)` \| `([^`]+)` \|", section(SETTINGS_MD, heading), re.M)
    return {name.lower(): value for name, value in rows if name != "HOME"}


def test_what_is_usual_at_the_office_is_told_as_it_is() -> None:
    settings = settings_from({})
    told = usual_in("## The office")
    assert len(told) == 14
    there = {name: getattr(settings, name, None) or getattr(settings.rules, name) for name in told}
    assert told == {name: shown(value) for name, value in there.items()}


def test_what_is_usual_on_a_laptop_is_told_as_it_is() -> None:
    settings = LaptopSettings(home=Path("/nowhere"))
    told = usual_in("## The laptop")
    assert len(told) == 12
    assert told == {name: shown(getattr(settings, name)) for name in told}


def shown(value: Any) -> str:
    """Return a setting as it is written in the environment."""
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def test_no_document_names_a_setting_that_is_not_there() -> None:
    there = settings_in(*PRODUCT, *TESTING, "bench", "demo")
    for name, text in IN_CHARGE.items():
        assert set(re.findall(r"LORONG_[A-Z_]*[A-Z]", text)) <= there, name


def test_every_column_of_a_list_stands_in_the_documents_and_no_other() -> None:
    text = section(COMMANDS_MD, "### Columns of a list")
    headings = first_cells(text)
    assert list(columns.columns_of(headings).values()) == list(range(len(headings)))
    assert columns.columns_of(headings).keys() == columns._HEADINGS.keys()


@pytest.mark.parametrize("name", IN_CHARGE)
def test_every_link_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", IN_CHARGE[name]):
        if not target.startswith("https://"):
            assert (ROOT / name).parent.joinpath(target).exists(), target


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/SETTINGS.md"])
def test_every_file_and_function_that_is_named_is_there(name: str) -> None:
    for code in codes_in(DOCUMENTS[name]):
        if code.startswith(".venv"):
            continue
        if re.fullmatch(r"[\w./-]+/|[\w/.-]+\.(?:py|md|csv|json)", code):
            assert any((ROOT / folder / code).exists() for folder in (".", *PRODUCT)), code
        elif re.fullmatch(rf"(?:{'|'.join(PRODUCT)}|tests)(?:\.\w+)+", code):
            module, _, member = code.rpartition(".")
            assert hasattr(importlib.import_module(module), member), code
