"""docs/API.md against the OpenAPI document: each call, and each example."""

import json
import re
import shlex
from typing import Any
from urllib.parse import parse_qs, urlsplit

from server.api.office import bodies
from server.rules.roles import Access
from server.web.gate import ROUTES
from tests.docs.reading import DOCUMENTS, codes_in, first_cells
from tests.server.api.caller import OFFICE
from tests.server.test_openapi import switchboard

API_MD = DOCUMENTS["docs/API.md"]
DOCUMENT: Any = switchboard.app.test_client().get("/openapi.json").json
CALLS = {
    f"{verb.upper()} {path.removeprefix(OFFICE)}": call
    for path, calls in DOCUMENT["paths"].items()
    if path.startswith(OFFICE)
    for verb, call in calls.items()
    if verb != "parameters"
}
EXAMPLES = [shlex.split(code) for code in codes_in(API_MD) if code.startswith("curl ")]


def test_every_call_stands_there_and_no_other() -> None:
    assert sorted(first_cells(API_MD)) == sorted(CALLS)


def test_who_may_is_told_as_the_gate_has_it() -> None:
    told = dict(re.findall(r"^\| `([^`]+)` \| (\w+) \|", API_MD, re.MULTILINE))
    there = {}
    for rule in switchboard.app.url_map.iter_rules():
        if rule.rule.startswith(OFFICE):
            path = re.sub(r"<string:(\w+)>", r"{\1}", rule.rule.removeprefix(OFFICE))
            (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
            there[f"{method} {path}"] = ROUTES[rule.endpoint]
    assert told == {call: access.value for call, access in there.items()}
    assert set(told.values()) == {Access.FIGURES, Access.WORK, Access.ALL}


def test_every_example_is_a_call_that_takes_it() -> None:
    assert len(EXAMPLES) > 5
    for words in EXAMPLES:
        address = urlsplit(words[-1].removeprefix("$OFFICE"))
        method = words[words.index("-X") + 1] if "-X" in words else "GET"
        call = next(call for name, call in CALLS.items() if fits(f"{method} {address.path}", name))
        members = {one["name"] for one in call.get("parameters", []) if one["in"] == "query"}
        assert parse_qs(address.query).keys() <= members, words
        if "--json" in words:
            sent = json.loads(words[words.index("--json") + 1])
            (form,) = call["requestBody"]["content"].values()
            getattr(bodies, form["schema"]["$ref"].rpartition("/")[2])().load(sent)
        else:
            assert "requestBody" not in call, words


def fits(asked: str, name: str) -> bool:
    """Tell whether what is asked is a call's address with names filled in."""
    method, _, path = name.partition(" ")
    pattern = re.sub(r"\{\w+\}", "[^/]+", path)
    return re.fullmatch(f"{method} {OFFICE}{pattern}", asked) is not None
