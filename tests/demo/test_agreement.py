from typing import Any

from demo.agreement import disagreements


def capture(record_id: str, **other: Any) -> dict[str, Any]:
    return {
        "record_id": record_id,
        "digest": f"digest of {record_id}",
        "verdict": "accepted",
        "reason": "new",
        **other,
    }


BOOKS = {name: (f"digest of {name}", "accepted", "new") for name in ("a", "b")}


def test_the_same_on_both_sides_is_agreement() -> None:
    assert list(disagreements([capture("a"), capture("b")], BOOKS)) == []


def test_each_way_to_differ_is_told_by_its_record() -> None:
    for wrong, said in (
        (capture("b", digest="another"), "b: accepted/new on the laptop, not at the office"),
        (capture("b", verdict="duplicate"), "b: duplicate/new on the laptop, not at the office"),
        (capture("b", reason="corrected"), "b: accepted/corrected on the laptop"),
        (capture("b", verdict=None), "b: no verdict on the laptop"),
        (capture("a"), "a: twice on the laptop"),
        (capture("c"), "c: unknown at the office"),
    ):
        found = list(disagreements([capture("a"), wrong], BOOKS))
        assert found[0].startswith(said)


def test_what_only_the_office_has_is_told() -> None:
    assert list(disagreements([capture("a")], BOOKS)) == ["b: unknown on the laptop"]
