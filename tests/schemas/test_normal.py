"""The normal form of text, and of a content."""

from hypothesis import example, given
from hypothesis import strategies as st

from schemas.enrolment import normalise
from schemas.normal import are_normal, normal_text, normal_value
from tests.builders import content


def test_the_normal_form() -> None:
    raw = {
        "full_name": "  Baso\u0000  Kali\r\n\tTahir\u200b ",
        "alias": "E\u0301",
        "note": "",
        "email": " \u0007 ",
        "rw": None,
        "nik": " 7371.0212-0978 0001",
        "programmes": ["JKK ", "", None, "JKM"],
        "employer": False,
        "shoe_size": 42,
    }
    assert normalise(raw) == {
        "nik": "7371021209780001",
        "full_name": "Baso Kali Tahir",
        "alias": "\u00c9",
        "employer": False,
        "programmes": ["JKK", "JKM"],
    }


@given(st.text(st.characters(exclude_categories=()), max_size=80))
@example("a \u0000 b")
@example("e\u0000\u0301")
@example("\u1fef \u2000 \u037e")
def test_normal_text_is_stable_and_has_no_control_characters(text: str) -> None:
    normal = normal_text(text)
    assert normal_text(normal) == normal
    assert normal == normal.strip()
    assert not any(ord(one) < 32 or 127 <= ord(one) < 160 for one in normal)
    assert "  " not in normal


@example([" a"])
@example(["a "])
@example(["a  b"])
@example(["", "a"])
@example([["a", " b"]])
@example(["a\u200b"])
@example(["e\u0301"])
@example([None, "a"])
@example([["a", None]])
@given(st.lists(st.text(st.sampled_from("a |"), max_size=3), max_size=2))
def test_what_is_told_quickly_to_be_normal_stays_as_it_is(values: list[object]) -> None:
    if are_normal(values):
        assert [normal_value(value) for value in values] == values


def test_what_a_laptop_sends_is_told_quickly_to_be_normal() -> None:
    assert are_normal(content().values())
    assert not are_normal([*content().values(), " "])
