"""The same made-up worker met again: other hands, other contacts, slips in dates and NIKs."""

import datetime as dt
import random

from bench.people import (
    MEN,
    WOMEN,
    Content,
    a_name,
    adorned,
    pick,
    reordered,
    respelled,
    shortened,
    someone,
    typo,
)

Rng = random.Random


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


def read_off(nik: str, record: Content) -> Content:
    """Return birth date and sex as the NIK says them; nothing where it says no date."""
    day = int(nik[6:8])
    try:
        year = int(str(record["birth_date"])[:2] + nik[10:12])
        born = dt.date(year, int(nik[8:10]), day - 40 * (day > 40))
    except ValueError:
        return {}
    return {"birth_date": born.isoformat(), "sex": "F" if day > 40 else "M"}


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
