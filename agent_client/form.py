"""The capture form: what was typed into it, and the content that is meant by it; pure.

A form holds the text of each of its boxes, also half a number or half a name, so that a
draft comes back as it was left. `content_of` reads it without guessing: what cannot be
read stays as it was typed, and the check names the member.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from agent_client.importer import cells
from schemas.envelope import parse_moment
from schemas.nik import clean_nik
from schemas.normal import normal_text
from schemas.words import Programme

Form = Mapping[str, str]

TEXTS: Final = (
    "nik",
    "full_name",
    "alias",
    "birth_place",
    "sex",
    "mother_name",
    "phone_owner",
    "email",
    "ktp_address",
    "kelurahan",
    "street",
    "lorong",
    "house",
    "landmark",
    "occupation",
    "sector",
    "workplace",
    "work_kelurahan",
    "second_occupation",
    "first_month",
    "payer",
    "kpj",
    "nik_reason",
    "hint_reason",
    "note",
)
"""Boxes whose text is the member itself."""

READ: Final[Mapping[str, Callable[[str, date], Any]]] = {
    "birth_date": lambda text, today: read_birth_date(text, today),
    "phone": lambda text, _: cells.read_phone(text),
    "rw": lambda text, _: cells.read_three_digits(text),
    "rt": lambda text, _: cells.read_three_digits(text),
    "monthly_income": lambda text, _: cells.read_rupiah(text),
    "programmes": lambda text, _: cells.read_programmes(text),
    "months": lambda text, _: cells.read_months(text),
}
"""Boxes whose text is read; None where it cannot be."""

TICKS: Final = ("unknown_mother", "employer", "prior_member")
CONSENT: Final = ("consent_version", "consent_at", "consent_method", "consent_language")
"""Given once at the door and never typed over: they travel with the draft's content."""

LANGUAGES: Final = ("id", "mak", "bug", "tor", "other")
"""In which language a consent text was told: Indonesia, Makassar, Bugis, Toraja, another."""
LISTED: Final = ("kelurahan", "work_kelurahan", "occupation", "second_occupation")
"""Boxes that hold a code out of a list; letters that chose none are kept as NAME_text."""

PAGE: Final = ("nik_again", "nik_confirmed", "elapsed_s", *(f"{name}_text" for name in LISTED))
"""What the page alone needs: the second NIK, the NIK that was typed twice, seconds in front,
letters that a list was searched by."""

BOXES: Final = frozenset((*TEXTS, *READ, *TICKS, *PAGE))
ADDRESS: Final = ("kelurahan", "rw", "rt", "street", "lorong", "landmark")
"""What is offered again for the neighbour."""

_MOST: Final = 600
_NOTHING: Final[tuple[object, ...]] = (None, "", [])
_CHOICES: Final = {
    "2": [Programme.JKK.value, Programme.JKM.value],
    "3": [Programme.JHT.value, Programme.JKK.value, Programme.JKM.value],
}
_JOINED_DATE: Final = re.compile(r"(\d{2})(\d{2})(\d{4})")


def form_of_request(sent: Mapping[str, str]) -> dict[str, str]:
    """Return the known boxes of what a browser sent, cut to a length that none may exceed."""
    form = {name: str(text)[:_MOST] for name, text in sent.items() if name in BOXES and text}
    for name in LISTED:
        if form.get(name):
            form.pop(f"{name}_text", None)
    return form


def content_of(form: Form, today: date) -> dict[str, Any]:
    """Return the content that a form means; empty boxes are left out."""
    content: dict[str, Any] = {name: form[name] for name in TEXTS if form.get(name)}
    for name, read in READ.items():
        text = form.get(name, "").strip()
        if text:
            value = read(normal_text(text), today)
            content[name] = text if value in (None, "") else value
    content.update({name: True for name in TICKS if form.get(name)})
    if content.get("phone_owner") == "none":
        content.pop("phone", None)
    if content.get("unknown_mother"):
        content.pop("mother_name", None)
    return content


def form_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the form that shows a content, as it came out of a list or of a capture.

    Its NIK counts as typed twice: it stood in a list, or was confirmed at the door.
    """
    there = {name: value for name, value in content.items() if value not in _NOTHING}
    form: dict[str, str] = {name: str(there[name]) for name in TEXTS if name in there}
    form.update({name: _shown(name, there[name]) for name in READ if name in there})
    form.update({name: "on" for name in TICKS if there.get(name) is True})
    if "nik" in form:
        form["nik_confirmed"] = digits(form["nik"])
    return form


def read_birth_date(text: str, today: date) -> str | None:
    """Read a birth date: "31-12-1990", "31121990", "31 Des 1990", "1990-12-31"; ISO or None."""
    joined = _JOINED_DATE.fullmatch(text)
    day = cells.read_date("-".join(joined.groups()) if joined else text, today)
    return None if day is None else day.isoformat()


def has_agreed(content: Mapping[str, Any]) -> bool:
    """Tell whether a worker agreed, and it is known when; what came out of a list has not."""
    return parse_moment(content.get("consent_at")) is not None


def confirm(form: dict[str, str]) -> None:
    """Note the NIK that was typed twice alike; another one has to be typed twice again."""
    nik, again = digits(form.get("nik", "")), digits(form.get("nik_again", ""))
    if nik and nik == again:
        form["nik_confirmed"] = nik
    elif form.get("nik_confirmed") != nik:
        form.pop("nik_confirmed", None)


def differing_digit(form: Form) -> int | None:
    """Return the place (from 1) of the first digit in which the two NIKs differ.

    None while the second is only begun and agrees so far, or where both are alike.
    """
    nik, again = digits(form.get("nik", "")), digits(form.get("nik_again", ""))
    for place, (one, other) in enumerate(zip(nik, again, strict=False), start=1):
        if one != other:
            return place
    return len(nik) + 1 if len(again) > len(nik) > 0 else None


def digits(text: str) -> str:
    """Return a number as it is compared: without what people type between its digits."""
    return clean_nik(text)


def elapsed_s(form: Form) -> int | None:
    """Return the seconds for which the form was in front, None where the page did not count."""
    text = form.get("elapsed_s", "")
    return int(text) if re.fullmatch(r"\d{1,6}", text) else None


def _shown(name: str, value: Any) -> str:
    if name == "programmes" and value in _CHOICES.values():
        return next(box for box, chosen in _CHOICES.items() if chosen == value)
    if name == "birth_date" and re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        return "-".join(reversed(str(value).split("-")))
    if name == "monthly_income" and type(value) is int:
        return f"{value:,}".replace(",", ".")
    return value if isinstance(value, str) else json.dumps(value)
