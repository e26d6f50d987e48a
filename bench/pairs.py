"""Pairs of records with the wanted answer, kind by kind; the judge was tuned on these."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bench.people import (
    DAENG,
    HEAPED,
    MEN,
    WOMEN,
    Content,
    a_date,
    a_name,
    a_nik,
    adorned,
    pick,
    reordered,
    respelled,
    shortened,
    someone,
    typo,
)

Rng = random.Random
Two = tuple[Content, Content]


class Pair(NamedTuple):
    """Two contents; `wanted` is `same` where the NIK is one, else `near_match`."""

    kind: str
    hard: bool
    one_nik: bool
    wanted: bool
    a: Content
    b: Content


def again(rng: Rng, a: Content, hands: int = 1) -> Content:
    """Return the same worker as met by another agent: name, mother and contacts as it happens."""
    b = dict(a)
    for _ in range(hands):
        way = rng.choice((respelled, respelled, respelled, shortened, reordered, typo))
        b["full_name"] = way(rng, str(b["full_name"]))
    if rng.random() < 0.12:
        b["full_name"] = adorned(rng, str(b["full_name"]), str(a["sex"]))
    mothered(rng, b)
    if rng.random() < 0.35:
        b["phone"] = f"+628{rng.randint(10**8, 10**9 - 1)}"
    if rng.random() < 0.2:
        b.pop("phone", None)
        b["phone_owner"] = "none"
    if rng.random() < 0.2:
        b.update(kelurahan=someone(rng)["kelurahan"], lorong="Lorong 9")
    if rng.random() < 0.5:
        b.pop("alias", None)
    if "alias" in b and rng.random() < 0.2 and "Daeng" in str(b["alias"]):
        b["full_name"] = f"{b['full_name']} {b.pop('alias')}".replace(
            "Daeng", rng.choice(("Dg", "Dg."))
        )
    return b


def other_mother(rng: Rng, a: Content) -> str:
    """Return a mother who shares no word with a's."""
    words = set(str(a.get("mother_name", "")).split()) - {"Sitti", "Andi", "Nur", "Daeng"}
    while words & set((name := a_name(rng, "F")).split()):
        pass
    return name


def mothered(rng: Rng, b: Content) -> None:
    """Write the mother as another hand does, or not at all."""
    way = rng.random()
    if way < 0.15:
        b.pop("mother_name", None)
        b["unknown_mother"] = True
    elif way < 0.6:
        change = rng.choice((respelled, respelled, shortened, typo))
        b["mother_name"] = change(rng, str(b["mother_name"]))
    elif way < 0.68:
        b["mother_name"] = adorned(rng, str(b["mother_name"]), "F")


def swapped_date(rng: Rng, content: Content) -> None:
    """Swap day and month, or slip by one in day, month or year."""
    born = dt.date.fromisoformat(str(content["birth_date"]))
    day = min(born.day, 28)
    ways = [
        born + dt.timedelta(days=rng.choice((-1, 1, 10))),
        born.replace(year=born.year + rng.choice((-1, 1, 10)), day=day),
        born.replace(month=born.month % 12 + 1, day=day),
    ]
    if born.day <= 12 and born.day != born.month:
        ways = [born.replace(day=born.month, month=born.day)] * 3 + ways
    content["birth_date"] = rng.choice(ways).isoformat()


def one_off(rng: Rng, nik: str) -> str:
    """Return the NIK with one digit wrong or two neighbours swapped."""
    i = rng.randrange(6, 16) if rng.random() < 0.7 else rng.randrange(4, 6)
    if rng.random() < 0.3 and i < 15 and nik[i] != nik[i + 1]:
        return nik[:i] + nik[i + 1] + nik[i] + nik[i + 2 :]
    return nik[:i] + str((int(nik[i]) + rng.randint(1, 9)) % 10) + nik[i + 1 :]


def nik_date(nik: str, like: str) -> str:
    """Return the birth date that the NIK says, or `like` where it says none."""
    try:
        day = int(nik[6:8]) % 40
        return dt.date(int(like[:2] + nik[10:12]), int(nik[8:10]), day).isoformat()
    except ValueError:
        return like


def other_name(rng: Rng, a: Content, sex: str) -> str:
    """Return a full name whose given name is clearly another, often with a word in common."""
    words = str(a["full_name"]).split()
    stock = [g for g in (MEN if sex == "M" else WOMEN) if g not in words]
    given = pick(rng, stock)
    if len(words) > 1 and rng.random() < 0.6:
        if words[0] in {"Muhammad", "Sitti", "Abdul", "Andi", "Nur"}:
            return " ".join([words[0], given, *words[2:]])
        return " ".join([given, *words[1:]])
    return given


# One NIK


def met_again(rng: Rng) -> Two:
    a = someone(rng)
    return a, again(rng, a)


def met_by_a_bad_hand(rng: Rng) -> Two:
    a = someone(rng)
    b = again(rng, a, 2)
    if rng.random() < 0.5:
        swapped_date(rng, b)
    return a, b


