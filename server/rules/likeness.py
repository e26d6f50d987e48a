"""How alike two names are: sounds, words, the Daeng name; pure (DOMAIN.md section 7)."""

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance.OSA import distance as slips_between

from schemas.names import ABDUL, ANDI, DAENG, MUHAMMAD, NUR, SITI, split_father, tokens
from server.rules import given_names


class Likeness(IntEnum):
    """How alike two names are, from another person's to the same."""

    DIFFERS = 0  # a clearly different given name
    DOUBTFUL = 1  # two known names a letter apart: Rahman, Rahmat
    UNCLEAR = 2  # nothing to compare: a Daeng name against a given name
    FAINT = 3  # a nickname, an initial, or only the last word in common
    PART = 4  # one is the other with words left out
    CLOSE = 5  # the same but for a slip
    EQUAL = 6


class Word(NamedTuple):
    """One word of a name."""

    sound: str
    spelled: str
    his: bool  # a given name of men that is common here
    hers: bool
    stem: int  # letters of the sound that tell it from others of its kind

    @property
    def known(self) -> bool:
        return self.his or self.hers


class Name(NamedTuple):
    """One name prepared for comparing."""

    words: tuple[Word, ...]  # what tells people apart, the given name first
    weak: frozenset[str]  # Muhammad, Abdul, Sitti, Andi and titles: borne by too many
    daeng: str  # sound of the paddaengang, "" without
    father: tuple[Word, ...]  # behind bin or binti
    glued: str  # sound of all before the Daeng name, without spaces
    common: bool  # a namesake proves little


_WEAK = (MUHAMMAD, ABDUL, SITI, ANDI, "KARAENG", "PUANG", "PETTA", "OPU", "BAU", "TETTA", "DATU")
_HIS, _HERS = frozenset({MUHAMMAD, ABDUL}), frozenset({SITI})

_CLUSTERS = (
    ("KH", "H"), ("SY", "S"), ("SH", "S"), ("TH", "T"), ("DH", "D"), ("DZ", "S"), ("CK", "K"),
    ("X", "KS"), ("Q", "K"), ("Z", "S"), ("V", "F"), ("F", "P"), ("UWA", "UA"), ("AWU", "AU"),
    ("AE", "AI"), ("EI", "I"),
)  # fmt: skip
_INNER_H = re.compile(r"(?<=.)H")
_INNER_Y = re.compile(r"(?<=.)Y")
_DOUBLED = re.compile(r"(.)\1+")
_HARD_END = {"D": "T", "B": "P", "G": "K"}
# What many names end in or begin with tells nobody apart, so slips are weighed against the rest.
_STOCK_PART = re.compile(r"^NUR|UDIN$|WATI$|IATI$|IANI$")


@lru_cache(maxsize=1 << 14)
def sound(word: str) -> str:
    """Return how a folded word sounds here: Syamsuddin and Samsudin, Zaenab and Sainab are one.

    Makassar speech does not tell -n from -ng nor -d from -t at the end of a word.
    """
    for written, heard in _CLUSTERS:
        if written in word:
            word = word.replace(written, heard)
    word = _INNER_Y.sub("I", _INNER_H.sub("", word))
    word = _DOUBLED.sub(r"\1", word)
    if len(word) > 3 and word.endswith("NG"):
        word = word[:-1]
    if len(word) > 2 and word[-1] in _HARD_END:
        word = word[:-1] + _HARD_END[word[-1]]
    return word


def _sounds(names: str) -> frozenset[str]:
    return frozenset(sound("".join(tokens(name))) for name in names.split())


_HIS_NAMES = _sounds(given_names.MEN)
_HER_NAMES = _sounds(given_names.WOMEN)
_COMMON = _HIS_NAMES | _HER_NAMES | _sounds(given_names.SURNAMES)
_OPENERS = _sounds(
    "Ahmad Sri Putri Putra Dewi Dwi Tri Eka Rezky Rizky Nur Nurul Indah Ummu Ambo Indo"
)
_WEAK_SOUNDS = {sound(word): word for word in _WEAK}


@lru_cache(maxsize=1 << 14)
def _word(spelled: str) -> Word:
    heard = sound(spelled)
    stem = len(_STOCK_PART.sub("", heard))
    return Word(heard, spelled, heard in _HIS_NAMES, heard in _HER_NAMES, stem)


