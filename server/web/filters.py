"""What the leaderboard's address asks for: read from it, told where it is wrong, written again.

Nothing that was typed is lost: what cannot be read stays, with what is wrong beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from flask_babel import gettext

from faces import formats
from schemas.regions import all_regions, kecamatan_code, region
from server.rules.spans import Asked, Basis, SpanUnreadable, month_of, span_of
from server.store import offices
from server.web.here import here

DAYS: Final = "days"
"""The span that `from` and `to` tell."""
_CITY: Final = "73.71."
NAMES: Final = ("span", "from", "to", "office", "kecamatan", "kelurahan", "by", "q")


@dataclass(frozen=True, slots=True)
class Filters:
    """What was typed and what is wrong with it, by the name of the field.

    `asked` is None where anything is wrong.
    """

    typed: Mapping[str, str]
    errors: Mapping[str, str]
    asked: Asked | None

    def address(self, **more: object) -> str:
        """Return the part of an address that asks for the same, and for something `more`."""
        return urlencode({name: value for name, value in {**self.typed, **more}.items() if value})


def read(
    args: Mapping[str, str], own: frozenset[str] | None, there: Mapping[str, str], today: date
) -> Filters:
    """Read the filters of an address; what it leaves open is this month, by day of capture.

    `own` are the ids of the user's offices, None for all; `there` has the names of these.
    """
    typed = {name: args.get(name, "").strip() for name in NAMES}
    typed["span"] = typed["span"] or month_of(today)
    typed["by"] = typed["by"] or Basis.WORK.value
    if typed["kelurahan"] and not typed["kecamatan"]:
        typed["kecamatan"] = kecamatan_code(typed["kelurahan"])
    errors = _wrong_choices(typed, there)
    days = _days(typed, errors)
    if errors or days is None:
        return Filters(typed, errors, None)
    office = typed["office"]
    asked = Asked(
        *days,
        basis=Basis(typed["by"]),
        offices=frozenset({office}) if office else own,
        kecamatan=typed["kecamatan"] or None,
        kelurahan=typed["kelurahan"] or None,
    )
    return Filters(typed, errors, asked)


def _wrong_choices(typed: Mapping[str, str], there: Mapping[str, str]) -> dict[str, str]:
    inside = {code for code, _ in kelurahan_of(typed["kecamatan"])}
    wrong = {
        "office": (
            there,
            gettext("Kantor ini tidak ada, atau bukan kantor Anda. Pilih yang lain."),
        ),
        "kecamatan": (
            dict(all_kecamatan()),
            gettext("Kecamatan ini tidak ada. Pilih dari daftar."),
        ),
        "kelurahan": (
            inside,
            gettext("Kelurahan ini tidak ada di kecamatan itu. Pilih dari daftar."),
        ),
        "by": (set(Basis), gettext("Pilihan ini tidak ada. Pilih dari daftar.")),
    }
    return {
        name: told
        for name, (known, told) in wrong.items()
        if typed[name] and typed[name] not in known
    }


def _days(typed: Mapping[str, str], errors: dict[str, str]) -> tuple[date, date] | None:
    """Return the first and last day that are asked for; add to the errors where they are none."""
    if typed["span"] != DAYS:
        try:
            return span_of(typed["span"])
        except SpanUnreadable as error:
            errors["span"] = _unreadable(error)
            return None
    for name in ("from", "to"):
        try:
            span_of(f"{typed[name]}..{typed[name]}")
        except SpanUnreadable:
            errors[name] = _no_day(typed[name])
    if "from" in errors or "to" in errors:
        return None
    if typed["to"] < typed["from"]:
        errors["to"] = gettext("Hari terakhir lebih awal daripada hari pertama. Tukar keduanya.")
        return None
    try:
        return span_of(f"{typed['from']}..{typed['to']}")
    except SpanUnreadable as error:
        errors["to"] = _unreadable(error)
        return None


def _unreadable(error: SpanUnreadable) -> str:
    told: str = gettext("Rentang ini tidak terbaca. Pilih dari daftar.")
    if error.code == "span_too_long":
        told = gettext("Rentang ini lebih dari sepuluh tahun. Pilih yang lebih pendek.")
    return told


def _no_day(typed: str) -> str:
    told: str = gettext("Isi tanggal ini.")
    if typed:
        told = gettext("“%(typed)s” bukan tanggal. Isi tanggal yang ada.", typed=typed[:40])
    return told


def own_offices() -> Mapping[str, str]:
    """Return the names of the user's offices by their ids."""
    with here().office.store.read() as tx:
        named = offices.names(tx)
    return {
        office_id: name
        for office_id, name in named.items()
        if here().user.sees(frozenset({office_id}))
    }