def by_the_alley_name(rng: Rng) -> Two:
    a = someone(rng)
    daeng = pick(rng, DAENG)
    a["full_name"] = str(a["full_name"]).split(" Daeng ")[0]
    a["alias"] = f"Daeng {daeng}"
    b = again(rng, a, 0)
    b["full_name"] = rng.choice((f"Dg. {daeng}", f"Daeng {daeng}", f"Dg {daeng}"))
    if rng.random() < 0.4:
        b["alias"] = a["full_name"]
        if rng.random() < 0.5:
            a.pop("alias")
    return a, b


def nickname_as_alias(rng: Rng) -> Two:
    a = someone(rng)
    nick = pick(rng, MEN if a["sex"] == "M" else WOMEN)
    b = again(rng, a, 0)
    a["alias"] = nick
    b["full_name"] = respelled(rng, nick)
    return a, b


def both_disagree_with_the_nik(rng: Rng) -> Two:
    a = someone(rng)
    a["birth_date"] = a_date(rng).isoformat()
    b = again(rng, a)
    return a, b


def other_than(rng: Rng, a: Content) -> Content:
    """Return another person's record on a's NIK, whose date and sex were read off the NIK."""
    b = someone(rng, str(a["sex"]))
    b["nik"] = a["nik"]
    b["mother_name"] = other_mother(rng, a)
    if rng.random() < 0.7:
        b["birth_date"] = a["birth_date"]
    return b


def stranger(rng: Rng) -> Two:
    a = someone(rng)
    return a, other_than(rng, a)


def sibling_on_the_nik(rng: Rng) -> Two:
    a = someone(rng)
    b = dict(a, full_name=other_name(rng, a, str(a["sex"])))
    b.pop("alias", None)
    mothered(rng, b)
    if rng.random() < 0.3:
        b["birth_date"] = a_date(rng).isoformat()
    return a, b


def father_and_son(rng: Rng) -> Two:
    a = someone(rng, "M")
    b = dict(a, mother_name=other_mother(rng, a))
    if rng.random() < 0.4:
        born = dt.date.fromisoformat(str(a["birth_date"]))
        b["birth_date"] = (born + dt.timedelta(days=rng.randint(7000, 13000))).isoformat()
    if rng.random() < 0.5:
        b["full_name"] = respelled(rng, str(a["full_name"]))
    return a, b


def namesake_on_the_nik(rng: Rng) -> Two:
    a = someone(rng)
    b = other_than(rng, a)
    b["full_name"] = respelled(rng, str(a["full_name"]))
    return a, b


def relative_on_the_nik(rng: Rng) -> Two:
    """A daughter on her mother's NIK, or a wife on her husband's."""
    a = someone(rng)
    b = someone(rng, "F")
    for field in ("nik", "phone", "kelurahan", "lorong", "rt", "rw"):
        b[field] = a[field]
    if a["sex"] == "F":
        b["mother_name"] = a["full_name"]
    return a, b


def one_daeng_two_given(rng: Rng) -> Two:
    a, b = stranger(rng)
    a["alias"] = b["alias"] = f"Daeng {pick(rng, DAENG)}"
    return a, b


# Different NIKs


def temporary_and_real(rng: Rng) -> Two:
    a, b = met_again(rng)
    b["nik"] = a_nik(rng, dt.date.fromisoformat(str(a["birth_date"])), str(a["sex"]))
    return a, b


def temporary_and_swapped(rng: Rng) -> Two:
    a, b = temporary_and_real(rng)
    swapped_date(rng, b)
    return a, b


def one_digit_off(rng: Rng) -> Two:
    a, b = met_again(rng)
    b["nik"] = one_off(rng, str(a["nik"]))
    return a, b


def one_digit_off_date_taken(rng: Rng) -> Two:
    a, b = one_digit_off(rng)
    b["birth_date"] = nik_date(str(b["nik"]), str(a["birth_date"]))
    b["sex"] = "F" if int(str(b["nik"])[6:8]) > 40 else "M"
    return a, b


def alley_name_other_nik(rng: Rng) -> Two:
    a, b = by_the_alley_name(rng) if rng.random() < 0.7 else nickname_as_alias(rng)
    b["nik"] = a_nik(rng, dt.date.fromisoformat(str(a["birth_date"])), str(a["sex"]))
    return a, b


def estimated_birthday(rng: Rng) -> Two:
    a, b = met_again(rng)
    day, month = rng.choice(HEAPED)
    born = dt.date.fromisoformat(str(a["birth_date"])).replace(day=day, month=month)
    b["birth_date"] = born.isoformat()
    b["nik"] = a_nik(rng, born, str(a["sex"]))
    b["phone"], b["kelurahan"] = a.get("phone"), a["kelurahan"]
    return a, b


def rare_name_other_mother(rng: Rng) -> Two:
    """A rare name on one ordinary day is one person, though the mother was told otherwise."""
    a = someone(rng, born=a_date(rng, heaped=False))
    stock = MEN if a["sex"] == "M" else WOMEN
    a["full_name"] = f"{rng.choice(stock[20:])} {rng.choice(MEN[20:])}"
    b = again(rng, a, 0) | {"mother_name": other_mother(rng, a)}
    b["full_name"] = respelled(rng, str(a["full_name"]))
    b["nik"] = one_off(rng, str(a["nik"])) if rng.random() < 0.5 else own_nik(rng, a)["nik"]
    return a, b


