"""Lean marshmallow fields, one kind for each sort of member that a content has.

Each takes one JSON value in normal form and gives it back unchanged, or names every rule
that it breaks as a stable code. marshmallow's own fields are not used: the office loads
thousands of contents a second, and they coerce ("12" to 12), which a digest forbids.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, missing

from schemas.envelope import parse_moment
from schemas.nik import nik_problems
from schemas.words import Programme

_SURROGATE = re.compile("[\ud800-\udfff]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_EMAIL = re.compile(r"[!-?A-~]{1,64}@[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)+")
_THREE_DIGITS = re.compile(r"[0-9]{3}")
_EMAIL_LENGTH = 254
_PROGRAMMES = frozenset(Programme)
_BASE = frozenset({Programme.JKK, Programme.JKM})
_NONE: tuple[str, ...] = ()
_TYPE = ("type",)


class Member(fields.Field[Any]):
    """One member of a content; `kind` names its sort, for forms and docs.

    `params` has the numbers of each rule by its code, as they stand in an error: limits,
    never content.
    """

    kind = "any"

    def __init__(self, *, required: bool = False, **params: Mapping[str, Any]) -> None:
        super().__init__(required=required)
        self.params = params

    def deserialize(
        self,
        value: Any,
        attr: str | None = None,
        data: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Return the value as it is; ValidationError with the codes of what it breaks."""
        if value is missing or value is None:
            if self.required:
                raise ValidationError(["required"])
            return missing
        codes = self.broken(value)
        if codes:
            raise ValidationError(list(codes))
        return value

    def broken(self, value: Any) -> Sequence[str]:
        """Return the codes of the rules that a value breaks by itself."""
        raise NotImplementedError


class Text(Member):
    """Text of at most `most` characters."""

    kind = "text"

    def __init__(self, most: int, *, required: bool = False) -> None:
        super().__init__(required=required, too_long={"max": most})
        self.most = most

    def broken(self, value: Any) -> Sequence[str]:
        if type(value) is not str:
            return _TYPE
        if len(value) > self.most:
            return ("too_long",)
        # Half a character: it can neither be shown nor kept by a database as text.
        return _NONE if value.isascii() or not _SURROGATE.search(value) else ("format",)


class Form(Member):
    """Text of one form, told by `fits`."""

    def __init__(self, kind: str, fits: Callable[[str], object], *, required: bool = False) -> None:
        super().__init__(required=required)
        self.kind = kind
        self.fits = fits

    def broken(self, value: Any) -> Sequence[str]:
        if type(value) is not str:
            return _TYPE
        return _NONE if self.fits(value) else ("format",)


class Listed(Member):
    """A code out of a list that is handed in where the members are judged together."""

    def __init__(self, kind: str, *, required: bool = False) -> None:
        super().__init__(required=required)
        self.kind = kind

    def broken(self, value: Any) -> Sequence[str]:
        return _NONE if type(value) is str else _TYPE


class Choice(Member):
    """One word of a closed vocabulary."""

    kind = "choice"

    def __init__(self, choices: Iterable[str], *, required: bool = False) -> None:
        known = [str(one) for one in choices]
        super().__init__(required=required, choice={"choices": known})
        self.choices = frozenset(known)

    def broken(self, value: Any) -> Sequence[str]:
        if type(value) is not str:
            return _TYPE
        return _NONE if value in self.choices else ("choice",)


class Whole(Member):
    """A whole number from `least` to `most`; true and false are none."""

    kind = "integer"

    def __init__(self, least: int, most: int, *, required: bool = False) -> None:
        super().__init__(required=required, range={"min": least, "max": most})
        self.least = least
        self.most = most

    def broken(self, value: Any) -> Sequence[str]:
        if type(value) is not int:
            return _TYPE
        return _NONE if self.least <= value <= self.most else ("range",)


class Flag(Member):
    """True or false."""

    kind = "flag"

    def broken(self, value: Any) -> Sequence[str]:
        return _NONE if type(value) is bool else _TYPE


class NikMember(Member):
    """A NIK without separators (DOMAIN.md section 5)."""

    kind = "nik"

    def broken(self, value: Any) -> Sequence[str]:
        return nik_problems(value) if type(value) is str else _TYPE


class Programmes(Member):
    """A sorted list out of JHT, JKK and JKM, the last two always (DOMAIN.md section 1.2)."""

    kind = "programmes"

    def broken(self, value: Any) -> Sequence[str]:
        if type(value) is not list or any(type(one) is not str for one in value):
            return _TYPE
        chosen = frozenset(value)
        if not chosen <= _PROGRAMMES:
            return ("choice",)
        codes = [] if value == sorted(chosen) else ["unsorted"]
        return codes if chosen >= _BASE else [*codes, "programmes_base"]


def is_date(text: str) -> bool:
    """Tell whether a text is a day of the calendar as YYYY-MM-DD."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_month(text: str) -> bool:
    """Tell whether a text is a month as YYYY-MM."""
    return _MONTH.fullmatch(text) is not None


def is_moment(text: str) -> bool:
    """Tell whether a text is RFC 3339 with an offset."""
    return parse_moment(text) is not None


def is_phone(text: str) -> bool:
    """Tell whether a text is a phone number as E.164 writes it, of any country."""
    return _PHONE.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """Tell whether a text may be an e-mail address; only a letter to it would tell."""
    return len(text) <= _EMAIL_LENGTH and _EMAIL.fullmatch(text) is not None


def is_three_digits(text: str) -> bool:
    """Tell whether a text is a number of RT or RW."""
    return _THREE_DIGITS.fullmatch(text) is not None
