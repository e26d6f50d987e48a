"""How alike two names are: the given name decides; pure (DOMAIN.md section 7)."""

from enum import IntEnum

from rapidfuzz.distance.OSA import distance as slips_between

from schemas.names import ABDUL, NUR
from server.rules.name import Name, given
from server.rules.sounds import HERS, HIS, OPENERS, Word, sound


class Likeness(IntEnum):
    """How alike two names are, from another person's to the same."""

    DIFFERS = 0  # a clearly different given name
    DOUBTFUL = 1  # two known names a letter apart: Rahman, Rahmat
    UNCLEAR = 2  # nothing to compare: a Daeng name against a given name
    FAINT = 3  # a nickname, an initial, or only the last word in common
    PART = 4  # one is the other with words left out
    CLOSE = 5  # the same but for a slip
    EQUAL = 6


DIFFERS, DOUBTFUL, UNCLEAR, FAINT, PART, CLOSE, EQUAL = Likeness
_VOWELS = str.maketrans("EO", "IU")


def likeness(a: Name, b: Name) -> Likeness:
    """Compare two names; what families, titles and half the town share counts for nothing."""
    if a.glued and a.glued == b.glued:
        return EQUAL
    if not a.glued or not b.glued:
        return _by_daeng(a, b)
    if a.weak and b.weak and _his_and_hers(a.weak, b.weak):
        return DIFFERS
    if not a.words or not b.words:
        return _by_weak_words(a, b)
    if _title_alone(a, b) or _title_alone(b, a):
        return PART
    found = _by_words(a, b)
    if len(a.words) != len(b.words) and found < CLOSE:
        found = max(found, _by_glue(a, b))
    if found == PART and bool(a.father) != bool(b.father):
        found = max(found, _by_words(_with_father(a), _with_father(b)))
    return found


