"""Names in comparable form (DOMAIN.md section 7).

A folded name is for comparing, never for showing: the display name stays as on the card.
Everything here is pure, never raises for any text, and `fold_name` is stable under itself.
"""

import re
import unicodedata
from functools import lru_cache

LONGEST = 60
"""Letters of a word that are compared; a whole name may not be longer."""

MUHAMMAD, ABDUL, SITI, ANDI, DAENG, NUR = "MUHAMMAD", "ABDUL", "SITI", "ANDI", "DAENG", "NUR"

_SPELLINGS = {
    MUHAMMAD: """MUH MU MUHA MUHAM MUHD MOH MOHD MHD MOCH MOKH MUCH MUKH MUHAMAD MUHAMMED MUHAMED
        MUHAMMAT MUHAMAT MUHAMD MUHMMAD MUHAMMD MOHAMMAD MOHAMAD MOHAMMED MOHAMED MOKHAMMAD
        MOKHAMAD MUKHAMMAD MUKHAMAD""",
    ABDUL: "ABD ABDL ABDOL ABDUR ABDUS ABDUT ABDUN ABDUD ABDUZ ABDUSY",
    SITI: "STI STTI SIT SITT SITTI SITTY SITY SITIE SITTIE SITTIH",
    ANDI: "ANDY",
    DAENG: """DG DGG DNG DENG DAEN DAEG DEANG DAING DANG DAEGN DAEMG DAENGG DDAENG AENG
        DAENGNA DAENGTA""",
    "KARAENG": "KR KRG KARAENGTA",
    NUR: "NOOR NUUR",
    "HAJI": "HJ HAJJAH HAJAH HAJJI HADJI HADJAH",
    "BIN": "BINTI BINTE BINTEE BTI BINTY BTE",
    "ALM": "ALMH ALMARHUM ALMARHUMAH",
    "ALIAS": "ALS",
}
_CANONICAL = {form: name for name, forms in _SPELLINGS.items() for form in (name, *forms.split())}

_DROPPED = frozenset({"HAJI", "BIN", "ALM", "ALIAS"})
_TITLE_LIST = """
DRS DRA IR DR DRG PROF KH KIAI KYAI USTAZ USTAD USTADZ USTADZAH USTAZAH UST TN NY NN BPK BAPAK PAK
IBU BU SDR SDRI
"""
_TITLES = frozenset(_TITLE_LIST.split())
_DEGREE_LIST = """
SPD SPDI SPDK SAG SE SEI SESY SH SHI SKOM SKM SKEP SSOS SSOSI SIP SP SPT SPI ST STP SSI SS SPSI
SFARM SKED SIK SIKOM SAP SAN SSN STH STHI SST SSTP SGZ SPAR SHUT SAB SAK SMN SM SKEL STR STRKEB
STRKEP STRKES SKPM SARS MSI MPD MPDI MM MH MHI MHUM MKES MKOM MA MAG MSC MT MAP MAK MBA MSOS MSA
MIKOM MKEP MKN MPSI MFARM AMD AMDKEB AMDKEP AMDKOM AMDAK AMA AMAPD AMK AMKEB AMKEP AMKL AMG APT
NS NERS BSC PHD LC SPOG SPA SPB SPPD APTT
"""
_DEGREES = frozenset(_DEGREE_LIST.split())
_DEGREE_OPENS = frozenset({"S", "M", "A", "SP", "AMD", "STR", "APT", "NS", "PH", "B", "L"})
# Words that mean more than themselves; most names have none of them and are done at once.
_TO_WEIGH = _DROPPED | _TITLES | _DEGREES | _DEGREE_OPENS | {"H", "MD"}
_TAILS = "|".join(sorted({"H", "HJ"} | _TITLES | _DEGREES))
_DEGREE_BEHIND_COMMA = re.compile(
    rf"\s*(?:(?:[SMABDL]|SP|APT|NS)\.\s*[A-Z]|(?:{_TAILS})\b)", re.IGNORECASE
)

# Abdurrahman is Abdul Rahman; Abdullah is one name.
_GLUED_ABDUL = re.compile(r"ABD(?:UL(?=[^L]\w{3})|U([RSNTDZ])\1?(?=[AIUEOY]\w\w))")
_GLUED_FIRST = re.compile(r"(MUHAMMAD|MUHAMAD|MOHAMMAD|SITTI|SITI|DAENG)(?!IYAH)(\w{4,})")
_FATHER = re.compile(r"(?<=\w\s)\s*(?:BIN|BINTI|BINTE|BTI|BTE|BT|B(?=\W+\w))\b\.?", re.IGNORECASE)
_ALIAS = re.compile(r"\b(?:alias|als|a\.?k\.?a)\b\.?|[(@/]", re.IGNORECASE)

_SPACES = "".join(map(chr, (*range(0x20), 0x7F, *range(0x2010, 0x2016), 0x2212, 0xB7)))
_MARKS = '!"#$%&()*+,-./:;<=>?@[\\]^_{|}~'
_APOSTROPHES = "'`\u2018\u2019\u02bc\u02bb\u00b4"
_PUNCTUATION = str.maketrans(_SPACES + _MARKS, " " * len(_SPACES + _MARKS), _APOSTROPHES)
# Digits read or typed for letters (0 for O); a word of digits alone is no name.
_MISREAD = str.maketrans("01345689", "OIEASGBP", "27")


