"""The judge: are two records about one person? Pure (PROTOCOL.md "Same person", DOMAIN.md 5, 7).

Given one NIK, name and mother decide; the answer is `same`. For different NIKs points are
counted and only ever raise `near_match`: two of a kind are shown to a supervisor.
"""

from dataclasses import dataclass

from rapidfuzz.distance.OSA import distance as slips_between

from server.rules.likeness import Likeness, blurred, daengs_alike, likeness
from server.rules.person import Date, Person, person

__all__ = ["Judgement", "Person", "could_match", "judge", "person"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the judge says of two records; `why` are codes of the evidence, never content."""

    same: bool
    near_match: bool
    why: tuple[str, ...]


ENOUGH = 45
HEAPED = {(1, 1), (12, 31), (7, 1)}
GENERATION = 13  # years; closer than that nobody is another's parent

NAME_POINTS = {
    Likeness.EQUAL: 30,
    Likeness.CLOSE: 28,
    Likeness.PART: 24,
    Likeness.FAINT: 14,
    Likeness.UNCLEAR: 6,
    Likeness.DOUBTFUL: -25,
}
ALIAS_POINTS = 24
COMMON_NAME = -7
DATE_POINTS = {
    "birth_date_equal": 25,
    "birth_date_swapped": 22,
    "birth_date_from_nik": 18,
    "birth_date_heaped": 15,
    "birth_date_one_off": 18,
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
MOTHER_OF_NAMESAKES = -23  # more, where the name is common or the birth day heaped
NIK_POINTS = {"nik_one_digit": 10, "nik_neighbour": 0, "nik_other": 0}
DAENG_EQUAL, DAENG_DIFFERS = 6, -8
PHONE, KELURAHAN, PLACE_DIFFERS, SEX_DIFFERS, KPJ = 12, 4, -2, -15, 40


def judge(a: Person, b: Person) -> Judgement:
    """Say whether two records are about one person; the same whichever comes first.

    With one NIK only `same` can be true, with different (or missing) NIKs only `near_match`.
    """
    name, name_why = _names(a, b)
    mother = _mothers(a, b)
    nik = _niks(a, b)
    date = _dates(a, b, nik)
    if nik == "nik_equal":
        return Judgement(_same(a, b, name, name_why, mother, date), False, (name_why, mother, date))
    points, why = _points(a, b, name, name_why, nik, date)
    points += _mother_points(a, b, mother, date)
    near = name > Likeness.DIFFERS and points >= ENOUGH
    return Judgement(False, near, (*why, mother))


def could_match(a: Person, b: Person) -> bool:
    """Say whether `judge` could find a near_match if the mothers agreed.

    Never False where judge says near_match, whatever the mothers; so that sealed contents are
    opened only for pairs that are otherwise close.
    """
    nik = _niks(a, b)
    if nik == "nik_equal":
        return False
    name, name_why = _names(a, b)
    if name == Likeness.DIFFERS:
        return False
    points, _ = _points(a, b, name, name_why, nik, _dates(a, b, nik))
    return points + MOTHER_POINTS["mother_equal"] >= ENOUGH


def _same(a: Person, b: Person, name: Likeness, why: str, mother: str, date: str) -> bool:
    """Decide for one NIK: the name first, then the mother, then what the NIK does not say."""
    independent = date in {"birth_date_equal", "birth_date_heaped", "birth_date_swapped"} and not (
        a.taken or b.taken
    )
    if mother in {"mother_differs", "mother_doubtful"}:
        return name >= Likeness.CLOSE and independent
    if mother != "mother_unknown":
        return name >= Likeness.UNCLEAR
    if date in {"generation_apart", "birth_date_differs"}:
        return False
    if name >= Likeness.PART:
        return True
    return name == Likeness.FAINT and (independent or _phones(a, b))


def _points(
    a: Person, b: Person, name: Likeness, name_why: str, nik: str, date: str
) -> tuple[int, list[str]]:
    """Count everything but the mother."""
    why = [name_why, date, nik]
    points = NAME_POINTS.get(name, 0) if name_why != "alias_is_name" else ALIAS_POINTS
    points += DATE_POINTS[date] + NIK_POINTS[nik]
    if a.name.common or b.name.common:
        points += COMMON_NAME
        why.append("name_common")
    if a.daengs and b.daengs:
        equal = any(daengs_alike(x, y) for x in a.daengs for y in b.daengs)
        points += DAENG_EQUAL if equal else DAENG_DIFFERS
        why.append("daeng_equal" if equal else "daeng_differs")
    if _phones(a, b):
        points += PHONE
        why.append("phone_equal")
    if a.kelurahan and a.kelurahan == b.kelurahan:
        points += KELURAHAN
        why.append("kelurahan_equal")
    if (
        a.sex
        and b.sex
        and a.sex != b.sex
        and not (nik == "nik_one_digit" and a.sex_taken and b.sex_taken)
    ):
        points += SEX_DIFFERS
        why.append("sex_differs")
    return points, why


def _mother_points(a: Person, b: Person, mother: str, date: str) -> int:
    points = MOTHER_POINTS[mother]
    if mother == "mother_differs" and (
        a.name.common or b.name.common or date in {"birth_date_heaped", "birth_date_estimated"}
    ):
        points += MOTHER_OF_NAMESAKES
    return points


def _phones(a: Person, b: Person) -> bool:
    return bool(a.phone) and a.phone == b.phone


def _names(a: Person, b: Person) -> tuple[Likeness, str]:
    """Compare the names, and each alias with the other's name; two aliases prove nothing."""
    found = likeness(a.name, b.name)
    if found >= Likeness.PART:
        return found, _NAME_WHY[found]
    for alias, name in ((a.alias, b.name), (b.alias, a.name)):
        if not alias or (name.glued and name.daeng and not alias.glued):
            continue
        by_alias = likeness(alias, name)
        if by_alias >= Likeness.PART:
            return Likeness.PART, "alias_is_name"
        if found == Likeness.UNCLEAR and by_alias < Likeness.UNCLEAR:
            found = by_alias
    return found, _NAME_WHY[found]


_NAME_WHY = {
    Likeness.EQUAL: "name_equal",
    Likeness.CLOSE: "name_close",
    Likeness.PART: "name_partly",
    Likeness.FAINT: "name_faint",
    Likeness.UNCLEAR: "name_unclear",
    Likeness.DOUBTFUL: "given_name_doubtful",
    Likeness.DIFFERS: "given_name_differs",
}


def _mothers(a: Person, b: Person) -> str:
    if a.mother is None or b.mother is None:
        return "mother_unknown"
    found = likeness(a.mother, b.mother)
    if found == Likeness.DIFFERS and blurred(a.mother, b.mother):
        found = Likeness.UNCLEAR
    return _MOTHER_WHY[found]


_MOTHER_WHY = {
    Likeness.EQUAL: "mother_equal",
    Likeness.CLOSE: "mother_close",
    Likeness.PART: "mother_close",
    Likeness.FAINT: "mother_partly",
    Likeness.UNCLEAR: "mother_unknown",
    Likeness.DOUBTFUL: "mother_doubtful",
    Likeness.DIFFERS: "mother_differs",
}


def _niks(a: Person, b: Person) -> str:
    if not a.nik or not b.nik:
        return "nik_other"
    if a.nik == b.nik:
        return "nik_equal"
    if a.nik[:12] == b.nik[:12] and abs(int(a.nik[12:]) - int(b.nik[12:])) < 10:
        return "nik_neighbour"
    return "nik_one_digit" if slips_between(a.nik, b.nik, score_cutoff=1) <= 1 else "nik_other"


def _dates(a: Person, b: Person, nik: str) -> str:
    one, other = a.birth_date, b.birth_date
    if not one or not other:
        return "birth_date_unknown"
    if one == other:
        return "birth_date_heaped" if one[1:] in HEAPED else "birth_date_equal"
    if nik == "nik_one_digit" and a.taken and b.taken:
        return "birth_date_from_nik"
    if (one[0], one[2], one[1]) == other:
        return "birth_date_swapped"
    if _one_off(one, other):
        return "birth_date_one_off"
    years = abs(one[0] - other[0])
    if years <= 1 and (one[1:] in HEAPED or other[1:] in HEAPED):
        return "birth_date_estimated"
    return "generation_apart" if years >= GENERATION else "birth_date_differs"


def _one_off(one: Date, other: Date) -> bool:
    """Say whether one slip explains it: a wrong or swapped digit, or a neighbouring month or day."""
    unlike = [i for i in range(3) if one[i] != other[i]]
    if len(unlike) != 1:
        return False
    i = unlike[0]
    if abs(one[i] - other[i]) == 1:
        return True
    x, y = f"{one[i]:02d}", f"{other[i]:02d}"
    return slips_between(x, y, score_cutoff=1) <= 1 and (
        i > 0 or abs(one[0] - other[0]) < GENERATION
    )