def all_kecamatan() -> list[tuple[str, str]]:
    """Return code and name of every kecamatan, Kota Makassar's first."""
    found = {one.kecamatan_code: (one.kabkota, one.kecamatan) for one in all_regions()}
    ordered = sorted(found.items(), key=lambda one: (not one[0].startswith(_CITY), one[1]))
    return [(code, f"{kecamatan}, {kabkota}") for code, (kabkota, kecamatan) in ordered]


def kelurahan_of(kecamatan: str) -> list[tuple[str, str]]:
    """Return code and name of every kelurahan of a kecamatan, by name."""
    inside = (one for one in all_regions() if one.kecamatan_code == kecamatan)
    return sorted(((one.code, one.kelurahan) for one in inside), key=lambda one: one[1])


def about(filters: Filters, own: Mapping[str, str]) -> list[str]:
    """Return in words what is asked for: the days, then where, then by which day if not the usual.

    Empty where nothing is.
    """
    asked, typed = filters.asked, filters.typed
    if asked is None:
        return []
    found = [formats.span(asked.first, asked.last, here().lang)]
    if typed["office"]:
        found.append(own[typed["office"]])
    place = region(typed["kelurahan"])
    if place is not None:
        found.append(gettext("Kelurahan %(name)s", name=place.kelurahan))
    if typed["kecamatan"]:
        name = dict(all_kecamatan())[typed["kecamatan"]]
        found.append(gettext("Kecamatan %(name)s", name=name))
    if asked.basis == Basis.RECEIVED:
        found.append(gettext("menurut hari tiba di kantor"))
    return found


def choices(
    filters: Filters, own: Mapping[str, str], today: date
) -> dict[str, list[tuple[str, str]]]:
    """Return what each field offers, as code and text; what was typed besides is among it."""
    offered = {
        "span": _spans(filters, today),
        "office": sorted(own.items(), key=lambda one: one[1]),
        "kecamatan": all_kecamatan(),
        "kelurahan": kelurahan_of(filters.typed["kecamatan"]),
        "by": [
            (Basis.WORK.value, gettext("Hari dicatat")),
            (Basis.RECEIVED.value, gettext("Hari tiba di kantor")),
        ],
    }
    for name, known in offered.items():
        typed = filters.typed[name]
        if typed and typed not in dict(known):
            known.append((typed, typed[:40]))
    return offered


def _spans(filters: Filters, today: date) -> list[tuple[str, str]]:
    this, former = month_of(today), month_of(today.replace(day=1) - timedelta(days=1))
    year, week, _ = today.isocalendar()
    lang = here().lang
    found = {
        this: gettext("Bulan ini: %(span)s", span=formats.month_name(this, lang)),
        former: gettext("Bulan lalu: %(span)s", span=formats.month_name(former, lang)),
        f"{year}-W{week:02}": gettext("Minggu ini"),
        DAYS: gettext("Hari tertentu …"),
    }
    typed = filters.typed["span"]
    if filters.asked is not None and typed not in found:
        found[typed] = formats.span(filters.asked.first, filters.asked.last, lang)
    return list(found.items())
