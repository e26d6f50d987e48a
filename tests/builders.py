"""What a test needs, valid by default: name only what the test is about.

`content()` is a non-transport worker who was met on 2026-11-20 in Makassar, `envelope()`
that capture as it travels. Everybody is made up, and another person at each call, or
person number `n` where one is asked for. `OMIT` takes a member out.
"""

from datetime import date, timedelta
from itertools import count
from typing import Any, Final

from schemas.tariff import contribution_due, seed_tariff
from sync.digest import digest


class _Omitted:
    """Stands for a member that is left out; the same in every process that names a test."""

    def __repr__(self) -> str:
        return "OMIT"


OMIT: Final = _Omitted()
"""Give it for a member that is to be left out."""

DEVICE_ID: Final = "019a9c00-0000-7000-8000-00000000d001"
BOOT_ID: Final = "b00710ad-0000-4000-8000-000000000001"
CAPTURED_AT: Final = "2026-11-20T09:30:00+08:00"
OCCUPATION: Final = "pedagang-pasar"
KELURAHAN: Final = "73.71.07.1001"

_MEN = ("Ahmad", "Darwis", "Firman", "Hamka", "Idris", "Jufri", "Lukman", "Rahmat", "Saiful")
_WOMEN = ("Aminah", "Bunga", "Darmawati", "Fatma", "Hasnah", "Irma", "Maryam", "Ratna", "Wati")
_MIDDLE = ("Alwi", "Basri", "Cahyadi", "Damang", "Effendi", "Gassing", "Hidayat", "Jamal", "Kadir")
_LAST = ("Latief", "Makkulau", "Nompo", "Pabichara", "Rauf", "Sabara", "Tahir", "Usman", "Wahid")
_FIRST_DAY: Final = date(1966, 1, 1)
_DAYS: Final = 14_610
_STEP: Final = 4_637
"""Coprime to _DAYS, so that neighbours in number share no birth date."""

_people = count(1)
_records = count(1)


def _name(given: tuple[str, ...], n: int) -> str:
    middle, last = divmod(n * 386 % 729, 9)
    return f"{given[middle // 9]} {_MIDDLE[middle % 9]} {_LAST[last]}"


def person(n: int) -> dict[str, Any]:
    """Return the members that say who somebody is: person number `n`, always the same."""
    born = _FIRST_DAY + timedelta(days=n * _STEP % _DAYS)
    woman = n % 2 == 0
    day = born.day + (40 if woman else 0)
    return {
        "nik": f"7371{n % 15 + 1:02}{day:02}{born:%m%y}{n // _DAYS + 1:04}",
        "full_name": _name(_WOMEN if woman else _MEN, n),
        "birth_place": "Makassar",
        "birth_date": born.isoformat(),
        "sex": "F" if woman else "M",
        "mother_name": _name(_WOMEN, n + 100),
        "phone": f"+62811{n:08}",
        "phone_owner": "self",
    }


def _without_omitted(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not OMIT}


def content(n: int | None = None, /, **overrides: Any) -> dict[str, Any]:
    """Return a sound content of person `n` (of the next person, where none is named).

    `contribution` is what the tariff asks for the other members, unless it is given.
    """
    members = {
        "schema": 1,
        **person(next(_people) if n is None else n),
        "ktp_address": "Jl. Rappocini Raya Lr. 4 No. 12",
        "kelurahan": KELURAHAN,
        "rw": "002",
        "rt": "004",
        "street": "Jl. Rappocini Raya",
        "lorong": "Lorong 4",
        "house": "12",
        "landmark": "Depan musala",
        "occupation": OCCUPATION,
        "sector": "other",
        "workplace": "Pasar Terong",
        "work_kelurahan": KELURAHAN,
        "employer": False,
        "monthly_income": 2_500_000,
        "programmes": ["JKK", "JKM"],
        "first_month": "2026-12",
        "months": 1,
        "payer": "self",
        "tariff_version": "2026-11-20.1",
        "consent_version": "2026-11-20.1",
        "consent_at": "2026-11-20T09:25:00+08:00",
        "consent_method": "read_aloud",
        "consent_language": "id",
        "latitude_e6": -5_147_665,
        "longitude_e6": 119_432_732,
        "accuracy_m": 12,
    }
    members = {**members, **overrides}
    return _without_omitted({"contribution": _told(members), **members})


def _told(members: dict[str, Any]) -> int:
    """What a laptop would tell the worker; 0 where the members have no contribution."""
    if members["months"] not in (1, 2, 3, 6, 12):
        return 0
    try:
        return contribution_due(
            members["monthly_income"],
            members["programmes"],
            members["sector"],
            members["payer"],
            members["first_month"],
            members["months"],
            seed_tariff(),
        ).total
    except (LookupError, TypeError, ValueError):
        return 0


def envelope(content: dict[str, Any] | None = None, /, **overrides: Any) -> dict[str, Any]:
    """Return a content's envelope with the right digest; each has its own id and number."""
    number = next(_records)
    members = {
        "record_id": f"019a9c00-0000-7000-8000-{number:012x}",
        "kind": "enrolment",
        "device_id": DEVICE_ID,
        "device_seq": number,
        "captured_at": CAPTURED_AT,
        "elapsed_s": 240,
        "boot_id": BOOT_ID,
        "uptime_s": 3_600,
        "clock_offset_s": 0,
        "last_answer_at": "2026-11-20T00:30:00Z",
        "content": _content() if content is None else content,
    }
    members = _without_omitted({**members, **overrides})
    return {"digest": digest(members), **members}


_content = content