def fold_name(text: str) -> str:
    """Return the name in comparable form: ASCII capitals, single spaces, "" where nothing is left.

    Titles, hajj and degrees are gone, Muh./Abd./St./Dg. and the like written out, old spelling
    made new, bin/binti dropped (the father's name stays). "St." is Sitti in the first place and
    an engineer's degree in the last. Source: DOMAIN.md section 7.
    """
    return " ".join(tokens(text))


def joined(text: str) -> str:
    """Return the folded name without spaces, so that Nur Hayati equals Nurhayati."""
    return "".join(tokens(text))


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of the folded name."""
    words: list[str] = []
    for raw in _plain(text).split():
        words += _spelled(raw[:LONGEST])
    if _TO_WEIGH.isdisjoint(words):
        return tuple(words)
    return tuple(_written_out(_bare(words)))


def split_daeng(text: str) -> tuple[str, str | None]:
    """Return (areng kalenna, paddaengang), both folded: "Basri Dg Ngalle" is BASRI and NGALLE.

    The first is "" where only the Daeng name is given, the second None where there is none. A
    paddaengang is one word; what stands behind it belongs to the given part.
    """
    given, daeng = parted(tokens(text))
    return " ".join(given), daeng


def parted(words: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """Part the words of a folded name as `split_daeng` does."""
    if DAENG not in words:
        return words, None
    at = words.index(DAENG)
    behind = [word for word in words[at + 1 :] if word != DAENG]
    return (*words[:at], *behind[1:]), behind[0] if behind else None


def split_father(text: str) -> tuple[str, str | None]:
    """Return (own name, father's name) as written, cut at bin or binti; None where is none."""
    cut = _FATHER.search(text)
    if not cut:
        return text, None
    return text[: cut.start()], text[cut.end() :].strip() or None


def split_alias(text: str) -> tuple[str, str | None]:
    """Return (name, second name) as written: "Ibrahim alias Dg Nai", "Ibrahim (Dg Nai)"."""
    cut = _ALIAS.search(text)
    if not cut or not text[: cut.start()].strip():
        return text, None
    return text[: cut.start()], text[cut.end() :].strip(" )") or None


def _plain(text: str) -> str:
    """Return ASCII capitals and spaces (and digits), degrees behind a comma cut off."""
    if "," in text:
        name, _, tail = text.partition(",")
        if name.strip() and _DEGREE_BEHIND_COMMA.match(tail):
            text = name
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("ß", "ss").translate(_PUNCTUATION))
        text = text.encode("ascii", "ignore").decode()
    if not text.replace(" ", "").isalpha():
        text = text.translate(_PUNCTUATION)
    return text.upper()


@lru_cache(maxsize=1 << 14)
def _spelled(raw: str) -> tuple[str, ...]:
    """Return one written word as the words it stands for, in new spelling."""
    if not raw.isalpha():
        if raw.isdigit():
            return ()
        raw = "".join(filter(str.isalpha, raw.translate(_MISREAD)))
    if len(raw) > 1 and raw in _CANONICAL:
        return (_CANONICAL[raw],)
    if glued := _GLUED_FIRST.fullmatch(raw):
        return _spelled(glued[1]) + _spelled(glued[2])
    new = raw.replace("OE", "U").replace("DJ", "Y").replace("TJ", "C").replace("J", "Y")
    new = new.replace("CH", "KH")
    if new.startswith("NOOR") and len(new) > 6:
        new = NUR + new[4:]
    if new != raw:
        return _spelled(new)
    if cut := _GLUED_ABDUL.match(raw):
        return ABDUL, *_spelled((cut[1] or "") + raw[cut.end() :])
    return (raw,) if raw else ()


def _bare(words: list[str]) -> list[str]:
    """Drop hajj, titles, bin and degrees; what is nothing but these is kept as it is."""
    last = len(words) - 1
    bare = [
        word
        for at, word in enumerate(words)
        if word not in _DROPPED and not (word in {"H", "B"} and 0 < at < last)
    ]
    while len(bare) > 1 and (bare[0] in _TITLES or bare[0] == "H"):
        del bare[0]
    while size := _degree(bare):
        del bare[-size:]
    return bare or words


def _degree(words: list[str]) -> int:
    """Count the words at the end that make one degree: S.Pd.I is three of them."""
    for size in range(min(4, len(words) - 1), 0, -1):
        if (size == 1 or words[-size] in _DEGREE_OPENS) and "".join(words[-size:]) in _DEGREES:
            return size
    return 0


def _written_out(words: list[str]) -> list[str]:
    """Write out what is short for a name by its place: M. Ilham, A. Tenri, St. Aminah."""
    if len(words) > 1 and words[0] == "A":
        words[0] = ANDI
    first = 1 if len(words) > 1 and words[0] == ANDI else 0
    for at, word in enumerate(words):
        if word == "ST":
            words[at] = SITI
        elif word == "MD" or (word == "M" and at in (0, first) and at + 1 < len(words)):
            words[at] = MUHAMMAD
    return words
