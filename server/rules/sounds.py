"""How names sound in Makassar, and which of them are known; pure (DOMAIN.md section 7)."""

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance.OSA import distance as slips_between

from schemas.names import ABDUL, ANDI, MUHAMMAD, NUR, SITI, tokens
from server.rules import given_names


class Word(NamedTuple):
    """One word of a name, prepared for comparing."""

    sound: str
    spelled: str
    his: bool  # a known name of men
    hers: bool  # a known name of women
    known: bool
    common: bool
    stem: int  # letters of the sound that tell it from others of its kind
    weak: str  # which of the words borne by too many this is, "" for none


_CLUSTERS = (
    ("KH", "H"), ("SY", "S"), ("SH", "S"), ("TH", "T"), ("DH", "D"), ("DZ", "S"), ("CK", "K"),
    ("X", "KS"), ("Q", "K"), ("Z", "S"), ("V", "F"), ("F", "P"), ("UWA", "UA"), ("AWU", "AU"),
    ("AE", "E"), ("AI", "E"), ("EI", "E"),
)  # fmt: skip
_AY = re.compile(r"AY(?![AEIOU])")
_INNER_Y = re.compile(r"(?<=.)Y")
_INNER_H = re.compile(r"(?<=.)H")
_DOUBLED = re.compile(r"(.)\1+")
_HARD_END = {"D": "T", "B": "P", "G": "K"}
# What many names begin or end with tells nobody apart: slips are weighed against the rest.
_STOCK_PART = re.compile(r"^NUR|^SRI|UDIN$|WATI$|IATI$|IANI$")


@lru_cache(maxsize=1 << 14)
def sound(word: str) -> str:
    """Return how a folded word sounds here: Syamsuddin and Samsudin, Zaenab and Sainab are one.

    Makassar speech does not tell -n from -ng nor -d from -t at the end of a word.
    """
    for written, heard in _CLUSTERS:
        if written in word:
            word = word.replace(written, heard)
    if "Y" in word:
        word = _INNER_Y.sub("I", _AY.sub("E", word))
    word = _DOUBLED.sub(r"\1", _INNER_H.sub("", word))
    if len(word) > 3 and word.endswith("NG"):
        word = word[:-1]
    if len(word) > 2 and word[-1] in _HARD_END:
        word = word[:-1] + _HARD_END[word[-1]]
    return word


def sounds(names: str) -> frozenset[str]:
    """Return the sounds of names written one behind the other."""
    return frozenset(sound("".join(tokens(name))) for name in names.split())


HIS = frozenset({MUHAMMAD, ABDUL, "BASO", "LAODE"})
HERS = frozenset({SITI, "BESSE", "BECCE", "WAODE"})
GIVEN_TOO = frozenset({"BASO", "BESSE", "BECCE", "BAU", "DATU", "OPU"})
TITLES = frozenset(
    {ANDI, "KARAENG", "PUANG", "PETTA", "OPU", "BAU", "TETTA", "DATU", "I", "LA", "WA", "WE", "ODE"}
)

_HIS_NAMES = sounds(given_names.MEN + given_names.KNOWN_MEN)
_HER_NAMES = sounds(given_names.WOMEN + given_names.KNOWN_WOMEN)
_COMMON_NAMES = sounds(given_names.MEN + given_names.WOMEN + given_names.SURNAMES)
_WEAK = {sound(word): word for word in HIS | HERS | TITLES}


@lru_cache(maxsize=1 << 14)
def word_of(spelled: str) -> Word:
    """Prepare one folded word."""
    heard = sound(spelled)
    stem = len(_STOCK_PART.sub("", heard))
    his, hers = (stem > 2 and heard in names for names in (_HIS_NAMES, _HER_NAMES))
    common = heard in _COMMON_NAMES or stem < 3
    return Word(heard, spelled, his, hers, his or hers, common, stem, _weak(heard))


def _weak(heard: str) -> str:
    """Return which of the weak words this is, a slip allowed for the long ones."""
    if heard in _WEAK or heard in _COMMON_NAMES:
        return _WEAK.get(heard, "")
    for weak in (MUHAMMAD, ABDUL, SITI):
        near = len(heard) > 3 and heard[0] == weak[0] and slips_between(heard, sound(weak)) <= 1
        if near:
            return weak
    return ""


# Words that open many names: the given name is the one behind.
OPENERS = sounds("Ahmad Putri Putra Dewi Dwi Tri Eka Rezky Rizky Nur Nurul Indah Ummu Ambo Indo")
GLUED_FIRST = {NUR: NUR, "NURUL": NUR, "SRI": "SRI"}