def own_nik(rng: Rng, b: Content, serial: int | None = None) -> Content:
    """Give the record a NIK of its own date and sex."""
    born = dt.date.fromisoformat(str(b["birth_date"]))
    return b | {"nik": a_nik(rng, born, str(b["sex"]), serial)}


def strangers(rng: Rng) -> Two:
    return someone(rng), someone(rng)


def twins(rng: Rng) -> Two:
    a = someone(rng)
    sex = str(a["sex"]) if rng.random() < 0.7 else rng.choice("MF")
    b = dict(a, sex=sex, full_name=other_name(rng, a, sex))
    b.pop("alias", None)
    mothered(rng, b)
    b = own_nik(rng, b)
    if sex == a["sex"]:
        b["nik"] = f"{str(a['nik'])[:12]}{int(str(a['nik'])[12:]) + 1:04d}"
    return a, b


def siblings(rng: Rng) -> Two:
    a, b = twins(rng)
    b["birth_date"] = a_date(rng).isoformat()
    return a, own_nik(rng, b)


def father_and_son_two_niks(rng: Rng) -> Two:
    a, b = father_and_son(rng)
    born = dt.date.fromisoformat(str(a["birth_date"]))
    b["birth_date"] = (born + dt.timedelta(days=rng.randint(7000, 13000))).isoformat()
    if rng.random() < 0.2:
        b.pop("mother_name")
    return a, own_nik(rng, b)


def namesakes_heaped(rng: Rng) -> Two:
    a = someone(rng, born=a_date(rng, heaped=True))
    b = someone(rng, str(a["sex"]), dt.date.fromisoformat(str(a["birth_date"])))
    b["full_name"] = respelled(rng, str(a["full_name"]))
    b["mother_name"] = other_mother(rng, a)
    if rng.random() < 0.5:
        b["kelurahan"] = a["kelurahan"]
    return a, b


def namesakes(rng: Rng) -> Two:
    a = someone(rng)
    a["full_name"] = pick(rng, (MEN if a["sex"] == "M" else WOMEN)[:15])
    if rng.random() < 0.5:
        a["full_name"] = f"{'Muhammad' if a['sex'] == 'M' else 'Sitti'} {a['full_name']}"
    b = someone(rng, str(a["sex"]), dt.date.fromisoformat(str(a["birth_date"])))
    b["full_name"] = respelled(rng, str(a["full_name"]))
    b["mother_name"] = other_mother(rng, a)
    if rng.random() < 0.5:
        b["birth_date"] = a_date(rng).isoformat()
    if rng.random() < 0.3:
        b["kelurahan"] = a["kelurahan"]
    return a, own_nik(rng, b)


def same_day_neighbours(rng: Rng) -> Two:
    a = someone(rng)
    b = someone(rng, str(a["sex"]), dt.date.fromisoformat(str(a["birth_date"])))
    b["nik"] = f"{str(a['nik'])[:12]}{int(str(a['nik'])[12:]) + 1:04d}"
    b["kelurahan"], b["lorong"] = a["kelurahan"], a["lorong"]
    if rng.random() < 0.3:
        b["phone"] = a["phone"]
    return a, b


def household(rng: Rng) -> Two:
    a, b = relative_on_the_nik(rng)
    return a, own_nik(rng, b)


ONE_NIK: tuple[tuple[Callable[[Rng], Two], bool, bool], ...] = (
    (met_again, False, True),
    (met_by_a_bad_hand, True, True),
    (by_the_alley_name, True, True),
    (nickname_as_alias, True, True),
    (both_disagree_with_the_nik, True, True),
    (stranger, False, False),
    (sibling_on_the_nik, True, False),
    (father_and_son, True, False),
    (namesake_on_the_nik, True, False),
    (relative_on_the_nik, False, False),
    (one_daeng_two_given, True, False),
)
TWO_NIKS: tuple[tuple[Callable[[Rng], Two], bool, bool], ...] = (
    (temporary_and_real, False, True),
    (temporary_and_swapped, True, True),
    (one_digit_off, False, True),
    (one_digit_off_date_taken, True, True),
    (alley_name_other_nik, True, True),
    (estimated_birthday, True, True),
    (rare_name_other_mother, True, True),
    (strangers, False, False),
    (twins, True, False),
    (siblings, False, False),
    (father_and_son_two_niks, True, False),
    (namesakes_heaped, True, False),
    (namesakes, True, False),
    (same_day_neighbours, True, False),
    (household, False, False),
)


def made_up_pairs(seed: int, each: int) -> Iterator[Pair]:
    """Yield `each` pairs of every kind; the same seed gives the same pairs."""
    rng = Rng(seed)
    for one_nik, kinds in ((True, ONE_NIK), (False, TWO_NIKS)):
        for kind, hard, wanted in kinds:
            for _ in range(each):
                a, b = kind(rng)
                if rng.random() < 0.5:
                    a, b = b, a
                yield Pair(kind.__name__, hard, one_nik, wanted, a, b)
