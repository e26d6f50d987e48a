"""audit: the trail at a terminal."""

import json

from server.audit import Action
from server.office import Office
from tests.server.terminal import Terminal
from tests.server.test_trail import note


def test_it_prints_the_newest_first(office: Office, terminal: Terminal) -> None:
    note(office, Action.DECIDED, about_id="c-1", choice="same", moved=2)
    office.now.forward(days=1)  # type: ignore[attr-defined]
    note(office, by="Pak Ali", about_id="c-2")
    found = terminal.run("audit")
    assert (found.exit_code, found.stdout.splitlines()) == (
        0,
        [
            "2  21 Nov 2026 10.00 WITA  Pak Ali melihat kasus c-2",
            "1  20 Nov 2026 10.00 WITA  Ibu Rahma memutuskan kasus c-1: orang yang sama"
            " (data yang berpindah: 2)",
        ],
    )
    assert terminal.run("audit", "--by", "Pak Ali").stdout.splitlines() == [
        "2  21 Nov 2026 10.00 WITA  Pak Ali melihat kasus c-2"
    ]
    english = terminal.run("--lang", "en", "audit", "--since", "2026-11-21").stdout
    assert english == "2  21 Nov 2026 10.00 WITA  Pak Ali saw case c-2\n"


def test_as_json_a_line_for_each(office: Office, terminal: Terminal) -> None:
    note(office, about_id="c-1", office_id="tallo", count=1)
    note(office, about_id="c-2")
    first, second = map(json.loads, terminal.run("audit", "--json").stdout.splitlines())
    assert (first["number"], second["detail"]) == (2, {"count": 1})
    assert (second["at"], second["office_id"]) == ("2026-11-20T02:00:00.000Z", "tallo")
    assert len(bytes.fromhex(second["seal"])) == 32


def test_an_unreadable_day_is_told(terminal: Terminal) -> None:
    assert terminal.problem("audit", "--since", "kemarin") == "day_unreadable"


def test_the_doctor_tells_the_end(office: Office, terminal: Terminal) -> None:
    note(office, about_id="c-1")
    assert "line 1, seal " in terminal.run("doctor").stdout
    told = {check["check"]: check.get("told") for check in terminal.json("doctor")["checks"]}
    assert told["trail"].startswith("line 1, seal ")
    assert told["schema"] is None
