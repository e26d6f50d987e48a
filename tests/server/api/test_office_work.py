"""Figures, agents and offices, asked for and changed by a program."""

import pytest

from schemas.words import Verdict
from server.agent_work import Span, work_of
from tests.builders import content
from tests.offices import Desk, Laptop
from tests.server.api.caller import Caller
from tests.server.looks import aside


class TestLeaderboard:
    def test_is_that_of_the_page(self, chief: Caller, one: Laptop, two: Laptop) -> None:
        one.send(one.envelope(content(1)), one.envelope(content(2)))
        two.send(two.envelope(content(3)))
        found = chief.get("/leaderboard")
        assert [(line["name"], line["rank"], line["accepted"]) for line in found["agents"]] == [
            ("Agen 1", 1, 2),
            ("Agen 2", 2, 1),
        ]
        assert found["agents"][0]["weeks"] == [0] * 7 + [2]
        assert (found["first"], found["last"]) == ("2026-11-01", "2026-11-30")
        assert (found["total"]["accepted"], found["found"], found["pages"]) == (3, 2, 1)
        assert found["agents"][0]["last_report"] == "2026-11-20T02:00:00.000Z"

    def test_takes_the_filters_of_the_page(self, chief: Caller, one: Laptop, two: Laptop) -> None:
        one.send(one.envelope(content(1)))
        assert chief.get("/leaderboard?span=2026-10")["total"]["accepted"] == 0
        assert chief.get("/leaderboard?span=2026-W47&by=received")["total"]["accepted"] == 1
        assert chief.get("/leaderboard?span=2026-11-20..2026-11-20&q=agen%202")["found"] == 1
        home = one.joined["agent"]["office"]["office_id"]
        assert chief.get(f"/leaderboard?office={home}")["found"] == 2

    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ("span=2026-13", "span_unreadable"),
            ("span=2000-01-01..2026-01-01", "span_too_long"),
            ("office=0", "shape"),
            ("kecamatan=0", "shape"),
            ("by=luck", "shape"),
            ("page=0", "shape"),
        ],
    )
    def test_refuses_what_there_is_not(self, chief: Caller, query: str, code: str) -> None:
        assert chief.refused("GET", f"/leaderboard?{query}") == (422, code)


class TestAgent:
    def test_is_told_with_figures_and_signs(
        self, desk: Desk, viewer: Caller, one: Laptop, two: Laptop
    ) -> None:
        one.send(one.envelope(content(1)), one.envelope({"nik": "1"}))
        two.send(two.envelope(content(1)))
        agent_id = one.joined["agent"]["agent_id"]
        found = viewer.get(f"/agents/{agent_id}?span=month")
        work = work_of(desk.office, agent_id, Span.MONTH)
        assert found["totals"] == work.totals
        assert [day["accepted"] for day in found["days"]] == [1]
        assert [step["name"] for step in found["funnel"]][:2] == ["captured", "received"]
        assert {reason["verdict"] for reason in found["reasons"]} == {"accepted", "rejected"}
        assert found["laptops"][0]["device_id"] == one.device_id
        assert len(found["signs"]) == len(work.looked.signs)
        assert "most" not in found["signs"][0]

    def test_names_no_worker(self, viewer: Caller, one: Laptop) -> None:
        person = content(1)
        one.send(one.envelope(person))
        told = viewer.ask("GET", f"/agents/{one.joined['agent']['agent_id']}").text
        for member in ("nik", "full_name", "mother_name", "phone"):
            assert str(person[member]) not in told


class TestStaff:
    def test_is_made_named_moved_ended_and_given_a_code(self, desk: Desk, admin: Caller) -> None:
        tallo = admin.post("/offices", {"name": "Tallo"})
        assert admin.post(f"/offices/{tallo['office_id']}", {"name": "Tallo Baru"}, method="PATCH")
        home = next(o for o in admin.get("/offices")["offices"] if o["name"] == "Makassar")
        body = {"name": "Daeng Sutte", "code": "M-7", "office_id": home["office_id"]}
        made = admin.post("/agents", body)
        path = f"/agents/{made['agent_id']}"
        assert admin.post(path, {"name": "Daeng Baru"}, method="PATCH")["name"] == "Daeng Baru"
        move = {"office_id": tallo["office_id"], "since": "2026-11-02"}
        assert admin.post(f"{path}/moves", move) == {"records": 0}
        code = admin.post(f"{path}/join-codes")
        assert code["expires_at"] > "2026-11-20"
        joined = desk.client().post(
            "/api/v1/devices",
            json={
                "code": code["code"],
                "device_id": "0190c0de-0000-7000-8000-000000000001",
                "name": "Laptop",
                "platform": "test",
                "client": "0.1.0",
            },
        )
        assert joined.json["agent"]["agent_id"] == made["agent_id"]
        ended = admin.post(f"{path}/end", {"since": "2026-11-20"}, method="PUT")
        assert ended["ended_on"] == "2026-11-20"
        assert admin.refused("POST", f"{path}/join-codes") == (409, "agent_ended")
        assert admin.post(f"{path}/end", method="DELETE")["ended_on"] is None
        (agent,) = admin.get("/agents")["agents"]
        assert (agent["name"], agent["office"], agent["moves"]) == (
            "Daeng Baru",
            "Tallo Baru",
            [{"since": "2026-11-02", "office": "Tallo Baru"}],
        )

    def test_is_refused_as_at_the_page(self, admin: Caller) -> None:
        (home,) = admin.get("/offices")["offices"]
        body = {"name": "Daeng Sutte", "code": "M-7", "office_id": home["office_id"]}
        admin.post("/agents", body)
        assert admin.refused("POST", "/agents", json=body) == (409, "agent_taken")
        away = body | {"office_id": "0190c0de-0000-7000-8000-000000000002", "code": "M-8"}
        assert admin.refused("POST", "/agents", json=away) == (404, "office_unknown")
        assert admin.refused("POST", "/offices", json={"name": "Makassar"}) == (409, "office_taken")
        assert admin.refused("POST", "/offices", json={"name": " "}) == (422, "name_wrong")


def test_what_is_set_aside_is_listed_and_judged_again(
    desk: Desk, chief: Caller, one: Laptop
) -> None:
    first = one.envelope(content(1))
    second = one.envelope(content(2), corrects=first["record_id"])
    assert one.send(second) == [("retry", "corrects_unknown")]
    found = chief.get("/set-aside")
    (line,) = found["set_aside"]
    assert (line["reason"], line["may_be_judged"], found["found"]) == ("corrects_unknown", True, 1)
    path = f"/set-aside/{line['agent_id']}/judge"
    pair = {"record_id": line["record_id"], "digest": line["digest"]}
    assert chief.post(path, pair) == {"verdict": "retry", "reason": "corrects_unknown"}
    one.send(first)
    judged = chief.post(path, pair)
    assert judged["verdict"] != Verdict.RETRY
    assert chief.get("/set-aside")["set_aside"] == aside(desk) == []
    other = pair | {"digest": "0" * 64}
    assert chief.refused("POST", path, json=other) == (404, "aside_unknown")
