"""Kinds of pairs under two NIKs: one person with two, or two people who look alike."""

import datetime as dt

from bench.meetings import (
    Rng,
    again,
    mothered,
    one_off,
    other_mother,
    other_name,
    read_off,
    swapped_date,
)
from bench.one_nik import (
    Two,
    by_the_alley_name,
    father_and_son,
    met_again,
    nickname_as_alias,
    relative_on_the_nik,
)
from bench.people import (
    HEAPED,
    MEN,
    WOMEN,
    Content,
    a_date,
    a_nik,
    pick,
    respelled,
    someone,
)


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
    return a, b | read_off(str(b["nik"]), b)


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
