"""Cases, asked for and decided by a program."""

from typing import Any

import pytest

from server import case_queue
from tests.builders import content
from tests.offices import Desk, Laptop
from tests.server.api.caller import Caller
from tests.server.races import race
from tests.server.supervisor import Supervisor, sent
from tests.server.web.cases import ODD, doubtful, noted

KINDS = {
    "nik_conflict": "same",
    "near_match": "same",
    "nik_changed": "yes",
    "person_changed": "no",
    "credit_dispute": "moves",
}


def the_case(caller: Caller) -> dict[str, Any]:
    """Return the only open case, as it is shown."""
    (line,) = caller.get("/cases")["cases"]
    case: dict[str, Any] = caller.get(f"/cases/{line['case_id']}")
    return case


def decision(case: dict[str, Any], choice: str, **more: Any) -> dict[str, Any]:
    """Return a decision of a case as it was shown."""
    other = case["other"] and case["other"]["record_id"]
    seen = {"record_id": case["record"]["record_id"], "other_id": other}
    return {"choice": choice, "seen": seen, **more}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_listed_shown_decided_and_undone(
    desk: Desk, chief: Caller, supervisor: Supervisor, one: Laptop, two: Laptop, kind: str
) -> None:
    first, second = doubtful(kind, one, two)
    before = supervisor.told(first, second)
    case = the_case(chief)
    assert case["kind"] == kind
    assert case["record"]["record_id"] == second["record_id"]
    assert case["other"]["record_id"] == first["record_id"]
    (option,) = [o for o in case["options"] if o["choice"] == KINDS[kind]][:1]
    path = f"/cases/{case['case_id']}"
    body = decision(case, KINDS[kind], holder=option["holder"], note="sudah ditanya")
    outcome = chief.post(f"{path}/decision", body)
    moved = {one["record_id"] for one in outcome["moved"]}
    assert moved == {one["record_id"] for one in option["moves"]["records"]}
    decided = chief.get(path)
    assert (decided["decision"], decided["decided_by"]) == (KINDS[kind], "Ibu Rahma")
    assert decided["past"][-1]["note"] == "sudah ditanya"
    assert chief.get("/cases")["cases"] == []
    assert [line["kind"] for line in chief.get("/cases?state=decided")["cases"]] == [kind]
    chief.post(f"{path}/undo", {})
    assert supervisor.told(first, second) == before
    supervisor.insist_sound()
    deeds = [action for action, _, _ in noted(desk)]
    assert [deed for deed in deeds if deed != "saw"] == ["decided", "undid"]


def test_what_is_looked_at_is_noted_and_masked(
    desk: Desk, chief: Caller, one: Laptop, two: Laptop
) -> None:
    first, second = doubtful("nik_conflict", one, two)
    case = the_case(chief)
    for side, envelope in (("other", first), ("record", second)):
        told, whole = case[side]["content"], envelope["content"]
        assert told["mother_name"] == whole["mother_name"]
        for member in ("nik", "phone"):
            assert told[member] != whole[member]
            assert whole[member] not in str(case)
    assert noted(desk) == [("saw", "case", "Ibu Rahma")]
    listed = chief.ask("GET", "/cases").text
    assert first["content"]["mother_name"] not in listed
    assert first["content"]["nik"] not in listed


def test_a_decision_that_is_sent_twice_is_taken_once(
    chief: Caller, supervisor: Supervisor, one: Laptop, two: Laptop
) -> None:
    doubtful("nik_conflict", one, two)
    case = the_case(chief)
    path, body = f"/cases/{case['case_id']}/decision", decision(case, "different")
    chief.post(path, body)
    assert chief.refused("POST", path, json=body) == (409, "case_decided")
    supervisor.insist_sound()


def test_of_two_who_decide_at_once_one_is_told_that_it_is_decided(
    desk: Desk, chief: Caller, admin: Caller, supervisor: Supervisor, one: Laptop, two: Laptop
) -> None:
    doubtful("nik_conflict", one, two)
    case = the_case(chief)
    path = f"/cases/{case['case_id']}/decision"

    def decide(by: Caller, choice: str) -> Any:
        answer = by.ask("POST", path, json=decision(case, choice))
        return answer.status_code, answer.json.get("code")

    found = race(
        desk.office.store, lambda: decide(chief, "same"), lambda: decide(admin, "different")
    )
    assert sorted(found) == [(200, None), (409, "case_decided")]
    supervisor.insist_sound()


