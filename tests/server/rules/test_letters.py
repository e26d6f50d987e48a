"""Where two texts differ: nothing is lost, nothing is added, and what is equal is not marked."""

from hypothesis import given
from hypothesis import strategies as st

from server.rules.letters import Parts, differing, differing_digits

TEXTS = st.text(max_size=30)
ALIKE = st.text(alphabet="abAB \u0301e", max_size=12)


def whole(parts: Parts) -> str:
    return "".join(part.text for part in parts)


def marked(parts: Parts) -> list[str]:
    return [part.text for part in parts if part.differs]


@given(TEXTS | ALIKE, TEXTS | ALIKE)
def test_the_parts_together_are_the_text(one: str, other: str) -> None:
    left, right = differing(one, other)
    assert (whole(left), whole(right)) == (one, other)


@given(TEXTS | ALIKE, TEXTS | ALIKE)
def test_what_is_not_marked_is_the_same_on_both_sides(one: str, other: str) -> None:
    left, right = (
        "".join(part.text for part in parts if not part.differs) for parts in differing(one, other)
    )
    assert left.casefold() == right.casefold()


@given(TEXTS | ALIKE)
def test_equal_texts_have_no_mark(text: str) -> None:
    assert [marked(parts) for parts in differing(text, text)] == [[], []]


def test_a_letter_is_marked_alone() -> None:
    assert [marked(parts) for parts in differing("Idris Hideyat", "IDRIS HIDAYAT")] == [
        ["e"],
        ["A"],
    ]


def test_a_word_that_was_left_out_is_marked_on_its_side() -> None:
    assert [marked(parts) for parts in differing("Sitti Aminah", "Aminah")] == [["Sitti "], []]


def test_an_accent_stays_with_its_letter() -> None:
    assert [marked(parts) for parts in differing("Nure\u0301", "Nure")] == [["e\u0301"], ["e"]]


def test_names_with_nothing_in_common_differ_as_a_whole() -> None:
    assert [marked(parts) for parts in differing("Budi", "Hasnah")] == [["Budi"], ["Hasnah"]]


def test_hidden_digits_are_marked_where_the_true_ones_differ() -> None:
    left, right = differing_digits("1234", "1934", ["1••4", "1••4"])
    assert [marked(parts) for parts in (left, right)] == [["•"], ["•"]]
    assert (whole(left), whole(right)) == ("1••4", "1••4")


def test_numbers_of_other_lengths_differ_as_a_whole() -> None:
    left, right = differing_digits("123", "1234", ["••3", "•••4"])
    assert [marked(parts) for parts in (left, right)] == [["••3"], ["•••4"]]
    assert [marked(p) for p in differing_digits("", "", ["", "•"])] == [[], []]


@given(st.text("0123456789", max_size=16), st.text("0123456789", max_size=16))
def test_digits_are_kept_as_they_are_shown(one: str, other: str) -> None:
    left, right = differing_digits(one, other, ["•" * len(one), "•" * len(other)])
    assert (whole(left), whole(right)) == ("•" * len(one), "•" * len(other))
