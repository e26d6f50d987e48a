"""Laptops, looked through and taken out of service by a program."""

import pytest

from tests.builders import content
from tests.offices import Desk, Laptop
from tests.server.api.caller import Caller


def test_are_listed_and_shown_without_a_worker(chief: Caller, one: Laptop, two: Laptop) -> None:
    person = content(1)
    one.exchange(one.envelope(person), one.envelope(content(2), device_seq=5))
    found = chief.get("/laptops")
    assert (found["found"], found["pages"], found["counts"]["working"]) == (2, 1, 2)
    (line,) = chief.get("/laptops?q=agen%201")["laptops"]
    assert (line["device_id"], line["standing"], line["missing"]) == (one.device_id, "working", 3)
    assert chief.get("/laptops?state=lost")["laptops"] == []
    assert chief.refused("GET", "/laptops?state=luck") == (422, "shape")
    shown = chief.get(f"/laptops/{one.device_id}")
    assert (shown["office"], shown["missing_ranges"]) == ("Makassar", [[2, 4]])
    assert len(shown["held"]) == 2
    told = chief.ask("GET", f"/laptops/{one.device_id}").text
    assert person["full_name"] not in told
    assert "token" not in told


def test_is_asked_to_stop_and_kept_after_all(desk: Desk, chief: Caller, one: Laptop) -> None:
    path = f"/laptops/{one.device_id}"
    assert chief.post(f"{path}/retire")["standing"] == "asked"
    assert "retire" in one.exchange()
    assert chief.post(f"{path}/keep")["standing"] == "working"
    assert "retire" not in one.exchange()
    lines = chief.get(f"/audit?about=device&id={one.device_id}")["lines"]
    assert [(line["action"], line["detail"]["token"]) for line in lines] == [
        ("changed", "laporan malam"),
        ("retired", "laporan malam"),
    ]


def test_a_lost_one_is_revoked_with_the_clock_of_the_law(chief: Caller, one: Laptop) -> None:
    path = f"/laptops/{one.device_id}"
    lost = {"reason": "dicuri", "lost_at": "2026-11-20T09:00:00+08:00"}
    shown = chief.post(f"{path}/revoke", lost)
    assert (shown["standing"], shown["lost_at"]) == ("revoked", "2026-11-20T01:00:00.000Z")
    assert shown["deadline"] == "2026-11-23T01:00:00.000Z"
    assert one.post("/api/v1/exchange", json=one.request()).status_code == 403
    assert chief.refused("POST", f"{path}/retire") == (409, "device_gone")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"reason": " "}, "reason_unfit"),
        ({"reason": "NIK 7371110101900001"}, "reason_unfit"),
        ({"reason": "dicuri", "lost_at": "2026-11-21T09:00:00+08:00"}, "loss_unfit"),
        ({"reason": "dicuri", "lost_at": "kemarin"}, "shape"),
        ({"lost_at": None}, "shape"),
    ],
)
def test_what_cannot_be_revokes_nothing(
    chief: Caller, one: Laptop, body: dict[str, str], code: str
) -> None:
    path = f"/laptops/{one.device_id}"
    assert chief.refused("POST", f"{path}/revoke", json=body) == (422, code)
    assert chief.get(path)["standing"] == "working"