def test_what_does_not_fit_changes_nothing(
    chief: Caller, supervisor: Supervisor, one: Laptop, two: Laptop
) -> None:
    doubtful("nik_changed", one, two)
    case = the_case(chief)
    path, before = f"/cases/{case['case_id']}", supervisor.snapshot()
    other = decision(case, "yes")
    other["seen"]["other_id"] = None
    for body, refusal in (
        (other, (409, "case_moved")),
        (decision(case, "same"), (409, "decision_unfit")),
        (decision(case, "luck"), (422, "shape")),
        ({"choice": "yes"}, (422, "shape")),
        (decision(case, "yes", note="x" * 501), (422, "shape")),
    ):
        assert chief.refused("POST", f"{path}/decision", json=body) == refusal
    assert chief.refused("POST", f"{path}/undo", json={}) == (409, "case_open")
    assert chief.refused("POST", f"{path}/question", json={"text_id": " ", "text_en": "a"}) == (
        422,
        "shape",
    )
    assert supervisor.snapshot() == before


def test_an_agent_who_is_asked_sees_it_on_the_laptop(
    chief: Caller, one: Laptop, two: Laptop
) -> None:
    doubtful("near_match", one, two)
    case = the_case(chief)
    body = {"text_id": "Periksa NIK.", "text_en": "Check the NIK."}
    chief.post(f"/cases/{case['case_id']}/question", body)
    told = [change for change in two.exchange()["changes"] if change["kind"] == "notice"]
    assert [(one["text_id"], one["record_id"]) for one in told] == [
        ("Periksa NIK.", case["record"]["record_id"])
    ]
    assert the_case(chief)["decision"] is None


def test_an_odd_nik_is_listed_shown_taken_and_taken_back(
    chief: Caller, supervisor: Supervisor, one: Laptop
) -> None:
    envelope = sent(one, ODD)
    (line,) = chief.get("/cases?kind=odd_nik")["cases"]
    assert (line["case_id"], line["record_id"]) == (None, envelope["record_id"])
    assert line["nik"] not in ("", ODD["nik"])
    path = f"/records/{envelope['record_id']}"
    view = chief.get(path)
    assert (view["kind"], view["taking"]["records"][0]["after"]) == (
        "odd_nik",
        {"verdict": "accepted", "reason": "reinstated"},
    )
    outcome = chief.post(f"{path}/take", {"note": "KTP dilihat"})
    assert supervisor.told(envelope) == ["accepted/reinstated"]
    assert chief.refused("POST", f"{path}/take", json={}) == (409, "decision_unfit")
    assert chief.refused("GET", path) == (409, "decision_unfit")
    chief.post(f"/cases/{outcome['case_id']}/undo", {})
    assert supervisor.told(envelope) == ["rejected/invalid"]


class TestCursor:
    def test_leads_through_all_once_whatever_is_decided_meanwhile(
        self, chief: Caller, one: Laptop, two: Laptop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(case_queue, "PAGE", 2)
        for number in range(1, 6):
            sent(one, content(number))
            sent(
                two,
                {**content(number + 20), "nik": content(number)["nik"], "nik_reason": "as_on_card"},
            )
        first = chief.get("/cases?kind=nik_conflict")
        for line in first["cases"]:
            case = chief.get(f"/cases/{line['case_id']}")
            chief.post(f"/cases/{line['case_id']}/decision", decision(case, "different"))
        found = [line["case_id"] for line in first["cases"]]
        cursor = first["cursor"]
        while cursor is not None:
            part = chief.get(f"/cases?kind=nik_conflict&cursor={cursor}")
            found += [line["case_id"] for line in part["cases"]]
            cursor = part["cursor"]
        assert len(found) == len(set(found)) == 5

    def test_leads_through_what_was_decided_and_through_odd_niks(
        self, chief: Caller, one: Laptop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(case_queue, "PAGE", 1)
        ids = [sent(one, {**ODD, "nik": f"737111991399000{n}"})["record_id"] for n in range(1, 4)]
        first = chief.get("/cases?kind=odd_nik")
        second = chief.get(f"/cases?kind=odd_nik&cursor={first['cursor']}")
        assert [line["record_id"] for part in (first, second) for line in part["cases"]] == ids[:2]
        for record_id in ids:
            chief.post(f"/records/{record_id}/take", {})
        first = chief.get("/cases?state=decided")
        second = chief.get(f"/cases?state=decided&cursor={first['cursor']}")
        third = chief.get(f"/cases?state=decided&cursor={second['cursor']}")
        lines = [line for part in (first, second, third) for line in part["cases"]]
        assert {line["record_id"] for line in lines} == set(ids)
        assert third["cursor"] is None
        assert chief.refused("GET", f"/cases?kind=odd_nik&cursor={second['cursor']}") == (
            422,
            "shape",
        )