@lru_cache(maxsize=1 << 14)
def _weak(spelled: str) -> str:
    """Return which of the weak words this is, a slip allowed; "" where it is none."""
    heard = sound(spelled)
    if heard in _WEAK_SOUNDS:
        return _WEAK_SOUNDS[heard]
    if heard in _COMMON:
        return ""
    for weak in (MUHAMMAD, ABDUL, SITI):
        if len(heard) >= 4 and heard[0] == weak[0] and slips_between(heard, sound(weak)) <= 1:
            return weak
    return ""


def name_of(text: str) -> Name:
    """Prepare one name, as on a card or as told; an empty one has no words and no Daeng name."""
    own, father = split_father(text)
    folded = tokens(own)
    daeng = ""
    if DAENG in folded:
        at = folded.index(DAENG)
        daeng = "".join(sound(word) for word in folded[at + 1 :] if word != DAENG)
        folded = folded[:at]
    whole = _with_nur(folded) if NUR in folded or "NURUL" in folded else folded
    weak = frozenset(filter(None, map(_weak, whole)))
    words = tuple(_word(word) for word in whole if not weak or not _weak(word))
    return Name(
        words=words,
        weak=weak,
        daeng=daeng,
        father=tuple(map(_word, tokens(father))) if father else (),
        glued="".join(sound(word) for word in whole),
        common=not words or (len(words) == 1 and (words[0].sound in _COMMON or words[0].stem < 3)),
    )


def _with_nur(folded: tuple[str, ...]) -> list[str]:
    """Return the words with Nur and Nurul glued to what follows: Nur Hayati is Nurhayati."""
    glued: list[str] = []
    nur = False
    for word in folded:
        if nur and len(word) > 2:
            glued[-1] = NUR + word
        else:
            glued.append(word)
        nur = word in {NUR, "NURUL"}
    if glued[0] == "NURUL":
        glued[0] = NUR
    return glued


def likeness(a: Name, b: Name) -> Likeness:
    """Compare two names; the given name decides, not what families and titles share."""
    if a.glued and a.glued == b.glued:
        return Likeness.EQUAL
    if not a.glued or not b.glued:
        return _by_daeng(a, b)
    if (a.weak & _HIS and b.weak & _HERS) or (a.weak & _HERS and b.weak & _HIS):
        return Likeness.DIFFERS
    if not a.words or not b.words:
        return _by_weak_words(a, b)
    found = max(_by_words(a, b), _by_glue(a, b))
    if found != Likeness.PART or bool(a.father) == bool(b.father):
        return found
    return max(found, _by_words(_with_father(a), _with_father(b)))


def _with_father(name: Name) -> Name:
    """Return the name as if the father's were a word of it: Dedi bin Suardi is Dedi Suardi."""
    return name._replace(words=name.words + name.father) if name.father else name


def _by_daeng(a: Name, b: Name) -> Likeness:
    """Compare where a Daeng name is all that one side has."""
    one, other = a.daeng or a.glued, b.daeng or b.glued
    if not one or not other:
        return Likeness.UNCLEAR
    if daengs_alike(one, other):
        return Likeness.EQUAL if not a.glued and not b.glued else Likeness.PART
    return Likeness.DIFFERS if a.daeng and b.daeng else Likeness.UNCLEAR


def daengs_alike(one: str, other: str) -> bool:
    """Say whether two Daeng names, as sounds, are one but for a slip."""
    if one == other:
        return True
    return len(one) > 3 and len(other) > 3 and slips_between(one, other, score_cutoff=1) <= 1


def _by_weak_words(a: Name, b: Name) -> Likeness:
    """Compare where one side is only Muhammad, Sitti or the like."""
    if not a.words and not b.words:
        return Likeness.PART if a.weak & b.weak else Likeness.UNCLEAR
    short, full = (a, b) if not a.words else (b, a)
    return Likeness.PART if short.weak <= full.weak else Likeness.UNCLEAR


