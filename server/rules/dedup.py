"""The judge: are two records about one person? Pure (PROTOCOL.md "Same person", DOMAIN.md 5, 7).

Given one NIK, name and mother decide; the answer is `same`. For different NIKs points are
counted, and only ever raise `near_match`: two records that a supervisor should look at.
The figures were set by hand on made-up pairs; bench/judge.py measures them.
"""

from dataclasses import dataclass

from rapidfuzz.distance.OSA import distance as slips_between

from server.rules.likeness import Likeness, blurred, daengs_alike, likeness
from server.rules.person import HEAPED, Date, Person, person
from server.rules.why import WHY

__all__ = ["WHY", "Judgement", "Person", "judge", "person"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the judge says of two records; `why` are codes of evidence (why.py), never content."""

    same: bool
    near_match: bool
    why: tuple[str, ...]


ENOUGH = 40
GENERATION = 13  # years; nobody is the parent of somebody closer than that

NAME_POINTS = {
    "name_equal": 30,
    "name_close": 28,
    "name_partly": 24,
    "alias_is_name": 24,
    "name_faint": 10,
    "name_unclear": 6,
    "given_name_doubtful": -25,
}
NAME_COMMON = -7
DATE_POINTS = {
    "birth_date_equal": 25,
    "birth_date_swapped": 22,
    "birth_date_from_nik": 18,
    "birth_date_one_off": 18,
    "birth_date_heaped": 12,
    "birth_date_partly": 8,
    "birth_date_estimated": 6,
    "birth_date_unknown": 0,
    "birth_date_differs": -12,
    "generation_apart": -35,
}
MOTHER_POINTS = {
    "mother_equal": 20,
    "mother_close": 17,
    "mother_partly": 10,
    "mother_unknown": 0,
    "mother_doubtful": -4,
    "mother_differs": -9,
}
# A clearly different mother parts namesakes: common names, and birthdays that half the town has.
MOTHER_OF_NAMESAKES = -23
# One mother has no son and grandson: the year is wrong then.
NO_GENERATION = DATE_POINTS["birth_date_differs"] - DATE_POINTS["generation_apart"]
_SHARED_DAYS = frozenset({"birth_date_heaped", "birth_date_estimated"})
# Next-door serials are twins or strangers of one day; one digit wrong anywhere else is a slip.
NIK_ONE_DIGIT = 10
DAENG_EQUAL, DAENG_DIFFERS = 6, -8
PHONE_EQUAL, KELURAHAN_EQUAL, SEX_DIFFERS = 14, 4, -15

_NAME_WHY = {
    Likeness.EQUAL: "name_equal",
    Likeness.CLOSE: "name_close",
    Likeness.PART: "name_partly",
    Likeness.FAINT: "name_faint",
    Likeness.UNCLEAR: "name_unclear",
    Likeness.DOUBTFUL: "given_name_doubtful",
    Likeness.DIFFERS: "given_name_differs",
}
_MOTHER_WHY = {
    Likeness.EQUAL: "mother_equal",
    Likeness.CLOSE: "mother_close",
    Likeness.PART: "mother_close",
    Likeness.FAINT: "mother_partly",
    Likeness.UNCLEAR: "mother_unknown",
    Likeness.DOUBTFUL: "mother_doubtful",
    Likeness.DIFFERS: "mother_differs",
}
_OTHER_NAME = Judgement(False, False, ("given_name_differs",))


def judge(a: Person, b: Person) -> Judgement:
    """Say whether two records are about one person; the same whichever comes first.

    With one NIK only `same` can be true, with different (or missing) NIKs only `near_match`.
    """
    nik = _niks(a, b)
    name, seen = _names(a, b)
    if nik == "nik_equal":
        mother, date = _mothers(a, b), _dates(a, b, nik)
        return Judgement(_same(a, b, name, mother, date), False, (seen, mother, date))
    if not _comparable(name, nik):
        return _OTHER_NAME if name == Likeness.DIFFERS else Judgement(False, False, (seen, nik))
    points, why = _points(a, b, seen, nik)
    mother = _mothers(a, b)
    points += _mother_points(a, b, mother, why[1])
    return Judgement(False, points >= ENOUGH, (*why, mother))


def _same(a: Person, b: Person, name: Likeness, mother: str, date: str) -> bool:
    """Decide for one NIK, whose date and sex both records have from it and so prove nothing."""
    proven = _dates_prove(a, b, date)
    if mother == "mother_differs":
        return name >= Likeness.CLOSE and proven
    if mother in {"mother_equal", "mother_close", "mother_partly"}:
        return name >= Likeness.UNCLEAR
    if date == "generation_apart":
        return False
    if date == "birth_date_differs":
        known = _phones(a, b) or not (a.name.common or b.name.common)
        return name >= Likeness.CLOSE and known
    return name >= Likeness.PART or (name == Likeness.FAINT and (proven or _phones(a, b)))


def _dates_prove(a: Person, b: Person, date: str) -> bool:
    """Say whether both birth dates disagree with the NIK, and alike."""
    alike = date in {"birth_date_equal", "birth_date_heaped", "birth_date_swapped"}
    return alike and not a.taken and not b.taken


def _comparable(name: Likeness, nik: str) -> bool:
    """Say whether the names leave the question open; more is asked of twins' neighbouring NIKs."""
    return name >= (Likeness.PART if nik == "nik_neighbour" else Likeness.DOUBTFUL)


def _points(a: Person, b: Person, seen: str, nik: str) -> tuple[int, list[str]]:
    """Count everything but the mother; return the points and the evidence: name, date, rest."""
    date = _dates(a, b, nik)
    points = NAME_POINTS[seen] + DATE_POINTS[date]
    why = [seen, date]
    for code, worth, found in (
        (nik, NIK_ONE_DIGIT, nik == "nik_one_digit"),
        ("name_common", NAME_COMMON, a.name.common or b.name.common),
        ("phone_equal", PHONE_EQUAL, _phones(a, b)),
        ("kelurahan_equal", KELURAHAN_EQUAL, a.kelurahan != "" and a.kelurahan == b.kelurahan),
        ("sex_differs", SEX_DIFFERS, _sexes_differ(a, b, nik)),
    ):
        if found:
            points += worth
            why.append(code)
    if a.daengs and b.daengs:
        equal = any(daengs_alike(x, y) for x in a.daengs for y in b.daengs)
        points += DAENG_EQUAL if equal else DAENG_DIFFERS
        why.append("daeng_equal" if equal else "daeng_differs")
    return points, why


def _mother_points(a: Person, b: Person, mother: str, date: str) -> int:
    """Count the mother; the better she agrees, the more."""
    points = MOTHER_POINTS[mother]
    common = a.name.common or b.name.common
    if mother == "mother_differs" and (common or date in _SHARED_DAYS):
        return points + MOTHER_OF_NAMESAKES
    if date == "generation_apart" and mother in {"mother_equal", "mother_close"}:
        return points + NO_GENERATION
    return points


def _names(a: Person, b: Person) -> tuple[Likeness, str]:
    """Compare the names, and each alias with the other's name; two aliases prove nothing."""
    found = likeness(a.name, b.name)
    if found >= Likeness.PART:
        return found, _NAME_WHY[found]
    for alias, name in ((a.alias, b.name), (b.alias, a.name)):
        # A Daeng name alone does not outweigh the given name that stands beside the other's.
        if not alias or (name.glued and name.daeng and not alias.glued):
            continue
        by_alias = likeness(alias, name)
        if by_alias >= Likeness.PART:
            return Likeness.PART, "alias_is_name"
        if found == Likeness.UNCLEAR and by_alias < Likeness.UNCLEAR:
            found = by_alias
    return found, _NAME_WHY[found]


def _mothers(a: Person, b: Person) -> str:
    if a.mother is None or b.mother is None:
        return "mother_unknown"
    found = likeness(a.mother, b.mother)
    if found == Likeness.DIFFERS and blurred(a.mother, b.mother):
        found = Likeness.UNCLEAR
    return _MOTHER_WHY[found]


def _niks(a: Person, b: Person) -> str:
    if not a.nik or not b.nik:
        return "nik_other"
    if a.nik == b.nik:
        return "nik_equal"
    if a.nik[:12] == b.nik[:12] and abs(int(a.nik[12:]) - int(b.nik[12:])) < 10:
        return "nik_neighbour"
    return "nik_one_digit" if slips_between(a.nik, b.nik, score_cutoff=1) <= 1 else "nik_other"


def _phones(a: Person, b: Person) -> bool:
    return a.phone != "" and a.phone == b.phone


def _sexes_differ(a: Person, b: Person, nik: str) -> bool:
    """Say whether the sexes differ by more than a wrong digit of the NIK (a woman's day is +40)."""
    from_nik = nik == "nik_one_digit" and a.sex_taken and b.sex_taken
    return bool(a.sex and b.sex) and a.sex != b.sex and not from_nik


def _dates(a: Person, b: Person, nik: str) -> str:
    one, other = a.birth_date, b.birth_date
    if not one or not other:
        return "birth_date_unknown"
    heaped = one[1:] in HEAPED or other[1:] in HEAPED
    if one == other:
        return "birth_date_heaped" if heaped else "birth_date_equal"
    years = abs(one[0] - other[0])
    if nik == "nik_one_digit" and a.taken and b.taken and not (heaped and years >= GENERATION):
        return "birth_date_from_nik"
    if (one[0], one[2], one[1]) == other:
        return "birth_date_swapped"
    if slip := _slip(one, other):
        return slip
    if years <= 1 and heaped:
        return "birth_date_estimated"
    return "generation_apart" if years >= GENERATION else "birth_date_differs"


def _slip(one: Date, other: Date) -> str:
    """Say whether one part of the date alone is wrong, and whether by a slip of the fingers."""
    unlike = [at for at in range(3) if one[at] != other[at]]
    if len(unlike) != 1:
        return ""
    x, y = one[unlike[0]], other[unlike[0]]
    slip = abs(x - y) in {1, 10} or slips_between(f"{x:02d}", f"{y:02d}", score_cutoff=1) <= 1
    if unlike == [0]:
        return "birth_date_one_off" if slip and abs(x - y) < GENERATION else ""
    return "birth_date_one_off" if slip else "birth_date_partly"
