"""Kinds of pairs on one NIK: one person met twice, or another on somebody's NIK."""

import datetime as dt

from bench.meetings import Rng, again, mothered, other_mother, other_name, swapped_date
from bench.people import DAENG, MEN, WOMEN, Content, a_date, pick, respelled, someone

Two = tuple[Content, Content]


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