def _his_and_hers(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool((one & HIS and other & HERS) or (one & HERS and other & HIS))


def _title_alone(a: Name, b: Name) -> bool:
    """Say whether one is called by the title that the other bears beside a name: Baso, Besse."""
    return len(a.words) == 1 and a.words[0].weak in b.weak


def daengs_alike(one: str, other: str) -> bool:
    """Say whether two Daeng names, given as sounds, are one but for a slip."""
    if one == other:
        return True
    return len(one) > 3 and len(other) > 3 and slips_between(one, other, score_cutoff=1) <= 1


def blurred(a: Name, b: Name) -> bool:
    """Say whether two names that differ may yet be one, written by a bad hand.

    So they may be where a word that nobody is called lies within a third of its letters of one
    of the other's.
    """
    return any(
        slips_between(x.spelled, y.spelled) <= max(1, len(x.spelled) // 3)
        for x in a.words
        for y in b.words
        if not (x.known and y.known)
    )


def _by_daeng(a: Name, b: Name) -> Likeness:
    """Compare where a Daeng name is all that one side has."""
    one, other = a.daeng or a.glued, b.daeng or b.glued
    if not one or not other:
        return UNCLEAR
    if daengs_alike(one, other):
        return PART
    return DIFFERS if a.daeng and b.daeng else UNCLEAR


def _by_weak_words(a: Name, b: Name) -> Likeness:
    """Compare where one side is only Muhammad, Sitti or the like."""
    if a.words or b.words:
        short, full = (b, a) if a.words else (a, b)
        return PART if short.weak <= full.weak else UNCLEAR
    return PART if a.weak <= b.weak or b.weak <= a.weak else UNCLEAR


def _by_words(a: Name, b: Name) -> Likeness:
    """Compare word by word, in any order, each word of the shorter with its best fellow."""
    if len(a.words) == len(b.words) == 1:
        return _with_weak(words_alike(a.words[0], b.words[0]), a, b)
    short, full = sorted((a.words, b.words), key=lambda words: (len(words), words))
    left = list(full)
    met: list[Word] = []
    marks: list[Likeness] = []
    for word in short:
        mark, at = max([(words_alike(word, other), -at) for at, other in enumerate(left)])
        marks.append(mark)
        if mark < FAINT:
            return _one_unmet(given(short), given(full))
        met.append(left.pop(-at))
    worst = min(marks)
    if marks[0] == FAINT or (left and given(full) not in met):
        if len(short) > 1 and worst >= CLOSE:
            return PART
        return FAINT if any(len(word.sound) > 1 for word in short) else DIFFERS
    return PART if left or worst == FAINT else _with_weak(worst, a, b)


def _one_unmet(one: Word, other: Word) -> Likeness:
    """Judge names of which a word has no fellow: brothers share all but the given name."""
    mark = words_alike(one, other)
    if mark >= CLOSE and one.sound not in OPENERS:
        return FAINT
    return DOUBTFUL if mark >= DOUBTFUL else DIFFERS


def _with_weak(found: Likeness, a: Name, b: Name) -> Likeness:
    """Abdul Rahman and Muhammad Rahman share but the half; left out altogether it may be."""
    if found > FAINT and a.weak and b.weak and not a.weak & b.weak and ABDUL in a.weak | b.weak:
        return FAINT
    return found


def _by_glue(a: Name, b: Name) -> Likeness:
    """Compare without spaces, for names that one hand took apart or glued together."""
    one = "".join([word.spelled for word in a.words])
    other = "".join([word.spelled for word in b.words])
    if abs(len(one) - len(other)) > 2 or min(len(one), len(other)) < 5 or one[:2] != other[:2]:
        return DIFFERS
    one, other = sound(one), sound(other)
    if one == other:
        return EQUAL
    return CLOSE if slips_between(one, other, score_cutoff=1) <= 1 else DIFFERS


def _with_father(name: Name) -> Name:
    """Return the name as if the father's were a word of it: Dedi bin Suardi is Dedi Suardi."""
    return name._replace(words=name.words + name.father) if name.father else name


def words_alike(x: Word, y: Word) -> Likeness:
    """Compare two words of names."""
    if x is y or x.sound == y.sound:
        return EQUAL
    if len(x.sound) == 1 or len(y.sound) == 1:
        return FAINT if x.sound[0] == y.sound[0] else DIFFERS
    slips = slips_between(x.sound, y.sound, score_cutoff=2)
    if slips > 1:
        slips = min(slips, slips_between(x.spelled, y.spelled, score_cutoff=2))
    if slips < 3:
        length = max(len(x.spelled), len(y.spelled))
        if slips <= (0 if length < 4 else 2 if x.stem > 7 and y.stem > 7 else 1):
            return DOUBTFUL if _two_names(x, y) else CLOSE
        if x.known != y.known and slips <= (1 if length < 6 else 2):
            return FAINT
    return _as_nickname(x, y) if len(x.sound) < len(y.sound) else _as_nickname(y, x)


def _as_nickname(short: Word, full: Word) -> Likeness:
    """Compare Udin with Syamsuddin, Hasan with Hasanuddin; but Rahim is not Ibrahim."""
    if len(short.sound) < 4 and short.sound != NUR:
        return DIFFERS
    if full.sound.startswith(short.sound):
        return FAINT
    behind = full.sound.endswith(short.sound.removeprefix("H"))
    glued = full.sound.startswith(NUR) or not (short.known and full.known)
    return FAINT if behind and glued else DIFFERS


def _two_names(x: Word, y: Word) -> bool:
    """Say whether two words a slip apart are two names.

    So they are where both are known and more than e for i or o for u parts them, or where a
    last letter makes his of hers (Fitra, Fitri).
    """
    if x.sound.translate(_VOWELS) == y.sound.translate(_VOWELS):
        return False
    if (x.his and y.his) or (x.hers and y.hers):
        return True
    return x.sound[:-1] == y.sound[:-1] and {x.sound[-1], y.sound[-1]} == {"A", "I"}
