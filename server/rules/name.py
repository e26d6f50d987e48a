"""One name prepared for comparing; pure."""

from typing import NamedTuple

from schemas.names import ABDUL, ANDI, MUHAMMAD, SITI, parted, split_father, tokens
from server.rules.sounds import GIVEN_TOO, GLUED_FIRST, OPENERS, Word, sound, word_of

_BORNE_BY_MANY = frozenset({MUHAMMAD, ABDUL, SITI, ANDI})
_NO_WORDS: frozenset[str] = frozenset()


class Name(NamedTuple):
    """A name as the judge sees it."""

    words: tuple[Word, ...]  # what tells people apart, the given name first
    weak: frozenset[str]  # Muhammad, Abdul, Sitti, Andi and titles: borne by too many
    daeng: str  # sound of the paddaengang, "" without
    father: tuple[Word, ...]  # behind bin or binti
    glued: str  # sound of all but Daeng and father, without spaces
    common: bool  # a namesake proves little


def name_of(text: str) -> Name:
    """Prepare a name, as on a card or as told; of an empty one all members are empty."""
    own, father = split_father(text)
    folded, daeng = parted(tokens(own))
    if not GLUED_FIRST.keys().isdisjoint(folded):
        folded = _glued_first(folded)
    words = tuple(map(word_of, folded))
    glued = "".join([word.sound for word in words])
    weak = _NO_WORDS
    for word in words:
        if word.weak:
            words, weak = _without_weak(words)
            break
    common = not words or (len(words) == 1 and words[0].common)
    return Name(
        words,
        weak,
        sound(daeng) if daeng else "",
        tuple(map(word_of, tokens(father))) if father else (),
        glued,
        common and weak <= _BORNE_BY_MANY,
    )


def given(words: tuple[Word, ...]) -> Word:
    """Return the given name: the first word, or the second behind one that opens many names."""
    return words[1] if len(words) > 1 and words[0].sound in OPENERS else words[0]


def _without_weak(words: tuple[Word, ...]) -> tuple[tuple[Word, ...], frozenset[str]]:
    strong = tuple(word for word in words if not word.weak)
    weak = {word.weak for word in words if word.weak}
    if not strong and words[-1].weak in GIVEN_TOO:
        strong = words[-1:]
        weak.discard(words[-1].weak)
    return strong, frozenset(weak)


def _glued_first(folded: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words with Nur, Nurul and Sri glued to what follows: Nur Hayati is Nurhayati."""
    glued: list[str] = []
    opened = ""
    for word in folded:
        if opened and len(word) > 2:
            glued[-1] = opened + word
            opened = ""
        else:
            opened = GLUED_FIRST.get(word, "")
            glued.append(opened or word)
    return tuple(glued)
