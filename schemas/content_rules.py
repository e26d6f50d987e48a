"""Which rules hold between the members of one content, and with lists, days and settings.

Pure. `members` is the normal form, `sound` those members that keep their own rule: a rule
that needs several is judged where each of them is sound, whatever else is broken.
Source: sync/PROTOCOL.md, Content of an enrolment; DOMAIN.md sections 1.2 and 5.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas.envelope import FieldError
from schemas.months import month_number, month_text
from schemas.nik import disagrees
from schemas.occupations import Occupation
from schemas.regions import Region
from schemas.words import Payer, PhoneOwner, Programme

MONTHS_BACK = 1
MONTHS_AHEAD = 3
ADDRESS = ("street", "lorong", "landmark")
MOTHER = ("mother_name", "unknown_mother")

ELIGIBILITY = frozenset(
    {"age_min", "age_max", "age_max_first_month", "payer_budget", "jht_needed", "income_min"}
)
"""Codes that say that the worker cannot be enrolled so; all others say that data are wrong."""

IMPLIED = {"age_min": "future", "age_max_first_month": "age_max"}
"""Codes that are left out beside another that says the same and more."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What an office may set (DOMAIN.md sections 1.2 and 10).

    Ages in years, `age_max` the first that is too old; rupiah a month; numbers of months
    that can be paid at once; the zone in which days and months are reckoned.
    """

    age_min: int = 17
    age_max: int = 65
    income_min: int = 1_000_000
    months: tuple[int, ...] = (1, 2, 3, 6, 12)
    timezone: str = "Asia/Makassar"


@dataclass(frozen=True, slots=True)
class Lists:
    """Where codes are looked up; each gives None where its list has none such."""

    region: Callable[[str], Region | None]
    occupation: Callable[[str], Occupation | None]


def broken_together(
    members: Mapping[str, Any], sound: Mapping[str, Any], rules: Rules, lists: Lists
) -> Iterator[FieldError]:
    """Find every broken rule that no clock is needed for; in no order."""
    yield from _mother(members)
    yield from _phone(members, sound)
    yield from _address(members)
    yield from _places(sound, lists)
    yield from _work(sound, lists)
    yield from _nik_reason(members, sound)
    yield from _money(sound, rules)
    yield from _first_payment(sound, rules)


def broken_on(day: date, sound: Mapping[str, Any], rules: Rules) -> Iterator[FieldError]:
    """Find every rule that is broken if the content was captured on a (local) day."""
    if "birth_date" in sound:
        born = date.fromisoformat(sound["birth_date"])
        age = _age(born, day)
        if born > day:
            yield FieldError("birth_date", "future")
        if age < rules.age_min:
            yield FieldError("birth_date", "age_min", {"min": rules.age_min})
        if age >= rules.age_max:
            yield FieldError("birth_date", "age_max", {"max": rules.age_max})
    if "first_month" in sound:
        month = day.year * 12 + day.month - 1
        first, last = month - MONTHS_BACK, month + MONTHS_AHEAD
        if not first <= month_number(sound["first_month"]) <= last:
            window = {"min": month_text(first), "max": month_text(last)}
            yield FieldError("first_month", "month_window", window)


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _mother(members: Mapping[str, Any]) -> Iterator[FieldError]:
    named = "mother_name" in members
    unknown = members.get("unknown_mother", False)
    if named and unknown is True:
        yield FieldError("mother_name", "only_one", {"fields": list(MOTHER)})
    elif not named and unknown is False:
        yield FieldError("mother_name", "one_needed", {"fields": list(MOTHER)})


def _phone(members: Mapping[str, Any], sound: Mapping[str, Any]) -> Iterator[FieldError]:
    owner = sound.get("phone_owner")
    if owner == PhoneOwner.NONE:
        if "phone" in members:
            yield FieldError("phone", "phone_unexpected")
    elif owner is not None and "phone" not in members:
        yield FieldError("phone", "required")


def _address(members: Mapping[str, Any]) -> Iterator[FieldError]:
    if not any(name in members for name in ADDRESS):
        yield FieldError("street", "one_needed", {"fields": list(ADDRESS)})


def _places(sound: Mapping[str, Any], lists: Lists) -> Iterator[FieldError]:
    for name in ("kelurahan", "work_kelurahan"):
        if name in sound and lists.region(sound[name]) is None:
            yield FieldError(name, "unlisted")


def _work(sound: Mapping[str, Any], lists: Lists) -> Iterator[FieldError]:
    first, second = sound.get("occupation"), sound.get("second_occupation")
    known = None if first is None else lists.occupation(first)
    if first is not None and known is None:
        yield FieldError("occupation", "unlisted")
    if known is not None and "sector" in sound and not known.allows(sound["sector"]):
        yield FieldError("sector", "sector_differs")
    if second is None:
        return
    if second == first:
        yield FieldError("second_occupation", "occupation_twice")
    elif lists.occupation(second) is None:
        yield FieldError("second_occupation", "unlisted")


def _nik_reason(members: Mapping[str, Any], sound: Mapping[str, Any]) -> Iterator[FieldError]:
    if "nik_reason" in members or not ("nik" in sound and "birth_date" in sound and "sex" in sound):
        return
    if disagrees(sound["nik"], date.fromisoformat(sound["birth_date"]), sound["sex"]):
        yield FieldError("nik_reason", "nik_differs")


def _money(sound: Mapping[str, Any], rules: Rules) -> Iterator[FieldError]:
    if "monthly_income" in sound and sound["monthly_income"] < rules.income_min:
        yield FieldError("monthly_income", "income_min", {"min": rules.income_min})
    if "months" in sound and sound["months"] not in rules.months:
        yield FieldError("months", "choice", {"choices": list(rules.months)})
    if sound.get("payer") == Payer.BUDGET:
        yield FieldError("payer", "payer_budget")
    employs = sound.get("employer") and "programmes" in sound
    if employs and Programme.JHT not in sound["programmes"]:
        yield FieldError("programmes", "jht_needed")


def _first_payment(sound: Mapping[str, Any], rules: Rules) -> Iterator[FieldError]:
    # Registration and first payment must both come before the birthday (DOMAIN.md 1.2,
    # second edge); a month can be paid from its first day on, so that day decides.
    if "birth_date" not in sound or "first_month" not in sound:
        return
    born = date.fromisoformat(sound["birth_date"])
    year, month = divmod(month_number(sound["first_month"]), 12)
    if (year, month + 1, 1) >= (born.year + rules.age_max, born.month, born.day):
        yield FieldError("birth_date", "age_max_first_month", {"max": rules.age_max})
