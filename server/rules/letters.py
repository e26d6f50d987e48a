"""Where two texts differ, letter by letter; pure."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein


class Part(NamedTuple):
    """A part of a text, and whether the other text has another there."""

    text: str
    differs: bool


Parts = tuple[Part, ...]
_AKIN = 0.5


def differing(one: str, other: str) -> tuple[Parts, Parts]:
    """Part two texts where they differ; each one's parts together are that text.

    Capitals are no difference: one card is all capitals, the next is not. What stands over
    or under a letter stays with it. Texts with less than half in common differ as a whole:
    which letters they share then says nothing.
    """
    here, there = _letters(one), _letters(other)
    left, right = ([letter.casefold() for letter in letters] for letters in (here, there))
    if Levenshtein.normalized_similarity(left, right) < _AKIN:
        return _joined([Part(one, True)]), _joined([Part(other, True)])
    mine: list[Part] = []
    theirs: list[Part] = []
    for step in Levenshtein.opcodes(left, right):
        differs = step.tag != "equal"
        mine.append(Part("".join(here[step.src_start : step.src_end]), differs))
        theirs.append(Part("".join(there[step.dest_start : step.dest_end]), differs))
    return _joined(mine), _joined(theirs)


def differing_digits(one: str, other: str, hidden: Sequence[str]) -> tuple[Parts, Parts]:
    """Part two numbers as they are shown, `hidden`, where the numbers themselves differ.

    Digit stands against digit; where they or what is shown are not of one length, all
    differs that is not equal as a whole.
    """
    if len({len(text) for text in (one, other, *hidden)}) > 1:
        mine, theirs = (Part(shown, one != other) for shown in hidden)
        return _joined([mine]), _joined([theirs])
    apart = [x != y for x, y in zip(one, other, strict=True)]
    mine_theirs = [_joined(map(Part, shown, apart)) for shown in hidden]
    return mine_theirs[0], mine_theirs[1]


def _letters(text: str) -> list[str]:
    """Return a text's letters, each with what is combined with it."""
    letters: list[str] = []
    for character in text:
        if letters and unicodedata.combining(character):
            letters[-1] += character
        else:
            letters.append(character)
    return letters


def _joined(parts: "Sequence[Part] | Iterator[Part]") -> Parts:
    """Return parts without the empty ones, neighbours of one kind together."""
    found: list[Part] = []
    for part in parts:
        if found and found[-1].differs == part.differs:
            found[-1] = Part(found[-1].text + part.text, part.differs)
        elif part.text:
            found.append(part)
    return tuple(found)
