"""What the judge compares of a record, prepared once; pure."""

from collections.abc import Mapping
from typing import NamedTuple

from schemas.names import split_alias
from server.rules.name import Name, name_of

Date = tuple[int, int, int]  # year, month, day
HEAPED = frozenset({(1, 1), (12, 31), (7, 1)})
"""Months and days of estimated birthdays (DOMAIN.md section 5): half a town may share one."""

# What people write where they should have left the field empty.
_NOTHING_TEXT = (
    "TIDAK TDK TAK ADA TAHU DIKETAHUI LUPA UNKNOWN IBU MAMA ALM NN X XX XXX KOSONG BELUM"
)
_NOTHING = frozenset(_NOTHING_TEXT.split())


class Person(NamedTuple):
    """One record in comparable form; what the record lacks is "", None or empty.

    It has no text of its own, so that no NIK, mother or phone number gets into a log.
    """

    nik: str  # 16 digits
    name: Name
    alias: Name | None
    mother: Name | None
    birth_date: Date | None
    taken: bool  # the birth date says only what the NIK says
    sex: str  # M or F
    sex_taken: bool  # the sex says only what the NIK says
    phone: str  # digits without country code
    kelurahan: str  # digits
    daengs: tuple[str, ...]  # sounds of the Daeng names, of name and alias

    def __repr__(self) -> str:
        return "<Person>"


def person(content: Mapping[str, object]) -> Person:
    """Prepare a content (PROTOCOL.md, content table); fields may be missing or ill-formed."""
    full, second = split_alias(_text(content, "full_name"))
    name = name_of(full)
    alias = _told(_text(content, "alias") or second or "")
    nik = _digits(_text(content, "nik"))
    nik = nik if len(nik) == 16 else ""
    born = _date(_text(content, "birth_date"))
    sex = _text(content, "sex").strip()[:1].upper()
    day = int(nik[6:8]) if nik else 0
    said = (int(nik[10:12]), int(nik[8:10]), day % 40) if nik else None
    return Person(
        nik=nik,
        name=name,
        alias=alias,
        mother=_told(_text(content, "mother_name")),
        birth_date=born,
        taken=born is not None and (born[0] % 100, born[1], born[2]) == said,
        sex=sex,
        sex_taken=sex == ("F" if day > 40 else "M"),
        phone=_phone(_text(content, "phone")),
        kelurahan=_digits(_text(content, "kelurahan")),
        daengs=_daengs(name, alias),
    )


def _told(text: str) -> Name | None:
    """Prepare a name that may be missing: None too where only its absence is written."""
    told = name_of(text) if text else None
    if not told or not (told.glued or told.daeng):
        return None
    if told.words and _NOTHING.issuperset([word.spelled for word in told.words]):
        return None
    return told


def _daengs(name: Name, alias: Name | None) -> tuple[str, ...]:
    told = alias.daeng if alias else ""
    return tuple(daeng for daeng in (name.daeng, told) if daeng)


def _text(content: Mapping[str, object], field: str) -> str:
    value = content.get(field)
    return value if isinstance(value, str) else ""


def _digits(text: str) -> str:
    if text.isascii() and text.isdecimal():
        return text
    return "".join([character for character in text if character in "0123456789"])


def _phone(text: str) -> str:
    """Return the digits behind +62 or 0; "" where they are too few for a number."""
    digits = _digits(text.removeprefix("+")).removeprefix("62").removeprefix("0")
    return digits if len(digits) > 6 else ""


def _date(text: str) -> Date | None:
    """Return a written date, the year first or last; None where there is none."""
    if len(text) == 10 and text[4] == text[7] == "-" and text.isascii():
        year, month, day = text[:4], text[5:7], text[8:]
    else:
        parts = "".join([c if c in "0123456789" else " " for c in text]).split()
        if len(parts) < 3:
            return None
        year, month, day = parts[:3] if len(parts[0]) == 4 else parts[2::-1]
    if len(year) != 4 or len(month) > 2 or len(day) > 2 or not (year + month + day).isdecimal():
        return None
    return int(year), int(month), int(day)
