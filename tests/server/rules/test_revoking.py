"""What may stand in the trail as a reason."""

import pytest

from server.rules.revoking import is_reason


@pytest.mark.parametrize("text", ["Rusak", "Hilang 20 November 2026, di Pasar Terong", "x" * 200])
def test_words_are_a_reason(text: str) -> None:
    assert is_reason(text)


@pytest.mark.parametrize(
    "text", ["", "x" * 201, "7371010101010001", "7371-0101 0101.0001", "+62 811 2222 333"]
)
def test_nothing_and_long_numbers_are_none(text: str) -> None:
    assert not is_reason(text)
