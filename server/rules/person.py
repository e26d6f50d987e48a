"""What the judge compares of a record, prepared once; pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.names import split_alias
from server.rules.likeness import Name, name_of

Date = tuple[int, int, int]  # year, month, day


@dataclass(frozen=True, slots=True)
class Person:
    """One record in comparable form; what the record lacks is "", None or empty."""

    nik: str
    name: Name
    alias: Name | None
    mother: Name | None
    birth_date: Date | None
    taken: bool  # the birth date says only what the NIK says
    sex: str
    sex_taken: bool
    phone: str
    kelurahan: str
    daengs: frozenset[str]


def person(content: Mapping[str, object]) -> Person:
    """Prepare a content (PROTOCOL.md, content table); fields may be missing or ill-formed."""
    full, second = split_alias(_text(content, "full_name"))
    name = name_of(full)
    told = _text(content, "alias") or second or ""
    alias = name_of(told) if told else None
    mother = _text(content, "mother_name")
    nik = _digits(_text(content, "nik"))
    nik = nik if len(nik) == 16 else ""
    born = _date(_text(content, "birth_date"))
    sex = _text(content, "sex").strip().upper()[:1]
    day = int(nik[6:8]) if nik else 0
    return Person(
        nik=nik,
        name=name,
        alias=alias,
        mother=name_of(mother) if mother.strip() else None,
        birth_date=born,
        taken=bool(born and nik)
        and born is not None
        and (born[0] % 100, born[1], born[2]) == (int(nik[10:12]), int(nik[8:10]), day % 40),
        sex=sex,
        sex_taken=bool(nik) and sex == ("F" if day > 40 else "M"),
        phone=_phone(_text(content, "phone")),
        kelurahan=_digits(_text(content, "kelurahan")),
        daengs=frozenset(filter(None, (name.daeng, alias.daeng if alias else ""))),
    )


def _text(content: Mapping[str, object], field: str) -> str:
    value = content.get(field)
    return value if isinstance(value, str) else ""


def _digits(text: str) -> str:
    return (
        text
        if text.isdecimal() and text.isascii()
        else "".join(c for c in text if c in "0123456789")
    )


def _phone(text: str) -> str:
    return _digits(text).removeprefix("62").removeprefix("0")


def _date(text: str) -> Date | None:
    """Return a written date; day first where the year stands last, None where it is none."""
    parts = "".join(c if c in "0123456789" else " " for c in text).split()
    if len(parts) < 3:
        return None
    if len(parts[0]) == 4:
        return int(parts[0]), int(parts[1][:2]), int(parts[2][:2])
    if len(parts[2]) == 4:
        return int(parts[2]), int(parts[1][:2]), int(parts[0][:2])
    return None