def _by_glue(a: Name, b: Name) -> Likeness:
    """Compare without spaces, for names that one hand took apart or glued together."""
    if len(a.words) == len(b.words):
        return Likeness.DIFFERS
    one = sound("".join(word.spelled for word in a.words))
    other = sound("".join(word.spelled for word in b.words))
    if one == other:
        return Likeness.EQUAL
    near = min(len(one), len(other)) > 4 and slips_between(one, other, score_cutoff=1) <= 1
    return Likeness.CLOSE if near else Likeness.DIFFERS


def _by_words(a: Name, b: Name) -> Likeness:
    """Compare word by word, in any order, each word of the shorter with its best fellow."""
    if len(a.words) == len(b.words) == 1:
        return _with_weak(words_alike(a.words[0], b.words[0]), a, b)
    short, full = sorted((a.words, b.words), key=lambda words: (len(words), words))
    left = list(full)
    met: list[Word] = []
    marks: list[Likeness] = []
    for word in short:
        mark, at = max((words_alike(word, other), -at) for at, other in enumerate(left))
        marks.append(mark)
        if mark >= Likeness.FAINT:
            met.append(left.pop(-at))
    if min(marks) < Likeness.FAINT:
        return _some_met(_given(short), _given(full))
    if marks[0] <= Likeness.FAINT or (left and _given(full) not in met):
        return Likeness.FAINT
    return Likeness.PART if left or min(marks) == Likeness.FAINT else _with_weak(min(marks), a, b)


def _given(words: tuple[Word, ...]) -> Word:
    """Return the given name: the first word, or the second behind one that opens many names."""
    return words[1] if len(words) > 1 and words[0].sound in _OPENERS else words[0]


def _with_weak(found: Likeness, a: Name, b: Name) -> Likeness:
    """Abdul Rahman and Muhammad Rahman share but the half; Sitti or Muhammad alone may lack."""
    apart = a.weak and b.weak and not a.weak & b.weak and ABDUL in a.weak | b.weak
    return min(found, Likeness.FAINT) if apart else found


def _some_met(given: Word, other: Word) -> Likeness:
    """Judge names of which a word has no fellow: brothers share all but the given name."""
    mark = words_alike(given, other)
    if mark >= Likeness.CLOSE and given.sound not in _OPENERS:
        return Likeness.FAINT
    return Likeness.DOUBTFUL if mark >= Likeness.DOUBTFUL else Likeness.DIFFERS


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


def words_alike(x: Word, y: Word) -> Likeness:
    """Compare two words of names."""
    if x is y or x.sound == y.sound:
        return Likeness.EQUAL
    short, full = (x, y) if len(x.sound) < len(y.sound) else (y, x)
    if len(short.sound) == 1:
        return Likeness.FAINT if short.sound == full.sound[0] else Likeness.DIFFERS
    allowed = 0 if len(full.sound) < 4 else 2 if min(x.stem, y.stem) > 7 else 1
    slips = min(
        slips_between(x.sound, y.sound, score_cutoff=2),
        slips_between(x.spelled, y.spelled, score_cutoff=2),
    )
    if slips <= allowed:
        return Likeness.DOUBTFUL if _two_names(x, y) else Likeness.CLOSE
    both_known = x.known and y.known
    if slips == 2 and min(x.stem, y.stem) > 4 and x.sound[0] == y.sound[0] and not both_known:
        return Likeness.FAINT
    return _as_nickname(short, full, both_known)


def _as_nickname(short: Word, full: Word, both_known: bool) -> Likeness:
    """Compare Udin with Syamsuddin, Hasan with Hasanuddin; but Rahim is not Ibrahim."""
    if len(short.sound) < 4 and short.sound != NUR:
        return Likeness.DIFFERS
    if full.sound.startswith(short.sound):
        return Likeness.FAINT
    behind = full.sound.endswith(short.sound.removeprefix("H"))
    nur = full.sound.startswith(NUR)
    return Likeness.FAINT if behind and (nur or not both_known) else Likeness.DIFFERS


def _two_names(x: Word, y: Word) -> bool:
    """Say whether these are two names: both known, or his and hers of one stem (Fitra, Fitri)."""
    if (x.his and y.his) or (x.hers and y.hers):
        return True
    return x.sound[:-1] == y.sound[:-1] and {x.sound[-1], y.sound[-1]} == {"A", "I"}
