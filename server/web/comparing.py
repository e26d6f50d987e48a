"""Both sides of a case, member by member, with the differences marked letter by letter."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from faces import formats
from schemas.nik import mask_nik
from schemas.occupations import occupation
from schemas.regions import region
from schemas.sentences.fields import FIELD_NAMES
from server.case_view import CaseView, Enrolled
from server.rules.letters import Part, Parts, differing, differing_digits
from server.web.here import gettext, here

Content = Mapping[str, Any]
_SHOWN_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One member: its name, and each side's text in parts; a side that is not there is None."""

    name: str
    label: str
    cells: tuple[Parts | None, ...] = field(repr=False)

    @property
    def differs(self) -> bool:
        """Tell whether the sides differ in it."""
        return any(part.differs for cell in self.cells for part in cell or ())


def rows_of(view: CaseView) -> list[Row]:
    """Return all members that either side has."""
    sides = [view.record.content]
    if view.other is not None:
        sides.append(view.other.content)
    elif view.member is not None:
        sides.append(_of_roll(view.member))
    return list(_rows(sides, by_roll=view.member is not None))


def revealed(nik: str, beside: str) -> Parts:
    """Return a NIK in full, marked as it was while it was masked; `beside` is the other's."""
    return differing_digits(nik, beside, [nik, beside])[0]


def _of_roll(member: Enrolled) -> Content:
    told = {"full_name": member.folded_name, "birth_date": member.birth_date}
    return {name: value for name, value in told.items() if value is not None}


def _rows(sides: list[Content], *, by_roll: bool) -> Iterator[Row]:
    for name, (label, text) in _members().items():
        told = [text(side) for side in sides]
        if not any(told):
            continue
        if len(told) == 1 or (by_roll and not told[1]):
            cells: tuple[Parts | None, ...] = tuple(_plain(one) for one in _hidden(name, told))
        elif name in _HIDDEN:
            cells = differing_digits(told[0], told[1], _hidden(name, told))
        else:
            cells = differing(told[0], told[1])
        yield Row(name, label, cells)


def _plain(text: str) -> Parts | None:
    return (Part(text, False),) if text else None


def mask_phone(phone: str) -> str:
    """Hide a phone number but for its last three digits."""
    hidden = max(0, len(phone) - _SHOWN_DIGITS)
    return "•" * hidden + phone[hidden:]


_HIDDEN: Final[Mapping[str, Callable[[str], str]]] = {"nik": mask_nik, "phone": mask_phone}


def _hidden(name: str, texts: list[str]) -> list[str]:
    mask = _HIDDEN.get(name)
    return [mask(text) if mask and text else text for text in texts]


def _members() -> Mapping[str, tuple[str, Callable[[Content], str]]]:
    """Return what is compared, in order: each member's label and its text."""
    texts: dict[str, Callable[[Content], str]] = {
        "full_name": lambda side: _text(side, "full_name"),
        "alias": lambda side: _text(side, "alias"),
        "nik": lambda side: _text(side, "nik"),
        "birth_date": lambda side: _day(side, "birth_date"),
        "birth_place": lambda side: _text(side, "birth_place"),
        "sex": _sex,
        "mother_name": _mother,
        "phone": lambda side: _text(side, "phone"),
        "ktp_address": lambda side: _text(side, "ktp_address"),
        "kelurahan": _kelurahan,
        "house": _home,
        "occupation": _occupation,
        "workplace": lambda side: _text(side, "workplace"),
        "monthly_income": lambda side: _money(side, "monthly_income"),
        "programmes": lambda side: ", ".join(side.get("programmes", ())),
        "first_month": _months,
        "contribution": lambda side: _money(side, "contribution"),
        "kpj": lambda side: _text(side, "kpj"),
        "consent_at": _consent,
        "nik_reason": _nik_reason,
        "hint_reason": lambda side: _text(side, "hint_reason"),
        "note": lambda side: _text(side, "note"),
    }
    own = {"house": gettext("Alamat rumah"), "consent_at": gettext("Persetujuan")}
    lang = here().lang
    return {name: (own.get(name) or FIELD_NAMES[name][lang], text) for name, text in texts.items()}


def _text(side: Content, name: str) -> str:
    return str(side.get(name) or "")


def _day(side: Content, name: str) -> str:
    return formats.day(side[name], here().lang) if side.get(name) else ""


def _money(side: Content, name: str) -> str:
    return formats.rupiah(side[name]) if name in side else ""


def _sex(side: Content) -> str:
    words = {"M": gettext("laki-laki"), "F": gettext("perempuan")}
    return words.get(_text(side, "sex"), _text(side, "sex"))


def _mother(side: Content) -> str:
    return _text(side, "mother_name") or (
        gettext("tidak diketahui") if side.get("unknown_mother") else ""
    )


def _kelurahan(side: Content) -> str:
    code = _text(side, "kelurahan")
    place = region(code)
    return f"{place.kelurahan}, {place.kecamatan}" if place is not None else code


def _home(side: Content) -> str:
    told = [_text(side, name) for name in ("street", "lorong", "house", "landmark")]
    told += [f"{name.upper()} {side[name]}" for name in ("rt", "rw") if side.get(name)]
    return ", ".join(one for one in told if one)


def _occupation(side: Content) -> str:
    code = _text(side, "occupation")
    work = occupation(code)
    if work is None:
        return code
    return work.name_en if here().lang == "en" else work.name_id


def _months(side: Content) -> str:
    if "first_month" not in side:
        return ""
    month = formats.month_name(side["first_month"], here().lang)
    return gettext("%(month)s, %(count)s bulan", month=month, count=side.get("months", 0))


def _consent(side: Content) -> str:
    if "consent_at" not in side:
        return ""
    ways = {
        "read": gettext("dibaca sendiri"),
        "read_aloud": gettext("dibacakan"),
        "signed": gettext("ditandatangani"),
    }
    how = _text(side, "consent_method")
    at = formats.moment(side["consent_at"], here().zone.key, here().lang)
    return f"{at}, {ways.get(how, how)}"


def _nik_reason(side: Content) -> str:
    return gettext("seperti di KTP") if side.get("nik_reason") else ""
